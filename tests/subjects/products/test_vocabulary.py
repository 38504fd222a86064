"""The vocabulary: words of what the public sees, counted as listings come and go; and what a misspelt query meant."""

import pytest
from sqlalchemy import select

from catalogue.products import listing, search, shown
from catalogue.products.models import SearchWord
from catalogue.products.spelling import did_you_mean
from catalogue.products.versions import version_to_edit
from catalogue.products.vocabulary import vocabulary
from catalogue.text import Bilingual


@pytest.fixture
def silver(make):
    return make.consortium(slug="silver", sector_key="silver")


@pytest.fixture
def earrings(make, silver):
    return [named(make, silver, f"ຕຸ້ມຫູເງິນ {number}", f"Filigree earring {number}") for number in range(2)]


def named(make, consortium, lo, en, **more):
    plain = {"summary": Bilingual("ຂອງດີ", "Plain"), "techniques": [], "category": "jewellery"}
    return make.product(consortium=consortium, name=Bilingual(lo, en), **plain, **more)


def counts(session):
    session.expire_all()
    return {row.word: row.products for row in session.scalars(select(SearchWord))}


def meant(session, query, *consortia, found=0):
    among = list(consortia) or shown.consortia(session)
    other = did_you_mean(session, among, vocabulary(session, among), query, found)
    return (other.query, len(other.hits)) if other else None


# -- counting --


def test_a_word_is_counted_once_for_each_product_that_says_it(session, earrings):
    assert counts(session)["earring"] == 2
    assert counts(session)["filigree"] == 2


def test_a_withdrawn_product_takes_its_words_along(session, earrings, at):
    listing.withdraw(session, earrings[0], by=None, at=at)
    session.commit()
    assert counts(session)["earring"] == 1
    listing.withdraw(session, earrings[1], by=None, at=at)
    session.commit()
    assert counts(session) == {}


def test_a_product_published_anew_is_counted_by_its_new_words(session, make, silver, at):
    bowl = named(make, silver, "ຂັນ", "Bowl")
    version_to_edit(session, bowl, by=None, at=at).name = Bilingual("ໂອ", "Saucer")
    listing.withdraw(session, bowl, by=None, at=at)
    listing.publish(session, bowl, by=None, at=at)
    session.commit()
    assert counts(session)["saucer"] == 1
    assert "bowl" not in counts(session)


def test_what_was_undone_is_not_counted(session, make, silver, earrings, at):
    before = counts(session)
    with session.begin_nested() as savepoint:
        listing.withdraw(session, earrings[0], by=None, at=at)
        savepoint.rollback()
    session.commit()
    assert counts(session) == before
    listing.withdraw(session, earrings[0], by=None, at=at)
    session.rollback()
    session.commit()
    assert counts(session) == before


def test_drafts_numbers_and_secrets_give_no_words(session, make, silver):
    make.submitted_product(consortium=silver, name=Bilingual("ລັບ", "Unpublished"))
    bowl = named(make, silver, "ຂັນ", "Bowl 925")
    version = make.draft_product(member=bowl.member, name=Bilingual("ຮ່າງ", "Sketchy"))
    assert version.status == "draft"
    known = counts(session)
    assert not {"unpublished", "sketchy", "ຮ່າງ", "ລັບ", "925"} & {*known}


def test_the_count_can_be_made_anew(session, earrings):
    before = counts(session)
    search.rebuild(session)
    session.commit()
    assert counts(session) == before


def test_words_are_shown_as_they_were_spelt(session, make, silver):
    named(make, silver, "ຫຼວງພະບາງ", "Repoussé")
    assert meant(session, "ຫຼວງພະບັງ") == ("ຫຼວງພະບາງ", 1)
    assert meant(session, "repusse") == ("repoussé", 1)


# -- what was meant --


@pytest.mark.parametrize(
    ("query", "other"),
    [
        *(("earing", "earring"), ("earrrings", "earring"), ("filigre earing", "filigree earring")),
        *(("fili gree", "filigree"), ("earringfiligree", "earring filigree"), ("eraring", "earring")),
        *(("ຕຸມຫູ", "ຕຸ້ມຫູ"), ("ຕູ້ມຫູ", "ຕຸ້ມຫູ"), ("ຕຸ້ມຫຸ", "ຕຸ້ມຫູ"), ("ຕຸມຫູ earring", "ຕຸ້ມຫູ earring")),
    ],
)
def test_a_misspelt_query_is_understood(session, earrings, query, other):
    assert meant(session, query) == (other, 2)


@pytest.mark.parametrize("query", ["xylophone", "ກະຕ່າ", "earring", "filigree earrings", "", "925", "the", "🙂"])
def test_nothing_is_proposed_where_nothing_is_like_it_or_all_is_right(session, earrings, query):
    assert meant(session, query) is None


def test_what_is_proposed_finds_something_in_the_same_consortium(session, make, silver, earrings):
    silk = make.consortium(slug="silk", sector_key="silk")
    assert meant(session, "earing", silk) is None
    assert meant(session, "earing", silver) == ("earring", 2)


def test_where_a_little_is_found_clearly_more_is_proposed(session, make, silver):
    named(make, silver, "ຕຸ້ມຫູ", "Earing of old")
    for number in range(6):
        named(make, silver, "ຕຸ້ມຫູ", f"Earring {number}")
    assert meant(session, "earing", found=1) == ("earring", 6)
    assert meant(session, "earing", found=2) is None
    assert meant(session, "earring", found=6) is None
