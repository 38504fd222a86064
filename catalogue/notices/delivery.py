"""Delivering one due letter: read, composed, sent; no transaction is open while the network is slow."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue.mail.transport import Transport
from catalogue.media.stores import Store
from catalogue.notices import handing_over, inquiries, private_links, reminders, routing, shares, signing_in  # noqa: F401
from catalogue.notices.addresses import bounces_to
from catalogue.notices.composing import written_out
from catalogue.notices.enclosing import Enclosed, enclose
from catalogue.notices.letters import LETTERS, Letter
from catalogue.outbox.worker import CannotBeDone, Leased, NotNeeded


def deliver(engine: Engine, due: Leased, transport: Transport, at: datetime, store: Store | None = None) -> None:
    """Compose the letter that is due and hand it over. Needs an application context; no store, no files along.

    Raises `CannotBeDone` for a kind that has no letter, `NotNeeded` for a letter that has lost its use, and what the
    transport raises. The return path is the letter's own: what comes back there finds it, and is never answered, so
    that automatic letters may carry it as well (RFC 3834, 3.3).
    """
    letter, message = _composed(engine, due, at)
    if store and letter.files:
        # Files may lie far away: they are read while no transaction is open.
        _letter, message = _composed(engine, due, at, enclose(store, letter.files, letter.about))
    transport.send(message, to=letter.to, from_=bounces_to(str(due.message_id), letter.to))


def _composed(
    engine: Engine, due: Leased, at: datetime, enclosed: Sequence[Enclosed] = ()
) -> tuple[Letter, EmailMessage]:
    compose = LETTERS.get(due.kind)
    if compose is None:
        raise CannotBeDone(f"there is no letter {due.kind!r}")
    with Session(engine) as session:
        letter = compose(session, due)
        if letter.until and at >= letter.until:
            raise NotNeeded("it is too late for this letter")
        return letter, written_out(letter, due, enclosed)
