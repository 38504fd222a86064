"""Letters that come back, as mail servers report it."""

from functools import partial

from tests.mails.case import DOMAIN, Case, Party, lines, plain


def report(
    party: Party,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    said: str = "smtp; 550 5.1.1 no such user",
    recipient: str = "",
    letter: str = "",
    to: str = "",
    daemon: str = "MAILER-DAEMON@mx.buyer.example",
    headers_only: bool = False,
    returned: bool = True,
) -> bytes:
    """A report as RFC 3464 has it."""
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    back = ["--b", f"Content-Type: {kind}", "", f"Message-ID: <{letter or party.letter}>", "Subject: x", "", "Hello."]
    return lines(
        "Return-Path: <>",
        f"From: Mail Delivery System <{daemon}>",
        f"To: {to or party.bounces}",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "I'm sorry to have to inform you that your message could not be delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.buyer.example",
        "",
        f"Final-Recipient: rfc822; {recipient or party.buyer}",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: {said}",
        *(back if returned else []),
        "--b--",
    )


def in_words(party: Party, words: str, *, subject: str = "failure notice", to: str = "", **headers: str) -> bytes:
    """An older server's bounce, in words alone."""
    given = {"Return_Path": "<>", "From": "MAILER-DAEMON@mx.buyer.example", "To": to or party.bounces}
    return plain(party, words, Subject=subject, In_Reply_To="", **given, **headers)


def _qmail(party):
    return in_words(party, f"Hi. This is the qmail-send program.\n<{party.buyer}>:\n550 No such user. Giving up.\n")


def _exim(party):
    words = f"A message that you sent could not be delivered.\n  {party.buyer}\n    550 5.1.1 unknown user\n"
    return in_words(party, words, subject="Mail delivery failed: returning message", X_Failed_Recipients=party.buyer)


def _by_message_id(party):
    words = f"Could not deliver to {party.buyer}: 550 unknown\n\nMessage-ID: <{party.letter}>\n"
    return in_words(party, words, to=f"inquiry@{DOMAIN}", subject="Undeliverable: your inquiry")


HARD, SOFT = "for good", "for a time"
SUBJECTS = [
    ("German", "Nicht zustellbar: Ihre Anfrage"),
    ("German, exchange", "Unzustellbar: Ihre Anfrage"),
    ("French", "Échec de remise : votre demande"),
    ("French, old", "Message non distribué : votre demande"),
    ("Spanish", "No se puede entregar: su consulta"),
    ("Italian", "Non recapitabile: richiesta"),
    ("Dutch", "Onbestelbaar: uw aanvraag"),
    ("Chinese, qq", "系统退信"),
    ("Chinese, exchange", "不能投递: 询价"),
    ("Chinese, Taiwan", "未送達的郵件"),
    ("Japanese", "配信不能: お問い合わせ"),
    ("Thai", "ไม่สามารถส่งได้: สอบถาม"),
    ("Lao", "ສົ່ງບໍ່ໄດ້: ຄຳຖາມ"),
    ("Russian", "Не удалось доставить: запрос"),
    ("sendmail", "Returned mail: see transcript for details"),
    ("domino", "DELIVERY FAILURE: User ana not listed in Directory"),
]


def _said(party, subject):
    return in_words(party, f"<{party.buyer}>: 550 5.1.1 user unknown", subject=subject)


BOUNCES = (
    *(Case(f"in words: {name}", partial(_said, subject=subject), "bounce", reason=HARD) for name, subject in SUBJECTS),
    Case("no such user", report, "bounce", reason=HARD),
    Case("no such user, headers alone", partial(report, headers_only=True), "bounce", reason=HARD),
    Case("no such user, nothing returned", partial(report, returned=False), "bounce", reason=HARD),
    Case("no such domain", partial(report, status="5.1.2", said="dns; NXDOMAIN"), "bounce", reason=HARD),
    Case("account closed", partial(report, status="5.2.1", said="smtp; 554 account disabled"), "bounce", reason=HARD),
    Case("exchange", partial(report, daemon="MicrosoftExchange329e71ec88ae4615@buyer.example"), "bounce", reason=HARD),
    Case("postmaster", partial(report, daemon="postmaster@buyer.example", status="5.0.0"), "bounce", reason=HARD),
    Case("mailbox full", partial(report, status="5.2.2", said="smtp; 552 quota exceeded"), "bounce", reason=SOFT),
    Case("given up after days", partial(report, status="4.4.1", said="smtp; timed out"), "bounce", reason=SOFT),
    Case("greylisted for too long", partial(report, status="4.2.0"), "bounce", reason=SOFT),
    Case("refused as spam", partial(report, status="5.7.1", said="smtp; 550 5.7.1 policy"), "bounce", reason=SOFT),
    Case("too large", partial(report, status="5.3.4"), "bounce", reason=SOFT),
    Case("only late", partial(report, action="delayed", status="4.4.7"), "bounce", reason="only late"),
    Case("qmail, in words", _qmail, "bounce", reason=HARD),
    Case("exim, in words", _exim, "bounce", reason=HARD),
    Case("by our Message-ID, to the shared address", _by_message_id, "bounce", reason=HARD),
    Case(
        "in words, full",
        lambda p: in_words(p, f"<{p.buyer}>: mailbox is full", subject="Delivery Status Notification (Failure)"),
        "bounce",
        reason=SOFT,
    ),
    Case("in capital letters", lambda p: report(p, to=p.bounces.upper()), "bounce", reason=HARD),
)
