"""Letters handed over: whole, once, over a verified line, and every refusal told apart."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path

import pytest
import trustme

from catalogue.mail.transport import OutTray, Refused, Smtp, TryAgain, UnknownTransport, transport_for
from tests.unit.mail.relay import Relay, controller

TO, FROM = "ana@buyer.example", "office@sala.example"


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"ຫ້ອງການ <{FROM}>", TO, "ໃບສະເໜີລາຄາ 12"
    message["Message-ID"] = "<abc.def@sala.example>"
    for name, value in headers.items():
        message[name] = value
    message.set_content("ຂອບໃຈ. Thank you.\n.\nA line that begins with a dot stands above.\n")
    return message


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> tuple[trustme.CA, str]:
    authority = trustme.CA()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return authority, str(path)


def context_for(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    return context


@contextmanager
def running(relay: Relay, **options) -> Iterator[int]:
    server = controller(relay, **options)
    server.start()
    try:
        yield server.port
    finally:
        relay.gone.set()
        server.stop()


def plain(port: int, **limits: float) -> Smtp:
    return Smtp("127.0.0.1", port, tls="none", **limits)


# -- SMTP --


def test_a_letter_arrives_whole():
    relay = Relay()
    with running(relay) as port:
        transport_for(f"smtp://127.0.0.1:{port}").send(letter(), to=TO, from_=FROM)
    (envelope,) = relay.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == (FROM, [TO])
    assert envelope.content.isascii()
    assert max(map(len, envelope.content.split(b"\r\n"))) <= 998
    arrived = message_from_bytes(envelope.content, policy=default)
    assert arrived["Subject"] == "ໃບສະເໜີລາຄາ 12"
    assert arrived["Message-ID"] == "<abc.def@sala.example>"
    assert arrived.get_content().splitlines() == letter().get_content().splitlines()


def test_an_automatic_answer_has_no_sender_to_bounce_to():
    relay = Relay()
    with running(relay) as port:
        plain(port).send(letter(), to=TO, from_="")
    assert relay.taken[0].mail_from == "<>"


def test_a_domain_in_other_letters_is_known_to_the_wire():
    relay = Relay()
    with running(relay) as port:
        plain(port).send(letter(), to="ana@bücher.example", from_=FROM)
        plain(port).send(letter(), to="bün@buyer.example", from_=FROM)
    assert [envelope.rcpt_tos for envelope in relay.taken] == [["ana@xn--bcher-kva.example"], ["bün@buyer.example"]]


@pytest.mark.parametrize(
    ("step", "reply", "error"),
    [
        ("MAIL", "451 4.7.1 greylisted", TryAgain),
        ("MAIL", "550 5.7.1 not from you", Refused),
        ("MAIL", "530 5.7.0 authenticate first", TryAgain),
        ("RCPT", "450 4.2.1 mailbox busy", TryAgain),
        ("RCPT", "550 5.1.1 no such user", Refused),
        ("DATA", "452 4.3.1 disk full", TryAgain),
        ("DATA", "554 5.7.1 looks like spam", Refused),
    ],
)
def test_what_the_relay_says_tells_whether_to_try_again(step, reply, error):
    relay = Relay(replies={step: reply})
    with running(relay) as port, pytest.raises(error) as refusal:
        plain(port).send(letter(), to=TO, from_=FROM)
    assert refusal.value.reason == reply
    assert relay.taken == []


def test_a_relay_that_hangs_is_left_on_time():
    began = time.monotonic()
    with running(Relay(replies={"DATA": "hang"})) as port, pytest.raises(TryAgain, match="timed out"):
        plain(port, step_seconds=0.5).send(letter(), to=TO, from_=FROM)
    assert time.monotonic() - began < 5


def test_a_relay_that_drips_is_left_on_time():
    began = time.monotonic()
    with running(Relay(replies={"DATA": "hang"})) as port, pytest.raises(TryAgain):
        plain(port, whole_seconds=0.5).send(letter(), to=TO, from_=FROM)
    assert time.monotonic() - began < 5


def test_a_relay_that_is_not_there_is_tried_again():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(TryAgain, match="ConnectionRefused"):
            plain(free.getsockname()[1]).send(letter(), to=TO, from_=FROM)


# -- TLS --


@pytest.mark.parametrize("at_once", [True, False], ids=["smtps", "starttls"])
def test_a_relay_with_a_good_certificate_is_trusted(authority, at_once):
    relay, scheme = Relay(), "smtps" if at_once else "smtp"
    with running(relay, context=context_for(authority[0], "127.0.0.1"), at_once=at_once, auth=True) as port:
        url = f"{scheme}://sala%40site:p%3Ass%2Fw%40rd@127.0.0.1:{port}?ca={authority[1]}"
        transport_for(url).send(letter(), to=TO, from_=FROM)
    assert (relay.was_tls, relay.was_known) == ([True], [True])


@pytest.mark.parametrize("at_once", [True, False], ids=["smtps", "starttls"])
@pytest.mark.parametrize("wrong", ["another host", "another authority"])
def test_a_relay_with_a_wrong_certificate_gets_nothing(authority, at_once, wrong):
    relay = Relay()
    issuer, host = (authority[0], "mail.example") if wrong == "another host" else (trustme.CA(), "127.0.0.1")
    with running(relay, context=context_for(issuer, host), at_once=at_once) as port:
        transport = Smtp("127.0.0.1", port, tls="at once" if at_once else "demanded", ca=authority[1])
        with pytest.raises(TryAgain, match="certificate"):
            transport.send(letter(), to=TO, from_=FROM)
    assert relay.taken == []


def test_a_relay_without_tls_gets_nothing_where_tls_is_demanded():
    relay = Relay()
    with running(relay) as port, pytest.raises(TryAgain, match="STARTTLS"):
        Smtp("127.0.0.1", port, tls="demanded").send(letter(), to=TO, from_=FROM)
    assert relay.taken == []


def test_a_wrong_password_is_our_fault_and_tried_again(authority):
    with running(Relay(), context=context_for(authority[0], "127.0.0.1"), auth=True) as port:
        transport = Smtp("127.0.0.1", port, user="sala@site", password="old", ca=authority[1])
        with pytest.raises(TryAgain, match="535"):
            transport.send(letter(), to=TO, from_=FROM)


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.example", 587, "demanded"),
        ("smtp://mail.example?tls=none", 587, "none"),
        ("smtp://localhost:25", 25, "none"),
        ("smtps://mail.example", 465, "at once"),
        ("smtps://localhost", 465, "at once"),
    ],
)
def test_tls_is_demanded_off_this_machine(url, port, tls):
    transport = transport_for(url)
    assert isinstance(transport, Smtp)
    assert (transport.port, transport.tls) == (port, tls)


@pytest.mark.parametrize("url", ["", "mail.example", "http://mail.example", "smtp:", "outtray:"])
def test_an_address_that_is_no_transport_is_refused(url):
    with pytest.raises(UnknownTransport):
        transport_for(url)


def test_the_password_is_not_shown():
    assert "secret" not in repr(transport_for("smtp://me:secret@mail.example"))


# -- the out-tray --


def test_a_letter_lies_in_the_out_tray(tmp_path):
    OutTray(tmp_path / "tray").send(letter(), to=TO, from_=FROM)
    (file,) = (tmp_path / "tray").iterdir()
    assert file.name.endswith("-abc.def_sala.example.eml")
    arrived = message_from_bytes(file.read_bytes(), policy=default)
    assert (arrived["Return-Path"], arrived["Delivered-To"]) == (f"<{FROM}>", TO)
    assert arrived["Subject"] == "ໃບສະເໜີລາຄາ 12"


def test_a_letter_sent_twice_lies_there_twice(tmp_path):
    tray = transport_for(f"outtray:{tmp_path}")
    for _ in range(2):
        tray.send(letter(), to=TO, from_=FROM)
    assert len(list(tmp_path.glob("*-abc.def_sala.example.eml"))) == 2


def test_a_message_id_cannot_lead_out_of_the_tray(tmp_path):
    message = letter()
    del message["Message-ID"]
    message["Message-ID"] = "<../../../etc/cron@x>"
    OutTray(tmp_path / "tray").send(message, to=TO, from_=FROM)
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [tmp_path / "tray"]


def test_a_tray_that_cannot_be_written_is_tried_again(tmp_path):
    (tmp_path / "tray").write_text("a file is in the way")
    with pytest.raises(TryAgain):
        OutTray(tmp_path / "tray").send(letter(), to=TO, from_=FROM)


# -- headers --

LINES = ["a\r\nBcc: x@y.example", "a\nBcc: x@y.example", "a\rb", "a\0b", "a\u2028b", "a\x0bb", "a\x85b"]


@pytest.mark.parametrize("value", LINES)
def test_a_header_never_becomes_two(tmp_path, value):
    message = EmailMessage()
    message._headers.append(("Subject", value))  # as if a header had come in beside the policy that refuses it
    message.set_content("hello")
    with pytest.raises(Refused):
        OutTray(tmp_path).send(message, to=TO, from_=FROM)
    assert list(Path(tmp_path).iterdir()) == []


def test_only_a_message_of_the_new_kind_is_sent(tmp_path):
    with pytest.raises(Refused):
        OutTray(tmp_path).send(Message(), to=TO, from_=FROM)  # type: ignore[arg-type]


WRONG = ["", "ana", "@b.example", "ana@", "a@b@c.example", "Ana <ana@b.example>", "a@b.example, c@d.example"]
WRONG += ["a@b.example\r\nRCPT TO:<c@d.example>", "a b@c.example", "a@b.example>", "a@b.example\0", '"a"@b.example']
WRONG += ["a@b..example", f"a@{'b' * 64}.example"]


@pytest.mark.parametrize("address", WRONG)
def test_an_envelope_names_one_plain_address(tmp_path, address):
    with pytest.raises(Refused):
        OutTray(tmp_path).send(letter(), to=address, from_=FROM)
    if address:
        with pytest.raises(Refused):
            OutTray(tmp_path).send(letter(), to=TO, from_=address)
