"""What a test writes into rows by itself, without the operations of the site, is shown: kept pages are made anew."""

from sqlalchemy import event, update
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, Network


def show_changes(session: Session) -> None:
    """Have every commit of this session that changed something raise all catalogue versions."""
    changed: list[bool] = []

    def note(*_given: object) -> None:
        changed.append(True)

    def raise_all(_session: Session) -> None:
        session.flush()
        if changed and not session.in_nested_transaction():
            changed.clear()
            for model in (Network, Consortium):
                session.connection().execute(update(model).values(catalogue_version=model.catalogue_version + 1))

    for moment in ("after_flush", "after_bulk_update", "after_bulk_delete"):
        event.listen(session, moment, note)
    event.listen(session, "before_commit", raise_all)
