"""The mails of tests/mails/trimming: a line marked `+` the person wrote, one marked `-` a mail program added."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mail:
    """One mail of the set, and what of it was written."""

    name: str
    subject: str
    text: str
    written: str


def mails_of(file: Path) -> list[Mail]:
    """The mails of one file; each begins with `== title` or `== title | subject`."""
    parts = f"\n{file.read_text('utf-8')}".split("\n== ")[1:]
    return [_mail(file.stem, part) for part in parts]


def _mail(kind: str, part: str) -> Mail:
    first, *rows = part.split("\n")
    title, _bar, subject = first.partition(" | ")
    text = "\n".join(row[1:] for row in rows)
    return Mail(f"{kind}: {title}", subject, text, "\n".join(row[1:] for row in rows if row.startswith("+")))
