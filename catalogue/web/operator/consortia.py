"""The consortia of the network, in figures: no contacts, no texts of buyers or members."""

from typing import Any

from flask import render_template
from sqlalchemy import func, select

from catalogue.activity.models import Head
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry
from catalogue.outbox.models import Due, DueState
from catalogue.products.models import ListingStatus, Product
from catalogue.web.access import requires
from catalogue.web.operator import blueprint


def network(**_values: Any) -> str:
    """What the operator's pages are about."""
    return "network"


@blueprint.get("/", endpoint="consortia")
@requires("network.operate", load=network)
def show_consortia(_network: str) -> Any:
    """Each consortium with what it holds, and what in the outbox needs a person."""
    rows = db.session.execute(
        select(
            Consortium,
            _count(Member, Member.status == MemberStatus.ACTIVE),
            _count(Product, Product.status == ListingStatus.PUBLISHED),
            _count(Inquiry),
            _count(Due, Due.state == DueState.FAILED),
            select(Head.hash).where(Head.chain == Consortium.id).scalar_subquery(),
        ).order_by(Consortium.id)
    ).all()
    return render_template("operator/consortia.html", rows=rows)


def _count(model: Any, *conditions: Any) -> Any:
    query = select(func.count()).select_from(model).where(model.consortium_id == Consortium.id, *conditions)
    return query.correlate(Consortium).scalar_subquery()
