"""Products that a phone began by itself, without signal: the same draft is one product, however often it is sent."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.models import Member
from catalogue.products.content import Content
from catalogue.products.editing import create_draft
from catalogue.products.models import Product


def product_of_draft(session: Session, member: Member, draft_key: str) -> Product | None:
    """The product that a phone began under this key, once something of it came."""
    return session.scalar(select(Product).filter_by(member_id=member.id, draft_key=draft_key))


def draft_of(session: Session, member: Member, draft_key: str, *, by: Person, at: datetime) -> Product:
    """The product of this key, begun now or before. In a race the loser finds the winner's."""
    if earlier := product_of_draft(session, member, draft_key):
        return earlier
    try:
        with session.begin_nested():
            product = create_draft(session, member, Content(currency=member.consortium.currency), by=by, at=at)
            product.draft_key = draft_key
            session.flush()
            return product
    except IntegrityError:
        if winner := product_of_draft(session, member, draft_key):
            return winner
        raise
