"""A savepoint that is undone in a transaction that goes on loses nothing that was done before it."""

from sqlalchemy import select

from catalogue.activity import log
from catalogue.activity.models import Entry


def test_acts_before_an_undone_savepoint_are_logged(session, make, at):
    consortium = make.consortium()
    log.record(session, "consortium.founded", consortium, at=at, chain=consortium.id)
    session.begin_nested().rollback()
    session.commit()
    assert session.scalars(select(Entry.action)).all() == ["consortium.founded"]


def test_acts_of_an_undone_transaction_are_not(session, make, at):
    consortium = make.consortium()
    log.record(session, "consortium.founded", consortium, at=at, chain=consortium.id)
    session.rollback()
    session.commit()
    assert session.scalars(select(Entry)).all() == []
