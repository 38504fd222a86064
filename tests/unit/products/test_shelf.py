"""The shelf: filters, counts, and the turn in which every member leads equally often."""

from array import array
from collections import Counter
from datetime import date, timedelta

import pytest

from catalogue.products.shelf import Choice, Shelf, turn

TODAY = date(2026, 11, 21)


def shelf(*rows):
    """Rows are (id, member, category, lead time, minimum)."""
    sets = {}
    for position, row in enumerate(rows):
        for name in (("category", row[2]), *(("lead", str(days)) for days in (15, 30) if row[3] <= days)):
            sets[name] = sets.get(name, 0) | 1 << position
    columns = list(zip(*rows, strict=True))
    return Shelf("key", columns[0], columns[1], array("d", columns[0]), columns[3], columns[4], sets)


BOWLS = shelf((3, 1, "bowls", 10, 5), (5, 1, "boxes", 30, 1), (8, 2, "bowls", 40, 9), (9, 3, "bowls", 15, 2))


def ids(within, order):
    return [BOWLS.ids[position] for position in BOWLS.in_order(within, order)]


def test_all_facets_must_hold_and_any_key_of_one_facet():
    order = range(4)
    assert ids(BOWLS.chosen(Choice(category=("bowls",), lead=("15",))), order) == [3, 9]
    assert ids(BOWLS.chosen(Choice(category=("bowls", "boxes"))), order) == [3, 5, 8, 9]
    assert ids(BOWLS.chosen(Choice(material=("gold",))), order) == []


def test_a_facet_is_counted_among_what_the_others_leave():
    choice = Choice(category=("boxes",), lead=("30",))
    assert BOWLS.counts("category", BOWLS.chosen(choice, but="category")) == {"bowls": 2, "boxes": 1}


@pytest.mark.parametrize(
    ("sort", "expected"), [("new", [9, 8, 5, 3]), ("lead", [3, 9, 5, 8]), ("minimum", [5, 9, 3, 8])]
)
def test_sorts(sort, expected):
    assert ids(BOWLS.everything, BOWLS.order(sort, TODAY)) == expected


def test_what_came_later_is_left_out_of_an_order():
    assert ids(BOWLS.everything, BOWLS.order("new", TODAY, until=5)) == [5, 3]
    assert sorted(ids(BOWLS.everything, BOWLS.order("turn", TODAY, until=8))) == [3, 5, 8]
    assert ids(BOWLS.everything, BOWLS.order("minimum", TODAY, until=99)) == [5, 9, 3, 8]


def test_the_products_found_are_a_set_and_strangers_are_left_out():
    assert ids(BOWLS.set_of([9, 3, 4, 99]), range(4)) == [3, 9]
    assert BOWLS.position_of(8) == 2
    assert BOWLS.position_of(7) is None


# -- the turn --

MEMBERS = [1] * 12 + [2] * 3 + [3] * 1 + [4] * 5


def days(count):
    return [TODAY + timedelta(days=number) for number in range(count)]


def test_in_a_cycle_each_member_leads_once_however_much_it_shows():
    start = date.fromordinal(TODAY.toordinal() // 4 * 4)
    leaders = [MEMBERS[turn(MEMBERS, "key", start + timedelta(days=number))[0]] for number in range(4)]
    assert Counter(leaders) == Counter([1, 2, 3, 4])


def test_over_many_days_members_lead_equally_often():
    leaders = Counter(MEMBERS[turn(MEMBERS, "key", day)[0]] for day in days(400))
    assert max(leaders.values()) - min(leaders.values()) <= 2


def test_the_first_row_shows_each_member_once():
    for day in days(10):
        assert sorted(MEMBERS[position] for position in turn(MEMBERS, "key", day)[:4]) == [1, 2, 3, 4]


def test_a_day_has_one_order_with_every_product_once():
    assert turn(MEMBERS, "key", TODAY) == turn(MEMBERS, "key", TODAY)
    assert sorted(turn(MEMBERS, "key", TODAY)) == list(range(len(MEMBERS)))


def test_the_order_changes_from_day_to_day_and_with_the_key():
    assert turn(MEMBERS, "key", TODAY) != turn(MEMBERS, "key", TODAY + timedelta(days=1))
    assert len({tuple(turn(MEMBERS, f"key {number}", TODAY)) for number in range(20)}) > 1


def test_a_members_own_products_take_turns_too():
    firsts = {next(each for each in turn(MEMBERS, "key", day) if MEMBERS[each] == 1) for day in days(12)}
    assert len(firsts) == 12


def test_nothing_has_no_order():
    assert turn([], "key", TODAY) == []
