"""Bringing a database to its newest shape, without the site: `make run`, `restore` and the tests."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).resolve().parent


def configuration(url: str = "") -> Config:
    """Alembic's settings for the database at `url`."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    return config


def apply_all(url: str) -> None:
    """Run every migration that the database at `url` has not seen, in one transaction. The database itself must exist."""
    command.upgrade(configuration(url), "head")


def newest() -> str:
    """The number of the last migration there is, such as "0002"."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""
