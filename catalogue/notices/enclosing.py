"""The files that go along with an answer: made anew, small enough for every mailbox, under our own names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from catalogue.media.keeping import original_key, size_key
from catalogue.media.models import StoredFile
from catalogue.media.recognise import PDF
from catalogue.media.stores import Store

# Written as base64 they are a third larger: under 8 MB on the wire, which every usual mailbox takes.
MOST_BYTES = 6 * 1024 * 1024
WIDEST = 1600


@dataclass(frozen=True)
class Enclosed:
    """One file of a letter."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


def enclose(store: Store, files: Sequence[StoredFile], about: str) -> list[Enclosed]:
    """The files that fit, in order; those that do not are read on the private page.

    A picture goes in a size for screens. Names are made of `about` (an inquiry's number): what somebody typed as a name
    may hold an address.
    """
    enclosed: list[Enclosed] = []
    left = MOST_BYTES
    for number, file in enumerate(files, 1):
        data = store.get(_key(file))
        if len(data) > left:
            continue
        left -= len(data)
        enclosed.append(Enclosed(name_of(about, number, _key(file)), file.media_type, data))
    return enclosed


def name_of(about: str, number: int, key: str) -> str:
    """What the buyer's side knows a file of the office by: the nth of a message, with the ending of where it lies."""
    return f"{about}-{number}{PurePath(key).suffix}"


def _key(file: StoredFile) -> str:
    fitting = [width for width in file.widths if width <= WIDEST]
    smaller = size_key(file, max(fitting), "jpg") if fitting and file.media_type != PDF else None
    return smaller or original_key(file)
