"""Who may make a design: set by the office, or claimed by a firm and open to objection for fourteen days.

Until a claim stands, the making right stays as it was (design, section 6).
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.models import Member
from catalogue.consortia.showing import bump
from catalogue.outbox import queue
from catalogue.products import listing
from catalogue.products.claims import claim_of, claims
from catalogue.products.models import MakingRight, Product
from catalogue.products.right_models import ClaimState, RightClaim, RightObjection
from catalogue.products.steps import hold, move, record

OPEN_FOR = timedelta(days=14)
KIND = "right.stand"


class CannotBeClaimed(Exception):
    """It is claimed already, is the firm's own already, or was made for one buyer."""


class NotOpen(Exception):
    """The claim is decided, taken back, or its fourteen days are over."""


class OwnClaim(Exception):
    """A firm does not object to its own claim."""


class ObjectedAlready(Exception):
    """The firm has said what it has against this claim: once is enough."""


class StillOpen(Exception):
    """Others may still object: what was said so far can be upheld, but not turned down."""


class NothingToDecide(Exception):
    """Nobody objected: the claim stands by itself when its time is over."""


# -- the office sets a right --


def set_right(
    session: Session,
    product: Product,
    right: MakingRight,
    *,
    opened_version: int,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """Set who may make it. `own` begins a claim in the name of its maker, whatever else holds until it stands.

    What is made for one buyer leaves the catalogue at once, and with it the page that says it was there. Raises
    `SomebodyWasFirst` and `CannotBeClaimed`.
    """
    hold(session, product, opened_version)
    if right is MakingRight.OWN:
        claim(session, product, by=by, at=at)
        return
    before = product.making_right
    if made := claim_of(session, product):
        _end(session, made, ClaimState.TAKEN_BACK, at)
    if right is MakingRight.BUYER and product.is_visible:
        listing.withdraw(session, product, by=by, at=at)
    _give(session, product, right, claimed_at=None)
    record(session, "right.set", product, by=by, at=at, text=reason or None, before=before.value, now=right.value)


# -- a firm claims a design --


def claim(session: Session, product: Product, *, by: Person, at: datetime) -> RightClaim:
    """Say that only this firm makes this design. Members may object for fourteen days. Raises `CannotBeClaimed`."""
    hold(session, product)
    if product.making_right in {MakingRight.OWN, MakingRight.BUYER} or claim_of(session, product):
        raise CannotBeClaimed
    made = RightClaim(
        consortium_id=product.consortium_id,
        product_id=product.id,
        member_id=product.member_id,
        claimed_at=at,
        claimed_by=by.id,
        open_until=at + OPEN_FOR,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise CannotBeClaimed from None
    move(session, product, Product.id == product.id, right_claimed_at=at)
    due = queue.job(
        session, KIND, at=at, consortium_id=product.consortium_id, about=f"right_claim:{made.id}", claim_id=made.id
    )
    due.due_at = made.open_until
    record(session, "right.claimed", product, by=by, at=at, claim=made.id)
    return made


def take_back(session: Session, made: RightClaim, *, by: Person, at: datetime) -> None:
    """The firm gives its claim up. Raises `NotOpen`."""
    _end(session, made, ClaimState.TAKEN_BACK, at)
    move(session, made.product, Product.id == made.product_id, right_claimed_at=None)
    record(session, "right.taken_back", made.product, by=by, at=at, claim=made.id)


def object_to(
    session: Session, made: RightClaim, member: Member, reason: str, *, by: Person, at: datetime
) -> RightObjection:
    """Say why others make this too. Raises `OwnClaim`, `ObjectedAlready` and `NotOpen`."""
    if member.id == made.member_id:
        raise OwnClaim
    if made.is_objected_by(member.id):
        raise ObjectedAlready
    _hold_open(session, made, at)
    said = RightObjection(
        consortium_id=made.consortium_id, member_id=member.id, person_id=by.id, reason=reason, created_at=at
    )
    try:
        with session.begin_nested():
            said.claim = made
            session.add(said)
    except IntegrityError:
        raise ObjectedAlready from None
    record(session, "right.objected", made.product, by=by, at=at, text=reason, claim=made.id, member=member.id)
    return said


# -- how it ends --


def decide(session: Session, made: RightClaim, *, uphold: bool, reason: str, by: Person, at: datetime) -> None:
    """The office upholds an objection (the design is shared), or turns all of them down (it is the maker's own).

    An objection may be upheld at any time; turned down only once nobody else can object any more. Raises
    `NothingToDecide`, `StillOpen` and `NotOpen`.
    """
    if not made.objections:
        raise NothingToDecide
    if not uphold and made.is_open_at(at):
        raise StillOpen
    _end(session, made, ClaimState.REFUSED if uphold else ClaimState.STANDS, at, decided_by=by.id, decision=reason)
    right = MakingRight.SHARED if uphold else MakingRight.OWN
    _give(session, made.product, right, claimed_at=None if uphold else made.claimed_at)
    action = "right.objection_upheld" if uphold else "right.objection_rejected"
    record(session, action, made.product, by=by, at=at, text=reason, claim=made.id)


def stand(session: Session, claim_id: int, *, at: datetime) -> bool:
    """Let a claim stand that nobody objected to in time; whether it does.

    One that was objected to waits for the office; that of a firm that left goes with it.
    """
    made = session.scalar(claims().where(RightClaim.id == claim_id))
    if made is None or made.state is not ClaimState.OPEN or at < made.open_until or made.objections:
        return False
    if not made.member.is_active:
        _end(session, made, ClaimState.TAKEN_BACK, at)
        return False
    _end(session, made, ClaimState.STANDS, at)
    _give(session, made.product, MakingRight.OWN, claimed_at=made.claimed_at)
    record(session, "right.stands", made.product, by=None, at=at, claim=made.id)
    return True


# -- one step each, by one row --


def _give(session: Session, product: Product, right: MakingRight, *, claimed_at: datetime | None) -> None:
    move(session, product, Product.id == product.id, making_right=right, right_claimed_at=claimed_at)
    if product.published_at is not None:
        bump(session, product.consortium)


def _hold_open(session: Session, made: RightClaim, at: datetime) -> None:
    """Lock an open claim, so that it cannot be decided while a firm objects."""
    held = (
        update(RightClaim)
        .where(RightClaim.id == made.id, RightClaim.state == ClaimState.OPEN, RightClaim.open_until > at)
        .values(state=ClaimState.OPEN)
        .execution_options(synchronize_session=False)
    )
    if session.connection().execute(held).rowcount != 1:
        raise NotOpen


def _end(session: Session, made: RightClaim, state: ClaimState, at: datetime, **columns: Any) -> None:
    session.flush()
    step = (
        update(RightClaim)
        .where(RightClaim.id == made.id, RightClaim.state == ClaimState.OPEN)
        .values(state=state, decided_at=at, **columns)
        .execution_options(synchronize_session=False)
    )
    if session.connection().execute(step).rowcount != 1:
        raise NotOpen
    session.refresh(made, ["state", "decided_at", "decided_by", "decision"])
