"""How a listing came to say what it says: its versions, who wrote them, what each changed, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.products.models import Product, ProductVersion
from catalogue.products.parts import changed_parts

DECIDED = ("listing.", "leak.", "right.", "product.created")
WRITTEN = ("product.", "photo.", "translation.")


@dataclass(frozen=True)
class Written:
    """One version: who wrote it, and the parts in which it differs from the one before it."""

    version: ProductVersion
    author: Person | None
    changed: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """When it was begun."""
        return self.version.created_at


@dataclass(frozen=True)
class Done:
    """One act from the log: what was done, by whom, and the words that came with it."""

    entry: Entry
    actor: Person | None

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.entry.at


def history_of(session: Session, product: Product) -> list[Written | Done]:
    """Versions and acts, the newest first; what was done at the same moment as a version stands above it."""
    entries = _entries(session, product, DECIDED)
    versions = versions_of(session, product)
    people = _people(session, versions, entries)
    steps: list[tuple[datetime, int, int, Written | Done]] = []
    for place, version in enumerate(versions):
        changed = changed_parts(versions[place - 1] if place else None, version)
        author = people.get(version.created_by or 0)
        steps.append((version.created_at, 0, version.number, Written(version, author, tuple(changed))))
    for entry in entries:
        steps.append((entry.at, 1, entry.seq, Done(entry, people.get(_person_id(entry)))))
    return [step for *_order, step in sorted(steps, key=lambda row: row[:3], reverse=True)]


def versions_of(session: Session, product: Product) -> Sequence[ProductVersion]:
    """Every version of a product, the first one first."""
    query = select(ProductVersion).filter_by(product_id=product.id).options(selectinload(ProductVersion.photos))
    return session.scalars(query.order_by(ProductVersion.number)).all()


def last_act(session: Session, product: Product) -> Done | None:
    """What was done to a listing last, and by whom."""
    entries = _entries(session, product, DECIDED + WRITTEN)
    return Done(entries[-1], _people(session, [], entries[-1:]).get(_person_id(entries[-1]))) if entries else None


def _entries(session: Session, product: Product, kinds: tuple[str, ...]) -> list[Entry]:
    query = select(Entry).filter_by(chain=product.consortium_id, subject=log.name_of(product))
    entries = session.scalars(query.options(joinedload(Entry.said)).order_by(Entry.id))
    return [entry for entry in entries if entry.action.startswith(kinds)]


def _people(session: Session, versions: Sequence[ProductVersion], entries: Sequence[Entry]) -> Mapping[int, Person]:
    wanted = {version.created_by for version in versions} | {_person_id(entry) for entry in entries}
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(wanted - {None, 0})))}


def _person_id(entry: Entry) -> int:
    kind, _colon, key = entry.actor.partition(":")
    return int(key) if kind == "person" else 0
