"""Inviting people of a firm from the desk: two clicks to a card on paper."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalogue.accounts.models import Person, SignIn
from catalogue.consortia import cards
from catalogue.consortia.card_models import Card
from catalogue.consortia.models import Role
from catalogue.tokens import TokenMaker


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def here(cast):
    return {"slug": cast.silver.slug, "member_id": cast.firm_a.public_id}


def test_two_clicks_to_a_card_on_paper(noy, cast, here, settings, session):
    cast.bounmy.language = "lo"
    page = noy.get("desk.member", **here)

    page = noy.submit(page, f"form[action$='{cast.bounmy.public_id}/card']")

    card = session.scalars(select(Card)).one()
    address = f"{settings.SITE_URL}/sign-in/card/{cards.token_of(card, TokenMaker(settings.SECRET_KEY))}"
    assert page.select_one(".cards-link code").text == address
    paper = page.select_one("article.card-paper")
    assert paper["lang"] == "lo"
    assert paper.select_one(".card-square svg path")
    assert len(paper.select(".card-steps img")) == 3
    assert "ສ່ອງກ້ອງ" in paper.text
    assert cast.silver.shared_contact_phone in paper.text
    assert card.made_by_id == cast.noy.id


def test_somebody_new_gets_a_card_at_once(noy, here, session, cast):
    page = noy.post("desk.add_person", {"name": "  ນາງ ຈັນ ", "language": "lo"}, **here)

    assert "ນາງ ຈັນ" in page.select_one("article.card-paper h2").text
    added = session.scalars(select(Person).where(Person.name == "ນາງ ຈັນ")).one()
    assert session.scalars(select(Role).where(Role.person_id == added.id)).one().member_id == cast.firm_a.id


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 500])
def test_a_person_needs_a_name_that_can_be_read(noy, here, session, name, cast):
    assert cast.bounmy
    page = noy.post("desk.add_person", {"name": name, "language": "lo"}, expect=422, **here)
    assert page.select_one("#name-error")
    assert session.scalar(select(func.count()).select_from(Card)) == 0


def test_a_sheet_holds_every_open_card_four_on_a_page(noy, make, cast, here):
    for number in range(5):
        make.card(cast.firm_a, make.maker(cast.firm_a, name=f"Person {number}"))
    make.card(cast.firm_b, cast.somchan)

    assert len(noy.get("desk.cards_of_member", **here).select("article.card-paper")) == 5
    page = noy.get("desk.cards", slug=cast.silver.slug)
    assert [len(sheet.select("article")) for sheet in page.select(".cards-sheet")] == [4, 2]


def test_cards_for_everybody_who_cannot_come_in(noy, make, cast):
    for name in ("A", "B"):
        make.maker(cast.firm_a, name=name, email=None, password_hash=None)
    assert cast.somchan.password_hash

    page = noy.post("desk.make_cards", {}, slug=cast.silver.slug)

    assert {h2.text for h2 in page.select("article.card-paper h2")} == {"A", "B"}
    assert noy.post("desk.make_cards", {}, slug=cast.silver.slug).select_one(".notice-success")


def test_a_card_that_is_over_is_not_printed_any_more(noy, make, cast, here, session):
    card = make.card(cast.firm_a, cast.bounmy)
    noy.get("desk.card", card_id=card.public_id, **here)

    noy.post("desk.revoke_card", {}, card_id=card.public_id, **here)

    noy.get("desk.card", card_id=card.public_id, expect=404, **here)
    session.refresh(card)
    assert card.revoked_at


def test_a_lost_phone_is_cut_off_from_the_desk(noy, visitor, make, cast, here, session):
    phone = visitor.signed_in_as(cast.bounmy)
    phone.get("studio.products")
    page = noy.get("desk.member", **here)
    assert "with password" in page.select_one(".someone-phones").text

    noy.submit(page, "form[action$='/cut-off']")

    phone.get("studio.products", expect=303, follow=False)


def test_a_phone_of_another_firm_is_not_cut_off_from_here(noy, visitor, cast, here, session):
    visitor.signed_in_as(cast.somchan)
    visitor.signed_in_as(cast.bounmy)
    others = session.scalar(select(SignIn.id).where(SignIn.person_id == cast.somchan.id))

    for person in (cast.bounmy, cast.somchan):
        noy.post("desk.cut_off_phone", {}, person_id=person.public_id, phone_id=others, **here)

    assert session.get(SignIn, others)


def test_somebody_who_left_the_firm_is_out(noy, visitor, cast, here):
    phone = visitor.signed_in_as(cast.bounmy)

    noy.post("desk.let_go", {}, person_id=cast.bounmy.public_id, **here)

    phone.get("studio.products", expect=303, follow=False)


def test_things_of_another_firm_are_not_found(noy, make, cast, here):
    card = make.card(cast.firm_b, cast.somchan)
    noy.get("desk.card", card_id=card.public_id, expect=404, **here)
    noy.post("desk.make_card", {}, person_id=cast.somchan.public_id, expect=404, **here)
    noy.post("desk.let_go", {}, person_id=cast.somchan.public_id, expect=404, **here)
    noy.post("desk.revoke_card", {}, card_id=card.public_id, **here)
    assert card.revoked_at is None


def test_a_firm_of_another_consortium_is_not_found(noy, make, cast):
    elsewhere = make.member(consortium=cast.silk)
    noy.get("desk.member", slug=cast.silver.slug, member_id=elsewhere.public_id, expect=404)
    noy.get("desk.member", slug=cast.silk.slug, member_id=elsewhere.public_id, expect=403)


ACTS = ["add_person", "make_cards", "change_contact", "work_on_behalf", "make_card", "let_go", "new_member"]


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
@pytest.mark.parametrize("act", ACTS)
def test_nobody_but_the_manager(visitor, cast, here, who, act, session):
    values = {**here, "person_id": cast.bounmy.public_id}
    known = {name: values[name] for name in visitor.app.url_map._rules_by_endpoint[f"desk.{act}"][0].arguments}

    visitor.signed_in_as(getattr(cast, who)).post(f"desk.{act}", {"name": "X"}, expect=403, **known)

    assert session.scalar(select(func.count()).select_from(Card)) == 0


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_sees_a_card(visitor, make, cast, here, who):
    card = make.card(cast.firm_a, cast.bounmy)
    browser = visitor.signed_in_as(getattr(cast, who))
    browser.get("desk.card", card_id=card.public_id, expect=403, **here)
    browser.get("desk.cards", slug=cast.silver.slug, expect=403)
    browser.get("desk.member", expect=403, **here)


def test_a_card_is_over_after_two_weeks(noy, make, cast, here):
    card = make.card(cast.firm_a, cast.bounmy)
    card.ends_at -= timedelta(days=14)
    make.keep(card)
    noy.get("desk.card", card_id=card.public_id, expect=404, **here)
