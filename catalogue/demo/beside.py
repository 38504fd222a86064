"""What stood beside the demonstration's orders: what firms can make, the by-laws, a deputy, a declared interest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from catalogue.accounts.models import Person
from catalogue.consortia import by_laws, deputies, interests
from catalogue.consortia.by_law_models import PriceRule
from catalogue.consortia.by_law_values import Decision, values_of
from catalogue.consortia.interest_models import InterestKind
from catalogue.demo.days import Days
from catalogue.demo.firms import manager_of
from catalogue.demo.orders import SLUG, Year
from catalogue.demo.stage import Act, Stage
from catalogue.routing.capacity_models import CapacityOf
from catalogue.routing.stating import said_by, say_capacity
from catalogue.text import Bilingual

DEPUTY, TIED = 380, 200
STATED = (374, 265)
"""When firms said what they make in a month: those of the beginning, and those who joined since."""
SEALED, AGREED = 330, 150
PIECES = "C62"
WHY = {
    PriceRule.SEALED: Bilingual(
        lo="ທົດລອງໃຫ້ແຕ່ລະໂຮງຊ່າງບອກຄ່າແຮງແບບປິດລັບ.", en="A trial: each workshop states its making charge under seal."
    ),
    PriceRule.AGREED: Bilingual(
        lo="ກັບຄືນໃຊ້ຄ່າແຮງທີ່ຕົກລົງກັນ ເພາະບາງໂຮງຊ່າງຕັດລາຄາກັນ.",
        en="Back to agreed charges, because some workshops undercut one another.",
    ),
}


def beside(told: Year, days: Days) -> Iterator[Act]:
    """Each at its time."""
    yield Act(days.in_office(days.at(DEPUTY, 9, 15)), _name_deputy)
    for days_ago in STATED:
        yield Act(days.in_office(days.at(days_ago, 10, 5)), partial(_state, told))
    yield Act(days.in_office(days.at(SEALED, 14, 30)), partial(_adopt, PriceRule.SEALED, days.ago(SEALED + 4)))
    yield Act(days.in_office(days.at(TIED, 8, 40)), partial(_declare, days.ago(TIED + 2000)))
    yield Act(days.in_office(days.at(AGREED, 14, 30)), partial(_adopt, PriceRule.AGREED, days.ago(AGREED + 3)))


def _manager(stage: Stage) -> Person:
    return stage.people[manager_of(SLUG).email]


def _name_deputy(stage: Stage, at: datetime) -> None:
    """The manager of silk stands in where the manager of silver has an interest."""
    deputies.name_deputy(
        stage.session, stage.consortia[SLUG], stage.people[manager_of("silk").email], by=_manager(stage), at=at
    )


def _state(told: Year, stage: Stage, at: datetime) -> None:
    """Every firm that is there and has not yet, states what it can make in a month."""
    consortium, session = stage.consortia[SLUG], stage.session
    for slug, months in told.stated.items():
        member = stage.members.get((SLUG, slug))
        if member is None or said_by(session, member):
            continue
        for category, a_month in months.items():
            say_capacity(session, consortium, member, CapacityOf.CATEGORY, category, PIECES, a_month, by=None, at=at)


def _adopt(rule: PriceRule, adopted_on: date, stage: Stage, at: datetime) -> None:
    """The members vote on how charges are asked."""
    consortium = stage.consortia[SLUG]
    newest = by_laws.all_sets(stage.session, consortium)[0]
    values = values_of(newest)
    decision = Decision(
        adopted_on=adopted_on,
        votes_for=9 if rule is PriceRule.SEALED else 12,
        votes_against=3 if rule is PriceRule.SEALED else 1,
        abstained=1,
        minutes=WHY[rule].lo,
        reason=WHY[rule],
    )
    by_laws.adopt(
        stage.session,
        consortium,
        replace(values, price_rule=rule),
        decision,
        after=newest.number,
        by=_manager(stage),
        at=at,
    )


def _declare(begins_on: date, stage: Stage, at: datetime) -> None:
    """The manager declares kin in one of the firms."""
    tie = interests.Tie(kind=InterestKind.KINSHIP, begins_on=begins_on)
    member = stage.members[SLUG, "new-rice"]
    interests.declare(stage.session, stage.consortia[SLUG], member, tie, person=_manager(stage), at=at)
