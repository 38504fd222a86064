"""Buyer and desk talk in ten turns over real servers, SMTP out and a mailbox or LMTP in, and no address crosses."""

import smtplib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime

import pytest
from sqlalchemy import select

from catalogue.cli.mail_doors import mail_room
from catalogue.inquiries.intake import Buyer
from catalogue.inquiries.mail_room import receive
from catalogue.inquiries.models import Inquiry, MessageKind
from catalogue.mail.arriving import door_at
from catalogue.mail.imap import poll
from catalogue.mail.lmtp import listening
from catalogue.mail.transport import transport_for
from catalogue.media.stores import store_for
from catalogue.notices import deliver
from catalogue.outbox.models import Due, Lane
from catalogue.outbox.worker import ANY, work_off
from catalogue.text import Bilingual
from catalogue.web.clock import now
from tests.one_door.private import Private
from tests.unit.mail.mailbox import DOVECOT, running_mailbox
from tests.unit.mail.relay import Relay, controller

ANA = "ana@buyer.example"
COLLEAGUE = "ben@elsewhere.example"
PHONES = {"buyer": "+49 30 5550123", "member": "+856 20 5999 8888", "manager": "+856 20 5777 6666"}
SECRETS = ("hidden@firm.example", "noy.private@mail.example", "Hidden Owner", "Secret Workshop", "ໂຮງຊ່າງລັບ")
TURNS = (
    ("Could 40 bowls be ready before 12 December?", "Yes, 40 bowls in 30 days. Shall we engrave them?"),
    ("No engraving, please.\n\nBut the rim should be smooth.", "The rim is smooth on all of them."),
    ("What does a carton weigh?", "A carton of 10 weighs 6.5 kg."),
    ("ຂໍຖາມອີກ: ຫຸ້ມຫໍ່ແນວໃດ?", "Each bowl lies in a cotton bag, ten in a carton."),
    ("Thank you, we take them.", "Good. The paper follows this week."),
)


class Talk:
    """The site, the relay that takes its letters, and the door that its mail comes by."""

    def __init__(self, app, engine, session, hand_in, relay, port):
        self.app, self.engine, self.session, self.hand_in = app, engine, session, hand_in
        self.relay, self.read = relay, 0
        self.transport = transport_for(f"smtp://127.0.0.1:{port}")
        self.store = store_for(app.config["SETTINGS"].media_url)

    def letters(self):
        """What left now: for each the address of the envelope and the message."""
        self.session.commit()

        def hand(engine, due, at):
            with self.app.app_context():
                deliver(engine, due, self.transport, at, self.store)

        work_off(self.engine, Lane.LETTER, {ANY: hand}, lambda: now() + timedelta(seconds=15))
        fresh, self.read = self.relay.taken[self.read :], len(self.relay.taken)
        self.session.expire_all()
        return [(each.rcpt_tos, message_from_bytes(each.content, policy=default)) for each in fresh]


@contextmanager
def doors(app, kind) -> Iterator:
    """A way to hand mails in: by LMTP, or into a mailbox that is looked into."""
    with app.app_context():
        room = mail_room(app)

    def take(arrived):
        with app.app_context():
            return receive(room, arrived)

    with ExitStack() as open_now:
        if kind == "lmtp":
            port = open_now.enter_context(listening(door_at("lmtp://127.0.0.1:0"), take))

            def hand_in(mail: EmailMessage) -> None:
                with smtplib.LMTP("127.0.0.1", port, timeout=10) as server:
                    server.sendmail(str(mail["From"]), [str(mail["To"])], mail.as_bytes(policy=SMTP))
        else:
            box = open_now.enter_context(running_mailbox())

            def hand_in(mail: EmailMessage) -> None:
                box.put(mail.as_bytes(policy=SMTP))
                assert poll(door_at(box.url), take) == 1

        yield hand_in


@pytest.fixture(params=["lmtp", pytest.param("imap", marks=pytest.mark.skipif(not DOVECOT, reason="no Dovecot"))])
def talk(request, app, engine, session) -> Iterator[Talk]:
    relay = Relay()
    with doors(app, request.param) as hand_in, ExitStack() as ending:
        server = controller(relay)
        server.start()
        ending.callback(server.stop)
        yield Talk(app, engine, session, hand_in, relay, server.port)


def answer_to(letter: EmailMessage, words: str, number: int, *, sender: str = ANA) -> EmailMessage:
    """As mail programs write it: the words, a signature with telephone, and everything quoted below."""
    quoted = "\n".join(f"> {line}" for line in letter.get_body(("plain",)).get_content().splitlines())
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, str(letter["Reply-To"]).upper() if number % 2 else str(letter["Reply-To"])
    mail["Subject"], mail["Date"] = f"Re: {letter['Subject']}", format_datetime(now())
    mail["Message-ID"] = f"<turn-{number}@mail.example>"
    mail["In-Reply-To"] = letter["Message-ID"]
    signature = f"-- \nAna Example\n{PHONES['buyer']}\nwww.example-gifts.example"
    mail.set_content(f"{words}\n\n{signature}\n\nOn Mon, 2 Nov 2026 at 10:00, Office wrote:\n{quoted}\n")
    return mail


def text_of(letter: EmailMessage) -> str:
    """Every header, and every part that a person can read."""
    headers = "\n".join(f"{name}: {value}" for name, value in letter.items())
    parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join([headers, *parts])


@pytest.mark.only("sqlite")
def test_ten_turns_and_no_address_crosses(talk, make, cast, session, visitor):
    cast.noy.email = "noy.private@mail.example"
    contact = {"name": "Hidden Owner", "email": "hidden@firm.example", "phone": PHONES["member"]}
    firm = make.member(consortium=cast.silver, name=Bilingual("ໂຮງຊ່າງລັບ", "Secret Workshop"), contact=contact)
    buyer = Buyer("Ana Example", ANA, "DE", company="Example Gifts", phone=PHONES["buyer"])
    inquiry = make.inquiry(consortium=cast.silver, products=[make.product(member=firm)], buyer=buyer, message="Hello")
    inquiry.created_at = inquiry.changed_at = now()
    for due in session.scalars(select(Due)):
        due.created_at = due.due_at = now()
    noy, captured = visitor.signed_in_as(cast.noy), talk.letters()
    last = next(letter for to, letter in captured if to == [ANA])
    for number, (asked, answered) in enumerate(TURNS):
        is_strange = number == 3
        talk.hand_in(answer_to(last, asked, number, sender=COLLEAGUE if is_strange else ANA))
        told = talk.letters()
        assert [to for to, _letter in told] == [[cast.silver.shared_contact_email]]
        address = {"slug": cast.silver.slug, "inquiry_id": inquiry.public_id}
        noy.submit(noy.get("desk.inquiry", **address), "form[action$='/answer']", {"answer-text": answered})
        ((to, last),) = talk.letters()
        assert to == [ANA]
        assert answered in last.get_body(("plain",)).get_content()
        own = [f"<turn-{each}@mail.example>" for each in range(number + 1) if each != 3]
        assert [each for each in last["References"].split() if "mail.example" in each] == own
        captured += [*told, (to, last)]

    said = session.scalars(select(Inquiry)).one().messages
    assert [(each.kind, each.text) for each in said] == [
        (kind, words)
        for turn in TURNS
        for kind, words in zip((MessageKind.BUYER, MessageKind.ANSWER), turn, strict=True)
    ]
    assert [each.is_unverified for each in said if each.kind is MessageKind.BUYER] == [False, False, False, True, False]
    assert len(captured) == 2 + 2 * len(TURNS)
    search(captured, cast.silver.shared_contact_email)


def search(captured, shared: str) -> None:
    """No member's or manager's contact in any letter; of the buyer's own, in theirs only the address it goes to."""
    private = Private(frozenset(each.casefold() for each in SECRETS), frozenset({"59998888", "57776666"}))
    buyers = Private(frozenset({COLLEAGUE, "example gifts"}), frozenset({"305550123"}))
    for (to,), letter in captured:
        assert to in {ANA, shared}
        assert [each.addr_spec for each in letter["To"].addresses] == [to]
        assert private.found_in(text_of(letter)) == []
        if to == ANA:
            assert buyers.found_in(text_of(letter)) == []
            assert text_of(letter).count(ANA) == 1
