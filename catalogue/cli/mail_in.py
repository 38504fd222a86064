"""`flask --app wsgi mail-in < message`: one raw mail on standard input, one JSON object on standard output."""

import json
import sys
from dataclasses import asdict

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from catalogue.cli.mail_doors import mail_room
from catalogue.inquiries.mail_room import receive
from catalogue.mail.arriving import Arrived
from catalogue.mail.models import Source
from catalogue.mail.reading import MOST_BYTES

TRY_AGAIN = 75


@click.command("mail-in")
@click.option("--to", "recipients", multiple=True, help="An address of the envelope; may be given several times.")
@with_appcontext
def mail_in(recipients: tuple[str, ...]) -> None:
    """Take in one raw mail and print what was done with it.

    Ends with 75 ("try again") where the mail could not be kept, so that whoever brought it keeps it.
    """
    room = mail_room(current_app._get_current_object())  # type: ignore[attr-defined]
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        outcome = receive(room, Arrived(raw, Source.INPUT, recipients))
    except Exception as error:
        click.echo(f"The mail could not be kept: {type(error).__name__}.", err=True)
        sys.exit(TRY_AGAIN)
    click.echo(json.dumps(asdict(outcome), ensure_ascii=False))


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(mail_in)
