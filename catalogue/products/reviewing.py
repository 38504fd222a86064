"""What the office reviews: listings that members sent, and all products of a consortium."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.consortia.models import Consortium, Member
from catalogue.products.models import ListingStatus, Product, ProductVersion


def submitted(session: Session, consortium: Consortium) -> Sequence[Product]:
    """Listings that wait for review, the longest wait first."""
    query = _with_working().where(Product.consortium_id == consortium.id, Product.status == ListingStatus.SUBMITTED)
    return session.scalars(query.order_by(Product.submitted_at, Product.id)).all()


def products_of(session: Session, member: Member) -> Sequence[Product]:
    """All products of a firm, in whatever state, the newest first."""
    query = _with_working().where(Product.member_id == member.id, Product.consortium_id == member.consortium_id)
    return session.scalars(query.order_by(Product.id.desc())).all()


def products_in(session: Session, consortium: Consortium, status: ListingStatus | None = None) -> Sequence[Product]:
    """All products of a consortium, or those in one state, by reference; at most 500."""
    query = _with_working().where(Product.consortium_id == consortium.id)
    if status:
        query = query.where(Product.status == status)
    return session.scalars(query.order_by(Product.reference).limit(500)).all()


def count_submitted(session: Session, consortium: Consortium) -> int:
    """How many listings wait for review."""
    query = select(func.count()).where(
        Product.consortium_id == consortium.id, Product.status == ListingStatus.SUBMITTED
    )
    return session.scalar(query) or 0


def _with_working() -> Select[Product]:
    return select(Product).options(
        joinedload(Product.consortium),
        joinedload(Product.member),
        selectinload(Product.working).selectinload(ProductVersion.photos),
    )
