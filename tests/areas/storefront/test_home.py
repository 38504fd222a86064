"""The home of a consortium."""

import json

import pytest

from catalogue.products import listing


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


def stated(page):
    return [" ".join(row.get_text(" ", strip=True).replace("\xa0", " ").split()) for row in page.select(".sums dd")]


def test_the_home_says_what_members_make_together(visitor, make):
    silver = make.consortium(slug="silver")
    one, other, third = (make.member(consortium=silver) for _each in range(3))
    for member, capacity in [(one, 40), (one, 25), (other, 33), (third, None)]:
        make.product(member=member, category="bowls", monthly_capacity=capacity)
    make.product(member=one, category="boxes", monthly_capacity=500)

    page = visitor.get("storefront.home", slug="silver")

    assert stated(page) == ["about 73 pieces stated by 2 members"]
    assert page.select_one('.sums a[href="/en/silver/products?category=bowls"]')


def test_what_is_withdrawn_is_no_longer_made_together(visitor, make):
    silver = make.consortium(slug="silver")
    make.product(member=make.member(consortium=silver), monthly_capacity=40)
    leaving = make.product(member=make.member(consortium=silver), monthly_capacity=30)
    assert stated(visitor.get("storefront.home", slug="silver"))

    listing.withdraw(make.session, leaving, by=None, at=make.later())
    make.keep(leaving)

    assert not visitor.get("storefront.home", slug="silver").select(".together")


def test_what_one_member_makes_is_nobody_elses_business(visitor, make):
    bowl = make.product(monthly_capacity=40)
    make.product(member=bowl.member, monthly_capacity=60)
    assert not visitor.get("storefront.home", slug=bowl.consortium.slug).select(".together")


def test_three_makers_are_shown_of_many(visitor, make):
    silver = make.consortium(slug="silver")
    for _each in range(5):
        make.member(consortium=silver)
    page = visitor.get("storefront.home", slug="silver")
    assert len(page.select(".maker")) == 3
    assert page.select_one('a[href="/en/silver/makers"].textlink').get_text(strip=True) == "All 5 makers"


def test_a_consortium_without_a_photograph_shows_its_own_cloth(visitor, make):
    make.consortium(slug="vientiane-smiths", sector_key="silver")
    page = visitor.get("storefront.home", slug="vientiane-smiths")
    assert page.select_one(".hero-emblem svg")
    icon = page.select_one('link[rel="icon"]')["href"]
    assert icon == "/emblems/silver/vientiane-smiths.svg"
    assert visitor.client.get(icon).mimetype == "image/svg+xml"
    assert visitor.client.get("/emblems/silver/Not a slug.svg").status_code == 404
