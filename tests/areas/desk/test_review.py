"""Reviewing what members sent."""

import pytest
from sqlalchemy import select

from catalogue.products.models import ListingStatus, Product
from catalogue.text import Bilingual


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def sent(make, cast):
    return make.submitted_product(member=cast.firm_a)


def of(product):
    return {"slug": product.consortium.slug, "product_id": product.public_id}


def test_queue_shows_what_was_sent(noy, sent):
    page = noy.get("desk.review", slug=sent.consortium.slug)

    assert sent.reference in page.text


def test_publishing_shows_it_to_the_public(noy, sent, session):
    noy.post("desk.publish", {}, **of(sent))

    product = session.scalar(select(Product))
    assert product.status is ListingStatus.PUBLISHED
    assert product.published_id == product.working_id


def test_a_contact_in_the_text_stops_publication_and_is_marked(noy, make, cast, session):
    leaky = make.submitted_product(member=cast.firm_a, description=Bilingual("ໂທ 020 5555 1234", "Made with care"))

    page = noy.post("desk.publish", {}, expect=422, **of(leaky))

    assert "020 5555 1234" in page.select_one("mark").text
    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


def test_what_is_missing_stops_publication_and_is_named(noy, make, cast, session):
    half = make.submitted_product(member=cast.firm_a, name=Bilingual(lo="ຂັນເງິນ"))

    page = noy.post("desk.publish", {}, expect=422, **of(half))

    assert "Name, in English" in page.text
    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


def test_sending_back_keeps_the_reason_beside_its_field(noy, visitor, sent, cast, session):
    noy.post("desk.return_to_member", {"reason-name": "ຂຽນຊື່ໃຫ້ເຕັມ"}, **of(sent))

    assert session.scalar(select(Product)).status is ListingStatus.RETURNED
    page = visitor.signed_in_as(cast.bounmy).get("studio.product", product_id=sent.public_id)
    assert "ຂຽນຊື່ໃຫ້ເຕັມ" in page.select_one(".fix").text


def test_sending_back_without_a_reason_is_explained(noy, sent, session):
    noy.post("desk.return_to_member", {}, expect=422, **of(sent))

    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


def test_the_second_of_two_managers_is_told(noy, sent, session):
    noy.post("desk.publish", {}, **of(sent))

    page = noy.post("desk.return_to_member", {"reason-name": "ບໍ່ດີ"}, **of(sent))

    assert "Somebody was a moment before you" in page.text
    assert session.scalar(select(Product)).status is ListingStatus.PUBLISHED


def test_withdrawing_takes_it_out(noy, make, cast, session):
    shown = make.product(member=cast.firm_a)

    noy.post("desk.withdraw", {}, **of(shown))

    assert session.scalar(select(Product)).status is ListingStatus.WITHDRAWN


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_publishes(visitor, cast, sent, session, who):
    visitor.signed_in_as(getattr(cast, who)).post("desk.publish", {}, expect=403, **of(sent))

    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED
