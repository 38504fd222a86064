"""The history of a listing, and bringing an earlier version back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from catalogue.products import clearing, editing, listing
from catalogue.products.models import ListingStatus, Product
from catalogue.text import Bilingual


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def twice(make, cast, session):
    """Published twice: first for ten at least, then for twelve."""
    product = make.product(member=cast.firm_a)
    content = replace(editing.content_of(product.working), minimum_order=12, name=Bilingual("ຂັນ", "Other"))
    editing.edit(session, product, content, opened_version=product.version, by=cast.bounmy, at=make.later())
    listing.submit(session, product, by=cast.bounmy, at=make.later())
    listing.publish(session, product, by=cast.noy, at=make.later())
    session.commit()
    return product


def of(product, **more):
    return {"slug": product.consortium.slug, "product_id": product.public_id, **more}


def test_every_version_and_act_is_told_the_newest_first(noy, twice, cast):
    page = noy.get("desk.history", **of(twice))

    told = [
        line.text.strip().split("\n")[0].split(" · ")[0] for line in page.select(".history h2 a, .history-act .strong")
    ]
    assert told[:4] == ["published", "sent to the office", "Version 2", "published"]
    assert "Changed: Name, Minimum order" in page.text
    assert cast.bounmy.name in page.select_one(".history-version").text


def test_what_was_done_on_behalf_of_a_firm_says_so(noy, twice, session):
    twice.working.is_on_behalf = True
    session.commit()

    assert "on behalf of" in noy.get("desk.history", **of(twice)).select_one(".history-version").text


def test_what_was_found_to_be_no_contact_is_told(noy, make, cast, session, at):
    product = make.submitted_product(member=cast.firm_a, care=Bilingual("ໂທ 020 5555 1234", ""))
    clearing.clear(session, product, "care_lo", "020 5555 1234", by=cast.noy, at=at)
    session.commit()

    page = noy.get("desk.history", **of(product))

    assert page.select_one(".panel mark").text == "020 5555 1234"
    assert cast.noy.name in page.select_one(".panel").text


@pytest.mark.parametrize(("against", "marked"), [("", True), ("public", False), ("nothing", False)])
def test_a_version_is_compared(noy, twice, against, marked):
    page = noy.get("desk.version", **of(twice, number=2, against=against))

    assert bool(page.select("ins, del")) is marked


def test_an_earlier_version_waits_for_review_again(noy, twice, session):
    noy.post("desk.restore", {"then": "review", "opened_version": twice.version}, **of(twice, number=1))

    product = session.scalar(select(Product))
    assert (product.proposal, product.working.minimum_order) == (ListingStatus.SUBMITTED, 10)
    assert product.published.minimum_order == 12


def test_an_earlier_version_is_published_at_once(noy, visitor, twice, session):
    noy.post("desk.restore", {"then": "publish", "opened_version": twice.version}, **of(twice, number=1))

    product = session.scalar(select(Product))
    assert (product.published.minimum_order, product.published.number) == (10, 3)
    page = visitor.get(
        "storefront.product", slug=product.consortium.slug, product_id=product.public_id, words="silver-bowl"
    )
    assert "Silver bowl" in page.h1.text


def test_what_is_not_ready_is_not_brought_before_the_public(noy, make, cast, session):
    product = make.draft_product(member=cast.firm_a, name=Bilingual("ຂັນ", ""))
    content = replace(editing.content_of(product.working), name=Bilingual("ຂັນ", "Bowl"))
    product.working.frozen_at = make.later()
    editing.edit(session, product, content, opened_version=product.version, by=cast.bounmy, at=make.later())
    session.commit()

    page = noy.post("desk.restore", {"then": "publish"}, **of(product, number=1))

    assert "Name, in English" in page.text
    assert session.scalar(select(Product)).status is ListingStatus.DRAFT


def test_a_proposal_is_decided_first(noy, twice, cast, make, session):
    content = replace(editing.content_of(twice.working), minimum_order=13)
    editing.edit(session, twice, content, opened_version=twice.version, by=cast.bounmy, at=make.later())
    session.commit()

    page = noy.post("desk.restore", {"then": "review"}, **of(twice, number=1))

    assert "A proposal for this listing is open" in page.text
    assert session.scalar(select(Product)).working.minimum_order == 13


def test_a_version_of_another_listing_is_not_found(noy, twice, make, cast):
    other = make.product(member=cast.firm_a)

    noy.get("desk.version", expect=404, **of(other, number=2))


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_brings_back(visitor, cast, twice, who):
    somebody = visitor.signed_in_as(getattr(cast, who))
    somebody.get("desk.version", expect=403, **of(twice, number=1))
    somebody.post("desk.restore", {}, expect=403, **of(twice, number=1))
