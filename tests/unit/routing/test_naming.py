"""Under which name each reader sees each member's figures."""

from dataclasses import dataclass

import pytest

from catalogue.consortia.by_law_models import ByLaws, Naming
from catalogue.routing.naming import FEW, OnPaper, Reader, letter, rows_for, rows_on_paper, shown_to


@dataclass(frozen=True)
class Firm:
    id: int


@dataclass(frozen=True)
class Row:
    member: Firm


def rows(count):
    return [Row(Firm(key)) for key in range(1, count + 1)]


def laws(naming=Naming.LETTERS, observers=False):
    return ByLaws(naming=naming, observers_read_names=observers)


def seen(found):
    return [(each.letter, each.is_named, each.is_own) for each in found]


def test_letters_go_on_after_z():
    assert [letter(place) for place in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_a_manager_reads_every_name():
    assert all(each.is_named for each in rows_for(rows(3), laws(), Reader.MANAGER))


def test_a_member_reads_its_own_name_and_letters():
    found = rows_for(rows(FEW), laws(), Reader.MEMBER, own=2)
    assert seen(found)[:3] == [("A", False, False), ("B", True, True), ("C", False, False)]
    assert len(found) == FEW


@pytest.mark.parametrize(("own", "letters"), [(3, ["A", "C", "G"]), (1, ["A", "G"]), (7, ["A", "G"])])
def test_among_fewer_than_eight_a_member_reads_the_smallest_itself_and_the_largest(own, letters):
    found = rows_for(rows(FEW - 1), laws(), Reader.MEMBER, own=own)
    assert [each.letter for each in found] == letters
    assert [each.row.member.id for each in found if each.is_named] == [own]


def test_members_may_decide_on_names():
    found = rows_for(rows(3), laws(Naming.NAMES), Reader.MEMBER, own=1)
    assert [each.is_named for each in found] == [True] * 3


@pytest.mark.parametrize(("observers", "named"), [(False, 0), (True, 9)])
def test_an_observer_reads_names_only_where_members_decided_so(observers, named):
    found = rows_for(rows(9), laws(Naming.NAMES, observers), Reader.OBSERVER)
    assert sum(each.is_named for each in found) == named


@pytest.mark.parametrize(
    ("reader", "members", "shown"),
    [
        (Reader.MANAGER, 3, OnPaper.NAMES),
        (Reader.OBSERVER, 3, OnPaper.TOTALS),
        (Reader.MEMBER, FEW - 1, OnPaper.EDGES),
        (Reader.MEMBER, FEW, OnPaper.LETTERS),
    ],
)
def test_a_paper_for_many_readers_shows_no_more_than_each_may_see(reader, members, shown):
    assert shown_to(laws(), reader, members) is shown


def test_the_paper_of_few_has_the_smallest_and_the_largest():
    found = rows_on_paper(rows(5), OnPaper.EDGES)
    assert seen(found) == [("A", False, False), ("E", False, False)]
