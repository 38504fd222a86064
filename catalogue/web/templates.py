"""Jinja as pages need it: what all templates may call is one mapping."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment


class Templates(Environment):
    """Templates that share their globals. Jinja's chain of mappings is gone through name by name at every import."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    """Before anything asks for `app.jinja_env`, which is made then."""
    app.jinja_environment = Templates
