"""Changing a few facts of several products at once, without overwriting anybody."""

import pytest
from sqlalchemy import select

from catalogue.products import editing
from catalogue.products.models import ListingStatus, Product


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def two(make, cast):
    return [
        make.product(member=cast.firm_a, reference="A-1"),
        make.submitted_product(member=cast.firm_b, reference="B-2"),
    ]


def facts(session, reference):
    version = session.scalar(select(Product).filter_by(reference=reference)).working
    return version.minimum_order, version.lead_time_days


def typed(product, **facts):
    return {f"{product.public_id}-{name}": value for name, value in facts.items()}


def test_several_are_changed_and_the_public_keeps_the_old(noy, two, cast, session):
    page = noy.get("desk.edit_products", slug=cast.silver.slug)

    noy.submit(page, "main form", typed(two[0], minimum_order="25") | typed(two[1], lead_time_days="45"))

    assert facts(session, "A-1") == (25, 30)
    assert facts(session, "B-2") == (10, 45)
    shown = session.scalar(select(Product).filter_by(reference="A-1"))
    assert (shown.published.minimum_order, shown.proposal) == (10, ListingStatus.DRAFT)


def test_what_nobody_changed_stays_as_it_is(noy, two, cast, session):
    page = noy.get("desk.edit_products", slug=cast.silver.slug)
    versions = [each.version for each in two]

    noy.submit(page, "main form", {})

    assert [each.version for each in session.scalars(select(Product).order_by(Product.reference))] == versions


def test_wrong_figure_stops_all_and_is_explained(noy, two, cast, session):
    page = noy.get("desk.edit_products", slug=cast.silver.slug)

    wrong = typed(two[0], minimum_order="1.250") | typed(two[1], lead_time_days="45")
    page = noy.submit(page, "main form", wrong, expect=422)

    assert page.select_one(f"[id='{two[0].public_id}-minimum_order-error']") is not None
    assert page.select_one(f"[id='{two[0].public_id}-minimum_order']")["value"] == "1.250"
    assert facts(session, "B-2") == (10, 30)


def test_somebody_elses_change_is_shown_and_not_overwritten(noy, two, cast, session, make):
    page = noy.get("desk.edit_products", slug=cast.silver.slug)
    theirs = editing.Content(**{**vars(editing.content_of(two[0].working)), "minimum_order": 77})
    editing.edit(session, two[0], theirs, opened_version=two[0].version, by=cast.bounmy, at=make.later())
    make.keep(two[0])

    page = noy.submit(page, "main form", typed(two[0], minimum_order="25"), expect=409)

    assert "77" in page.select_one(".edit-grid").text
    assert facts(session, "A-1")[0] == 77

    noy.submit(page, "main form", {})

    assert facts(session, "A-1")[0] == 25, "a second press is meant"


def test_products_of_others_are_not_changed(noy, make, cast, session):
    other = make.submitted_product(member=make.member(consortium=cast.silk), reference="SILK-1")

    noy.post(
        "desk.save_products",
        {"product": other.public_id, **typed(other, minimum_order="25", opened_version="1")},
        slug=cast.silver.slug,
    )

    assert facts(session, "SILK-1")[0] == 10


def test_an_address_with_strange_names_is_harmless(noy, two, cast):
    noy.open(f"/desk/{cast.silver.slug}/products/edit?_scheme=x&endpoint=y&slug=z&_external=1&status=draft")
    noy.open(f"/desk/{cast.silver.slug}/translate/{two[0].public_id}?_scheme=x&endpoint=y&product_id=z&from_en=name")
