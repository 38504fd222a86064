"""Receiving inquiries: whole, once, with their letters, also when many clicks come at once."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select

from catalogue.consortia.models import Consortium
from catalogue.database import writing
from catalogue.inquiries.intake import Asked, Buyer, Wanted, release, send_inquiry
from catalogue.inquiries.models import Inquiry, InquiryLine
from catalogue.media.keeping import Parked
from catalogue.media.models import StoredFile
from catalogue.outbox.models import Due
from tests.factories import NOW, Make

ANA = Buyer("Ana Example", "ana@buyer.example", "DE")
FILE = Parked("a" * 32, "image/png", 10, "0" * 64, "bowl.png")


def test_numbers_run_on_in_each_consortium(make: Make, session):
    first, second = make.consortium(code="AAA"), make.consortium(code="BBB")

    numbers = [make.inquiry(consortium=one).number for one in (first, first, second)]

    assert numbers == ["AAA-2026-0001", "AAA-2026-0002", "BBB-2026-0001"]


def test_lines_keep_their_order_and_the_text_of_that_day(make: Make, session):
    bowl = make.product()
    wanted = [Wanted(description="A cup", quantity=1), Wanted(product=bowl, quantity=2), Wanted(description="A tray")]

    inquiry = make.inquiry(consortium=bowl.consortium, wanted=wanted)

    assert [(line.position, line.description) for line in inquiry.lines] == [(0, "A cup"), (1, ""), (2, "A tray")]
    assert inquiry.lines[1].product_version is bowl.published


@pytest.mark.parametrize("held", [None, "trap"])
def test_only_an_inquiry_that_is_not_held_is_confirmed(make: Make, outbox, held):
    make.inquiry(held_reason=held)
    assert ("inquiry_confirmed" in outbox.kinds()) is (held is None)


def test_a_released_inquiry_is_confirmed_once(make: Make, cast, outbox, session):
    inquiry = make.inquiry(consortium=cast.silver, held_reason="trap")

    for _time in range(2):
        release(session, inquiry, by=cast.noy, at=NOW)

    assert not inquiry.is_held
    assert len(outbox.letters("inquiry_confirmed")) == 1


def race(engine: Engine, consortium_id: int, times: int) -> list[str]:
    """The numbers that so many sendings of one form at once were given, each on a connection of its own."""
    start, numbers, failures = Barrier(times), [], []

    def send() -> None:
        start.wait()
        try:
            with writing(engine) as own:
                asked = Asked(ANA, "Hello", wanted=[Wanted(description="A cup", quantity=1)], files=[FILE])
                found = own.get_one(Consortium, consortium_id)
                numbers.append(send_inquiry(own, found, asked, at=NOW, submission="same").number)
        except Exception as failure:
            failures.append(failure)

    clicks = [Thread(target=send) for _number in range(times)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert failures == []
    return numbers


def test_one_form_sent_by_many_connections_at_once_is_one_inquiry(engine: Engine, make: Make, session):
    consortium_id = make.consortium().id
    session.commit()

    numbers = race(engine, consortium_id, 8)

    assert len(set(numbers)) == 1
    for table, expected in ((Inquiry, 1), (InquiryLine, 1), (StoredFile, 1)):
        assert session.scalar(select(func.count()).select_from(table)) == expected
    kinds = sorted(session.scalars(select(Due.kind)))
    assert kinds == ["file.check", "inquiry_confirmed", "inquiry_received"]


def test_the_same_submission_to_another_consortium_is_another_inquiry(make: Make, session):
    first, second = (make.inquiry(consortium=make.consortium(), submission="same") for _number in range(2))
    assert first.id != second.id
