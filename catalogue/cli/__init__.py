"""The verbs of `flask --app wsgi`, one file a verb family."""

from importlib import import_module
from typing import Any

from flask import Flask
from flask.cli import AppGroup

FAMILIES = (
    "people",
    "work",
    "log",
    "ledger",
    "doctor",
    "shape",
    "demo",
    "sheets",
    "search",
    "mail_in",
    "backup",
    "privacy",
    "simulate",
)


class Verbs(AppGroup):
    """The verbs, read when one is asked for: a web server needs none of them, nor what they import."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.cli.name)
        self.app = app
        self.are_read = False

    def list_commands(self, ctx: Any) -> list[str]:
        self._read()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        self._read()
        return super().get_command(ctx, cmd_name)

    def _read(self) -> None:
        if self.are_read:
            return
        self.are_read = True
        for name in FAMILIES:
            import_module(f"catalogue.cli.{name}").init_app(self.app)


def init_app(app: Flask) -> None:
    """Add every verb to the application."""
    app.cli = Verbs(app)
