"""Deciding over a proposal part by part: what is taken is published, what is not goes back to the member with a reason.

A listing that the public never saw is decided as a whole: one part sent back returns all of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.products import listing
from catalogue.products.listing import Reason
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.parts import changed_parts, copy_parts
from catalogue.products.steps import SomebodyWasFirst, hold, record, stage
from catalogue.products.text_marks import copy_marks
from catalogue.products.versions import copy_of


@dataclass(frozen=True)
class Decided:
    """What a decision did: how many parts the public now sees, and how many went back to the member."""

    published: int
    returned: int


def decide(
    session: Session,
    product: Product,
    reasons: Sequence[Reason],
    *,
    opened_version: int,
    by: Person,
    at: datetime,
) -> Decided:
    """Publish every changed part for which there is no reason to send it back, and send the others back.

    Raises `SomebodyWasFirst` where the proposal is not as it was opened, `NotReady` or `ContactInText` where what would
    be published may not be.
    """
    hold(session, product, opened_version)
    if product.stage is not ListingStatus.SUBMITTED or product.working is None:
        raise SomebodyWasFirst
    changed = changed_parts(product.published, product.working)
    returned = {reason.field for reason in reasons}
    taken = [part for part in changed if part not in returned]
    if not reasons:
        listing.publish(session, product, by=by, at=at)
        return Decided(len(taken), 0)
    if product.published is None or not taken:
        listing.return_to_member(session, product, reasons, by=by, at=at)
        return Decided(0, len(returned))
    _publish_partly(session, product, taken, reasons, by=by, at=at)
    return Decided(len(taken), len(returned))


def with_parts(
    session: Session, product: Product, parts: Collection[str], *, by: Person, at: datetime
) -> ProductVersion:
    """A new version: what the public sees, with these parts as the member proposes them."""
    if product.published is None or product.working is None:
        raise SomebodyWasFirst
    version = copy_of(session, product.published, by=by, at=at)
    copy_marks(product.working, version, parts)
    copy_parts(product.working, version, parts)
    version.frozen_at = at
    session.flush()
    return version


def _publish_partly(
    session: Session, product: Product, taken: list[str], reasons: Sequence[Reason], *, by: Person, at: datetime
) -> None:
    """The working version stays the member's own, to be mended; the public sees a version made of both."""
    version = with_parts(session, product, taken, by=by, at=at)
    listing.check_for_public(session, product, version)
    back: dict[str, Any] = {"proposal": ListingStatus.RETURNED, "returned_reasons": listing.rows_of(reasons)}
    listing.show(session, product, version, stage() == ListingStatus.SUBMITTED, at=at, **back)
    fields, words = [reason.field for reason in reasons], listing.words_of(reasons)
    record(session, "listing.published_partly", product, by=by, at=at, version=version.number, taken=taken)
    record(session, "listing.returned", product, by=by, at=at, text=words, fields=fields)
