"""The doors by which mail comes in, each with a real server or client on its other side: kept first, then accepted."""

import smtplib
import socket
from contextlib import contextmanager

import pytest

from catalogue.mail.arriving import UnknownDoor, door_at
from catalogue.mail.imap import MailboxAway, poll, seconds_between
from catalogue.mail.lmtp import listening
from catalogue.mail.models import Source
from catalogue.mail.reading import MOST_BYTES
from tests.unit.mail.mailbox import DOVECOT, running_mailbox

RAW = b"From: ana@buyer.example\r\nTo: office@sala.example\r\n\r\nHello.\r\n.dot\r\n"
LMTP = "lmtp://127.0.0.1:0"
needs_dovecot = pytest.mark.skipif(not DOVECOT, reason="the package dovecot-imapd is not installed")


class Hand(list):
    """Keeps what it is given; after `breaks_at` mails the disk is full."""

    breaks_at = 1_000_000

    def __call__(self, arrived):
        if len(self) >= self.breaks_at:
            raise OSError(28, "No space left on device")
        self.append(arrived)


@contextmanager
def client(hand):
    with listening(door_at(LMTP), hand) as port, smtplib.LMTP("127.0.0.1", port, timeout=10) as server:
        yield server


def test_a_mail_server_hands_a_mail_over_with_its_envelope():
    hand = Hand()
    with client(hand) as server:
        assert server.sendmail("ana@buyer.example", ["inquiry+x@sala.example"], RAW) == {}
    (arrived,) = hand
    assert (arrived.source, arrived.recipients) == (Source.LMTP, ("inquiry+x@sala.example",))
    trace = b"Return-Path: <ana@buyer.example>\r\nDelivered-To: inquiry+x@sala.example\r\n"
    assert arrived.raw == trace + RAW


def test_a_bounce_has_no_return_path():
    hand = Hand()
    with client(hand) as server:
        server.sendmail("", ["bounce+x@sala.example"], RAW)
    assert hand[0].raw.startswith(b"Return-Path: <>\r\n")


def test_what_could_not_be_kept_is_not_accepted():
    hand = Hand()
    hand.breaks_at = 0
    with client(hand) as server, pytest.raises(smtplib.SMTPDataError) as refused:
        server.sendmail("ana@buyer.example", ["inquiry@sala.example"], RAW)
    assert refused.value.smtp_code == 451


def test_each_recipient_has_an_answer_of_its_own():
    hand = Hand()
    with client(hand) as server:
        later = server.sendmail("ana@buyer.example", ["a@sala.example", "b@sala.example"], RAW)
    assert (list(later), later["b@sala.example"][0], len(hand)) == (["b@sala.example"], 452, 1)


def test_long_lines_are_taken_and_what_is_too_large_is_not():
    hand = Hand()
    with client(hand) as server:
        server.sendmail("ana@buyer.example", ["a@sala.example"], RAW + b"x" * 200_000 + b"\r\n")
        server.putcmd("mail", f"FROM:<ana@buyer.example> SIZE={MOST_BYTES + 1}")
        assert server.getreply()[0] == 552
    assert len(hand) == 1


@pytest.mark.parametrize(
    "wrong", ["pop3://office@mail.example", "imaps://", "imap://office:secret@mail.example/INBOX", "127.0.0.1:8024"]
)
def test_other_doors_are_refused(wrong):
    with pytest.raises(UnknownDoor):
        door_at(wrong)
    assert door_at("") is None


def test_how_often_a_mailbox_is_looked_into():
    assert seconds_between(door_at("imaps://o@m.example")) == 30
    assert seconds_between(door_at("imaps://o@m.example/INBOX?every=5")) == 5


@pytest.fixture(scope="module")
def mailbox():
    with running_mailbox() as box:
        yield box


@needs_dovecot
def test_a_mailbox_is_taken_in_once_even_what_somebody_has_read_there(mailbox):
    for number in range(3):
        mailbox.put(RAW.replace(b"Hello", b"Hello %d" % number))
    mailbox.read_all()
    hand = Hand()
    assert poll(door_at(mailbox.url), hand) == 3
    assert [arrived.raw for arrived in hand] == [RAW.replace(b"Hello", b"Hello %d" % number) for number in range(3)]
    assert poll(door_at(mailbox.url), hand) == 0


@needs_dovecot
def test_what_could_not_be_kept_stays_in_the_mailbox(mailbox):
    for number in range(2):
        mailbox.put(RAW.replace(b"Hello", b"Bye %d" % number))
    hand = Hand()
    hand.breaks_at = 1
    with pytest.raises(MailboxAway, match="No space"):
        poll(door_at(mailbox.url), hand)
    hand.breaks_at = 100
    assert poll(door_at(mailbox.url), hand) == 1
    assert [b"Bye %d" % number in arrived.raw for number, arrived in enumerate(hand)] == [True, True]


@needs_dovecot
def test_a_mailbox_that_stops_midway_loses_nothing(mailbox):
    for number in range(4):
        mailbox.put(RAW.replace(b"Hello", b"Stop %d" % number))
    hand = Hand()

    def take(arrived):
        hand(arrived)
        if len(hand) == 2:
            mailbox.stop()

    with pytest.raises(MailboxAway):
        poll(door_at(mailbox.url), take)
    with pytest.raises(MailboxAway):
        poll(door_at(mailbox.url), take)
    mailbox.start()
    # The one that was kept and not marked comes again: it is the same mail, and handled once.
    assert poll(door_at(mailbox.url), hand) == 3
    assert {b"Stop %d" % number for number in range(4)} == {arrived.raw.splitlines()[3][:6] for arrived in hand}


@needs_dovecot
def test_a_wrong_password_says_so(mailbox):
    with pytest.raises(MailboxAway, match="AUTHENTICATIONFAILED"):
        poll(door_at(f"imap://office:no@127.0.0.1:{mailbox.port}"), Hand())


def test_nobody_there_says_so():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(MailboxAway):
            poll(door_at(f"imap://office:x@127.0.0.1:{port}"), Hand())
