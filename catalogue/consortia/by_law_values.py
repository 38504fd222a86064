"""What one set of by-laws says, apart from the decision that adopted it; how two sets differ; the seal over both."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.consortia.by_law_models import ByLaws, Naming, PriceRule
from catalogue.text import Bilingual

NAMES = (
    "weights",
    "price_rule",
    "price_band",
    "office_fee",
    "half_life_days",
    "history_reach",
    "smallest_share",
    "most_makers",
    "held_days",
    "approval_amount",
    "naming",
    "observers_read_names",
)
"""What a set says, in the order in which it is read."""


@dataclass(frozen=True)
class Values:
    """The values of a set; units as in `ByLaws`."""

    weights: Mapping[str, Mapping[str, str]]
    price_rule: PriceRule
    price_band: Decimal
    office_fee: Decimal
    half_life_days: int
    history_reach: Decimal
    smallest_share: int
    most_makers: int | None
    held_days: int
    approval_amount: Decimal
    naming: Naming
    observers_read_names: bool

    def as_columns(self) -> dict[str, Any]:
        """The columns of `ByLaws` that hold them."""
        columns = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**columns, "weights": {key: dict(said) for key, said in sorted(self.weights.items())}}


@dataclass(frozen=True)
class Decision:
    """The members' decision: its day, the votes, the minutes in words, and why, for all to read."""

    adopted_on: date
    votes_for: int
    votes_against: int
    abstained: int
    minutes: str
    reason: Bilingual


@dataclass(frozen=True)
class Change:
    """One value that two sets say differently, by its name in `NAMES`."""

    name: str
    before: Any
    after: Any


def values_of(by_laws: ByLaws) -> Values:
    """What a kept set says."""
    return Values(**{name: getattr(by_laws, name) for name in NAMES})


def changes(before: Values, after: Values) -> list[Change]:
    """What `after` says otherwise than `before`."""
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in NAMES]
    return [Change(*each) for each in pairs if _plain(each[1]) != _plain(each[2])]


def seal_of(by_laws: ByLaws) -> str:
    """SHA-256 over everything a set says and the decision that adopted it; the log got it when it was recorded."""
    said = {name: _plain(getattr(by_laws, name)) for name in NAMES}
    decided = {
        "number": by_laws.number,
        "adopted_on": by_laws.adopted_on.isoformat(),
        "votes": [by_laws.votes_for, by_laws.votes_against, by_laws.abstained],
        "minutes": by_laws.minutes,
        "reason": [by_laws.reason.lo, by_laws.reason.en],
        "in_force_from": by_laws.in_force_from.isoformat(),
    }
    canonical = json.dumps([said, decided], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Mapping):
        return {key: dict(said) for key, said in sorted(value.items())}
    return value
