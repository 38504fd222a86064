"""Erasing: nothing of a buyer is left in tables, files or the out-tray, and everything of others is."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from catalogue.accounts.models import Person, SignIn
from catalogue.activity import log
from catalogue.backups.writing import write_backup
from catalogue.database import writing
from catalogue.inquiries import conversation
from catalogue.inquiries.intake import Wanted
from catalogue.inquiries.models import Attachment, BuyerContact, Inquiry, InquiryStatus, Message
from catalogue.inquiries.office_models import Draft
from catalogue.mail.models import Action, ReceivedMail, Source
from catalogue.mail.transport import OutTray
from catalogue.media import keeping
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.stores import FileStore
from catalogue.notices.composing import EmailMessage
from catalogue.outbox.models import Due, Lane
from catalogue.privacy.again import erase_again
from catalogue.privacy.clearing import clear
from catalogue.privacy.erasing import KIND, LastOperator, erase_buyer, erase_person
from catalogue.privacy.exporting import export_buyer, export_person
from catalogue.privacy.models import Tombstone
from catalogue.privacy.trail import trail_of_address, trail_of_inquiries
from tests.factories import NOW

CANARY = "zyzzyva"
EMAIL = f"Ana@{CANARY}.example"
PDF = f"%PDF-1.4 {CANARY}\n%%EOF".encode()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "media")


@pytest.fixture
def tray(tmp_path: Path) -> OutTray:
    return OutTray(tmp_path / "outtray")


@pytest.fixture
def told(make, cast, session, store, tray) -> Inquiry:
    """An inquiry that says the canary in every place where a buyer, a manager or a mail can."""
    buyer = make.buyer(name=f"Ana {CANARY}", email=EMAIL, company=CANARY, phone=f"555 {CANARY}", city=CANARY)
    inquiry = make.inquiry(
        consortium=cast.silver,
        buyer=buyer,
        message=f"I am {CANARY}",
        wanted=[Wanted(description=f"the bowl of {CANARY}", quantity=3, note=CANARY)],
    )
    file = keeping.keep(
        session,
        keeping.park(store, PDF, f"{CANARY}.pdf"),
        consortium_id=cast.silver.id,
        kind=FileKind.ATTACHMENT,
        at=NOW,
    )
    conversation.write_as_buyer(session, inquiry, f"{CANARY} again", at=NOW, files=[file])
    conversation.answer(session, inquiry, f"Dear {CANARY}", by=cast.noy, at=NOW)
    conversation.note(session, inquiry, f"{CANARY} is honest", by=cast.noy, at=NOW)
    draft = Draft(consortium_id=cast.silver.id, inquiry_id=inquiry.id, person_id=cast.noy.id, changed_at=NOW)
    draft.text = f"Hello {CANARY}"
    session.add_all([draft, mail_of(store, inquiry)])
    log.record(session, "inquiry.closed", inquiry, at=NOW, chain=cast.silver.id, text=f"{CANARY} went away")
    for due in session.scalars(select(Due).where(Due.lane == Lane.LETTER)):
        letter = EmailMessage()
        letter["Message-ID"] = f"<{due.message_id}@sala.example>"
        letter.set_content(CANARY)
        tray.send(letter, to="office@silver.example", from_="")
    session.commit()
    return inquiry


def mail_of(store: FileStore, inquiry: Inquiry) -> ReceivedMail:
    store.put("mail/canary", f"From: {EMAIL}\r\n\r\n{CANARY}".encode())
    return ReceivedMail(
        key="mail/canary",
        sha256="0" * 64,
        size=1,
        source=Source.LMTP,
        recipients=[],
        received_at=NOW,
        consortium_id=inquiry.consortium_id,
        sender=EMAIL.lower(),
        subject=CANARY,
    )


def erase(engine, store, tray, email: str = EMAIL) -> None:
    with writing(engine) as session:
        erased = erase_buyer(session, trail_of_address(session, email), by=None, at=NOW)
        done = erased.tombstone.id, erased.left
    clear(engine, store, tray, *done)


def places_of(canary: str, engine, folder: Path) -> list[str]:
    """Where it still stands: in which part of a backup of everything, or in which file of the site's folder."""
    backup = folder / "whole.zip"
    write_backup(engine, FileStore(folder / "media"), backup, at=NOW)
    with zipfile.ZipFile(backup) as archive:
        found = [name for name in archive.namelist() if canary.encode() in archive.read(name).lower()]
    backup.unlink()
    files = [path for path in folder.rglob("*") if path.is_file()]
    return found + [path.name for path in files if canary.encode() in path.read_bytes().lower()]


def test_nothing_of_an_erased_buyer_is_left_anywhere(told, session, engine, store, tray, tmp_path):
    places = {"tables/message.jsonl", "tables/activity_text.jsonl", "tables/draft.jsonl", "media/mail/canary"}
    assert places <= set(places_of(CANARY, engine, tmp_path))
    session.commit()
    erase(engine, store, tray)
    assert places_of(CANARY, engine, tmp_path) == []
    assert list(tray.folder.iterdir()) == []


def test_what_was_asked_stays_as_figures_and_the_log_verifies(told, session, engine, store, tray):
    number, link, chain = told.number, told.link_generation, told.consortium_id
    session.commit()
    erase(engine, store, tray)
    inquiry = session.scalar(select(Inquiry).where(Inquiry.number == number))
    assert (inquiry.status, inquiry.erased_at, inquiry.link_generation) == (InquiryStatus.CLOSED, NOW, link + 1)
    assert (inquiry.country, [line.quantity for line in inquiry.lines]) == ("FR", [3])
    assert inquiry.messages == []
    assert log.verify(session, chain) is None
    assert session.scalars(select(Due.kind).distinct()).all() == [KIND]
    mail = session.scalar(select(ReceivedMail))
    assert (mail.action, mail.needs_a_person) == (Action.REJECTED, False), "known, so that it is not taken in anew"


def test_another_buyer_is_not_touched(told, make, cast, session, engine, store, tray):
    other = make.inquiry(consortium=cast.silver, message="I am somebody else")
    conversation.write_as_buyer(session, other, "and write", at=NOW)
    session.commit()
    before = other.id, other.buyer_contact.email
    session.commit()
    erase(engine, store, tray)
    after = session.get_one(BuyerContact, before[0])
    assert (after.inquiry_id, after.email) == before
    assert session.scalars(select(Message.text)).all() == ["and write"]
    assert trail_of_address(session, EMAIL).is_empty


def test_one_consortium_erases_what_is_its_own(make, cast, session):
    here, there = (make.inquiry(consortium=each, buyer=make.buyer(email=EMAIL)) for each in (cast.silver, cast.silk))
    erase_buyer(session, trail_of_address(session, EMAIL, consortium_id=cast.silver.id), by=cast.noy, at=NOW)
    assert (here.buyer_contact.email, there.buyer_contact.email) == ("", EMAIL)


def test_a_merged_inquiry_goes_with_the_one_that_goes_on(make, cast, session):
    first, second = make.inquiry(consortium=cast.silver), make.inquiry(consortium=cast.silver)
    second.merged_into_id = first.id
    session.commit()
    assert trail_of_inquiries(session, [second.id]).inquiries == sorted([first.id, second.id])
    assert trail_of_address(session, first.buyer_contact.email).inquiries == sorted([first.id, second.id])


def test_a_backup_from_before_is_erased_again_but_nobody_who_came_back(told, make, cast, session, engine, store, tray):
    session.commit()
    erase(engine, store, tray)
    # As a restored backup would have it: the buyer is there again, the table knows nothing of the erasure.
    for stone in session.scalars(select(Tombstone)):
        session.delete(stone)
    old = make.inquiry(consortium=cast.silver, buyer=make.buyer(email=EMAIL.lower()))
    old.created_at = NOW
    came_back = make.inquiry(consortium=cast.silver, buyer=make.buyer(email=EMAIL))
    came_back.created_at = make.later()
    session.commit()
    session.commit()
    assert erase_again(engine, store, tray, at=NOW) == 1
    assert erase_again(engine, store, tray, at=NOW) == 0
    contacts = session.scalars(select(BuyerContact.email).order_by(BuyerContact.inquiry_id)).all()
    assert contacts == ["", "", EMAIL]


def test_a_file_that_another_inquiry_shows_too_stays(told, make, cast, session, store):
    other = make.inquiry(consortium=cast.silver)
    file = session.scalar(select(StoredFile))
    session.add(Attachment(consortium_id=cast.silver.id, inquiry_id=other.id, file_id=file.id))
    session.commit()
    left = erase_buyer(session, trail_of_inquiries(session, [told.id]), by=None, at=NOW).left
    assert left.files == ()
    assert session.get(StoredFile, file.id)


def test_an_export_holds_all_rows_and_files_and_no_secret(told, session, store):
    into = io.BytesIO()
    export_buyer(session, store, trail_of_address(session, EMAIL.upper()), into, at=NOW)
    with zipfile.ZipFile(into) as archive:
        data = json.loads(archive.read("data.json"))
        names = [name for name in archive.namelist() if name.startswith(("files/", "mails/"))]
        assert all(CANARY.encode() in archive.read(name) for name in names)
    assert {name.partition("/")[0] for name in names} == {"files", "mails"}
    assert {row["text"] for row in data["message"]} >= {f"{CANARY} again", f"Dear {CANARY}"}
    assert data["activity_text"]
    assert told.link_key not in json.dumps(data)


def test_an_erased_person_is_nobody_and_cannot_sign_in(make, cast, session):
    person = make.person(name=f"Noy {CANARY}", email=EMAIL, password="nine bowls on a shelf")
    into = io.BytesIO()
    export_person(session, FileStore(Path("/nowhere")), person, into, at=NOW)
    with zipfile.ZipFile(into) as archive:
        assert CANARY in archive.read("data.json").decode()
        assert "password_hash" not in archive.read("data.json").decode()
    erase_person(session, person, by=cast.operator, at=NOW)
    session.commit()
    assert (person.name, person.email, person.password_hash, person.is_disabled) == ("—", None, None, True)
    assert session.scalars(select(SignIn).where(SignIn.person_id == person.id)).all() == []
    assert log.verify(session, log.NETWORK) is None


def test_the_last_operator_stays(cast, session):
    with pytest.raises(LastOperator):
        erase_person(session, session.get_one(Person, cast.operator.id), by=None, at=NOW)
