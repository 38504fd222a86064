"""Made catalogues on disk, each size built once: a second run of the same code finds them.

The folder's name holds the state of generator and migrations; what nobody used for a day is cleared away.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from catalogue.database import engine_for, writing
from catalogue.media.stores import store_for
from catalogue.migrations.apply import apply_all
from catalogue.migrations.state import VERSIONS
from config import Settings
from tests.bench.made import loading, network, pictures, products, proof, rows, vocabulary

GENERATOR = (vocabulary, products, network, rows, pictures, loading)
DATABASE = "sala.db"
UNUSED_SECONDS = 24 * 3600


class NotAsReal(Exception):
    """Bulk loading no longer leaves what the real operations leave; the message says where they differ."""


@dataclass(frozen=True)
class Catalogue:
    """A catalogue of `size` products of one consortium, in the folder of its database; photographs are shared."""

    size: int
    folder: Path
    media_url: str

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.folder / DATABASE

    @property
    def url(self) -> str:
        """Its database."""
        return f"sqlite:///{self.database}"

    def settings(self, var: Path) -> Settings:
        """Settings of a site that reads it, keeps no page, and writes anything else under `var`."""
        return Settings(VAR=str(var), DATABASE_URL=self.url, MEDIA_URL=self.media_url, CACHE_URL="memory:0")

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """An engine of its own on it, let go at the end."""
        engine = engine_for(self.url)
        try:
            yield engine
        finally:
            engine.dispose()

    def copied(self, folder: Path) -> "Catalogue":
        """The same in a folder of its own, to be written to."""
        shutil.copyfile(self.database, folder / DATABASE)
        return replace(self, folder=folder)


class Shelf:
    """Where catalogues are kept: a folder for each state of generator and migrations."""

    def __init__(self, root: Path, photographs: int) -> None:
        self.root, self.photographs = root, photographs
        self.folder = root / f"{_state_of_the_code()}-{photographs}"

    def catalogue(self, size: int) -> Catalogue:
        """The catalogue of this size, proved against the real operations. Raises `NotAsReal`."""
        self._clear()
        kept = Catalogue(size, self.folder / str(size), pictures.media_url(self.folder / "network"))
        if kept.database.exists() and not self._differences(kept):
            return kept
        shutil.rmtree(kept.folder, ignore_errors=True)
        self._build(kept)
        if found := self._differences(kept):
            raise NotAsReal("; ".join(found[:3]))
        return kept

    def _clear(self) -> None:
        """Let go of the states of the code that nobody measured for a day."""
        self.folder.mkdir(parents=True, exist_ok=True)
        os.utime(self.folder)
        for folder in self.root.glob("*-*"):
            if folder.stat().st_mtime < time.time() - UNUSED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)

    def _build(self, catalogue: Catalogue) -> None:
        print(f"making a catalogue of {catalogue.size:,} products ...", file=sys.stderr, flush=True)
        with _apart(catalogue.folder) as folder:
            shutil.copyfile(self.network(), folder / DATABASE)
            with replace(catalogue, folder=folder).engine() as engine:
                loading.load(engine, catalogue.size)
            _settle(folder / DATABASE)

    def _differences(self, catalogue: Catalogue) -> list[str]:
        with catalogue.engine() as engine, tempfile.TemporaryDirectory() as folder:
            return proof.differences(engine, catalogue.size, self.network(), Path(folder))

    def network(self) -> Path:
        """The database that all sizes begin from: consortia, members, photographs."""
        kept = self.folder / "network"
        if not kept.exists():
            with _apart(kept) as folder:
                _found(folder, self.photographs)
                _settle(folder / DATABASE)
        return kept / DATABASE


def _found(folder: Path, photographs: int) -> None:
    url = f"sqlite:///{folder / DATABASE}"
    apply_all(url)
    engine = engine_for(url)
    try:
        with writing(engine) as session:
            large = network.found_network(session).consortium.id
        pictures.take(engine, store_for(pictures.media_url(folder)), large, photographs)
    finally:
        engine.dispose()


@contextmanager
def _apart(target: Path) -> Iterator[Path]:
    """A folder that becomes `target` when all went well: ended at any moment, no half of it is found."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="making-", dir=target.parent))
    try:
        yield folder
        if not target.exists():
            folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(database: Path) -> None:
    """Bring everything into the one file, so that it can be copied."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _state_of_the_code() -> str:
    """A short name for what the rows depend on: this generator and the migrations; search proves itself each run."""
    sources = [*(Path(str(module.__file__)) for module in GENERATOR), *sorted(VERSIONS.glob("[0-9]*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
