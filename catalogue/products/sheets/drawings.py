"""Where the pictures of a workbook stand: drawn over cells, placed in cells by Excel, or set there by WPS Office.

openpyxl knows only the first kind, as a private attribute, and opens each picture to find it; here the parts that say
where pictures stand are read themselves, and no picture is opened.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, normpath
from typing import Any

from defusedxml.ElementTree import fromstring, iterparse

from catalogue.products.sheets.archive import Inside
from catalogue.products.sheets.cells import Placed

POINT = 12_700  # English Metric Units, in which drawings are measured (ECMA-376, 20.1.2.1)
USUAL_HEIGHT = 15 * POINT
MOST_PICTURES = 2_000
FARTHEST = 2_000  # rows that one picture may reach over
DISPIMG = re.compile(r'DISPIMG\("([^"]{1,80})"')
# What our own exports say of the small pictures in them: they are no photographs to be read again.
OWN_MARK = "sala:small"


@dataclass
class _Cells:
    """What the cells of a sheet say of pictures: row heights, indexes of pictures placed in cells, names of WPS's."""

    usual: int = USUAL_HEIGHT
    heights: dict[int, int] = field(default_factory=dict)
    placed: list[tuple[int, int, int]] = field(default_factory=list)
    named: list[tuple[int, int, str]] = field(default_factory=list)

    def height(self, row: int) -> int:
        return self.heights.get(row, self.usual)

    def row_of(self, row: int, below: float, tall: float) -> int:
        """The row of a picture so tall that begins so far below the top of `row`, rows counted from 0.

        It is the row that holds half of the picture or more, for pictures often reach a little over their row; one that
        hangs over several rows and lies in none belongs to that in which it begins.
        """
        first, start = self._at(row, below)
        middle, depth = self._at(first, start + max(tall / 2 - 1, 0))
        held = min(depth, tall / 2) + min(self.height(middle) - depth, tall / 2)
        if held * 2 >= tall - 2:
            return middle
        return first if start * 2 <= self.height(first) else self._at(first, self.height(first))[0]

    def _at(self, row: int, below: float) -> tuple[int, float]:
        """The row so far below the top of `row`, and how far below its own top that is."""
        last = row + FARTHEST
        while row < last and below >= self.height(row):
            below -= self.height(row)
            row += 1
        return row, below


def pictures_of(path: str, inside: Inside) -> tuple[Placed, ...]:
    """The pictures of the sheet in the part `path`, row by row. Raises what XML readers raise."""
    path = path.removeprefix("/")
    cells = _cells_of(inside.placing.get(path, b""))
    found = [*_drawn(path, inside, cells), *_placed(inside, cells), *_named(inside, cells)]
    return tuple(sorted(found[:MOST_PICTURES], key=lambda each: (each.row, each.column)))


# -- what the cells say --


def _cells_of(xml: bytes) -> _Cells:
    cells = _Cells()
    for _event, element in iterparse(BytesIO(xml)) if xml else ():
        name = _name(element)
        if name == "sheetFormatPr":
            cells.usual = _emu(element.get("defaultRowHeight"), USUAL_HEIGHT)
        elif name == "c":
            _note(element, cells)
        elif name == "row":
            row = int(element.get("r") or 0) - 1
            hidden = element.get("hidden") in {"1", "true"}
            if hidden or element.get("ht"):
                cells.heights[row] = 0 if hidden else _emu(element.get("ht"), USUAL_HEIGHT)
            element.clear()
    return cells


def _note(cell: Any, cells: _Cells) -> None:
    if (index := cell.get("vm")) and index.isdecimal():
        cells.placed.append((*_place(cell), int(index)))
    for child in cell:
        if _name(child) == "f" and (found := DISPIMG.search((child.text or "")[:400])):
            cells.named.append((*_place(cell), found[1]))


def _place(cell: Any) -> tuple[int, int]:
    """Row and column of a cell, counted from 1."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", cell.get("r") or "")
    if found is None:
        raise ValueError("a cell without its place")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _emu(points: str | None, otherwise: int) -> int:
    return int(float(points) * POINT) if points else otherwise


# -- drawn over cells --


def _drawn(path: str, inside: Inside, cells: _Cells) -> Iterator[Placed]:
    for target in _targets(path, inside).values():
        if not target.startswith("xl/drawings/") or target not in inside.placing:
            continue
        parts = _targets(target, inside)
        for anchor in fromstring(inside.placing[target]):
            if (place := _place_of(anchor, cells)) is None:
                continue
            for picture in (each for each in anchor.iter() if _name(each) == "pic"):
                if part := _part_of(picture, parts):
                    yield Placed(*place, part if part in inside.media else "")


def _part_of(picture: Any, parts: dict[str, str]) -> str | None:
    """The part that a picture shows; "" for one outside the file, None for a small one that an export of ours drew."""
    said = next((each.get("descr") or "" for each in picture.iter() if _name(each) == "cNvPr"), "")
    shown = next((each for each in picture.iter() if _name(each) == "blip"), None)
    if shown is None or said.startswith(OWN_MARK):
        return None
    embedded = next((value for key, value in shown.attrib.items() if key.endswith("}embed")), "")
    return parts.get(embedded, "outside")


def _place_of(anchor: Any, cells: _Cells) -> tuple[int, int] | None:
    """The cell to which a picture belongs, by its left edge."""
    parts = {_name(each): each for each in anchor}
    start, end = _corner(parts.get("from")), _corner(parts.get("to"))
    size = parts.get("ext")
    tall = int(size.get("cy") or 0) if size is not None else 0
    if start is None:
        if "pos" not in parts:
            return None
        return cells.row_of(0, int(parts["pos"].get("y") or 0), max(tall, 0)) + 1, 1
    row, below, column = start
    if end is not None and row <= end[0] <= row + FARTHEST:
        tall = sum(map(cells.height, range(row, end[0]))) + end[1] - below
    return cells.row_of(row, below, max(tall, 0)) + 1, column + 1


def _corner(corner: Any) -> tuple[int, int, int] | None:
    """Row, distance below its top, and column, counted from 0."""
    if corner is None:
        return None
    said = {_name(each): int(each.text or 0) for each in corner}
    return said.get("row", 0), said.get("rowOff", 0), said.get("col", 0)


# -- placed in cells by Excel: cell -> metadata -> rich value -> relation -> picture --


def _placed(inside: Inside, cells: _Cells) -> Iterator[Placed]:
    if not cells.placed:
        return
    relations = _pictures_of_values(inside)
    for row, column, index in cells.placed:
        if (value := relations.get(index)) is not None:
            yield Placed(row, column, value if value in inside.media else "")


def _pictures_of_values(inside: Inside) -> dict[int, str]:
    """The picture, "" for one on the web, by the number that a cell says in `vm`."""
    metadata = inside.placing.get("xl/metadata.xml", b"")
    values = inside.placing.get("xl/richData/rdrichvalue.xml", b"")
    if not metadata or not values:
        return {}
    which = _values_of_cells(fromstring(metadata))
    pictures = _pictures_by_value(inside, fromstring(values))
    return {index: pictures[value] for index, value in which.items() if value in pictures}


def _values_of_cells(metadata: Any) -> dict[int, int]:
    """The number of the rich value for each number that cells say, by way of the type's own list."""
    types = [each.get("name") for each in metadata.iter() if _name(each) == "metadataType"]
    rich = [
        int(next((each.get("i") for each in entry.iter() if _name(each) == "rvb"), "0") or 0)
        for listed in metadata
        if _name(listed) == "futureMetadata" and listed.get("name") == "XLRICHVALUE"
        for entry in listed
    ]
    found: dict[int, int] = {}
    for listed in (each for each in metadata if _name(each) == "valueMetadata"):
        for number, entry in enumerate(listed, start=1):
            record = next(iter(entry), None)
            kind, at = (int(record.get("t") or 0), int(record.get("v") or 0)) if record is not None else (0, 0)
            if 0 < kind <= len(types) and types[kind - 1] == "XLRICHVALUE" and at < len(rich):
                found[number] = rich[at]
    return found


def _pictures_by_value(inside: Inside, values: Any) -> dict[int, str]:
    structures = [
        [key.get("n") for key in each if _name(key) == "k"]
        for each in fromstring(inside.placing.get("xl/richData/rdrichvaluestructure.xml", b"<none/>"))
    ]
    parts = _relations_of_values(inside)
    found: dict[int, str] = {}
    for number, value in enumerate(each for each in values if _name(each) == "rv"):
        structure = int(value.get("s") or 0)
        keys = structures[structure] if structure < len(structures) else []
        said = dict(zip(keys, (each.text or "" for each in value), strict=False))
        if (local := said.get("_rvRel:LocalImageIdentifier")) is not None:
            at = int(local) if local.isdecimal() else len(parts)
            found[number] = parts[at] if at < len(parts) else ""
        elif any(key and "WebImage" in key for key in keys):
            found[number] = ""
    return found


def _relations_of_values(inside: Inside) -> list[str]:
    path = "xl/richData/richValueRel.xml"
    targets = _targets(path, inside)
    listed = fromstring(inside.placing.get(path, b"<none/>"))
    ids = [next((value for key, value in each.attrib.items() if key.endswith("}id")), "") for each in listed]
    return [targets.get(each, "") for each in ids]


# -- set into cells by WPS Office: a formula names the picture --


def _named(inside: Inside, cells: _Cells) -> Iterator[Placed]:
    if not cells.named:
        return
    path = "xl/cellimages.xml"
    targets, parts = _targets(path, inside), {}
    for picture in fromstring(inside.placing.get(path, b"<none/>")).iter():
        if _name(picture) == "pic":
            name = next((each.get("name") for each in picture.iter() if _name(each) == "cNvPr"), "")
            parts[name] = _part_of(picture, targets) or ""
    for row, column, name in cells.named:
        part = parts.get(name, "")
        yield Placed(row, column, part if part in inside.media else "")


# -- XML --


def _targets(path: str, inside: Inside) -> dict[str, str]:
    """The parts that a part relates to, by the relation's id; what lies outside the file is left out."""
    folder, _mark, name = path.rpartition("/")
    xml = inside.placing.get(f"{folder}/_rels/{name}.rels", b"")
    found = {}
    for relation in fromstring(xml) if xml else ():
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            whole = target.removeprefix("/") if target.startswith("/") else normpath(f"{dirname(path)}/{target}")
            found[relation.get("Id") or ""] = whole
    return found


def _name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
