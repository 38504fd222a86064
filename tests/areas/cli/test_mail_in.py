"""`mail-in` and the worker's doors: whichever way a mail comes, one handler does the same with it."""

import json
import smtplib
import socket
import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from catalogue.cli.mail_doors import mail_room, open_doors
from catalogue.inquiries.links import REPLY_BUYER, token_of
from catalogue.inquiries.models import Message
from catalogue.mail.models import ReceivedMail, Source
from catalogue.tokens import TokenMaker
from tests.unit.mail.mailbox import DOVECOT, running_mailbox


@pytest.fixture
def asked(make, cast):
    return make.inquiry(consortium=cast.silver, buyer=cast.ana)


@pytest.fixture
def address(asked, settings):
    return f"inquiry+{token_of(asked, TokenMaker(settings.SECRET_KEY), REPLY_BUYER)}@{settings.MAIL_DOMAIN}"


def raw(address, text):
    return f"From: ana@buyer.example\r\nTo: {address}\r\nMessage-ID: <{text}@b.example>\r\n\r\n{text}\r\n".encode()


def test_mail_in_prints_what_was_done(runner, address, asked, session):
    done = runner.invoke(args=["mail-in"], input=raw(address, "Forty"))
    assert json.loads(done.stdout) == {
        "action": "append",
        "inquiry": asked.number,
        "party": "buyer",
        "text": "Forty",
        "reason": None,
        "sent": 1,
    }
    again = json.loads(runner.invoke(args=["mail-in"], input=raw(address, "Forty")).stdout)
    assert (again["action"], again["inquiry"], again["sent"]) == ("duplicate", asked.number, 0)
    assert json.loads(runner.invoke(args=["mail-in"], input=b"").stdout)["action"] == "quarantine"


def test_mail_in_takes_the_envelope(runner, address):
    elsewhere = raw("office@elsewhere.example", "Forty")
    done = runner.invoke(args=["mail-in", "--to", address.upper()], input=elsewhere)
    assert json.loads(done.stdout)["action"] == "append"


def test_mail_that_cannot_be_kept_is_given_back(runner, address, app, settings):
    app.config["SETTINGS"] = replace(settings, MEDIA_URL="file:/dev/null/media")
    done = runner.invoke(args=["mail-in"], input=raw(address, "Forty"))
    assert (done.exit_code, done.stdout) == (75, "")


@pytest.mark.only("sqlite")
@pytest.mark.skipif(not DOVECOT, reason="the package dovecot-imapd is not installed")
def test_by_lmtp_and_by_imap_the_same_mail_is_one(app, address, session):
    session.commit()
    stop = threading.Event()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with app.app_context(), running_mailbox() as box:
        room = mail_room(app)
        box.put(raw(address, "Forty"))
        with open_doors(room, f"lmtp://127.0.0.1:{port}", stop), smtplib.LMTP("127.0.0.1", port) as server:
            server.sendmail("ana@buyer.example", [address], raw(address, "Forty"))
        with open_doors(room, f"{box.url}?every=1", stop):
            until = time.monotonic() + 10
            while time.monotonic() < until and len(_rows(session)) < 2:
                time.sleep(0.05)
            stop.set()
    assert [(row.source, row.action) for row in _rows(session)] == [
        (Source.LMTP, "append"),
        (Source.IMAP, "duplicate"),
    ]
    assert session.scalars(select(Message.text)).all() == ["Forty"]


def _rows(session):
    session.rollback()
    query = select(ReceivedMail).where(ReceivedMail.action.is_not(None)).order_by(ReceivedMail.id)
    return session.scalars(query).all()
