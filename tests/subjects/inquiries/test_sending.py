"""Asking several consortia at once: all or none, once, also when many clicks come at once from several sides."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select

from catalogue.consortia.models import Consortium
from catalogue.database import writing
from catalogue.inquiries.intake import Asked, Buyer, Wanted, send_inquiry
from catalogue.inquiries.models import Inquiry, InquiryLine, Sending, SendingPart
from catalogue.inquiries.sending import letters_caused_by, send_to_each
from catalogue.outbox.models import Due
from tests.factories import NOW, Make

ANA = Buyer("Ana Example", "ana@buyer.example", "DE")


def asked(words: str = "A cup") -> Asked:
    return Asked(ANA, "Hello", wanted=[Wanted(description=words, quantity=1)])


def test_each_consortium_is_asked_its_own_part(make: Make, session):
    silver, silk = make.consortium(code="AAA"), make.consortium(code="BBB")

    sent = send_to_each(session, [(silk, asked("Shawl")), (silver, asked("Cup"))], at=NOW, submission="one")

    found = [(each.number, each.lines[0].description) for each in sent.inquiries]
    assert found == [("AAA-2026-0001", "Cup"), ("BBB-2026-0001", "Shawl")]


def test_one_letter_confirms_all_and_each_office_is_told_of_its_own(make: Make, session, outbox):
    silver, silk = make.consortium(), make.consortium()

    send_to_each(session, [(silver, asked()), (silk, asked())], at=NOW, submission="one")

    assert [letter.consortium_id for letter in outbox.letters("inquiry_received")] == [silver.id, silk.id]
    assert len(outbox.letters("sending_confirmed")) == 1
    assert outbox.letters("inquiry_confirmed") == []


@pytest.mark.parametrize("marks", [{"held_reason": "trap"}, {"confirm": False}])
def test_what_is_held_or_over_a_limit_is_not_confirmed(make: Make, session, outbox, marks):
    send_to_each(session, [(make.consortium(), asked()) for _one in range(2)], at=NOW, submission="one", **marks)
    assert outbox.letters("sending_confirmed") == []


def test_every_office_sees_the_confirmation_among_its_letters(make: Make, session):
    sent = send_to_each(session, [(make.consortium(), asked()) for _one in range(2)], at=NOW, submission="one")

    for each in sent.inquiries:
        assert [due.kind for due in letters_caused_by(session, each)] == ["inquiry_received", "sending_confirmed"]


def test_what_was_asked_of_one_with_the_same_form_stays_that_inquiry(make: Make, session):
    silver, silk = make.consortium(), make.consortium()
    earlier = send_inquiry(session, silver, asked(), at=NOW, submission="one")

    sent = send_to_each(session, [(silver, asked("Other")), (silk, asked())], at=NOW, submission="one")

    assert sent.inquiries[0] is earlier
    assert session.scalar(select(func.count()).select_from(Inquiry)) == 2


def test_one_form_sent_by_many_connections_at_once_is_one_sending(engine: Engine, make: Make, session):
    ids = [make.consortium().id for _one in range(3)]
    session.commit()
    start, found, failures = Barrier(8), [], []

    def send(order: list[int]) -> None:
        start.wait()
        try:
            with writing(engine) as own:
                parts = [(own.get_one(Consortium, each), asked()) for each in order]
                found.append(send_to_each(own, parts, at=NOW, submission="same").id)
        except Exception as failure:
            failures.append(failure)

    # Half of them name the consortia the other way round: two sendings must not wait for each other in a ring.
    run_all([(send, ids if number % 2 else ids[::-1]) for number in range(8)])

    assert failures == []
    assert len(set(found)) == 1
    for table, expected in ((Sending, 1), (SendingPart, 3), (Inquiry, 3), (InquiryLine, 3)):
        assert session.scalar(select(func.count()).select_from(table)) == expected
    kinds = sorted(session.scalars(select(Due.kind)))
    assert kinds == ["inquiry_received"] * 3 + ["sending_confirmed"]


def test_sendings_in_any_order_and_single_inquiries_do_not_block_one_another(engine: Engine, make: Make, session):
    ids = [make.consortium().id for _one in range(3)]
    session.commit()
    start, failures = Barrier(9), []

    def send(number: int) -> None:
        start.wait()
        try:
            with writing(engine) as own:
                order = ids[number % 3 :] + ids[: number % 3]
                parts = [(own.get_one(Consortium, each), asked()) for each in order]
                if number % 3:
                    send_to_each(own, parts, at=NOW, submission=f"form {number}")
                else:
                    send_inquiry(own, parts[0][0], parts[0][1], at=NOW, submission=f"form {number}")
        except Exception as failure:
            failures.append(failure)

    run_all([(send, number) for number in range(9)])

    assert failures == []
    assert session.scalar(select(func.count()).select_from(Inquiry)) == 6 * 3 + 3
    numbers = list(session.scalars(select(Inquiry.number)))
    assert len(set(numbers)) == len(numbers)


def run_all(acts: list) -> None:
    threads = [Thread(target=act, args=[given]) for act, given in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
