"""More than eighty strange pictures, each with its verdict, and nothing that any of them tells in what is kept."""

import pytest

from catalogue.media.costs import MOST_SCANS, has_too_many_scans
from catalogue.media.pictures import make_picture
from catalogue.media.recognise import FileRefused, media_type_of
from catalogue.web.attachments import REFUSED
from tests.hostile_pictures import made
from tests.hostile_pictures.kinds import KINDS, READY
from tests.unit.media import hostile

PLANTED = [made.MARK, *hostile.SECRETS.values(), b"<script", b"/JavaScript", b"PK\x03\x04", b"%PDF", b"ftypmp42"]


def test_there_are_many_kinds_and_each_has_its_own_name():
    names = {(kind.folder, kind.name) for kind in KINDS}
    assert len(names) == len(KINDS) >= 80


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.folder}/{kind.name}")
def test_each_is_made_or_refused_and_tells_nothing(kind):
    data = kind.make()
    try:
        assert media_type_of(data) != "application/pdf" or "not a picture" in kind.verdicts
        picture = make_picture(data)
    except FileRefused as refusal:
        assert refusal.reason in kind.verdicts  # noqa: PT017
        assert REFUSED[refusal.reason]  # noqa: PT017
    else:
        assert READY in kind.verdicts
        for name, kept in picture.files.items():
            assert [told for told in PLANTED if told in kept] == [], name


def test_what_is_searched_for_was_there():
    sent = b"".join(kind.make() for kind in KINDS if kind.folder in {"two-things", "odd"})
    assert [told for told in PLANTED if told not in sent] == []


def test_scans_are_counted_without_decoding():
    assert not has_too_many_scans(hostile.as_bytes(hostile.scene(), progressive=True))
    assert not has_too_many_scans(made.scan_bomb(MOST_SCANS - 20))
    assert has_too_many_scans(made.scan_bomb(MOST_SCANS + 1))


@pytest.mark.parametrize("after", [b"\xff\xda\0\x02" * 5_000, bytes(range(256)) * 500])
def test_what_follows_the_end_of_a_picture_is_not_counted(after):
    assert not has_too_many_scans(hostile.photograph() + after)
