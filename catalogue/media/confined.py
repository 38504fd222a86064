"""Work on files of strangers, done in a process of its own that has little memory, little time and no secrets."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from signal import SIGXCPU
from typing import Any

from catalogue.media.recognise import FileRefused

ROOT = Path(__file__).resolve().parents[2]
# Nothing of the worker's own environment, which holds the secrets of the site.
BARE_ENVIRONMENT = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
WALL_SECONDS = 60
CHILD = "catalogue.media.child"


class ChildFailed(Exception):
    """The process could not do its work for a reason that is not in the file, such as a full machine."""


@dataclass(frozen=True)
class Made:
    """What the process answers: facts, and files by name ("800.avif")."""

    facts: dict[str, Any]
    files: dict[str, bytes]


def run(verb: str, data: bytes, *words: str, wall_seconds: float = WALL_SECONDS, child: str = CHILD) -> Made:
    """Have the module `child` do `verb` ("picture", "cut", "document") with `data`, in a process of its own.

    `words` say how, where a verb asks for more. Raises `FileRefused` when the file is at fault, or took longer than it
    may; `ChildFailed` otherwise.
    """
    try:
        ended = subprocess.run(
            [sys.executable, "-m", child, verb, *words],
            input=data,
            capture_output=True,
            timeout=wall_seconds,
            check=False,
            cwd="/",
            env=BARE_ENVIRONMENT,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("takes too long") from None
    return _read(ended)


def _read(ended: "subprocess.CompletedProcess[bytes]") -> Made:
    if ended.returncode == -SIGXCPU:
        raise FileRefused("takes too long")
    if ended.returncode < 0 and -ended.returncode in {4, 6, 7, 8, 11}:
        # A decoder that the file brought to its end: illegal instruction, abort, bus, floating point, segment.
        raise FileRefused("broken")
    if ended.returncode:
        raise ChildFailed(f"ended with {ended.returncode}: {ended.stderr[-500:].decode(errors='replace')}")
    head, _line, body = ended.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    return Made(facts=answer["facts"], files=_cut(body, answer["files"]))


def _cut(body: bytes, lengths: list[list[Any]]) -> dict[str, bytes]:
    files, start = {}, 0
    for name, length in lengths:
        files[name] = body[start : start + length]
        start += length
    if start != len(body):
        raise ChildFailed("the answer is cut short")
    return files


def answer(made: Made) -> bytes:
    """What the process writes for `run` to read: one line of JSON, then the files one after another."""
    lengths = [[name, len(data)] for name, data in made.files.items()]
    head = json.dumps({"facts": made.facts, "files": lengths}).encode()
    return b"\n".join((head, b"".join(made.files.values())))


def refusal(reason: str) -> bytes:
    """What the process writes when the file is at fault."""
    return json.dumps({"refused": reason}).encode() + b"\n"
