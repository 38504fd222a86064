"""People and their sign-ins."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Base, Shown


class Person(Shown, Base):
    """Someone who signs in. What they may do is told by their roles (consortia), never by this row.

    `uses_keys`: single keys act at the desk (WCAG 2.1.4 wants a way to switch them off).
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(String(2), default="lo")
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    link_generation: Mapped[int] = mapped_column(default=0)
    uses_keys: Mapped[bool] = mapped_column(default=True, server_default=true())
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    wants_digest: Mapped[bool] = mapped_column(default=True, server_default=true())

    @property
    def has_second_factor(self) -> bool:
        """Whether a second factor was set up and tried once."""
        return self.totp_confirmed_at is not None

    @property
    def is_disabled(self) -> bool:
        """Whether this person can no longer sign in."""
        return self.disabled_at is not None


class SignIn(Base):
    """A session: the cookie holds a random key, this row its hash, so that it can be ended from here.

    `is_by_card`: begun by a joining card, so it opens firms alone. `member_id` is the firm that it works for, where
    somebody chose one; until `on_behalf_until` a manager works for it on its behalf.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    is_by_card: Mapped[bool] = mapped_column(default=False)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    on_behalf_until: Mapped[datetime | None]


class SignInLink(Base):
    """A one-time link sent by e-mail; its token is derived from `key`.

    One is kept for an address that nobody has, too, with no person: asking tells nobody whether an account exists.
    """

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person | None] = relationship()
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
