"""One worker that takes every file of a folder in, in the way of the site, and says what it cost.

Run as `python -m tests.hostile_pictures.ingest FOLDER`: one line of JSON a file.
"""

import json
import resource
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from catalogue.database import engine_for
from catalogue.media.keeping import check_file, keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.recognise import FileRefused
from catalogue.media.stores import FileStore
from catalogue.migrations.apply import apply_all
from tests.factories import Make

KILO = 1024


class Watch(threading.Thread):
    """Reads the highest memory of the child while it runs: the kernel forgets it at its end."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.highest, self.over = 0, threading.Event()

    def run(self) -> None:
        """Look a hundred times a second."""
        while not self.over.wait(0.005):
            for child in Path("/proc/self/task").glob("*/children"):
                for number in child.read_text().split():
                    self.highest = max(self.highest, peak_of(number))


def peak_of(number: str) -> int:
    """The highest memory of a process, in bytes; nought when it is over."""
    try:
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * KILO for line in status.splitlines() if line.startswith("VmHWM")), 0)


def main(folder: Path) -> None:
    """Take in every file, in order of their names."""
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/odd.db"
        apply_all(url)
        engine, store = engine_for(url), FileStore(Path(scratch) / "media")
        with Session(engine) as session:
            Make(session).consortium()
        for path in sorted(folder.rglob("*.*")):
            print(json.dumps(taken(engine, store, path)), flush=True)
        engine.dispose()


def taken(engine, store, path: Path) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """What became of one file, and what it cost: seconds of the child's CPU, bytes of child and worker."""
    before, began, watch = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), Watch()
    watch.start()
    verdict, stage, hints, size = "ready", "worker", [], (0, 0)
    try:
        parked = park(store, path.read_bytes(), path.name, photo_only=True)
        with Session(engine) as session:
            file = keep(session, parked, consortium_id=1, kind=FileKind.PHOTO, at=datetime.now(UTC))
            session.commit()
            number = file.id
        check_file(engine, store, number)
        with Session(engine) as session:
            file = session.get_one(StoredFile, number)
            verdict, hints = file.refused_reason or file.state.value, file.hints
            size = (file.width or 0, file.height or 0)
    except FileRefused as refused:
        verdict, stage = refused.reason, "door"
    watch.over.set()
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "file": str(path),
        "bytes": path.stat().st_size,
        "verdict": verdict,
        "stage": stage,
        "hints": hints,
        "size": size,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "wall": time.monotonic() - began,
        "child": watch.highest,
        "worker": peak_of("self"),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
