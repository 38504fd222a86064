"""A letter written out: headers that nobody outside can reach into, plain words, and the same in simple HTML."""

import re
from collections.abc import Sequence
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from catalogue.mail.trimming import MARKER
from catalogue.notices.addresses import office_address, settings
from catalogue.notices.enclosing import Enclosed
from catalogue.notices.letters import Letter
from catalogue.outbox.worker import CannotBeDone, Leased

MOST_REFERENCES = 20
# Folding would write a long address as an encoded word, which no mail program takes for one (RFC 2369).
HEADERS = HeaderRegistry()
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


class WholeLine(UnstructuredHeader):
    """A header that is never folded: one address of a page, of at most some hundred letters."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        """The header in one line."""
        return f"{self.name}: {self}{policy.linesep}"


HEADERS.map_to_type("list-unsubscribe", WholeLine)  # type: ignore[arg-type]  # the registry makes a header of it
POLICY = SMTP.clone(header_factory=HEADERS)


def written_out(letter: Letter, due: Leased, enclosed: Sequence[Enclosed] = ()) -> EmailMessage:
    """The whole message. Its Message-ID and date are the outbox row's, so that a second copy is seen to be one.

    A letter that can be answered says on top where to write, so that what stands below is known to be ours.
    """
    message = EmailMessage(policy=POLICY)
    facts = {
        "all_enclosed": bool(enclosed) and len(enclosed) == len(letter.files),
        "marker": f"-- {MARKER[letter.language]} --" if letter.reply_to else "",
    }
    with force_locale(letter.language):
        message["Subject"] = " ".join(_words(due.kind, "subject.txt", letter, facts).split())
        plain, html = (_words(due.kind, name, letter, facts) for name in ("body.txt", "body.html"))
    plain = f"{facts['marker']}\n\n{plain.strip()}"
    _address(message, letter)
    _thread(message, letter, due)
    if letter.automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(plain.strip() + "\n", cte=_encoding(plain))
    message.add_alternative(html, subtype="html", cte=_encoding(html))
    for file in enclosed:
        kind, _slash, subtype = file.media_type.partition("/")
        message.add_attachment(file.data, maintype=kind, subtype=subtype, filename=file.name)
    return message


def _address(message: EmailMessage, letter: Letter) -> None:
    message["From"] = Address(letter.from_name, addr_spec=office_address())
    try:
        message["To"] = Address(letter.to_name, addr_spec=letter.to)
    except (MessageError, ValueError, IndexError) as wrong:
        # What stood in a stranger's From may be no address that a header can hold: to try again would change nothing.
        raise CannotBeDone(f"no letter can be addressed like this: {type(wrong).__name__}") from None
    if letter.reply_to:
        message["Reply-To"] = Address(addr_spec=letter.reply_to)


def _thread(message: EmailMessage, letter: Letter, due: Leased) -> None:
    message["Date"] = format_datetime(due.created_at)
    message["Message-ID"] = _id(str(due.message_id))
    if letter.earlier:
        # The first letter and the last ones: what mail programs thread by, within a header of sensible length.
        known = letter.earlier[:1] + letter.earlier[1:][-MOST_REFERENCES:]
        message["References"] = " ".join(_id(each) for each in known)
        message["In-Reply-To"] = _id(letter.earlier[-1])


def _id(message_id: str) -> str:
    return f"<{message_id}>" if "@" in message_id else f"<{message_id}@{settings().MAIL_DOMAIN}>"


def _words(kind: str, name: str, letter: Letter, facts: dict[str, Any]) -> str:
    # Not render_template: what it adds belongs to requests, and there is none.
    template: Any = current_app.jinja_env.get_template(f"mail/{kind}/{name}")
    written = template.render(**letter.context, **facts, language=letter.language)
    return EMPTY_LINES.sub("\n\n", written)


def _encoding(text: str) -> str:
    """Base64 where most letters are not ASCII, as in Lao; what a person can read in the source otherwise."""
    foreign = sum(not sign.isascii() for sign in text)
    return "base64" if foreign * 4 > len(text) else "quoted-printable"
