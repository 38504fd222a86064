"""What a file is, told by its first bytes and never by its name; and what is too much of it."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

MEGABYTE = 1024 * 1024
PDF = "application/pdf"
HEIC = "image/heic"
MOST_BYTES = {
    "image/jpeg": 15 * MEGABYTE,
    "image/png": 15 * MEGABYTE,
    "image/webp": 15 * MEGABYTE,
    "image/avif": 15 * MEGABYTE,
    "image/gif": 15 * MEGABYTE,
    HEIC: 15 * MEGABYTE,
    PDF: 10 * MEGABYTE,
}
BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", PDF),
)
AVIF_BRANDS = {b"avif", b"avis"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


@dataclass
class FileRefused(Exception):
    """The file is not kept. The reader's words for a reason are given by the screen.

    Reasons: "empty", "too large", "unknown type", "heic", "not a picture", "too many pixels", "too many frames",
    "broken", "takes too long", "encrypted".
    """

    reason: str

    def __str__(self) -> str:
        return self.reason


def media_type_of(data: bytes) -> str:
    """The media type of a picture or PDF that may be kept. Raises `FileRefused`."""
    if not data:
        raise FileRefused("empty")
    media_type = _by_beginning(data)
    if len(data) > MOST_BYTES[media_type]:
        raise FileRefused("too large")
    return media_type


def _by_beginning(data: bytes) -> str:
    for beginning, media_type in BEGINNINGS:
        if data.startswith(beginning):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    brands = _brands(data)
    if brands & AVIF_BRANDS:
        return "image/avif"
    if is_heic(data):
        if reads_heic():
            return HEIC
        raise FileRefused("heic")
    raise FileRefused("unknown type")


def is_heic(data: bytes) -> bool:
    """Whether these are bytes of the format in which some phones keep photographs."""
    brands = _brands(data)
    return bool(brands & HEIC_BRANDS) and not brands & AVIF_BRANDS


@cache
def reads_heic() -> bool:
    """Whether the library that reads HEIC is there: it is optional, for its wheel carries GPL code. Loads nothing."""
    return find_spec("pillow_heif") is not None


def _brands(data: bytes) -> set[bytes]:
    """The brands in the `ftyp` box that files of the HEIF family (ISO/IEC 23008-12) begin with."""
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
