"""One PDF written anew without what tells of its author or acts by itself. Runs in the process of `child` only."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter, filters
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from catalogue.media.confined import Made
from catalogue.media.recognise import FileRefused

MOST_PAGES = 500
# What tells of authors and their programs, what acts, and files inside the file (ISO 32000-2).
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/T", "/TU", "/Popup")
ACTING = ("/AA", "/OpenAction", "/A", "/JS", "/AF", "/EF")
# Notes that are only drawn on the page; what opens, plays or carries something is left out.
DRAWN = {"/Widget", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"}
DRAWN |= {"/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Ink"}
# Packings that may lie around a JPEG inside a PDF.
PACKINGS: dict[str, Any] = {
    "/FlateDecode": filters.FlateDecode,
    "/ASCII85Decode": filters.ASCII85Decode,
    "/ASCIIHexDecode": filters.ASCIIHexDecode,
}
# Segments of a JPEG that do not say how to show it: all APPn but 0 (JFIF), 2 (profile) and 14 (Adobe), and comments.
NOT_SHOWN = {0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE}


def make_clean(data: bytes) -> Made:
    """The pages alone ("original.pdf") with their number. Raises `FileRefused`."""
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise FileRefused("encrypted")
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise FileRefused("broken")
    seen: set[int] = set()
    writer = PdfWriter()
    for page in reader.pages:
        _clean_below(page, seen)
        writer.add_page(page)
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    return Made(facts={"pages": len(reader.pages)}, files={"original.pdf": written.getvalue()})


def _clean_below(page: DictionaryObject, seen: set[int]) -> None:
    """Clean everything that a page leads to, before the writer copies any of it."""
    waiting: list[Any] = [page]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, ArrayObject):
            waiting.extend(thing)
        if isinstance(thing, DictionaryObject):
            _clean(thing)
            waiting.extend(thing.values())


def _clean(thing: DictionaryObject) -> None:
    for name in (*TELLING, *ACTING):
        thing.pop(name, None)
    if "/Annots" in thing:
        notes = thing["/Annots"].get_object()
        listed = notes if isinstance(notes, ArrayObject) else ArrayObject()
        drawn = [note for note in listed if note.get_object().get("/Subtype") in DRAWN]
        thing[NameObject("/Annots")] = ArrayObject(drawn)
    if isinstance(thing, StreamObject):
        _clean_photograph(thing)


def _clean_photograph(stream: StreamObject) -> None:
    """Take what a camera told out of a JPEG, whatever it is packed in."""
    named = stream.get("/Filter", ArrayObject())
    packings = [str(name) for name in (named if isinstance(named, ArrayObject) else [named])]
    if not packings or packings[-1] != "/DCTDecode":
        return
    jpeg = stream._data
    for packing in packings[:-1]:
        jpeg = PACKINGS[packing].decode(jpeg, None)
    stream._data = untold(jpeg if isinstance(jpeg, bytes) else jpeg.encode("latin-1"))
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")
    stream.pop("/DecodeParms", None)


def untold(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC, comments and what follows its end; its pixels are not touched."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in NOT_SHOWN:
            kept.append(jpeg[at:end])
        at = end
    end = jpeg.find(b"\xff\xd9", at)
    return b"".join(kept) + (jpeg[at : end + 2] if end > 0 else jpeg[at:])
