"""The error file: the rows that stayed out, in the layout of their sheet, with the reasons beside the cells."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.products.sheets.cells import LONGEST_CELL, Cell, Line
from catalogue.products.sheets.fields import OURS
from catalogue.products.sheets.findings import Finding, Level
from catalogue.products.sheets.formulas import harmless
from catalogue.products.sheets.importing import Plan, Planned, Verdict
from catalogue.products.sheets.report import phrase

LONGEST_COMMENT = 1000
COLOURS = {Level.ERROR: "#F6C9C4", Level.WARNING: "#FBE8B5"}
WIDEST = 60


def error_file(plan: Plan, kind: str = "") -> bytes:
    """The error file as "xlsx" or "csv", or in the kind of the original: CSV with its delimiter in UTF-8, or XLSX."""
    is_text = kind == "csv" or (not kind and plan.layout.sheet.delimiter)
    return _as_text(plan) if is_text else _as_workbook(plan)


def reasons_at(row: Planned) -> dict[int, list[Finding]]:
    """Errors and warnings of a row by column; 0 holds those of the row as a whole."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in row.findings:
        if finding.level >= Level.WARNING:
            found[finding.column].append(finding)
    return found


def _in_both(findings: Iterable[Finding]) -> str:
    """The sentences in Lao, then in English."""
    listed = list(findings)
    return "\n".join(" ".join(finding.text(language) for finding in listed) for language in ("lo", "en"))


def _bad_lines(plan: Plan) -> list[tuple[Planned, Line]]:
    """The rows that stay out, and those above that they inherit from: a row on its own would say too little."""
    by_number = {line.number: line for line in plan.layout.sheet.lines}
    bad = {row.number for row in plan.of(Verdict.BAD)}
    wanted = bad | {row.lead for row in plan.layout.rows if row.number in bad and row.lead}
    return [(row, by_number[row.number]) for row in plan.rows if row.number in wanted]


def _width(plan: Plan) -> int:
    lines = [*plan.layout.head, *(line for _row, line in _bad_lines(plan))]
    return max(cell.column for line in lines for cell in line.cells)


# -- text --


def _as_text(plan: Plan) -> bytes:
    """A column that has reasons gets one more behind it, whose heading begins with the mark that imports pass over."""
    bad, width = _bad_lines(plan), _width(plan)
    with_reasons = {column for row, _line in bad for column in reasons_at(row)}
    written = StringIO()
    writer = csv.writer(written, delimiter=plan.layout.sheet.delimiter or ",", lineterminator="\r\n")
    for line in plan.layout.head:
        writer.writerow(_interleaved(line, width, {column: _reason_heading(line, column) for column in with_reasons}))
    for row, line in bad:
        reasons = reasons_at(row)
        writer.writerow(
            _interleaved(line, width, {column: _in_both(reasons.get(column, ())).strip() for column in with_reasons})
        )
    return written.getvalue().encode("utf-8-sig")


def _reason_heading(line: Line, column: int) -> str:
    cell = line.at(column)
    both = " / ".join(phrase("reason", language) for language in ("lo", "en"))
    return f"{OURS} {cell.text}: {both}" if cell else f"{OURS} {both}"


def _interleaved(line: Line, width: int, reasons: dict[int, str]) -> list[str]:
    """The cells of a line with what stands behind some of them; reasons of the whole row come last."""
    texts = {cell.column: cell.text for cell in line.cells}
    row: list[str] = []
    for column in range(1, width + 1):
        row.append(harmless(texts.get(column, "")))
        if column in reasons:
            row.append(harmless(reasons[column]))
    return [*row, harmless(reasons[0])] if 0 in reasons else row


# -- XLSX --


def _as_workbook(plan: Plan) -> bytes:
    """Cells with a reason are coloured and carry it as a comment; the last column holds all of a row's."""
    written = BytesIO()
    # Strings stay strings: nothing is taken for a formula, an address or a number.
    with Workbook(
        written,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    ) as workbook:
        _fill(workbook, workbook.add_worksheet(plan.layout.sheet.title[:31] or None), plan)
    return written.getvalue()


def _fill(workbook: Workbook, sheet: Worksheet, plan: Plan) -> None:
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = workbook.add_format({"num_format": "@", "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    marked = {
        level: workbook.add_format({"bg_color": colour, "num_format": "@", "valign": "top"})
        for level, colour in COLOURS.items()
    }
    width, at = _width(plan), 0
    for at, line in enumerate(plan.layout.head):
        for cell in line.cells:
            _write(sheet, at, cell, bold)
    sheet.write_string(0, width, _reason_heading(Line(0, ()), 0), bold)
    sheet.set_column(width, width, WIDEST)
    sheet.freeze_panes(at + 1, 0)
    for number, (row, line) in enumerate(_bad_lines(plan), start=at + 1):
        _write_row(sheet, number, row, line, plain, marked)
        sheet.write_string(number, width, _all_reasons(row), wrapped)


def _write_row(sheet: Worksheet, number: int, row: Planned, line: Line, plain: Any, marked: dict[Level, Any]) -> None:
    reasons = reasons_at(row)
    cells = {cell.column: cell for cell in line.cells}
    for column in sorted({*cells, *reasons} - {0}):
        worst = max((finding.level for finding in reasons.get(column, ())), default=None)
        look = plain if worst is None else marked[worst]
        if column in cells:
            _write(sheet, number, cells[column], look)
        else:
            sheet.write_blank(number, column - 1, None, look)
        if worst is not None:
            sheet.write_comment(
                number, column - 1, _in_both(reasons[column])[:LONGEST_COMMENT], {"x_scale": 2, "y_scale": 2}
            )


def _write(sheet: Worksheet, number: int, cell: Cell, look: Any) -> None:
    if cell.kind == "number" and cell.number is not None:
        sheet.write_number(number, cell.column - 1, float(cell.number))
    else:
        sheet.write_string(number, cell.column - 1, cell.text[:LONGEST_CELL], look)


def _all_reasons(row: Planned) -> str:
    said = [
        f"{finding.reference} {finding.heading}: {finding.text(language)}".strip(" :")
        for language in ("lo", "en")
        for finding in row.findings
        if finding.level >= Level.WARNING
    ]
    return "\n".join(said)[:LONGEST_CELL]
