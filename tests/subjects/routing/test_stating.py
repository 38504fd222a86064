"""What members say of their time and the office of their skill, and what the public reads of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import OnlyUnchanged, ShutOut, Tie, declare
from catalogue.consortia.models import Consortium
from catalogue.routing import stating
from catalogue.routing.capacity import Span
from catalogue.routing.capacity_models import Capacity, CapacityOf, PassedSample, Rest
from catalogue.routing.together import together

AT = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def say(session, cast):
    def say(member, a_month, key="bowls", unit="C62"):
        row = stating.say_capacity(
            session, cast.silver, member, CapacityOf.CATEGORY, key, unit, a_month, by=None, at=AT
        )
        session.commit()
        return row

    return say


def shown(session, cast):
    session.expire_all()
    return {row.category: row.quantity for row in together(session, cast.silver, at=AT)}


def test_saying_it_again_replaces_it(session, cast, say):
    say(cast.firm_a, 40)
    say(cast.firm_a, 45)
    assert [row.a_month for row in session.scalars(select(Capacity))] == [45]


def test_the_public_reads_what_members_say_together(session, cast, say):
    say(cast.firm_a, 40)
    version = session.get_one(Consortium, cast.silver.id).catalogue_version
    row = say(cast.firm_b, 30)
    assert shown(session, cast) == {"bowls": 70}
    assert session.get_one(Consortium, cast.silver.id).catalogue_version == version + 1
    stating.take_back_capacity(session, cast.silver, row, by=None, at=AT)
    session.commit()
    assert shown(session, cast) == {}


def test_a_rest_in_the_month_ahead_lowers_what_the_public_reads(session, cast, say):
    for firm in (cast.firm_a, cast.firm_b):
        say(firm, 30)
    span = Span(date(2027, 3, 10), date(2027, 3, 19))

    rest = stating.say_rest(session, cast.silver, cast.firm_a, span, by=None, at=AT)
    session.commit()
    assert shown(session, cast) == {"bowls": 50}

    stating.take_back_rest(session, cast.silver, rest, by=None, at=AT)
    session.commit()
    assert shown(session, cast) == {"bowls": 60}


def test_what_changes_no_public_figure_leaves_kept_pages_alone(session, cast, say):
    say(cast.firm_a, 40)
    version = session.get_one(Consortium, cast.silver.id).catalogue_version
    say(cast.firm_a, 45)
    session.expire_all()
    assert session.get_one(Consortium, cast.silver.id).catalogue_version == version


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-9, -2), (1, 400), (1200, 1201)])
def test_a_rest_that_is_none_is_refused(session, cast, first, last):
    span = Span(AT.date() + timedelta(days=first), AT.date() + timedelta(days=last))
    with pytest.raises(stating.NotThatLong):
        stating.say_rest(session, cast.silver, cast.firm_a, span, by=None, at=AT)


def test_a_rest_said_twice_is_one_and_ends_today_when_work_goes_on(session, cast):
    span = Span(date(2027, 2, 20), date(2027, 3, 19))
    for _time in range(2):
        rest = stating.say_rest(session, cast.silver, None, span, by=None, at=AT - timedelta(days=9))
    stating.take_back_rest(session, cast.silver, rest, by=None, at=AT)
    assert [each.ends_on for each in session.scalars(select(Rest))] == [date(2027, 2, 28)]


def test_what_is_said_stands_in_the_log_by_codes_alone(session, cast, say):
    say(cast.firm_a, 40)
    entry = session.scalars(select(Entry).where(Entry.action == "capacity.said")).one()
    expected = {"of": "category", "key": "bowls", "unit": "C62", "a_month": 40, "member": cast.firm_a.id}
    assert entry.data == expected


def test_a_sample_passed_again_is_one_row(session, cast):
    for day in (1, 2):
        stating.pass_sample(session, cast.firm_a, "chased", on=date(2027, 3, day), by=cast.noy, at=AT)
    session.commit()
    sample = session.scalars(select(PassedSample)).one()
    assert sample.passed_on == date(2027, 3, 2)
    stating.take_back_sample(session, sample, by=cast.noy, at=AT)
    assert stating.samples_of(session, cast.firm_a) == []


def tied(session, cast, firm, kind=InterestKind.OWNERSHIP):
    """Noy has a tie to a firm."""
    return declare(session, cast.silver, firm, Tie(kind, date(2026, 1, 1)), person=cast.noy, at=AT)


def test_who_owns_one_firm_says_nothing_of_anothers_time_on_its_behalf(session, cast, say):
    tied(session, cast, cast.firm_b)
    say(cast.firm_a, 40)
    log.act_on_behalf(session, cast.firm_a.id)
    with pytest.raises(ShutOut):
        stating.take_back_capacity(session, cast.silver, stating.said_by(session, cast.firm_a)[0], by=cast.noy, at=AT)


@pytest.mark.parametrize(
    ("kind", "refusal"), [(InterestKind.OWNERSHIP, ShutOut), (InterestKind.KINSHIP, OnlyUnchanged)]
)
def test_nobody_passes_a_sample_of_a_firm_of_their_own(session, cast, kind, refusal):
    tied(session, cast, cast.firm_a, kind)
    with pytest.raises(refusal):
        stating.pass_sample(session, cast.firm_a, "chasing", on=AT.date(), by=cast.noy, at=AT)


def test_who_owns_one_firm_takes_no_sample_of_another_back(session, cast):
    sample = stating.pass_sample(session, cast.firm_a, "chasing", on=AT.date(), by=cast.noy, at=AT)
    tied(session, cast, cast.firm_b)
    with pytest.raises(ShutOut):
        stating.take_back_sample(session, sample, by=cast.noy, at=AT)
