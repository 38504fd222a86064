"""What a division is made from, and what it gives."""

from dataclasses import dataclass, fields
from decimal import Decimal

ABSENCES = ("declined", "no_answer", "handed_back", "left_out")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """One line to divide and the by-laws over it; quantities are whole units (pieces, or grams), never fractions.

    Raises ValueError for a number that cannot be, TypeError for a float.
    """

    quantity: int
    needed_in_days: int | None  # days from the call to the day it must be there; None: no day was named
    lot: int = 1  # shares are multiples of it; the odd rest of `quantity` goes as one piece to one maker
    smallest_share: int = 1  # nobody is troubled for less; an order below twice as much goes whole, in turn
    most_makers: int | None = None
    one_hand: bool = False  # the buyer wants one maker's hand only
    price_band: Decimal | None = None  # 0.15: 15 % above the median; None: charges are not compared
    history_reach: Decimal = Decimal(1)  # equal shares of this order that history counts away from the median
    median_history: Decimal = Decimal(0)  # median of history / weight over all active members of the consortium
    seed: str

    def __post_init__(self) -> None:
        _no_floats(self)
        if self.quantity < 0 or self.lot < 1 or self.smallest_share < 1 or self.history_reach < 0:
            raise ValueError(f"no such order: {self}")
        if self.most_makers is not None and self.most_makers < 1:
            raise ValueError("an order has at least one maker")

    @property
    def goes_whole(self) -> bool:
        """Whether the order is too small to be divided."""
        return self.quantity < 2 * self.smallest_share


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One firm that was called and what it answered; money in the consortium's book currency.

    Firms of one household have one weight and one level: give each the weight and the history of the whole household
    (the largest given counts). Raises ValueError for a number that cannot be, TypeError for a float.
    """

    member: int
    weight: Decimal = Decimal(1)
    household: str = ""
    history: Decimal | None  # making-charge value of other calls, kept, faded by age; None: new, starts at the median
    held: int = 0  # units of this same call already its own, when what was handed back is divided again
    offered: int  # what it says it can make in all: `held` is part of it
    days: int | None  # from the call to delivery; None: not stated, which is in time
    charge: Decimal  # making charge for one unit; nought says nothing and counts as the median of the others
    own_lot: int = 1  # the least it makes, `held` counted
    capacity: int | None = None  # units free until the due date beside those held; None: not stated
    is_maker: bool = False  # the design is its own and open to others: it has the first claim
    absence: str | None = None  # declined | no_answer | handed_back | left_out

    def __post_init__(self) -> None:
        _no_floats(self)
        if self.weight <= 0 or self.charge < 0 or self.own_lot < 1:
            raise ValueError(f"no such offer: {self}")
        if min(self.held, self.offered, self.capacity or 0) < 0:
            raise ValueError(f"no such offer: {self}")
        if self.absence not in (None, *ABSENCES):
            raise ValueError(f"not a known absence: {self.absence}")

    @property
    def unused_offer(self) -> int:
        return max(0, self.offered - self.held)

    @property
    def room(self) -> int:
        """The most it can still take: what it offered and has free."""
        return self.unused_offer if self.capacity is None else min(self.unused_offer, self.capacity)


Figures = dict[str, str | int]


@dataclass(frozen=True)
class Portion:
    """What one candidate makes beside what it holds, the step that limited it, and the figures to work it out again."""

    member: int
    quantity: int
    reason: str
    figures: Figures


@dataclass(frozen=True)
class Division:
    """One portion for every candidate in the order of `member`, what nobody could take, and the figures all may read.

    `level` is the lowest (history + value) / weight among those who could have taken one lot more: the fair level that
    every other has reached; where none could, the highest reached. `equal_share` is the value of the order at the
    median charge for one unit of weight. `band_limit` is the highest charge still in the band; None: not compared.
    """

    portions: tuple[Portion, ...]
    unfilled: int
    level: Decimal
    equal_share: Decimal
    band_limit: Decimal | None


def _no_floats(given: Rules | Candidate) -> None:
    for field in fields(given):
        if isinstance(getattr(given, field.name), float):
            raise TypeError(f"{field.name} is a Decimal, never a float")
