"""Divisions of the past made again under other by-laws, in their order, from the inputs that the ledger keeps.

Histories are rebuilt as it goes, so that what one division gives weighs in the next. Offers, charges, days and free
capacity stay as they were, and so does what members handed back: as many pieces, where they get so many. Shares that a
manager set by hand are not set again: the plain rule decides. Pure: nothing is read from a database or written to one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from catalogue.routing.allocation import Candidate, Rules, divide
from catalogue.routing.histories import Histories, History, faded, together
from catalogue.routing.simulation import each_takes_all, equal_parts


class Way(StrEnum):
    """How work is divided: by the rule with its by-laws; or, to compare, in equal parts or to who answers first."""

    RULE = "rule"
    EQUAL = "equal"
    FIRST = "first"


@dataclass(frozen=True)
class Laws:
    """The by-laws of one call that its recorded rules do not hold: weights and households by member (1 and none where
    nothing is said), and the half-life of earlier work."""

    half_life_days: int
    weights: Mapping[int, Decimal] = field(default_factory=dict)
    households: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What is tried; None leaves a by-law as it was at each call. A band above every charge compares none."""

    half_life_days: int | None = None
    history_reach: Decimal | None = None
    smallest_share: int | None = None
    most_makers: int | None = None
    price_band: Decimal | None = None
    has_equal_weights: bool = False
    way: Way = Way.RULE

    def of_rules(self) -> dict[str, Any]:
        """The changed fields of `Rules`."""
        names = ("history_reach", "smallest_share", "most_makers", "price_band")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Firm:
    """One member: from when to when it took part, and the making charges it was given before, each with its day."""

    member: int
    joined_on: date
    left_on: date | None = None
    before: tuple[tuple[date, Decimal], ...] = ()

    def takes_part_on(self, day: date) -> bool:
        """Whether it is a member then."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True)
class Then:
    """One division as it was: `back` are the pieces of it that were handed back or lapsed, by member; `in_line` who
    answered, the first first. In a later `round` of a call is divided what came back before."""

    call: int
    round: int
    on: date
    laws: Laws
    rules: Rules
    candidates: tuple[Candidate, ...]
    back: Mapping[int, int] = field(default_factory=dict)
    in_line: tuple[int, ...] = ()


@dataclass(frozen=True)
class Played:
    """What came of it: making charges kept by member in the book currency, pieces asked for and left without maker."""

    values: Mapping[int, Decimal]
    asked: int
    unfilled: int


def replay(divisions: Sequence[Then], firms: Sequence[Firm], change: Change, *, first_on: date | None) -> Played:
    """Divide again in the order given. `first_on` is when the consortium divided work for the first time."""
    world = _World(firms, change, first_on)
    for each in divisions:
        world.divide(each)
    asked = sum(each.rules.quantity for each in divisions if each.round == 1)
    values = {firm.member: world.value(firm.member) for firm in firms}
    return Played(values, asked, asked - world.made())


class _World:
    """Who was given what so far, under the change that is tried."""

    def __init__(self, firms: Sequence[Firm], change: Change, first_on: date | None) -> None:
        self.firms, self.change, self.first_on = firms, change, first_on
        self.given: dict[int, list[tuple[int, date, Decimal]]] = defaultdict(list)
        self.held: dict[tuple[int, int], int] = defaultdict(int)
        self.back: dict[int, set[int]] = defaultdict(set)
        self.free: dict[int, int] = defaultdict(int)

    def divide(self, then: Then) -> None:
        known = self._histories(then)
        quantity = then.rules.quantity if then.round == 1 else self.free.pop(then.call, 0)
        if not quantity:
            return
        rules = replace(then.rules, quantity=quantity, median_history=known.median, **self.change.of_rules())
        taking = [each for each in then.candidates if each.member in known.by_member]
        candidates = [self._candidate(then, each, known) for each in taking]
        charges = {each.member: each.charge for each in candidates}
        for member, share in self._shares(then, rules, candidates).items():
            back = min(share, then.back.get(member, 0))
            self._keep(then, member, share - back, charges[member])
            if back:
                self.back[then.call].add(member)
                self.free[then.call] += back

    def value(self, member: int) -> Decimal:
        return sum((value for _call, _on, value in self.given[member]), Decimal(0))

    def made(self) -> int:
        return sum(self.held.values())

    def _keep(self, then: Then, member: int, pieces: int, charge: Decimal) -> None:
        if pieces:
            self.held[then.call, member] += pieces
            self.given[member].append((then.call, then.on, charge * pieces))

    def _shares(self, then: Then, rules: Rules, candidates: Sequence[Candidate]) -> dict[int, int]:
        if self.change.way is Way.EQUAL:
            return equal_parts(rules, candidates)
        if self.change.way is Way.FIRST:
            place = {member: at for at, member in enumerate(then.in_line)}
            return each_takes_all(rules, sorted(candidates, key=lambda each: place.get(each.member, len(place))))
        return {portion.member: portion.quantity for portion in divide(rules, candidates).portions if portion.quantity}

    def _candidate(self, then: Then, candidate: Candidate, known: Histories) -> Candidate:
        held = self.held[then.call, candidate.member]
        absence = None if candidate.absence == "handed_back" else candidate.absence
        free = candidate.capacity
        return replace(
            candidate,
            weight=known.weight_of(candidate.member),
            household=known.by_member[candidate.member].household,
            history=known.of(candidate.member),
            held=held,
            capacity=None if free is None else max(0, free + candidate.held - held),
            absence="handed_back" if candidate.member in self.back[then.call] else absence,
        )

    def _histories(self, then: Then) -> Histories:
        return together(self._history(firm, then) for firm in self.firms if firm.takes_part_on(then.on))

    def _history(self, firm: Firm, then: Then) -> History:
        laws, life = then.laws, self.change.half_life_days or then.laws.half_life_days
        weight = Decimal(1) if self.change.has_equal_weights else laws.weights.get(firm.member, Decimal(1))
        given = [(on, value) for call, on, value in self.given[firm.member] if call != then.call]
        worth = (faded(value, (then.on - on).days, life) for on, value in (*firm.before, *given))
        is_lately = self.first_on is not None and self.first_on < firm.joined_on
        return History(
            member=firm.member,
            value=sum(worth, Decimal(0)),
            weight=weight,
            household=laws.households.get(firm.member, ""),
            is_new=is_lately and not firm.before and not given and (then.on - firm.joined_on).days < life,
        )
