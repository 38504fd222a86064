"""Reads every letter of an out-tray, each part decoded."""

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

from tests.one_door.private import Private


def found_in_letters(outtray: Path, private: Private) -> tuple[int, list[str]]:
    """How many letters lie there, and what stands in them that must not."""
    letters = sorted(outtray.glob("*.eml"))
    found = [f"{each} in {file.name}" for file in letters for part in _parts(file) for each in private.found_in(part)]
    return len(letters), found


def _parts(file: Path) -> Iterator[str]:
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    yield "\n".join(f"{name}: {value}" for name, value in letter.items())
    for part in letter.walk():
        if part.is_multipart():
            continue
        content = part.get_content()
        yield content if isinstance(content, str) else content.decode("latin-1")
