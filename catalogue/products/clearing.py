"""Contacts that the detector finds in a listing, and a manager's word that one of them is none.

What is cleared is the exact text that was found, in this product alone: another spelling is found again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.leaks import Leak
from catalogue.products import readiness, steps
from catalogue.products.clearing_models import ClearedContact
from catalogue.products.models import Product, ProductVersion

LONGEST = 400


class NotFoundThere(Exception):
    """No contact with this very text was found in the field, so that there is nothing to clear."""


def open_leaks(session: Session, product: Product, version: ProductVersion) -> dict[str, list[Leak]]:
    """The contacts in what the public would read of a version, by field, without those that were cleared."""
    known = cleared_texts(session, product)
    found = readiness.leaks_in(version, product.consortium.public_contacts)
    still = {field: [leak for leak in leaks if leak.text not in known] for field, leaks in found.items()}
    return {field: leaks for field, leaks in still.items() if leaks}


def clear(session: Session, product: Product, field: str, text: str, *, by: Person, at: datetime) -> None:
    """Say that what was found in a field of the working text is no contact. Twice is once. Raises `NotFoundThere`."""
    steps.hold(session, product)
    leaks = readiness.leaks_in(product.working, product.consortium.public_contacts) if product.working else {}
    leak = next((leak for leak in leaks.get(field, []) if leak.text == text and len(text) <= LONGEST), None)
    if leak is None:
        raise NotFoundThere
    if text in cleared_texts(session, product):
        return
    session.add(
        ClearedContact(
            consortium_id=product.consortium_id,
            product_id=product.id,
            field=field,
            kind=leak.kind,
            text=text,
            by=by,
            cleared_at=at,
        )
    )
    session.flush()
    steps.record(session, "leak.cleared", product, by=by, at=at, text=text, field=field, kind=leak.kind)


def cleared_texts(session: Session, product: Product) -> frozenset[str]:
    """What was found in this product and is no contact."""
    return frozenset(session.scalars(select(ClearedContact.text).filter_by(product_id=product.id)))


def cleared_in(session: Session, product: Product) -> Sequence[ClearedContact]:
    """The same with who said so and when, the newest first."""
    query = select(ClearedContact).filter_by(product_id=product.id).options(joinedload(ClearedContact.by))
    return session.scalars(query.order_by(ClearedContact.id.desc())).all()
