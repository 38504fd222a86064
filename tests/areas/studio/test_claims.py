"""Claims to a design in the studio: what others claim, one objection with a reason, and one's own claims."""

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.products import rights
from catalogue.products.models import MakingRight, Product
from catalogue.products.right_models import ClaimState, RightClaim, RightObjection
from catalogue.web.clock import now


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy)


@pytest.fixture
def somchan(visitor, cast):
    return visitor.signed_in_as(cast.somchan)


@pytest.fixture
def bowl(make, cast):
    product = make.draft_product(member=cast.firm_a)
    make.photo(product)
    return product


@pytest.fixture
def claim(make, session, bowl, cast):
    return make.keep(rights.claim(session, bowl, by=cast.bounmy, at=now()))


def reason(claim, words="ແມ່ກໍເຮັດແບບນີ້"):
    return {f"{claim.public_id}-reason": words}


def test_member_says_that_only_it_makes_a_design(bounmy, bowl, session):
    bounmy.post("studio.claim_right", {}, product_id=bowl.public_id)

    assert session.scalar(select(RightClaim)).product_id == bowl.id
    assert session.scalar(select(Product)).right_claimed_at is not None
    assert session.scalar(select(Entry).where(Entry.action == "right.claimed")) is not None


def test_claiming_twice_is_claiming_once(bounmy, bowl, session):
    bounmy.post("studio.claim_right", {}, product_id=bowl.public_id)
    bounmy.post("studio.claim_right", {}, product_id=bowl.public_id)

    assert len(session.scalars(select(RightClaim)).all()) == 1


def test_other_members_see_photograph_name_maker_and_last_day(somchan, claim, cast, bowl):
    page = somchan.get("studio.claims")

    shown = page.select_one(".claim")
    assert shown.select_one("img") is not None
    for words in ("ຂັນເງິນ", "ໂຮງຊ່າງ ກ", str(claim.open_until.year)):
        assert words in shown.text


def test_member_objects_once_with_a_reason(somchan, claim, session):
    page = somchan.get("studio.claims")
    somchan.submit(page, ".claim form", reason(claim))

    said = session.scalar(select(RightObjection))
    assert said.reason == "ແມ່ກໍເຮັດແບບນີ້"
    assert somchan.get("studio.claims").select_one(".claim form") is None

    somchan.submit(page, ".claim form", reason(claim, "ອີກເທື່ອໜຶ່ງ"))
    assert len(session.scalars(select(RightObjection)).all()) == 1


def test_today_tells_of_claims_until_one_has_objected(somchan, bounmy, claim):
    page = somchan.get("studio.today")
    assert page.select_one(".claim-line") is not None
    assert bounmy.get("studio.today").select_one(".claim-line") is None

    somchan.submit(somchan.open(page.select_one(".claim-line a")["href"]), ".claim form", reason(claim))

    assert somchan.get("studio.today").select_one(".claim-line") is None


def test_who_objected_reads_the_decision(somchan, claim, session, cast, make):
    rights.object_to(session, claim, cast.firm_b, "ແມ່ກໍເຮັດ", by=cast.somchan, at=now())
    rights.decide(session, claim, uphold=True, reason="ເປັນແບບເກົ່າ", by=cast.noy, at=now())
    make.keep(claim)

    assert "ເປັນແບບເກົ່າ" in somchan.get("studio.claims").text


def test_objection_without_a_reason_is_explained(somchan, claim, session):
    page = somchan.submit(somchan.get("studio.claims"), ".claim form", {}, expect=422)

    assert page.select_one(".field-error") is not None
    assert session.scalar(select(RightObjection)) is None


def test_claimant_reads_how_many_objected_and_not_who(bounmy, claim, session, cast, make):
    rights.object_to(session, claim, cast.firm_b, "ແມ່ກໍເຮັດ", by=cast.somchan, at=now())
    make.keep(claim)

    page = bounmy.get("studio.claims")

    assert "ໂຮງຊ່າງ ຂ" not in page.text
    assert "ແມ່ກໍເຮັດ" not in page.text
    assert "1" in page.select_one(".claim p.num").text


def test_claim_is_taken_back_by_its_own_firm(bounmy, claim, session):
    bounmy.post("studio.take_claim_back", {}, claim_id=claim.public_id)

    assert session.scalar(select(RightClaim)).state is ClaimState.TAKEN_BACK
    assert session.scalar(select(Product)).making_right is MakingRight.SHARED


def test_nobody_objects_to_their_own_claim_or_takes_back_anothers(bounmy, somchan, claim):
    bounmy.post("studio.object_to_claim", reason(claim), expect=403, claim_id=claim.public_id)
    somchan.post("studio.take_claim_back", {}, expect=403, claim_id=claim.public_id)


def test_another_consortium_knows_nothing_of_it(visitor, make, cast, claim):
    stranger = visitor.signed_in_as(make.maker(make.member(consortium=cast.silk)))

    assert stranger.get("studio.claims").select(".claim") == []
    stranger.post("studio.object_to_claim", reason(claim), expect=404, claim_id=claim.public_id)


def test_product_of_another_firm_cannot_be_claimed(somchan, bowl):
    somchan.post("studio.claim_right", {}, expect=404, product_id=bowl.public_id)
