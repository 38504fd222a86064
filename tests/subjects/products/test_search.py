"""Search: found in both languages, by part, by reference, whatever the spelling, and by nothing that was withdrawn."""

import pytest

from catalogue.products import listing, search
from catalogue.products.versions import version_to_edit
from catalogue.text import Bilingual


@pytest.fixture
def silver(make):
    return make.consortium(slug="silver", sector_key="silver")


@pytest.fixture
def bowl(make, silver):
    return make.product(
        consortium=silver,
        reference="MS-0142",
        name=Bilingual("ຂັນເງິນມີຕີນ ລາຍກີບບົວ", "Footed bowl, lotus petals"),
        summary=Bilingual("ຂັນໃສ່ນ້ຳ", "It carries water"),
        description=Bilingual("ມີນ້ຳໜັກ 412 ກຣາມ", "Made for the morning alms"),
        materials=["silver"],
        techniques=["chasing"],
        category="bowls",
    )


@pytest.fixture
def scarf(make):
    silk = make.consortium(slug="silk", sector_key="silk")
    return make.product(
        consortium=silk,
        reference="SK-0007",
        name=Bilingual("ຜ້າພັນຄໍໄໝ ລາຍຄຳ", "Woven scarf with a golden pattern"),
        summary=Bilingual("ຜ້າໄໝຕ່ຳມື", "Woven by hand"),
        materials=["silk"],
    )


def found(session, query, consortium=None):
    return [hit.product_id for hit in search.matching(session, consortium, query)]


@pytest.mark.parametrize(
    "query",
    [
        *("bowl", "bowls", "LOTUS", "petal", "footed lotus bowl"),
        *("ຂັນ", "ເງິນ", "ຂັນເງິນ", "ບົວ", "ກີບບົວ", "ລາຍບົວ"),
        *("MS-0142", "ms0142", "0142", "142", "ms 0142"),
        *("ນ້ຳ", "ນໍ້າ", "ໜັກ", "ຫນັກ", "ນ້ຳຫນັກ"),
        *("silverware", "chased", "ເຄື່ອງເງິນ", "ຂັນ lotus", "lotus ຂັນ"),
    ],
)
def test_the_bowl_is_found(session, bowl, scarf, query):
    assert found(session, query) == [bowl.id]


@pytest.mark.parametrize("query", ["ໄໝ", "ຄຳ", "ຜ້າ", "ຜ້າໄໝ", "woven", "weave", "scarves", "gold", "silk", "SK-0007"])
def test_the_scarf_is_found(session, bowl, scarf, query):
    assert found(session, query) == [scarf.id]


@pytest.mark.parametrize("query", ["ກະຕ່າ", "teapot", "bowl scarf", "ຂັນໄໝ", "petals lotus tray"])
def test_what_is_not_there_is_not_found(session, bowl, scarf, query):
    assert found(session, query) == []


def test_a_phrase_does_not_run_from_one_text_into_the_next(session, make):
    make.product(name=Bilingual("ຂັນ", "Plain bowl"), summary=Bilingual("ເງິນ", "silver"))
    assert found(session, "bowl-silver") == []


@pytest.mark.parametrize(
    "query",
    [
        *('"', '" OR "', "a OR b", "NEAR(a b)", "bowl*", "words : bowl", "^bowl", "-bowl", "bowl AND", "{bowl}"),
        *("'; DROP TABLE product; --", "!bowl", "bowl & tray", "bowl | tray", "bowl <-> tray", ":*", "(((", "\\"),
        *("\x00", "bowl\x00", "\u202ebowl", "\ufffe", "ກ" * 10_000, "bowl " * 2000, "%_%", "🙂"),
    ],
)
def test_anything_may_be_typed(session, bowl, query):
    assert set(found(session, query)) <= {bowl.id}


def test_a_search_in_one_consortium_leaves_the_others_out(session, make, bowl, silver):
    other = make.product(consortium=make.consortium(), name=Bilingual("ຂັນ", "Other bowl"))
    assert found(session, "bowl", silver) == [bowl.id]
    assert set(found(session, "bowl")) == {bowl.id, other.id}


def test_a_title_comes_before_a_description(session, make, silver):
    inside = make.product(
        consortium=silver, category="boxes", name=Bilingual("ກ່ອງ", "Box"), summary=Bilingual("ກ່ອງ", "With a lotus lid")
    )
    title = make.product(consortium=silver, category="boxes", name=Bilingual("ກ່ອງບົວ", "Lotus box"))
    assert found(session, "lotus") == [title.id, inside.id]


def test_a_whole_word_comes_before_a_part(session, make, silver):
    part = make.product(consortium=silver, category="boxes", name=Bilingual("ເຄື່ອງເງິນແທ້", "Ware"))
    whole = make.product(consortium=silver, category="boxes", name=Bilingual("ກ່ອງ ເງິນ", "Box"))
    hits = {hit.product_id: hit.tier for hit in search.matching(session, silver, "ເງິນ")}
    assert hits[whole.id] < hits[part.id]


def test_drafts_are_not_found(session, make):
    make.submitted_product(name=Bilingual("ຂັນ", "Bowl"))
    assert found(session, "bowl") == []


def test_a_withdrawn_product_is_forgotten(session, make, bowl, at):
    listing.withdraw(session, bowl, by=None, at=at)
    assert found(session, "lotus") == []


def test_a_product_is_found_by_its_published_words_alone(session, make, bowl, at):
    version_to_edit(session, bowl, by=None, at=at).name = Bilingual("ໂອ", "Saucer")
    session.flush()
    assert found(session, "saucer") == []
    listing.withdraw(session, bowl, by=None, at=at)
    listing.publish(session, bowl, by=None, at=at)
    assert found(session, "saucer") == [bowl.id]
    assert found(session, "petals") == []


def test_what_the_office_alone_may_know_is_not_searched(session, make):
    member = make.member(contact={"name": "Quillfeather", "email": "quill@firm.example", "phone": "+856 20 5555 9876"})
    make.product(member=member)
    for secret in ("Quillfeather", "quill", "5555", "9876"):
        assert found(session, secret) == []


def test_no_more_are_ranked_than_the_limit_and_one(session, make, silver, monkeypatch):
    monkeypatch.setattr(search, "MOST_RANKED", 2)
    for _each in range(4):
        make.product(consortium=silver)
    assert len(found(session, "bowl")) == 3


def test_the_index_can_be_made_anew(session, bowl):
    search.rebuild(session)
    assert found(session, "lotus") == [bowl.id]
    search.forget(session, bowl)
    assert found(session, "lotus") == []


def test_the_words_of_a_query_are_found_alone(session, bowl, scarf):
    alone = search.found_alone(session, "lotus scarf")
    assert {words: [hit.product_id for hit in hits] for words, hits in alone.items()} == {
        "lotus": [bowl.id],
        "scarf": [scarf.id],
    }
    assert search.found_alone(session, '"') == {}
