"""`python -m tests.hostile_pictures [FOLDER]`: make every kind, have a worker take it in, print what became of it.

The folder keeps the files, when it is named. Ends with 1 when a verdict is another than the one in `kinds`.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalogue.web.attachments import REFUSED
from tests.hostile_pictures.kinds import KINDS, READY, Kind

MB = 1024 * 1024


def main(folder: Path) -> int:
    """Make, take in, print; how many went wrong."""
    known = {}
    for kind in KINDS:
        path = folder / kind.folder / kind.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kind.make())
        known[str(path)] = kind
    wrong, rows = 0, []
    print(f"{'file':36} {'sent':>9} {'verdict':>17} {'at the':>7} {'CPU':>7} {'child':>7} {'worker':>7}  said")
    for row in ingested(folder):
        kind = known[row["file"]]
        is_right = row["verdict"] in kind.verdicts
        wrong += not is_right
        rows.append(row)
        print(line(row, kind, is_right), flush=True)
    print(summary(rows, wrong))
    return wrong


def ingested(folder: Path) -> Iterator[dict[str, Any]]:
    """What one worker says of each file."""
    command = [sys.executable, "-m", "tests.hostile_pictures.ingest", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        for said in worker.stdout or ():
            yield json.loads(said)


def line(row: dict[str, Any], kind: Kind, is_right: bool) -> str:
    """One row of the table."""
    said = f"{row['size'][0]}x{row['size'][1]} {' '.join(row['hints'])}"
    words = said if row["verdict"] == READY else text_of(row["verdict"])
    wanted = "" if is_right else f"   WRONG, wanted {' or '.join(kind.verdicts)}"
    name = f"{kind.folder}/{kind.name}"
    return (
        f"{name:36} {row['bytes']:10,} {row['verdict']:>17} {row['stage']:>7} {row['cpu']:6.2f}s "
        f"{row['child'] / MB:5.0f}MB {row['worker'] / MB:5.0f}MB  {words}{wanted}"
    )


def text_of(reason: str) -> str:
    """The sentence for a reason, in English."""
    words = REFUSED[reason]
    return str(words._args[0])


def summary(rows: list[dict[str, Any]], wrong: int) -> str:
    """The last line."""
    ready = sum(row["verdict"] == READY for row in rows)
    most = max(rows, key=lambda row: row["child"])
    spent = sum(row["cpu"] for row in rows)
    longest = max(rows, key=lambda row: row["cpu"])
    return (
        f"\n{len(rows)} files: {ready} ready, {len(rows) - ready} refused, {wrong} wrong.\n"
        f"CPU in all {spent:.0f} s, longest {longest['cpu']:.1f} s: {Path(longest['file']).name};\n"
        f"a child at most {most['child'] / MB:.0f} MB ({Path(most['file']).name});\n"
        f"the worker {rows[0]['worker'] / MB:.0f} MB after the first, {rows[-1]['worker'] / MB:.0f} MB after the last."
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])) > 0)
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(Path(scratch)) > 0)
