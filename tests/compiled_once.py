"""What takes long to put together and is the same in all sites of one process: addresses and statements, compiled."""

from typing import Any

from sqlalchemy import Connection, Engine, event
from werkzeug.routing import Rule

OF_A_RULE = ("_parts", "_trace", "_converters", "arguments")
BUILDERS = ("_build", "_build_unknown")


def keep_compiled_rules() -> None:
    """Compile each rule of an address once for this process, and not for each site that a test puts together."""
    compiled: dict[Any, dict[str, Any]] = {}
    compile_anew = Rule.compile

    def compile_once(rule: Rule) -> None:
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, rule.endpoint, rule.subdomain, rule.host, rule.merge_slashes, defaults)
        if key not in compiled:
            compile_anew(rule)
            compiled[key] = {name: getattr(rule, name) for name in (*OF_A_RULE, *BUILDERS)}
            return
        for name in OF_A_RULE:
            setattr(rule, name, compiled[key][name])
        for name in BUILDERS:
            setattr(rule, name, compiled[key][name].__func__.__get__(rule, None))

    Rule.compile = compile_once  # type: ignore[assignment, method-assign]


def keep_compiled_statements() -> None:
    """Compile each SQL statement once for this process, and not for each engine that a test makes."""
    first: dict[Any, Engine] = {}

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        engine, dialect = connection.engine, connection.dialect
        kept = first.setdefault((type(dialect), dialect._on_connect_isolation_level), engine)
        if kept is engine:
            return
        # What is compiled is found by its dialect, too.
        connection.dialect = engine.dialect = kept.dialect
        engine._compiled_cache = kept._compiled_cache
