"""A firm writes its own page, sends it, and the public reads the old one until the office has decided."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from catalogue.consortia import maker_pages, maker_review
from catalogue.consortia.maker_models import MakerPage, PageState
from catalogue.text import Bilingual

STORY = "ພໍ່ສອນຂ້ອຍຕອກລາຍ ຕັ້ງແຕ່ອາຍຸສິບສອງປີ"


@pytest.fixture
def jpeg():
    written = BytesIO()
    Image.new("RGB", (900, 700), "#7a4520").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy)


def state_of(session, firm):
    page = maker_pages.open_page(session, firm)
    return page.state if page else None


def test_opening_it_begins_nothing(bounmy, session):
    page = bounmy.get("studio.our_page")

    assert page.select_one("#name_lo")["value"]
    assert session.scalar(select(func.count(MakerPage.id))) == 0


def test_what_was_saved_is_there_and_not_public(bounmy, session, cast, visitor):
    page = bounmy.get("studio.our_page")
    bounmy.submit(page, "form[action$='/our-page']", {"story_lo": STORY, "since": "໑໙໙໘", "monthly_capacity": "120"})

    assert STORY in bounmy.get("studio.our_page").select_one("#story_lo").text
    draft = maker_pages.open_page(session, cast.firm_a)
    assert (draft.state, draft.since, draft.monthly_capacity) == (PageState.DRAFT, 1998, 120)
    public = visitor.get("storefront.maker", slug=cast.silver.slug, maker_slug=cast.firm_a.slug)
    assert STORY not in public.text


def test_save_and_send_is_one_press(bounmy, session, cast):
    page = bounmy.get("studio.our_page")
    page = bounmy.submit(page, "form[action$='/our-page']", {"story_lo": STORY, "send": "1"})

    assert state_of(session, cast.firm_a) is PageState.SUBMITTED
    assert page.select_one("#story_lo") is None
    bounmy.submit(page, "form[action$='/take-back']", {})
    assert state_of(session, cast.firm_a) is PageState.DRAFT


@pytest.mark.parametrize("field, typed", [("since", "12"), ("people", "many"), ("since", "2200"), ("people", "5000")])
def test_strange_figure_is_said_beside_its_field_and_kept(bounmy, field, typed):
    page = bounmy.get("studio.our_page")
    page = bounmy.submit(page, "form[action$='/our-page']", {field: typed, "story_lo": STORY}, expect=422)

    assert page.select_one(f"#{field}-error")
    assert page.select_one(f"#{field}")["value"] == typed
    assert STORY in page.select_one("#story_lo").text


def test_older_form_overwrites_nothing(bounmy, session, cast):
    old = bounmy.get("studio.our_page")
    bounmy.submit(old, "form[action$='/our-page']", {"story_lo": STORY})
    page = bounmy.submit(old, "form[action$='/our-page']", {"story_lo": "ອີກເລື່ອງໜຶ່ງ"}, expect=409)

    assert "ອີກເລື່ອງໜຶ່ງ" in page.select_one("#story_lo").text
    assert maker_pages.open_page(session, cast.firm_a).story.lo == STORY


def test_photograph_waits_beside_the_others(bounmy, session, cast, jpeg):
    bounmy.get("studio.our_page")
    bounmy.post("studio.add_our_photo", {"photo": (BytesIO(jpeg), "forge.jpg")})

    page = maker_pages.open_page(session, cast.firm_a)
    assert [photo.file.name for photo in page.photos] == ["forge.jpg"]


def test_what_is_no_photograph_is_refused_calmly(bounmy, session, cast):
    bounmy.get("studio.our_page")
    page = bounmy.post("studio.add_our_photo", {"photo": (BytesIO(b"%PDF-1.7 x"), "a.pdf")}, expect=422)

    assert page.select_one("#photo-error")
    assert maker_pages.open_page(session, cast.firm_a) is None


def test_reason_stands_beside_its_field(bounmy, session, cast, at):
    page = maker_pages.begin(session, cast.firm_a, by=cast.bounmy, at=at)
    maker_review.submit(session, page, by=cast.bounmy, at=at)
    maker_review.send_back(session, page, [("story", "ຂຽນໃຫ້ຍາວກວ່ານີ້")], by=cast.noy, at=at)

    assert bounmy.get("studio.our_page").select_one(".fix").text == "ຂຽນໃຫ້ຍາວກວ່ານີ້"


def test_thrown_away_leaves_the_public_page(bounmy, session, cast):
    page = bounmy.submit(bounmy.get("studio.our_page"), "form[action$='/our-page']", {"story_lo": STORY})
    bounmy.submit(page, "form[action$='/discard']", {})

    assert state_of(session, cast.firm_a) is None
    assert cast.firm_a.name == Bilingual(cast.firm_a.name.lo, cast.firm_a.name.en)


@pytest.mark.parametrize("who", ["noy", "keo", "observer", "operator"])
def test_nobody_else_writes_it(visitor, cast, who):
    visitor.signed_in_as(getattr(cast, who)).get("studio.our_page", expect=404)
