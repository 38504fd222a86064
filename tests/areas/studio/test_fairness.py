"""How the work is shared, for a member: own figures named, never those of another firm."""

import csv

import pytest

from catalogue.consortia.by_law_models import Naming
from catalogue.routing.looking import note_look

NAME, TELLING = 4, (5, 10, 12)  # columns of the file: name in English; entitlement, equal share, against it


@pytest.fixture
def divided(make, cast):
    """Firm A has more than firm B."""
    cast.bounmy, cast.somchan  # noqa: B018 - both firms are members
    call = make.call(consortium=cast.silver, members=[cast.firm_a, cast.firm_b], quantity=60)
    return make.allocation(call, {cast.firm_a: 40, cast.firm_b: 20})


def letters(page):
    return [each.text for each in page.select(".own-others dt")]


def test_a_member_reads_its_own_figures_and_the_place_of_its_bar(visitor, cast, divided):
    page = visitor.signed_in_as(cast.bounmy).speaking("lo").get("studio.fairness")

    assert page.select_one(".bigshare").text == "US$500"
    assert "US$375" in page.select_one(".own-record").text
    assert len(page.select("rect.f-own")) == 1
    assert cast.firm_b.name.lo not in page.select_one("main").text
    assert cast.firm_b.name.en not in page.select_one("main").text


def test_among_fewer_than_eight_only_three_bars_are_drawn(visitor, cast, make, divided):
    for _ in range(3):
        make.member(consortium=cast.silver)
    page = visitor.signed_in_as(cast.somchan).get("studio.fairness")
    assert len(page.select("svg.tall rect")) == 3
    assert len(letters(page)) == 3


def test_from_eight_on_all_bars_are_drawn_under_letters(visitor, cast, make, divided):
    others = [make.member(consortium=cast.silver) for _ in range(6)]
    page = visitor.signed_in_as(cast.bounmy).get("studio.fairness")
    assert letters(page)[:7] == list("ABCDEFG")
    assert not [each for each in others if each.name.en in page.text]


def test_names_where_members_decided_so(visitor, cast, make, divided):
    make.by_laws(cast.silver, naming=Naming.NAMES)
    page = visitor.signed_in_as(cast.bounmy).speaking("lo").get("studio.fairness")
    assert cast.firm_b.name.lo in " ".join(letters(page))


def test_the_file_has_no_more_than_the_page(visitor, cast, make, divided):
    for _ in range(3):
        make.member(consortium=cast.silver)
    bounmy = visitor.signed_in_as(cast.bounmy)
    bounmy.get("studio.fairness_csv", check=False)
    text = bounmy.response.get_data(as_text=True)
    assert len(text.splitlines()) == 1 + 2
    assert cast.firm_a.name.en in text
    assert cast.firm_b.name.en not in text


def test_members_read_that_the_operator_looked(visitor, cast, session, make):
    note_look(session, cast.silver, by=cast.operator, at=make.later())
    session.commit()
    page = visitor.signed_in_as(cast.bounmy).get("studio.fairness")
    assert cast.operator.name in page.select_one(".record-looks").text


def test_no_weight_stands_beside_a_letter(visitor, cast, make, divided):
    """All members read in the by-laws which firm has which weight."""
    make.by_laws(cast.silver, weights={str(cast.firm_b.id): {"weight": "3.5"}})
    bounmy = visitor.signed_in_as(cast.bounmy)
    bounmy.get("studio.fairness_csv", check=False)
    _head, *rows = csv.reader(bounmy.response.get_data(as_text=True).splitlines())
    own = [row[NAME] != "" for row in rows]
    assert [[row[each] != "" for each in TELLING] for row in rows] == [[is_own] * 3 for is_own in own]
