"""A maker's page: proposed, reviewed, shown, brought back, and never two open at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.activity.models import Entry
from catalogue.consortia import maker_pages, maker_review
from catalogue.consortia.maker_models import MakerPage, PageState
from catalogue.consortia.maker_pages import PageLacks, PageLeaks, PageMoved, TooManyPhotos
from catalogue.consortia.models import Consortium, Member
from catalogue.database import writing
from catalogue.text import Bilingual

STORY = Bilingual("ພໍ່ສອນລູກ", "Father teaches child")


@pytest.fixture
def firm(make):
    return make.member(name=Bilingual("ໂຮງຊ່າງບົວ", "Bua workshop"), story=STORY, techniques=["chasing"])


@pytest.fixture
def bua(make, firm):
    return make.maker(firm)


@pytest.fixture
def noy(make, firm):
    return make.manager(firm.consortium)


@pytest.fixture
def sent(session, firm, bua, at):
    """A page that waits for review, with a new story."""
    page = maker_pages.begin(session, firm, by=bua, at=at)
    said = replace(maker_pages.said_by(page), story=Bilingual("ເລື່ອງໃໝ່", "A new story"), monthly_capacity=120)
    maker_pages.edit(session, page, said, opened_version=page.version, by=bua, at=at)
    maker_review.submit(session, page, by=bua, at=at)
    return page


def test_page_begins_as_the_public_reads_it(session, firm, bua, at):
    page = maker_pages.begin(session, firm, by=bua, at=at)

    assert maker_pages.said_by(page) == maker_pages.said_by(firm)
    assert maker_pages.begin(session, firm, by=bua, at=at) is page
    assert [each.state for each in maker_pages.pages_of(session, firm)] == [PageState.DRAFT, PageState.PUBLISHED]


def test_public_reads_the_old_story_until_the_office_shows_the_new(session, firm, sent, noy, at):
    assert firm.story == STORY
    before = firm.consortium.catalogue_version

    maker_review.publish(session, sent, by=noy, at=at)
    session.commit()

    session.refresh(firm)
    assert firm.story.en == "A new story"
    assert firm.monthly_capacity == 120
    assert session.get_one(Consortium, firm.consortium_id).catalogue_version == before + 1
    assert [each.state for each in maker_pages.pages_of(session, firm)] == [PageState.PUBLISHED, PageState.REPLACED]


def test_earlier_page_is_restored_by_review(session, firm, sent, noy, at):
    maker_review.publish(session, sent, by=noy, at=at)
    first = maker_pages.pages_of(session, firm)[-1]

    restored = maker_review.restore(session, first, by=noy, at=at)
    maker_review.publish(session, restored, by=noy, at=at)

    assert firm.story == STORY
    assert firm.monthly_capacity is None


def test_nothing_is_restored_over_what_is_being_written(session, firm, sent, noy, at):
    with pytest.raises(PageMoved):
        maker_review.restore(session, maker_pages.pages_of(session, firm)[-1], by=noy, at=at)


def test_contact_keeps_a_page_from_the_public(session, firm, bua, noy, at):
    page = maker_pages.begin(session, firm, by=bua, at=at)
    said = replace(maker_pages.said_by(page), story=Bilingual("ໂທ ໐໒໐ ໕໕໕໕ ໐໑໘໘", "Ask us"))
    maker_pages.edit(session, page, said, opened_version=page.version, by=bua, at=at)
    maker_review.submit(session, page, by=bua, at=at)

    with pytest.raises(PageLeaks) as refused:
        maker_review.publish(session, page, by=noy, at=at)
    assert list(refused.value.leaks) == ["story_lo"]


def test_page_in_one_language_is_not_shown(session, firm, bua, noy, at):
    page = maker_pages.begin(session, firm, by=bua, at=at)
    said = replace(maker_pages.said_by(page), story=Bilingual("ພາສາລາວເທົ່ານັ້ນ"))
    maker_pages.edit(session, page, said, opened_version=page.version, by=bua, at=at)
    maker_review.submit(session, page, by=bua, at=at)

    with pytest.raises(PageLacks) as refused:
        maker_review.publish(session, page, by=noy, at=at)
    assert refused.value.missing == ["story_en"]


def test_reasons_come_back_and_are_gone_once_shown(session, sent, bua, noy, at):
    maker_review.send_back(session, sent, [("story", "ຂຽນໃຫ້ຍາວກວ່ານີ້")], by=noy, at=at)
    assert sent.reasons == [{"field": "story", "text": "ຂຽນໃຫ້ຍາວກວ່ານີ້"}]

    maker_review.submit(session, sent, by=bua, at=at)
    maker_review.publish(session, sent, by=noy, at=at)
    assert sent.reasons == []


def test_who_saved_later_overwrites_nothing(session, firm, bua, at):
    page = maker_pages.begin(session, firm, by=bua, at=at)
    opened = page.version
    maker_pages.edit(session, page, maker_pages.said_by(page), opened_version=opened, by=bua, at=at)

    with pytest.raises(PageMoved):
        maker_pages.edit(session, page, maker_pages.said_by(firm), opened_version=opened, by=bua, at=at)


def test_what_waits_for_review_is_not_written_in_by_the_firm(session, sent, bua, at):
    with pytest.raises(PageMoved):
        maker_pages.edit(session, sent, maker_pages.said_by(sent), opened_version=sent.version, by=bua, at=at)
    maker_review.take_back(session, sent, by=bua, at=at)
    maker_pages.edit(session, sent, maker_pages.said_by(sent), opened_version=sent.version, by=bua, at=at)


def test_first_photograph_is_the_face(session, make, firm, bua, noy, at):
    page = maker_pages.begin(session, firm, by=bua, at=at)
    files = [make.stored_file(firm.consortium) for _ in range(2)]
    for file in files:
        maker_pages.add_photo(session, page, file, by=bua, at=at)
    maker_pages.show_first(session, page, files[1].public_id, by=bua, at=at)
    said = maker_pages.said_by(page)
    maker_pages.edit(session, page, said, opened_version=page.version, by=bua, at=at)
    maker_review.submit(session, page, by=bua, at=at)
    assert firm.photo_id is None

    maker_review.publish(session, page, by=noy, at=at)
    assert firm.photo_id == files[1].id


def test_seventh_photograph_is_one_too_many(session, make, firm, bua, at):
    page = maker_pages.begin(session, firm, by=bua, at=at)
    for _ in range(maker_pages.MOST_PHOTOS):
        maker_pages.add_photo(session, page, make.stored_file(firm.consortium), by=bua, at=at)
    with pytest.raises(TooManyPhotos):
        maker_pages.add_photo(session, page, make.stored_file(firm.consortium), by=bua, at=at)


def test_what_is_thrown_away_leaves_the_public_page(session, firm, bua, at):
    page = maker_pages.begin(session, firm, by=bua, at=at)
    maker_review.discard(session, page, by=bua, at=at)

    assert maker_pages.open_page(session, firm) is None
    assert firm.story == STORY
    session.commit()
    assert "maker_page.discarded" in session.scalars(select(Entry.action)).all()


def test_two_who_begin_at_once_write_one_page(engine, session, firm, bua, at):
    firm_id, person = firm.id, type(bua)
    bua_id = bua.id
    session.commit()
    start = Barrier(2)

    def begin(_turn: int) -> int:
        start.wait()
        with writing(engine) as own:
            page = maker_pages.begin(own, own.get_one(Member, firm_id), by=own.get_one(person, bua_id), at=at)
            return page.id

    with ThreadPoolExecutor(2) as both:
        assert len(set(both.map(begin, range(2)))) == 1
    assert session.scalar(select(func.count()).where(MakerPage.state == PageState.DRAFT)) == 1


def test_shown_once_when_two_managers_press_at_once(engine, session, sent, noy, at):
    page_id, noy_id, person = sent.id, noy.id, type(noy)
    session.commit()
    start = Barrier(2)

    def show(_turn: int) -> bool:
        start.wait()
        try:
            with writing(engine) as own:
                maker_review.publish(own, own.get_one(MakerPage, page_id), by=own.get_one(person, noy_id), at=at)
        except PageMoved:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(show, range(2))) == [False, True]
    with Session(engine) as own:
        assert own.scalar(select(func.count()).where(Entry.action == "maker_page.published")) == 1
