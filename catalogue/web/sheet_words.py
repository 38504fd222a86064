"""What people call the states of sheets, the verdicts on their rows, and the parts of a product in a sheet."""

from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.products.sheets.as_json import finding_of
from catalogue.products.sheets.findings import Finding, Level
from catalogue.products.sheets.importing import Verdict
from catalogue.products.sheets.mapping import program_name, shipped
from catalogue.products.sheets.models import ImportState, SheetImport, SheetRow
from catalogue.products.sheets.understanding import CHOSEN
from catalogue.web.language import language

STATES: dict[ImportState, tuple[LazyString, str]] = {
    ImportState.WAITING: (_l("Being read"), "wait"),
    ImportState.COLUMNS: (_l("Columns to explain"), "new"),
    ImportState.PREVIEW: (_l("To decide"), "new"),
    ImportState.STORING: (_l("Being imported"), "wait"),
    ImportState.UNDOING: (_l("Being undone"), "wait"),
    ImportState.IMPORTED: (_l("Imported"), "ok"),
    ImportState.UNDONE: (_l("Undone"), "info"),
    ImportState.REFUSED: (_l("Not read"), "new"),
}
WAITING_WORDS: dict[ImportState, LazyString] = {
    ImportState.WAITING: _l("The sheet is being read. The page shows by itself what was found."),
    ImportState.STORING: _l("The good rows are being imported. The page shows by itself when it is done."),
    ImportState.UNDOING: _l("The import is being undone. The page shows by itself when it is done."),
}
VERDICTS: dict[Verdict, tuple[LazyString, str]] = {
    Verdict.ADD: (_l("Good"), "ok"),
    Verdict.THERE: (_l("Already there"), "info"),
    Verdict.BAD: (_l("Stays out"), "new"),
}
KEPT: dict[str, LazyString] = {
    "sent": _l("Kept: it was sent to the office or shown since"),
    "changed": _l("Kept: somebody changed it since"),
    "used": _l("Kept: something else refers to it"),
}
LEVELS: dict[Level, LazyString] = {
    Level.NOTE: _l("Note"),
    Level.WARNING: _l("Warning"),
    Level.ERROR: _l("Error"),
    Level.REFUSAL: _l("Error"),
}


def told(data: dict[str, Any]) -> dict[str, Any]:
    """A stored finding as a page shows it: where, how bad, and the sentence in the reader's language."""
    finding = finding_of(data)
    return {
        "place": " ".join(filter(None, (finding.reference, short(finding.heading)))),
        "level": finding.level.name.lower(),
        "level_words": LEVELS[finding.level],
        "words": finding.text(language()),
    }


def told_all(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings, the worst first."""
    return sorted(map(told, listed), key=lambda each: ("refusal", "error", "warning", "note").index(each["level"]))


def refusal_words(finding: Finding) -> str:
    """Why a file is not taken."""
    return finding.text(language())


def short(text: str) -> str:
    """A heading short enough to stand before a sentence; of one in both languages its first line."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def layout_words(sheet: SheetImport) -> str:
    """Whose layout a sheet has."""
    if sheet.layout in shipped():
        return program_name(sheet.layout).in_(language())
    return _("Columns as they were explained here") if sheet.layout == CHOSEN else _("Known by its headings")


def row_state(row: SheetRow) -> tuple[Any, str]:
    """The verdict on a row, or what became of it."""
    if row.kept_because:
        return KEPT[row.kept_because], "wait"
    if row.outcome is not None and row.outcome.value == "removed":
        return _("Removed again"), "info"
    if row.outcome is not None:
        return _("Imported"), "ok"
    if row.verdict is Verdict.ADD and row.is_warned:
        return _("Good, with warnings"), "wait"
    return VERDICTS[row.verdict]


def counts_line(sheet: SheetImport) -> str:
    """The figures of an import in one line, for lists."""
    counts = sheet.counts
    if not counts:
        return ""
    good = counts["good"] + counts["warned"]
    parts = [ngettext("%(num)s good row", "%(num)s good rows", good)]
    if counts["there"]:
        parts.append(_("%(count)s already there", count=counts["there"]))
    if counts["bad"]:
        parts.append(_("%(count)s stay out", count=counts["bad"]))
    if counts.get("kept"):
        parts.append(_("%(count)s kept", count=counts["kept"]))
    return " · ".join(parts)
