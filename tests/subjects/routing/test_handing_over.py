"""Handing an inquiry over: another manager at once, the deputy a working day later, one of two gets it."""

from datetime import timedelta

import pytest

from catalogue.consortia import deputies
from catalogue.consortia.models import RoleName
from catalogue.consortia.roles import grant
from catalogue.inquiries.clock import working_time
from catalogue.routing import handing_over


@pytest.fixture
def inquiry(make, cast):
    return make.inquiry(consortium=cast.silver)


@pytest.fixture
def deputy(session, cast, at):
    deputies.name_deputy(session, cast.silver, cast.keo, by=cast.noy, at=at)
    return cast.keo


def test_the_deputy_waits_one_working_day(session, cast, inquiry, deputy, at):
    over = handing_over.hand_over(session, inquiry, by=cast.noy, at=at)
    next_day = next(working_time().working_days_after(working_time().day_of(at)))

    assert over.deputy_at == working_time().closes_at(next_day)
    with pytest.raises(handing_over.NotYet):
        handing_over.take_over(session, over, by=deputy, at=over.deputy_at - timedelta(minutes=1))
    handing_over.take_over(session, over, by=deputy, at=over.deputy_at)
    assert over.taken_by_id == deputy.id


def test_another_manager_takes_over_at_once_and_the_deputy_is_late(session, cast, make, inquiry, deputy, at):
    other = make.manager(cast.silver, name="Vone")
    over = handing_over.hand_over(session, inquiry, by=cast.noy, at=at)
    handing_over.take_over(session, over, by=other, at=at)

    with pytest.raises(handing_over.TakenAlready):
        handing_over.take_over(session, over, by=deputy, at=over.deputy_at)


def test_who_hands_over_does_not_take_it_back(session, cast, inquiry, at):
    over = handing_over.hand_over(session, inquiry, by=cast.noy, at=at)

    with pytest.raises(handing_over.OwnHandOver):
        handing_over.take_over(session, over, by=cast.noy, at=over.deputy_at)
    assert handing_over.hand_over(session, inquiry, by=cast.noy, at=at).id == over.id


def test_a_deputy_acts_where_they_took_over_and_nowhere_else(session, cast, make, inquiry, deputy, at):
    other = make.inquiry(consortium=cast.silver)
    over = handing_over.hand_over(session, inquiry, by=cast.noy, at=at)
    handing_over.take_over(session, over, by=deputy, at=over.deputy_at)

    handing_over.check(session, inquiry, deputy)
    handing_over.check(session, other, cast.noy)
    with pytest.raises(handing_over.NotHandedOver):
        handing_over.check(session, other, deputy)
    assert handing_over.inquiries_taken_by(session, cast.silver, deputy) == [inquiry.id]


def test_who_stands_in_names_managers_and_the_deputy(session, cast, make, deputy, at):
    vone = make.manager(cast.silver, name="Vone")
    found = handing_over.who_stands_in(session, cast.silver, cast.noy, asked_at=at)

    assert [list(found.managers), list(found.deputies)] == [[vone], [deputy]]


def test_a_former_deputy_is_none(session, cast, inquiry, deputy, at):
    over = handing_over.hand_over(session, inquiry, by=cast.noy, at=at)
    deputies.name_deputy(session, cast.silver, None, by=cast.noy, at=at)

    assert not handing_over.who_stands_in(session, cast.silver, cast.noy, asked_at=at).deputies
    with pytest.raises(handing_over.NotHandedOver):
        handing_over.take_over(session, over, by=deputy, at=over.deputy_at)
    grant(session, deputy, RoleName.DEPUTY, consortium=cast.silver, at=at)
    handing_over.take_over(session, over, by=deputy, at=over.deputy_at)
