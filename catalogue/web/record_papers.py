"""The papers of quarters: which there are, asking for one, how far it is, and the file; for the desk and the studio."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from catalogue.consortia import by_laws
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.media.stores import NotStored
from catalogue.printing import recording
from catalogue.printing.record_models import RecordPaper
from catalogue.printing.recording import Wanted
from catalogue.routing import fairness
from catalogue.routing.histories import first_division
from catalogue.routing.naming import Reader, shown_to
from catalogue.routing.quarters import finished, last_day
from catalogue.web.attachments import store
from catalogue.web.clock import in_vientiane, now
from catalogue.web.language import language

MOST = 8


@dataclass(frozen=True)
class Place:
    """Where the pages stand: who reads, how a page is made, and where its addresses lead."""

    area: str
    consortium: Consortium
    reader: Reader
    page: Callable[..., str]

    def url(self, act: str, **values: Any) -> str:
        """The address of a view of this area."""
        if self.area == "desk":
            values["slug"] = self.consortium.slug
        return url_for(f"{self.area}.{act}", **values)


@dataclass(frozen=True)
class Quarter:
    """One quarter in the list, with its paper where it was made already."""

    begins_on: date
    words: str
    paper: RecordPaper | None


def papers_page(place: Place) -> str:
    """The quarters that are over."""
    quarters = _quarters(place)
    made = recording.papers_of(db.session, [_wanted(place, each) for each in quarters])
    rows = [Quarter(each, quarter_words(each), made.get(each)) for each in quarters]
    return place.page("fairness/papers.html", where=place, quarters=rows)


def ask_paper(place: Place) -> Any:
    """Have the paper of one quarter made, or go to the one that is there."""
    asked = {each.isoformat(): each for each in _quarters(place)}
    begins_on = asked.get(request.form.get("quarter", "")) or abort(404)
    paper = recording.order(db.session, _wanted(place, begins_on), at=now())
    return redirect(place.url("record_paper", paper_id=paper.public_id), 303)


def paper_page(place: Place, paper: RecordPaper) -> str:
    """How far it is; once it is made, the way to it."""
    _refuse_other_names(place, paper)
    words, is_failed = quarter_words(paper.begins_on), recording.has_failed(paper)
    return place.page("fairness/paper.html", where=place, paper=paper, words=words, is_failed=is_failed)


def paper_file(place: Place, paper: RecordPaper) -> Response:
    """The PDF."""
    _refuse_other_names(place, paper)
    if not paper.is_ready:
        abort(404)
    name = f"{place.consortium.slug}-{paper.begins_on.isoformat()}-{paper.language}.pdf"
    key = paper.stored_key
    db.session.rollback()
    try:
        answer = Response(store().get(key), mimetype="application/pdf")
    except NotStored:
        abort(404)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def quarter_words(begins_on: date) -> str:
    """The quarter: "July to September 2026"."""
    first, last = (format_date(each, "MMMM") for each in (begins_on, last_day(begins_on)))
    return _("%(first)s to %(last)s %(year)s", first=first, last=last, year=begins_on.year)


def _quarters(place: Place) -> list[date]:
    since = first_division(db.session, place.consortium)
    return finished(in_vientiane(now()).date(), since, most=MOST) if since else []


def _wanted(place: Place, begins_on: date) -> Wanted:
    laws = by_laws.in_force(db.session, place.consortium, in_vientiane(now()).date())
    shown = shown_to(laws, place.reader, fairness.count_members(db.session, place.consortium))
    return Wanted(place.consortium.id, begins_on, language(), shown.value)


def _refuse_other_names(place: Place, paper: RecordPaper) -> None:
    """A paper that shows names otherwise than this reader may see them now is not there."""
    if paper.naming != _wanted(place, paper.begins_on).naming:
        abort(404)
