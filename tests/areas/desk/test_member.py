"""One firm at the desk: contact kept apart, and working on its behalf."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from catalogue.accounts.models import SignIn
from catalogue.activity.models import Entry
from catalogue.consortia.models import MemberContact, Role
from catalogue.products.models import Product


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def here(cast):
    return {"slug": cast.silver.slug, "member_id": cast.firm_a.public_id}


# -- contact --


def test_a_change_of_contact_is_logged_without_what_it_is(noy, here, cast, session):
    page = noy.get("desk.member", **here)
    noy.submit(page, ".member-contact form", {"phone": "020 5555 0999"})

    assert session.scalars(select(MemberContact.phone)).one() == "020 5555 0999"
    entry = session.scalars(select(Entry).where(Entry.action == "member.contact_changed")).one()
    assert (entry.data, entry.actor) == ({"fields": ["phone"]}, f"person:{cast.noy.id}")
    assert entry.text_hash is None


def test_saving_the_same_contact_logs_nothing(noy, here, session):
    page = noy.get("desk.member", **here)
    noy.submit(page, ".member-contact form")
    assert session.scalars(select(Entry).where(Entry.action == "member.contact_changed")).all() == []


def test_a_wrong_address_is_explained_and_kept(noy, here):
    page = noy.post("desk.change_contact", {"email": "not an address", "phone": "1"}, expect=422, **here)
    assert page.select_one("#email-error")
    assert page.select_one("#email")["value"] == "not an address"


# -- on behalf --


@pytest.fixture
def on_behalf(noy, here):
    noy.post("desk.work_on_behalf", {}, **here)
    assert noy.address == "/studio/"
    return noy


def test_every_page_says_on_whose_behalf(on_behalf, make, cast):
    product = make.draft_product(member=cast.firm_a)
    pages = [
        on_behalf.get("studio.products"),
        on_behalf.get("studio.product", product_id=product.public_id),
        on_behalf.get("desk.inbox", slug=cast.silver.slug, expect=403),
        on_behalf.open("/studio/not-here", expect=404),
    ]
    for page in pages:
        assert cast.firm_a.name.en in page.select_one(".on-behalf p").text
        assert page.select_one(".on-behalf form")["action"] == "/on-behalf/end"


def test_nothing_else_is_open_meanwhile(on_behalf, cast, make, here):
    inquiry = make.inquiry(products=[make.product(member=cast.firm_a)])
    on_behalf.get("desk.inquiry", slug=cast.silver.slug, inquiry_id=inquiry.public_id, expect=403)
    on_behalf.get("desk.member", expect=403, **here)
    on_behalf.post("desk.make_cards", {}, slug=cast.silver.slug, expect=403)
    on_behalf.get("signin.account", expect=403)
    other = make.draft_product(member=cast.firm_b)
    on_behalf.get("studio.product", product_id=other.public_id, expect=404)


def test_the_button_ends_it(on_behalf, cast, here):
    page = on_behalf.get("studio.products")
    page = on_behalf.submit(page, ".on-behalf form")

    assert on_behalf.address == f"/desk/{cast.silver.slug}/members/{cast.firm_a.public_id}"
    assert not page.select(".on-behalf")
    on_behalf.get("studio.products", expect=404)


def test_it_is_over_after_two_hours(on_behalf, cast, session, here):
    row = session.scalars(select(SignIn)).one()
    row.on_behalf_until = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()

    page = on_behalf.get("studio.products", expect=404)
    assert f"/members/{cast.firm_a.public_id}" in page.select_one("main a.button")["href"]
    on_behalf.get("desk.member", **here)


def test_what_is_begun_on_behalf_is_marked(on_behalf, cast, session):
    rows = session.scalars(select(Entry).where(Entry.action == "on_behalf.begun")).all()
    assert [row.data["on_behalf_of"] for row in rows] == [cast.firm_a.id]


def test_a_manager_has_no_studio_without_it(noy, cast):
    assert cast.firm_a
    noy.get("studio.products", expect=404)


def test_ending_without_having_begun_is_not_found(noy):
    noy.post("signin.end_on_behalf", {}, expect=404)


def test_the_session_of_a_manager_who_is_one_no_more_opens_nothing(on_behalf, cast, session, at):
    session.scalars(select(Role).where(Role.person_id == cast.noy.id)).one().ended_at = at
    session.commit()
    on_behalf.get("studio.products", expect=404)
    assert session.scalars(select(Product)).all() == []
