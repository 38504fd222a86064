"""What a member still has to say of a product, as a short list: computed from its version, never stored."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from catalogue.consortia.trade import Sector
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.parts import PHOTOS, part_of
from catalogue.products.readiness import is_answered, needed_to_publish, value_of

FIRST = "first"


class TaskState(StrEnum):
    """How far one of them is."""

    NOT_STARTED = "not started"
    BEGUN = "begun"
    DONE = "done"
    SENT_BACK = "sent back"


@dataclass(frozen=True)
class Task:
    """Fields that are asked together: the first questions ("first"), the photographs, or a group of the sector.

    `missing` lacks before the listing can be shown; a task of which nothing `is_needed` may be left out.
    """

    key: str
    fields: tuple[str, ...]
    state: TaskState
    missing: tuple[str, ...]
    is_needed: bool


def tasks_of(product: Product, sector: Sector) -> tuple[Task, ...]:
    """The member's short list, in the order of the sector's file."""
    returned = product.returned_reasons if product.stage is ListingStatus.RETURNED else []
    back = {part_of(str(reason["field"])) for reason in returned}
    named = [(FIRST, first_fields(sector)), (PHOTOS, (PHOTOS,))]
    named += [(group.key, group.fields) for group in sector.groups if group.by == "member"]
    return tuple(_task(key, fields, product.working, sector, back) for key, fields in named)


def first_fields(sector: Sector) -> tuple[str, ...]:
    """Everything that the first questions ask."""
    return tuple(field for question in sector.questions for field in question.fields)


def fields_of(key: str, sector: Sector) -> tuple[str, ...] | None:
    """The fields of a task of the member that a form asks; None where there is no such task."""
    if key == FIRST:
        return first_fields(sector)
    group = sector.group(key)
    return group.fields if group and group.by == "member" else None


def _task(
    key: str, fields: tuple[str, ...], version: ProductVersion | None, sector: Sector, back: Collection[str]
) -> Task:
    needed = [field for field in fields if field in _needed(version, sector)]
    missing = tuple(field for field in needed if version is None or not is_answered(version, field, sector))
    is_begun = version is not None and any(_is_said(version, field) for field in fields)
    state = TaskState.DONE if is_begun and not missing else TaskState.BEGUN if is_begun else TaskState.NOT_STARTED
    if any(part_of(field) in back for field in fields):
        state = TaskState.SENT_BACK
    return Task(key, fields, state, missing, bool(needed))


def _needed(version: ProductVersion | None, sector: Sector) -> Collection[str]:
    return needed_to_publish(version, sector) if version else sector.publishing


def _is_said(version: ProductVersion, field: str) -> bool:
    value = value_of(version, field)
    return value is False if field.startswith("details.") and value is False else bool(value)
