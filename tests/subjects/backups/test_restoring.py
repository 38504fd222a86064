"""Backups: the whole site, alike on either database, into an empty one or not at all."""

import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.activity import log
from catalogue.backups.manifest import NotABackup, NotEmpty, check_backup
from catalogue.backups.restoring import restore_backup
from catalogue.backups.writing import write_backup
from catalogue.database import engine_for, writing
from catalogue.inquiries import conversation
from catalogue.inquiries.intake import Wanted
from catalogue.media.stores import FileStore
from catalogue.migrations.state import newest
from catalogue.models import Base
from catalogue.products import search
from tests.factories import NOW

# A restore raises the versions of catalogues and counts the words of search anew.
MADE_ANEW = {"consortium", "network", "search_word"}


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    store = FileStore(tmp_path / "media")
    store.put("1/original.jpg", b"\xff\xd8 a photograph")
    store.put("mail/raw", b"From: somebody\r\n\r\nGood day")
    return store


@pytest.fixture
def lived_in(make, cast, session) -> str:
    """A site with products, an inquiry with its thread and letters, and a log in several chains."""
    products = [make.product(member=cast.firm_a), make.product(member=cast.firm_b)]
    wanted = [Wanted(product=products[0], quantity=3, target_price=Decimal("412.5"))]
    inquiry = make.inquiry(consortium=cast.silver, wanted=wanted, message="ຂັນເງິນ 20 ໜ່ວຍ")
    conversation.answer(session, inquiry, "Good day — ສະບາຍດີ", by=cast.noy, at=NOW)
    log.record(session, "inquiry.closed", inquiry, at=NOW, chain=cast.silver.id, text="with words")
    session.commit()
    return inquiry.number


def sums(place: Path) -> dict[str, tuple[int, str]]:
    tables = check_backup(place).tables
    return {table.name: (table.rows, table.sha256) for table in tables if table.name not in MADE_ANEW}


def backup_of(url: str, store: FileStore, place: Path) -> dict[str, tuple[int, str]]:
    engine = engine_for(url)
    write_backup(engine, store, place, at=NOW)
    engine.dispose()
    return sums(place)


def test_a_backup_is_restored_into_a_file_that_is_not_there_yet(lived_in, session, engine, store, tmp_path):
    write_backup(engine, store, tmp_path / "one.zip", at=NOW)
    there, url = FileStore(tmp_path / "there"), f"sqlite:///{tmp_path / 'new.db'}"
    found = len(search.matching(session, None, "silver"))
    assert found
    session.commit()
    manifest = restore_backup(url, there, tmp_path / "one.zip")
    assert (manifest.migration, manifest.files) == (newest(), 2)
    assert backup_of(url, there, tmp_path / "two.zip") == sums(tmp_path / "one.zip")
    assert there.get("mail/raw") == store.get("mail/raw")
    new = engine_for(url)
    with writing(new) as there_now:
        assert {log.verify(there_now, chain) for chain in log.chains(there_now)} == {None}
        assert len(search.matching(there_now, None, "silver")) == found
    new.dispose()


@pytest.mark.only("postgresql")
def test_a_site_moves_from_either_database_to_the_other(
    lived_in, session, make, engine, store, tmp_path, database_url, request
):
    """PostgreSQL to SQLite and back: every table gives the same lines, and new rows get numbers of their own."""
    session.commit()
    first = backup_of(database_url, store, tmp_path / "postgres.zip")
    file = f"sqlite:///{tmp_path / 'moved.db'}"
    restore_backup(file, store, tmp_path / "postgres.zip")
    assert backup_of(file, store, tmp_path / "sqlite.zip") == first
    wiped = request.getfixturevalue("postgresql")
    with wiped.engine.connect() as connection:
        connection.exec_driver_sql(wiped.wipe)
    restore_backup(database_url, store, tmp_path / "sqlite.zip")
    assert backup_of(database_url, store, tmp_path / "again.zip") == first
    session.expire_all()
    make.inquiry()


def test_a_site_that_lives_is_not_overwritten(lived_in, session, engine, store, tmp_path, database_url):
    session.commit()
    before = backup_of(database_url, store, tmp_path / "one.zip")
    with pytest.raises(NotEmpty):
        restore_backup(database_url, store, tmp_path / "one.zip")
    assert backup_of(database_url, store, tmp_path / "two.zip") == before


@pytest.mark.only("sqlite")
def test_a_damaged_backup_changes_nothing(lived_in, engine, store, tmp_path):
    whole, url = tmp_path / "whole.zip", f"sqlite:///{tmp_path / 'new.db'}"
    write_backup(engine, store, whole, at=NOW)
    for place in (cut_short(whole), with_another_row(whole), of_tomorrow(whole), tmp_path / "missing.zip"):
        with pytest.raises(NotABackup):
            restore_backup(url, FileStore(tmp_path / "there"), place)
    assert not (tmp_path / "new.db").exists()
    assert not (tmp_path / "there").exists()


def cut_short(whole: Path) -> Path:
    place = whole.with_name("short.zip")
    place.write_bytes(whole.read_bytes()[:-200])
    return place


def with_another_row(whole: Path) -> Path:
    """Another answer in the thread, with the sums of the archive itself mended."""
    return written_anew(whole, "changed.zip", "tables/message.jsonl", lambda data: data.replace(b"Good", b"Bad"))


def of_tomorrow(whole: Path) -> Path:
    def later(data: bytes) -> bytes:
        return json.dumps({**json.loads(data), "migration": "9999"}).encode()

    return written_anew(whole, "tomorrow.zip", "manifest.json", later)


def written_anew(whole: Path, name: str, part: str, change) -> Path:
    place = whole.with_name(name)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(place, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            new.writestr(each, change(data) if each == part else data)
    return place


@pytest.mark.only("sqlite")
def test_a_backup_is_read_by_its_owner_alone_and_replaces_the_last(lived_in, engine, store, tmp_path):
    place = tmp_path / "backup.zip"
    place.write_bytes(b"the last one")
    write_backup(engine, store, place, at=NOW)
    assert place.stat().st_mode & 0o077 == 0
    assert check_backup(place).rows > 0
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.only("sqlite")
def test_every_column_of_every_table_can_be_written(engine, tmp_path):
    write_backup(engine, FileStore(tmp_path / "media"), tmp_path / "empty.zip", at=NOW)
    assert {table.name for table in check_backup(tmp_path / "empty.zip").tables} == set(Base.metadata.tables)


@pytest.mark.only("sqlite")
def test_a_full_disk_leaves_the_last_backup(lived_in, engine, store, tmp_path):
    place = tmp_path / "backup.zip"
    write_backup(engine, store, place, at=NOW)
    before = place.read_bytes()
    with pytest.raises(OSError, match="No space"):
        write_backup(engine, Full(store.root), place, at=NOW)
    assert place.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))


class Full(FileStore):
    """A store on whose way the disk is full."""

    def names(self, prefix="", *, before=None):
        raise OSError(28, "No space left on device")
