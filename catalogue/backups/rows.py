"""Rows as JSON lines, alike from either database: each column has a code for its kind, and each kind one way to write.

The codes are int, float, bool, text, time (UTC, ISO 8601), date, json, bytes (base64) and exact:18:4 (a decimal number
with its digits and places). They stand in the manifest, so that an archive can be read without the models of its time.
"""

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnClause,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    TableClause,
    Text,
    column,
    table,
)
from sqlalchemy.types import TypeEngine

from catalogue.database import Exact, UtcDateTime

Value = Callable[[Any], Any]
KINDS: tuple[tuple[type, str], ...] = (
    (UtcDateTime, "time"),
    (Boolean, "bool"),
    (Integer, "int"),
    (Float, "float"),
    (Date, "date"),
    (JSON, "json"),
    (LargeBinary, "bytes"),
    (String, "text"),
)
TYPES: dict[str, TypeEngine[Any]] = {
    "time": UtcDateTime(),
    "bool": Boolean(),
    "int": Integer(),
    "float": Float(),
    "date": Date(),
    "json": JSON(none_as_null=True),
    "bytes": LargeBinary(),
    "text": Text(),
}
WRITE: dict[str, Value] = {
    "time": datetime.isoformat,
    "date": date.isoformat,
    "bytes": lambda value: base64.b64encode(value).decode(),
    "exact": str,
}
READ: dict[str, Value] = {
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": base64.b64decode,
    "exact": Decimal,
}


class UnknownKind(Exception):
    """No way is known to write this column; the message names it."""


def columns_of(model: Table) -> dict[str, str]:
    """The columns of a table with the code of each one's kind. Raises `UnknownKind`."""
    return {each.name: _code(each) for each in model.columns}


def clause_of(name: str, columns: dict[str, str]) -> TableClause:
    """The table as a statement can use it, without its model. Raises `UnknownKind` for a code nobody knows."""
    return table(name, *(column(each, _type(code)) for each, code in columns.items()))


def line_of(row: Any, columns: dict[str, str]) -> bytes:
    """One row as a line of JSON."""
    written = {name: _written(WRITE, code, value) for (name, code), value in zip(columns.items(), row, strict=True)}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(line: bytes, columns: dict[str, str]) -> dict[str, Any]:
    """The values that a line holds, by column; columns it does not name are none. Raises `ValueError`, `KeyError`."""
    given = json.loads(line)
    return {name: _written(READ, code, given[name]) for name, code in columns.items()}


def _written(ways: dict[str, Value], code: str, value: Any) -> Any:
    way = ways.get(code.partition(":")[0])
    return way(value) if way and value is not None else value


def _code(each: ColumnClause[Any]) -> str:
    if isinstance(each.type, Exact):
        return f"exact:{each.type.precision}:{each.type.scale}"
    for kind, code in KINDS:
        if isinstance(each.type, kind):
            return code
    raise UnknownKind(f"{each.table}.{each.name}: {each.type}")


def _type(code: str) -> TypeEngine[Any]:
    if code.startswith("exact:"):
        _exact, precision, scale = code.split(":")
        return Exact(int(precision), int(scale))
    if code not in TYPES:
        raise UnknownKind(code)
    return TYPES[code]
