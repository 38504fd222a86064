"""The doors by which mail comes to this site, open as long as the worker runs."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import SplitResult

from flask import Flask

from catalogue.extensions import db
from catalogue.inquiries.incoming import Rules
from catalogue.inquiries.mail_room import MailRoom, receive
from catalogue.mail.arriving import Arrived, Take, door_at
from catalogue.media.stores import store_for
from catalogue.tokens import TokenMaker
from catalogue.web.clock import now

LONGEST_PAUSE = 600

logger = logging.getLogger("sala.mail")


def mail_room(app: Flask) -> MailRoom:
    """Where this site takes in its mail. Call it inside the application context."""
    return MailRoom(db.engine, store_for(app.config["SETTINGS"].media_url), rules_of(app), now)


def rules_of(app: Flask) -> Rules:
    """What this site's mail is read with."""
    settings = app.config["SETTINGS"]
    return Rules(settings.MAIL_DOMAIN, TokenMaker(settings.SECRET_KEY, settings.old_secrets))


@contextmanager
def open_doors(room: MailRoom, mail_in: str, stop: threading.Event) -> Iterator[None]:
    """Listen, or look into a mailbox, as `MAIL_IN` says; nothing where it is empty."""
    parts = door_at(mail_in)

    def take(arrived: Arrived) -> object:
        return receive(room, arrived)

    with ExitStack() as open_now:
        if parts and parts.scheme == "lmtp":
            from catalogue.mail.lmtp import listening  # only a site that listens needs it

            try:
                port = open_now.enter_context(listening(parts, take))
                logger.info("listening for mail", extra={"facts": {"port": port}})
            except OSError as taken:
                # Of several workers on one machine one listens.
                logger.warning("not listening for mail", extra={"facts": {"reason": str(taken)}})
        elif parts:
            threading.Thread(target=_look, args=(parts, take, stop), daemon=True).start()
        yield


def _look(parts: SplitResult, take: Take, stop: threading.Event) -> None:
    """Look into a mailbox until the end; one that is away is looked at more and more seldom."""
    from catalogue.mail.imap import poll, seconds_between  # only a site with a mailbox needs it

    usual = pause = seconds_between(parts)
    while not stop.is_set():
        try:
            poll(parts, take, should_stop=stop.is_set)
            pause = usual
        except Exception as error:
            # A mailbox or a database that is away comes back; this loop must outlive it.
            logger.warning("mailbox", extra={"facts": {"reason": f"{type(error).__name__}: {error}"[:300]}})
            pause = min(pause * 2, max(usual, LONGEST_PAUSE))
        stop.wait(pause)
