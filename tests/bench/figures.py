"""One measured figure: its unit, its budget where the design gives one, and what it is compared with."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Budget:
    """The most that a figure may be (or with `of="ratio"`, its ratio)."""

    at_most: float
    of: Literal["value", "ratio"] = "value"


@dataclass(frozen=True)
class Figure:
    """What was measured of one thing. `size` counts products; figures of one `what` and other sizes show its growth.

    `ratio` is the value over that of `beside` ("bare view"); growth over the smallest size is filled in by the table.
    """

    case: str
    what: str
    value: float
    unit: str
    size: int | None = None
    budget: Budget | None = None
    ratio: float | None = None
    beside: str = ""

    @property
    def is_over(self) -> bool | None:
        """Whether it is above its budget; None where there is none."""
        if self.budget is None:
            return None
        measured = self.value if self.budget.of == "value" else self.ratio
        return measured is not None and measured > self.budget.at_most


def median(values: list[float]) -> float:
    """The middle value."""
    return part(values, 0.5)


def part(values: list[float], share: float) -> float:
    """The value below which this share of them lies: 0.95 for the slowest twentieth."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
