"""A firm's products in the studio."""

import io
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy import select

from catalogue.products import listing
from catalogue.products.models import ListingStatus, Product, ProductPhoto
from catalogue.text import Bilingual

TYPED = {
    "category": "bowls",
    "name_lo": "ຂັນເງິນ ລາຍດອກຈຳປາ",
    "net_weight_g": "412,5",
    "office_price": "1.250.000",
    "minimum_order": "໕",
}
SILVER = {"fineness": "925", "details.fineness_state": "declared", "details.antique": "no"}


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy).speaking("lo")


@pytest.fixture
def in_english(visitor, make, cast):
    cast.bounmy.language = "en"
    make.keep(cast.bounmy)
    return visitor.signed_in_as(cast.bounmy)


def photograph() -> io.BytesIO:
    picture = io.BytesIO()
    Image.new("RGB", (800, 1000), "#887766").save(picture, "JPEG")
    picture.seek(0)
    return picture


def test_the_first_questions_stand_together_for_later_changes(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)

    bounmy.post("studio.product_group", TYPED, product_id=draft.public_id, group_id="first")

    session.refresh(draft)
    said = draft.working
    assert (said.name.lo, str(said.net_weight_g), said.minimum_order) == (TYPED["name_lo"], "412.5", 5)
    assert (int(said.office_price), said.office_currency, len(said.tiers)) == (1_250_000, "LAK", 2)


@pytest.mark.parametrize(
    ("field", "typed"), [("net_weight_g", "1.250"), ("minimum_order", "-1"), ("office_price", "many")]
)
def test_bad_input_is_explained_beside_its_field_and_kept(bounmy, make, cast, session, field, typed):
    draft = make.draft_product(member=cast.firm_a)
    named = {"product_id": draft.public_id, "group_id": "first"}

    page = bounmy.post("studio.product_group", TYPED | {field: typed}, expect=422, **named)

    assert page.select_one(f"#{field}-error").text.strip()
    assert page.select_one(f"#{field}")["value"].strip() == typed.strip()
    assert page.select_one("#name_lo")["value"] == TYPED["name_lo"]
    session.refresh(draft)
    assert draft.working.name.lo == "ຂັນເງິນ"


# -- the short list --


def states(page) -> dict[str, str]:
    return {row.h3.text: row.select_one(".status").text for row in page.select(".tasks li")}


def test_the_short_list_says_how_far_each_group_is(in_english, make, cast):
    draft = make.draft_product(member=cast.firm_a, net_weight_g=None, details={"antique": None})
    make.photo(draft)

    page = in_english.get("studio.product", product_id=draft.public_id)

    assert states(page) == {
        "The first questions": "Begun",
        "Photographs": "Done",
        "The silver and its mark": "Begun",
        "Material and making": "Done",
        "Size": "Not started",
        "Time and samples": "Done",
        "In your own words": "Done",
        "The assay paper": "Not started",
    }
    assert "Still to say: Weight" in page.text
    assert "If you like" in page.text


def test_what_only_the_office_can_give_is_not_asked_of_the_member(in_english, make, cast):
    draft = make.draft_product(member=cast.firm_a, tiers=(), name=Bilingual("ຂັນ", ""))

    page = in_english.get("studio.product", product_id=draft.public_id)

    assert "The office adds: Name, Price." in page.text


def test_a_group_is_filled_in_and_what_it_does_not_ask_stays(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a, hs_code="7114.11", fineness=None, details={"finish": "satin"})
    named = {"product_id": draft.public_id, "group_id": "silver"}

    bounmy.post("studio.product_group", SILVER, **named)

    session.refresh(draft)
    said = draft.working
    assert (said.fineness, said.hs_code) == (925, "7114.11")
    assert said.details == {"fineness_state": "declared", "antique": False, "finish": "satin"}


def test_a_paper_is_entered_in_the_form(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)
    paper = {"details.assay_result": "926", "details.assay_on": "2026-11-03", "details.assay_laboratory": "Lab"}

    bounmy.post("studio.product_group", paper, product_id=draft.public_id, group_id="assay")

    session.refresh(draft)
    assert draft.working.details["assay_result"] == 926
    assert draft.working.details["assay_on"] == "2026-11-03"


@pytest.mark.parametrize("typed", ["499", "1001", "925.5", "sterling"])
def test_a_fineness_that_cannot_be_is_explained(bounmy, make, cast, session, typed):
    draft = make.draft_product(member=cast.firm_a, fineness=None)

    page = bounmy.post(
        "studio.product_group", SILVER | {"fineness": typed}, expect=422, product_id=draft.public_id, group_id="silver"
    )

    assert page.select_one("#fineness-error").text.strip()
    assert page.select_one("#fineness")["value"] == typed
    session.refresh(draft)
    assert draft.working.fineness is None


def test_words_not_understood_once_go_when_the_field_is_answered(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a, typed={"office_price": "1.250", "lead_time_days": "soon"})
    page = bounmy.get("studio.product_group", product_id=draft.public_id, group_id="first")
    assert page.select_one("#office_price")["value"] == "1.250"

    bounmy.post("studio.product_group", TYPED, product_id=draft.public_id, group_id="first")

    session.refresh(draft)
    assert draft.working.typed == {"lead_time_days": "soon"}


@pytest.mark.parametrize("group", ["public-price", "english", "nothing"])
def test_groups_of_the_office_are_not_found_in_the_studio(bounmy, make, cast, group):
    draft = make.draft_product(member=cast.firm_a)
    bounmy.get("studio.product_group", expect=404, product_id=draft.public_id, group_id=group)


def test_a_save_over_somebody_elses_save_overwrites_nothing(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)
    page = bounmy.get("studio.product_group", product_id=draft.public_id, group_id="first")
    bounmy.submit(page, "main form", {"name_lo": "ໜຶ່ງ"})

    bounmy.submit(page, "main form", {"name_lo": "ສອງ"}, expect=409)

    session.refresh(draft)
    assert draft.working.name.lo == "ໜຶ່ງ"


def test_a_change_to_what_buyers_see_begins_a_proposal(bounmy, make, cast, session):
    shown = make.product(member=cast.firm_a)

    bounmy.post("studio.product_group", TYPED, product_id=shown.public_id, group_id="first")

    session.refresh(shown)
    assert (shown.stage, shown.published.name.lo) == (ListingStatus.DRAFT, "ຂັນເງິນ")
    assert shown.working.name.lo == TYPED["name_lo"]


# -- sent back --


@pytest.fixture
def returned(make, cast):
    reasons = (listing.Reason("net_weight_g", "ແມ່ນ 412 ກຣາມ ບໍ?"), listing.Reason("photos", "ອ່ານກາບໍ່ອອກ"))
    return make.returned_product(member=cast.firm_a, net_weight_g=4120, reasons=reasons)


def test_each_reason_stands_beside_its_field(bounmy, returned):
    page = bounmy.get("studio.product", product_id=returned.public_id)

    weight, photos, good = page.select(".fix")
    assert "ແມ່ນ 412 ກຣາມ ບໍ?" in weight.text
    assert weight.select_one("#net_weight_g")["value"] == "4120"
    assert photos.select_one("a")["href"].endswith("/photos")
    assert "ຊື່" in good.text
    assert "ນ້ຳໜັກ" not in good.text


def test_what_was_sent_back_is_mended_in_place_and_sent_again(bounmy, returned, session):
    page = bounmy.get("studio.product", product_id=returned.public_id)

    bounmy.submit(page, "main form", {"net_weight_g": "412", "then": "send"})

    session.refresh(returned)
    assert (returned.stage, int(returned.working.net_weight_g)) == (ListingStatus.SUBMITTED, 412)
    assert returned.working.minimum_order == 10


def test_what_was_mended_and_not_sent_says_so(bounmy, returned, session):
    page = bounmy.get("studio.product", product_id=returned.public_id)

    page = bounmy.submit(page, "main form", {"net_weight_g": "412", "then": "keep"})

    assert page.select(".fix")[0].select_one(".status-ok")
    assert not page.select(".fix")[1].select_one(".status-ok")
    assert session.scalar(select(Product)).stage is ListingStatus.RETURNED


def test_a_bad_mend_is_explained_and_nothing_is_sent(bounmy, returned, session):
    page = bounmy.get("studio.product", product_id=returned.public_id)

    page = bounmy.submit(page, "main form", {"net_weight_g": "1.250", "then": "send"}, expect=422)

    assert page.select_one("#net_weight_g-error")
    assert page.select_one("#net_weight_g")["value"] == "1.250"
    assert session.scalar(select(Product)).stage is ListingStatus.RETURNED


def test_everything_else_can_be_changed_too(bounmy, returned):
    page = bounmy.get("studio.product", product_id=returned.public_id, all=1)
    assert len(page.select(".tasks li")) > 4


@pytest.mark.parametrize(
    "field", ["name", "size", "sample", "tiers", "hs_code", "details.finish", "details.gone", "care"]
)
def test_a_reason_for_any_part_is_shown(bounmy, make, cast, field):
    back = make.returned_product(member=cast.firm_a, reasons=(listing.Reason(field, "ກວດຄືນ"),))
    page = bounmy.get("studio.product", product_id=back.public_id)
    assert "ກວດຄືນ" in page.select_one(".fix").text


# -- sending --


def test_sending_to_the_office_freezes_what_was_said(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)

    bounmy.post("studio.submit_product", {}, product_id=draft.public_id)

    session.refresh(draft)
    assert draft.status is ListingStatus.SUBMITTED
    assert draft.working.frozen_at
    bounmy.post("studio.product_group", TYPED, expect=403, product_id=draft.public_id, group_id="first")


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


def test_the_firm_reads_its_own_price_while_the_office_has_it(visitor, make, cast):
    sent = make.submitted_product(member=cast.firm_a, office_price=Decimal(1_250_000), office_currency="LAK")

    page = visitor.signed_in_as(cast.bounmy).get("studio.product", product_id=sent.public_id)

    facts = dict(zip(page.select(".facts dt"), page.select(".facts dd"), strict=True))
    assert any("1.250.000" in value.text or "1,250,000" in value.text for value in facts.values())
