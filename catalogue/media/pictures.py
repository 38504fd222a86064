"""Pictures of strangers turned into our own, in a process apart."""

from dataclasses import dataclass
from enum import StrEnum

from catalogue.media import confined
from catalogue.media.cuts import Cut
from catalogue.media.recognise import FileRefused


class Hint(StrEnum):
    """What may be wrong with a photograph: see `hints` for how it is measured."""

    DARK = "dark"
    BLURRED = "blurred"
    SMALL = "small"


@dataclass
class PictureRefused(FileRefused):
    """No picture is made: for any reason of `FileRefused` that lies in a picture."""


@dataclass(frozen=True)
class Picture:
    """A clean original and its sizes: `files` holds "original.jpg", and .avif, .webp and .jpg for each width.

    `hints` says what may be wrong with it.
    """

    width: int
    height: int
    widths: tuple[int, ...]
    colour: str
    hints: tuple[Hint, ...]
    files: dict[str, bytes]

    @property
    def original(self) -> bytes:
        """The JPEG that is kept in place of what was sent."""
        return self.files["original.jpg"]


def make_picture(data: bytes, *, cut: Cut | None = None, wall_seconds: float = confined.WALL_SECONDS) -> Picture:
    """Decode `data` apart, cut it, and make every size.

    Raises `PictureRefused`; `confined.ChildFailed` is worth another try.
    """
    asked = ("cut", *map(str, cut.numbers)) if cut else ("picture",)
    try:
        made = confined.run(asked[0], data, *asked[1:], wall_seconds=wall_seconds)
    except FileRefused as refused:
        raise PictureRefused(refused.reason) from None
    facts = made.facts
    widths, hints = tuple(facts["widths"]), tuple(map(Hint, facts["hints"]))
    return Picture(facts["width"], facts["height"], widths, facts["colour"], hints, made.files)
