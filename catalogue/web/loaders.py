"""Finding what an address names: always through its consortium, None when it is not there."""

from typing import Any

from flask import request
from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import joinedload
from werkzeug.routing import IntegerConverter, Map

from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry
from catalogue.outbox.models import Due
from catalogue.printing.record_models import RecordPaper
from catalogue.printing.recording import paper_at
from catalogue.products.models import Product
from catalogue.routing.call_reading import call_of
from catalogue.routing.models import Call
from catalogue.web.signed_in import firm, own_firms

MOST_KEY = 2**31 - 1


class KeyConverter(IntegerConverter):
    """`<int:...>` in an address: no number beyond what a key column holds, which a database would choke on."""

    def __init__(self, url_map: Map, *given: Any, **named: Any) -> None:
        super().__init__(url_map, *given, **{"max": MOST_KEY, **named})


# Put together once: it begins nearly every request.
CONSORTIUM_AT = select(Consortium).where(Consortium.slug == bindparam("slug"))


def consortium_at(slug: str, **_others: Any) -> Consortium | None:
    """The consortium that an address names."""
    return db.session.scalar(CONSORTIUM_AT, {"slug": slug})


def inquiry_at(slug: str, inquiry_id: str, **_others: Any) -> Inquiry | None:
    """An inquiry to this consortium."""
    query = (
        select(Inquiry)
        .join(Inquiry.consortium)
        .where(Consortium.slug == slug, Inquiry.public_id == inquiry_id)
        .options(joinedload(Inquiry.consortium), joinedload(Inquiry.buyer_contact))
    )
    return db.session.scalar(query)


def call_at(slug: str, number: str, **_others: Any) -> Call | None:
    """A call of this consortium, by its number."""
    consortium = consortium_at(slug)
    return call_of(db.session, consortium, number) if consortium else None


def record_paper_at(slug: str, paper_id: str, **_others: Any) -> RecordPaper | None:
    """The paper of a quarter's record of this consortium."""
    consortium = consortium_at(slug)
    return paper_at(db.session, consortium, paper_id) if consortium else None


def product_at(slug: str, product_id: str, **_others: Any) -> Product | None:
    """A product of this consortium, in whatever state."""
    query = (
        select(Product)
        .join(Product.consortium)
        .where(Consortium.slug == slug, Product.public_id == product_id)
        .options(joinedload(Product.consortium), joinedload(Product.member))
    )
    return db.session.scalar(query)


def member_at(slug: str, member_id: str, **_others: Any) -> Member | None:
    """A firm of this consortium, by its public id, whether it takes part or left."""
    query = select(Member).join(Member.consortium).where(Consortium.slug == slug, Member.public_id == member_id)
    return db.session.scalar(query.options(joinedload(Member.consortium)))


def letter_at(slug: str, letter_id: int, **_others: Any) -> Due | None:
    """A letter that this consortium caused."""
    query = select(Due).join(Consortium, Consortium.id == Due.consortium_id)
    return db.session.scalar(query.where(Consortium.slug == slug, Due.id == letter_id))


def own_member(**_others: Any) -> Member | None:
    """The firm that whoever is signed in works for: the one that a form names as `firm`, else the one chosen.

    So a page that stood open while another firm was chosen still saves where it was begun; and where that firm is no
    longer one's own, or is no longer acted for, it saves nowhere.
    """
    named = request.form.get("firm") if request.method == "POST" else None
    if not named:
        return firm()
    return next((each for each in own_firms() if each.public_id == named), None)


def own_firm_at(firm_id: str, **_others: Any) -> Member | None:
    """One of the firms that the person who is signed in works for."""
    return next((each for each in own_firms() if each.public_id == firm_id), None)


def own_product_at(product_id: str, **_others: Any) -> Product | None:
    """A product of one's own firm, or of another that one works for as well."""
    firms = [(each.consortium_id, each.id) for each in own_firms()]
    query = (
        select(Product)
        .where(Product.public_id == product_id, tuple_(Product.consortium_id, Product.member_id).in_(firms))
        .options(joinedload(Product.consortium), joinedload(Product.member))
    )
    return db.session.scalar(query)
