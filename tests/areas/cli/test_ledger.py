"""`ledger`: a call with its grounds, worked out again, and whatever was changed since found."""

import json
from datetime import date

import pytest
from sqlalchemy import delete, select, update

from catalogue.consortia.by_law_models import ByLaws
from catalogue.routing import allocation as rule
from catalogue.routing import calls
from catalogue.routing.call_terms import Terms
from catalogue.routing.dividing import Override, confirm
from catalogue.routing.division_models import Allocation, Share, ShareState
from catalogue.routing.ledger import disagreements
from catalogue.routing.models import Call, CallState, Candidate, ClosedBy, Offer
from catalogue.text import Bilingual


@pytest.fixture
def divided(session, make):
    """A call sent, answered, closed and divided by the operations themselves, with one share changed."""
    bowl = make.product()
    other = make.product(member=make.member(consortium=bowl.consortium), category=bowl.published.category)
    line = make.inquiry(products=[bowl]).lines[0]
    firms = {bowl.member_id, other.member_id}
    noy = make.manager(bowl.consortium)
    terms = Terms(wanted=Bilingual("ຂັນ", "Bowl"), quantity=60, category=bowl.published.category, agreed_charge=12)
    call = make.keep(calls.send_call(session, line, terms, asked=firms, left_out={}, by=noy, at=make.later()))
    make.offer(call, bowl.member, quantity=40)
    make.offer(call, other.member, quantity=60)
    assert make.keep(call).state is CallState.CLOSED
    changed = {bowl.member_id: Override(20, "Has little silver")}
    make.keep(confirm(session, call, overrides=changed, by=noy, at=make.later()))
    return call


def test_it_prints_grounds_changes_and_log_of_a_call_and_of_its_inquiry(runner, divided):
    result = runner.invoke(args=["ledger", divided.number])
    assert result.exit_code == 0, result.output
    for said in ("round 1: 60 to divide", "30 -> 20: Has little silver", "allocation.confirmed", "all agrees"):
        assert said in result.output

    (account,) = json.loads(runner.invoke(args=["ledger", divided.inquiry.number, "--json"]).output)
    assert account["faults"] == []
    assert [row["offered"] for row in account["divisions"][0]["inputs"]["candidates"]] == [40, 60]


@pytest.mark.parametrize(
    ("table", "change", "fault"),
    [
        (Share, {"quantity": 21}, "round 1: shares does not agree"),
        (Offer, {"quantity": 39}, "was changed after it was received"),
        (Allocation, {"overrides": []}, "the log tells of other changes than are kept"),
        (Allocation, {"held_until": date(2030, 1, 1)}, "it was changed after it was confirmed"),
        (Share, {"charge": 99}, "it was changed after it was confirmed"),
        (Share, {"due_on": date(2030, 1, 1)}, "it was changed after it was confirmed"),
        (Share, {"value": 99}, "the log tells otherwise of member"),
        (Share, {"quantity": Share.quantity - 1, "handed_back": 1}, "the log tells otherwise of member"),
        (Share, {"state": ShareState.AWARDED}, "the log tells otherwise of member"),
        (Call, {"agreed_charge": 99}, "the call was changed after it was sent"),
        (Call, {"closed_how": ClosedBy.EARLY}, "it was closed otherwise than the log tells"),
        (Candidate, {"is_maker": True}, "the call was changed after it was sent"),
        (ByLaws, {"weights": {"1": {"weight": "9"}}}, "the by-laws of the call were changed"),
    ],
)
def test_what_was_changed_since_is_found(runner, session, divided, table, change, fault):
    session.execute(update(table).values(**change))
    result = runner.invoke(args=["ledger", divided.number])
    assert result.exit_code == 1
    assert fault in result.output


def test_a_division_worked_out_anew_from_other_figures_is_found(runner, session, divided):
    """Inputs, result and shares fit one another again: the seal in the log alone tells."""
    allocation = session.scalars(select(Allocation)).one()
    inputs = {**allocation.inputs, "candidates": [dict(each) for each in allocation.inputs["candidates"]]}
    inputs["candidates"][1]["weight"] = "5"
    division = rule.divide(*rule.from_json(json.dumps(inputs)))
    allocation.inputs, allocation.result = inputs, json.loads(rule.division_as_json(division))
    given = {part.member: part.quantity for part in division.portions}
    for share in allocation.shares[1:]:  # the first was set by hand
        share.quantity = given[share.member_id]
    allocation.unfilled = allocation.quantity - sum(share.quantity for share in allocation.shares)
    session.commit()
    assert disagreements(allocation) == []
    result = runner.invoke(args=["ledger", divided.number])
    assert "round 1: it was changed after it was confirmed" in result.output


@pytest.mark.parametrize(
    ("table", "fault"), [(Offer, "the offer of member"), (Allocation, "the division that the log")]
)
def test_what_was_taken_away_since_is_found(runner, session, divided, table, fault):
    if table is Allocation:
        session.execute(delete(Share))
    session.execute(delete(table))
    assert fault in runner.invoke(args=["ledger", divided.number]).output


def test_a_number_that_nothing_has_is_said(runner):
    result = runner.invoke(args=["ledger", "MSC-2026-C9999"])
    assert result.exit_code == 2
    assert "there is no call" in result.output
