"""What is read once for each version of a catalogue: by one thread, for all."""

import threading
import time

from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.products.kept import Kept


def test_threads_that_ask_at_once_share_one_reading(session, engine, make):
    consortium_id, read = make.consortium().id, []

    def slowly(_session, consortia):
        read.append([each.id for each in consortia])
        time.sleep(0.2)
        return {each.id: object() for each in consortia}

    kept, given = Kept(slowly), []

    def ask():
        with Session(engine) as own:
            given.append(kept.of(own, [own.get_one(Consortium, consortium_id)])[consortium_id])

    threads = [threading.Thread(target=ask) for _each in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert read == [[consortium_id]]
    assert len(set(map(id, given))) == 1


def test_only_what_is_stale_is_read_again(session, make):
    one, other, read = make.consortium(), make.consortium(), []

    def note(_session, consortia):
        read.append([each.id for each in consortia])
        return {each.id: each.catalogue_version for each in consortia}

    kept = Kept(note)
    kept.of(session, [one, other])
    one.catalogue_version += 1
    assert kept.of(session, [one, other]) == {one.id: one.catalogue_version, other.id: other.catalogue_version}
    assert read == [[one.id, other.id], [one.id]]


def test_a_late_reader_takes_what_is_newer(session, make):
    one = make.consortium()
    kept = Kept(lambda _session, consortia: {each.id: each.catalogue_version for each in consortia})
    one.catalogue_version += 5
    newest = kept.of(session, [one])
    one.catalogue_version -= 3
    assert kept.of(session, [one]) == newest
