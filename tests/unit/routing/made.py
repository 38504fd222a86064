"""Made divisions of any size, for the properties that hold for every one of them."""

from decimal import Decimal
from random import Random

from hypothesis import strategies as some

from catalogue.routing.allocation import Candidate, Rules

ABSENCES = [None] * 8 + ["declined", "no_answer", "handed_back", "left_out"]


def rules_of(chance: Random) -> Rules:
    return Rules(
        quantity=chance.choice([chance.randint(0, 400), chance.randint(20, 120)]),
        needed_in_days=chance.choice([None, 30]),
        lot=chance.choice([1, 1, 2, 5, 10, 12]),
        smallest_share=chance.choice([1, 1, 5, 20, 30]),
        most_makers=chance.choice([None, None, chance.randint(1, 6)]),
        one_hand=chance.random() < 0.07,
        price_band=chance.choice([None, Decimal("0.15")]),
        history_reach=chance.choice([Decimal(1), Decimal(1), Decimal("0.5"), Decimal(0)]),
        median_history=Decimal(500),
        seed=chance.choice(["head", "another head"]),
    )


def candidate_of(chance: Random, member: int) -> Candidate:
    return Candidate(
        member=member,
        weight=chance.choice([Decimal(1), Decimal(1), Decimal(2), Decimal("1.5"), Decimal(3)]),
        household=chance.choice(["", "", "", "", "one house"]),
        history=chance.choice([None, cents(chance, 0, 1500), cents(chance, 300, 700)]),
        held=chance.choice([0, 0, 0, 0, 0, 12]),
        offered=chance.randint(0, 300),
        days=chance.choice([10, 20, 30, 30, 30, 31, None]),
        charge=cents(chance, 8, 11),
        own_lot=chance.choice([1, 1, 1, 1, 10, 25]),
        capacity=chance.choice([None, chance.randint(0, 200)]),
        is_maker=chance.random() < 0.05,
        absence=chance.choice(ABSENCES),
    )


def cents(chance: Random, least: int, most: int) -> Decimal:
    return Decimal(chance.randint(least * 100, most * 100)).scaleb(-2)


def candidates_of(chance: Random, count: int) -> list[Candidate]:
    return [candidate_of(chance, member) for member in range(1, count + 1)]


# Each drawn from one number, not field by field: drawing a hundred fields took longer than all the divisions.
seeds = some.integers(0, 2**32).map(Random)
rules = seeds.map(rules_of)


def candidates(fewest: int = 0, most: int = 12) -> some.SearchStrategy[list[Candidate]]:
    return some.builds(candidates_of, seeds, some.integers(fewest, most))
