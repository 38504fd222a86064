"""Everything that hangs on a buyer's inquiries, found along the references between tables.

Tables are not listed one by one: whatever refers to an inquiry is part of it, also a table that is new tomorrow; only
what the office asked of members is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, func, or_, select
from sqlalchemy.orm import Session

from catalogue.accounts.people import email_key
from catalogue.database import Base
from catalogue.inquiries.address_models import AddressChange
from catalogue.inquiries.models import BuyerContact, Inquiry
from catalogue.mail.models import ReceivedMail

ROOT = "inquiry"

# What the office asked of members, and all that hangs on it, is theirs: it names no buyer, is shown to none (offers are
# sealed), and stays when a buyer is erased, or no division could be checked any more.
MEMBERS_OWN = ("call", "hand_over")


@dataclass(frozen=True)
class Trail:
    """The keys of rows by table, each table after those that it refers to. `email` is the address asked for, or ""."""

    email: str
    keys: dict[str, list[int]] = field(default_factory=dict)

    @property
    def inquiries(self) -> list[int]:
        """The keys of the inquiries."""
        return self.keys[ROOT]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is kept of this buyer."""
        return not any(self.keys.values())

    def count(self, table: str) -> int:
        """How many rows of one table there are."""
        return len(self.keys.get(table, ()))

    def rows(self, table: Table) -> ColumnElement[bool]:
        """The condition that a row of `table` belongs to it."""
        return _key(table).in_(self.keys[table.name])

    def names(self) -> list[str]:
        """What log and outbox call these rows ("inquiry:12")."""
        return [f"{table}:{key}" for table, keys in self.keys.items() for key in keys]


def trail_of_address(session: Session, email: str, *, consortium_id: int | None = None) -> Trail:
    """All that is kept of whoever has this e-mail address, in one consortium or in all."""
    wanted = email_key(email)
    if not wanted:
        return Trail("", {ROOT: []})
    contacts = select(BuyerContact.inquiry_id).where(is_address(BuyerContact.email, email))
    changes = select(AddressChange.inquiry_id).where(
        or_(is_address(AddressChange.new_email, email), is_address(AddressChange.old_email, email))
    )
    query = select(Inquiry.id).where(Inquiry.id.in_(contacts.union(changes)))
    mails = select(ReceivedMail.id).where(is_address(ReceivedMail.sender, email))
    if consortium_id is not None:
        query = query.where(Inquiry.consortium_id == consortium_id)
        mails = mails.where(ReceivedMail.consortium_id == consortium_id)
    return _trail(session, session.scalars(query).all(), wanted, session.scalars(mails).all())


def trail_of_inquiries(session: Session, inquiry_ids: Iterable[int]) -> Trail:
    """All that hangs on these inquiries, and on those that were merged with them."""
    return _trail(session, inquiry_ids, "", ())


def is_address(column: Any, email: str) -> ColumnElement[bool]:
    """Whether a column holds this address, in any letter case."""
    return or_(column == email.strip(), func.lower(column) == email_key(email))


@cache
def steps() -> tuple[tuple[Table, tuple[Column[Any], ...]], ...]:
    """Each table that refers to an inquiry, directly or through another, with its columns that do; in that order."""
    found: dict[str, tuple[Table, tuple[Column[Any], ...]]] = {}
    for table in Base.metadata.sorted_tables:
        parents = {ROOT, *found} - {table.name}
        columns = tuple(_leading_to(table, parents))
        if columns and table.name not in (ROOT, *MEMBERS_OWN):
            found[table.name] = (table, columns)
    return tuple(found.values())


def _leading_to(table: Table, parents: set[str]) -> Iterator[Column[Any]]:
    for reference in table.foreign_keys:
        if reference.column.table.name in parents and reference.column is _key(reference.column.table):
            yield reference.parent


def _key(table: Table) -> Column[Any]:
    """The column that tells its rows apart: `id`, or the key of the inquiry that it is about."""
    return table.columns["id"] if "id" in table.columns else table.columns["inquiry_id"]


def _trail(session: Session, inquiry_ids: Iterable[int], email: str, mails: Iterable[int]) -> Trail:
    trail = Trail(email, {ROOT: _with_merged(session, set(inquiry_ids))})
    for table, columns in steps():
        conditions = [column.in_(trail.keys[_parent(column)]) for column in columns]
        if table is ReceivedMail.__table__:
            conditions.append(table.columns["id"].in_(list(mails)))
        query: Select[Any] = select(_key(table)).where(or_(*conditions)).distinct()
        trail.keys[table.name] = sorted(session.scalars(query))
    return trail


def _parent(column: Column[Any]) -> str:
    """The table that a column refers to, of those on the way to an inquiry."""
    known = {ROOT, *(table.name for table, _columns in steps())}
    return next(each.column.table.name for each in column.foreign_keys if each.column.table.name in known)


def _with_merged(session: Session, found: set[int]) -> list[int]:
    """The thread of a merged inquiry stands in the one that goes on: they are one buyer's, and go together."""
    while True:
        query = select(Inquiry.id, Inquiry.merged_into_id).where(
            or_(Inquiry.id.in_(found), Inquiry.merged_into_id.in_(found))
        )
        more = {key for row in session.execute(query) for key in row if key is not None}
        if more <= found:
            return sorted(found)
        found |= more
