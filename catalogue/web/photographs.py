"""Photographs as pages show them: addresses in every size and format, and a ground to wait on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from catalogue.consortia.maker_models import MakerPhoto
from catalogue.products.models import ProductPhoto
from catalogue.products.shown import Photo
from catalogue.text import Bilingual


@dataclass(frozen=True)
class Sources:
    """What the `picture` macro writes: addresses by format, a size that holds the place, and a ground to wait on."""

    avif: str
    webp: str
    jpeg: str
    src: str
    large: str
    widest: int
    width: int
    height: int
    colour_class: str
    alt: Bilingual


def photo_sources(photo: Any) -> Sources | None:
    """The addresses of a photograph (a shown `Photo`, a `ProductPhoto` or a file); None until its sizes are made."""
    shown = as_photo(photo)
    if shown is None:
        return None
    avif, webp, jpeg = (_srcset(shown, ending) for ending in ("avif", "webp", "jpg"))
    middle = min(shown.widths, key=lambda width: abs(width - 800))
    src, large = (photo_address(shown.public_id, width) for width in (middle, shown.widths[-1]))
    widest, ground = shown.widths[-1], colour_class(shown.colour)
    return Sources(avif, webp, jpeg, src, large, widest, shown.width, shown.height, ground, shown.alt)


def as_photo(photo: Any) -> Photo | None:
    """A photograph in whatever way it came; None until its sizes are made."""
    if photo is None or isinstance(photo, Photo):
        return photo
    return Photo.of(photo.file, photo.alt) if isinstance(photo, ProductPhoto | MakerPhoto) else Photo.of(photo)


def ready(photos: Iterable[Any]) -> list[Photo]:
    """Those of these photographs whose sizes are made."""
    return [shown for shown in map(as_photo, photos) if shown]


def photo_address(public_id: str, width: int, ending: str = "jpg") -> str:
    """Where one size of a photograph is served (`storefront.photo`)."""
    return f"/media/{public_id}/{width}.{ending}"


def _srcset(photo: Photo, ending: str) -> str:
    return ", ".join(f"{photo_address(photo.public_id, width, ending)} {width}w" for width in photo.widths)


# The sixteen grounds of static/css/blocks/picture.css, in their order.
MATS = (
    *("#8a8078", "#b3a087", "#2a2b31", "#5b2a33", "#333a54", "#2f5254", "#4b3645", "#5a5f38"),
    *("#80573a", "#a6813f", "#5d5f66", "#a5807c", "#8f6a55", "#a9aaab", "#d9cdb8", "#23303a"),
)


@cache
def colour_class(colour: str | None) -> str:
    """The class of the ground nearest to a colour ("#rrggbb"); stone for none."""
    if not colour:
        return "mat-0"
    return f"mat-{min(range(len(MATS)), key=lambda mat: _distance(MATS[mat], colour))}"


def _distance(one: str, other: str) -> int:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return sum((a - b) ** 2 for a, b in pairs)
