"""One person who helps several firms."""

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia.maker_models import MakerPage, PageState
from catalogue.consortia.models import RoleName


@pytest.fixture
def daughter(make, cast):
    """Helps firm A and a firm of the silk consortium."""
    someone = make.maker(cast.firm_a, name="Daughter")
    make.role(someone, RoleName.MEMBER, member=make.member(consortium=cast.silk))
    return someone


@pytest.fixture
def phone(visitor, daughter):
    return visitor.signed_in_as(daughter)


def other_firm(page):
    return page.select_one("main .firms-own form:has(button:not([aria-current]))")


def test_the_switch_leads_to_the_other_firm_and_is_logged(phone, session, daughter):
    page = phone.get("studio.choose_firm")
    assert len(page.select(".firms-own form")) == 2
    name = other_firm(page).select_one("b").text

    page = phone.submit(page, f"form[action='{other_firm(page)['action']}']")

    assert name.strip() in page.select_one(".studio-brand").text
    entry = session.scalars(select(Entry).where(Entry.action == "firm.chosen")).one()
    assert entry.actor == f"person:{daughter.id}"


def test_whoever_helps_one_firm_sees_no_switch(visitor, cast):
    page = visitor.signed_in_as(cast.bounmy).get("studio.products")
    assert not page.select("a.firm-switch")


def test_the_firm_of_others_cannot_be_chosen(phone, cast):
    phone.post("studio.switch_firm", {}, firm_id=cast.firm_b.public_id, expect=404)


def test_a_product_of_the_other_firm_opens_without_switching(phone, make, cast):
    product = make.draft_product(member=cast.firm_a)
    page = phone.get("studio.choose_firm")
    phone.submit(page, f"form[action='{other_firm(page)['action']}']")

    phone.get("studio.product", product_id=product.public_id)


def test_nothing_of_firms_that_one_does_not_help(phone, make, cast):
    theirs = make.draft_product(member=cast.firm_b)
    phone.get("studio.product", product_id=theirs.public_id, expect=404)


def test_a_form_for_a_firm_that_is_no_longer_ones_own_saves_nowhere(phone, cast, session):
    page = phone.get("studio.our_page")
    assert {each["value"] for each in page.select("main input[name=firm]")} == {cast.firm_a.public_id}

    phone.post("studio.edit_our_page", {"firm": cast.firm_b.public_id, "name_lo": "ຂອງຄົນອື່ນ"}, expect=404)
    assert session.scalar(select(MakerPage)) is None


def test_a_form_that_stood_open_saves_where_it_was_begun(phone, cast, session, daughter):
    begun = phone.get("studio.our_page")
    page = phone.get("studio.choose_firm")
    phone.submit(page, f"form[action='{other_firm(page)['action']}']")

    phone.submit(begun, "form[action$='/our-page']", {"story_lo": "ເລື່ອງຂອງໂຮງຊ່າງ ກ"})
    assert session.scalars(select(MakerPage.member_id).where(MakerPage.state == PageState.DRAFT)).all() == [
        cast.firm_a.id
    ]
