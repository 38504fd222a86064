"""A member takes back what was sent, or lets go of a change."""

import pytest
from sqlalchemy import select

from catalogue.products import editing
from catalogue.products.models import ListingStatus, Product


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy)


def test_what_was_sent_is_taken_back(bounmy, make, cast, session):
    sent = make.submitted_product(member=cast.firm_a)

    bounmy.post("studio.take_back", {}, product_id=sent.public_id)

    assert session.scalar(select(Product)).status is ListingStatus.DRAFT


def test_taking_back_too_late_is_explained(bounmy, visitor, make, cast, session):
    shown = make.product(member=cast.firm_a)

    page = bounmy.post("studio.take_back", {}, product_id=shown.public_id)

    assert page.select_one(".notice-error")
    assert session.scalar(select(Product)).status is ListingStatus.PUBLISHED


def test_a_change_is_let_go(bounmy, make, cast, session):
    shown = make.product(member=cast.firm_a)
    editing.edit(session, shown, editing.Content(), opened_version=shown.version, by=cast.bounmy, at=make.later())
    session.commit()

    bounmy.post("studio.discard", {}, product_id=shown.public_id)

    product = session.scalar(select(Product))
    assert (product.proposal, product.working_id) == (None, product.published_id)


@pytest.mark.parametrize("act", ["take_back", "discard"])
def test_another_firm_does_not_find_it(visitor, cast, make, act):
    sent = make.submitted_product(member=cast.firm_a)

    visitor.signed_in_as(cast.somchan).post(f"studio.{act}", {}, expect=404, product_id=sent.public_id)
