"""A list shown by link: as it is today, without a word of its owner; to be copied, and to be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from catalogue.inquiries import lists
from catalogue.inquiries.models import InquiryList, InquiryListItem, ListLink
from catalogue.products import listing
from tests.factories import Make
from tests.visitor import Visitor


@pytest.fixture
def owner(visitor, bowl, scarf):
    """A visitor with a bowl, a scarf and something in words in the list."""
    for product in (bowl, scarf):
        gather(visitor, product, quantity="40")
    words = {"words-description": "ZZWORDS a cup", "words-quantity": "3", "words-note": "ZZNOTE"}
    visitor.post("storefront.add_words", words, slug=bowl.consortium.slug, hidden=False, csrf=False, follow=False)
    return visitor


@pytest.fixture
def colleague(app, make):
    return Visitor(app, make)


def gather(visitor: Visitor, product: Any, **fields: str) -> None:
    data = {"product": product.public_id, **fields}
    visitor.post("storefront.add_to_list", data, slug=product.consortium.slug, follow=False, csrf=False)


def change(visitor: Visitor, data: dict[str, str], **options: Any) -> Any:
    return visitor.submit(visitor.get("storefront.inquiry_list"), "form[data-keep]", data, **options)


def link_of(visitor: Visitor) -> str:
    """Make the link, and read its path from the page."""
    page = change(visitor, {"open_link": "1"})
    return page.select_one("#link-address")["value"].removeprefix(visitor.site)


def items(session) -> list[InquiryListItem]:
    return list(session.scalars(select(InquiryListItem).order_by(InquiryListItem.id)))


@pytest.mark.parametrize("language", ["en", "lo"])
def test_the_link_shows_the_products_of_today(owner, colleague, bowl, scarf, language):
    page = colleague.open(link_of(owner.speaking(language)))

    assert page.html["lang"] == language
    for product in (bowl, scarf):
        assert product.reference in page.main.text
        assert product.published.name.in_(language) in page.main.text
    assert "40" in page.select_one(".line").text


def test_it_is_the_living_list(owner, colleague, make: Make, bowl):
    address = link_of(owner)
    gather(owner, make.product(consortium=bowl.consortium))

    assert len(colleague.open(address).select(".line")) == 3


def test_nothing_that_its_owner_wrote_is_on_it(owner, colleague, session):
    item = items(session)[0]
    change(owner, {f"line-{item.public_id}-note": "ZZNOTE", f"line-{item.public_id}-target_price": "777.7"})

    page = colleague.open(link_of(owner))

    assert "ZZ" not in str(page)
    assert "777" not in str(page)


def test_it_is_kept_and_listed_nowhere(owner, colleague):
    page = colleague.open(link_of(owner))

    headers = colleague.response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_what_was_withdrawn_is_said_and_not_shown(owner, colleague, make: Make, session, bowl):
    address, name = link_of(owner), bowl.published.name.en
    listing.withdraw(session, bowl, by=None, at=make.later())

    page = colleague.open(address)

    assert "no longer" in page.select_one(".notice-warning").text
    assert bowl.reference in page.main.text
    assert name not in page.select_one(".line").text


def test_its_products_go_into_ones_own_list(owner, colleague, session, bowl, scarf, make: Make):
    gather(colleague, bowl, quantity="7")
    page = colleague.open(link_of(owner))

    for _time in range(2):
        colleague.submit(page, "main form", follow=False)

    mine = [item for item in items(session) if item.inquiry_list.items[0].quantity == 7]
    assert [(item.product, item.quantity) for item in mine] == [(bowl, 7), (scarf, 40)]
    assert colleague.client.get_cookie("list_count", domain="127.0.0.1").value == "2"


def test_a_sample_that_was_asked_for_goes_along(owner, colleague, session):
    change(owner, {f"line-{items(session)[0].public_id}-sample": "y"})
    page = colleague.open(link_of(owner))

    colleague.submit(page, "main form", follow=False)

    assert "Sample first" in page.main.text
    assert sum(item.wants_sample for item in items(session)) == 2


def test_who_has_no_list_yet_gets_one(owner, colleague):
    page = colleague.open(link_of(owner))

    page = colleague.submit(page, "main form")

    assert colleague.address.endswith("/en/inquiry-list#added") or "/en/inquiry-list" in colleague.address
    assert len(page.select(".line")) == 2


def test_what_found_no_place_is_said(owner, colleague, make: Make, monkeypatch):
    address = link_of(owner)
    monkeypatch.setattr(lists, "MOST_LINES", 2)
    gather(colleague, make.product())
    page = colleague.open(address)

    page = colleague.submit(page, "main form", expect=200)

    assert "1 product" in page.select_one(".notice-error").text
    assert len(page.select(".line")) == 2


def test_copying_keeps_the_list_for_longer(owner, colleague, session):
    page = colleague.open(link_of(owner))
    kept = session.scalars(select(InquiryList)).one()
    kept.changed_at -= timedelta(days=20)
    before = kept.changed_at

    colleague.submit(page, "main form")

    session.expire_all()
    assert kept.changed_at - before > timedelta(days=19)


def test_its_owner_is_told_that_it_is_the_own_list(owner):
    page = owner.open(link_of(owner))
    assert page.select("main form button") == []


def test_a_link_that_was_taken_back_opens_nothing_and_the_next_is_another(owner, colleague):
    old = link_of(owner)
    page = change(owner, {"close_link": "1"})
    assert not page.select_one("#link-address")

    new = link_of(owner)

    assert old != new
    colleague.open(old, expect=410)
    colleague.send(old, {}, expect=410)
    colleague.open(new)


def test_a_link_taken_back_for_good_is_over(owner, colleague):
    address = link_of(owner)
    change(owner, {"close_link": "1"})
    colleague.open(address, expect=410)


def test_making_the_link_twice_is_one_link(owner, session):
    assert link_of(owner) == link_of(owner)
    assert len(list(session.scalars(select(ListLink)))) == 1


def test_a_list_that_nobody_touched_for_thirty_days_is_gone(owner, colleague, session):
    address = link_of(owner)
    session.scalars(select(InquiryList)).one().changed_at -= timedelta(days=31)

    colleague.open(address, expect=404)
    colleague.send(address, {}, expect=404)


@pytest.mark.parametrize("token", ["x" * 42, "short", "a" * 42])
def test_a_wrong_link_shows_nothing(visitor, token):
    visitor.open(f"/en/l/{token}", expect=404)


def test_many_wrong_links_meet_429(visitor, monkeypatch):
    from catalogue.web.storefront import saved_list

    monkeypatch.setattr(saved_list, "MOST_WRONG_LINKS_AN_HOUR", 2)
    for expect in (404, 404, 429):
        visitor.open(f"/en/l/{'x' * 42}", expect=expect)


def test_a_link_of_another_kind_opens_no_list(app, owner, colleague, session):
    from catalogue.inquiries.links import token_of
    from catalogue.notices.addresses import token_maker

    link_of(owner)
    with app.app_context():
        token = token_of(session.scalars(select(ListLink)).one(), token_maker(), "buyer")
    colleague.open(f"/en/l/{token}", expect=404)
    colleague.open(f"/en/i/{token}", expect=404)


def test_another_site_copies_nothing(owner, colleague, session):
    address = link_of(owner)
    before = len(items(session))

    colleague.send(address, {}, headers={"Origin": "https://elsewhere.example"}, expect=403)

    assert len(items(session)) == before


def test_a_list_that_was_sent_is_empty_and_says_why(visitor, colleague, bowl):
    gather(visitor, bowl)
    address = link_of(visitor)
    filled = {"name": "Ana", "email": "ana@buyer.example", "country": "DE", "message": "Hello"}
    visitor.get("storefront.ask_all")
    visitor.submit(visitor.page, "main form", filled)

    assert colleague.open(address).select_one(".empty a")
