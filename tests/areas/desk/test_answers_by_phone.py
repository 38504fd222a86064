"""A member answers on the telephone: read back in Lao, locked for the office, marked with who wrote it down."""

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import Tie, declare
from catalogue.routing.models import Answer, CallState, Offer
from catalogue.web.clock import now

PART = {"answer": "part", "quantity": "150", "days": "35", "metal_from": "office"}


@pytest.fixture
def asked(make, cast):
    """Firm A beside a call of 600 bowls."""
    make.at = now()
    call = make.call(members=[cast.firm_a, cast.firm_b], quantity=600)
    return make.candidate(call, cast.firm_a)


@pytest.fixture
def here(cast, asked):
    """What the address names."""
    return {"slug": cast.silver.slug, "number": asked.call.number, "candidate_id": asked.public_id}


@pytest.fixture
def noy(visitor, cast):
    """The manager's browser."""
    return visitor.signed_in_as(cast.noy)


def test_it_is_read_back_in_lao_then_locked(session, noy, cast, asked, here):
    noy.get("desk.answer_by_phone", **here)
    page = noy.post("desk.record_answer", PART, **here, expect=200)

    aloud = page.select_one(".read-aloud")
    assert aloud["lang"] == "lo"
    assert "150" in aloud.get_text()
    assert session.get(Offer, asked.id) is None

    page = noy.submit(page, "form.button-row", {})
    offer = session.get(Offer, asked.id)
    assert (offer.quantity, offer.days, offer.recorded_by_id) == (150, 35, cast.noy.id)
    entry = session.scalars(select(Entry).where(Entry.action == "offer.recorded")).one()
    assert entry.actor == f"person:{cast.noy.id}"
    assert entry.data.keys() == {"call", "candidate", "seal"}


def test_nobody_of_the_office_changes_it(session, noy, make, cast, asked, here):
    make.offer(asked.call, cast.firm_a, quantity=150, recorded_by=cast.noy)

    page = noy.post("desk.record_answer", {**PART, "quantity": "10", "confirmed": "part/10/35"}, **here)
    assert "Only the member can change it" in page.get_text()
    assert session.get(Offer, asked.id).quantity == 150


def test_another_number_than_was_read_back_is_not_taken(session, noy, asked, here):
    page = noy.post("desk.record_answer", {**PART, "confirmed": "part/15/35"}, **here, expect=200)

    assert page.select_one(".read-aloud")
    assert session.get(Offer, asked.id) is None


def test_a_no_needs_its_reason(session, noy, asked, here):
    noy.post("desk.record_answer", {"answer": "none"}, **here, expect=422)
    page = noy.post("desk.record_answer", {"answer": "none", "declined_for": "no_time"}, **here, expect=200)
    noy.submit(page, "form.button-row", {})

    assert session.get(Offer, asked.id).answer is Answer.NONE


def test_a_closed_call_takes_nothing(session, noy, make, asked, here):
    make.close(asked.call)

    page = noy.post("desk.record_answer", PART, **here)
    assert "no longer takes answers" in page.get_text()
    assert asked.call.state is CallState.CLOSED


def test_who_owns_a_part_of_a_firm_that_was_asked_writes_nothing_down(session, noy, cast, asked, here):
    declare(session, cast.silver, cast.firm_b, Tie(InterestKind.OWNERSHIP, now().date()), person=cast.noy, at=now())

    noy.post("desk.record_answer", {**PART, "confirmed": "part/150/35"}, **here, check=False)
    assert session.get(Offer, asked.id) is None


def test_the_manager_of_another_consortium_finds_nothing_to_do(visitor, cast, here):
    visitor.signed_in_as(cast.keo).get("desk.answer_by_phone", **here, expect=403)


def test_a_new_link_ends_the_old_one(noy, visitor, session, asked, here):
    old = asked.link_generation
    page = noy.post("desk.new_link", {}, **here)

    assert asked.link_generation == old + 1
    assert "opens nothing any more" in page.get_text()
