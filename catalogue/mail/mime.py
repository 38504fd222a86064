"""The parts of a mail, however broken: split and decoded in time linear in its size, within limits.

The standard library's parser is recursive, raises, and takes quadratic time at hostile headers. A stranger's mail is
read by this one, whose every step runs once over the bytes of one level, and no level is deeper than `DEEPEST`.
"""

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

MOST_HEADER_BYTES = 256 * 1024
MOST_HEADERS = 500
LONGEST_VALUE = 16_000
MOST_PARTS = 200
DEEPEST = 15

HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n")
HEADER = re.compile(rb"([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)", re.DOTALL)
NEXT_HEADER = re.compile(rb"\r?\n(?![ \t])")
PARAMETER = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
EXTENDED = re.compile(r"([^*]+)(?:\*(\d{1,2}))?(\*)?")
ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?[^?\s]{1,60}\?[bBqQ]\?)")
NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# What mail programs call a character set, and what it is: the larger set that holds it.
LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8"}
LARGER |= {"ascii": "utf-8", "tis-620": "cp874", "windows-874": "cp874", "iso-8859-11": "cp874", "big5": "big5hkscs"}
LARGER |= {"shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "utf8": "utf-8"}
NO_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs", "oem"}


class TooMuch(Exception):
    """More than a mail that people write has; the argument says of what: "headers", "parts", "nesting"."""


@dataclass(frozen=True)
class Part:
    """One part: its headers (names in small letters), and its body as it came."""

    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    parts: tuple["Part", ...] = ()

    def all(self, name: str) -> list[str]:
        """Every header of this name, as it stands on the wire, unfolded."""
        return [value for key, value in self.headers if key == name]

    def get(self, name: str) -> str:
        """The first header of this name, empty where there is none."""
        return next(iter(self.all(name)), "")

    @cached_property
    def kind(self) -> str:
        """The media type in small letters."""
        said = self.get("content-type").partition(";")[0].strip().lower()
        return said if "/" in said else "text/plain"

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The parameters of the media type and of the disposition; the latter win."""
        return parameters(self.get("content-type")) | parameters(self.get("content-disposition"))

    @property
    def name(self) -> str:
        """The file's name, empty where it has none."""
        return decoded_words(self.parameters.get("filename") or self.parameters.get("name") or "")

    @property
    def is_attachment(self) -> bool:
        """Whether its sender calls it a file."""
        return self.get("content-disposition").strip().lower().startswith("attachment")

    @cached_property
    def data(self) -> bytes:
        """The body with its transfer encoding undone; what is broken is read as far as it goes."""
        encoding = self.get("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            return from_base64(self.body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        return self.body

    @property
    def text(self) -> str:
        """The body as text, with \\n at the end of lines."""
        said = in_letters(self.data, self.parameters.get("charset", ""))
        return CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))

    def walk(self) -> Iterator["Part"]:
        """This part and all below, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def read_parts(raw: bytes) -> Part:
    """The whole mail as a tree of parts. Raises `TooMuch`."""
    return _Reader().part(_plain_ends(raw), depth=0, digest=False)


def read_headers(raw: bytes) -> Part:
    """The headers alone: of a mail returned in a bounce. Raises `TooMuch`."""
    headers, _body = _split(_plain_ends(raw))
    return Part(headers, b"")


class _Reader:
    def __init__(self) -> None:
        self.count = 0

    def part(self, raw: bytes, *, depth: int, digest: bool) -> Part:
        self.count += 1
        if self.count > MOST_PARTS:
            raise TooMuch("parts")
        if depth > DEEPEST:
            raise TooMuch("nesting")
        headers, body = _split(raw)
        if digest and not any(name == "content-type" for name, _value in headers):
            headers += (("content-type", "message/rfc822"),)
        part = Part(headers, body)
        if not part.kind.startswith("multipart/"):
            return part
        pieces = list(_pieces(body, part.parameters.get("boundary", "")))
        is_digest = part.kind == "multipart/digest"
        below = tuple(self.part(piece, depth=depth + 1, digest=is_digest) for piece in pieces)
        return Part(headers, b"" if below else body, below)


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the boundaries; a last one that never ends counts to the end of the mail."""
    if not boundary:
        return
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    begin = None
    for count, found in enumerate(line.finditer(body)):
        if count > MOST_PARTS:
            raise TooMuch("parts")
        if begin is not None:
            yield body[begin : found.start()]
        begin = None if found[1] else found.end()
    if begin is not None:
        yield body[begin:]


def _plain_ends(raw: bytes) -> bytes:
    """Begin at the first header; a mail with bare carriage returns gets line ends."""
    raw = raw.lstrip(b"\r\n")
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


def _split(raw: bytes) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """Headers and body. A piece that begins with an empty line has no headers."""
    if raw.startswith((b"\r\n\r\n", b"\n\n")):
        return (), raw.lstrip(b"\r\n")
    start = 2 if raw.startswith(b"\r\n") else 1 if raw.startswith(b"\n") else 0
    end = HEADER_END.search(raw, start, start + MOST_HEADER_BYTES)
    if end is None and len(raw) - start > MOST_HEADER_BYTES:
        raise TooMuch("headers")
    head = raw[start : end.start() if end else len(raw)]
    headers = tuple(_headers(head))
    if not headers:
        return (), raw[start:]
    return headers, raw[end.end() :] if end else b""


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    lines = NEXT_HEADER.split(head)
    if len(lines) > MOST_HEADERS:
        raise TooMuch("headers")
    for line in lines:
        if found := HEADER.match(line):
            value = b" ".join(found[2].split())[:LONGEST_VALUE]
            yield found[1].decode("ascii").lower(), CONTROL.sub("", in_letters(value, ""))


def parameters(value: str) -> dict[str, str]:
    """What follows the first word of a header: charset, boundary, names also in pieces and languages (RFC 2231)."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in PARAMETER.finditer(value):
        said = found[2].strip()
        if said.startswith('"'):
            said = re.sub(r"\\(.)", r"\1", said[1:-1])
        name = EXTENDED.fullmatch(found[1].lower())
        if name and (name[2] or name[3]):
            pieces.setdefault(name[1], []).append((int(name[2] or 0), bool(name[3]), said))
        else:
            plain.setdefault(found[1].lower(), said)
    return plain | {name: _joined(sorted(said)) for name, said in pieces.items()}


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    charset, data = "", b""
    for number, is_encoded, said in pieces:
        if is_encoded and number == 0 and said.count("'") >= 2:
            charset, _language, said = said.split("'", 2)
        escaped = said.encode("utf-8", "replace")
        data += re.sub(rb"%([0-9A-Fa-f]{2})", _byte, escaped) if is_encoded else escaped
    return in_letters(data, charset)


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def decoded_words(value: str) -> str:
    """A header with its encoded words (RFC 2047) in letters; a letter split between two words is put together."""
    out, last = [], 0
    waiting: tuple[str, bytes] = ("", b"")
    joined = BETWEEN_WORDS.sub(r"\1\2", value)
    for found in ENCODED_WORD.finditer(joined):
        between = joined[last : found.start()]
        charset = found[1].partition("*")[0].lower()
        if between or charset != waiting[0]:
            out += [in_letters(waiting[1], waiting[0]), between]
            waiting = (charset, b"")
        waiting = (charset, waiting[1] + _word_bytes(found))
        last = found.end()
    return CONTROL.sub("", "".join([*out, in_letters(waiting[1], waiting[0]), joined[last:]]))


def _word_bytes(found: re.Match[str]) -> bytes:
    data = found[3].encode("utf-8", "replace")
    if found[2] in "bB":
        return from_base64(data)
    return binascii.a2b_qp(data, header=True)


def from_base64(data: bytes) -> bytes:
    """What base64 holds, as far as it goes: strange signs are passed over, a cut end is left out."""
    clean = NOT_BASE64.sub(b"", data)
    whole = clean[: len(clean) - (len(clean) % 4 == 1)]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def in_letters(data: bytes, charset: str) -> str:
    """Bytes as text: UTF-8 where they are that, else as they say, never an exception, never half a letter pair."""
    name = LARGER.get(charset.strip().lower(), charset.strip().lower())
    if name in {"", "utf-8"} or not _is_known(name):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("utf-8" if name == "utf-8" else "cp1252", "replace")
    return data.decode(name, "replace").encode("utf-8", "replace").decode("utf-8")


def _is_known(charset: str) -> bool:
    try:
        found = codecs.lookup(charset)
    except (LookupError, ValueError):
        return False
    return bool(getattr(found, "_is_text_encoding", False)) and found.name.replace("-", "_") not in NO_TEXT
