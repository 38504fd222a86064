"""What a person wrote now, parted from the quoted history below it."""

import re
from dataclasses import dataclass

QUOTED = re.compile(r"[ \t]{0,3}>")


@dataclass(frozen=True)
class Trimmed:
    """One mail's text in two parts: what was written now, and all that was cut off."""

    text: str
    rest: str


def trimmed(text: str) -> Trimmed:
    """Part a plain text mail; when nothing would be left of it, all of it counts as written."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = len(lines)
    while end and (not lines[end - 1].strip() or QUOTED.match(lines[end - 1])):
        end -= 1
    written = "\n".join(lines[:end]).strip()
    if not written:
        return Trimmed("\n".join(lines).strip(), "")
    return Trimmed(written, "\n".join(lines[end:]).strip("\n"))
