"""The record of a quarter on one page, at the desk: for managers with names, for observers under letters."""

from functools import partial
from typing import Any

from flask import abort

from catalogue.consortia.models import Consortium
from catalogue.printing.record_models import RecordPaper
from catalogue.routing.naming import Reader
from catalogue.web import record_papers as papers
from catalogue.web.access import may, requires
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at, record_paper_at
from catalogue.web.record_papers import Place


@blueprint.get("/<slug>/fairness/papers")
@requires("fairness.read", load=consortium_at)
def record_papers(consortium: Consortium) -> Any:
    """The quarters that are over."""
    return papers.papers_page(_place(consortium))


@blueprint.post("/<slug>/fairness/papers")
@requires("fairness.read", load=consortium_at)
def ask_record_paper(consortium: Consortium) -> Any:
    """Have one made."""
    return papers.ask_paper(_place(consortium))


@blueprint.get("/<slug>/fairness/papers/<string(length=10):paper_id>")
@requires("fairness.read", load=record_paper_at)
def record_paper(paper: RecordPaper) -> Any:
    """How far it is."""
    return papers.paper_page(_place(paper.consortium), paper)


@blueprint.get("/<slug>/fairness/papers/<string(length=10):paper_id>.pdf")
@requires("fairness.read", load=record_paper_at)
def record_paper_file(paper: RecordPaper) -> Any:
    """The PDF."""
    return papers.paper_file(_place(paper.consortium), paper)


def _place(consortium: Consortium) -> Place:
    """The desk; the operator has no papers there."""
    if not may("desk.read", consortium):
        abort(403)
    reader = Reader.MANAGER if may("allocation.read", consortium) else Reader.OBSERVER
    page = partial(_page, consortium)
    return Place("desk", consortium, reader, page)


def _page(consortium: Consortium, template: str, **values: Any) -> str:
    return desk_page(template, consortium, "fairness", layout="layouts/desk.html", **values)
