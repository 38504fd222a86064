"""Views that a person keeps: an address of the list of inquiries, with a name."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium
from catalogue.database import insert_or_update
from catalogue.inquiries.inbox_models import SavedView
from catalogue.tokens import public_id

MOST_VIEWS = 12
LONGEST_NAME = 60


class TooManyViews(Exception):
    """This person keeps as many views as fit on the screen: one has to go first."""


def views_of(session: Session, consortium: Consortium, person: Person) -> Sequence[SavedView]:
    """The views that a person keeps of a consortium, the oldest first."""
    query = select(SavedView).where(SavedView.person_id == person.id, SavedView.consortium_id == consortium.id)
    return session.scalars(query.order_by(SavedView.id)).all()


def keep_view(
    session: Session, consortium: Consortium, person: Person, name: str, address: str, *, at: datetime
) -> None:
    """Keep an address (what stands behind the question mark) under a name; the same name again takes the new address.

    Raises `TooManyViews`.
    """
    whose = (SavedView.person_id == person.id, SavedView.consortium_id == consortium.id)
    others = session.scalar(select(func.count()).where(*whose, SavedView.name != name)) or 0
    if others >= MOST_VIEWS:
        raise TooManyViews
    values = {
        "public_id": public_id(),
        "consortium_id": consortium.id,
        "person_id": person.id,
        "name": name,
        "address": address,
        "created_at": at,
    }
    insert = insert_or_update(session)(SavedView).values(values)
    key = ["person_id", "consortium_id", "name"]
    session.execute(insert.on_conflict_do_update(index_elements=key, set_={"address": address}))


def view_at(session: Session, consortium: Consortium, person: Person, name: str) -> SavedView | None:
    """One of a person's own views, by its public id."""
    mine = (SavedView.person_id == person.id, SavedView.consortium_id == consortium.id)
    return session.scalar(select(SavedView).where(*mine, SavedView.public_id == name))


def drop_view(session: Session, view: SavedView) -> None:
    """Keep a view no longer."""
    session.delete(view)
    session.flush()
