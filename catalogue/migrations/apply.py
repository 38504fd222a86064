"""Bringing a database to its newest shape, without the site: `make run`, `flask db`, `restore` and the tests."""

from pathlib import Path

from alembic import command
from alembic.config import Config

FOLDER = Path(__file__).resolve().parent


def configuration(url: str) -> Config:
    """Alembic's settings for the database at `url`."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    return config


def apply_all(url: str) -> None:
    """Run every migration that the database at `url` has not seen, in one transaction. The database must exist."""
    command.upgrade(configuration(url), "head")


def apply_up_to(url: str, number: str) -> None:
    """Run the migrations that the database at `url` has not seen, no further than `number`."""
    command.upgrade(configuration(url), number)


def show(url: str) -> None:
    """Print the number of the last migration that the database has seen."""
    command.current(configuration(url))


def begin(url: str, message: str, number: str) -> None:
    """Write a new migration from what differs between the models and the database at `url`; it is read before use."""
    command.revision(configuration(url), message, autogenerate=True, rev_id=number)
