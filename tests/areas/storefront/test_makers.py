"""The makers, without a way around the office."""

import pytest

from catalogue.consortia.models import MemberStatus
from catalogue.text import Bilingual


@pytest.fixture
def workshop(make):
    return make.member(
        consortium=make.consortium(slug="silver"),
        slug="three-lotuses",
        name=Bilingual("ໂຮງຊ່າງສາມດອກບົວ", "Workshop of the Three Lotuses"),
        province=Bilingual("ວຽງຈັນ", "Vientiane"),
        story=Bilingual("ເລື່ອງ", "Three generations of patterns."),
        techniques=["raising", "chasing"],
        since=1998,
        people=6,
    )


def test_all_active_members_are_listed(visitor, make, workshop):
    left = make.member(consortium=workshop.consortium, status=MemberStatus.LEFT)
    make.product(member=workshop)
    page = visitor.get("storefront.makers", slug="silver")
    words = page.select_one(".maker").get_text(" ", strip=True)
    for expected in (
        "Workshop of the Three Lotuses",
        "ໂຮງຊ່າງສາມດອກບົວ",
        "Vientiane",
        "since 1998",
        "6 people",
        "1 product",
    ):
        assert expected in words
    assert left.name.en not in page.get_text()


def test_one_maker(visitor, make, workshop):
    bowl = make.product(member=workshop)
    other = make.product(consortium=workshop.consortium)
    page = visitor.get("storefront.maker", slug="silver", maker_slug="three-lotuses")
    assert page.h1.get_text(strip=True) == "Workshop of the Three Lotuses"
    assert "Three generations of patterns." in page.get_text()
    assert page.select_one(f'a[href*="{bowl.public_id}"]')
    assert not page.select(f'a[href*="{other.public_id}"]')


def test_who_left_and_who_never_was_are_not_found(visitor, make, workshop):
    make.member(consortium=workshop.consortium, slug="gone", status=MemberStatus.LEFT)
    make.member(slug="elsewhere")
    for slug in ("gone", "elsewhere", "nobody"):
        visitor.get("storefront.maker", expect=404, slug="silver", maker_slug=slug)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_the_guide(visitor, workshop, lang):
    page = visitor.speaking(lang).get("storefront.how_to_order", slug="silver")
    assert page.select_one("#divided")
    assert "FCA Vientiane" in page.get_text()
