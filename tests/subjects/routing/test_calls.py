"""Calls: who can be asked for a line, what is refused, and what follows when one is sent, closed or given up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry, Head
from catalogue.consortia.interest_models import Interest, InterestKind
from catalogue.consortia.interests import OnlyUnchanged, ShutOut
from catalogue.consortia.models import MemberStatus
from catalogue.inquiries import conversation
from catalogue.inquiries.clock import due_at, working_time
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.models import InquiryStatus
from catalogue.outbox.models import Due
from catalogue.products.models import MakingRight
from catalogue.routing import calls, closing
from catalogue.routing.call_terms import Terms
from catalogue.routing.capacity_models import Capacity, CapacityOf, PassedSample, Rest
from catalogue.routing.makers import No
from catalogue.routing.models import CallState, ClosedBy
from catalogue.text import Bilingual

KIND, SKILL = "bowls", "raised"


def terms(quantity=600, **given):
    return Terms(**{"wanted": Bilingual("ຂັນເງິນ", "Silver bowl"), "quantity": quantity, "category": KIND, **given})


@pytest.fixture
def bowl(make):
    return make.product(category=KIND, techniques=[SKILL])


@pytest.fixture
def line(make, bowl):
    return make.inquiry(products=[bowl]).lines[0]


@pytest.fixture
def another(make, bowl):
    """A second workshop that said how many bowls it makes a month."""
    member = make.member(consortium=bowl.consortium)
    says(make, member)
    return member


def says(make, member, a_month=40, **given):
    values = {"of": CapacityOf.CATEGORY, "key": KIND, "a_month": a_month, "said_at": make.at, **given}
    return make.save(Capacity(consortium_id=member.consortium_id, member_id=member.id, **values))


def found(make, line, at, **given):
    candidates = calls.candidates_for(make.session, line, terms(**given), at=at)
    return {each.member.id: each for each in candidates}


def why_not(make, line, member, at, **given):
    return [reason.code for reason in found(make, line, at, **given)[member.id].reasons]


def send(make, line, asked, at, left_out=None, by=None, **given):
    given = {"technique": "", **given}
    keys = [member.id for member in asked]
    call = calls.send_call(make.session, line, terms(**given), asked=keys, left_out=left_out or {}, by=by, at=at)
    make.session.commit()
    return call


def test_active_members_who_make_the_kind_can_be_asked(make, line, bowl, another, at):
    stranger = make.member(consortium=bowl.consortium)
    gone = make.member(consortium=bowl.consortium, status=MemberStatus.LEFT)

    asked = found(make, line, at)

    assert [asked[key].is_eligible for key in (bowl.member_id, another.id, stranger.id)] == [True, True, False]
    assert [reason.code for reason in asked[stranger.id].reasons] == [No.OTHER_KIND]
    assert gone.id not in asked


def test_a_technique_needs_a_sample_that_passed_or_a_listing_made_with_it(make, line, bowl, another, at):
    assert why_not(make, line, another, at, technique=SKILL) == [No.NO_SAMPLE]

    passed = {"consortium_id": another.consortium_id, "member_id": another.id, "passed_on": at.date()}
    make.save(PassedSample(**passed, technique=SKILL))

    assert why_not(make, line, another, at, technique=SKILL) == []
    assert why_not(make, line, bowl.member, at, technique=SKILL) == []


@pytest.mark.parametrize(
    ("right", "others", "maker_first"),
    [
        (MakingRight.OWN, False, True),
        (MakingRight.OPEN, True, True),
        (MakingRight.SHARED, True, False),
        (MakingRight.BUYER, True, False),
    ],
)
def test_making_rights_say_who_may_make_it(make, line, bowl, another, at, right, others, maker_first):
    bowl.making_right = right
    make.keep(bowl)

    asked = found(make, line, at)

    assert asked[bowl.member_id].is_eligible
    assert asked[bowl.member_id].is_maker is maker_first
    assert asked[another.id].is_eligible is others
    assert not asked[another.id].is_maker


def test_who_rests_all_the_time_or_has_none_left_is_not_asked(make, line, another, at):
    first, until = at.date() + timedelta(days=1), at.date() + timedelta(days=20)
    days = [(None, first, first + timedelta(days=9)), (another.id, first + timedelta(days=10), until)]
    for member_id, begins_on, ends_on in days:
        given = {"begins_on": begins_on, "ends_on": ends_on, "said_at": at}
        make.save(Rest(consortium_id=another.consortium_id, member_id=member_id, **given))
    idle = make.member(consortium=another.consortium)
    says(make, idle, a_month=0)

    assert why_not(make, line, another, at, needed_by=until) == [No.RESTS]
    assert why_not(make, line, another, at, needed_by=until + timedelta(days=30)) == []
    assert why_not(make, line, idle, at, needed_by=until + timedelta(days=30)) == [No.NO_CAPACITY]


def test_a_call_is_numbered_sealed_by_the_log_and_told_to_those_who_are_asked(make, line, bowl, another, at):
    laws = make.by_laws(bowl.consortium)
    head = make.session.get(Head, bowl.consortium_id).hash

    call = send(make, line, [bowl.member, another], at, agreed_charge=Decimal("22"))

    assert call.number == f"{bowl.consortium.code}-{at.year}-C0001"
    assert (call.seed, call.by_laws_id, call.closes_at) == (head, laws.id, due_at(at))
    assert call.inquiry.status is InquiryStatus.CALLED
    kinds = make.session.scalars(select(Due.kind).where(Due.kind.like("call%")).order_by(Due.id)).all()
    assert kinds == ["call_sent", "call_closing"] * 2
    entry = make.session.scalars(select(Entry).where(Entry.action == "call.sent")).one()
    assert entry.data["asked"] == [bowl.member_id, another.id]


def test_leaving_somebody_out_needs_a_reason_and_is_logged_with_it(make, line, bowl, another, at):
    with pytest.raises(calls.LeftOutUnsaid) as refusal:
        send(make, line, [bowl.member], at)
    assert refusal.value.members == {another.id}

    call = send(make, line, [bowl.member], at, left_out={another.id: "Her mother is ill."})

    candidate = make.candidate(call, another)
    assert (candidate.is_called, candidate.left_out_reason) == (False, "Her mother is ill.")
    entry = make.session.scalars(select(Entry).where(Entry.action == "call.sent")).one()
    assert (entry.data["left_out"], entry.said.text) == ([another.id], "Her mother is ill.")


def test_what_cannot_be_sent(make, line, bowl, another, at):
    stranger = make.member(consortium=bowl.consortium)
    soon = working_time().closes_at(at.date() + timedelta(days=1))
    both = [bowl.member, another]
    with pytest.raises(calls.NobodyAsked):
        send(make, line, [], at)
    with pytest.raises(calls.CannotMakeIt):
        send(make, line, [*both, stranger], at)
    with pytest.raises(calls.TooShort):
        send(make, line, both, at, closes_at=soon)
    assert send(make, line, both, at, closes_at=soon, short_reason="The fair begins.").short_reason


def test_a_line_is_called_once_and_keeps_its_seed_when_called_anew(make, line, bowl, cast, at):
    first = send(make, line, [bowl.member], at)
    with pytest.raises(calls.CalledBefore):
        send(make, line, [bowl.member], at)

    closing.give_up(make.session, first, "Another size is wanted.", by=make.manager(bowl.consortium), at=at)
    again = send(make, line, [bowl.member], at + timedelta(hours=1))

    assert (again.seed, again.after_id, again.number != first.number) == (first.seed, first.id, True)
    assert again.inquiry.status is InquiryStatus.CALLED


def test_what_a_divided_call_left_over_is_called_again_under_the_same_by_laws(make, line, bowl, at):
    first = send(make, line, [bowl.member], at)
    with pytest.raises(calls.CalledBefore):
        calls.call_again(make.session, first, 60, asked=[bowl.member_id], left_out={}, by=None, at=at)
    first.state = CallState.DIVIDED
    make.keep(first)

    again = calls.call_again(make.session, first, 60, asked=[bowl.member_id], left_out={}, by=None, at=at)

    assert (again.quantity, again.seed, again.by_laws_id) == (60, first.seed, first.by_laws_id)
    assert again.wanted == first.wanted


@pytest.mark.parametrize(("kind", "refusal"), [(InterestKind.PAY, ShutOut), (InterestKind.KINSHIP, OnlyUnchanged)])
def test_an_interest_forbids_asking_or_choosing(make, line, bowl, another, at, kind, refusal):
    noy = make.manager(bowl.consortium)
    tie = {"begins_on": at.date(), "declared_at": at, "kind": kind, "person_id": noy.id}
    make.save(Interest(consortium_id=another.consortium_id, member_id=another.id, **tie))

    with pytest.raises(refusal):
        send(make, line, [bowl.member], at, left_out={another.id: "Not this time."}, by=noy)
    if kind is InterestKind.KINSHIP:
        assert send(make, line, [bowl.member, another], at, by=noy)


def test_a_call_closes_by_its_time_or_early_with_a_reason(make, line, bowl, at):
    call = send(make, line, [bowl.member], at)
    manager = make.manager(bowl.consortium)
    assert not closing.is_over(call, at)
    assert closing.is_over(call, call.closes_at)
    assert closing.close_all_due(make.session, at=at) == 0
    with pytest.raises(closing.ReasonMissing):
        closing.close_early(make.session, call, " ", by=manager, at=at)

    assert closing.close_all_due(make.session, at=call.closes_at + timedelta(hours=9)) == 1

    assert (call.state, call.closed_how, call.closed_at) == (CallState.CLOSED, ClosedBy.TIME, call.closes_at)
    with pytest.raises(closing.ClosedBefore):
        closing.close_early(make.session, call, "Enough.", by=manager, at=at)


def test_a_call_given_up_is_told_and_the_inquiry_is_in_work_again(make, line, bowl, at):
    call = send(make, line, [bowl.member], at)
    closing.give_up(make.session, call, "The buyer wants silk.", by=make.manager(bowl.consortium), at=at)
    make.session.commit()

    assert (call.state, call.inquiry.status) == (CallState.CANCELLED, InquiryStatus.IN_WORK)
    assert make.session.scalars(select(Due).where(Due.kind == "call_given_up")).one()
    with pytest.raises(closing.CannotBeGivenUp):
        closing.give_up(make.session, call, "Again.", by=make.manager(bowl.consortium), at=at)


def test_an_open_call_whose_inquiry_has_ended_is_given_up(make, line, bowl, at):
    call = send(make, line, [bowl.member], at)
    assert closing.give_up_all_without_inquiry(make.session, at=at) == 0
    conversation.end(make.session, call.inquiry, ClosedReason.WITHDRAWN, at=at)
    make.session.commit()

    assert closing.some_are_due(make.session, at=at)
    assert closing.give_up_all_without_inquiry(make.session, at=at) == 1

    assert (call.state, call.inquiry.status) == (CallState.CANCELLED, InquiryStatus.CLOSED)
