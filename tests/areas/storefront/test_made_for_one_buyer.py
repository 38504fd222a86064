"""What is made for one buyer is shown to no other: every public door is tried."""

import pytest

from catalogue.products import listing, rights
from catalogue.products.models import MakingRight
from catalogue.text import Bilingual

NAME = Bilingual("ກ່ອງລາຍມັງກອນ", "Wyvern casket")


@pytest.fixture
def shown(make, cast):
    """Public, with a photograph, beside another of the same category."""
    draft = make.draft_product(member=cast.firm_a, name=NAME)
    photo = make.photo(draft)
    listing.submit(make.session, draft, by=None, at=make.later())
    listing.publish(make.session, draft, by=None, at=make.later())
    make.keep(draft)
    make.product(member=cast.firm_a)
    return draft, photo.file.public_id


@pytest.fixture
def ordered(shown, make, session, cast, at):
    """The same, now made for one buyer."""
    product, _photo = shown
    rights.set_right(
        session, product, MakingRight.BUYER, opened_version=product.version, reason="x", by=cast.noy, at=make.later()
    )
    return make.keep(product)


@pytest.mark.parametrize("door", ["home", "products", "suggestions", "makers", "maker", "inquiry_list", "sitemap"])
def test_no_page_says_its_name(visitor, ordered, cast, door):
    addresses = {
        "home": f"/en/{cast.silver.slug}/",
        "products": f"/en/{cast.silver.slug}/products?q=wyvern",
        "suggestions": f"/en/{cast.silver.slug}/suggestions?q=wyv",
        "makers": f"/en/{cast.silver.slug}/makers",
        "maker": f"/en/{cast.silver.slug}/makers/{cast.firm_a.slug}",
        "inquiry_list": "/en/?q=wyvern",
        "sitemap": f"/sitemap/{cast.silver.slug}-1.xml",
    }
    visitor.open(addresses[door], check=False)

    said = visitor.response.get_data(as_text=True)
    assert "Wyvern casket" not in said
    assert ordered.public_id not in said


def test_the_same_pages_said_it_before(visitor, shown, cast):
    """So that the test above can fail."""
    product, _photo = shown
    for address in (f"/en/{cast.silver.slug}/products", f"/en/{cast.silver.slug}/makers/{cast.firm_a.slug}"):
        visitor.open(address)
        assert "Wyvern casket" in visitor.response.get_data(as_text=True)
    visitor.open(f"/sitemap/{cast.silver.slug}-1.xml")
    assert product.public_id in visitor.response.get_data(as_text=True)


def test_its_own_page_is_not_even_withdrawn(visitor, ordered):
    visitor.get("storefront.product", expect=404, slug=ordered.consortium.slug, product_id=ordered.public_id)


def test_its_photograph_is_not_there(visitor, shown, ordered):
    _product, photo = shown
    visitor.open(f"/media/{photo}/320.jpg", expect=404)


def test_its_line_sheet_is_not_made(visitor, ordered, cast):
    visitor.open(f"/en/{cast.silver.slug}/line-sheet.pdf?product={ordered.public_id}", expect=404, check=False)


def test_it_cannot_be_put_into_an_inquiry_list(visitor, ordered, cast):
    address = f"/en/{cast.silver.slug}/inquiry-list/add"
    visitor.send(address, {"product": ordered.public_id, "quantity": "5"}, expect=404, check=False)


def test_it_cannot_be_inquired_about_by_its_id(visitor, ordered, cast):
    visitor.open(f"/en/{cast.silver.slug}/inquiry?product={ordered.public_id}")
    assert "Wyvern casket" not in visitor.page.text


def test_a_list_that_held_it_before_says_its_name_no_longer(visitor, shown, make, session, cast):
    product, _photo = shown
    visitor.post("storefront.add_to_list", {"product": product.public_id, "quantity": "5"}, slug=cast.silver.slug)
    rights.set_right(
        session, product, MakingRight.BUYER, opened_version=product.version, reason="x", by=cast.noy, at=make.later()
    )
    make.keep(product)

    page = visitor.get("storefront.consortium_list", slug=cast.silver.slug)

    assert "Wyvern casket" not in page.text


def test_its_share_picture_is_not_there(visitor, ordered):
    visitor.open(f"/media/share/en/{ordered.public_id}-{'0' * 12}.jpg", expect=404)
