"""Claims to a design: fourteen days for objections, and one truth about who may make it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.models import MemberStatus
from catalogue.outbox.models import Due
from catalogue.products import claims, listing, rights
from catalogue.products.models import ListingStatus, MakingRight
from catalogue.products.right_models import ClaimState
from catalogue.products.steps import SomebodyWasFirst

DAY = timedelta(days=1)


@pytest.fixture
def bowl(make, cast):
    return make.product(member=cast.firm_a)


@pytest.fixture
def claim(make, session, bowl, cast, at):
    return make.keep(rights.claim(session, bowl, by=cast.bounmy, at=at))


def objected(session, claim, cast, at, member=None):
    rights.object_to(session, claim, member or cast.firm_b, "ພໍ່ກໍເຮັດ", by=cast.somchan, at=at)


def acts(session):
    log.seal(session)
    return list(session.scalars(select(Entry.action).order_by(Entry.id)))


def test_claim_changes_nothing_before_it_stands(session, bowl, claim, at):
    assert bowl.making_right is MakingRight.SHARED
    assert bowl.right_claimed_at == at
    assert claim.open_until == at + 14 * DAY


def test_claim_stands_after_fourteen_days_without_objection(session, bowl, claim, at):
    assert not rights.stand(session, claim.id, at=claim.open_until - DAY)
    assert rights.stand(session, claim.id, at=claim.open_until)

    assert bowl.making_right is MakingRight.OWN
    assert bowl.right_claimed_at == at
    assert acts(session)[-1] == "right.stands"
    assert not rights.stand(session, claim.id, at=claim.open_until), "once"


def test_worker_is_asked_to_look_on_the_last_day(session, claim):
    due = session.scalar(select(Due).where(Due.kind == rights.KIND))
    assert (due.payload, due.due_at) == ({"claim_id": claim.id}, claim.open_until)


def test_objection_keeps_a_claim_from_standing(session, bowl, claim, cast, at):
    objected(session, claim, cast, at + DAY)

    assert not rights.stand(session, claim.id, at=claim.open_until)
    assert bowl.making_right is MakingRight.SHARED
    assert claims.count_to_decide(session, cast.silver) == 1


def test_a_firm_objects_once(session, claim, cast, at):
    objected(session, claim, cast, at)
    with pytest.raises(rights.ObjectedAlready):
        objected(session, claim, cast, at)


def test_a_firm_does_not_object_to_its_own_claim(session, claim, cast, at):
    with pytest.raises(rights.OwnClaim):
        objected(session, claim, cast, at, member=cast.firm_a)


def test_nobody_objects_after_the_last_day(session, claim, cast):
    with pytest.raises(rights.NotOpen):
        objected(session, claim, cast, claim.open_until)


def test_upheld_objection_makes_the_design_shared(session, bowl, claim, cast, at):
    objected(session, claim, cast, at)

    rights.decide(session, claim, uphold=True, reason="ແບບເກົ່າ", by=cast.noy, at=at + DAY)

    assert (bowl.making_right, bowl.right_claimed_at) == (MakingRight.SHARED, None)
    assert (claim.state, claim.decision) == (ClaimState.REFUSED, "ແບບເກົ່າ")
    assert acts(session)[-1] == "right.objection_upheld"


def test_objections_are_turned_down_only_when_nobody_can_object_any_more(session, bowl, claim, cast, at):
    objected(session, claim, cast, at)
    with pytest.raises(rights.StillOpen):
        rights.decide(session, claim, uphold=False, reason="ແບບໃໝ່", by=cast.noy, at=claim.open_until - DAY)

    rights.decide(session, claim, uphold=False, reason="ແບບໃໝ່", by=cast.noy, at=claim.open_until)

    assert bowl.making_right is MakingRight.OWN
    with pytest.raises(rights.NotOpen):
        rights.decide(session, claim, uphold=True, reason="ບໍ່ແມ່ນ", by=cast.noy, at=claim.open_until)


def test_without_objection_there_is_nothing_to_decide(session, claim, cast, at):
    with pytest.raises(rights.NothingToDecide):
        rights.decide(session, claim, uphold=True, reason="x", by=cast.noy, at=at)


@pytest.mark.parametrize("right", [MakingRight.OWN, MakingRight.BUYER])
def test_what_is_settled_cannot_be_claimed(session, make, cast, at, right):
    with pytest.raises(rights.CannotBeClaimed):
        rights.claim(session, make.draft_product(member=cast.firm_a, making_right=right), by=cast.bounmy, at=at)


def test_a_design_is_claimed_once_at_a_time(session, bowl, claim, cast, at):
    with pytest.raises(rights.CannotBeClaimed):
        rights.claim(session, bowl, by=cast.bounmy, at=at)


def test_claim_taken_back_leaves_no_trace_on_the_product(session, bowl, claim, cast, at):
    rights.take_back(session, claim, by=cast.bounmy, at=at + DAY)

    assert bowl.right_claimed_at is None
    assert not rights.stand(session, claim.id, at=claim.open_until)
    rights.claim(session, bowl, by=cast.bounmy, at=at + 2 * DAY)


def test_office_sets_a_right_and_says_why(session, bowl, cast, at):
    rights.set_right(session, bowl, MakingRight.OPEN, opened_version=bowl.version, reason="ຕົກລົງກັນ", by=cast.noy, at=at)

    assert bowl.making_right is MakingRight.OPEN
    assert acts(session)[-1] == "right.set"


def test_own_by_the_office_is_a_claim_as_well(session, bowl, cast, at):
    rights.set_right(session, bowl, MakingRight.OWN, opened_version=bowl.version, reason="x", by=cast.noy, at=at)

    assert bowl.making_right is MakingRight.SHARED
    assert claims.claim_of(session, bowl).member_id == cast.firm_a.id


def test_made_for_one_buyer_ends_a_claim_and_leaves_the_catalogue(session, bowl, claim, cast, at):
    rights.set_right(session, bowl, MakingRight.BUYER, opened_version=bowl.version, reason="x", by=cast.noy, at=at)

    assert (bowl.making_right, bowl.status) == (MakingRight.BUYER, ListingStatus.WITHDRAWN)
    assert claim.state is ClaimState.TAKEN_BACK
    with pytest.raises(listing.NotReady) as refusal:
        listing.show_again(session, bowl, by=cast.noy, at=at)
    assert "making_right" in refusal.value.missing


def test_right_is_not_set_over_somebody_elses_change(session, bowl, cast, at):
    with pytest.raises(SomebodyWasFirst):
        rights.set_right(
            session, bowl, MakingRight.OPEN, opened_version=bowl.version - 1, reason="x", by=cast.noy, at=at
        )


def test_each_member_is_shown_the_claims_of_the_others(session, claim, cast, at, make):
    elsewhere = make.member(consortium=cast.silk)

    assert claims.claims_for(session, cast.firm_b, at=at) == [claim]
    assert claims.count_claims_for(session, cast.firm_b, at=at) == 1
    assert claims.claims_for(session, cast.firm_a, at=at) == []
    assert claims.claims_for(session, elsewhere, at=at) == []
    assert claims.claims_for(session, cast.firm_b, at=claim.open_until) == []
    objected(session, claim, cast, at)
    assert claims.count_claims_for(session, cast.firm_b, at=at) == 0


def test_claim_of_a_firm_that_left_goes_with_it(session, bowl, claim, cast):
    cast.firm_a.status = MemberStatus.LEFT

    assert not rights.stand(session, claim.id, at=claim.open_until)
    assert (claim.state, bowl.making_right) == (ClaimState.TAKEN_BACK, MakingRight.SHARED)
