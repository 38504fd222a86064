"""What became of a received mail, and why, in words of people; and the mail as it came, as text alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from catalogue.inquiries.incoming import written_now
from catalogue.inquiries.mail_room import read_kept
from catalogue.mail.mime import CONTROL, in_letters
from catalogue.mail.models import Action, ReceivedMail
from catalogue.mail.reading import Unreadable
from catalogue.media.stores import NotStored, store_for

MOST_SHOWN = 100_000
HEADERS = ("from", "to", "cc", "date", "subject", "reply-to", "message-id", "in-reply-to", "delivered-to")

ACTIONS: dict[Action | None, LazyString] = {
    None: _l("not read yet"),
    Action.APPEND: _l("taken in"),
    Action.HELD: _l("taken in and held"),
    Action.AUTOMATIC: _l("automatic answer, only kept"),
    Action.BOUNCE: _l("a letter that came back"),
    Action.QUARANTINE: _l("set aside"),
    Action.UNMATCHED: _l("belongs to no inquiry"),
    Action.DUPLICATE: _l("came twice"),
    Action.REJECTED: _l("not taken in"),
}
REASONS: dict[str, LazyString] = {
    "token unknown": _l("It came to an address that no inquiry has."),
    "token replaced": _l("It came to an old address: the buyer's link was renewed since."),
    "token expired": _l("Its inquiry was closed more than half a year ago."),
    "no such address": _l("It came to none of our addresses."),
    "from the office itself": _l("It came from the shared contact itself."),
    "no sender": _l("It does not say who sent it."),
    "too large": _l("It is larger than 25 MB. Ask the sender to send it in parts."),
    "too many in an hour": _l("Too many e-mails came within an hour."),
    "our own letter": _l("It is one of our own letters that came back."),
    "came before with other words": _l("It came a second time with other words."),
    "no mail": _l("It is not an e-mail that can be read."),
}
UNREADABLE = _l("It could not be read.")


@dataclass(frozen=True)
class AsItCame:
    """A mail for people to read: what was written now, the whole text, its headers, and the names of its files."""

    written: str
    whole: str
    headers: Sequence[tuple[str, str]]
    files: Sequence[str]
    can_be_placed: bool


def why(mail: ReceivedMail) -> LazyString:
    """Why it waits for a person."""
    return REASONS.get(mail.reason or "", UNREADABLE)


def as_it_came(mail: ReceivedMail) -> AsItCame | None:
    """The mail, as text and nothing else, however broken; None where it was erased."""
    store = store_for(current_app.config["SETTINGS"].media_url)
    try:
        read = read_kept(store, mail)
    except NotStored:
        return None
    except Unreadable:
        raw = in_letters(store.get(mail.key)[:MOST_SHOWN], "")
        return AsItCame("", CONTROL.sub("", raw), (), (), can_be_placed=False)
    headers = [(name.title(), value) for name in HEADERS for value in read.root.all(name)[:5]]
    files = [file.name or file.media_type for file in read.files]
    return AsItCame(written_now(read), read.text[:MOST_SHOWN], headers, files, can_be_placed=True)
