"""Writing a backup: one moment of the database, and the files that stood in the store from then on."""

import hashlib
import json
import os
import secrets
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, select
from sqlalchemy import Table as Model

from catalogue.backups.manifest import FILES, MANIFEST, PIECE, Manifest, Stored, Table
from catalogue.backups.rows import clause_of, columns_of, line_of
from catalogue.durable import sync_folder
from catalogue.media.stores import NotStored, Store
from catalogue.migrations.state import newest
from catalogue.models import Base

ROWS_AT_ONCE = 500
# The trials of `doctor` are no part of the site.
LEFT_OUT = ("doctor/",)


def write_backup(engine: Engine, store: Store, place: Path, *, at: datetime) -> Manifest:
    """Write the whole site into one file, readable by its owner alone; what stood there is replaced once it is whole.

    Memory stays bounded: rows go out as they are read, files one at a time. Files that vanish meanwhile are left out.
    """
    beside = place.with_name(f".{secrets.token_hex(8)}.part")
    handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            manifest = _write(file, engine, store, at)
            file.flush()
            os.fsync(handle)
        beside.rename(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(place.parent)
    return manifest


def _write(file: IO[bytes], engine: Engine, store: Store, at: datetime) -> Manifest:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryFile() as listed:
        tables = _tables(archive, engine, at)
        count, size = _files(archive, store, listed, at)
        listed.seek(0)
        sum_of_list = _add(archive, FILES, iter(lambda: listed.read(PIECE), b""), at)
        manifest = Manifest(at, newest(), engine.dialect.name, tables, count, size, sum_of_list)
        archive.writestr(_entry(MANIFEST, at), manifest.as_json())
    return manifest


def _tables(archive: zipfile.ZipFile, engine: Engine, at: datetime) -> tuple[Table, ...]:
    """Every table at one moment: no act of another falls between two of them."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        # sqlalchemy sorts tables along their references; those of a ring come in the order of their names.
        models = sorted(Base.metadata.tables.values(), key=lambda model: model.name)
        return tuple(_table(archive, connection, model, at) for model in models)


def _table(archive: zipfile.ZipFile, connection: Connection, model: Model, at: datetime) -> Table:
    columns, count, found = columns_of(model), 0, hashlib.sha256()
    query = select(*clause_of(model.name, columns).columns).order_by(*(each.name for each in model.primary_key))
    table = Table(model.name, columns, 0, "")
    with archive.open(_entry(table.part, at), "w", force_zip64=True) as part:
        for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query):
            line = line_of(row, columns)
            part.write(line)
            found.update(line)
            count += 1
    return Table(model.name, columns, count, found.hexdigest())


def _files(archive: zipfile.ZipFile, store: Store, listed: IO[bytes], at: datetime) -> tuple[int, int]:
    count = size = 0
    for key in store.names():
        if key.startswith(LEFT_OUT):
            continue
        try:
            data = store.get(key)
        except NotStored:
            continue
        stored = Stored(key, len(data), hashlib.sha256(data).hexdigest())
        archive.writestr(_entry(stored.part, at), data, zipfile.ZIP_STORED)
        listed.write(json.dumps(asdict(stored)).encode() + b"\n")
        count, size = count + 1, size + stored.size
    return count, size


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], at: datetime) -> str:
    found = hashlib.sha256()
    with archive.open(_entry(name, at), "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece)
            found.update(piece)
    return found.hexdigest()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry
