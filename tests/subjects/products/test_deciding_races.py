"""Several people who act on one listing in the same moment: one is first, nobody's words are overwritten."""

import threading
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.database import begin_write
from catalogue.products import deciding, editing, listing, restoring, revising
from catalogue.products.editing import ChangedMeanwhile
from catalogue.products.listing import Reason, SomebodyWasFirst
from catalogue.products.models import ListingStatus, Product, ProductVersion

REFUSED = (SomebodyWasFirst, ChangedMeanwhile)


@pytest.fixture
def proposed(session, make, cast):
    """A proposal for what is published: the minimum order is to be 99."""
    product = make.product(member=cast.firm_a)
    content = replace(editing.content_of(product.working), minimum_order=99)
    editing.edit(session, product, content, opened_version=product.version, by=cast.bounmy, at=make.later())
    listing.submit(session, product, by=cast.bounmy, at=make.later())
    session.commit()
    return product


@pytest.fixture
def together(engine, session, cast, at):
    """Do these things to one product at once, each in a transaction of its own, all from the page opened now."""

    def together(product, *acts):
        key, opened, person = product.id, product.version, cast.noy.id
        session.rollback()
        start, results = threading.Barrier(len(acts)), [None] * len(acts)

        def run(place, act):
            with Session(engine) as own:
                start.wait()
                try:
                    begin_write(own)
                    act(own, own.get_one(Product, key), opened, own.get_one(Person, person), at)
                    own.commit()
                    results[place] = "done"
                except REFUSED:
                    own.rollback()
                    results[place] = "refused"

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
        [thread.start() for thread in threads]
        [thread.join(30) for thread in threads]
        session.expire_all()
        return results

    return together


def approve(session, product, opened, by, at):
    deciding.decide(session, product, [], opened_version=opened, by=by, at=at)


def send_back(session, product, opened, by, at):
    deciding.decide(session, product, [Reason("minimum_order", "ຫຼາຍໂພດ")], opened_version=opened, by=by, at=at)


def revise(minimum_order):
    def revise(session, product, opened, by, at):
        content = replace(editing.content_of(product.working), minimum_order=minimum_order)
        revising.revise(session, product, content, opened_version=opened, by=by, at=at)

    return revise


def withdraw(session, product, opened, by, at):
    listing.withdraw(session, product, by=by, at=at, opened_version=opened)


def take_back(session, product, _opened, by, at):
    listing.take_back(session, product, by=by, at=at)


def restore(session, product, opened, by, at):
    first = restoring.version_numbered(session, product, 1)
    restoring.publish_again(session, product, first, opened_version=opened, by=by, at=at)


def seen(session, product):
    return session.get_one(Product, product.id, populate_existing=True)


def test_two_who_approve_publish_once(session, proposed, together):
    results = together(proposed, approve, approve, approve)

    assert Counter(results) == {"done": 1, "refused": 2}
    assert seen(session, proposed).published.minimum_order == 99


def test_approved_and_sent_back_at_once_is_one_of_them(session, proposed, together):
    results = together(proposed, approve, send_back)

    product = seen(session, proposed)
    assert sorted(results) == ["done", "refused"]
    assert product.published.minimum_order == (99 if results[0] == "done" else 10)
    assert product.proposal is (None if results[0] == "done" else ListingStatus.RETURNED)


def test_nothing_is_published_that_was_not_seen(session, proposed, together):
    results = together(proposed, approve, revise(98))

    assert sorted(results) == ["done", "refused"]
    assert seen(session, proposed).published.minimum_order == (99 if results[0] == "done" else 10)


def test_two_who_write_at_once_overwrite_nothing(session, proposed, together):
    results = together(proposed, revise(97), revise(98))

    assert sorted(results) == ["done", "refused"]
    said = session.scalars(select(ProductVersion.minimum_order).filter_by(product_id=proposed.id)).all()
    assert sorted(said) == sorted([10, 99, 97 if results[0] == "done" else 98])


def test_withdrawn_and_approved_at_once_is_one_of_them(session, proposed, together):
    results = together(proposed, approve, withdraw)

    product = seen(session, proposed)
    assert sorted(results) == ["done", "refused"]
    assert product.is_visible is (results[0] == "done")


def test_taken_back_and_approved_at_once_is_one_of_them(session, proposed, together):
    results = together(proposed, approve, take_back)

    product = seen(session, proposed)
    assert sorted(results) == ["done", "refused"]
    expected = (99, None) if results[0] == "done" else (10, ListingStatus.DRAFT)
    assert (product.published.minimum_order, product.proposal) == expected


def test_an_earlier_version_brought_back_twice_comes_once(session, proposed, together):
    assert sorted(together(proposed, restore, restore)) == ["done", "refused"]
    numbers = session.scalars(select(ProductVersion.number).filter_by(product_id=proposed.id)).all()
    assert sorted(numbers) == [1, 2, 3]


def test_a_storm_leaves_one_decision_and_whole_pointers(session, proposed, together):
    results = together(proposed, approve, send_back, revise(97), withdraw, take_back, restore, approve, revise(98))

    product = seen(session, proposed)
    assert results.count("done") >= 1
    assert None not in results, "nobody hangs and nothing else is raised"
    assert product.published.product_id == product.working.product_id == product.id
    numbers = session.scalars(select(ProductVersion.number).filter_by(product_id=product.id)).all()
    assert len(numbers) == len(set(numbers))
