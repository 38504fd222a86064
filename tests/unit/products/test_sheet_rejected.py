"""The error file: bad rows in their own layout reasons beside the cells, safe to open, ready to come again."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalogue.products.sheets.formulas import as_typed, harmless
from catalogue.products.sheets.importing import Verdict
from catalogue.products.sheets.rejected import error_file
from tests.sheets import planned, workbook_of

ROWS = [
    ["ref", "name_en", "weight_g", "moq"],
    ["A-1", "Bowl", 412, 5],
    ["A-2", "=cmd|'/c calc'!A1", "1.250", -1],
    ["A-3", "", None, 3],
]


def as_csv(data: bytes) -> list[list[str]]:
    """The error file as a spreadsheet shows it."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))


def csv_of(rows) -> str:
    return "\n".join(",".join(f'"{cell}"' if cell is not None else "" for cell in row) for row in rows) + "\n"


def test_text_has_the_bad_rows_and_a_reason_behind_each_bad_column(tmp_path):
    rows = as_csv(error_file(planned(tmp_path, csv_of(ROWS))))
    assert [cell for cell in rows[0] if not cell.startswith("⚠")] == ["ref", "name_en", "weight_g", "moq"]
    assert [row[0] for row in rows[1:]] == ["A-2", "A-3"]
    weight = rows[0].index("weight_g")
    assert rows[0][weight + 1].startswith("⚠ weight_g")
    assert rows[1][weight] == "1.250"
    assert "1,25 ຫຼື 1250" in rows[1][weight + 1]
    assert "1.25 or 1250" in rows[1][weight + 1]


def test_the_delimiter_stays(tmp_path):
    data = error_file(planned(tmp_path, "ref;name_en;moq\nA-2;Bowl;-1\n"))
    assert data.decode("utf-8-sig").startswith("ref;name_en;moq;⚠")


def test_workbooks_have_coloured_cells_with_comments_and_a_column_of_reasons(tmp_path):
    plan = planned(tmp_path, workbook_of(ROWS), name="a.xlsx")
    sheet = load_workbook(BytesIO(error_file(plan))).active
    assert [cell.value for cell in sheet[1]][:4] == ["ref", "name_en", "weight_g", "moq"]
    assert sheet["A2"].value == "A-2"
    assert "1.25 or 1250" in sheet["C2"].comment.text
    assert sheet["C2"].fill.start_color.rgb.endswith("F6C9C4")
    assert sheet["A2"].comment is None
    assert sheet["A2"].fill.start_color.rgb != sheet["C2"].fill.start_color.rgb
    assert "C2 weight_g" not in sheet["E2"].value
    assert "C3 weight_g: “1.250”" in sheet["E2"].value


def test_workbooks_hold_no_formula(tmp_path):
    rows = [["ref", "name_en", "moq"], ["A-1", "@SUM(1)", -1], ["A-2", "+1+1", -1], ["http://x.example", "12", -1]]
    plan = planned(tmp_path, csv_of(rows))
    as_text = error_file(plan).decode("utf-8-sig")
    assert "'@SUM" in as_text
    book = planned(tmp_path, workbook_of([[f"{cell}" for cell in row] for row in rows]), name="a.xlsx")
    sheet = load_workbook(BytesIO(error_file(book))).active
    assert {cell.data_type for row in sheet.rows for cell in row if cell.value is not None} == {"s"}


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_corrected_error_file_is_imported(tmp_path, name):
    is_text = name.endswith("csv")
    rows = [["ref", "name_en", "moq"], ["A-1", "-12 hooks", "-1"], ["A-2", "Ring", "x"]]
    data = error_file(planned(tmp_path, csv_of(rows) if is_text else workbook_of(rows), name=name))
    if is_text:
        text = data.decode("utf-8-sig").replace(",-1,", ",1,").replace(",x,", ",2,")
        plan = planned(tmp_path, text, name=name)
    else:
        book = load_workbook(BytesIO(data))
        book.active["C2"], book.active["C3"] = 1, 2
        written = BytesIO()
        book.save(written)
        plan = planned(tmp_path, written.getvalue(), name=name)

    assert [(row.verdict, row.content.minimum_order) for row in plan.rows] == [(Verdict.ADD, 1), (Verdict.ADD, 2)]
    assert plan.rows[0].content.name.en == "-12 hooks"
    assert not any(finding.code == "columns-not-read" for finding in plan.findings)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd", "'-cmd"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("＋cmd", "'＋cmd"),
        ("−cmd", "'−cmd"),
        ("＠x", "'＠x"),
        ("-1", "-1"),
        ("-1.250,5", "-1.250,5"),
        ("+856 20 5555 1234", "+856 20 5555 1234"),
        ("+໘໕໖ ໒໐", "+໘໕໖ ໒໐"),
        ("ຂັນເງິນ", "ຂັນເງິນ"),
        ("a=b", "a=b"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_text_that_would_be_a_formula_is_marked(text, written):
    assert harmless(text) == written
    assert as_typed(written) == text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_marks_come_off_again_and_formulas_never_stand_first(text):
    written = harmless(text)
    if not text.startswith("'"):
        assert as_typed(written) == text
    assert not written.lstrip().startswith(("=", "@", "＝", "＠"))
