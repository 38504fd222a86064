"""The thread of an inquiry: nobody loses a word when two write at once."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select

from catalogue.accounts.models import Person
from catalogue.database import writing
from catalogue.inquiries import conversation
from catalogue.inquiries.conversation import AlreadyClosed, ClosedReason
from catalogue.inquiries.models import Inquiry, InquiryStatus, Message
from tests.factories import NOW, Make


def at_once(*acts) -> list[Exception]:
    """Do all of this at the same moment; what was raised."""
    start, failures = Barrier(len(acts)), []

    def do(act) -> None:
        start.wait()
        try:
            act()
        except Exception as failure:
            failures.append(failure)

    threads = [Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def texts(session) -> set[str]:
    session.expire_all()
    return set(session.scalars(select(Message.text)))


def test_buyer_and_office_can_write_at_the_same_moment(engine: Engine, make: Make, cast, session):
    inquiry_id, noy_id = make.inquiry(consortium=cast.silver).id, cast.noy.id
    session.commit()

    def buyer(number: int):
        def write() -> None:
            with writing(engine) as own:
                conversation.write_as_buyer(own, own.get_one(Inquiry, inquiry_id), f"buyer {number}", at=NOW)

        return write

    def office(number: int):
        def write() -> None:
            with writing(engine) as own:
                inquiry, noy = own.get_one(Inquiry, inquiry_id), own.get_one(Person, noy_id)
                conversation.answer(own, inquiry, f"office {number}", by=noy, at=NOW)

        return write

    failures = at_once(buyer(1), office(1), buyer(2), office(2))

    assert failures == []
    assert texts(session) == {"buyer 1", "buyer 2", "office 1", "office 2"}


def test_one_message_clicked_many_times_at_once_is_one_message(engine: Engine, make: Make, session, outbox):
    inquiry_id = make.inquiry().id
    session.commit()

    def click() -> None:
        with writing(engine) as own:
            conversation.write_as_buyer(own, own.get_one(Inquiry, inquiry_id), "Hello", at=NOW, submission="same")

    assert at_once(*[click] * 6) == []
    session.expire_all()
    assert len(list(session.scalars(select(Message)))) == 1
    assert len(outbox.letters("buyer_wrote")) == 1


def test_an_answer_puts_the_inquiry_to_work_and_a_note_does_not(make: Make, cast, session, outbox):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.note(session, inquiry, "Ask the weavers too", by=cast.noy, at=NOW)
    assert inquiry.status is InquiryStatus.RECEIVED

    conversation.answer(session, inquiry, "We can", by=cast.noy, at=NOW)

    assert inquiry.status is InquiryStatus.IN_WORK
    assert len(outbox.letters("answer_sent")) == 1


def test_an_inquiry_is_closed_once(make: Make, cast, session):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.close(session, inquiry, ClosedReason.ANSWERED, by=cast.noy, at=NOW)

    with pytest.raises(AlreadyClosed):
        conversation.close(session, inquiry, ClosedReason.SPAM, by=cast.noy, at=NOW)
    assert inquiry.closed_reason == ClosedReason.ANSWERED
