"""Inquiry lists: one line a product, one list a visitor, forgotten after thirty days."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select

from catalogue.database import writing
from catalogue.inquiries import lists
from catalogue.inquiries.lists import ListIsFull, ProductNotOffered, Wish, visitor_hash
from catalogue.inquiries.models import InquiryList, InquiryListItem
from catalogue.products.models import Product
from tests.factories import NOW, Make

ANA, BEN = visitor_hash("ana"), visitor_hash("ben")


def test_lines_come_by_consortium_in_the_order_they_were_added(make: Make, session):
    bowl, scarf = make.product(), make.product()
    tray = make.product(consortium=bowl.consortium)
    for product in (bowl, scarf, tray):
        lists.add_product(session, ANA, product, at=NOW)

    assert [item.product for item in lists.items_of(session, ANA)] == [bowl, tray, scarf]
    assert [item.product for item in lists.items_of(session, ANA, scarf.consortium)] == [scarf]
    assert lists.items_of(session, BEN) == []
    assert lists.items_of(session, None) == []


def test_one_product_added_by_many_connections_at_once_is_one_line(engine: Engine, make: Make, session):
    product_id, start, failures = make.product().id, Barrier(6), []
    session.commit()

    def add() -> None:
        start.wait()
        try:
            with writing(engine) as own:
                lists.add_product(own, ANA, own.get_one(Product, product_id), quantity=30, at=NOW)
        except Exception as failure:
            failures.append(failure)

    clicks = [Thread(target=add) for _number in range(6)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert failures == []
    assert session.scalar(select(func.count()).select_from(InquiryList)) == 1
    assert lists.count(session, ANA) == 1


@pytest.mark.parametrize("kind", ["draft_product", "submitted_product", "returned_product", "withdrawn_product"])
def test_only_what_is_published_can_be_gathered(make: Make, session, kind):
    with pytest.raises(ProductNotOffered):
        lists.add_product(session, ANA, getattr(make, kind)(), at=NOW)


def test_a_full_list_takes_no_more_and_still_changes_what_it_has(make: Make, session, monkeypatch):
    monkeypatch.setattr(lists, "MOST_LINES", 1)
    bowl, tray = make.product(), make.product()
    lists.add_product(session, ANA, bowl, at=NOW)

    lists.add_product(session, ANA, bowl, quantity=7, at=NOW)
    for add in (lambda: lists.add_product(session, ANA, tray, at=NOW),
                lambda: lists.add_words(session, ANA, bowl.consortium, Wish(description="A cup"), at=NOW)):  # fmt: skip
        with pytest.raises(ListIsFull):
            add()

    assert [item.quantity for item in lists.items_of(session, ANA)] == [7]


def test_a_line_keeps_what_is_wanted_of_it(make: Make, session):
    lists.add_product(session, ANA, make.product(), at=NOW)
    (item,) = lists.items_of(session, ANA)

    lists.change(session, item, Wish(600, "C62", Decimal("149.50"), "As shown", wants_sample=True), at=NOW)

    session.expire_all()
    assert (item.quantity, item.target_price, item.note, item.wants_sample) == (
        600,
        Decimal("149.50"),
        "As shown",
        True,
    )


def test_only_ones_own_lines_can_be_taken_out(make: Make, session):
    bowl = make.product()
    for visitor in (ANA, BEN):
        lists.add_product(session, visitor, bowl, at=NOW)
    (item,) = lists.items_of(session, ANA)

    lists.remove(session, BEN, item.public_id)
    lists.clear(session, BEN, bowl.consortium)

    assert (lists.count(session, ANA), lists.count(session, BEN)) == (1, 0)


def test_lists_that_nobody_touches_are_forgotten_after_thirty_days(make: Make, session):
    for visitor, when in ((ANA, NOW - timedelta(days=31)), (BEN, NOW - timedelta(days=29))):
        lists.add_product(session, visitor, make.product(), at=when)

    lists.forget_old(session, at=NOW)

    assert [found.visitor_hash for found in session.scalars(select(InquiryList))] == [BEN]
    assert session.scalar(select(func.count()).select_from(InquiryListItem)) == 1
