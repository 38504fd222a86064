"""Files as cells: encodings, delimiters, kinds of cells, caps; what cannot be read is refused in one sentence."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from catalogue.products.sheets import excel, reading
from catalogue.products.sheets.cells import letters
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.reading import read, read_text
from tests.sheets import rows_of, saved, sheet_xml, text_of, with_parts, workbook_of

QUICK = settings(max_examples=150, deadline=None)
ROWS = [["ref", "name_lo"], ["A-1", "ຂັນເງິນ"], ["A-2", "ແຫວນ, ໃຫຍ່"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode(), id="utf-8"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="utf-8 with its mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(lambda text: b"\xfe\xff" + text.encode("utf-16-be"), id="utf-16 big end first"),
        pytest.param(lambda text: text.encode("utf-16-le"), id="utf-16 without its mark"),
        pytest.param(lambda text: text.encode("utf-16-be"), id="utf-16 big end first without its mark"),
        pytest.param(lambda text: text.replace("\r\n", "\n").encode(), id="line ends of unix"),
        pytest.param(lambda text: text.replace("\r\n", "\r").encode(), id="line ends of old macs"),
    ],
)
def test_text_is_read_in_every_encoding_and_with_every_delimiter(tmp_path, encode, delimiter):
    assert rows_of(tmp_path, "a.csv", encode(text_of(ROWS, delimiter))) == ROWS


def test_a_text_that_says_its_delimiter_is_believed(tmp_path):
    assert rows_of(tmp_path, "a.csv", b"sep=|\r\nref|name\r\n1|a,b;c\r\n") == [["ref", "name"], ["1", "a,b;c"]]


def test_commas_inside_texts_do_not_hide_the_semicolon(tmp_path):
    lines = [["ref", "name"], ["1", "a, b, c, d, e"], ["2", "f, g, h"]]
    assert rows_of(tmp_path, "a.csv", text_of(lines, ";").encode()) == lines
    prices = [["ref", "price"], ["1", "12,5"], ["2", "13,5"]]
    assert rows_of(tmp_path, "a.csv", text_of(prices, ";").encode()) == prices


def test_text_of_an_old_encoding_is_read_letter_for_letter_and_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("name\ncafé – “x”\n".encode("cp1252"))
    book = read(path)
    assert book.sheets[0].lines[1].cells[0].text == "café – “x”"
    assert [finding.code for finding in book.findings] == ["not-unicode"]


def test_cells_know_their_place(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('ref,name\n\n,\n1,"two\nlines"\n,last\n')
    places = [cell.reference for line in read(path).sheets[0].lines for cell in line.cells]
    assert places == ["A1", "B1", "A4", "B4", "B5"]


@QUICK
@given(st.integers(1, 20_000))
def test_columns_have_the_letters_of_spreadsheets(column):
    expected = get_column_letter(column) if column <= 18_278 else letters(column)
    assert letters(column) == expected


@QUICK
@given(st.one_of(st.binary(max_size=300), st.text(max_size=120).map(str.encode)))
def test_any_bytes_are_read_or_refused(data):
    with suppress(SheetRefused):
        lines = read_text(data, "a.csv").sheets[0].lines
        assert all(cell.text.strip() for line in lines for cell in line.cells)


@QUICK
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9), min_size=2, max_size=4
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_as_text_is_read_the_same(rows):
    rows = [[f"x{cell}x" for cell in row] for row in rows]
    book = read_text(text_of([["h"] * 9, *rows]).encode(), "a.csv")
    assert [[cell.text for cell in line.cells] for line in book.sheets[0].lines[1:]] == rows


# -- workbooks --


def test_workbooks_give_values_as_they_are(tmp_path):
    row = ["A-1", 412, 92.5, 0.1 + 0.2, True, date(2026, 11, 3), "  ", "໔໑໒"]
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of([["ref"] * 8, row]))

    read_cells = read(path).sheets[0].lines[1].cells

    assert [(cell.reference, cell.kind, cell.text) for cell in read_cells] == [
        ("A2", "text", "A-1"),
        ("B2", "number", "412"),
        ("C2", "number", "92.5"),
        ("D2", "number", "0.3"),
        ("E2", "yes-no", "TRUE"),
        ("F2", "date", "2026-11-03"),
        ("H2", "text", "໔໑໒"),
    ]
    assert read_cells[3].number == Decimal("0.3")


def test_a_formula_is_never_computed(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of([["ref", "price"], ["A-1", "=20+1"]]))
    assert [cell.kind for cell in read(path).sheets[0].lines[1].cells] == ["text", "formula"]


def test_a_formula_whose_result_is_in_the_file_is_read_as_that(tmp_path):
    data = workbook_of([["ref", "price"], ["A-1", "=20+1"]])
    with_result = sheet_xml(data).replace("<v />", "<v>21</v>")
    assert "<v>21</v>" in with_result
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_parts(data, {"xl/worksheets/sheet1.xml": with_result.encode()}))
    assert [(cell.kind, cell.text) for cell in read(path).sheets[0].lines[1].cells][1] == ("number", "21")


def test_errors_of_excel_are_no_text(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of([["ref"], ["#REF!"]]))
    assert read(path).sheets[0].lines[1].cells[0].kind == "error"


def test_fonts_of_texts_are_known(tmp_path):
    book = Workbook()
    book.active["A1"] = "name_lo"
    book.active["A2"] = "¥þ¼ºÒ©À´ó"
    book.active["A2"].font = Font(name="Saysettha Lao")
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(book))
    assert read(path).sheets[0].lines[1].cells[0].font == "Saysettha Lao"


def test_hidden_and_empty_sheets_are_passed_over(tmp_path):
    book = Workbook()
    book.active.append(["ref"])
    for title, state in (("hidden", "hidden"), ("empty", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
    book["hidden"].append(["secret"])
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(book))
    assert [sheet.title for sheet in read(path).sheets] == ["Sheet"]


def test_pictures_are_counted_and_said(tmp_path):
    data = with_parts(workbook_of([["ref"], ["A-1"]]), {"xl/media/image1.png": b"png", "xl/media/image2.jpeg": b"jpeg"})
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    (finding,) = read(path).findings
    assert (finding.code, finding.about["count"]) == ("pictures", 2)


# -- refusals --


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xls", b"x", "old-excel"),
        ("a.ods", b"x", "is-open-document"),
        ("a", b"x", "ending"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\xef\xbb\xbf \n,,\n", "empty"),
        ("a.csv", b"PK\x03\x04rest", "is-excel"),
        ("a.csv", b"\xd0\xcf\x11\xe0rest", "old-excel"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0rest", "old-excel"),
        ("a.xlsx", b"", "not-excel"),
        ("a.xlsx", b"ref,name\n1,x\n", "not-excel"),
        ("a.xlsx", workbook_of([]), "empty"),
        ("a.xlsx", workbook_of([["ref"]])[:-200], "not-excel"),
        ("a.csv", b"ref,name\n1,a\x00b\n", "nul"),
        ("a.csv", b'ref,name\n1,"never closed\n2,b\n', "quotes"),
        ("a.csv", b'ref,name\n1,"a"b\n', "quotes"),
        ("a.csv", b"ref,name\n1," + b"x" * 200_000 + b"\n", "long-cell"),
        ("a.csv", b"x," * 250 + b"\n", "many-columns"),
        ("a.xlsx", workbook_of([["x"] * 250]), "many-columns"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SheetRefused) as refusal:
        read(path)
    assert refusal.value.code == code
    assert name in refusal.value.text("en")


def test_a_refusal_names_the_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('ref,name\n1,a\n2,"b"c\n')
    with pytest.raises(SheetRefused, match="quotes") as refusal:
        read(path)
    assert "Row 3" in refusal.value.text("en")


def test_missing_files_and_folders_are_refused(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    for name, code in (("none.csv", "missing"), ("folder.csv", "not-a-file")):
        with pytest.raises(SheetRefused, match=code):
            read(tmp_path / name)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_large_files_are_refused_before_they_are_read(tmp_path, name):
    with (tmp_path / name).open("wb") as file:
        file.truncate(reading.most_bytes(name) + 1)
    with pytest.raises(SheetRefused, match="too-big"):
        read(tmp_path / name)


def test_rows_are_counted_up_to_their_cap(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 5)
    monkeypatch.setattr(excel, "MOST_ROWS", 5)
    six = [["ref"]] * 6
    for name, data in (("a.csv", text_of(six).encode()), ("a.xlsx", workbook_of(six))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SheetRefused, match="many-rows"):
            read(tmp_path / name)
        (tmp_path / name).write_bytes(text_of(six[:5]).encode() if name == "a.csv" else workbook_of(six[:5]))
        assert len(read(tmp_path / name).sheets[0].lines) == 5
