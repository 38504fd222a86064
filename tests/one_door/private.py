"""What must not be found: members' e-mail addresses and telephone numbers, in whatever spelling."""

import html
import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

BETWEEN = re.compile(r"[\s\u00a0\u202f().\-/+]+")


@dataclass(frozen=True)
class Private:
    """Contacts of members, in the form in which they are compared."""

    emails: frozenset[str]
    numbers: frozenset[str]

    def found_in(self, text: str) -> list[str]:
        """Which of them stand in a text, also escaped, in other digits, or spelled with spaces and signs."""
        plain = _plain(text)
        run = BETWEEN.sub("", plain)
        return [each for each in self.emails if each in plain] + [each for each in self.numbers if each in run]

    def found_in_bytes(self, data: bytes) -> list[str]:
        """The same for bytes of any kind: pictures with their metadata, documents."""
        return self.found_in(data.decode("latin-1")) + self.found_in(data.decode("utf-16-le", "ignore"))


def contacts_of_members(database: Path) -> Private:
    """The contacts that the database keeps of members. A number counts from its last eight digits."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT email, phone FROM member_contact").fetchall()
    emails = {email.casefold() for email, _ in rows if email}
    numbers = {re.sub(r"\D", "", phone)[-8:] for _, phone in rows if phone}
    return Private(frozenset(emails), frozenset(numbers))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", html.unescape(unquote(text))).casefold()
    return "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in text)
