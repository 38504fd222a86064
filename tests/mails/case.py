"""One mail of the sets: made for a conversation, with what has to be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

DOMAIN = "sala.example"
WANT = "Yes, please send 40 of them."


@dataclass(frozen=True)
class Party:
    """A conversation as a mail is made for it: its addresses, and the letter that it answers."""

    buyer: str
    to_buyer: str
    to_office: str
    letter: str
    shared: str
    bounces: str
    slug: str


@dataclass(frozen=True)
class Case:
    """A mail, by name, and the action that it has to lead to; `text` is what has to be read in it, `held` by what."""

    name: str
    make: Callable[[Party], bytes]
    action: str
    text: str | None = None
    reason: str | None = None
    party: str | None = None


def plain(party: Party, text: str = WANT, **headers: str) -> bytes:
    """An answer of the buyer in plain text; `headers` replace or add, an empty one takes away."""
    kind = {"Content_Type": "text/plain; charset=utf-8"}
    said = [
        f"{name.replace('_', '-')}: {value}" for name, value in {**_given(party), **kind, **headers}.items() if value
    ]
    return lines(*said, "", text)


def message(party: Party, text: str = WANT) -> EmailMessage:
    """The same, to get files."""
    mail = EmailMessage(policy=SMTP)
    for name, value in _given(party).items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def _given(party: Party) -> dict[str, str]:
    return {
        "From": f"Ana Reyes <{party.buyer}>",
        "To": party.to_buyer,
        "Subject": "Re: your inquiry",
        "In_Reply_To": f"<{party.letter}>",
    }


def written(mail: EmailMessage) -> bytes:
    """As it goes over the wire."""
    return mail.as_bytes()


def lines(*said: str | bytes) -> bytes:
    """A mail written line by line."""
    return b"\r\n".join(each.encode() if isinstance(each, str) else each for each in said) + b"\r\n"
