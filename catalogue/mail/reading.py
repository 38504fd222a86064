"""A raw mail as the site reads it: who wrote, to which addresses, what, with which files; always within limits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import getaddresses

from catalogue.mail.html_text import text_of_html
from catalogue.mail.mime import Part, TooMuch, decoded_words, read_parts

MOST_BYTES = 25 * 1024 * 1024
MOST_TEXT = 200_000
MOST_HTML = 1_000_000
MOST_ADDRESSES = 100
LONGEST_ADDRESS_LINE = 4000
MOST_FILES = 20
# A picture that stands inside the text and is no larger is a logo or a smile, not what somebody wants to show.
SMALL_INLINE = 15_000

ADDRESS = re.compile(r"[^\s\x00-\x20\x7f<>\"(),:;@\[\\\]]{1,64}@[A-Za-z0-9\u0080-\uffff.-]{1,253}")
MESSAGE_ID = re.compile(r"<([^<>\s]{3,250})>")
ENVELOPE = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
ADDRESSED = ("to", "cc", "resent-to", "resent-cc")


class Unreadable(Exception):
    """Not a mail that can be read; the argument is a short reason, such as "too many parts"."""


@dataclass(frozen=True)
class File:
    """A file that came with a mail, as it came; its sender named it."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """One mail read. Addresses are bare; `recipients` has those of the envelope first; `root` is its tree of parts."""

    message_id: str
    references: tuple[str, ...]
    name: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    files: tuple[File, ...]
    root: Part = field(repr=False)


def read(raw: bytes, recipients: Sequence[str] = ()) -> Mail:
    """Read a mail that came for these recipients of the envelope. Raises `Unreadable` and nothing else."""
    if len(raw) > MOST_BYTES:
        raise Unreadable("too large")
    try:
        return _read(raw, recipients)
    except TooMuch as much:
        raise Unreadable(f"too many {much}" if str(much) != "nesting" else "nested too deep") from None
    except (RecursionError, ValueError, LookupError, MemoryError) as broken:
        raise Unreadable(f"broken: {type(broken).__name__}") from None


def _read(raw: bytes, recipients: Sequence[str]) -> Mail:
    root = read_parts(raw)
    if not any(root.get(name) for name in ("from", "to", "subject", "date", "received", "return-path")):
        raise Unreadable("no mail")
    name, sender = _sender(root)
    return Mail(
        message_id=next(iter(_ids(root, "message-id")), ""),
        references=tuple(dict.fromkeys([*_ids(root, "in-reply-to"), *reversed(_ids(root, "references"))]))[:50],
        name=name,
        sender=sender,
        recipients=tuple(dict.fromkeys([*map(str.strip, recipients), *_addressed(root)])),
        subject=line(root.get("subject")),
        text=text_of(root)[:MOST_TEXT],
        files=tuple(files_of(root))[:MOST_FILES],
        root=root,
    )


def text_of(root: Part) -> str:
    """What can be read of it: of alternatives the plain one, HTML as text; no file."""
    return "\n\n".join(filter(None, (said.strip("\n") for said in _texts(root))))


def files_of(root: Part) -> Iterator[File]:
    """The files, without logos inside the text."""
    for part in _leaves(root):
        data = part.data
        is_logo = part.get("content-id") and not part.is_attachment and len(data) <= SMALL_INLINE
        if data and not (is_logo and part.kind.startswith("image/")):
            name = part.name or line(part.get("content-description"))
            yield File(line(name), part.kind, data)


def addresses_in(value: str) -> list[tuple[str, str]]:
    """Names and bare addresses of a header, in order; of one that cannot be parsed the addresses alone."""
    value = value[:LONGEST_ADDRESS_LINE]
    try:
        found = getaddresses([value])
    except (RecursionError, ValueError, IndexError, TypeError):
        found = []
    pairs = [(line(name), bare) for name, bare in found if ADDRESS.fullmatch(bare)]
    return (pairs or [("", each) for each in ADDRESS.findall(value)])[:MOST_ADDRESSES]


def line(value: str) -> str:
    """A header in letters, on one line, of bearable length."""
    return " ".join(decoded_words(value).split())[:500]


def _sender(root: Part) -> tuple[str, str]:
    for header in ("from", "sender", "return-path"):
        if found := addresses_in(root.get(header)):
            return found[0]
    return "", ""


def _addressed(root: Part) -> Iterator[str]:
    for header in (*ENVELOPE, *ADDRESSED):
        for value in root.all(header)[:10]:
            yield from (bare for _name, bare in addresses_in(value))


def _ids(root: Part, header: str) -> list[str]:
    return MESSAGE_ID.findall(root.get(header))


def _texts(part: Part) -> Iterator[str]:
    if part.kind == "multipart/alternative" and part.parts:
        yield _best(part.parts)
    elif part.parts:
        below = (
            part.parts[:1] if part.kind in {"multipart/signed", "multipart/related", "multipart/report"} else part.parts
        )
        for each in below:
            yield from _texts(each)
    elif _is_text(part):
        yield _said(part)


def _best(parts: Sequence[Part]) -> str:
    """The plain alternative, unless it is empty or only says that the mail is in HTML."""
    said = ["\n\n".join(_texts(each)) for each in parts]
    plain = next((words for part, words in zip(parts, said, strict=True) if part.kind == "text/plain"), "")
    return plain if plain.strip() else next((words for words in said if words.strip()), "")


def _said(part: Part) -> str:
    return text_of_html(part.text[:MOST_HTML]) if part.kind == "text/html" else part.text


def _is_text(part: Part) -> bool:
    return part.kind in {"text/plain", "text/html"} and not part.is_attachment and not part.name


def _leaves(part: Part) -> Iterator[Part]:
    """The parts that are files: what is neither text of the mail nor a frame."""
    if part.kind == "multipart/report":
        return
    if part.parts:
        for each in part.parts:
            yield from _leaves(each)
    elif not _is_text(part) and part.kind not in {"application/pgp-signature", "application/pkcs7-signature"}:
        yield part
