"""Made workshops, inquiries and answers, on which rules can be tried: drawn from a seed, plausible, not measured.

Every workshop answers the same inquiries in the same way whatever the rule; only how much time it has left depends on
what the rule gave it before. The numbers, each of which somebody may doubt:

- a workshop makes 20 to 130 pieces a month, most of them few; its charge lies within a fifth of 10 a piece;
- it knows one to three of three kinds of work; one in seven joins only later;
- an inquiry asks for 20 to 1,500 pieces, half of them for fewer than 150, in 30 to 120 days, a quarter in lots of ten;
- one in eight is for a design that one workshop made and opened to others;
- of those called 4 to 25 in a hundred do not answer, 2 to 20 decline, 8 are late, 3 hand their share back.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

KINDS = 3
DAYS_IN_YEAR = 365
ORDERS_A_YEAR = Decimal("1.8")  # for every member: with these sizes about half of what all could make
USUAL_CHARGE = 10
LATE, HANDS_BACK, OPEN_DESIGN, IN_LOTS, JOINS_LATER = 0.08, 0.03, 0.125, 0.25, 0.14


@dataclass(frozen=True)
class Workshop:
    """One made member; `a_month` pieces, `charge` in the book currency for one, `joined` in days from the start."""

    member: int
    a_month: int
    charge: Decimal
    own_lot: int
    kinds: frozenset[int]
    silent: float
    declines: float
    hours: float
    joined: int


@dataclass(frozen=True)
class MadeAnswer:
    """What a workshop says to one inquiry; `wish` is the part of its free time it would give to it."""

    workshop: Workshop
    hours: float
    wish: float
    days: int
    charge: Decimal
    absence: str | None
    hands_back: bool


@dataclass(frozen=True)
class MadeInquiry:
    """One made inquiry, and the answers of all who were called; `day` from the start."""

    day: int
    quantity: int
    needed_in_days: int
    lot: int
    maker: int | None
    answers: tuple[MadeAnswer, ...]
    seed: str


def workshops(chance: Random, members: int, days: int) -> list[Workshop]:
    """So many made members; the first three know one kind each, so that every inquiry finds somebody."""
    return [_workshop(chance, member, days) for member in range(1, members + 1)]


def inquiries(chance: Random, made: list[Workshop], days: int) -> list[MadeInquiry]:
    """The inquiries of so many days, in the order they come."""
    count = int(len(made) * ORDERS_A_YEAR * days / DAYS_IN_YEAR)
    arrivals = sorted(chance.randrange(days) for _each in range(count))
    return [_inquiry(chance, made, day, number) for number, day in enumerate(arrivals)]


def _workshop(chance: Random, member: int, days: int) -> Workshop:
    a_month = min(130, max(20, round(chance.lognormvariate(3.9, 0.5))))
    return Workshop(
        member=member,
        a_month=a_month,
        charge=Decimal(round(USUAL_CHARGE * chance.uniform(0.8, 1.2), 1)).quantize(Decimal("0.1")),
        own_lot=chance.choice([1, 1, 1, 5, 10]),
        kinds=frozenset({member % KINDS, *chance.sample(range(KINDS), chance.randint(0, KINDS - 1))}),
        silent=chance.uniform(0.04, 0.25),
        declines=chance.uniform(0.02, 0.2),
        hours=chance.uniform(2, 40),
        joined=chance.randrange(days // 2) if member > KINDS and chance.random() < JOINS_LATER else 0,
    )


def _inquiry(chance: Random, made: list[Workshop], day: int, number: int) -> MadeInquiry:
    kind, needed = chance.randrange(KINDS), chance.randint(30, 120)
    able = [workshop for workshop in made if kind in workshop.kinds and workshop.joined <= day]
    is_open = chance.random() < OPEN_DESIGN and able
    return MadeInquiry(
        day=day,
        quantity=min(1500, max(20, round(chance.lognormvariate(5, 0.9)))),
        needed_in_days=needed,
        lot=10 if chance.random() < IN_LOTS else 1,
        maker=chance.choice(able).member if is_open else None,
        answers=tuple(_answer(chance, workshop, needed) for workshop in able),
        seed=f"made {number}",
    )


def _answer(chance: Random, workshop: Workshop, needed: int) -> MadeAnswer:
    drawn, days = chance.random(), round(needed * chance.uniform(0.5, 1))
    is_silent, declines = drawn < workshop.silent, drawn < workshop.silent + workshop.declines
    return MadeAnswer(
        workshop=workshop,
        hours=chance.expovariate(1 / workshop.hours),
        wish=chance.uniform(0.4, 1),
        days=needed + chance.randint(1, 20) if chance.random() < LATE else days,
        charge=(workshop.charge * Decimal(round(chance.uniform(0.93, 1.07), 2))).quantize(Decimal("0.01")),
        absence="no_answer" if is_silent else "declined" if declines else None,
        hands_back=chance.random() < HANDS_BACK,
    )
