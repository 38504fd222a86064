"""Everything that is kept of a buyer or a person in one ZIP: rows as JSON, with the files and mails they sent."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry, EntryText
from catalogue.database import Base
from catalogue.inquiries.models import Attachment
from catalogue.mail.models import ReceivedMail
from catalogue.media.keeping import original_key, raw_key
from catalogue.media.models import StoredFile
from catalogue.media.stores import NotStored, Store
from catalogue.outbox.models import Due
from catalogue.privacy.trail import Trail

# An answer that somebody wrote down on the telephone is the member's, and may still be sealed.
SEALED = ("offer",)
# Keys that open something, and marks of machines: they say nothing about a person and much to a thief.
LEFT_OUT = {
    "link_key",
    "link_generation",
    "submission",
    "password_hash",
    "totp_secret",
    "totp_last_step",
    "key_hash",
    "key",
    "secret",
    "lease",
    "leased_until",
    "identity",
    "words",
}
ABOUT = """{title}

data.json holds every row that the site keeps, by table. Times are UTC (ISO 8601).
files/ holds the files that were sent, mails/ the e-mails as they came.
"""


@dataclass(frozen=True)
class Part:
    """One file of the export: its name in it, and where it lies in the store."""

    name: str
    key: str


def export_buyer(session: Session, store: Store, trail: Trail, into: IO[bytes], *, at: datetime) -> None:
    """Write all that a trail holds."""
    data = {table.name: _rows(session, table, trail.rows(table)) for table in _tables(trail)}
    data |= _traces(session, trail.names())
    _write(into, store, data, [*_files(session, trail), *_mails(session, trail)], "Personal data of a buyer", at)


def export_person(session: Session, store: Store, person: Person, into: IO[bytes], *, at: datetime) -> None:
    """Write all that is kept of somebody who signs in: their own row, and whatever names them."""
    data = {"person": _rows(session, _table("person"), _table("person").columns["id"] == person.id)}
    for table in Base.metadata.sorted_tables:
        conditions = [column == person.id for column in _columns_to_person(table)]
        if conditions and table.name not in SEALED:
            data[table.name] = _rows(session, table, or_(*conditions))
    data |= _traces(session, [log.name_of(person)], actor=log.name_of(person))
    _write(into, store, data, [], "Personal data of somebody who signs in", at)


def _tables(trail: Trail) -> Iterator[Table]:
    return (_table(name) for name, keys in trail.keys.items() if keys)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _columns_to_person(table: Table) -> Iterator[Any]:
    return (each.parent for each in table.foreign_keys if each.column.table.name == "person")


def _traces(session: Session, names: list[str], actor: str | None = None) -> dict[str, Any]:
    """What log and outbox say of these rows."""
    entry, words, due = (_table(model.__tablename__) for model in (Entry, EntryText, Due))
    mine = or_(Entry.subject.in_(names), Entry.actor == actor) if actor else Entry.subject.in_(names)
    said = words.columns["entry_id"].in_(select(Entry.id).where(mine))
    return {
        entry.name: _rows(session, entry, mine),
        words.name: _rows(session, words, said),
        due.name: _rows(session, due, Due.about.in_(names)),
    }


def _rows(session: Session, table: Any, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if column.name not in LEFT_OUT]
    found = session.execute(select(*columns).where(condition).order_by(*table.primary_key)).mappings()
    return [{name: value for name, value in row.items() if value not in (None, "", [], {})} for row in found]


def _files(session: Session, trail: Trail) -> Iterator[Part]:
    mine = select(Attachment.file_id).where(Attachment.id.in_(trail.keys[Attachment.__tablename__]))
    for file in session.scalars(select(StoredFile).where(StoredFile.id.in_(mine)).order_by(StoredFile.id)):
        key = original_key(file) if file.is_ready else raw_key(file)
        name = file.name.replace("/", "_") or f"file.{key.rpartition('.')[2]}"
        yield Part(f"files/{file.public_id}-{name}", key)


def _mails(session: Session, trail: Trail) -> Iterator[Part]:
    mine = ReceivedMail.id.in_(trail.keys[ReceivedMail.__tablename__])
    for mail in session.scalars(select(ReceivedMail).where(mine).order_by(ReceivedMail.id)):
        yield Part(f"mails/{mail.public_id}.eml", mail.key)


def _write(into: IO[bytes], store: Store, data: dict[str, Any], parts: list[Part], title: str, at: datetime) -> None:
    """One file after the other, so that memory holds one at a time. What the store lost is left out."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        moment = at.timetuple()[:6]
        archive.writestr(_entry("README.txt", moment), ABOUT.format(title=title))
        archive.writestr(_entry("data.json", moment), json.dumps(data, default=_plain, ensure_ascii=False, indent=1))
        for part in parts:
            try:
                archive.writestr(_entry(part.name, moment), store.get(part.key))
            except NotStored:
                continue


def _entry(name: str, moment: Any) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
