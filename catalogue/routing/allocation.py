"""How a quantity is divided among the makers who offered: the published rule, pure, the same answer for whoever runs it."""

from dataclasses import dataclass
from decimal import Decimal

VERSION = "2026-11"  # the name of the rule as it stands here; the ledger keeps it beside every decision


@dataclass(frozen=True, kw_only=True)
class Rules:
    """One line to divide and the by-laws it is divided under; quantities are pieces (or whole grams), never fractions."""

    quantity: int
    needed_in_days: int | None = None  # days from the call to the day it must be there; None: no day was named
    lot: int = 1  # shares are multiples of it
    smallest_share: int = 1  # nobody is troubled for less
    most_makers: int | None = None
    one_hand: bool = False  # the buyer wants one maker's hand only
    price_band: Decimal | None = None  # 0.15: 15 % above the median; None: charges are not compared
    history_reach: Decimal = Decimal(1)  # equal shares of this order that history may count away from the median
    median_history: Decimal = Decimal(0)  # median of history / weight over all active members of the consortium
    seed: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One firm that was called and what it answered; money in the consortium's book currency, time in days."""

    member: int
    weight: Decimal = Decimal(1)
    household: str = ""  # firms of one household share one weight and one level
    history: Decimal | None  # making-charge value awarded and kept, faded by age; None: new, starts at the median
    held: int = 0  # pieces of this same order already theirs, when what was handed back is divided again
    offered: int
    days: int | None
    charge: Decimal  # making charge for one unit
    own_lot: int = 1  # the least it makes at a time
    capacity: int | None = None  # units free until the due date; None: not stated
    is_maker: bool = False  # the design is its own and open to others: it has the first claim
    absence: str | None = None  # declined | no_answer | handed_back | left_out


@dataclass(frozen=True)
class Portion:
    """What one candidate makes, the step that limited it, and the figures from which a reader can work it out again."""

    member: int
    quantity: int
    reason: str
    figures: dict[str, str | int]


@dataclass(frozen=True)
class Division:
    """One portion for every candidate in the order of `member`, what nobody could take, and the figures all may read."""

    portions: tuple[Portion, ...]
    unfilled: int
    level: Decimal  # (history + value) / weight reached by the lowest who could still have taken more, else the highest
    equal_share: Decimal  # value of this order at the median charge, for one unit of weight
    band_limit: Decimal | None  # the highest charge still compared; None: not compared
