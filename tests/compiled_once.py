"""What takes long to put together and is the same in every site of one process: its addresses, compiled."""

from typing import Any

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
