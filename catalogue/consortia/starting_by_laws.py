"""The sets of by-laws that a consortium may begin with, from `by_laws.toml`: one for few members, one for many."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.consortia.by_law_models import Naming, PriceRule
from catalogue.consortia.by_law_values import Values
from catalogue.text import Bilingual

FILE = Path(__file__).parent / "by_laws.toml"


@dataclass(frozen=True)
class StartingSet:
    """One set: for whom it is, its values in a currency, and a reason for each of them."""

    key: str
    name: Bilingual
    about: Bilingual
    from_members: int
    reasons: Mapping[str, Bilingual]
    said: Mapping[str, str]
    approval_amounts: Mapping[str, str]

    def values(self, currency: str) -> Values:
        """What it says, the approval amount in this currency; weights are equal."""
        said = self.said
        return Values(
            weights={},
            price_rule=PriceRule(said["price_rule"]),
            price_band=Decimal(said["price_band"]),
            office_fee=Decimal(said["office_fee"]),
            half_life_days=int(said["half_life_days"]),
            history_reach=Decimal(said["history_reach"]),
            smallest_share=int(said["smallest_share"]),
            most_makers=int(said["most_makers"]) if said["most_makers"] else None,
            held_days=int(said["held_days"]),
            approval_amount=Decimal(self.approval_amounts.get(currency, said["approval_amount"])),
            naming=Naming(said["naming"]),
            observers_read_names=said["observers_read_names"] == "yes",
        )


@cache
def starting_sets() -> Mapping[str, StartingSet]:
    """All of them by their key, the one for the fewest members first."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {row["key"]: _read(row) for row in sorted(data["sets"], key=lambda row: row["from_members"])}


def suiting(members: int) -> StartingSet:
    """The set that suits so many members."""
    return [each for each in starting_sets().values() if each.from_members <= members][-1]


def _read(row: Mapping[str, Any]) -> StartingSet:
    values = {key: value for key, value in row.items() if isinstance(value, dict) and "reason" in value}
    return StartingSet(
        key=row["key"],
        name=Bilingual(**row["name"]),
        about=Bilingual(**row["about"]),
        from_members=row["from_members"],
        reasons={key: Bilingual(**value["reason"]) for key, value in values.items()},
        said={key: value["value"] for key, value in values.items()},
        approval_amounts=row["approval_amount"]["in_currency"],
    )
