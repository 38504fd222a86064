"""What a share's reason is told with: its figures, each in the words of its unit, and the sentences they stand in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalogue.routing.models import Call
from catalogue.web.figures import days, money, number, pieces

Figures = Mapping[str, str | int]


@dataclass(frozen=True)
class Sentence:
    """One sentence, and which figures of the division stand in it."""

    words: str
    figures: Figures


@dataclass(frozen=True)
class Telling:
    """A share as it is told: the code of its reason with figures, how many it gives, of which call."""

    reason: str
    figures: Figures
    quantity: int
    call: Call

    def has(self, key: str) -> bool:
        """Whether the figure is there and not 0."""
        return bool(self.figures.get(key))

    def amount(self, key: str) -> Decimal:
        """A figure as a number; 0 where there is none."""
        return Decimal(str(self.figures.get(key, 0)))

    def count(self, quantity: int | Decimal) -> str:
        """A quantity in the unit of the order."""
        return pieces(int(quantity), self.call, self.call.consortium)

    def money(self, key: str) -> str:
        """A figure of money, in the consortium's own currency."""
        return money(self.amount(key), self.call.consortium.currency)

    def say(self, words: str, *keys: str, **said: Any) -> Sentence:
        """A sentence with these figures in it, each in its unit; `said` fills in what is no figure of the division."""
        filled = {key: SHOWN.get(key, Telling.pieces_of)(self, key) for key in keys}
        return Sentence(words % {**filled, **said}, {key: self.figures[key] for key in keys})

    def pieces_of(self, key: str) -> str:
        """A figure that is a quantity."""
        return self.count(self.amount(key))

    def days_of(self, key: str) -> str:
        """A figure that is a number of days."""
        return days(int(self.amount(key)))

    def number_of(self, key: str) -> str:
        """A bare figure."""
        return number(self.amount(key))


SHOWN: dict[str, Callable[[Telling, str], str]] = {
    **dict.fromkeys(("start", "step", "level", "charge", "limit"), Telling.money),
    **dict.fromkeys(("days", "needed"), Telling.days_of),
    **dict.fromkeys(("weight", "makers"), Telling.number_of),
}


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Sentences that are read as one point."""
    words = " ".join(sentence.words for sentence in sentences)
    return Sentence(words, {key: value for each in sentences for key, value in each.figures.items()})
