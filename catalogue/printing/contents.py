"""What stands on a line sheet or a shared picture: words that are ready to be read, and never markup."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Said:
    """A text and the language that it is written in."""

    text: str
    lang: str


@dataclass(frozen=True)
class House:
    """The consortium as papers show it. `emblem` is an SVG of our own; `accent` the colour of its sector, "#rrggbb"."""

    name: Said
    other_name: Said | None
    tagline: Said | None
    emblem: str
    accent: str


@dataclass(frozen=True)
class Piece:
    """One product. `photo` is the key of a JPEG in the store, `qr` an SVG that leads to `url`."""

    name: Said
    other_name: Said | None
    reference: str
    url: str
    qr: str
    facts: tuple[str, ...] = ()
    price: str = ""
    terms: tuple[str, ...] = ()
    photo: str = ""
    alt: Said | None = None


@dataclass(frozen=True)
class Section:
    """A heading with a text, or with rows of term, value and the value's language."""

    title: str
    text: Said | None = None
    rows: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Label:
    """What a sheet of one product says beside its `Piece`: the whole museum label."""

    key_line: tuple[tuple[str, str], ...]
    key_note: str
    rows: tuple[tuple[str, str, str], ...]
    price_title: str
    price_head: tuple[str, ...] = ()
    price_rows: tuple[tuple[str, ...], ...] = ()
    price_note: str = ""
    sections: tuple[Section, ...] = ()
    photos: tuple[str, ...] = ()
    alts: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A whole line sheet. `page_words` has {page} and {pages} in it; `scan_words` stands beside a QR code."""

    language: str
    title: str
    heading: str
    scope: str
    made_on: date
    made_words: str
    house: House
    notes: tuple[Section, ...]
    foot: str
    page_words: str
    scan_words: str
    no_photo_words: str
    pieces: tuple[Piece, ...]
    label: Label | None = None
    notice: str = ""

    @property
    def photos(self) -> tuple[str, ...]:
        """The keys of all photographs, each once, in the order of the pages."""
        keys = [piece.photo for piece in self.pieces] + list(self.label.photos if self.label else ())
        return tuple(dict.fromkeys(filter(None, keys)))


@dataclass(frozen=True)
class Picture:
    """The picture that a link to a page shows. Without `photo` its words stand beside the emblem.

    A `wide` photograph fills the whole picture, and the words cover its left side. `marks` are emblems in a row.
    """

    language: str
    title: Said
    other_title: Said | None
    lines: tuple[str, ...]
    house: House
    photo: str = ""
    wide: bool = False
    marks: tuple[str, ...] = ()

    @property
    def photos(self) -> tuple[str, ...]:
        """The key of its photograph, if it has one."""
        return (self.photo,) if self.photo else ()


def as_data(content: Sheet | Picture, places: dict[str, str]) -> dict[str, Any]:
    """The content as JSON holds it; keys of photographs become their `places` in the folder of the job, "" for none."""
    data = asdict(content)
    for each in [data, *data.get("pieces", [])]:
        if "photo" in each:
            each["photo"] = places.get(each["photo"], "")
    if label := data.get("label"):
        label["photos"] = [places.get(key, "") for key in label["photos"]]
    if "made_on" in data:
        day: date = data["made_on"]
        data["made_on"] = [day.year, day.month, day.day]
    return data
