"""Cards of products are written once, and anew for everything that makes them differ."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from catalogue.consortia import founding
from catalogue.consortia.showing import bump
from catalogue.extensions import db
from catalogue.products import at_hand
from catalogue.products.content import Tier
from catalogue.text import Bilingual
from catalogue.web import content
from catalogue.web.loaders import consortium_at
from catalogue.web.pieces import piece_at_hand
from catalogue.web.storefront.network import Origin


@pytest.fixture
def bowl(make):
    return make.product(
        name=Bilingual("ຂັນເງິນ", "Silver bowl"),
        net_weight_g=Decimal(100),
        fineness=1000,
        tiers=(Tier(1, Decimal(50)),),
        minimum_order=3,
    )


@pytest.fixture
def card(app, session, bowl):
    """The bowl's card on a page, written twice: anew, and as it is kept. Pages are kept too, so none is opened."""

    def written(lang="en", **look):
        session.commit()
        with app.test_request_context(f"/{lang}/{bowl.consortium.slug}/products"):
            app.preprocess_request()
            consortium = consortium_at(bowl.consortium.slug)
            texts = []
            for _time in range(2):
                (product,) = at_hand.cards(db.session, [bowl.id], [consortium])
                texts.append(piece_at_hand(product, consortium, lang, **look))
        assert texts[0] == texts[1]
        return BeautifulSoup(texts[0], "html5lib").select_one(".card")

    return written


def test_a_kept_card_speaks_the_language_of_its_page(card):
    assert [card(lang).h3.get_text() for lang in ("en", "lo", "en")] == ["Silver bowl", "ຂັນເງິນ", "Silver bowl"]


def test_a_change_of_the_product_is_written(card, session, bowl):
    card()
    bowl.published.minimum_order = 7
    bump(session, bowl.consortium)
    assert "min. 7" in card().get_text()


def test_a_change_of_the_consortium_is_written(card, session, bowl):
    card()
    bowl.consortium.slug = "another-place"
    bump(session, bowl.consortium)
    assert card().h3.a["href"].startswith("/en/another-place/products/")


def test_a_new_metal_reference_is_written(card, session, bowl, at):
    given = {"metal": "silver", "currency": "USD", "source": Bilingual(en="LBMA"), "by": None, "at": at}
    for price, said in [(Decimal(1), "US$150"), (Decimal(2), "US$250")]:
        founding.set_metal_reference(session, bowl.consortium, on=at.date(), price_per_gram=price, **given)
        assert said in card().get_text()


def test_the_metal_reference_of_a_new_day_is_written(card, session, make, bowl, monkeypatch):
    today = content.today()
    for days, price in [(0, 1), (1, 2)]:
        make.metal_reference(bowl.consortium, on=today + timedelta(days), price_per_gram=Decimal(price))
    bump(session, bowl.consortium)
    assert "US$150" in card().get_text()
    monkeypatch.setattr("catalogue.web.pieces.today", lambda: today + timedelta(1))
    monkeypatch.setattr(content, "today", lambda: today + timedelta(1))
    assert "US$250" in card().get_text()


@pytest.mark.parametrize(
    ("query", "marks"), [("bowl", ["bowl"]), ("silver", ["Silver"]), ("silver bowl", ["Silver", "bowl"])]
)
def test_each_search_marks_its_own_words(card, query, marks):
    found = card(query=query)
    assert [mark.get_text() for mark in found.h3.select("mark")] == marks
    assert found.h3.get_text() == "Silver bowl"
    assert not card().select("mark")


def test_each_look_is_its_own(card):
    origin = Origin("silver", "silver", "Silver")
    assert card().select_one("form.add")
    assert not card(plain=True).select_one("form.add")
    assert card(origin=origin).select_one(".card-from").get_text() == "Silver"
    assert card(lead=True)["class"] == ["card", "card-lead"]
    assert card()["class"] == ["card"]
