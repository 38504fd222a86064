"""The parts of a listing: what is compared, taken or sent back as one thing."""

from collections.abc import Iterable
from typing import Any

from catalogue.products.content import Content
from catalogue.products.models import ProductVersion
from catalogue.products.versions import copies_of
from catalogue.text import LANGUAGES

Said = ProductVersion | Content
TEXTS = ("name", "summary", "description", "care")
PHOTOS = "photos"
DETAIL = "details."

# What a part is made of, in the order that people read a listing.
COLUMNS: dict[str, tuple[str, ...]] = {
    **{text: (text,) for text in TEXTS},
    "category": ("category",),
    "materials": ("materials",),
    "techniques": ("techniques",),
    "net_weight_g": ("net_weight_g", "weight_tolerance_percent"),
    "fineness": ("fineness",),
    "size": ("length_mm", "width_mm", "height_mm", "depth_mm", "diameter_mm"),
    "office_price": ("office_price", "office_currency"),
    "tiers": ("tiers", "currency"),
    "minimum_order": ("minimum_order", "unit"),
    "lead_time_days": ("lead_time_days", "lead_time_for"),
    "monthly_capacity": ("monthly_capacity",),
    "sample": ("sample_available", "sample_price", "sample_days"),
    "carton": (
        *("carton_pieces", "carton_length_mm", "carton_width_mm", "carton_height_mm"),
        "carton_gross_kg",
    ),
    "hs_code": ("hs_code",),
    "origin": ("origin",),
}
PART_OF_COLUMN = {column: part for part, columns in COLUMNS.items() for column in columns}
# Of these the second column says nothing where the first is empty: a currency without an amount.
LED_BY_FIRST = {"office_price", "tiers", "minimum_order", "sample"}
USUAL = {"origin": ("LA",)}


def part_keys(*versions: Said) -> list[str]:
    """The parts of these versions: the fixed ones, the details that any of them tells, the photographs."""
    details = sorted({f"{DETAIL}{key}" for version in versions for key in version.details})
    return [*COLUMNS, *details, PHOTOS]


def value_of(version: Said, part: str) -> Any:
    """What a version says in a part, to compare with another's; None where it says nothing."""
    if part == PHOTOS:
        photos = getattr(version, "photos", ())
        return tuple((photo.file_id, photo.kind, photo.alt) for photo in photos) or None
    if part.startswith(DETAIL):
        value = version.details.get(part.removeprefix(DETAIL))
        return None if value in ("", None) else value
    values = tuple(getattr(version, column) or None for column in COLUMNS[part])
    return None if not any(values[:1] if part in LED_BY_FIRST else values) else values


def is_worth_saying(version: Said, part: str) -> bool:
    """Whether a version says anything in a part beyond what nearly every listing says."""
    return value_of(version, part) not in (None, USUAL.get(part))


def changed_parts(before: Said | None, after: Said) -> list[str]:
    """The parts in which a version says something else than the one before it; without one, all that it says."""
    if before is None:
        return [part for part in part_keys(after) if is_worth_saying(after, part)]
    return [part for part in part_keys(before, after) if value_of(before, part) != value_of(after, part)]


def part_of(field: str) -> str:
    """The part that a field belongs to: "name_en" to "name", "length_mm" to "size", "photo 2 alt_lo" to the photos."""
    if field.startswith("photo"):
        return PHOTOS
    stem, _mark, language = field.rpartition("_")
    if language in LANGUAGES and (stem in TEXTS or stem.startswith(DETAIL)):
        return stem
    return PART_OF_COLUMN.get(field, field)


def copy_parts(source: ProductVersion, target: ProductVersion, parts: Iterable[str]) -> None:
    """Have `target` say in these parts what `source` says; photographs too."""
    for part in parts:
        if part == PHOTOS:
            target.photos = copies_of(source.photos)
        elif part.startswith(DETAIL):
            key = part.removeprefix(DETAIL)
            others = {name: value for name, value in target.details.items() if name != key}
            target.details = others | ({key: source.details[key]} if key in source.details else {})
        else:
            for column in COLUMNS[part]:
                setattr(target, column, getattr(source, column))
