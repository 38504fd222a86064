"""What the paper of a quarter's record says, in its reader's words: composed by the worker, its language in `g`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from catalogue.activity.models import Head
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.printing.record_contents import Column, Decided, Mark, RecordPage
from catalogue.printing.record_models import RecordPaper
from catalogue.routing.evenness import lorenz
from catalogue.routing.fairness import Record, record_between, span_of
from catalogue.routing.naming import Named, OnPaper, rows_on_paper
from catalogue.routing.quarters import last_day
from catalogue.web.clock import in_vientiane, now
from catalogue.web.departure_words import Case, Reading, cases_between
from catalogue.web.fairness_page import DECIDED, Shown, cells, days_led, figures, head, under
from catalogue.web.fairness_picture import amount, curve_of, step_of
from catalogue.web.figures import day, number
from catalogue.web.record_papers import quarter_words
from catalogue.web.storefront.on_paper import house

MANY, LONGEST_REASON = 20, 120
ROOM = Decimal("1.08")


def record_content(wanted: RecordPaper) -> RecordPage:
    """The whole page: the record of the quarter as the log stands now."""
    consortium, naming = wanted.consortium, OnPaper(wanted.naming)
    found = _found(consortium, wanted.begins_on, naming)
    record, today = found.record, in_vientiane(now()).date()
    log = db.session.get(Head, consortium.id)
    seq, hash_of = (log.seq, log.hash) if log else (0, "")
    drawn = _Drawn.of(found.rows, record)
    curve, most = curve_of(record.rows), 3 if len(found.rows) > MANY else 6
    scope = quarter_words(wanted.begins_on)
    return RecordPage(
        language=wanted.language,
        title=f"{_('How the work is shared')}: {scope}",
        heading=_("How the work is shared"),
        scope=scope,
        made_on=today,
        under=under(found),
        house=house(consortium),
        figures=tuple(figures(found)),
        columns_title=_("Each member against an equal share"),
        columns=drawn.columns,
        marks=drawn.marks,
        part=drawn.part,
        columns_words=_("Grey: below the equal share. The rule gives to them first, as long as they offer."),
        curve_title=_("Cumulated share"),
        curve=tuple(lorenz([r.value for r in record.rows], [r.weight for r in record.rows])) if found.has_curve else (),
        curve_words=_("The half of the members with less work hold %(half)s %% of it.", half=curve.half),
        head=tuple(head(found)),
        rows=tuple(tuple(cells(each, found)) for each in found.rows),
        led=days_led(found),
        decided_title=_("Decided otherwise than the rule"),
        decided=tuple(_decided(each) for each in found.cases[:most]) or _nothing(),
        decided_more=_more(len(found.cases) - most),
        log_title=_("Head of the log"),
        log_words=_(
            "Made on %(day)s, when the log of the consortium stood at entry %(entry)s. Whoever has the log can prove "
            "that nothing before it was changed.",
            day=day(today),
            entry=number(seq),
        ),
        head_seq=seq,
        head_hash=hash_of,
        foot=" · ".join((consortium.name.in_(wanted.language), scope, f"{seq} {hash_of[:12]}")),
        notice=_("Demonstration: everything shown here is made up.") if consortium.is_demo else "",
    )


def _found(consortium: Consortium, begins_on: date, naming: OnPaper) -> Shown:
    """What stands on it. A quarter's paper is for many readers, so that no firm is the reader's own."""
    record = record_between(db.session, consortium, since=begins_on, until=last_day(begins_on))
    reading = Reading(names=naming is OnPaper.NAMES, reasons=naming is not OnPaper.TOTALS)
    begin, end = span_of(record.since, record.until)
    cases = cases_between(consortium, begin, end, reading, of=DECIDED)
    return Shown(consortium, record, rows_on_paper(record.rows, naming), tuple(cases))


def _decided(case: Case) -> Decided:
    reason = case.reason if len(case.reason) <= LONGEST_REASON else f"{case.reason[:LONGEST_REASON]}…"
    said = f" {_('Reason:')} {reason}" if reason else ""
    return Decided(day(in_vientiane(case.at).date()), f"{case.title}. {case.text}{said}", case.number)


def _nothing() -> tuple[Decided, ...]:
    return (Decided("", _("All work was divided by the rule as it stands.")),)


def _more(count: int) -> str:
    return ngettext("and %(num)s more", "and %(num)s more", count) if count > 0 else ""


@dataclass(frozen=True)
class _Drawn:
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    part: Mark | None

    @classmethod
    def of(cls, rows: Sequence[Named], record: Record) -> "_Drawn":
        """The bars as parts of the picture's height."""
        most = max([*(each.row.value for each in rows), *(each.row.fair_part for each in rows), Decimal(1)]) * ROOM
        parts = {each.row.fair_part for each in rows}
        same = parts.pop() if len(parts) == 1 else None
        step = step_of(most)
        part = (
            Mark(float(same / most), _("equal share %(amount)s", amount=amount(same, record.currency)))
            if same
            else None
        )
        marks = (Mark(float(step * count / most), "") for count in range(1, int(most / step) + 1))
        columns = (
            Column(float(each.row.value / most), each.letter, each.row.value < each.row.fair_part) for each in rows
        )
        return cls(tuple(columns), tuple(marks), part)
