"""What people write: from the usual programs, in many encodings, with files; by token, by reference, and without."""

import base64
from email.message import EmailMessage
from functools import partial

from tests.mails.case import DOMAIN, WANT, Case, Party, lines, message, plain, written

# The smallest true pictures and papers.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LAO = "ສະບາຍດີ. ພວກເຮົາຕ້ອງການ 40 ໜ່ວຍ."


def encoded(party: Party, text: str, charset: str, transfer: str = "base64", **headers: str) -> bytes:
    """A text in one part, in a character set and a transfer encoding."""
    data = text.encode(charset)
    body = base64.encodebytes(data) if transfer == "base64" else data
    if transfer == "quoted-printable":
        body = b"".join(b"=%02X" % each if each > 126 or each == 61 else bytes([each]) for each in data)
    said = {"Content-Type": f'text/plain; charset="{charset}"', "Content-Transfer-Encoding": transfer, **headers}
    return lines(
        f"From: Ana <{party.buyer}>", f"To: {party.to_buyer}", *(f"{k}: {v}" for k, v in said.items()), "", body
    )


def of_parts(party: Party, kind: str, *parts: str, **headers: str) -> bytes:
    """A mail of parts, each given whole."""
    inner = [line for part in parts for line in ("--part", part)]
    said = {"From": f"Ana <{party.buyer}>", "To": party.to_buyer, **headers}
    top = [f"{name}: {value}" for name, value in said.items()]
    return lines(*top, f'Content-Type: {kind}; boundary="part"', "", *inner, "--part--")


def text_part(text: str, kind: str = "text/plain") -> str:
    return f"Content-Type: {kind}; charset=utf-8\r\n\r\n{text}"


def html(party: Party, body: str) -> bytes:
    return plain(party, body).replace(b"text/plain", b"text/html")


def with_file(party: Party, data: bytes, kind: str, name: str, text: str = WANT) -> bytes:
    mail: EmailMessage = message(party, text)
    main, _slash, sub = kind.partition("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return written(mail)


def _alternative(party: Party) -> bytes:
    mail = message(party)
    mail.add_alternative(f"<div>{WANT}</div>", subtype="html")
    return written(mail)


def _empty_plain(party: Party) -> bytes:
    return of_parts(party, "multipart/alternative", text_part(" "), text_part(f"<p>{WANT}</p>", "text/html"))


def _related(party: Party) -> bytes:
    logo = "Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    logo += base64.b64encode(PNG).decode()
    page = text_part(f"<p>{WANT}</p><img src='cid:logo'>", "text/html")
    return of_parts(party, "multipart/related", page, logo)


def _forwarded(party: Party) -> bytes:
    inner = "Content-Type: message/rfc822\r\n\r\nFrom: x@buyer.example\r\nSubject: old\r\n\r\nOld words."
    return of_parts(party, "multipart/mixed", text_part(WANT), inner)


def _signed(party: Party) -> bytes:
    seal = "Content-Type: application/pgp-signature; name=s.asc\r\n\r\n-----BEGIN PGP SIGNATURE-----"
    return of_parts(party, "multipart/signed", text_part(WANT), seal)


def _nested(party: Party) -> bytes:
    inner = f'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n{text_part(WANT)}\r\n--in\r\n'
    inner += f"{text_part('<p>other</p>', 'text/html')}\r\n--in--"
    return of_parts(party, "multipart/mixed", inner)


def _to(party: Party, **headers: str) -> bytes:
    """To somewhere else, with our address in another header."""
    given = {"To": "office@elsewhere.example", "In_Reply_To": "", **headers}
    return plain(party, WANT, **given)


def _new(party: Party, text: str = "Do you make bowls for a temple?", **headers: str) -> bytes:
    given = {"To": f"inquiry+{party.slug}@{DOMAIN}", "In_Reply_To": "", "From": "Lena <lena@new.example>"}
    return plain(party, text, **{**given, "Subject": "Silver bowls", **headers})


REPLIES = (
    Case("plain", plain, "append", text=WANT, party="buyer"),
    Case("token in capitals", lambda p: plain(p, To=p.to_buyer.upper()), "append", text=WANT),
    Case("token in mixed letters", lambda p: plain(p, To=p.to_buyer.title()), "append", text=WANT),
    Case("token in Cc", lambda p: _to(p, Cc=f"Office <{p.to_buyer}>"), "append"),
    Case("token in Delivered-To", lambda p: _to(p, Delivered_To=p.to_buyer), "append"),
    Case("token in X-Original-To", lambda p: _to(p, X_Original_To=p.to_buyer), "append"),
    Case("token among others", lambda p: _to(p, To=f"a@b.example, <{p.to_buyer}>, c@d.example"), "append"),
    Case("token in a name with a comma", lambda p: _to(p, To=f'"Sisters, Three" <{p.to_buyer}>'), "append"),
    Case(
        "by the letter that it answers", lambda p: _to(p, To=f"inquiry@{DOMAIN}", In_Reply_To=f"<{p.letter}>"), "append"
    ),
    Case(
        "by the thread",
        lambda p: _to(p, To=f"inquiry@{DOMAIN}", References=f"<x@buyer.example> <{p.letter}> <y@z.example>"),
        "append",
    ),
    Case("HTML alone", lambda p: html(p, f"<html><body><p>{WANT}</p></body></html>"), "append", text=WANT),
    Case("both", _alternative, "append", text=WANT),
    Case("both, the plain one empty", _empty_plain, "append", text=WANT),
    Case("HTML with a logo", _related, "append", text=WANT),
    Case("a mail inside", _forwarded, "append", text=WANT),
    Case("signed", _signed, "append", text=WANT),
    Case("alternatives among files", _nested, "append", text=WANT),
    Case("Lao, base64", partial(encoded, text=LAO, charset="utf-8"), "append", text=LAO),
    Case("Lao, eight bits", partial(encoded, text=LAO, charset="utf-8", transfer="8bit"), "append", text=LAO),
    Case("Lao, quoted", partial(encoded, text=LAO, charset="utf-8", transfer="quoted-printable"), "append", text=LAO),
    Case("Chinese, gb2312", partial(encoded, text="我们要四十个。", charset="gb2312"), "append", text="我们要四十个。"),
    Case("Chinese, gb18030", partial(encoded, text="請寄四十個。", charset="gb18030"), "append", text="請寄四十個。"),
    Case("Chinese, big5", partial(encoded, text="請寄四十個。", charset="big5"), "append", text="請寄四十個。"),
    Case("Thai, tis-620", partial(encoded, text="ขอสี่สิบชิ้น", charset="tis-620"), "append", text="ขอสี่สิบชิ้น"),
    Case("Thai, windows-874", partial(encoded, text="ขอสี่สิบชิ้น", charset="cp874"), "append", text="ขอสี่สิบชิ้น"),
    Case("French, latin-1", partial(encoded, text="Déjà reçu, à bientôt", charset="iso-8859-1"), "append"),
    Case(
        "French, windows",
        partial(encoded, text="Ça coûte 40 €", charset="windows-1252"),
        "append",
        text="Ça coûte 40 €",
    ),
    Case(
        "German, quoted", partial(encoded, text="Grüße", charset="iso-8859-15", transfer="quoted-printable"), "append"
    ),
    Case("Japanese", partial(encoded, text="四十個ください", charset="iso-2022-jp"), "append", text="四十個ください"),
    Case("Korean", partial(encoded, text="마흔 개", charset="euc-kr"), "append", text="마흔 개"),
    Case("utf-16", partial(encoded, text="Forty, please", charset="utf-16"), "append", text="Forty, please"),
    Case(
        "no charset said, and Lao",
        lambda p: encoded(p, LAO, "utf-8", "8bit").replace(b'; charset="utf-8"', b""),
        "append",
        text=LAO,
    ),
    Case("a Lao name", lambda p: plain(p, From=f"ນາງ ນ້ອຍ <{p.buyer}>", Subject="ຕອບ"), "append", text=WANT),
    Case("the address in capitals", lambda p: plain(p, From=p.buyer.upper()), "append", text=WANT),
    Case("a photograph", lambda p: with_file(p, PNG, "image/png", "ຮູບ.png"), "append", text=WANT),
    Case("a photograph and no words", lambda p: with_file(p, PNG, "image/png", "a.png", text=""), "append"),
    Case("a PDF", lambda p: with_file(p, PDF, "application/pdf", "drawing.pdf"), "append", text=WANT),
    Case(
        "a spreadsheet stays in the mail", lambda p: with_file(p, b"PK\3\4xx", "application/zip", "list.xlsx"), "append"
    ),
    Case(
        "a picture that is a program",
        lambda p: with_file(p, b"MZ\x90\0", "image/png", "photo.png"),
        "append",
        text=WANT,
    ),
    Case(
        "a card with contacts stays in the mail",
        lambda p: with_file(p, b"BEGIN:VCARD", "text/vcard", "me.vcf"),
        "append",
    ),
    Case(
        "a Unix mailbox's line on top", lambda p: b"From ana Mon Nov  2 03:00:00 2026\n" + plain(p), "append", text=WANT
    ),
    Case("line ends of Unix", lambda p: plain(p).replace(b"\r\n", b"\n"), "append", text=WANT),
    Case("no subject", partial(plain, Subject=""), "append", text=WANT),
    Case("no Message-ID, and said twice", partial(plain, text="No, 60."), "append", text="No, 60."),
    Case("a new inquiry", _new, "append", reason="new inquiry", party="buyer"),
    Case("a new inquiry in Lao", partial(_new, text=LAO, Subject="ສອບຖາມ"), "append", reason="new inquiry"),
    Case("a new inquiry to the office's own address", lambda p: _new(p, To=p.shared), "append", reason="new inquiry"),
    Case("a new inquiry, delivered by envelope", lambda p: _new(p, To="x@y.example", Delivered_To=p.shared), "append"),
    Case(
        "advertising",
        partial(_new, text="SEO services, backlink packages, first page of google, casino", From="seo@spam.example"),
        "held",
        reason="words",
    ),
    Case("to nobody here", partial(_to, To="someone@elsewhere.example"), "unmatched", reason="no such address"),
    Case("to an office that is none", lambda p: _new(p, To=f"inquiry+tin@{DOMAIN}"), "unmatched"),
)
