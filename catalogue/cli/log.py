"""The log from the command line: whether its chains hold."""

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.activity.models import Head
from catalogue.consortia.models import Consortium
from catalogue.extensions import db


@click.command("verify-log")
@with_appcontext
def verify_log() -> None:
    """Recompute every chain of the log: a row a consortium, exit code 1 when one does not hold."""
    with Session(db.engine) as session:
        faults = [fault for chain in log.chains(session) if (fault := _verify(session, chain))]
    if faults:
        raise SystemExit(1)


def _verify(session: Session, chain: int) -> str | None:
    fault = log.verify(session, chain)
    head = session.get_one(Head, chain)
    state = fault or f"{head.seq} entries hold, head {head.hash or '-'}"
    click.echo(f"{chain_name(session, chain)}: {state}")
    return fault


def chain_name(session: Session, chain: int) -> str:
    """What a chain is of: a consortium's slug, or the network."""
    if chain == log.NETWORK:
        return "network"
    return session.scalar(select(Consortium.slug).where(Consortium.id == chain)) or f"consortium {chain}"


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(verify_log)
