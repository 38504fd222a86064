"""By-laws: adopted by recorded vote, in force fourteen days later, never for what was begun under others."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia import by_laws
from catalogue.consortia.by_law_values import Decision, seal_of, values_of
from catalogue.text import Bilingual


@pytest.fixture
def voters(make, cast):
    """Five members; Noy is their manager."""
    return [make.member(consortium=cast.silver) for _ in range(5)]


@pytest.fixture
def first(session, cast, voters, at):
    return by_laws.in_force(session, cast.silver, by_laws.comes_into_force(at))


def decided(at, **given):
    said = {
        "adopted_on": by_laws.comes_into_force(at) - timedelta(days=15),
        "votes_for": 4,
        "votes_against": 1,
        "abstained": 0,
        "minutes": "ປະຊຸມທີ່ສາລາບ້ານ",
        "reason": Bilingual("ໄດ້ໜ້ອຍບໍ່ຄຸ້ມ", "Small shares are not worth it"),
    }
    return Decision(**{**said, **given})


def adopt(session, cast, first, at, **given):
    values = replace(values_of(first), smallest_share=20)
    return by_laws.adopt(session, cast.silver, values, decided(at, **given), after=1, by=cast.noy, at=at)


def test_a_decision_holds_from_fourteen_days_after_it_was_recorded(session, cast, first, at):
    adopted = adopt(session, cast, first, at)
    day = by_laws.comes_into_force(at)

    assert by_laws.in_force(session, cast.silver, day - timedelta(days=1)).id == first.id
    assert by_laws.in_force(session, cast.silver, day).id == adopted.id
    assert adopted.smallest_share == 20


def test_an_earlier_day_of_decision_shortens_no_notice(session, cast, first, at):
    adopted = adopt(session, cast, first, at, adopted_on=at.date() - timedelta(days=300))

    assert adopted.in_force_from == by_laws.comes_into_force(at)


def test_the_log_keeps_the_seal_of_what_was_decided(session, cast, first, at):
    adopted = adopt(session, cast, first, at)
    session.commit()

    entry = session.scalar(select(Entry).where(Entry.action == "by_laws.adopted"))
    assert entry.data["seal"] == seal_of(adopted)
    assert entry.said.text == "ປະຊຸມທີ່ສາລາບ້ານ"
    adopted.held_days = 99
    assert entry.data["seal"] != seal_of(adopted)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"votes_for": 2, "votes_against": 2}, by_laws.NotCarried),
        ({"votes_for": 6}, by_laws.MoreVotesThanMembers),
        ({"adopted_on": date(2999, 1, 1)}, by_laws.DecidedInFuture),
    ],
)
def test_what_was_not_decided_is_not_recorded(session, cast, first, at, given, refusal):
    with pytest.raises(refusal):
        adopt(session, cast, first, at, **given)


def test_the_second_of_two_who_record_reads_the_first_again(session, cast, first, at):
    adopt(session, cast, first, at)

    with pytest.raises(by_laws.AnotherWasAdopted):
        adopt(session, cast, first, at)


def test_a_vote_that_changes_nothing_is_none(session, cast, first, at):
    with pytest.raises(by_laws.NothingChanges):
        by_laws.adopt(session, cast.silver, values_of(first), decided(at), after=1, by=cast.noy, at=at)


def test_weights_and_households_are_kept_as_decided(session, cast, first, voters, at):
    weights = {str(voters[0].id): {"weight": "1.5", "household": "ban-nong"}}
    values = replace(values_of(first), weights=weights, price_band=Decimal("0.2"))
    adopted = by_laws.adopt(session, cast.silver, values, decided(at), after=1, by=cast.noy, at=at)
    session.commit()

    assert values_of(adopted) == values
    assert adopted.seal == seal_of(adopted)


def test_an_open_call_keeps_the_by_laws_it_was_sent_under(session, cast, make, first, voters, at):
    call = make.call(consortium=cast.silver, members=voters)
    adopt(session, cast, first, at)

    session.refresh(call)
    assert call.by_laws.smallest_share == first.smallest_share
