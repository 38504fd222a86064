"""The database's shape from the command line: `flask db upgrade`, `flask db current`, `flask db revision WORDS`."""

import logging
from types import ModuleType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from catalogue.migrations.state import newest


@click.group("db")
def shape() -> None:
    """The shape of the database, in numbered steps."""


@shape.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Bring the database to its newest shape."""
    _steps().apply_all(_url())


@shape.command("current")
@with_appcontext
def current() -> None:
    """Print the number of the last step that the database has seen."""
    _steps().show(_url())


@shape.command("revision")
@click.argument("words")
@with_appcontext
def revision(words: str) -> None:
    """Begin a new step named WORDS from what differs between the models and the database; read it before use."""
    _steps().begin(_url(), words, f"{int(newest()) + 1:04}")


def _steps() -> ModuleType:
    """Alembic, loaded by these verbs alone: it would lengthen every start of the site by half a second."""
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
    from catalogue.migrations import apply

    return apply


def _url() -> str:
    return str(current_app.config["SETTINGS"].database_url)


def init_app(app: Flask) -> None:
    """Add the verbs of this family."""
    app.cli.add_command(shape)
