"""The record of a quarter on one page, for members: under letters, of few the smallest and the largest."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.printing.record_models import RecordPaper
from catalogue.printing.recording import paper_at
from catalogue.routing.naming import Reader
from catalogue.web import record_papers as papers
from catalogue.web.access import requires
from catalogue.web.loaders import own_member
from catalogue.web.record_papers import Place
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page


@dataclass(frozen=True)
class OwnPaper:
    """A paper of the consortium of one's own firm."""

    member: Member
    paper: RecordPaper

    @property
    def member_id(self) -> int:
        """For whom it is opened."""
        return self.member.id


def own_paper_at(paper_id: str, **_others: Any) -> OwnPaper | None:
    """The paper that an address names, through one's own firm."""
    member = own_member()
    paper = paper_at(db.session, member.consortium, paper_id) if member else None
    return OwnPaper(member, paper) if member and paper else None


@blueprint.get("/fairness/papers")
@requires("fairness.own", load=own_member)
def record_papers(member: Member) -> Any:
    """The quarters that are over."""
    return papers.papers_page(_place(member))


@blueprint.post("/fairness/papers")
@requires("fairness.own", load=own_member)
def ask_record_paper(member: Member) -> Any:
    """Have one made."""
    return papers.ask_paper(_place(member))


@blueprint.get("/fairness/papers/<string(length=10):paper_id>")
@requires("fairness.own", load=own_paper_at)
def record_paper(found: OwnPaper) -> Any:
    """How far it is."""
    return papers.paper_page(_place(found.member), found.paper)


@blueprint.get("/fairness/papers/<string(length=10):paper_id>.pdf")
@requires("fairness.own", load=own_paper_at)
def record_paper_file(found: OwnPaper) -> Any:
    """The PDF."""
    return papers.paper_file(_place(found.member), found.paper)


def _place(member: Member) -> Place:
    return Place("studio", member.consortium, Reader.MEMBER, partial(_page, member))


def _page(member: Member, template: str, **values: Any) -> str:
    return studio_page(template, member.consortium, member, "today", layout="layouts/studio.html", **values)
