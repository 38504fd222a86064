"""The home of a consortium."""

import json

import pytest


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_the_home_shows_pieces_and_the_way_to_ask(visitor, make, lang):
    bowl = make.product()
    page = visitor.speaking(lang).get("storefront.home", slug=bowl.consortium.slug)
    assert page.select_one(f'.card a[href*="{bowl.public_id}"]')
    assert page.select_one(f'form[action="/{lang}/{bowl.consortium.slug}/products"] input[name=q]')
    assert page.select_one(f'a[href="/{lang}/{bowl.consortium.slug}/how-to-order#divided"]')


def test_a_consortium_without_products_has_a_home(visitor, make):
    consortium = make.consortium(slug="empty")
    page = visitor.get("storefront.home", slug="empty")
    assert page.h1.get_text() == consortium.tagline.en
    assert not page.select(".card")


def test_other_consortia_are_shown_and_not_itself(visitor, make):
    make.consortium(slug="silver")
    make.consortium(slug="silk", sector_key="silk")
    page = visitor.get("storefront.home", slug="silver")
    assert [link["href"] for link in page.select(".others a")] == ["/en/silk/"]


def test_nobody_lives_at_an_unknown_slug(visitor):
    visitor.open("/en/nobody/", expect=404)
    visitor.open("/lo/nobody/products", expect=404)


def test_machines_read_one_contact(visitor, make):
    consortium = make.consortium()
    page = visitor.get("storefront.home", slug=consortium.slug)
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert data["@type"] == "Organization"
    assert data["contactPoint"]["email"] == consortium.shared_contact_email


@pytest.mark.parametrize(("is_demo", "lines"), [(True, 1), (False, 0)])
def test_a_demonstration_says_so(visitor, make, is_demo, lines):
    consortium = make.consortium(is_demo=is_demo)
    assert len(visitor.get("storefront.home", slug=consortium.slug).select(".demo")) == lines
