"""Made inquiries played through the published rule and through four others, to see how evenly each gives out work.

The rule is tried as the by-laws begin, and with a band as under sealed charges. The others know no history, and divide
among the same offers: who is absent or late gets nothing, nobody gets more than it offered or has time for, or less
than it makes at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from random import Random
from statistics import median

from catalogue.routing import made_trade
from catalogue.routing.allocation import Candidate, Rules, divide
from catalogue.routing.eligibility import least_new, unfit
from catalogue.routing.evenness import gini, jain
from catalogue.routing.histories import faded
from catalogue.routing.made_trade import DAYS_IN_YEAR, MadeAnswer, MadeInquiry, Workshop

HALF_LIFE_DAYS = 365
BAND = Decimal("0.15")
SMALLEST_SHARE = 10
DAYS_IN_MONTH = 30

Shares = dict[int, int]
Policy = Callable[[Rules, Sequence[Candidate], MadeInquiry], Shares]


# -- the rules that are compared --


def by_laws(rules: Rules, candidates: Sequence[Candidate], _inquiry: MadeInquiry) -> Shares:
    """The by-laws a consortium begins with: agreed charges, which are not compared."""
    return {portion.member: portion.quantity for portion in divide(rules, candidates).portions}


def by_laws_with_band(rules: Rules, candidates: Sequence[Candidate], inquiry: MadeInquiry) -> Shares:
    """The same where the charge is asked under seal."""
    return by_laws(replace(rules, price_band=BAND), candidates, inquiry)


def first_come(rules: Rules, candidates: Sequence[Candidate], inquiry: MadeInquiry) -> Shares:
    hours = {answer.workshop.member: answer.hours for answer in inquiry.answers}
    return each_takes_all(rules, sorted(candidates, key=lambda each: hours[each.member]))


def at_random(rules: Rules, candidates: Sequence[Candidate], inquiry: MadeInquiry) -> Shares:
    return each_takes_all(
        rules, sorted(candidates, key=lambda each: sha256(f"{each.member} {inquiry.seed}".encode()).digest())
    )


def by_price(rules: Rules, candidates: Sequence[Candidate], _inquiry: MadeInquiry) -> Shares:
    return each_takes_all(rules, sorted(candidates, key=lambda each: each.charge))


def equally(rules: Rules, candidates: Sequence[Candidate], _inquiry: MadeInquiry) -> Shares:
    return equal_parts(rules, candidates)


def equal_parts(rules: Rules, candidates: Sequence[Candidate]) -> Shares:
    """The same number for each that can make so many; what one cannot take goes to the others in equal parts."""
    able = sorted(_able(rules, candidates), key=lambda each: each.room)
    while able and (dear := [each for each in able if least_new(rules, each) > rules.quantity // len(able)]):
        able.remove(max(dear, key=lambda each: least_new(rules, each)))
    shares, left = {}, rules.quantity
    for place, each in enumerate(able):
        shares[each.member] = min(each.room, left // (len(able) - place)) // rules.lot * rules.lot
        left -= shares[each.member]
    return shares


POLICIES: dict[str, Policy] = {
    "by-laws": by_laws,
    "with-band": by_laws_with_band,
    "first-come": first_come,
    "random": at_random,
    "equal": equally,
    "by-price": by_price,
}


def each_takes_all(rules: Rules, in_line: Sequence[Candidate]) -> Shares:
    """Whoever stands first takes all it can, then the next."""
    shares, left = {}, rules.quantity
    for each in _able(rules, in_line):
        share = min(each.room, left) // rules.lot * rules.lot
        if share >= least_new(rules, each):
            shares[each.member] = share
            left -= share
    return shares


def _able(rules: Rules, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in candidates if unfit(rules, each) is None and each.room >= least_new(rules, each)]


# -- the play --


@dataclass(frozen=True)
class Outcome:
    """How one rule gave out the work; `values` are making charges by member, in the order of `member`.

    `unfilled` is the part of all pieces that nobody made, `makers` how many made an order on average, `charge` what a
    piece cost. Gini and Jain are over value / time of membership.
    """

    gini: Decimal
    jain: Decimal
    unfilled: Decimal
    makers: Decimal
    charge: Decimal
    values: tuple[Decimal, ...]


@dataclass(frozen=True)
class Play:
    """The same made inquiries under every rule."""

    inquiries: int
    pieces: int
    outcomes: dict[str, Outcome]


def simulate(*, years: int, members: int, seed: int) -> Play:
    """Play `years` of made trade among `members`; the same seed gives the same play. ValueError below one of either."""
    if years < 1 or members < 1:
        raise ValueError("there is at least one year and one member")
    chance, days = Random(seed), years * DAYS_IN_YEAR  # noqa: S311 - the same play for the same seed
    made = made_trade.workshops(chance, members, days)
    inquiries = made_trade.inquiries(chance, made, days)
    return Play(
        inquiries=len(inquiries),
        pieces=sum(inquiry.quantity for inquiry in inquiries),
        outcomes={name: _World(made, policy).play(inquiries, days) for name, policy in POLICIES.items()},
    )


@dataclass(frozen=True)
class _Work:
    """A share that a workshop took on."""

    taken_on: int
    due_on: int
    pieces: int
    value: Decimal

    def left_on(self, day: int) -> int:
        """The pieces not yet made; it makes them evenly until they are due."""
        return max(0, self.pieces * (self.due_on - day) // (self.due_on - self.taken_on))


class _World:
    """The workshops under one rule: what each was given and when it is due."""

    def __init__(self, made: Sequence[Workshop], policy: Policy) -> None:
        self.made, self.policy = made, policy
        self.work: dict[int, list[_Work]] = {workshop.member: [] for workshop in made}
        self.faded = {workshop.member: (0, Decimal(0)) for workshop in made}  # earlier work, as of a day
        self.makers: list[int] = []

    def play(self, inquiries: Sequence[MadeInquiry], days: int) -> Outcome:
        for inquiry in inquiries:
            self._divide(inquiry)
        values = tuple(self._value(workshop.member) for workshop in self.made)
        present = [days - workshop.joined for workshop in self.made]
        made = sum(work.pieces for all_work in self.work.values() for work in all_work)
        asked = sum(inquiry.quantity for inquiry in inquiries)
        return Outcome(
            gini=gini(values, present),
            jain=jain(values, present),
            unfilled=_part(asked - made, asked),
            makers=_part(sum(self.makers), len(self.makers)),
            charge=_part(sum(values), made),
            values=values,
        )

    def _divide(self, inquiry: MadeInquiry) -> None:
        """Divide it, and once more what is handed back among the others."""
        rules = self._rules(inquiry)
        candidates = [self._candidate(inquiry, answer) for answer in inquiry.answers]
        shares = self.policy(rules, candidates, inquiry)
        back = {answer.workshop.member for answer in inquiry.answers if answer.hands_back} & {
            member for member, share in shares.items() if share
        }
        kept = {member: share for member, share in shares.items() if member not in back}
        if back:
            again = [_after(each, kept.get(each.member, 0), each.member in back) for each in candidates]
            returned = replace(rules, quantity=sum(shares[member] for member in back))
            for member, share in self.policy(returned, again, inquiry).items():
                kept[member] = kept.get(member, 0) + share
        self._take_on(inquiry, kept)

    def _take_on(self, inquiry: MadeInquiry, shares: Shares) -> None:
        charges = {answer.workshop.member: answer.charge for answer in inquiry.answers}
        for member, pieces in shares.items():
            if pieces:
                due = inquiry.day + inquiry.needed_in_days
                value = pieces * charges[member]
                self.work[member].append(_Work(inquiry.day, due, pieces, value))
                last, before = self.faded[member]
                self.faded[member] = inquiry.day, faded(before, inquiry.day - last, HALF_LIFE_DAYS) + value
        self.makers.append(sum(1 for pieces in shares.values() if pieces))

    def _rules(self, inquiry: MadeInquiry) -> Rules:
        levels = [self._history(workshop, inquiry.day) for workshop in self.made if workshop.joined <= inquiry.day]
        return Rules(
            quantity=inquiry.quantity,
            needed_in_days=inquiry.needed_in_days,
            lot=inquiry.lot,
            smallest_share=SMALLEST_SHARE,
            median_history=median([level for level in levels if level is not None] or [Decimal(0)]),
            seed=inquiry.seed,
        )

    def _candidate(self, inquiry: MadeInquiry, answer: MadeAnswer) -> Candidate:
        workshop = answer.workshop
        busy = sum(work.left_on(inquiry.day) for work in self.work[workshop.member] if work.due_on > inquiry.day)
        free = max(0, workshop.a_month * inquiry.needed_in_days // DAYS_IN_MONTH - busy)
        return Candidate(
            member=workshop.member,
            history=self._history(workshop, inquiry.day),
            offered=int(free * answer.wish),
            days=answer.days,
            charge=answer.charge,
            own_lot=workshop.own_lot,
            capacity=free,
            is_maker=workshop.member == inquiry.maker,
            absence=answer.absence or (None if free else "declined"),
        )

    def _history(self, workshop: Workshop, day: int) -> Decimal | None:
        """What it was given, faded; None for one that joined later and has had nothing yet."""
        if workshop.joined and not self.work[workshop.member]:
            return None
        last, value = self.faded[workshop.member]
        self.faded[workshop.member] = day, faded(value, day - last, HALF_LIFE_DAYS)
        return self.faded[workshop.member][1]

    def _value(self, member: int) -> Decimal:
        return sum((work.value for work in self.work[member]), Decimal(0))


def _after(candidate: Candidate, held: int, is_back: bool) -> Candidate:
    """The candidate when what was handed back is divided again."""
    free = None if candidate.capacity is None else candidate.capacity - held
    return replace(candidate, held=held, capacity=free, absence="handed_back" if is_back else candidate.absence)


def _part(of: Decimal | int, whole: int) -> Decimal:
    return (Decimal(of) / whole).quantize(Decimal("0.0001")) if whole else Decimal(0)
