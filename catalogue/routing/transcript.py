"""A division's inputs and result as canonical JSON, so that a ledger can keep them and come to the same bytes again."""

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from catalogue.routing.terms import Candidate, Division, Portion, Rules

DECIMALS = {
    "weight", "history", "charge", "price_band", "history_reach", "median_history", "level", "equal_share", "band_limit"
}  # fmt: skip


def as_json(rules: Rules, candidates: Iterable[Candidate]) -> str:
    """Canonical: keys and members in order, no spaces, Decimals as the text they were given in."""
    ordered = sorted(candidates, key=lambda candidate: candidate.member)
    return _canonical({"rules": asdict(rules), "candidates": [asdict(candidate) for candidate in ordered]})


def from_json(data: str) -> tuple[Rules, tuple[Candidate, ...]]:
    """What `as_json` wrote; KeyError, TypeError or ValueError for anything else."""
    kept = json.loads(data)
    return Rules(**_known(Rules, kept["rules"])), tuple(
        Candidate(**_known(Candidate, row)) for row in kept["candidates"]
    )


def division_as_json(division: Division) -> str:
    """Canonical, as `as_json`."""
    return _canonical(asdict(division))


def division_from_json(data: str) -> Division:
    """What `division_as_json` wrote; KeyError, TypeError or ValueError for anything else."""
    kept = json.loads(data)
    portions = tuple(Portion(**portion) for portion in kept.pop("portions"))
    return Division(portions=portions, **_known(Division, kept))


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str, allow_nan=False)


def _known(kind: type, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its Decimals; an unknown key is left for the class to refuse."""
    names = {field.name for field in fields(kind)} & DECIMALS
    return {key: Decimal(value) if key in names and value is not None else value for key, value in row.items()}
