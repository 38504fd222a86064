"""The by-laws of a consortium, each set with the decision of its members that adopted it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Base, Exact, Owned, Shown, bilingual, choice
from catalogue.text import Bilingual


class PriceRule(StrEnum):
    """Whether members agreed on making charges beforehand, or each call asks for one under seal."""

    AGREED = "agreed"
    SEALED = "sealed"


class Naming(StrEnum):
    """Whether members read one another's figures under letters or under names."""

    LETTERS = "letters"
    NAMES = "names"


class ByLaws(Owned, Shown, Base):
    """One set of by-laws: in force from a day until a later set is. Never changed once in force.

    `weights` holds, by member's key, what each is entitled to (1 where nothing is said) and the household it shares a
    weight with: `{"12": {"weight": "1.5", "household": "ban-nong"}}`. Parts are of one (0.15 is 15 %), quantities in
    the call's unit, `approval_amount` in the consortium's own currency. The first set stands without a vote.
    """

    __tablename__ = "by_laws"
    __table_args__ = (UniqueConstraint("consortium_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    weights: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    price_rule: Mapped[PriceRule] = mapped_column(choice(PriceRule), default=PriceRule.AGREED)
    price_band: Mapped[Decimal] = mapped_column(Exact(8, 4), default=Decimal("0.15"))
    office_fee: Mapped[Decimal] = mapped_column(Exact(8, 4), default=Decimal(0))
    half_life_days: Mapped[int] = mapped_column(default=365)
    history_reach: Mapped[Decimal] = mapped_column(Exact(8, 4), default=Decimal(1))
    smallest_share: Mapped[int] = mapped_column(default=5)
    most_makers: Mapped[int | None]
    held_days: Mapped[int] = mapped_column(default=30)
    approval_amount: Mapped[Decimal] = mapped_column(Exact(18, 4), default=Decimal(5000))
    naming: Mapped[Naming] = mapped_column(choice(Naming), default=Naming.LETTERS)
    observers_read_names: Mapped[bool] = mapped_column(default=False)

    adopted_on: Mapped[date]
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    abstained: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[str] = mapped_column(default="")
    reason: Mapped[Bilingual] = bilingual("reason")
    in_force_from: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    seal: Mapped[str] = mapped_column(String(64), default="")
