"""The rights of people from the command line: all that is kept of somebody in one file, and all of it erased."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.accounts.people import person_by_email
from catalogue.database import writing
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry
from catalogue.mail.transport import Transport, transport_for
from catalogue.media.stores import Store, store_for
from catalogue.privacy.again import erase_again
from catalogue.privacy.clearing import clear
from catalogue.privacy.erasing import Erased, LastOperator, erase_buyer, erase_person
from catalogue.privacy.exporting import export_buyer, export_person
from catalogue.privacy.trail import Trail, trail_of_address, trail_of_inquiries
from catalogue.web.clock import now

FILE = click.Path(dir_okay=False, path_type=Path)
SURE = click.confirmation_option(prompt="This cannot be undone. Erase?", help="Do not ask first.")


@click.command("export-buyer")
@click.argument("who")
@click.argument("file", type=FILE)
@with_appcontext
def buyer_export(who: str, file: Path) -> None:
    """Write all that is kept of a buyer into FILE. WHO is an e-mail address or the number of an inquiry."""
    with Session(db.engine) as session, _for_owner_alone(file) as into:
        export_buyer(session, _store(), _trail(session, who), into, at=now())
    click.echo(f"Written to {file}.")


@click.command("erase-buyer")
@click.argument("who")
@SURE
@with_appcontext
def buyer_erase(who: str) -> None:
    """Erase all that is kept of a buyer. WHO is an e-mail address or the number of an inquiry."""
    with writing(db.engine) as session:
        trail = _trail(session, who)
        done = _keyed(erase_buyer(session, trail, by=None, at=now()))
    clear(db.engine, _store(), _transport(), *done)
    click.echo(f"Erased: {told(trail)}.")


@click.command("export-person")
@click.argument("email")
@click.argument("file", type=FILE)
@with_appcontext
def person_export(email: str, file: Path) -> None:
    """Write all that is kept of somebody who signs in into FILE."""
    with Session(db.engine) as session, _for_owner_alone(file) as into:
        export_person(session, _store(), _person(session, email), into, at=now())
    click.echo(f"Written to {file}.")


@click.command("erase-person")
@click.argument("email")
@SURE
@with_appcontext
def person_erase(email: str) -> None:
    """Erase somebody who signs in: name, address, sessions. What they did for firm or office stays done."""
    try:
        with writing(db.engine) as session:
            done = _keyed(erase_person(session, _person(session, email), by=None, at=now()))
    except LastOperator:
        raise click.ClickException("Nobody else is an operator: add another one first.") from None
    clear(db.engine, _store(), _transport(), *done)
    click.echo("Erased.")


@click.command("erase-again")
@with_appcontext
def again() -> None:
    """Erase again what was erased before and came back, as after a restore by other means than `restore`."""
    count = erase_again(db.engine, _store(), _transport(), at=now())
    click.echo(f"{count} erasures were done again.")


def told(trail: Trail) -> str:
    """How much there is, in one line."""
    counts = {
        "inquiries": trail.count("inquiry"),
        "messages": trail.count("message"),
        "files": trail.count("attachment"),
        "mails": trail.count("received_mail"),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items())


def _trail(session: Session, who: str) -> Trail:
    if "@" in who:
        trail = trail_of_address(session, who)
    else:
        trail = trail_of_inquiries(session, session.scalars(select(Inquiry.id).where(Inquiry.number == who)).all())
        if len(trail.inquiries) > 1 and _consortia(session, trail) > 1:
            raise click.ClickException("Several consortia have an inquiry of this number: name the e-mail address.")
    if trail.is_empty:
        raise click.ClickException("Nothing is kept of this buyer.")
    return trail


def _consortia(session: Session, trail: Trail) -> int:
    return len(set(session.scalars(select(Inquiry.consortium_id).where(Inquiry.id.in_(trail.inquiries)))))


def _person(session: Session, email: str) -> Person:
    person = person_by_email(session, email)
    if person is None:
        raise click.ClickException("Nobody signs in with this e-mail address.")
    return person


def _keyed(erased: Erased) -> tuple[int, Any]:
    return erased.tombstone.id, erased.left


@contextmanager
def _for_owner_alone(file: Path) -> Iterator[Any]:
    try:
        file.touch(mode=0o600, exist_ok=False)
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}.") from None
    try:
        with file.open("wb") as into:
            yield into
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _store() -> Store:
    return store_for(current_app.config["SETTINGS"].media_url)


def _transport() -> Transport:
    return transport_for(current_app.config["SETTINGS"].mail_url)


def init_app(app: Flask) -> None:
    """Add the verbs."""
    for verb in (buyer_export, buyer_erase, person_export, person_erase, again):
        app.cli.add_command(verb)
