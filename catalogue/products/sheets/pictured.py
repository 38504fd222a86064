"""The pictures of a sheet given to the rows that they stand in, with a word on each that cannot be taken."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from catalogue.media.recognise import PDF, FileRefused, media_type_of
from catalogue.products.content import MOST_PHOTOS
from catalogue.products.sheets.cells import Book, Placed
from catalogue.products.sheets.checking import Checked
from catalogue.products.sheets.findings import Finding
from catalogue.products.sheets.layout import Layout


@dataclass
class Pictured:
    """Rows with what is to be said of their pictures, the numbers of these by row, and the pictures by number."""

    rows: list[Checked]
    photos: dict[int, list[int]] = field(default_factory=dict)
    media: list[bytes] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()


def with_pictures(rows: Sequence[Checked], layout: Layout, book: Book) -> Pictured:
    """Give each row its pictures; one that is shown in several rows is there once."""
    by_row: dict[int, list[Placed]] = defaultdict(list)
    for placed in layout.sheet.pictures:
        by_row[placed.row].append(placed)
    numbers = {row.number for row in rows}
    found, known = Pictured([]), dict[str, int | None]()
    for row in rows:
        taken, said = _taken(by_row.get(row.number, []), book, found, known)
        found.rows.append(replace(row, findings=(*row.findings, *said)) if said else row)
        if taken:
            found.photos[row.number] = taken
    count = sum(len(each) for number, each in by_row.items() if number not in numbers)
    found.findings = (Finding("pictures-elsewhere", about={"count": count}),) if count else ()
    return found


def _taken(
    placed: Iterable[Placed], book: Book, found: Pictured, known: dict[str, int | None]
) -> tuple[list[int], list[Finding]]:
    taken: list[int] = []
    said: list[Finding] = []
    for each in placed:
        if not each.part:
            said.append(Finding("picture-outside", each.reference, column=each.column))
            continue
        if each.part not in known:
            known[each.part] = _number_of(book.media[each.part], found)
        number = known[each.part]
        if number is None:
            said.append(Finding("picture-kind", each.reference, column=each.column))
        elif number not in taken:
            taken.append(number)
    if len(taken) > MOST_PHOTOS:
        said.append(Finding("pictures-many", about={"count": len(taken), "most": MOST_PHOTOS}))
    return taken[:MOST_PHOTOS], said


def _number_of(data: bytes, found: Pictured) -> int | None:
    """The number of a picture of a kind that is taken: it is told by its first bytes and not opened here."""
    try:
        if media_type_of(data) == PDF:
            return None
    except FileRefused:
        return None
    found.media.append(data)
    return len(found.media) - 1
