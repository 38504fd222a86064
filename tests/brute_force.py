"""Small divisions found by trying every share of every member: `python -m tests.brute_force --cases 5000`.

Written apart from the product, from the stated goal alone, in fractions: what it finds the product must find too.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from statistics import median

from catalogue.routing.allocation import Candidate, Rules, divide

Found = dict[int, int]
MOST_MEMBERS, MOST_LOTS = 4, 12


# -- the goal, as it is stated --


def expected(rules: Rules, candidates: Sequence[Candidate]) -> Found:
    """Units for each member under the stated goal."""
    eligible = eligible_of(rules, candidates)
    found = {candidate.member: 0 for candidate in candidates}
    world = World(rules, eligible, [each for each in candidates if each.held])
    makers = [each for each in eligible if each.is_maker]
    others = [each for each in eligible if not each.is_maker]
    for group in (makers, others):
        found |= world.best_for(group, found, rules.quantity - sum(found.values()))
    return found


def eligible_of(rules: Rules, candidates: Sequence[Candidate]) -> list[Candidate]:
    in_time = [
        each
        for each in candidates
        if each.absence is None and (rules.needed_in_days is None or (each.days or 0) <= rules.needed_in_days)
    ]
    able = [each for each in in_time if any(allowed(rules, each, rules.quantity))]
    charges = [Fraction(each.charge) for each in able if each.charge > 0]
    if rules.price_band is None or len(charges) < 3:
        return able
    limit = median(charges) * (1 + Fraction(rules.price_band))
    return [each for each in able if each.charge <= limit]


def allowed(rules: Rules, each: Candidate, quantity: int) -> list[int]:
    """Every number of units this one may get of `quantity`."""
    odd = quantity % rules.lot
    smallest = rules.smallest_share if rules.quantity >= 2 * rules.smallest_share else 1
    top = min([quantity, each.offered - each.held] + ([each.capacity] if each.capacity is not None else []))
    return [0] + [
        units
        for units in range(1, top + 1)
        if units % rules.lot in (0, odd) and units + each.held >= each.own_lot and units + each.held >= smallest
    ]


class World:
    """The levels of the households, in millionths."""

    def __init__(self, rules: Rules, eligible: Sequence[Candidate], holders: Sequence[Candidate]) -> None:
        self.rules, self.eligible, self.holders = rules, eligible, holders
        charges = [Fraction(each.charge) for each in eligible if each.charge > 0]
        self.usual = median(charges) if charges else Fraction(1)
        homes = {self.home(each) for each in eligible}
        self.weights = {home: max(Fraction(each.weight) for each in self.of(home)) for home in homes}
        if homes:
            self.share = rounded(rules.quantity * self.usual / sum(self.weights.values()))

    def home(self, each: Candidate) -> tuple[str, int]:
        return (each.household, 0) if each.household else ("", each.member)

    def of(self, home: tuple[str, int]) -> list[Candidate]:
        return [each for each in self.eligible if self.home(each) == home]

    def a_unit(self, each: Candidate) -> int:
        return max(1, round((Fraction(each.charge) or self.usual) / self.weights[self.home(each)] * 1_000_000))

    def level(self, home: tuple[str, int], found: Found) -> int:
        firms, middle = self.of(home), Fraction(self.rules.median_history)
        known = [Fraction(each.history) for each in firms if each.history is not None]
        reach = Fraction(self.rules.history_reach) * self.share
        history = max(known) / self.weights[home] if known else middle
        history = middle + max(-reach, min(reach, history - middle))
        held = sum(each.held * self.a_unit(each) for each in self.holders if self.home(each) == home)
        return round(history * 1_000_000) + held + sum(found.get(each.member, 0) * self.a_unit(each) for each in firms)

    def best_for(self, group: Sequence[Candidate], found: Found, quantity: int) -> Found:
        drawn = sorted(group, key=lambda each: sha256(f"{self.rules.seed}\n{each.member}".encode()).hexdigest())
        alone = self.rules.one_hand or self.rules.quantity < 2 * self.rules.smallest_share
        ways = [way for way in self.ways(drawn, quantity, found) if not alone or len([u for u in way if u]) <= 1]

        def worth(way: tuple[int, ...]) -> tuple[object, ...]:
            if alone:
                low = [-self.level(self.home(each), found) for each, units in zip(drawn, way, strict=True) if units]
                return sum(way), low, way
            after = found | {each.member: units for each, units in zip(drawn, way, strict=True)}
            return sum(way), sorted(self.level(home, after) for home in self.weights), way

        best = max(ways, key=worth)
        return {each.member: units for each, units in zip(drawn, best, strict=True)}

    def ways(self, drawn: Sequence[Candidate], quantity: int, found: Found) -> Iterator[tuple[int, ...]]:
        most = 1 if self.rules.one_hand else (self.rules.most_makers or len(self.eligible) + len(self.holders))
        busy = {each.member for each in self.holders} | {member for member, units in found.items() if units}
        for way in products([allowed(self.rules, each, quantity) for each in drawn], quantity):
            working = busy | {each.member for each, units in zip(drawn, way, strict=True) if units}
            odd_ones = sum(1 for units in way if units % self.rules.lot)
            if odd_ones <= 1 and (len(working) <= most or working == busy):
                yield way


def products(choices: Sequence[Sequence[int]], quantity: int) -> Iterator[tuple[int, ...]]:
    """Every choice of one from each that is no more than `quantity` together."""
    ways: list[tuple[int, ...]] = [()]
    for options in choices:
        ways = [(*way, units) for way in ways for units in options if sum(way) + units <= quantity]
    yield from ways


def rounded(share: Fraction) -> Fraction:
    return Fraction(round(share * 1_000_000), 1_000_000)


# -- made cases --


def case(seed: int) -> tuple[Rules, list[Candidate]]:
    """A made order of at most twelve lots and four members, with everything that can be odd about it."""
    chance = random.Random(seed)
    lot = chance.choice([1, 1, 1, 2, 5])
    lots = chance.randint(1, MOST_LOTS)
    quantity = lots * lot + (chance.randrange(lot) if chance.random() < 0.5 else 0)
    rules = Rules(
        quantity=quantity,
        needed_in_days=chance.choice([None, 30]),
        lot=lot,
        smallest_share=chance.choice([1, 1, 2, 3, quantity // 3 + 1]),
        most_makers=chance.choice([None, None, None, 1, 2, 3]),
        one_hand=chance.random() < 0.1,
        price_band=chance.choice([None, Decimal("0.15"), Decimal("0.05")]),
        history_reach=chance.choice([Decimal(1), Decimal(1), Decimal("0.5"), Decimal(0), Decimal(4)]),
        median_history=chance.choice([Decimal(0), Decimal("20"), Decimal("33.3")]),
        seed=str(seed),
    )
    count = chance.choice([1, 2, 3, 3, 4, 4, 4])
    made = plain if chance.random() < 0.4 else candidate
    return rules, [made(chance, rules, member) for member in range(1, count + 1)]


def plain(chance: random.Random, rules: Rules, member: int) -> Candidate:
    """One who offers much in time, so that levels decide."""
    return Candidate(
        member=member,
        weight=chance.choice([Decimal(1), Decimal(1), Decimal(2)]),
        household=chance.choice(["", "", "", "a"]),
        history=Decimal(chance.randint(0, 60)),
        offered=chance.randint(rules.quantity // 3, rules.quantity),
        days=None,
        charge=Decimal(chance.randint(70, 80)) / 10,
        own_lot=chance.choice([1, 1, 2, 3 * rules.lot]),
    )


def candidate(chance: random.Random, rules: Rules, member: int) -> Candidate:
    held = chance.choice([0, 0, 0, 0, chance.randint(1, 4)])
    return Candidate(
        member=member,
        weight=chance.choice([Decimal(1), Decimal(1), Decimal(2), Decimal("1.5"), Decimal(3)]),
        household=chance.choice(["", "", "", "a"]),
        history=chance.choice([None, Decimal(0), Decimal(chance.randint(0, 80)), Decimal("12.34")]),
        held=held,
        offered=held + chance.randint(0, rules.quantity + 2),
        days=chance.choice([None, 10, 30, 30, 30, 31]),
        charge=chance.choice([Decimal(0), *[Decimal(chance.randint(5, 9)), Decimal("6.35"), Decimal(7)] * 2]),
        own_lot=chance.choice([1, 1, 1, 2, 4, chance.randint(1, rules.quantity + 1)]),
        capacity=chance.choice([None, None, chance.randint(0, rules.quantity)]),
        is_maker=chance.random() < 0.08,
        absence=chance.choice([None] * 9 + ["declined"]),
    )


def disagreements(seeds: range) -> Iterator[int]:
    """The seeds of the cases in which the product divides otherwise."""
    for seed in seeds:
        rules, candidates = case(seed)
        if {each.member: each.quantity for each in divide(rules, candidates).portions} != expected(rules, candidates):
            yield seed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    wrong = list(disagreements(range(given.first, given.first + given.cases)))
    print(f"{given.cases - len(wrong)} of {given.cases} cases agree")
    print(*(f"otherwise: --first {seed} --cases 1" for seed in wrong[:10]), sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
