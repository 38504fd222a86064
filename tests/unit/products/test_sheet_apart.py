"""Strange sheets in the process apart: one calm sentence each, in little time and memory, and the next one is read."""

import json
import resource
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from PIL import Image
from xlsxwriter import Workbook

from catalogue.consortia.sector import folder
from catalogue.media import confined
from catalogue.products.sheets.as_json import MOST_FINDINGS, finding_of
from catalogue.products.sheets.looking import CHILD
from tests.sheets import sheet_xml, with_parts, workbook_of

MB = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook_of([["ref", "name"], ["A-1", "bowl"]])
HOUSE = {"member_key": "member0001", "sector": "silver", "sectors": str(folder()), "currency": "USD", "contacts": []}
MOST_MEMORY = 700 * MB


def look(data: bytes, name: str = "a.xlsx") -> confined.Made:
    asked = json.dumps({"name": name, "house": HOUSE, "mapping": None, "kept": {}}).encode()
    return confined.run("look", b"\n".join((asked, data)), wall_seconds=150, child=CHILD)


def lying_bomb() -> bytes:
    """300 megabytes that say they are 100 kilobytes."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(bomb.compress(b"\x00" * MB) for _each in range(300)) + bomb.flush()
    written = BytesIO()
    with ZipFile(BytesIO(GOOD)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for part in set(old.namelist()) - {SHEET}:
            new.writestr(part, old.read(part))
        new.writestr(SHEET, packed, compress_type=ZIP_STORED)
        entry = new.getinfo(SHEET)
        entry.compress_type, entry.file_size = ZIP_DEFLATED, 100 * 1024
    return written.getvalue()


def with_sheet(old: str, new: str) -> bytes:
    return with_parts(GOOD, {SHEET: sheet_xml(GOOD).replace(old, new).encode()})


def endless_row() -> bytes:
    rows = sheet_xml(GOOD).replace("<row ", '<row ht="1e999" ', 1)
    return with_parts(GOOD, {SHEET: rows.encode(), "xl/media/a.png": b"x"})


def laughing(definition: str) -> bytes:
    return with_parts(GOOD, {SHEET: ("<!DOCTYPE x [" + definition + "]>" + sheet_xml(GOOD)).encode()})


def with_macros() -> bytes:
    return with_parts(GOOD, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def open_document() -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", "<x/>")
    return written.getvalue()


HOSTILE = {
    "zip bomb": ("a.xlsx", lambda: with_parts(GOOD, {"xl/b.xml": b"\x00" * (120 * MB)}), "unsafe"),
    "20,000 entries": ("a.xlsx", lambda: with_parts(GOOD, {f"xl/media/{n}.png": b"" for n in range(20_000)}), "unsafe"),
    "lying sizes": ("a.xlsx", lying_bomb, "unsafe"),
    "outer entity": ("a.xlsx", lambda: laughing('<!ENTITY a SYSTEM "file:///etc/passwd">'), "unsafe"),
    "billion laughs": ("a.xlsx", lambda: laughing('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'), "unsafe"),
    "entity where pictures stand": (
        "a.xlsx",
        lambda: with_parts(GOOD, {"xl/drawings/drawing1.xml": b"<!DOCTYPE x []><x/>", "xl/media/a.png": b"x"}),
        "unsafe",
    ),
    "a row without end": ("a.xlsx", endless_row, "not-excel"),
    "zip slip": ("a.xlsx", lambda: with_parts(GOOD, {"../../etc/cron.d/x": b"x"}), "unsafe"),
    "macros": ("a.xlsx", with_macros, "has-macros"),
    "old Excel": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "old-excel"),
    "OpenDocument": ("a.xlsx", open_document, "is-open-document"),
    "a web page": ("a.xlsx", lambda: b"<html><table><tr><td>x</td></tr></table></html>", "is-html"),
    "a web page as CSV": ("a.csv", lambda: b"\n <!DOCTYPE html><p>Not found", "is-html"),
    "Excel as CSV": ("a.csv", lambda: GOOD, "is-excel"),
    "a picture": ("a.xlsx", lambda: b"\xff\xd8\xff\xe0" + b"x" * 100, "not-excel"),
    "10 MB of one line": ("a.csv", lambda: b"ref,name," + b"x" * (10 * MB), "long-cell"),
    "10 MB of commas": ("a.csv", lambda: b"ref,name" + b"," * (10 * MB) + b"x", "many-columns"),
    "columns to XFD": ("a.xlsx", lambda: workbook_of([["ref", "name", *["x"] * 300]]), "many-columns"),
    "more rows than one import": ("a.csv", lambda: b"ref,name\n" + b"A,Bowl\n" * 5_001, "many-rows"),
    "zero bytes": ("a.csv", lambda: b"ref,name\nA\x00,b\n", "nul"),
    "nothing": ("a.csv", lambda: b"\n\n", "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_refused_in_one_sentence(name):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    called, make, code = HOSTILE[name]
    facts = look(make(), called).facts
    finding = finding_of(facts["finding"])
    assert (facts["state"], finding.code) == ("refused", code)
    for language in ("lo", "en"):
        assert 10 < len(finding.text(language)) < 400
    # The largest child of this process so far: what an earlier test's child took says nothing of this one.
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert largest == before or largest * 1024 < MOST_MEMORY


@pytest.mark.parametrize("claim", ["A1:XFD1048576", "A1:A1"])
def test_a_lie_of_its_dimension_changes_nothing(claim):
    made = look(with_sheet('"A1:B2"', f'"{claim}"'))
    assert [row["reference"] for row in json.loads(made.files["rows.json"])] == ["A-1"]


def test_formulas_are_not_computed_and_one_without_result_says_so():
    made = look(workbook_of([["ref", "name", "weight_g"], ["A-1", "bowl", "=1+1"]]))
    (row,) = json.loads(made.files["rows.json"])
    assert row["content"]["net_weight_g"] is None
    assert "formula-empty" in {each["code"] for each in row["findings"]}


def test_a_row_of_nothing_but_errors_is_told_in_bounds():
    head = ["ref", "name", *["weight_g"], *[f"x{n}" for n in range(100)]]
    data = ("ref,name\nA,Bowl" + ",x" * 150).encode()
    made = look(data, "a.csv")
    (row,) = json.loads(made.files["rows.json"])
    assert len(row["findings"]) <= MOST_FINDINGS < len(head)


def test_a_picture_that_is_none_is_told_at_its_cell():
    written = BytesIO()
    with Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ref", "name", "picture"])
        sheet.write_row(1, 0, ["A-1", "bowl"])
        shown = BytesIO()
        Image.new("RGB", (8, 8)).save(shown, "PNG")
        sheet.insert_image(1, 2, "a.png", {"image_data": shown})
    for content, said in ((b"<svg/>", "picture-kind"), (None, "picture-outside")):
        part = "xl/media/image1.png"
        data = written.getvalue()
        parts = with_parts(data, {part: content} if content else {}, without=[] if content else [part])
        parts = parts if content else with_parts(parts, {"xl/media/other.png": b"x"})
        (row,) = json.loads(look(parts).files["rows.json"])
        assert [each["reference"] for each in row["findings"] if each["code"] == said] == ["C2"]


def test_the_process_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not to be seen")
    assert "SECRET_KEY" not in confined.BARE_ENVIRONMENT
    assert look(GOOD).facts["state"] == "looked"
