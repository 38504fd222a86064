"""The demonstration's year of orders: every kind of answer, each decision proved, and people with work to do today."""

from collections import Counter
from datetime import UTC

from sqlalchemy import select

from catalogue.activity import log
from catalogue.consortia.models import Consortium, Member
from catalogue.demo.days import Days
from catalogue.routing.departures import What, departures
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.models import Call, CallState, Candidate
from catalogue.routing.proposing import propose
from catalogue.routing.proving import faults_of
from tests.subjects.demo.conftest import DAY

END = Days(DAY).end.astimezone(UTC)


def test_a_year_of_calls_holds_every_kind_of_answer(story):
    assert len(story.scalars(select(Call)).all()) >= 60
    reasons = Counter(story.scalars(select(Share.reason)))
    for reason in ("declined", "no_answer", "late", "band", "level", "offer", "handed_back", "override"):
        assert reasons[reason] >= 2, reason
    changed = [each for each in story.scalars(select(Allocation)) if each.overrides]
    assert len(changed) == 3
    states = Counter(story.scalars(select(Share.state)))
    assert min(states[state] for state in set(ShareState) - {ShareState.LAPSED}) >= 2
    assert any(share.made_on > share.due_on for share in story.scalars(select(Share).where(Share.made_on.is_not(None))))


def test_every_decision_is_worked_out_again(story):
    faults = {call.number: faults_of(story, call, END) for call in story.scalars(select(Call))}
    assert {number: found for number, found in faults.items() if found} == {}
    silver = story.scalar(select(Consortium).where(Consortium.slug == "silver"))
    assert log.verify(story, silver.id) is None


def test_members_can_read_each_departure_from_the_rule(story):
    silver = story.scalar(select(Consortium).where(Consortium.slug == "silver"))
    found = Counter(each.what for each in departures(story, silver, since=silver.created_at, until=END))
    assert found[What.LEFT_OUT] == 1
    assert found[What.EARLY] == 1
    assert found[What.CHANGED] >= 3


def test_six_hundred_bowls_wait_to_be_divided_among_several(story):
    call = story.scalar(select(Call).where(Call.state == CallState.CLOSED))
    proposal = propose(story, call, at=END)
    assert (proposal.quantity, proposal.unfilled) == (600, 0)
    assert sum(share.quantity > 0 for share in proposal.shares) >= 5


def test_who_can_sign_in_has_a_call_and_a_share_to_answer(story):
    for slug in ("three-lotuses", "morning-bell"):
        firm = story.scalar(select(Member).where(Member.slug == slug))
        open_calls = select(Candidate).join(Candidate.call).where(Call.state == CallState.OPEN)
        asked = story.scalar(open_calls.where(Candidate.member_id == firm.id, Candidate.is_called))
        assert asked is not None
        assert asked.answered_at is None
        told = select(Share).where(Share.member_id == firm.id, Share.state == ShareState.TOLD, Share.quantity > 0)
        assert len(story.scalars(told).all()) == 1
