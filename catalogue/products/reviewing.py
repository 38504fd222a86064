"""What the office reviews: listings that members sent, and all products of a consortium."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.consortia.models import Consortium, Member
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.steps import stage


class Kind(StrEnum):
    """What waits for review: a listing that the public never saw, or a change to one."""

    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True)
class Queue:
    """Which of what waits is looked at: of one firm, of one kind, or all."""

    consortium: Consortium
    member: Member | None = None
    kind: Kind | None = None


@dataclass(frozen=True)
class Place:
    """Where a product stands in the queue: the 2nd of 5, with the public ids of its neighbours."""

    number: int
    total: int
    previous: str | None
    next: str | None


def waiting(session: Session, queue: Queue) -> Sequence[Product]:
    """What waits for review, the longest wait first: new listings and proposals alike."""
    query = _with_working().where(*_in(queue))
    return session.scalars(query.order_by(Product.submitted_at, Product.id)).all()


def place_of(session: Session, queue: Queue, product: Product) -> Place | None:
    """Where a product stands in the queue; None when it does not wait in it."""
    query = select(Product.public_id).where(*_in(queue)).order_by(Product.submitted_at, Product.id)
    ids = list(session.scalars(query))
    if product.public_id not in ids:
        return None
    at = ids.index(product.public_id)
    following = ids[at + 1] if at + 1 < len(ids) else None
    return Place(at + 1, len(ids), ids[at - 1] if at else None, following)


def members_waiting(session: Session, consortium: Consortium) -> Sequence[Member]:
    """The firms of which something waits."""
    theirs = select(Product.member_id).where(*_in(Queue(consortium)))
    return session.scalars(select(Member).where(Member.id.in_(theirs)).order_by(Member.id)).all()


def _in(queue: Queue) -> list[Any]:
    tests: list[Any] = [Product.consortium_id == queue.consortium.id, stage() == ListingStatus.SUBMITTED]
    if queue.member:
        tests.append(Product.member_id == queue.member.id)
    if queue.kind:
        tests.append(Product.published_id.is_(None) == (queue.kind is Kind.NEW))
    return tests


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
    return session.scalar(select(func.count()).select_from(Product).where(*_in(Queue(consortium)))) or 0


def _with_working() -> Select[Product]:
    return select(Product).options(
        joinedload(Product.consortium),
        joinedload(Product.member),
        selectinload(Product.working).selectinload(ProductVersion.photos),
    )
