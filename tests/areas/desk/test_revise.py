"""The office's own hand: the whole form on the desk, and two people who write into it at once."""

import json

import pytest
from sqlalchemy import select

from catalogue.products import conflict, editing
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.text import Bilingual


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def vone(visitor, make, cast):
    person = make.person(name="Vone", language="en")
    make.role(person, "manager", consortium=cast.silver)
    return visitor.signed_in_as(person)


@pytest.fixture
def sent(make, cast):
    return make.submitted_product(member=cast.firm_a)


def of(product):
    return {"slug": product.consortium.slug, "product_id": product.public_id}


def filled(page, **typed):
    """What a browser would send of the form of this page, with these fields typed."""
    form = page.select_one("form.whole-form")
    values = {each["name"]: each.get("value", "") for each in form.select("input[name]") if _is_sent(each)}
    values |= {each["name"]: each.text.strip("\n") for each in form.select("textarea")}
    for each in form.select("select"):
        chosen = each.select_one("option[selected]")
        values[each["name"]] = chosen["value"] if chosen else ""
    return values | typed


def _is_sent(control):
    return control.get("type") not in ("checkbox", "radio") or control.has_attr("checked")


def test_the_whole_form_shows_what_stands_there_and_saves_it(noy, sent, session, cast):
    page = noy.get("desk.revise", **of(sent))

    noy.post("desk.revise", filled(page, name_en="Large bowl", then="keep"), **of(sent))

    product = session.scalar(select(Product))
    assert (product.stage, product.working.name) == (ListingStatus.SUBMITTED, Bilingual("ຂັນເງິນ", "Large bowl"))
    assert product.working.materials == ["silver"]
    assert [tier.quantity for tier in product.working.tiers] == [10, 50]
    assert product.working.created_by == cast.noy.id


def test_it_is_published_at_once_where_that_is_asked(noy, sent, session):
    page = noy.get("desk.revise", **of(sent))

    noy.post("desk.revise", filled(page, name_en="Large bowl", then="publish"), **of(sent))

    assert session.scalar(select(Product)).published.name.en == "Large bowl"


@pytest.mark.parametrize("state", ["draft_product", "returned_product", "product", "withdrawn_product"])
def test_it_opens_in_every_stage(noy, make, cast, session, state):
    product = getattr(make, state)(member=cast.firm_a)
    page = noy.get("desk.revise", **of(product))

    noy.post("desk.revise", filled(page, name_en="Large bowl", then="publish"), **of(product))

    product = session.scalar(select(Product))
    assert (product.status, product.published.name.en) == (ListingStatus.PUBLISHED, "Large bowl")


def test_with_a_contact_it_is_saved_and_marked_but_not_published(noy, sent, session):
    page = noy.get("desk.revise", **of(sent))

    page = noy.post("desk.revise", filled(page, care_lo="ໂທ 020 5555 1234", then="publish"), **of(sent))

    assert page.select_one("mark.contact").text == "020 5555 1234"
    product = session.scalar(select(Product))
    assert (product.status, product.working.care.lo) == (ListingStatus.SUBMITTED, "ໂທ 020 5555 1234")


def test_a_wrong_answer_is_explained_beside_its_field(noy, sent, session):
    page = noy.get("desk.revise", **of(sent))

    page = noy.post("desk.revise", filled(page, minimum_order="ten", name_en="Typed"), expect=422, **of(sent))

    assert page.select_one("#minimum_order-error")
    assert page.select_one("#name_en")["value"] == "Typed"
    assert session.scalar(select(ProductVersion.name_en)) == "Silver bowl"


def test_what_was_typed_and_not_understood_waits_in_its_field(noy, make, cast):
    sent = make.submitted_product(member=cast.firm_a, typed={"office_price": "1.250"})

    assert noy.get("desk.revise", **of(sent)).select_one("#office_price")["value"] == "1.250"


# -- two at once --


@pytest.fixture
def clash(noy, vone, sent):
    """Noy and Vone open the form; Noy saves a name and a weight, then Vone another name and another lead time."""
    hers, his = noy.get("desk.revise", **of(sent)), vone.get("desk.revise", **of(sent))
    noy.post("desk.revise", filled(hers, name_en="Noy's bowl", net_weight_g="300", then="keep"), **of(sent))
    typed = filled(his, name_en="Vone's bowl", lead_time_days="44", then="keep")
    return vone.post("desk.revise", typed, expect=409, **of(sent))


def chosen(page):
    return {each["name"].removeprefix("keep-"): each["value"] for each in page.select("input[type=radio][checked]")}


def test_both_versions_stand_side_by_side_and_nothing_is_overwritten(clash, cast, session):
    assert f"{cast.noy.name} was a moment before you" in clash.text
    for words in ("Noy's bowl", "Vone's bowl", "300", "44"):
        assert words in clash.select_one(".clash").text
    newest = session.scalars(select(ProductVersion).order_by(ProductVersion.number.desc())).first()
    assert (newest.name.en, newest.lead_time_days) == ("Noy's bowl", 30)


def test_what_only_one_changed_is_chosen_already(clash):
    assert chosen(clash) == {"name": "mine", "net_weight_g": "saved", "lead_time_days": "mine"}


@pytest.mark.parametrize(("keep", "name"), [("mine", "Vone's bowl"), ("saved", "Noy's bowl")])
def test_the_choice_of_each_field_is_saved(vone, clash, sent, session, keep, name):
    vone.submit(clash, "form[action$=revise]", {"keep-name": keep})

    said = session.scalar(select(Product)).working
    assert (said.name.en, said.net_weight_g, said.lead_time_days) == (name, 300, 44)


def test_a_third_who_saves_meanwhile_is_not_overwritten_either(noy, vone, clash, sent, session):
    page = noy.get("desk.revise", **of(sent))
    noy.post("desk.revise", filled(page, name_en="Third", then="keep"), **of(sent))
    form = {each["name"]: each.get("value", "") for each in clash.select("form[action$=revise] input[type=hidden]")}

    page = vone.post("desk.revise", form | chosen_as_typed(clash), expect=409, **of(sent))

    assert "Third" in page.select_one(".clash").text
    assert session.scalar(select(Product)).working.name.en == "Third"


def chosen_as_typed(page):
    return {f"keep-{part}": value for part, value in chosen(page).items()}


def test_published_meanwhile_is_told(noy, vone, sent, session):
    page = vone.get("desk.revise", **of(sent))
    decided = {"opened_version": sent.version, "verdict-name": "take"}
    noy.post("desk.decide", decided, **of(sent))

    page = vone.post("desk.revise", filled(page, name_en="Late", then="keep"), expect=409, **of(sent))

    assert "published" in page.select_one(".notice").text
    assert session.scalar(select(Product)).published.name.en == "Silver bowl"


def test_marks_that_nobody_made_are_no_harm(noy, sent):
    page = noy.get("desk.revise", **of(sent))
    for shown in ("[]", "x", json.dumps({"name": 7})):
        typed = filled(page, name_en="Other", shown=shown, opened_version="0", then="keep")
        noy.post("desk.revise", typed, expect=409, **of(sent))


def test_the_page_remembers_what_it_showed(noy, sent):
    shown = noy.get("desk.revise", **of(sent)).select_one("[name=shown]")["value"]

    assert json.loads(shown) == conflict.marks_of(editing.content_of(sent.working))


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_writes_here(visitor, cast, sent, who):
    visitor.signed_in_as(getattr(cast, who)).post("desk.revise", {}, expect=403, **of(sent))


def test_marks_that_nobody_can_read_are_no_marks(visitor, cast, make):
    product = make.draft_product(member=cast.firm_a)
    sent = {"shown": "[" * 100_000, "opened_version": "0", "name_lo": "ຂັນ"}
    office = visitor.signed_in_as(cast.noy)
    office.post("desk.revise", sent, slug=cast.silver.slug, product_id=product.public_id, expect=409)
