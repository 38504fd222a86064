"""What people call a letter, how far it is, and why it did not arrive."""

import re
from dataclasses import dataclass

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.outbox.models import Due, DueState
from catalogue.web.moments import moment

# By what another mail server says (RFC 3463, RFC 5321), or our own: the first that fits.
SAID: tuple[tuple[str, LazyString], ...] = (
    (
        r"the relay's certificate|\b53[0458]\b|lacks what we demand|out-tray",
        _l("Our mail server has a fault. Tell the operator."),
    ),
    (
        r"came back again and again",
        _l("Letters to this address came back several times. Ask for another address."),
    ),
    (
        r"not one address|not the name of a domain|takes no address",
        _l("This is not an address that can be written to."),
    ),
    (r"[45]\.2\.2|mailbox (?:is )?full|over ?quota|quota exceeded", _l("The mailbox is full.")),
    (r"[45]\.3\.4|too (?:large|big)|size limit", _l("The letter is too large for the other side.")),
    (r"5\.1\.2|5\.4\.4|nxdomain|domain not found|no such domain", _l("No mail arrives at the name behind the @.")),
    (r"relaying denied|relay access", _l("Our mail server does not send letters there. Tell the operator.")),
    (r"[45]\.7\.\d|\b554\b|spam|block(?:ed|list)|policy", _l("The other side takes it for unwanted mail.")),
    (
        r"5\.1\.\d|5\.2\.1|\b55[013]\b|user unknown|unknown user|no such (?:user|mailbox)",
        _l("There is no such mailbox."),
    ),
    (r"being checked", _l("A file of this answer is still being checked.")),
    (r"took too long|the relay:", _l("Our mail server could not be reached, or took too long.")),
    (r"\b4\d\d\b|\b4\.\d\.\d", _l("The other side takes no letters at the moment.")),
    (
        r"ended each time|cannotbedone|nothing here does",
        _l("The site cannot write this letter. Tell the operator."),
    ),
)
REASONS = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in SAID)
OTHER = _l("The other side refused it.")


@dataclass(frozen=True)
class Delivery:
    """How far one letter is, in words. `look` colours it; `reason` is empty where nothing went wrong.

    `said` is what the other side said, word for word, for whoever runs the mail server.
    """

    words: str
    look: str
    reason: str = ""
    said: str = ""


def delivery(letter: Due) -> Delivery:
    """How far a letter is. A failed one says why; one that waits for another try says since when and until when."""
    if letter.bounced_at is not None:
        return _went_wrong(_("came back"), "new", letter.bounce_said)
    if letter.state is DueState.FAILED:
        return _went_wrong(_("not delivered"), "new", letter.last_error)
    if letter.state is DueState.DONE:
        return Delivery(_("sent"), "ok")
    if letter.state is DueState.DROPPED:
        return Delivery(_("not needed"), "")
    if letter.attempts and letter.last_error:
        return _went_wrong(_("tried again %(moment)s", moment=moment(letter.due_at)), "wait", letter.last_error)
    return Delivery(_("on its way"), "wait")


def reason_words(said: str) -> str:
    """Why a letter did not arrive, in words of people, from what a mail server said."""
    return str(next((words for pattern, words in REASONS if pattern.search(said)), OTHER))


def _went_wrong(words: str, look: str, said: str | None) -> Delivery:
    return Delivery(words, look, reason_words(said or ""), said or "")


def init_app(app: Flask) -> None:
    """Give templates the filter `delivery`."""
    app.jinja_env.filters["delivery"] = delivery
