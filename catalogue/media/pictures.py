"""Pictures of strangers turned into our own, in a process apart."""

from dataclasses import dataclass

from catalogue.media import confined
from catalogue.media.recognise import FileRefused


@dataclass
class PictureRefused(FileRefused):
    """No picture is made: "not a picture", "too many pixels", "too many frames", "broken" or "takes too long"."""


@dataclass(frozen=True)
class Picture:
    """A clean original and its sizes: `files` holds "original.jpg", and .avif, .webp and .jpg for each width."""

    width: int
    height: int
    widths: tuple[int, ...]
    colour: str
    files: dict[str, bytes]

    @property
    def original(self) -> bytes:
        """The JPEG that is kept in place of what was sent."""
        return self.files["original.jpg"]


def make_picture(data: bytes, *, wall_seconds: float = confined.WALL_SECONDS) -> Picture:
    """Decode `data` apart and make every size. Raises `PictureRefused`; `confined.ChildFailed` is worth another try."""
    try:
        made = confined.run("picture", data, wall_seconds=wall_seconds)
    except FileRefused as refused:
        raise PictureRefused(refused.reason) from None
    facts = made.facts
    return Picture(facts["width"], facts["height"], tuple(facts["widths"]), facts["colour"], made.files)
