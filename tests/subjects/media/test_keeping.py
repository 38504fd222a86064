"""The way of a file from its sender to its sizes, cut off at any moment."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.database import writing
from catalogue.media.keeping import (
    check_file,
    clean_name,
    discard,
    keep,
    original_key,
    park,
    size_key,
    sweep_incoming,
)
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.media.recognise import FileRefused
from catalogue.media.stores import FileStore, NotStored
from catalogue.outbox.models import Lane
from tests.factories import NOW
from tests.unit.media import hostile
from tests.unit.media.test_documents import telling_paper

LATER = datetime.now(UTC) + timedelta(days=2)


class PowerCut(BaseException):
    """Everything stops."""


class FailingStore(FileStore):
    """A folder whose machine loses its power at the given write or deletion."""

    left = 0

    def put(self, key: str, data: bytes) -> None:
        self.step()
        super().put(key, data)

    def delete(self, key: str) -> None:
        self.step()
        super().delete(key)

    def step(self) -> None:
        if FailingStore.left == 0:
            raise PowerCut
        FailingStore.left -= 1


@pytest.fixture
def store(tmp_path) -> FileStore:
    return FileStore(tmp_path / "media")


@pytest.fixture
def kept(session, make, store):
    """Parks and keeps what a test gives."""
    consortium = make.consortium()

    def kept(data: bytes, kind: FileKind = FileKind.PHOTO, name: str = "IMG 1.JPG") -> StoredFile:
        parked = park(store, data, name)
        file = keep(session, parked, consortium_id=consortium.id, kind=kind, at=NOW)
        session.commit()
        return file

    return kept


def read(session: Session, file: StoredFile) -> StoredFile:
    session.rollback()
    session.refresh(file)
    return file


def test_a_kept_photograph_waits_and_has_a_job(session, kept, store, outbox):
    file = kept(hostile.photograph())
    assert (file.state, file.media_type, file.name) == (FileState.WAITING, "image/jpeg", "IMG 1.JPG")
    (job,) = outbox.jobs("file.check")
    assert (job.payload, job.lane, job.consortium_id) == ({"file_id": file.id}, Lane.QUICK, file.consortium_id)
    assert [key.split("/")[0] for key in store.names()] == ["incoming"]


def test_a_checked_photograph_is_ready_in_every_size(session, engine, kept, store):
    file = kept(hostile.photograph(1000, 500))
    check_file(engine, store, file.id)
    assert (read(session, file).state, file.width, file.height, file.widths) == (
        FileState.READY,
        1000,
        500,
        [400, 800, 1000],
    )
    assert (file.media_type, file.name, file.size) == ("image/jpeg", "IMG 1.jpg", len(store.get(original_key(file))))
    assert file.colour.startswith("#")
    made = {original_key(file)} | {
        size_key(file, width, end) for width in file.widths for end in ("avif", "webp", "jpg")
    }
    assert set(store.names()) == made


def test_only_sizes_that_were_made_have_a_key(session, engine, kept, store):
    file = kept(hostile.photograph(500, 500))
    check_file(engine, store, file.id)
    read(session, file)
    assert size_key(file, 401, "avif") is None
    assert size_key(file, 400, "exe") is None
    assert size_key(file, 400, "pdf") is None


def test_what_a_photograph_told_is_in_no_stored_byte(session, engine, kept, store):
    file = kept(hostile.telling_photograph())
    (raw,) = store.names()
    assert [secret for secret in hostile.SECRETS.values() if secret not in store.get(raw)] == []
    check_file(engine, store, file.id)
    stored = {key: store.get(key) for key in store.names()}
    assert len(stored) > 3
    for key, data in stored.items():
        assert [secret for secret in hostile.SECRETS.values() if secret in data] == [], key


def test_a_document_is_written_anew(session, engine, kept, store, outbox):
    file = kept(telling_paper(), FileKind.ATTACHMENT, "order.pdf")
    assert outbox.jobs("file.check")[0].lane is Lane.HEAVY
    check_file(engine, store, file.id)
    assert (read(session, file).state, file.name, file.widths) == (FileState.READY, "order.pdf", [])
    assert list(store.names()) == [original_key(file)]
    assert b"hush" not in store.get(original_key(file))


def test_a_file_that_is_no_picture_is_refused_and_deleted(session, engine, kept, store):
    file = kept(hostile.real_bomb())
    check_file(engine, store, file.id)
    assert (read(session, file).state, file.refused_reason) == (FileState.REFUSED, "too many pixels")
    assert list(store.names()) == []


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty"), (b"MZ", "unknown type"), (hostile.HEIC, "heic")])
def test_what_is_no_file_of_ours_is_not_even_parked(store, data, reason):
    with pytest.raises(FileRefused, match=reason):
        park(store, data, "a.jpg")
    assert list(store.names()) == []


def test_a_document_is_no_photograph(session, store, make):
    with pytest.raises(FileRefused, match="not a picture"):
        park(store, telling_paper(), "a.pdf", photo_only=True)
    parked = park(store, telling_paper(), "a.pdf")
    with pytest.raises(ValueError, match="no photograph"):
        keep(session, parked, consortium_id=make.consortium().id, kind=FileKind.PHOTO, at=NOW)


def test_a_change_is_told_once_in_its_own_transaction(session, engine, kept, store):
    file, told = kept(hostile.photograph()), []
    for _ in range(2):
        check_file(engine, store, file.id, changed=lambda _session, file: told.append((file.id, file.state)))
    assert told == [(file.id, FileState.READY)]


@pytest.mark.only("sqlite")
def test_decoding_holds_no_lock(session, engine, kept, tmp_path):
    class WatchedStore(FileStore):
        def put(self, key: str, data: bytes) -> None:
            with writing(engine):
                super().put(key, data)

    file = kept(hostile.photograph(500, 400))
    check_file(engine, WatchedStore(tmp_path / "media"), file.id)
    assert read(session, file).is_ready


@pytest.mark.only("sqlite")
def test_a_power_cut_at_any_moment_loses_and_doubles_nothing(session, engine, kept, store, tmp_path):
    """One original, one width in three formats, and the deletion: five moments."""
    failing = FailingStore(tmp_path / "media")
    for moment in range(5):
        file = kept(hostile.photograph(300, 200))
        FailingStore.left = moment
        with pytest.raises(PowerCut):
            check_file(engine, failing, file.id)
        assert read(session, file).state is (FileState.READY if moment == 4 else FileState.WAITING)
        check_file(engine, store, file.id)
        assert read(session, file).is_ready
        assert len(list(store.names(file.key))) == 4
    assert list(store.names("incoming")) == []


def test_bytes_that_are_lost_are_no_refusal(session, engine, kept, store):
    file = kept(hostile.photograph())
    store.delete(next(store.names()))
    with pytest.raises(NotStored):
        check_file(engine, store, file.id)
    assert read(session, file).state is FileState.WAITING


def test_a_file_whose_row_is_gone_is_left_alone(engine, store):
    check_file(engine, store, 12345)


def test_everything_of_a_file_can_be_discarded(session, engine, kept, store):
    gone, stays = kept(hostile.photograph(300, 200)), kept(hostile.photograph(300, 200))
    for file in (gone, stays):
        check_file(engine, store, file.id)
    discard(store, gone)
    assert {key.rsplit("/", 1)[0] for key in store.names()} == {stays.key}


def test_what_was_parked_and_never_kept_is_swept_after_a_day(session, engine, kept, store):
    kept(hostile.photograph())
    park(store, hostile.photograph(), "never kept.jpg")
    assert sweep_incoming(engine, store, at=datetime.now(UTC)) == 0
    assert sweep_incoming(engine, store, at=LATER) == 1
    assert len(list(store.names("incoming"))) == 1


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("IMG_1.JPG", "IMG_1.JPG"),
        ("C:\\photos\\ຂັນເງິນ.jpg", "ຂັນເງິນ.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\0c\u202egpj.exe", "a b c gpj.exe"),
        ("  . ", ""),
        ("", ""),
        ("a" * 200 + ".jpeg", "a" * 90 + ".jpeg"),
        ("a" * 200, "a" * 100),
        ("." + "a" * 200, "a" * 100),
    ],
)
def test_a_name_is_for_reading_only(name, clean):
    assert clean_name(name) == clean
