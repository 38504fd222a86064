"""The office's own hand in a listing: it may change what waits for its review, and what nobody works on."""

from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.products.content import Content
from catalogue.products.editing import ChangedMeanwhile, content_of, say
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.steps import SomebodyWasFirst, hold, move, record
from catalogue.products.versions import copy_of, version_to_edit


def revise(
    session: Session, product: Product, content: Content, *, opened_version: int, by: Person, at: datetime
) -> None:
    """Save what the office typed, as a version of its own beside the member's.

    What waits for review goes on waiting, with the office's words; for what is published a proposal begins. Saving the
    same words again changes nothing. Raises `ChangedMeanwhile` where the row moved on since the page was opened.
    """
    try:
        hold(session, product, opened_version)
    except SomebodyWasFirst as refusal:
        raise ChangedMeanwhile from refusal
    working = product.working
    if working is not None and content_of(working) == content and not working.typed:
        return
    version = version_to_revise(session, product, by=by, at=at)
    say(version, content)
    version.typed = {}  # the whole form was understood
    session.flush()
    move(session, product, Product.id == product.id)
    record(session, "listing.revised", product, by=by, at=at)


def version_to_revise(session: Session, product: Product, *, by: Person, at: datetime) -> ProductVersion:
    """The version that the office may write into. The member's own is kept as it is; the row must be locked."""
    working = product.working
    if working is not None and product.stage is ListingStatus.SUBMITTED:
        copy = copy_of(session, working, by=by, at=at)
        copy.frozen_at = at
        product.working = copy
        session.flush()
        return copy
    if working is not None and working.frozen_at is None and working.created_by != by.id:
        working.frozen_at = at
    return version_to_edit(session, product, by=by, at=at)
