"""The demonstration from the command line: `flask --app wsgi demo` fills an empty database with it."""

from collections.abc import Iterable, Iterator

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from catalogue.cli.doctor import of_migrations
from catalogue.extensions import db
from catalogue.media.stores import UnknownStore


@click.command("demo")
@click.option("--without-photos", is_flag=True, help="Leave the photographs out: a few seconds instead of a minute.")
@with_appcontext
def demo(without_photos: bool) -> None:
    """Fill an empty database with made-up consortia, and say who can sign in."""
    from catalogue.demo.player import SIGN_INS, NotPlayed, buyer_pages, play_demo  # only this verb needs them

    _refuse_unmigrated()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        counts = play_demo(app, click.echo, with_photos=not without_photos, bar=_bar)
    except (NotPlayed, UnknownStore) as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"The demonstration holds {counts}.")
    click.echo("Sign in as")
    for role, email, password in SIGN_INS:
        click.echo(f"  {role:<34} {email:<34} {password}")
    with Session(db.engine) as session:
        for page in buyer_pages(session):
            click.echo(f"A buyer's private page, as its letter opens it: {page}")


def _refuse_unmigrated() -> None:
    with db.engine.connect() as connection:
        shape = of_migrations(connection)
    if not shape.is_well:
        raise click.ClickException(f"{shape.sentence} Run `flask --app wsgi db upgrade` first.")


def _bar(steps: Iterator[bool], length: int) -> Iterable[bool]:
    with click.progressbar(steps, length=length, label="Photographs") as shown:
        yield from shown


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(demo)
