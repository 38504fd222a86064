"""Who else has an inquiry open, and who writes."""

from datetime import timedelta

import pytest

from catalogue.inquiries import presence
from catalogue.inquiries.presence import Other
from tests.factories import NOW


@pytest.fixture
def note(session, make, cast):
    """Note the manager of silk, who helps here, at the silver inquiry; and read it as Noy."""
    inquiry = make.inquiry(consortium=cast.silver)

    class Note:
        def of_keo(self, at, **given):
            presence.note(session, inquiry.id, inquiry.consortium_id, cast.keo.id, at=at, **given)

        def others(self, at):
            return presence.others(session, inquiry, cast.noy, at=at)

        def leave(self):
            presence.leave(session, inquiry.id, cast.keo.id)

    return Note()


def test_who_writes_is_said_to_write_for_a_minute_after_the_last_key(note):
    note.of_keo(NOW, writes=True)
    note.of_keo(NOW + timedelta(seconds=30), writes=False)
    assert note.others(NOW + timedelta(seconds=31)) == [Other("Keo", is_writing=True)]

    note.of_keo(NOW + timedelta(seconds=61), writes=False)
    assert note.others(NOW + timedelta(seconds=62)) == [Other("Keo", is_writing=False)]


def test_who_is_silent_or_left_is_gone(note):
    note.of_keo(NOW, writes=False)
    assert note.others(NOW + presence.HERE_FOR) == []

    note.of_keo(NOW, writes=False)
    note.leave()
    assert note.others(NOW) == []
