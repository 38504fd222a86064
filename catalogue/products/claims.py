"""Looking at claims to designs: those a firm may object to, its own, and those the office decides."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.consortia.models import Consortium, Member
from catalogue.products.models import Product, ProductVersion
from catalogue.products.right_models import ClaimState, RightClaim, RightObjection


def claim_of(session: Session, product: Product) -> RightClaim | None:
    """The claim to a design that is not decided yet."""
    query = claims().where(RightClaim.product_id == product.id, RightClaim.consortium_id == product.consortium_id)
    return session.scalar(query.where(RightClaim.state == ClaimState.OPEN))


def claim_at(session: Session, consortium_id: int, public_id: str) -> RightClaim | None:
    """A claim of this consortium."""
    return session.scalar(claims().where(RightClaim.consortium_id == consortium_id, RightClaim.public_id == public_id))


def claims_for(session: Session, member: Member, *, at: datetime) -> Sequence[RightClaim]:
    """Claims of the other members of the consortium that may still be objected to, the next to end first."""
    query = claims().where(
        RightClaim.consortium_id == member.consortium_id,
        RightClaim.member_id != member.id,
        RightClaim.state == ClaimState.OPEN,
        RightClaim.open_until > at,
    )
    return session.scalars(query.order_by(RightClaim.open_until, RightClaim.id)).all()


def count_claims_for(session: Session, member: Member, *, at: datetime) -> int:
    """How many claims of others a firm may still object to and has not."""
    objected = select(RightObjection.claim_id).where(RightObjection.member_id == member.id)
    query = select(func.count()).where(
        RightClaim.consortium_id == member.consortium_id,
        RightClaim.member_id != member.id,
        RightClaim.state == ClaimState.OPEN,
        RightClaim.open_until > at,
        RightClaim.id.not_in(objected),
    )
    return session.scalar(query) or 0


def own_claims(session: Session, member: Member) -> Sequence[RightClaim]:
    """What this firm claimed, the newest first."""
    query = claims().where(RightClaim.consortium_id == member.consortium_id, RightClaim.member_id == member.id)
    return session.scalars(query.order_by(RightClaim.id.desc()).limit(50)).all()


def objected_by(session: Session, member: Member) -> Sequence[RightClaim]:
    """What this firm objected to and the office decided, the newest first."""
    query = claims().where(
        RightClaim.consortium_id == member.consortium_id,
        RightClaim.state != ClaimState.OPEN,
        RightClaim.objections.any(RightObjection.member_id == member.id),
    )
    return session.scalars(query.order_by(RightClaim.id.desc()).limit(50)).all()


def claims_in(session: Session, consortium: Consortium) -> Sequence[RightClaim]:
    """Every claim of a consortium: those with an objection to decide first, then the open ones, then the decided."""
    query = claims().where(RightClaim.consortium_id == consortium.id).order_by(RightClaim.id.desc()).limit(200)
    return sorted(session.scalars(query), key=lambda made: (made.state is not ClaimState.OPEN, not made.objections))


def count_to_decide(session: Session, consortium: Consortium) -> int:
    """How many claims wait for the office."""
    objected = select(RightObjection.claim_id).where(RightObjection.consortium_id == consortium.id)
    query = select(func.count()).where(
        RightClaim.consortium_id == consortium.id, RightClaim.state == ClaimState.OPEN, RightClaim.id.in_(objected)
    )
    return session.scalar(query) or 0


def claims() -> Select[RightClaim]:
    """Claims with what every page shows of them."""
    return select(RightClaim).options(
        joinedload(RightClaim.member),
        joinedload(RightClaim.product).selectinload(Product.working).selectinload(ProductVersion.photos),
        joinedload(RightClaim.product).joinedload(Product.consortium),
        selectinload(RightClaim.objections).joinedload(RightObjection.member),
    )
