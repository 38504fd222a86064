"""The inside of an XLSX file, a zip of XML parts, checked before anything is read from it.

Number, names, claimed and true sizes and packing are checked, XML definitions refused, and what is needed is copied
into a new archive, so that no reader ever meets the original.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from catalogue.media.recognise import MOST_BYTES
from catalogue.products.sheets.findings import SheetRefused, word

MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 150
RATIO_COUNTS_FROM = 5 * 1024 * 1024
STEP = 4 * 1024 * 1024

CENTRAL_ENTRY = b"PK\x01\x02"
LOCAL_HEADER, NAME_LENGTHS = 30, slice(26, 30)
NEEDED = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|xl/[^/]+\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml)"
)
PICTURE = re.compile(r"xl/media/[^/]+")
# What says where pictures stand; read beside the clean archive, and only when there are pictures.
PLACING = re.compile(
    r"xl/(?:worksheets|drawings|richData)/_rels/[^/]+\.rels|xl/(?:drawings|richData)/[^/]+\.xml|xl/_rels/[^/]+\.rels"
    r"|xl/(?:workbook|metadata|cellimages)\.xml|xl/worksheets/[^/]+\.xml"
)
MACROS = re.compile(r"xl/(?:vbaProject\.bin|macrosheets/.+)", re.IGNORECASE)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
DEFINITION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


@dataclass(frozen=True)
class Inside:
    """The parts needed as a clean archive, how many pictures there are, and whether cells hold formulas.

    `placing` says where pictures stand, `media` holds those that are not too large; both are empty unless asked for.
    """

    archive: BytesIO
    pictures: int
    has_formulas: bool
    placing: Mapping[str, bytes] = field(default_factory=dict)
    media: Mapping[str, bytes] = field(default_factory=dict)


def inside_of(data: bytes, name: str, *, pictures: bool = False) -> Inside:
    """Check and copy an XLSX file, with its `pictures` if wanted. Raises `SheetRefused`."""
    if data.count(CENTRAL_ENTRY) > MOST_PARTS:
        raise _unsafe(name, "many-parts")
    try:
        return _copied(data, name, pictures)
    except (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, IndexError) as fault:
        raise SheetRefused("not-excel", file=name) from fault


def _copied(data: bytes, name: str, wants_pictures: bool) -> Inside:
    with ZipFile(BytesIO(data)) as original:
        entries = original.infolist()
    _refuse_claims(entries, name)
    _refuse_others(data, entries, name)
    parts = {entry.filename: _unpacked(data, entry, name) for entry in entries if NEEDED.fullmatch(entry.filename)}
    clean = BytesIO()
    with ZipFile(clean, "w", ZIP_STORED) as copy:
        for part, content in parts.items():
            _refuse_definitions(content, name)
            copy.writestr(part, content)
    pictures = sum(PICTURE.fullmatch(entry.filename) is not None for entry in entries)
    has_formulas = any(FORMULA.search(parts[part]) for part in parts if part.startswith("xl/worksheets/"))
    clean.seek(0)
    if not pictures or not wants_pictures:
        return Inside(clean, pictures, has_formulas)
    return Inside(clean, pictures, has_formulas, _placing(data, entries, name), _media(data, entries, name))


def _placing(data: bytes, entries: list[ZipInfo], name: str) -> dict[str, bytes]:
    found = {each.filename: _unpacked(data, each, name) for each in entries if PLACING.fullmatch(each.filename)}
    for content in found.values():
        _refuse_definitions(content, name)
    return found


def _media(data: bytes, entries: list[ZipInfo], name: str) -> dict[str, bytes]:
    """The pictures themselves; one larger than a photograph may be is not unpacked."""
    most = max(MOST_BYTES.values())
    wanted = [each for each in entries if PICTURE.fullmatch(each.filename) and each.file_size <= most]
    return {each.filename: _unpacked(data, each, name) for each in wanted}


def _refuse_others(data: bytes, entries: list[ZipInfo], name: str) -> None:
    """Other files of the same packing, by what they hold: with macros, or of another program."""
    if any(MACROS.fullmatch(entry.filename) for entry in entries):
        raise SheetRefused("has-macros", file=name)
    if entries and entries[0].filename == "mimetype" and OPEN_DOCUMENT in data[:200]:
        raise SheetRefused("is-open-document", file=name)


def _refuse_claims(entries: list[ZipInfo], name: str) -> None:
    """What the directory itself says is refused before a byte is unpacked."""
    names = [entry.filename for entry in entries]
    if len(names) > MOST_PARTS:
        raise _unsafe(name, "many-parts")
    if len(set(map(str.casefold, names))) < len(names) or any(_leads_elsewhere(each) for each in names):
        raise _unsafe(name, "names")
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise _unsafe(name, "packing")
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetRefused("old-excel", file=name)
    if _unpacks_too_big(sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)):
        raise _unsafe(name, "unpacks")


def _unpacks_too_big(unpacked: int, packed: int) -> bool:
    return unpacked > MOST_UNPACKED or (unpacked > RATIO_COUNTS_FROM and unpacked > max(packed, 1) * MOST_RATIO)


def _leads_elsewhere(part: str) -> bool:
    return part.startswith(("/", "\\")) or "\\" in part or ":" in part or ".." in part.split("/")


def _unpacked(data: bytes, entry: ZipInfo, name: str) -> bytes:
    """The true content of a part, never more of it than its directory entry claims.

    `ZipFile.read` inflates all there is before it looks at the claimed size: a small lie costs it a gigabyte.
    """
    start = entry.header_offset
    lengths = data[start : start + LOCAL_HEADER][NAME_LENGTHS]
    begin = start + LOCAL_HEADER + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    packed = data[begin : begin + entry.compress_size]
    content = packed if entry.compress_type == ZIP_STORED else _inflated(packed, entry.file_size)
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise _unsafe(name, "lies")
    return content


def _inflated(packed: bytes, claimed: int) -> bytes:
    """As much as was claimed and one byte more, if there is more."""
    inflating, content = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
    while len(content) <= claimed and not inflating.eof:
        more = inflating.decompress(packed, min(STEP, claimed + 1 - len(content)))
        packed = inflating.unconsumed_tail
        if not more:
            break
        content += more
    return bytes(content)


def _refuse_definitions(content: bytes, name: str) -> None:
    """Spreadsheet programs write no DTD; a part in UTF-16 is looked at as if it were in ASCII."""
    if DEFINITION.search(content) or (b"\x00" in content[:4096] and DEFINITION.search(content.replace(b"\x00", b""))):
        raise _unsafe(name, "entities")


def _unsafe(name: str, why: str) -> SheetRefused:
    return SheetRefused("unsafe", file=name, what=word(why))
