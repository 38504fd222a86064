"""Makers' pages at the desk: what changed, the decision, completing it, and what was before."""

import pytest

from catalogue.consortia import maker_pages, maker_review
from catalogue.consortia.maker_models import PageState
from catalogue.text import Bilingual

STORY = Bilingual("ເລື່ອງໃໝ່ຂອງໂຮງຊ່າງ", "The workshop's new story")


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def here(cast):
    return {"slug": cast.silver.slug, "member_id": cast.firm_a.public_id}


@pytest.fixture
def sent(session, cast, at):
    """A page of firm A that waits."""
    return send(session, cast, at, STORY)


def send(session, cast, at, story):
    page = maker_pages.begin(session, cast.firm_a, by=cast.bounmy, at=at)
    page.story = story
    session.flush()
    maker_review.submit(session, page, by=cast.bounmy, at=at)
    return page


def test_what_changed_is_side_by_side(noy, here, sent, cast):
    page = noy.get("desk.maker_page", **here)
    row = page.select_one("#part-story")
    assert STORY.lo in row.text.replace("\xad", "")
    assert STORY.en in row.text
    assert cast.firm_a.name.en not in page.select_one(".diff").text


def test_shown_the_public_reads_it(noy, here, sent, visitor, cast):
    noy.submit(noy.get("desk.maker_page", **here), "form[action$='/publish']", {})

    public = visitor.get("storefront.maker", slug=cast.silver.slug, maker_slug=cast.firm_a.slug)
    assert STORY.en in public.text


def test_photographs_reach_the_public_with_the_page(noy, here, visitor, session, make, cast, at):
    page = maker_pages.begin(session, cast.firm_a, by=cast.bounmy, at=at)
    page.story = STORY
    files = [make.stored_file(cast.silver) for _ in range(3)]
    for file in files:
        maker_pages.add_photo(session, page, file, by=cast.bounmy, at=at)
    maker_review.submit(session, page, by=cast.bounmy, at=at)
    noy.submit(noy.get("desk.maker_page", **here), "form[action$='/publish']", {})

    public = visitor.get("storefront.maker", slug=cast.silver.slug, maker_slug=cast.firm_a.slug)
    assert len(public.select(".maker-gallery img")) == 2
    assert files[0].public_id in public.select_one(".maker-portrait img")["src"]


def test_contact_in_it_is_marked_and_stops_it(noy, here, session, cast, at):
    send(session, cast, at, Bilingual("ໂທ 020 5555 0188", "Call us"))
    page = noy.submit(noy.get("desk.maker_page", **here), "form[action$='/publish']", {}, expect=422)

    assert page.select_one("#part-story mark.contact").text == "020 5555 0188"
    assert maker_pages.open_page(session, cast.firm_a).state is PageState.SUBMITTED


def test_office_completes_the_other_language(noy, here, session, cast, at):
    send(session, cast, at, Bilingual("ເລື່ອງພາສາລາວ"))
    page = noy.get("desk.maker_page", **here)
    noy.submit(page, "form[action$='/complete']", {"story_en": "The Lao story"})
    noy.submit(noy.get("desk.maker_page", **here), "form[action$='/publish']", {})

    assert cast.firm_a.story == Bilingual("ເລື່ອງພາສາລາວ", "The Lao story")


def test_two_managers_never_overwrite_one_another(noy, here, sent, visitor, make, cast, session):
    other = visitor.signed_in_as(make.manager(cast.silver))
    mine, theirs = noy.get("desk.maker_page", **here), other.get("desk.maker_page", **here)
    noy.submit(mine, "form[action$='/complete']", {"story_en": "Mine"})
    page = other.submit(theirs, "form[action$='/complete']", {"story_en": "Theirs"}, expect=409)

    assert "Mine" in page.select_one(".diff").text
    assert page.select_one("#story_en").text.strip() == "Theirs"
    other.submit(theirs, "form[action$='/publish']", {})
    assert maker_pages.open_page(session, cast.firm_a).story.en == "Mine"


def test_reason_is_needed_to_send_it_back(noy, here, sent, session, cast):
    page = noy.get("desk.maker_page", **here)
    noy.submit(page, "#return", {}, expect=422)
    noy.submit(page, "#return", {"reason-story": "ຂຽນໃຫ້ຍາວກວ່ານີ້"})

    assert maker_pages.open_page(session, cast.firm_a).reasons == [{"field": "story", "text": "ຂຽນໃຫ້ຍາວກວ່ານີ້"}]


def test_earlier_page_is_brought_back(noy, here, sent, session, cast):
    before = cast.firm_a.story
    noy.submit(noy.get("desk.maker_page", **here), "form[action$='/publish']", {})
    page = noy.get("desk.maker_page", **here)
    page = noy.submit(page, "form[action*='/restore/']", {})
    assert maker_pages.open_page(session, cast.firm_a).story == before


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_decides(visitor, cast, here, sent, who):
    visitor.signed_in_as(getattr(cast, who)).get("desk.maker_page", expect=403, **here)


def test_queue_of_review_leads_to_it(noy, sent, cast, here):
    queue = noy.get("desk.review", slug=cast.silver.slug)
    link = queue.select_one(f"a[href$='/members/{cast.firm_a.public_id}/page']")
    assert link is not None
    assert noy.open(link["href"]).select_one("#return")
