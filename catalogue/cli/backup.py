"""The whole site in one file: `flask --app wsgi backup FILE` writes it, `restore FILE` makes it live again."""

import logging
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from catalogue.backups.manifest import Manifest, NotABackup, NotEmpty, check_backup
from catalogue.backups.writing import write_backup
from catalogue.extensions import db
from catalogue.mail.transport import transport_for
from catalogue.media.stores import store_for
from catalogue.migrations.state import SQLITE, newest, state_of
from catalogue.privacy.again import erase_again
from catalogue.web.clock import now

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write every table and every stored file into FILE. It holds contacts and secrets: keep it locked away."""
    found = state_of(_settings().database_url).number
    if found != newest():
        raise click.ClickException(f"The database is at migration {found or 'none'}: run `flask db upgrade` first.")
    if not file.parent.is_dir():
        raise click.ClickException(f"There is no folder {file.parent}.")
    manifest = write_backup(db.engine, store_for(_settings().media_url), file, at=now())
    click.echo(f"{told(manifest)} in {file} ({file.stat().st_size:,} bytes).")


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--check", "only_check", is_flag=True, help="Read the backup and compare every sum; change nothing.")
@with_appcontext
def restore(file: Path, only_check: bool) -> None:
    """Make the site of FILE live in an empty database, SQLite or PostgreSQL, and in the store of MEDIA_URL."""
    try:
        manifest = check_backup(file) if only_check else _restore(file)
    except NotABackup as refusal:
        raise click.ClickException(f"{file} was not restored: {refusal}.") from None
    except NotEmpty as refusal:
        raise click.ClickException(
            f"The database is not empty ({refusal}): nothing was changed. Set DATABASE_URL to an empty one."
        ) from None
    click.echo(
        f"{told(manifest)}, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC: {'whole' if only_check else 'restored'}."
    )


def _restore(file: Path) -> Manifest:
    url = _settings().database_url
    if url.startswith(SQLITE):
        Path(url.removeprefix(SQLITE)).parent.mkdir(parents=True, exist_ok=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from catalogue.backups.restoring import restore_backup  # with Alembic, which no other verb should wait for

    store = store_for(_settings().media_url)
    manifest = restore_backup(url, store, file)
    if count := erase_again(db.engine, store, transport_for(_settings().mail_url), at=now()):
        click.echo(f"{count} erasures since then were done again.")
    return manifest


def _settings() -> Any:
    return current_app.config["SETTINGS"]


def told(manifest: Manifest) -> str:
    """What a backup holds, in one line."""
    return f"{len(manifest.tables)} tables with {manifest.rows:,} rows and {manifest.files:,} files"


def init_app(app: Flask) -> None:
    """Add the verbs."""
    app.cli.add_command(backup)
    app.cli.add_command(restore)
