"""What the office sent back: each part with its reason, what to mend in it, and whether that was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.trade import DETAILS, Sector
from catalogue.lao import has_lao
from catalogue.products.models import Product, ProductVersion
from catalogue.products.parts import COLUMNS, PHOTOS, TEXTS, is_worth_saying, part_of, value_of

RETURNING = ("listing.returned", "listing.published_partly")
ASKED_INSTEAD = {"tiers": "office_price"}


@dataclass(frozen=True)
class Mend:
    """One part that was sent back. `fields` are those that the member fills in anew; photographs are taken anew."""

    part: str
    reason: str
    fields: tuple[str, ...]
    is_mended: bool

    @property
    def language(self) -> str:
        """The language that the reason is written in."""
        return "lo" if has_lao(self.reason) else "en"


@dataclass(frozen=True)
class SentBack:
    """Who sent it back, and when."""

    by: Person | None
    at: datetime


def mends_of(session: Session, product: Product, sector: Sector) -> tuple[Mend, ...]:
    """The parts that were sent back, in the order of the office's reasons."""
    version, before = product.working, _as_sent(session, product)
    mends = []
    for row in product.returned_reasons:
        part = part_of(str(row["field"]))
        is_mended = bool(version and before and value_of(version, part) != value_of(before, part))
        mends.append(Mend(part, str(row["text"]), mended_by(part, sector), is_mended))
    return tuple(mends)


def mended_by(part: str, sector: Sector) -> tuple[str, ...]:
    """The fields of a part that the member fills in."""
    if part.startswith(DETAILS):
        keys: Sequence[str] = (part,)
    elif part in TEXTS:
        keys = (f"{part}_lo",)
    else:
        keys = (ASKED_INSTEAD[part],) if part in ASKED_INSTEAD else COLUMNS.get(part, ())
    asked = _asked_of_members(sector)
    return tuple(key for key in keys if key in asked)


def good_parts(version: ProductVersion, sector: Sector, mends: Sequence[Mend]) -> tuple[str, ...]:
    """What the member said and nobody sent back; what only this sector asks is left out, to keep it short."""
    back = {mend.part for mend in mends}
    theirs = [part for part in COLUMNS if part not in ASKED_INSTEAD and mended_by(part, sector)]
    return tuple(part for part in (*theirs, PHOTOS) if part not in back and is_worth_saying(version, part))


def sent_back(session: Session, product: Product) -> SentBack | None:
    """Who sent it back last, and when; None where no log tells."""
    query = select(Entry).filter_by(chain=product.consortium_id, subject=log.name_of(product))
    entry = session.scalars(query.where(Entry.action.in_(RETURNING)).order_by(Entry.id.desc()).limit(1)).first()
    if entry is None:
        return None
    kind, _colon, key = entry.actor.partition(":")
    return SentBack(session.get(Person, int(key)) if kind == "person" else None, entry.at)


def _asked_of_members(sector: Sector) -> set[str]:
    fields = {field for question in sector.questions for field in question.fields}
    return fields | {field for group in sector.groups if group.by == "member" for field in group.fields}


def _as_sent(session: Session, product: Product) -> ProductVersion | None:
    """The version that the office looked at."""
    query = select(ProductVersion).where(ProductVersion.product_id == product.id, ProductVersion.frozen_at.is_not(None))
    return session.scalars(query.order_by(ProductVersion.number.desc()).limit(1)).first()
