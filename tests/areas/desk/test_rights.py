"""Making rights at the desk: who may make a design, and what the office decides over objections."""

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.products import rights
from catalogue.products.models import ListingStatus, MakingRight, Product
from catalogue.products.right_models import ClaimState, RightClaim


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def bowl(make, cast):
    return make.product(member=cast.firm_a)


@pytest.fixture
def objected(make, session, bowl, cast, at):
    """A claim to which firm B objected; its time is over."""
    claim = make.keep(rights.claim(session, bowl, by=cast.bounmy, at=at))
    rights.object_to(session, claim, cast.firm_b, "ພໍ່ກໍເຮັດແບບນີ້", by=cast.somchan, at=at)
    return make.keep(claim)


def of(product):
    return {"slug": product.consortium.slug, "product_id": product.public_id}


def test_office_sets_who_may_make_it_with_a_reason(noy, bowl, session):
    noy.post("desk.set_right", {"right": "open", "reason": "ຕົກລົງກັນແລ້ວ"}, **of(bowl))

    assert session.scalar(select(Product)).making_right is MakingRight.OPEN
    assert session.scalar(select(Entry).where(Entry.action == "right.set")).said.text == "ຕົກລົງກັນແລ້ວ"


def test_without_a_reason_nothing_is_set(noy, bowl, session):
    page = noy.post("desk.set_right", {"right": "buyer"}, expect=422, **of(bowl))

    assert page.select_one("#reason-error") is not None
    assert session.scalar(select(Product)).making_right is MakingRight.SHARED


def test_own_opens_a_claim_that_members_can_read(noy, visitor, bowl, cast, session):
    noy.post("desk.set_right", {"right": "own", "reason": "ນາງຄິດເອງ"}, **of(bowl))

    assert session.scalar(select(Product)).making_right is MakingRight.SHARED
    page = visitor.signed_in_as(cast.somchan).speaking("lo").get("studio.claims")
    assert len(page.select(".claim")) == 1


def test_the_second_of_two_managers_is_told(noy, bowl, session, make, cast):
    page = noy.get("desk.right", **of(bowl))
    noy.post("desk.set_right", {"right": "open", "reason": "ຕົກລົງກັນ"}, **of(bowl))

    told = noy.submit(page, "form.panel", {"right": "buyer", "reason": "ສັ່ງເຮັດ"}, expect=409)

    assert "others may help" in told.select_one(".notice").text
    assert session.scalar(select(Product)).status is ListingStatus.PUBLISHED


def test_objection_is_upheld_and_the_reason_kept(noy, visitor, objected, cast, session):
    page = noy.get("desk.rights", slug=cast.silver.slug)
    assert "ພໍ່ກໍເຮັດແບບນີ້" in page.text

    noy.submit(page, ".claim form", {f"{objected.public_id}-reason": "ເປັນແບບເກົ່າ", "decision": "uphold"})

    assert session.scalar(select(Product)).making_right is MakingRight.SHARED
    assert "ເປັນແບບເກົ່າ" in visitor.signed_in_as(cast.bounmy).get("studio.claims").text


def test_objections_are_turned_down_after_the_last_day(noy, objected, cast, session):
    page = noy.get("desk.rights", slug=cast.silver.slug)

    noy.submit(page, ".claim form", {f"{objected.public_id}-reason": "ເປັນແບບໃໝ່", "decision": "reject"})

    assert session.scalar(select(Product)).making_right is MakingRight.OWN


def test_deciding_without_a_reason_is_explained(noy, objected, cast, session):
    page = noy.get("desk.rights", slug=cast.silver.slug)

    page = noy.submit(page, ".claim form", {"decision": "uphold"}, expect=422)

    assert page.select_one(f"#{objected.public_id}-reason-error".replace("#", "[id='") + "']") is not None
    assert session.scalar(select(RightClaim)).state is ClaimState.OPEN


def test_the_second_decision_comes_too_late(noy, objected, cast, session):
    page = noy.get("desk.rights", slug=cast.silver.slug)
    typed = {f"{objected.public_id}-reason": "ເປັນແບບເກົ່າ"}
    noy.submit(page, ".claim form", {**typed, "decision": "uphold"})

    page = noy.submit(page, ".claim form", {**typed, "decision": "reject"})

    assert "a moment before you" in page.text
    assert session.scalar(select(Product)).making_right is MakingRight.SHARED


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_decides(visitor, cast, bowl, objected, who):
    stranger = visitor.signed_in_as(getattr(cast, who))
    stranger.get("desk.rights", expect=403, slug=cast.silver.slug)
    stranger.post("desk.set_right", {"right": "open", "reason": "x"}, expect=403, **of(bowl))
    stranger.post("desk.decide_claim", {}, expect=403, slug=cast.silver.slug, claim_id=objected.public_id)
