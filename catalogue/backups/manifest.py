"""What stands in a backup: its manifest, the names of its parts, and the sums that show each part to be whole."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files.jsonl"
PIECE = 1 << 20
MOST_MANIFEST = 8 << 20


class NotABackup(Exception):
    """This file cannot be restored; the message says why: no backup, damaged, or of a newer version of the site."""


class NotEmpty(Exception):
    """A site lives in this database already; nothing was changed."""


@dataclass(frozen=True)
class Table:
    """One table: its columns with the code of each one's kind (see `rows`), how many rows, and the sum of its lines."""

    name: str
    columns: dict[str, str]
    rows: int
    sha256: str

    @property
    def part(self) -> str:
        """Where its rows stand in the archive."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class Stored:
    """One stored file: its key, its size in bytes and its sum."""

    key: str
    size: int
    sha256: str

    @property
    def part(self) -> str:
        """Where its bytes stand in the archive."""
        return f"media/{self.key}"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `migration` is the shape of its tables; `files_sha256` the sum of the list of its files."""

    made_at: datetime
    migration: str
    database: str
    tables: tuple[Table, ...]
    files: int
    bytes: int
    files_sha256: str
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(table.rows for table in self.tables)

    def as_json(self) -> str:
        """As it stands in the archive."""
        return json.dumps({**asdict(self), "made_at": self.made_at.isoformat()}, indent=1)


def manifest_of(archive: zipfile.ZipFile) -> Manifest:
    """The manifest of an archive. Raises `NotABackup`."""
    try:
        if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise NotABackup("its manifest is too large")
        given: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if given["format"] != FORMAT:
            raise NotABackup(f"it is of format {given['format']}, this version of the site reads {FORMAT}")
        tables = tuple(Table(**table) for table in given.pop("tables"))
        return Manifest(made_at=datetime.fromisoformat(given.pop("made_at")), tables=tables, **given)
    except (KeyError, TypeError, ValueError) as fault:
        raise NotABackup(f"it has no manifest that can be read ({type(fault).__name__})") from None


def lines_of(archive: zipfile.ZipFile, part: str, sha256: str) -> Iterator[bytes]:
    """The lines of one part, one at a time; raises `NotABackup` at its end where the sum is another."""
    found = hashlib.sha256()
    with opened(archive, part) as lines:
        for line in lines:
            found.update(line)
            yield line
    if found.hexdigest() != sha256:
        raise NotABackup(f"{part} was changed or damaged")


def files_in(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[Stored]:
    """The stored files that the archive lists. Raises `NotABackup`."""
    for line in lines_of(archive, FILES, manifest.files_sha256):
        yield Stored(**json.loads(line))


def check(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part once and compare its sum. Raises `NotABackup` with the first that does not fit."""
    for table in manifest.tables:
        count = sum(1 for _line in lines_of(archive, table.part, table.sha256))
        if count != table.rows:
            raise NotABackup(f"{table.part} has {count} rows instead of {table.rows}")
    for stored in files_in(archive, manifest):
        _check_file(archive, stored)


def opened(archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    """One part, to be read in pieces. Raises `NotABackup` where it is missing."""
    try:
        return archive.open(part)
    except KeyError:
        raise NotABackup(f"{part} is missing") from None


def _check_file(archive: zipfile.ZipFile, stored: Stored) -> None:
    found = hashlib.sha256()
    try:
        with opened(archive, stored.part) as file:
            while piece := file.read(PIECE):
                found.update(piece)
    except zipfile.BadZipFile:
        raise NotABackup(f"{stored.part} was changed or damaged") from None
    if found.hexdigest() != stored.sha256:
        raise NotABackup(f"{stored.part} was changed or damaged")


@contextmanager
def opened_backup(place: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup with its manifest. Raises `NotABackup`, also for what is found while it is read."""
    try:
        with zipfile.ZipFile(place) as archive:
            yield archive, manifest_of(archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as fault:
        raise NotABackup(f"it cannot be read ({fault})") from None


def check_backup(place: Path) -> Manifest:
    """Read a backup whole and compare every sum, changing nothing. Raises `NotABackup`."""
    with opened_backup(place) as (archive, manifest):
        check(archive, manifest)
        return manifest
