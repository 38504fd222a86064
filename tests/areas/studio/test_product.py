"""A firm's products in the studio."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from catalogue.products.models import ListingStatus, Product, ProductPhoto
from catalogue.text import Bilingual

TYPED = {
    "name_lo": "ຂັນເງິນ ລາຍດອກຈຳປາ",
    "category": "bowls",
    "materials": ["silver"],
    "net_weight_g": "412,5",
    "amount": "190",
    "minimum_order": "໕",
    "lead_time_days": "30",
    "fineness": "925",
    "diameter_cm": "22.5",
}


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy).speaking("lo")


def photograph() -> io.BytesIO:
    picture = io.BytesIO()
    Image.new("RGB", (800, 1000), "#887766").save(picture, "JPEG")
    picture.seek(0)
    return picture


def test_member_begins_a_product(bounmy, cast, session):
    bounmy.post("studio.new_product", TYPED)

    product = session.scalar(select(Product))
    assert (product.member, product.status) == (cast.firm_a, ListingStatus.DRAFT)
    said = product.working
    assert (said.name.lo, str(said.net_weight_g), said.minimum_order) == (TYPED["name_lo"], "412.5", 5)
    assert str(said.diameter_mm) in {"225", "225.0"}


@pytest.mark.parametrize(("field", "typed"), [("net_weight_g", "1.250"), ("minimum_order", "-1"), ("name_lo", " ")])
def test_bad_input_is_explained_beside_its_field_and_kept(bounmy, session, field, typed):
    page = bounmy.post("studio.new_product", TYPED | {field: typed}, expect=422)

    assert page.select_one(f"#{field}-error").text.strip()
    assert page.select_one(f"#{field}")["value"].strip() == typed.strip()
    assert page.select_one("#amount")["value"] == "190"
    assert session.scalar(select(Product)) is None


def test_member_changes_a_draft_and_what_the_form_does_not_ask_stays(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a, hs_code="7114.11")
    page = bounmy.get("studio.product", product_id=draft.public_id)

    bounmy.submit(page, "form[action$='/products/" + draft.public_id + "']", {"name_lo": "ຂັນໃໝ່"})

    session.refresh(draft)
    assert (draft.working.name.lo, draft.working.hs_code) == ("ຂັນໃໝ່", "7114.11")


def test_a_save_over_somebody_elses_save_overwrites_nothing(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)
    page = bounmy.get("studio.product", product_id=draft.public_id)
    form = "form[action$='/products/" + draft.public_id + "']"
    bounmy.submit(page, form, {"name_lo": "ໜຶ່ງ"})

    bounmy.submit(page, form, {"name_lo": "ສອງ"}, expect=409)

    session.refresh(draft)
    assert draft.working.name.lo == "ໜຶ່ງ"


def test_sending_to_the_office_freezes_what_was_said(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)

    bounmy.post("studio.submit_product", {}, product_id=draft.public_id)

    session.refresh(draft)
    assert draft.status is ListingStatus.SUBMITTED
    assert draft.working.frozen_at
    bounmy.post("studio.edit_product", TYPED, expect=403, product_id=draft.public_id)


def test_sending_without_a_category_says_what_is_missing(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a, category="")

    bounmy.post("studio.submit_product", {}, product_id=draft.public_id)

    session.refresh(draft)
    assert draft.status is ListingStatus.DRAFT


def test_a_photograph_is_kept_and_given_to_the_worker(bounmy, make, cast, session, outbox):
    draft = make.draft_product(member=cast.firm_a)

    bounmy.post("studio.add_photo", {"photo": (photograph(), "ຂັນເງິນ.jpg")}, product_id=draft.public_id)

    assert session.scalar(select(ProductPhoto)).file.name == "ຂັນເງິນ.jpg"
    assert "file.check" in outbox.kinds()


def test_what_is_no_photograph_is_refused_in_words(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)
    file = (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "x.jpg")

    page = bounmy.post("studio.add_photo", {"photo": file}, expect=422, product_id=draft.public_id)

    assert page.select_one("#photo-error").text.strip()
    assert session.scalar(select(ProductPhoto)) is None


def test_a_photograph_is_taken_out(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)
    bounmy.post("studio.add_photo", {"photo": (photograph(), "a.jpg")}, product_id=draft.public_id)
    photo = session.scalar(select(ProductPhoto))

    bounmy.post("studio.remove_photo", {}, product_id=draft.public_id, file_id=photo.file.public_id)

    assert session.scalar(select(ProductPhoto)) is None


@pytest.mark.parametrize("who", ["somchan", "keo"])
def test_others_do_not_find_it(visitor, make, cast, who):
    draft = make.draft_product(member=cast.firm_a)
    visitor.signed_in_as(getattr(cast, who)).get("studio.product", expect=404, product_id=draft.public_id)


def test_returned_products_come_first(bounmy, make, cast):
    make.draft_product(member=cast.firm_a, name=Bilingual("ກ່ອງ", "Box"))
    make.returned_product(member=cast.firm_a, name=Bilingual("ຂັນ", "Bowl"))

    page = bounmy.get("studio.products")

    assert [title.text.strip() for title in page.select(".todo h3")] == ["ຂັນ", "ກ່ອງ"]
