"""The versions that kept pages stand under: raised by the transaction that changed something, and by no other."""

import threading

import pytest
from sqlalchemy import select, text

from catalogue.consortia.models import Consortium, Network
from catalogue.consortia.showing import VERSION_OF_CONSORTIUM, VERSION_OF_NETWORK, bump
from catalogue.database import writing


def versions(session):
    session.rollback()
    of_consortia = session.scalars(select(Consortium.catalogue_version).order_by(Consortium.id)).all()
    return [session.scalar(select(Network.catalogue_version)), *of_consortia]


def test_one_transaction_raises_each_version_once(session, make):
    silver, silk, _other = make.consortium(), make.consortium(), make.consortium()
    before = versions(session)

    for consortium in (silk, silver, silver, silk.id):
        bump(session, consortium)
    session.commit()

    network, *rest = before
    assert versions(session) == [network + 1, rest[0] + 1, rest[1] + 1, rest[2]]


def test_what_is_undone_raises_nothing(session, make):
    silver = make.consortium()
    before = versions(session)
    bump(session, silver)
    session.rollback()
    session.commit()
    assert versions(session) == before


def test_a_savepoint_leaves_it_to_the_transaction_around_it(session, make):
    silver = make.consortium()
    before = versions(session)
    bump(session, silver)
    with session.begin_nested():
        session.execute(text("SELECT 1"))
    savepoint = session.begin_nested()
    savepoint.rollback()
    session.commit()
    assert versions(session) == [before[0] + 1, before[1] + 1]


def test_the_raised_version_is_read_in_the_session_that_raised_it(session, make):
    silver = make.consortium()
    version = silver.catalogue_version
    bump(session, silver)
    session.commit()
    assert silver.catalogue_version == version + 1


@pytest.mark.only("postgresql")
def test_changes_side_by_side_are_all_counted(engine, session, make):
    silver, silk = make.consortium().id, make.consortium().id
    before = versions(session)
    session.rollback()

    def change(keys):
        for _time in range(10):
            with writing(engine) as own:
                for key in keys:
                    bump(own, key)

    threads = [threading.Thread(target=change, args=(keys,)) for keys in ([silver, silk], [silk, silver], [silk])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert versions(session) == [before[0] + 30, before[1] + 20, before[2] + 30]


def test_the_short_questions_find_the_versions(session, make):
    silver = make.consortium(slug="silver")
    network, version = versions(session)
    assert session.scalar(text(VERSION_OF_CONSORTIUM.format(":slug")), {"slug": silver.slug}) == version
    assert session.scalar(text(VERSION_OF_NETWORK)) == network
