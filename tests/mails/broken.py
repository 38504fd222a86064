"""Mails that are broken, by accident or on purpose: read as far as it goes, else kept and shown, never lost."""

from tests.mails.case import Case, Party, lines, plain
from tests.mails.replies import WANT, encoded, of_parts, text_part


def _top(party: Party, *more: str) -> list[str]:
    return [f"From: {party.buyer}", f"To: {party.to_buyer}", *more]


def _deep(party: Party, depth: int) -> bytes:
    said = []
    for level in range(depth):
        said += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return lines(*_top(party), *said, "Content-Type: text/plain", "", WANT)


def _many(party: Party, count: int) -> bytes:
    return of_parts(party, "multipart/mixed", *([text_part("x")] * count))


def _cut(party: Party) -> bytes:
    return lines(*_top(party, 'Content-Type: multipart/mixed; boundary="b"'), "", "--b", text_part(WANT))


def _headers(party: Party, *said: str, body: str = WANT) -> bytes:
    return lines(*_top(party, *said), "", body)


def _same_boundary(party: Party) -> bytes:
    inner = 'Content-Type: multipart/mixed; boundary="part"\r\n\r\n'
    return of_parts(party, "multipart/mixed", inner, text_part(WANT))


BROKEN = (
    Case("nothing at all", lambda p: b"", "quarantine"),
    Case("only line ends", lambda p: b"\r\n\r\n\r\n", "quarantine"),
    Case("noise", lambda p: bytes(range(256)) * 40, "quarantine"),
    Case("a picture", lambda p: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "quarantine"),
    Case("words without headers", lambda p: b"Hello there,\r\nplease send 40.\r\n", "quarantine"),
    Case("nested too deep", lambda p: _deep(p, 60), "quarantine", reason="nested too deep"),
    Case("nested as deep as may be", lambda p: _deep(p, 12), "append", text=WANT),
    Case("too many parts", lambda p: _many(p, 1000), "quarantine", reason="too many parts"),
    Case("many parts", lambda p: _many(p, 50), "append"),
    Case("too many headers", lambda p: _headers(p, *["X-A: b"] * 3000), "quarantine", reason="too many headers"),
    Case(
        "headers without end", lambda p: _headers(p, "X-A: " + "b" * 400_000), "quarantine", reason="too many headers"
    ),
    Case("a long header", lambda p: _headers(p, "X-A: " + "b" * 100_000), "append", text=WANT),
    Case("cut off", _cut, "append", text=WANT),
    Case(
        "a boundary that never comes", lambda p: _headers(p, 'Content-Type: multipart/mixed; boundary="no"'), "append"
    ),
    Case("no boundary said", lambda p: _headers(p, "Content-Type: multipart/mixed"), "append"),
    Case("the same boundary twice", _same_boundary, "append", text=WANT),
    Case(
        "a character set that is none",
        lambda p: encoded(p, WANT, "utf-8").replace(b"utf-8", b"x-klingon"),
        "append",
        text=WANT,
    ),
    Case(
        "a codec that is no character set",
        lambda p: encoded(p, WANT, "utf-8", "8bit").replace(b"utf-8", b"zlib"),
        "append",
        text=WANT,
    ),
    Case(
        "a codec that runs",
        lambda p: encoded(p, WANT, "utf-8", "8bit").replace(b"utf-8", b"unicode_escape"),
        "append",
        text=WANT,
    ),
    Case(
        "base64 that is none", lambda p: _headers(p, "Content-Transfer-Encoding: base64", body="*** no! ***"), "append"
    ),
    Case("base64 cut off", lambda p: encoded(p, WANT + " " * 3, "utf-8").rstrip(b"=\r\n"), "append", text=WANT),
    Case("an encoding that is none", lambda p: _headers(p, "Content-Transfer-Encoding: rot13"), "append", text=WANT),
    Case("zero bytes", lambda p: _headers(p, body="Yes, \0please\0 send."), "append", text="Yes, please send."),
    Case("one line of two million letters", lambda p: _headers(p, body="x" * 2_000_000), "append"),
    Case("brackets without end", lambda p: _headers(p, "Cc: " + "(" * 5000), "append", text=WANT),
    Case(
        "quotes without end", lambda p: _headers(p, 'Content-Disposition: inline; filename="' + '\\"' * 5000), "append"
    ),
    Case("commas without end", lambda p: _headers(p, "Cc: " + "," * 9000), "append", text=WANT),
    Case("parameters without end", lambda p: _headers(p, "Content-Type: text/plain" + '; a="' * 4000), "append"),
    Case("encoded words without end", lambda p: _headers(p, "Subject: " + "=?utf-8?b?" * 1000), "append", text=WANT),
    Case(
        "encoded words that are none",
        lambda p: _headers(p, "Subject: =?utf-8?q?=ZZ?= =?none?b?!!?="),
        "append",
        text=WANT,
    ),
    Case("no sender", lambda p: lines(f"To: {p.to_buyer}", "", WANT), "append", reason="unverified"),
    Case(
        "a sender that is no address",
        lambda p: plain(p).replace(p.buyer.encode(), b"ana at home"),
        "append",
        reason="unverified",
    ),
    Case("two senders", lambda p: plain(p, From=f"{p.buyer}, eve@elsewhere.example"), "append", text=WANT),
    Case("eight bits in the headers", lambda p: lines(*_top(p), b"Subject: D\xe9j\xe0", "", WANT), "append", text=WANT),
    Case(
        "a header with spaces before its colon",
        lambda p: lines(*_top(p), "Subject  : Hi", "", WANT),
        "append",
        text=WANT,
    ),
    Case("HTML without end", lambda p: _headers(p, "Content-Type: text/html", body="<div>" * 20_000 + WANT), "append"),
    Case("bare carriage returns", lambda p: plain(p).replace(b"\r\n", b"\r"), "append", text=WANT),
    Case("no body", lambda p: plain(p, "").rstrip(), "append"),
    Case("utf-7", lambda p: encoded(p, "Forty +2AA-", "utf-8", "8bit").replace(b"utf-8", b"utf-7"), "append"),
    Case("half a letter pair", lambda p: encoded(p, "Forty", "utf-8").replace(b"utf-8", b"utf-16"), "append"),
)
