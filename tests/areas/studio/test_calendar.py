"""The member's calendar: figures moved by buttons, rests chosen by pressing days, and what is left of three months."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.routing import stating
from catalogue.routing.capacity import Span
from catalogue.routing.capacity_models import Capacity, CapacityOf, Rest
from catalogue.web.clock import in_vientiane, now

BOWLS = {"line": "line-category-bowls-C62"}


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy)


@pytest.fixture
def bowl(make, cast):
    return make.product(member=cast.firm_a, category="bowls", monthly_capacity=40)


@pytest.fixture
def today():
    return in_vientiane(now()).date()


def test_a_figure_begins_as_the_catalogue_states_it_and_is_moved_by_a_button(bounmy, bowl, session):
    page = bounmy.get("studio.calendar")
    form = page.select_one("#line-category-bowls-C62")
    assert form.select_one("b").text == "40"
    assert [button["value"] for button in form.select("[name=a_month]")] == ["30", "39", "41", "50"]

    page = bounmy.post("studio.say_capacity", {**BOWLS, "a_month": "50"})

    assert session.scalars(select(Capacity.a_month)).all() == [50]
    assert page.select_one("#line-category-bowls-C62 b").text == "50"
    assert page.select_one("#line-category-bowls-C62 [role=status]")


@pytest.mark.parametrize("wrong", [{"a_month": "-3"}, {"a_month": "many"}, {"line": "line-category-moon-C62"}, {}])
def test_a_figure_that_no_button_carries_is_not_kept(bounmy, bowl, session, wrong):
    bounmy.get("studio.calendar")
    bounmy.post("studio.say_capacity", {**BOWLS, **wrong})
    assert session.scalar(select(Capacity)) is None


def test_a_statement_is_taken_back_and_the_catalogue_holds_again(bounmy, bowl, session):
    bounmy.get("studio.calendar")
    bounmy.post("studio.say_capacity", {**BOWLS, "a_month": "50"})
    page = bounmy.post("studio.take_back_capacity", BOWLS)
    assert session.scalar(select(Capacity)) is None
    assert page.select_one("#line-category-bowls-C62 b").text == "40"


@pytest.mark.parametrize(
    ("of", "unit", "figure"),
    [("technique:raising", "GRM", 1000), ("category:trays", "C62", 10), ("product", "C62", 40)],
)
def test_a_figure_is_begun_of_something_else(bounmy, bowl, session, of, unit, figure):
    chosen = f"product:{bowl.public_id}" if of == "product" else of
    page = bounmy.get("studio.more_capacity")
    assert page.select_one(f'[value="{chosen}"]')

    bounmy.post("studio.add_capacity", {"of": chosen, "unit": unit})

    row = session.scalars(select(Capacity)).one()
    assert (row.unit, row.a_month) == (unit, figure)


def test_nothing_is_begun_of_what_is_not_ones_own(bounmy, bowl, make, cast, session):
    other = make.product(member=cast.firm_b)
    bounmy.get("studio.more_capacity")
    bounmy.post("studio.add_capacity", {"of": f"product:{other.public_id}", "unit": "C62"}, expect=422)
    bounmy.post("studio.add_capacity", {"of": "category:bowls", "unit": "TNE"}, expect=422)
    assert session.scalar(select(Capacity)) is None


def test_a_rest_is_said_by_pressing_its_first_and_its_last_day(bounmy, bowl, session, today):
    first, last = today + timedelta(days=3), today + timedelta(days=5)
    assert bounmy.get("studio.rest").select_one(f'a.day[href*="{first}"]')
    page = bounmy.get("studio.rest", first=first.isoformat(), month=f"{last:%Y-%m}")
    assert page.select_one(f'button.day[value="{last}"]')

    page = bounmy.post("studio.say_rest", {"first": first.isoformat(), "last": last.isoformat()})

    rest = session.scalars(select(Rest)).one()
    assert (rest.begins_on, rest.ends_on) == (first, last)
    assert len(page.select(".month .day-rest")) == 3

    bounmy.post("studio.take_back_rest", {}, rest_id=rest.public_id)
    session.expire_all()
    assert session.scalar(select(Rest)) is None


@pytest.mark.parametrize(("first", "last"), [("soon", "2030-01-01"), (5, 3), (-5, -3)])
def test_days_that_are_no_rest_are_explained(bounmy, session, today, first, last):
    days = [(today + timedelta(days=each)).isoformat() if isinstance(each, int) else each for each in (first, last)]
    page = bounmy.post("studio.say_rest", {"first": days[0], "last": days[1]}, expect=422)
    assert page.select_one(".notice")
    assert session.scalar(select(Rest)) is None


def test_the_office_and_other_firms_rests_are_not_ones_own_to_take_back(bounmy, make, cast, session, today):
    span = Span(today, today)
    theirs = stating.say_rest(session, cast.silver, cast.firm_b, span, by=None, at=now())
    of_all = stating.say_rest(session, cast.silver, None, span, by=None, at=now())
    session.commit()
    for rest in (theirs, of_all):
        bounmy.post("studio.take_back_rest", {}, rest_id=rest.public_id, expect=404)
    assert len(session.scalars(select(Rest)).all()) == 2


def test_shares_are_drawn_and_take_from_what_is_left(bounmy, make, cast, session, today):
    given = (CapacityOf.CATEGORY, "bowls", "C62", 600)
    stating.say_capacity(session, cast.silver, cast.firm_a, *given, by=None, at=now())
    session.commit()
    untouched = bounmy.get("studio.calendar").select(".lefts b")[1].text
    call = make.call(members=[cast.firm_a], consortium=cast.silver, quantity=90)
    due_on = today + timedelta(days=45)
    make.allocation(call, {cast.firm_a: 90}, due_on=due_on, confirmed_at=now())

    page = bounmy.get("studio.calendar")

    assert "90" in page.select_one(".works").text
    assert page.select_one(".span .span-work")
    assert page.select_one(".month .day-due")
    assert page.select(".lefts b")[1].text != untouched


def test_somebody_of_another_consortium_sees_nothing_of_it(visitor, make, cast, bowl):
    stranger = visitor.signed_in_as(make.person(name="Stranger"))
    stranger.get("studio.calendar", expect=404)
