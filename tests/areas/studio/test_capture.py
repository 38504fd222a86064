"""Photographs first: what makes a product, what does not, and where one goes on."""

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from catalogue.products.models import PhotoKind, Product, ProductPhoto

KEY = "abcdefgh23456723"


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy).speaking("lo")


def picture(colour: str = "#887766") -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.new("RGB", (800, 1000), colour).save(data, "JPEG")
    data.seek(0)
    return data, "ຂັນ.jpg"


def products(session) -> int:
    return session.scalar(select(func.count(Product.id)))


def test_looking_makes_nothing(bounmy, session):
    bounmy.get("studio.new_product")
    bounmy.get("studio.new_question", question_key="what", draft_key=KEY)

    assert products(session) == 0


def test_the_first_photograph_makes_the_product(bounmy, cast, session):
    page = bounmy.get("studio.new_product")

    bounmy.submit(page, "#capture", {"photo-beauty": picture(), "photo-mark": picture("#222222")})

    photos = session.scalars(select(ProductPhoto).order_by(ProductPhoto.position)).all()
    assert [photo.kind for photo in photos] == [PhotoKind.BEAUTY, PhotoKind.MARK]
    assert session.scalar(select(Product)).member == cast.firm_a
    assert bounmy.address.endswith("/capture")


def test_the_same_page_sent_twice_is_one_product_with_one_photograph(bounmy, session):
    page = bounmy.get("studio.new_product")

    for _twice in range(2):
        bounmy.submit(page, "#capture", {"photo-beauty": picture(), "next": "questions"})

    assert (products(session), len(session.scalars(select(ProductPhoto)).all())) == (1, 1)
    assert bounmy.address.endswith("/questions/what")


def test_the_big_button_begins_with_its_photograph(bounmy, session):
    page = bounmy.get("studio.today")

    bounmy.submit(page, "form.camera", {"photo-beauty": picture()})

    assert products(session) == 1
    assert bounmy.address.endswith("/capture")


def test_without_a_photograph_the_way_on_is_said(bounmy, session):
    page = bounmy.get("studio.new_product")

    page = bounmy.submit(page, "#capture", {"next": "questions"}, expect=422)

    assert products(session) == 0
    assert page.select_one("a[href*='/products/new/questions/what']")


def test_photographs_on_the_phone_do_not_hold_up_the_questions(bounmy, session):
    page = bounmy.get("studio.new_product")

    bounmy.submit(page, "#capture", {"next": "questions", "on_phone": "1"})

    assert "/products/new/questions/what" in bounmy.address
    assert products(session) == 0


def test_what_is_no_photograph_is_said_calmly(bounmy, session):
    page = bounmy.get("studio.new_product")

    page = bounmy.submit(page, "#capture", {"photo-beauty": (io.BytesIO(b"<svg/>"), "x.jpg")}, expect=422)

    assert page.select_one(".error-summary a").text.strip()
    assert products(session) == 0


def test_one_bad_photograph_does_not_lose_the_good_one(bounmy, session):
    page = bounmy.get("studio.new_product")
    given = {"photo-beauty": picture(), "photo-mark": (io.BytesIO(b"no"), "y.jpg"), "next": "questions"}

    page = bounmy.submit(page, "#capture", given)

    assert len(session.scalars(select(ProductPhoto)).all()) == 1
    assert page.select_one(".error-summary")


def test_a_draft_of_the_phone_leads_to_its_product(bounmy, make, cast):
    draft = make.draft_product(member=cast.firm_a, draft_key=KEY)

    bounmy.open(f"/studio/products/new?draft_key={KEY}", expect=303)

    assert bounmy.response.location.endswith(f"/studio/products/{draft.public_id}/capture")


def test_another_firms_draft_key_is_no_way_in(bounmy, make, cast, session):
    make.draft_product(member=cast.firm_b, draft_key=KEY)

    bounmy.post("studio.begin_product", {"draft_key": KEY, "photo-beauty": picture()})

    assert products(session) == 2


@pytest.mark.parametrize("who", ["somchan", "keo"])
def test_others_do_not_find_the_page(visitor, make, cast, who):
    draft = make.draft_product(member=cast.firm_a)
    visitor.signed_in_as(getattr(cast, who)).get("studio.capture", expect=404, product_id=draft.public_id)


# -- today --


def test_today_says_what_waits_first_and_how_far_the_rest_is(bounmy, make, cast):
    make.product(member=cast.firm_a)
    make.submitted_product(member=cast.firm_a)
    make.draft_product(member=cast.firm_a, category="", office_price=None, minimum_order=None)
    make.returned_product(member=cast.firm_a)

    page = bounmy.get("studio.today")

    assert [each["id"] for each in page.select("ul.todo")] == ["waits", "begun", "office", "shown"]
    assert page.select_one("#begun p").text.strip() == "ຕອບແລ້ວ 1 ຈາກ 4 ຄຳຖາມ"
    assert page.select_one(".helpline a")["href"].startswith("tel:")


def test_all_products_have_a_page_of_their_own(bounmy, make, cast):
    make.product(member=cast.firm_a)

    page = bounmy.get("studio.products")

    assert len(page.select("#shown li")) == 1
    assert page.select_one(".studio-tabs [aria-current]")["href"] == "/studio/products"
