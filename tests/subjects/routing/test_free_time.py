"""What members can still make by a day, from what stands in the database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from catalogue.routing.capacity_models import Capacity, CapacityOf, Rest
from catalogue.routing.division_models import ShareState
from catalogue.routing.free_time import free

AT = datetime(2027, 2, 28, 18, 0, tzinfo=UTC)  # the first of March in Vientiane
LAST = date(2027, 4, 30)  # the last day of thirty in March and thirty in April


@pytest.fixture
def free_of(session, cast):
    def free_of(*members, product=None, technique="", unit="C62", until=LAST):
        found = free(
            session,
            cast.silver,
            [member.id for member in members],
            product_id=product.public_id if product else "",
            category="bowls",
            technique=technique,
            unit=unit,
            until=until,
            at=AT,
        )
        return [found[member.id] for member in members]

    return free_of


@pytest.fixture
def say(make, cast):
    def say(member, of, key, a_month, unit="C62"):
        kind = {"consortium_id": member.consortium_id, "member_id": member.id, "of": of, "key": key, "unit": unit}
        return make.save(Capacity(**kind, a_month=a_month, said_at=AT))

    return say


@pytest.fixture
def rest(make, cast):
    def rest(member, begins_on, ends_on):
        keys = {"consortium_id": cast.silver.id, "member_id": member.id if member else None}
        return make.save(Rest(**keys, begins_on=begins_on, ends_on=ends_on, said_at=AT))

    return rest


def test_the_narrowest_statement_holds(make, cast, free_of, say):
    assert free_of(cast.firm_a)[0].pieces is None
    cast.firm_a.monthly_capacity = 10
    make.keep(cast.firm_a)
    assert free_of(cast.firm_a)[0].stated == 10
    make.product(member=cast.firm_a, category="bowls", monthly_capacity=30)
    bowl = make.product(member=cast.firm_a, category="bowls", monthly_capacity=20)
    assert free_of(cast.firm_a)[0].stated == 30
    assert free_of(cast.firm_a, product=bowl)[0].stated == 20
    say(cast.firm_a, CapacityOf.CATEGORY, "bowls", 40)
    assert free_of(cast.firm_a, technique="chased")[0].stated == 40
    say(cast.firm_a, CapacityOf.TECHNIQUE, "chased", 50)
    assert free_of(cast.firm_a, technique="chased")[0].stated == 50
    say(cast.firm_a, CapacityOf.PRODUCT, bowl.public_id, 62)
    assert free_of(cast.firm_a, technique="chased", product=bowl)[0].pieces == 62 * 30 // 31 + 62


def test_days_of_rest_of_the_member_and_of_all_lower_it(make, cast, free_of, say, rest):
    for firm in (cast.firm_a, cast.firm_b):
        say(firm, CapacityOf.CATEGORY, "bowls", 300)
    rest(cast.firm_a, date(2027, 4, 1), date(2027, 4, 10))
    rest(None, date(2027, 4, 10), date(2027, 4, 16))

    own, all_alike = free_of(cast.firm_a, cast.firm_b)

    assert (own.rest_days, all_alike.rest_days) == (16, 7)
    assert (own.pieces, all_alike.pieces) == (290 + 300 - 160, 290 + 300 - 70)


def test_shares_of_the_category_take_up_days_until_they_are_made(make, cast, session, free_of, say):
    say(cast.firm_a, CapacityOf.CATEGORY, "bowls", 310)
    bowls = make.allocation(make.call(members=[cast.firm_a], consortium=cast.silver), {cast.firm_a: 60}, due_on=LAST)
    trays = make.call(members=[cast.firm_a], consortium=cast.silver, category="trays")
    make.allocation(trays, {cast.firm_a: 60}, due_on=LAST)
    bowls.confirmed_at = AT
    make.keep(bowls)

    assert free_of(cast.firm_a)[0].booked == 60
    assert free_of(cast.firm_a)[0].pieces == 300 + 310 - 60

    bowls.shares[0].state = ShareState.MADE
    make.keep(bowls)
    assert free_of(cast.firm_a)[0].booked == 0


def test_one_figure_for_all_work_is_taken_up_by_all_shares(make, cast, free_of):
    cast.firm_a.monthly_capacity = 310
    make.keep(cast.firm_a)
    trays = make.call(members=[cast.firm_a], consortium=cast.silver, category="trays")
    make.allocation(trays, {cast.firm_a: 60}, due_on=date(2027, 3, 31), confirmed_at=AT)
    assert free_of(cast.firm_a)[0].booked == 60


def test_grams_are_counted_in_pieces_of_the_product(make, cast, free_of, say):
    bowl = make.product(member=cast.firm_b, category="bowls", net_weight_g=Decimal("350"))
    say(cast.firm_a, CapacityOf.CATEGORY, "bowls", 7000, unit="GRM")
    assert free_of(cast.firm_a, product=bowl)[0].stated == 20
    assert free_of(cast.firm_a)[0].stated is None, "what one weighs is not known"


def test_nothing_of_another_consortium_is_read(make, cast, session, free_of, rest):
    stranger = make.member(consortium=cast.silk)
    stranger.monthly_capacity = 40
    make.keep(stranger)
    assert free_of(stranger)[0].stated is None
