"""Mail is kept before anything else, handled once, and each rule of who may do what by mail holds."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalogue.inquiries import conversation, incoming, mail_room
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.mail_room import MOST_TRIES, adopt_orphans, handle, handle_waiting, keep_raw, receive
from catalogue.inquiries.models import Attachment, BuyerContact, Channel, Inquiry, Message, MessageChannel, MessageKind
from catalogue.inquiries.renewing import renew
from catalogue.mail.arriving import Arrived
from catalogue.mail.models import Action, ReceivedMail, Source
from catalogue.mail.reading import MOST_BYTES
from catalogue.media.models import StoredFile
from catalogue.outbox.models import Due
from tests.factories import NOW
from tests.mails.bounces import report
from tests.mails.case import DOMAIN, plain
from tests.mails.replies import PDF, PNG, with_file


@pytest.fixture
def send(room, session):
    """Have a raw mail received, by standard input; what was done."""

    def send(raw, *recipients):
        session.commit()
        done = receive(room, Arrived(raw, Source.INPUT, recipients))
        session.expire_all()
        return done

    return send


def said(session):
    session.rollback()
    return session.scalars(select(Message).order_by(Message.id)).all()


def rows(session):
    session.rollback()
    return session.scalars(select(ReceivedMail).order_by(ReceivedMail.id)).all()


def kinds(session):
    return session.scalars(select(Due.kind).order_by(Due.id)).all()


def test_an_answer_goes_on_in_its_thread_and_the_office_is_told(send, party, inquiry, session):
    done = send(plain(party, Message_ID="<1@buyer.example>"))
    assert (done.action, done.inquiry, done.party, done.sent) == ("append", inquiry.number, "buyer", 1)
    (message,) = said(session)
    assert (message.kind, message.channel, message.is_unverified) == (MessageKind.BUYER, MessageChannel.MAIL, False)
    assert message.text == "Yes, please send 40 of them."
    assert kinds(session)[-1] == "buyer_wrote"
    (row,) = rows(session)
    assert (row.said_id, row.inquiry_id, row.message_id) == (message.id, inquiry.id, "1@buyer.example")


def test_the_same_mail_is_handled_once_by_whichever_door(send, party, room, session):
    raw = plain(party, Message_ID="<1@buyer.example>")
    assert send(raw).action == "append"
    again = receive(room, Arrived(b"Received: by another way\r\n" + raw, Source.LMTP))
    assert (again.action, again.sent) == ("duplicate", 0)
    assert len(said(session)) == 1


def test_two_workers_with_the_same_mail_append_it_once(party, room, session):
    raw = plain(party, Message_ID="<1@buyer.example>")
    keys = [keep_raw(room, Arrived(raw, Source.IMAP)) for _ in range(4)]
    done = []
    threads = [
        threading.Thread(target=lambda key=key: done.append(handle(room, key).action)) for key in [*keys, keys[0]]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said(session)) == 1
    assert {row.action for row in rows(session)} == {Action.APPEND, Action.DUPLICATE}


def test_other_words_under_the_same_message_id_ask_for_a_person(send, party, session):
    send(plain(party, "Forty.", Message_ID="<1@buyer.example>"))
    assert send(plain(party, "No, sixty.", Message_ID="<1@buyer.example>")).action == "duplicate"
    assert [row.needs_a_person for row in rows(session)] == [False, True]


def test_one_mail_to_two_offices_reaches_each(send, cast, make, session):
    make.consortium()
    both = f"inquiry+{cast.silver.slug}@{DOMAIN}, inquiry+{cast.silk.slug}@{DOMAIN}"
    raw = f"From: lena@new.example\r\nTo: {both}\r\nMessage-ID: <9@new.example>\r\n\r\nBowls and scarves?\r\n".encode()
    for slug in (cast.silver.slug, cast.silk.slug):
        assert send(raw, f"inquiry+{slug}@{DOMAIN}").reason == "new inquiry"
    assert session.scalar(select(func.count(Inquiry.id))) == 2


def test_a_new_inquiry_by_mail_is_marked_confirmed_and_told(send, cast, session):
    raw = f"From: Lena <Lena@new.example>\r\nTo: inquiry@{DOMAIN}\r\nSubject: Fwd: Bowls\r\n\r\nFor a temple.\r\n"
    slug = cast.silver.slug
    done = send(raw.encode())
    found = session.scalars(select(Inquiry)).one()
    assert (done.inquiry, done.sent, found.consortium.slug) == (found.number, 2, slug)
    assert (found.channel, found.message) == (Channel.MAIL, "Bowls\n\nFor a temple.")
    assert (found.buyer_contact.name, found.buyer_contact.email) == ("Lena", "Lena@new.example")
    assert kinds(session) == ["inquiry_received", "inquiry_confirmed"]


def test_two_letters_go_back_to_one_address_in_three_hours(send, cast, clock, session):
    cast.silver  # noqa: B018 - the one consortium
    for number in range(4):
        raw = f"From: lena@new.example\r\nTo: inquiry@{DOMAIN}\r\n\r\nBowl {number}?\r\n"
        assert send(raw.encode()).action == "append"
    assert kinds(session).count("inquiry_confirmed") == 2
    clock.now += timedelta(hours=3)
    send(f"From: lena@new.example\r\nTo: inquiry@{DOMAIN}\r\n\r\nBowl again?\r\n".encode())
    assert kinds(session).count("inquiry_confirmed") == 3


def test_a_mail_to_the_offices_token_is_a_note_and_the_office_learns_that_nothing_was_sent(
    send,
    party,
    session,
):
    done = send(plain(party, "We send it for 20 dollars.", To=party.to_office, From=party.shared))
    assert (done.action, done.party, done.sent) == ("held", "office", 1)
    (note,) = said(session)
    assert (note.kind, note.channel, note.author_id) == (MessageKind.NOTE, MessageChannel.MAIL, None)
    assert kinds(session)[-1] == "mail_not_sent"
    assert "answer_sent" not in kinds(session)


def test_a_replaced_token_opens_nothing(send, party, inquiry, session):
    inquiry.link_generation += 1
    done = send(plain(party))
    assert (done.action, done.reason, said(session)) == ("unmatched", "token replaced", [])


def test_a_token_ends_half_a_year_after_closing(send, party, inquiry, cast, clock, session):
    conversation.close(session, inquiry, ClosedReason.ANSWERED, by=cast.noy, at=clock.now)
    clock.now += timedelta(days=179)
    assert send(plain(party, Message_ID="<1@b.example>")).action == "append"
    clock.now += timedelta(days=2)
    assert send(plain(party, Message_ID="<2@b.example>")).reason == "token expired"


def test_a_stranger_with_the_token_is_shown_as_such_and_changes_no_address(send, party, inquiry, session):
    done = send(plain(party, From="Ana <ana@elsewhere.example>", Reply_To="eve@elsewhere.example"))
    assert (done.action, done.reason) == ("append", "unverified")
    assert said(session)[0].is_unverified
    assert session.get(BuyerContact, inquiry.id).email == party.buyer


def test_a_contact_is_held(send, party, session):
    done = send(plain(party, "Call me: +33 6 12 34 56 78"))
    assert (done.action, said(session)[0].held_reason) == ("held", "contact")


def test_pictures_and_papers_are_taken_in_and_the_rest_stays_in_the_mail(send, party, session):
    for raw in (
        with_file(party, PNG, "image/png", "a.png", "1"),
        with_file(party, PDF, "application/pdf", "b.pdf", "2"),
    ):
        send(raw)
    send(with_file(party, b"BEGIN:VCARD\nTEL:1", "text/vcard", "me.vcf", "3"))
    assert session.scalars(select(StoredFile.name).order_by(StoredFile.id)).all() == ["a.png", "b.pdf"]
    assert session.scalar(select(func.count(Attachment.id))) == 2


@pytest.mark.parametrize("status, hard, soft", [("5.1.1", 1, 0), ("4.4.1", 0, 1), ("5.2.2", 0, 1)])
def test_a_bounce_marks_the_address_and_the_letter_once(send, party, inquiry, session, status, hard, soft):
    for number in range(2):
        send(report(party, status=status) + b"\r\n" * number)
    contact = session.get(BuyerContact, inquiry.id)
    assert (contact.hard_bounces, contact.soft_bounces) == (hard, soft)
    letter = session.scalars(select(Due).where(Due.bounced_at.is_not(None))).one()
    assert letter.kind == "inquiry_confirmed"


def test_a_forged_bounce_and_a_late_one_do_nothing(send, party, inquiry, session):
    elsewhere = f"bounce+{'a' * 42}@{DOMAIN}"
    send(report(party, to=elsewhere, recipient="other@buyer.example"))
    send(report(party, to=elsewhere, letter=f"{'a' * 16}.{'b' * 16}@{DOMAIN}"))
    send(report(party, action="delayed", status="4.4.7"))
    contact = session.get(BuyerContact, inquiry.id)
    assert (contact.hard_bounces, contact.soft_bounces, contact.bounced_at) == (0, 0, None)
    assert session.scalars(select(Due).where(Due.bounced_at.is_not(None))).all() == []


def test_a_flood_to_one_inquiry_is_kept_and_not_sent_on(send, party, session):
    done = [send(plain(party, f"Number {number}")).action for number in range(32)]
    assert done == ["append"] * 30 + ["quarantine"] * 2


def test_what_is_too_large_is_told_and_its_beginning_kept(send, party, session, room):
    done = send(plain(party) + b"x" * MOST_BYTES)
    (row,) = rows(session)
    assert (done.action, done.reason, row.is_whole, row.needs_a_person) == ("rejected", "too large", False, True)
    assert room.store.get(row.key).startswith(b"From: Ana")


def test_a_mail_whose_process_ended_before_its_row_is_found_and_handled(party, room, clock, session):
    room.store.put("mail/aaaaaaaaaaaaaaaa", plain(party))
    later = replace(room, clock=lambda: clock.now + timedelta(days=3650))
    assert adopt_orphans(later) == 1
    assert adopt_orphans(later) == 0
    assert handle_waiting(replace(room, clock=lambda: clock.now + timedelta(days=3651))) == 1
    assert len(said(session)) == 1


def test_a_mail_whose_process_ended_before_it_was_handled_is_handled_later(party, room, clock, session):
    keep_raw(room, Arrived(plain(party), Source.LMTP))
    assert handle_waiting(room) == 0
    clock.now += timedelta(minutes=2)
    assert handle_waiting(room) == 1
    assert len(said(session)) == 1


def test_a_mail_that_ends_its_reader_each_time_is_given_to_a_person(party, room, clock, session):
    key = keep_raw(room, Arrived(plain(party), Source.LMTP))
    session.rollback()
    session.get(ReceivedMail, key).tries = MOST_TRIES
    session.commit()
    clock.now += timedelta(minutes=2)
    handle_waiting(room)
    assert rows(session)[0].action is Action.QUARANTINE


def test_a_fault_of_ours_loses_nothing(send, party, session, monkeypatch):
    def fails(*_given, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr(mail_room, "act_on", fails)
    done = send(plain(party))
    assert (done.action, done.reason) == ("quarantine", "fault: ZeroDivisionError")
    (row,) = rows(session)
    assert row.needs_a_person
    assert row.identity is None


def test_what_cannot_be_stored_is_not_accepted(party, room, session):
    class Full(type(room.store)):
        def put(self, key, data):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        receive(replace(room, store=Full(room.store.root)), Arrived(plain(party), Source.LMTP))
    assert rows(session) == []


def test_mails_from_ever_new_domains_do_not_flood_the_office(send, cast, session, monkeypatch):
    monkeypatch.setattr(incoming, "MOST_NEW_AN_HOUR", 2)
    slug = cast.silver.slug
    done = [
        send(f"From: a@n{number}.example\r\nTo: inquiry+{slug}@{DOMAIN}\r\n\r\nBowl {number}?\r\n".encode())
        for number in range(4)
    ]

    assert [(each.action, each.sent) for each in done] == [("append", 2)] * 2 + [("quarantine", 0)] * 2
    assert {row.consortium_id for row in rows(session)} == {cast.silver.id}
    assert kinds(session).count("inquiry_received") == 2


def test_a_letter_from_before_the_links_were_renewed_opens_nothing(send, party, inquiry, session):
    """Whoever has an old letter has its token and its Message-ID: a new link ends both, and the office decides."""
    renew(session, inquiry, at=NOW + timedelta(hours=1))
    session.commit()
    by_letter = f"From: {party.buyer}\r\nTo: inquiry@{DOMAIN}\r\nIn-Reply-To: <{party.letter}>\r\n\r\nSend it here.\r\n"

    done = [send(by_letter.encode()), send(plain(party))]

    assert [(each.action, each.reason) for each in done] == [("unmatched", "token replaced")] * 2
    assert said(session) == []
    assert {row.consortium_id for row in rows(session)} == {inquiry.consortium_id}
