"""The report of an import, line by line, in the language of its reader."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.products.sheets.findings import Finding, Level, shortened
from catalogue.products.sheets.importing import Plan, Planned, Verdict
from catalogue.text import Bilingual

HERE = Path(__file__).parent
SIGNS = {Verdict.ADD: "✓", Verdict.THERE: "=", Verdict.BAD: "✗"}
WORDS = {Verdict.ADD: "added", Verdict.THERE: "there", Verdict.BAD: "bad"}
LEVELS = {Level.NOTE: "note", Level.WARNING: "warning", Level.ERROR: "error", Level.REFUSAL: "error"}


def lines_of(plan: Plan, member: str, language: str) -> Iterator[str]:
    """What the file is, what is to be said of it as a whole, each row with its cells, and the counts."""
    sheet, about = plan.layout.sheet, {"file": plan.book.name, "rows": len(plan.rows), "member": member}
    yield phrase("file" if sheet.title else "csv-file", language, sheet=sheet.title, **about)
    yield from (_line(finding, language) for finding in plan.findings)
    for row in plan.rows:
        yield _head(row, language)
        yield from (_line(finding, language) for finding in row.findings)
    yield counts_of(plan, language)


def counts_of(plan: Plan, language: str) -> str:
    """How many rows are good, good with warnings, there already, and bad."""
    return phrase("counts", language, **plan.counts)


def phrase(key: str, language: str, **about: Any) -> str:
    """A phrase of the report in one language."""
    return phrases()[key].in_(language).format_map(about)


@cache
def phrases() -> dict[str, Bilingual]:
    """Every phrase by its key."""
    rows = tomllib.loads((HERE / "report.toml").read_text("utf-8"))
    return {key: Bilingual(row["lo"], row["en"]) for key, row in rows.items()}


def _head(row: Planned, language: str) -> str:
    parts = (
        f"{SIGNS[row.verdict]} {phrase('row', language, row=row.number)}",
        shortened(row.reference),
        shortened(row.content.name.in_(language)),
        phrase(WORDS[row.verdict], language),
    )
    return " · ".join(filter(None, parts))


def _line(finding: Finding, language: str) -> str:
    """One finding: where, what was read, and the sentence with its code."""
    place = " ".join(filter(None, (finding.reference, shortened(finding.heading))))
    level = phrase(LEVELS[finding.level], language)
    return f"    {place + ': ' if place else ''}{level}: {finding.text(language)} [{finding.code}]"
