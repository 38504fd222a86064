"""Whether the site is well: `flask --app wsgi doctor` says so in plain sentences."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.cli.log import chain_name
from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sectors
from catalogue.extensions import db
from catalogue.mail.transport import UnknownTransport, transport_for
from catalogue.media.stores import UnknownStore, store_for
from catalogue.migrations.state import newest
from catalogue.outbox.models import Due, DueState
from catalogue.web.clock import now

LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    """One sentence on one part of the site, and whether that part is well."""

    is_well: bool
    sentence: str


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look at database, files, outbox and log; exit code 1 when something needs a hand."""
    findings = list(examine(current_app._get_current_object()))  # type: ignore[attr-defined]
    for finding in findings:
        click.echo(f"{'well ' if finding.is_well else 'ILL  '} {finding.sentence}")
    if not all(finding.is_well for finding in findings):
        raise SystemExit(1)


def examine(app: Flask) -> Iterator[Finding]:
    """Everything that can be found out about a site from inside."""
    settings = app.config["SETTINGS"]
    yield of_store(settings.media_url)
    yield of_transport(settings.mail_url)
    try:
        with db.engine.connect() as connection:
            shape = of_migrations(connection)
            yield shape
            if not shape.is_well:
                return
            yield of_references(connection)
        yield from of_tables(db.engine)
    except SQLAlchemyError as error:
        yield Finding(False, f"The database does not answer: {type(error).__name__}.")


def of_store(url: str) -> Finding:
    """Whether files can be kept, read back and deleted."""
    key, data = f"doctor/{secrets.token_hex(8)}", secrets.token_bytes(32)
    try:
        store = store_for(url)
        store.put(key, data)
        is_same = store.get(key) == data
        store.delete(key)
    except UnknownStore as unknown:
        return Finding(False, f"{unknown}.")
    except Exception as error:
        # A bucket's library raises errors of its own kind for every trouble on the way.
        return Finding(False, f"Photographs cannot be kept: {type(error).__name__}.")
    return Finding(
        is_same, "Photographs can be kept." if is_same else "The store gives back other bytes than it was given."
    )


def of_transport(url: str) -> Finding:
    """Whether the address of the mail relay can be understood. Nothing is sent."""
    try:
        transport = transport_for(url)
    except (UnknownTransport, ValueError) as unknown:
        return Finding(False, f"{unknown}.")
    return Finding(True, f"Letters leave by {type(transport).__name__}.")


def of_migrations(connection: Connection) -> Finding:
    """Whether the database has the shape that this version of the site expects."""
    try:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError:
        return Finding(False, "The database is empty: no migration was applied.")
    if found != newest():
        return Finding(False, f"The database is at migration {found}, this version of the site needs {newest()}.")
    return Finding(True, f"The database answers and is at the newest migration ({found}).")


def of_references(connection: Connection) -> Finding:
    """Whether every reference points to a row."""
    if connection.dialect.name == "sqlite":
        broken = sorted({row[0] for row in connection.execute(text("PRAGMA foreign_key_check"))})
    else:
        unchecked = "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
        broken = sorted(set(connection.execute(text(unchecked)).scalars()))
    if broken:
        return Finding(False, f"References point to nothing in: {', '.join(broken)}.")
    return Finding(True, "Every reference points to a row.")


def of_tables(engine: Engine) -> Iterator[Finding]:
    """What the rows say: the outbox and the log."""
    with Session(engine) as session:
        yield of_sectors(session)
        yield of_failures(session)
        yield of_lateness(session)
        for chain in log.chains(session):
            fault = log.verify(session, chain)
            yield Finding(not fault, f"The log of {chain_name(session, chain)}: {fault or 'every entry holds'}.")


def of_sectors(session: Session) -> Finding:
    """Whether every consortium's sector is one that has a file."""
    known = {each.key for each in sectors()}
    used = session.execute(select(Consortium.slug, Consortium.sector_key).order_by(Consortium.slug))
    lost = [f"{slug} ({key}.toml)" for slug, key in used if key not in known]
    if lost:
        return Finding(False, f"No file of their sector is there for: {', '.join(lost)}.")
    return Finding(True, f"The sectors are {', '.join(sorted(known))}.")


def of_failures(session: Session) -> Finding:
    """Letters and jobs that will not be done without a person's help."""
    count = session.scalar(select(func.count()).where(Due.state == DueState.FAILED)) or 0
    if count:
        return Finding(False, f"{count} letters or jobs have failed and wait for a person; see the desk.")
    return Finding(True, "No letter or job has failed.")


def of_lateness(session: Session) -> Finding:
    """What has been due for so long that no worker can be running."""
    late = now() - LATE_AFTER
    is_left = Due.leased_until.is_(None) | (Due.leased_until < late)
    count = session.scalar(select(func.count()).where(Due.state == DueState.WAITING, Due.due_at < late, is_left)) or 0
    if count:
        return Finding(False, f"{count} letters or jobs are late: is the worker running?")
    return Finding(True, "Nothing in the outbox is late.")


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(doctor)
