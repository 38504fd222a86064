"""One product on several rows, as some programs write it: each variant made a whole row before anything is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from catalogue.products.sheets.cells import Cell, Line
from catalogue.products.sheets.fields import heading_key
from catalogue.products.sheets.mapping import Variants
from catalogue.products.sheets.vocabulary import term_key


@dataclass(frozen=True)
class Whole:
    """A row that says everything, and the number of the row that it took from; 0 for none."""

    line: Line
    lead: int = 0


def whole_rows(body: Iterable[Line], head: Line, variants: Variants | None) -> Iterator[Whole]:
    """The rows with what they inherit from the first of their product. Inherited cells keep their own places."""
    if variants is None:
        yield from map(Whole, body)
        return
    columns = {heading_key(cell.text): cell.column for cell in reversed(head.cells)}
    first: dict[str, Line] = {}
    for line in body:
        key = _said(line, columns.get(variants.heading))
        lead = first.setdefault(key, line) if key else line
        if lead is line:
            yield Whole(_named(line, line, columns, variants))
        elif any(_said(line, columns.get(heading)) for heading in variants.counts_by):
            yield Whole(_named(_inheriting(line, lead, columns, variants), lead, columns, variants), lead.number)
        else:
            yield Whole(line)


def _inheriting(line: Line, lead: Line, columns: dict[str, int], variants: Variants) -> Line:
    empty = {columns[heading] for heading in variants.inherits if heading in columns} - {
        cell.column for cell in line.cells
    }
    taken = [cell for cell in lead.cells if cell.column in empty]
    return Line(line.number, tuple(sorted((*line.cells, *taken), key=lambda cell: cell.column)))


def _named(line: Line, lead: Line, columns: dict[str, int], variants: Variants) -> Line:
    """The row with what tells the variant apart behind the product's name: "Bowl, Small / Gilt"."""
    told = [_said(line, columns.get(heading)) for heading in variants.tells]
    words = " / ".join(word for word in told if word and term_key(word) not in variants.plain)
    place, name = columns.get(variants.names), _said(lead, columns.get(variants.names))
    if not words or not name:
        return line
    cells = (replace(cell, text=f"{name}, {words}") if cell.column == place else cell for cell in line.cells)
    return Line(line.number, tuple(cells))


def _said(line: Line, column: int | None) -> str:
    cell: Cell | None = line.at(column) if column else None
    return cell.text.strip() if cell else ""
