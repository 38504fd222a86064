"""Interests: ownership and pay shut out, kinship follows the unchanged rule; roles that exclude one another."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia import deputies, interests, roles
from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import OnlyUnchanged, ShutOut, Tie
from catalogue.consortia.models import RoleName


def declare(session, cast, kind, at, **given):
    tie = Tie(kind, given.pop("begins_on", interests.day_of(at)), given.pop("ends_on", None))
    return interests.declare(session, cast.silver, cast.firm_a, tie, person=cast.noy, at=at)


def check(session, cast, member, at, *, unchanged=True):
    return interests.check(session, cast.silver, cast.noy, [member.id], unchanged=unchanged, at=at)


@pytest.mark.parametrize("kind", [InterestKind.OWNERSHIP, InterestKind.PAY])
@pytest.mark.parametrize("unchanged", [True, False])
def test_ownership_and_pay_shut_out(session, cast, at, kind, unchanged):
    tie = declare(session, cast, kind, at)

    with pytest.raises(ShutOut) as refusal:
        check(session, cast, cast.firm_a, at, unchanged=unchanged)
    assert refusal.value.interests == (tie,)


def test_kinship_follows_the_unchanged_rule_and_is_named(session, cast, at):
    tie = declare(session, cast, InterestKind.KINSHIP, at)

    assert check(session, cast, cast.firm_a, at) == [tie]
    with pytest.raises(OnlyUnchanged):
        check(session, cast, cast.firm_a, at, unchanged=False)


def test_where_the_member_is_no_candidate_nothing_is_refused(session, cast, at):
    declare(session, cast, InterestKind.OWNERSHIP, at)

    assert check(session, cast, cast.firm_b, at, unchanged=False) == []


def test_a_tie_binds_on_its_days_alone(session, cast, at):
    tie = declare(session, cast, InterestKind.PAY, at, begins_on=interests.day_of(at) + timedelta(days=2))
    assert check(session, cast, cast.firm_a, at, unchanged=False) == []

    later = at + timedelta(days=10)
    with pytest.raises(ShutOut):
        check(session, cast, cast.firm_a, later)
    interests.end(session, tie, on=interests.day_of(later), by=cast.noy, at=later)
    assert check(session, cast, cast.firm_a, later + timedelta(days=1)) == []


def test_declaring_and_ending_are_logged_and_stay(session, cast, at):
    tie = declare(session, cast, InterestKind.KINSHIP, at)
    with pytest.raises(interests.DeclaredAlready):
        declare(session, cast, InterestKind.KINSHIP, at)
    with pytest.raises(interests.EndsBeforeItBegins):
        interests.end(session, tie, on=tie.begins_on - timedelta(days=1), by=cast.noy, at=at)
    interests.end(session, tie, on=tie.begins_on, by=cast.noy, at=at)
    session.commit()

    logged = session.scalars(select(Entry.action).where(Entry.subject == f"interest:{tie.id}")).all()
    assert logged == ["interest.declared", "interest.ended"]
    assert interests.all_interests(session, cast.silver) == [tie]


@pytest.mark.parametrize("name", [RoleName.MANAGER, RoleName.DEPUTY])
def test_who_decides_is_no_member_of_the_same_consortium(session, cast, at, name):
    with pytest.raises(roles.RolesConflict):
        roles.grant(session, cast.bounmy, name, consortium=cast.silver, at=at)
    roles.grant(session, cast.bounmy, name, consortium=cast.silk, at=at)


def test_a_deputy_is_no_member_afterwards_either(session, cast, at):
    deputies.name_deputy(session, cast.silver, cast.keo, by=cast.noy, at=at)

    with pytest.raises(roles.RolesConflict):
        roles.grant(session, cast.keo, RoleName.MEMBER, member=cast.firm_a, at=at)


def test_one_deputy_at_a_time_from_next_door(session, cast, make, at):
    other = make.manager(make.consortium(), name="Vone")
    deputies.name_deputy(session, cast.silver, cast.keo, by=cast.noy, at=at)
    deputies.name_deputy(session, cast.silver, other, by=cast.operator, at=at)

    assert deputies.deputy_of(session, cast.silver).person_id == other.id
    assert [role.name for role in roles.roles_of(session, cast.keo)] == [RoleName.MANAGER]
    with pytest.raises(deputies.CannotDeputise):
        deputies.name_deputy(session, cast.silver, cast.noy, by=cast.noy, at=at)
