"""Where pages of sheets stand: at the desk for all firms of a consortium, in the studio for one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.products.sheets.models import SheetExport, SheetImport
from catalogue.web.loaders import consortium_at, own_member


@dataclass(frozen=True)
class Place:
    """One of the two: whose sheets are shown, how a page is made, and where its addresses lead."""

    area: str
    consortium: Consortium
    member: Member | None
    page: Callable[..., str]

    def url(self, act: str, **values: Any) -> str:
        """The address of a view of this area."""
        if self.area == "desk":
            values["slug"] = self.consortium.slug
        return url_for(f"{self.area}.{act}", **values)


# What is found is looked up through the consortium, in the studio through one's own firm too.


def import_at(slug: str, import_id: str, **_others: Any) -> SheetImport | None:
    """An import of this consortium."""
    return _import(import_id, consortium_at(slug), None)


def own_import_at(import_id: str, **_others: Any) -> SheetImport | None:
    """An import of one's own firm."""
    member = own_member()
    return _import(import_id, member.consortium, member) if member else None


def export_at(slug: str, export_id: str, **_others: Any) -> SheetExport | None:
    """An export of this consortium."""
    return _export(export_id, consortium_at(slug), None)


def own_export_at(export_id: str, **_others: Any) -> SheetExport | None:
    """An export of one's own firm."""
    member = own_member()
    return _export(export_id, member.consortium, member) if member else None


def _import(public_id: str, consortium: Consortium | None, member: Member | None) -> SheetImport | None:
    if consortium is None:
        return None
    query = select(SheetImport).filter_by(consortium_id=consortium.id, public_id=public_id)
    if member is not None:
        query = query.filter_by(member_id=member.id)
    loaded = (SheetImport.member, SheetImport.due, SheetImport.creator, SheetImport.importer, SheetImport.undoer)
    return db.session.scalar(query.options(*map(joinedload, loaded)))


def _export(public_id: str, consortium: Consortium | None, member: Member | None) -> SheetExport | None:
    if consortium is None:
        return None
    query = select(SheetExport).filter_by(consortium_id=consortium.id, public_id=public_id)
    if member is not None:
        query = query.filter_by(member_id=member.id)
    return db.session.scalar(query.options(joinedload(SheetExport.member), joinedload(SheetExport.due)))
