"""Letters as they leave: who gets them, what stands in them, and what must never stand in them."""

import email
from datetime import timedelta
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from catalogue.accounts.links import ask_for_link, use
from catalogue.database import writing
from catalogue.inquiries import conversation
from catalogue.inquiries.intake import Asked, Buyer, Terms, Wanted
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.sending import send_to_each
from catalogue.mail.models import Action, ReceivedMail, Source
from catalogue.mail.transport import transport_for
from catalogue.mail.trimming import MARKER, trimmed
from catalogue.media.models import FileKind, FileState
from catalogue.media.stores import Store, store_for
from catalogue.notices import deliver
from catalogue.notices.enclosing import MOST_BYTES
from catalogue.notices.letters import LETTERS
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.outbox.worker import ANY, work_off
from catalogue.text import Bilingual
from config import HERE, Settings
from tests.factories import NOW, Make

LAO_NAME = "ກຸ່ມຊ່າງເງິນແລະເຄື່ອງປະດັບຕົວຢ່າງແຫ່ງນະຄອນຫຼວງວຽງຈັນ"


class Post:
    """Works off the letters that are due and reads what left."""

    def __init__(self, app: Flask, engine: Engine, settings: Settings, session: Session) -> None:
        self.app, self.engine, self.settings, self.session = app, engine, settings, session
        self.store: Store | None = None
        self.at = NOW + timedelta(minutes=10)
        self.folder = Path(settings.mail_url.removeprefix("outtray:"))

    def sent(self) -> list[EmailMessage]:
        """Every letter that left until now, in order."""
        self.session.commit()
        transport = transport_for(self.settings.mail_url)

        def handler(engine, due, at):
            with self.app.app_context():
                deliver(engine, due, transport, at, self.store)

        work_off(self.engine, Lane.LETTER, {ANY: handler}, lambda: self.at)
        self.session.expire_all()
        return [email.message_from_bytes(path.read_bytes(), policy=default) for path in sorted(self.folder.glob("*"))]

    def one(self, kind: str) -> EmailMessage:
        """The letter of this kind."""
        letters = self.sent()
        due = self.session.scalars(select(Due).where(Due.kind == kind)).one()
        assert due.state is DueState.DONE, due.last_error
        return next(letter for letter in letters if str(due.message_id) in letter["Message-ID"])


@pytest.fixture
def post(app: Flask, engine: Engine, settings: Settings, session: Session) -> Post:
    return Post(app, engine, settings, session)


def plain(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html(letter: EmailMessage) -> str:
    return letter.get_body(("html",)).get_content()


def address_of(letter: EmailMessage, header: str = "To") -> Address:
    (address,) = letter[header].addresses
    return address


FACTS = (
    *("Ana Example", "ana@buyer.example", "Example Gifts", "+49 30 5550123", "ເຢຍລະມັນ"),
    *("1.250\u00a0ໜ່ວຍ", "ຂັນເງິນລາຍດອກ", "No engraving", "A tray", "in Berlin", "FOB Vientiane"),
)


def test_the_office_reads_everything_it_needs_to_answer(make: Make, post: Post):
    bowl = make.product(name=Bilingual("ຂັນເງິນລາຍດອກ", "Silver bowl, flowers"))
    wanted = [Wanted(product=bowl, quantity=1250, note="No engraving", wants_sample=True), Wanted(description="A tray")]
    make.inquiry(
        consortium=bowl.consortium,
        buyer=Buyer("Ana Example", "ana@buyer.example", "DE", company="Example Gifts", phone="+49 30 5550123"),
        message="For a shop\nin Berlin",
        wanted=wanted,
        terms=Terms(incoterm="FOB", named_place="Vientiane"),
    )

    letter = post.one("inquiry_received")

    assert address_of(letter).addr_spec == bowl.consortium.shared_contact_email
    for part in (plain(letter), html(letter)):
        for fact in (*FACTS, bowl.reference):
            assert fact in part
        assert f"/desk/{bowl.consortium.slug}/inquiries/" in part
    assert "FCA" in plain(letter)


@pytest.mark.parametrize("language", ["en", "lo"])
def test_one_letter_confirms_a_whole_sending(make: Make, post: Post, session, language):
    silver, silk = make.consortium(), make.consortium()
    marks = {"name": "ZZNAME", "company": "ZZCOMPANY", "city": "ZZCITY", "phone": "ZZPHONE"}
    buyer = Buyer(email="someone@victim.example", country="DE", **marks)
    asked = Asked(buyer, "ZZMESSAGE", [Wanted(description="ZZLINE", note="ZZNOTE")], language=language)
    sent = send_to_each(session, [(silver, asked), (silk, asked)], at=NOW, submission="one")
    facts = [fact for each in sent.inquiries for fact in (each.number, each.consortium.name.in_(language))]

    letter = post.one("sending_confirmed")

    assert address_of(letter).addr_spec == "someone@victim.example"
    assert letter["Reply-To"] is None
    assert letter["Auto-Submitted"] == "auto-generated"
    for part in (plain(letter), html(letter)):
        assert "ZZ" not in part
        assert f"/{language}/i/" in part
        for fact in facts:
            assert fact in part


def test_an_offices_letters_never_carry_the_link_of_a_sending(make: Make, post: Post, session, app):
    sent = send_to_each(
        session, [(make.consortium(), Asked(make.buyer(), "Hello")) for _one in range(2)], at=NOW, submission="one"
    )
    for each in sent.inquiries:
        conversation.answer(session, each, "We can", by=make.manager(each.consortium), at=NOW)
    key, others = sent.link_key, {each.id: each.number for each in sent.inquiries}
    letters = [letter for letter in post.sent() if letter["Reply-To"]]

    assert len(letters) == 4
    for letter in letters:
        assert key not in letter.as_string()
        assert sum(number in plain(letter) + str(letter["Subject"]) for number in others.values()) == 1


def test_a_held_inquiry_says_so_and_confirms_nothing(make: Make, post: Post):
    make.inquiry(held_reason="trap")

    letters = post.sent()

    assert len(letters) == 1
    assert "ມີຊ່ອງ" in plain(letters[0]) or "people do not see" in plain(letters[0])


def test_the_confirmation_has_neither_name_nor_words_of_the_buyer(make: Make, post: Post):
    marks = {"name": "ZZNAME", "company": "ZZCOMPANY", "city": "ZZCITY", "phone": "ZZPHONE"}
    make.inquiry(
        buyer=Buyer(email="someone@victim.example", country="DE", **marks),
        message="ZZMESSAGE",
        wanted=[Wanted(description="ZZLINE", quantity=3, note="ZZNOTE")],
    )

    letter = post.one("inquiry_confirmed")

    assert "ZZ" not in letter.as_string() + plain(letter) + html(letter)
    assert address_of(letter) == Address(addr_spec="someone@victim.example")


def test_the_confirmation_opens_the_private_page(make: Make, post: Post, visitor):
    inquiry = make.inquiry()

    private, not_me = [line for line in plain(post.one("inquiry_confirmed")).splitlines() if line.startswith("http")]

    assert inquiry.number in visitor.open(private.removeprefix(post.settings.SITE_URL)).title.text
    assert visitor.open(not_me.removeprefix(post.settings.SITE_URL)).select_one("main form button")


@pytest.mark.parametrize("language", ["en", "lo"])
def test_letters_speak_the_buyers_language_and_come_through_unharmed(make: Make, post: Post, language: str):
    consortium = make.consortium(name=Bilingual(LAO_NAME, "Example Silversmiths"))
    inquiry = make.inquiry(consortium=consortium, language=language)

    letter = post.one("inquiry_confirmed")

    name = {"en": "Example Silversmiths", "lo": LAO_NAME}[language]
    # Python's address parser keeps the blanks between encoded words, which RFC 2047 (6.2) takes out.
    written = email.message_from_bytes(letter.as_bytes())["From"]
    assert str(make_header(decode_header(written))).startswith(f"{name} <")
    assert inquiry.number in letter["Subject"]
    assert name in plain(letter)
    assert f'<html lang="{language}">' in html(letter)
    assert letter.as_bytes().isascii()


def test_lao_words_of_an_answer_arrive_as_they_were_written(make: Make, post: Post, cast, at, session):
    inquiry = make.inquiry(consortium=cast.silver, language="lo")
    words = "ສະບາຍດີ,\n\nພວກເຮົາເຮັດໄດ້ 600 ໜ່ວຍ ພາຍໃນ 40 ມື້.\nຂອບໃຈ"
    conversation.answer(session, inquiry, words, by=cast.noy, at=make.later())

    letter = post.one("answer_sent")

    assert words in plain(letter)
    assert "<br>" in html(letter)


def test_each_side_has_its_own_thread(make: Make, post: Post, cast, at, session):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.write_as_buyer(session, inquiry, "One more thing", at=make.later())
    conversation.answer(session, inquiry, "We can", by=cast.noy, at=make.later())
    conversation.answer(session, inquiry, "And soon", by=cast.noy, at=make.later())

    received, confirmed, wrote, first, second = post.sent()

    assert received["References"] is None
    assert wrote["References"] == wrote["In-Reply-To"] == received["Message-ID"]
    assert first["References"] == confirmed["Message-ID"]
    assert second["References"].split() == [confirmed["Message-ID"], first["Message-ID"]]
    assert second["In-Reply-To"] == first["Message-ID"]


def test_each_side_answers_to_its_own_address(make: Make, post: Post, app: Flask):
    make.inquiry()

    received, confirmed = post.sent()

    addresses = {address_of(letter, "Reply-To").addr_spec for letter in (received, confirmed)}
    assert len(addresses) == 2
    domain = app.config["SETTINGS"].MAIL_DOMAIN
    assert all(address.startswith("inquiry+") and address.endswith(f"@{domain}") for address in addresses)
    assert all(len(address.partition("@")[0]) <= 64 for address in addresses)


def test_automatic_letters_say_so_and_every_letter_has_its_own_return_path(make: Make, post: Post, cast, at, session):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.answer(session, inquiry, "We can", by=cast.noy, at=make.later())

    received, confirmed, answer = post.sent()

    for letter in (received, confirmed):
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["X-Auto-Response-Suppress"] == "All"
    assert answer["Auto-Submitted"] is None
    paths = {letter["Return-Path"] for letter in (received, confirmed, answer)}
    assert len(paths) == 3
    assert all(path.startswith("<bounce+") and len(path.partition("@")[0]) <= 65 for path in paths)


HOSTILE = [
    "Ana\r\nBcc: all@victim.example",
    "Ana\u2028Bcc: all@victim.example",
    "=?utf-8?q?Ana=0d=0aBcc=3a_x?=",
    "a@victim.example, c@victim.example",
    "\x1b\x08",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_typed_reaches_a_header(make: Make, post: Post, session, at, words: str):
    inquiry = make.inquiry(buyer=Buyer(words, "ana@buyer.example", "DE", company=words, city=words), message=words)
    conversation.write_as_buyer(session, inquiry, words, at=at)

    for letter in post.sent():
        assert letter["Bcc"] is None
        assert len(letter["To"].addresses) == 1
        headers = "".join(f"{name}: {value}\n" for name, value in letter.items())
        assert "victim" not in headers
        assert "=0d" not in headers


def test_a_hostile_address_in_the_database_is_refused(make: Make, post: Post, session):
    inquiry = make.inquiry(buyer=Buyer("Ana", "ana@buyer.example>\r\nBcc: all@victim.example", "DE"))

    letters = post.sent()

    assert [address_of(letter).addr_spec for letter in letters] == [inquiry.consortium.shared_contact_email]


def test_a_letter_sent_twice_is_the_same_letter(make: Make, post: Post, engine: Engine, session):
    make.inquiry()
    post.sent()
    with writing(engine) as other:
        other.execute(update(Due).values(state=DueState.WAITING, lease=None, leased_until=None))

    ids = [letter["Message-ID"] for letter in post.sent()]

    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_a_buyer_without_address_gets_no_letter(make: Make, post: Post, cast, session, at):
    inquiry = make.inquiry(consortium=cast.silver, buyer=Buyer("Ana", "ana@buyer.example", "DE"))
    inquiry.buyer_contact.email = ""

    post.sent()

    states = {due.kind: due.state for due in session.scalars(select(Due))}
    assert states == {"inquiry_received": DueState.DONE, "inquiry_confirmed": DueState.DROPPED}


def test_the_sign_in_link_goes_to_its_person(make: Make, post: Post, session, visitor):
    person = make.person(email="noy@office.example", language="lo")
    ask_for_link(session, "noy@office.example", at=NOW)

    letter = post.one("sign_in_link")

    assert address_of(letter).addr_spec == person.email
    assert "15" in plain(letter)
    (address,) = [line for line in plain(letter).splitlines() if line.startswith("http")]
    assert address.startswith(f"{post.settings.SITE_URL}/sign-in/by/")


@pytest.mark.parametrize("why", ["nobody", "used"])
def test_a_sign_in_link_of_no_use_is_not_sent(make: Make, post: Post, session, why: str):
    make.person(email="noy@office.example")
    link = ask_for_link(session, "noy@office.example" if why == "used" else "nobody@office.example", at=NOW)
    if why == "used":
        use(session, link, at=NOW)

    assert post.sent() == []


def test_addresses_come_from_the_settings_alone(make: Make, post: Post):
    make.inquiry()

    for letter in post.sent():
        assert post.settings.SITE_URL in plain(letter)
        assert post.settings.SITE_URL in html(letter)


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_every_letter_has_its_words(kind: str):
    folder = HERE / "templates" / "mail" / kind
    assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}


def test_no_member_is_named_in_any_letter(make: Make, post: Post, cast, session, at):
    contact = {"name": "Hidden Owner", "email": "hidden@firm.example", "phone": "+856 20 5999 8888"}
    firm = make.member(consortium=cast.silver, name=Bilingual("ໂຮງຊ່າງລັບ", "Secret Workshop"), contact=contact)
    inquiry: Inquiry = make.inquiry(products=[make.product(member=firm)])
    conversation.write_as_buyer(session, inquiry, "Hello", at=at)
    conversation.answer(session, inquiry, "Yes", by=cast.noy, at=make.later())

    for letter in post.sent():
        whole = letter.as_string() + plain(letter) + html(letter)
        for secret in ("Secret", "ໂຮງຊ່າງລັບ", "Hidden", "hidden@", "5999"):
            assert secret not in whole


def mail_of(session, inquiry, message_id, *, sender="ana@buyer.example", minutes=2):
    at = inquiry.created_at + timedelta(minutes=minutes)
    mail = ReceivedMail(
        key=f"mail/{message_id}"[:60],
        sha256="0" * 64,
        size=1,
        source=Source.LMTP,
        received_at=at,
        action=Action.APPEND,
        message_id=message_id,
        consortium_id=inquiry.consortium_id,
        inquiry_id=inquiry.id,
        sender=sender,
    )
    session.add(mail)
    session.flush()


@pytest.mark.only("sqlite")
def test_the_buyers_own_mails_stand_in_the_thread_and_nobody_elses(make: Make, post: Post, cast, session):
    inquiry = make.inquiry(consortium=cast.silver, buyer=Buyer("Ana", "ana@buyer.example", "DE"))
    mail_of(session, inquiry, "CAF=abc+1@mail.example", minutes=1)
    mail_of(session, inquiry, "strange@else.example", sender="eve@else.example")
    mail_of(session, inquiry, "x@y.example>\r\nBcc: <all@victim.example")
    conversation.answer(session, inquiry, "We can", by=cast.noy, at=inquiry.created_at + timedelta(minutes=3))
    post.at += timedelta(hours=1)

    _received, confirmed, answer = post.sent()

    assert answer["References"].split() == [confirmed["Message-ID"], "<CAF=abc+1@mail.example>"]
    assert answer["In-Reply-To"] == "<CAF=abc+1@mail.example>"
    assert answer["Bcc"] is None


@pytest.mark.only("sqlite")
def test_letters_that_can_be_answered_say_where_to_write(make: Make, post: Post):
    make.inquiry(language="lo")

    for letter in post.sent():
        above, marker, below = plain(letter).partition(MARKER["lo"])
        assert (above, bool(below)) == ("-- ", True)
        assert trimmed(f"ສະບາຍດີ\n\n{plain(letter)}").text == "ສະບາຍດີ"
        assert marker in html(letter)


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(("language", "told"), [("en", "We can"), ("lo", "ພວກເຮົາເຮັດໄດ້")])
def test_the_buyer_reads_the_side_of_their_language(make: Make, post: Post, cast, session, language, told):
    inquiry = make.inquiry(consortium=cast.silver, language=language)
    conversation.answer(session, inquiry, "ພວກເຮົາເຮັດໄດ້", translation="We can", by=cast.noy, at=NOW)

    letter = post.one("answer_sent")

    assert told in plain(letter)
    assert not {"We can", "ພວກເຮົາເຮັດໄດ້"} - {told} & {line.strip() for line in plain(letter).splitlines()}


@pytest.mark.only("sqlite")
def test_an_answer_that_was_taken_back_never_leaves(make: Make, post: Post, cast, session):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.answer(session, inquiry, "Wrong", by=cast.noy, at=NOW).withdrawn_at = NOW

    assert "answer_sent" not in {letter["Subject"] for letter in post.sent()}
    assert session.scalars(select(Due.state).where(Due.kind == "answer_sent")).one() is DueState.DROPPED


@pytest.fixture
def with_files(make: Make, cast, session, settings):
    """An answer with a picture, a PDF that is too large for a letter, and a refused file."""
    store = store_for(settings.media_url)
    inquiry = make.inquiry(consortium=cast.silver)
    files = [make.stored_file(cast.silver, kind=FileKind.ATTACHMENT, state=FileState.READY) for _each in range(3)]
    picture, paper, refused = files
    picture.media_type, picture.name, picture.widths = "image/jpeg", "call 020 5999 8888.jpg", [400, 1200, 2400]
    paper.media_type, refused.state = "application/pdf", FileState.REFUSED
    store.put(f"{picture.key}/1200.jpg", b"made anew")
    store.put(f"{paper.key}/original.pdf", b"%" * (MOST_BYTES + 1))
    conversation.answer(session, inquiry, "We can", by=cast.noy, at=NOW, files=files)
    session.commit()
    return store, inquiry, picture


@pytest.mark.only("sqlite")
def test_files_go_along_as_far_as_they_fit_under_our_own_names(app, post: Post, with_files):
    store, inquiry, _picture = with_files
    post.store = store

    letter = post.one("answer_sent")

    (enclosed,) = list(letter.iter_attachments())
    assert (enclosed.get_filename(), enclosed.get_content()) == (f"{inquiry.number}-1.jpg", b"made anew")
    assert "they are on your private page" in plain(letter)
    assert "5999" not in letter.as_string() + plain(letter) + html(letter)


@pytest.mark.only("sqlite")
def test_an_answer_waits_for_its_files_but_not_for_long(post: Post, with_files, session):
    store, _inquiry, picture = with_files
    picture.state, post.store = FileState.WAITING, store
    kept = select(Due).where(Due.kind == "answer_sent")

    post.sent()
    due = session.scalars(kept).one()
    assert (due.state, due.attempts) == (DueState.WAITING, 1)
    for _each in range(2):
        post.at = due.due_at + timedelta(seconds=1)
        post.sent()
        session.refresh(due)

    assert due.state is DueState.DONE


@pytest.mark.parametrize(
    "email", [".a@x.example", "a@x..example", "a@x.example.", "é@x.example", "=?utf-8?Q?a?=@x.example"]
)
def test_an_address_that_no_header_holds_fails_at_once_and_is_told(make: Make, post: Post, session, email):
    """A stranger's From is taken as it is; nobody waits hours for a letter that can never be written."""
    make.inquiry(buyer=Buyer("Ana", email, "DE"))
    post.sent()

    session.rollback()
    due = session.scalars(select(Due).where(Due.kind == "inquiry_confirmed")).one()
    assert (due.state, email in (due.last_error or "")) == (DueState.FAILED, False)
