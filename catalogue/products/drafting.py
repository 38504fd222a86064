"""A product said field by field: each answer kept as it comes, also what was typed and is not understood yet."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.trade import Question, Sector
from catalogue.products.content import Content
from catalogue.products.editing import content_of, say
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.readiness import is_answered
from catalogue.products.steps import SomebodyWasFirst, move, record, stage
from catalogue.products.versions import version_to_edit

MOST_TYPED = 4000
KEEPING = ("product.answered", "product.edited", "product.created", "photo.added")


def write_answer(
    session: Session,
    product: Product,
    content: Content,
    typed: Mapping[str, str | None],
    *,
    fields: Collection[str],
    by: Person | None,
    at: datetime,
) -> bool:
    """Keep what was answered: `content` is all that is understood, `typed` by field what is not (None: no longer).

    Returns whether anything changed. The product's row must be locked (`steps.hold`); raises `SomebodyWasFirst` where
    the office reviews it. A published product gets a proposal.
    """
    before = product.working
    raw = _raw(before.typed if before else {}, typed)
    if before is not None and content == content_of(before) and raw == before.typed:
        return False
    if product.stage is ListingStatus.SUBMITTED:
        raise SomebodyWasFirst
    move(session, product, stage() != ListingStatus.SUBMITTED)
    version = version_to_edit(session, product, by=by, at=at)
    say(version, content)
    version.typed = raw
    session.flush()
    record(session, "product.answered", product, by=by, at=at, fields=sorted(fields))
    return True


def _raw(before: Mapping[str, str], typed: Mapping[str, str | None]) -> dict[str, str]:
    merged = {**before, **typed}
    return {key: text[:MOST_TYPED] for key, text in merged.items() if text}


# -- how far it is --


def is_said(version: ProductVersion | None, question: Question, sector: Sector) -> bool:
    """Whether everything that a question asks is answered and understood."""
    return version is not None and all(
        key not in version.typed and is_answered(version, key, sector) for key in question.fields
    )


def count_said(version: ProductVersion | None, sector: Sector) -> int:
    """How many of the first questions are answered."""
    return sum(is_said(version, question, sector) for question in sector.questions)


def first_unsaid(version: ProductVersion | None, sector: Sector) -> Question | None:
    """The first question that is not answered yet; None when all are."""
    return next((each for each in sector.questions if not is_said(version, each, sector)), None)


def question_after(question: Question, sector: Sector) -> Question | None:
    """The question that follows in the sector's order."""
    at = sector.questions.index(question)
    return sector.questions[at + 1] if at + 1 < len(sector.questions) else None


def last_kept_at(session: Session, product: Product) -> datetime | None:
    """When the firm's last answer or photograph of this product was kept."""
    query = select(Entry.at).where(Entry.subject == log.name_of(product), Entry.action.in_(KEEPING))
    return session.scalar(query.order_by(Entry.id.desc()).limit(1))
