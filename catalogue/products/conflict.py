"""Two people who wrote into the same listing: what each changed, and the words that are kept of both.

A page remembers what it showed by `marks_of`: with them a part that only one of the two changed is told from a clash.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from catalogue.products.content import Content
from catalogue.products.parts import COLUMNS, DETAIL, changed_parts, part_keys, value_of

MARK = 10


@dataclass(frozen=True)
class Clash:
    """A part in which what was saved and what was typed differ; `is_mine` where the typed words are the newer ones."""

    part: str
    is_mine: bool


def marks_of(content: Content) -> dict[str, str]:
    """A short mark of what is said in each part."""
    return {part: _mark(value_of(content, part)) for part in part_keys(content)}


def clashes(typed: Content, saved: Content, shown: Mapping[str, str]) -> list[Clash]:
    """The parts that differ; typed words count as the newer ones where they are not what the page showed (`shown`)."""
    return [
        Clash(part, is_mine=shown.get(part, "") != _mark(value_of(typed, part))) for part in changed_parts(saved, typed)
    ]


def with_saved(typed: Content, saved: Content, parts: Collection[str]) -> Content:
    """What was typed, but in these parts what was saved."""
    columns = {column: getattr(saved, column) for part in parts for column in COLUMNS.get(part, ())}
    keys = {part.removeprefix(DETAIL) for part in parts if part.startswith(DETAIL)}
    details = {key: value for key, value in typed.details.items() if key not in keys}
    kept = {key: value for key, value in saved.details.items() if key in keys}
    return replace(typed, **columns, details=details | kept)


def _mark(value: Any) -> str:
    return hashlib.sha256(json.dumps(_plain(value), sort_keys=True).encode()).hexdigest()[:MARK]


def _plain(value: Any) -> Any:
    """The value in lists and texts, with numbers that are equal written alike."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    if is_dataclass(value):
        return [_plain(getattr(value, each.name)) for each in fields(value)]
    return value if value is None or isinstance(value, bool) else str(value)
