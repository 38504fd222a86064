"""A letter written out: headers that nobody outside can reach into, plain words, and the same in simple HTML."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from catalogue.notices.addresses import office_address, settings
from catalogue.notices.letters import Letter
from catalogue.outbox.worker import Leased

MOST_REFERENCES = 20
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def written_out(letter: Letter, due: Leased) -> EmailMessage:
    """The whole message. Its Message-ID and date are the outbox row's, so that a second copy is seen to be one."""
    message = EmailMessage(policy=SMTP)
    with force_locale(letter.language):
        message["Subject"] = " ".join(_words(due.kind, "subject.txt", letter).split())
        plain, html = _words(due.kind, "body.txt", letter), _words(due.kind, "body.html", letter)
    _address(message, letter)
    _thread(message, letter, due)
    if letter.automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(plain.strip() + "\n", cte=_encoding(plain))
    message.add_alternative(html, subtype="html", cte=_encoding(html))
    return message


def _address(message: EmailMessage, letter: Letter) -> None:
    message["From"] = Address(letter.from_name, addr_spec=office_address())
    message["To"] = Address(letter.to_name, addr_spec=letter.to)
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
    return f"<{message_id}@{settings().MAIL_DOMAIN}>"


def _words(kind: str, name: str, letter: Letter) -> str:
    # Not render_template: what it adds belongs to requests, and there is none.
    template: Any = current_app.jinja_env.get_template(f"mail/{kind}/{name}")
    written = template.render(**letter.context, language=letter.language)
    return EMPTY_LINES.sub("\n\n", written)


def _encoding(text: str) -> str:
    """Base64 where most letters are not ASCII, as in Lao; what a person can read in the source otherwise."""
    foreign = sum(not sign.isascii() for sign in text)
    return "base64" if foreign * 4 > len(text) else "quoted-printable"
