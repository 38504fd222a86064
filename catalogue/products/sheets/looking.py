"""What the worker makes of a sheet that came: opened in a process apart, decided, and laid down for its preview."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from catalogue.consortia.sector import folder
from catalogue.database import writing
from catalogue.media import confined
from catalogue.media.confined import Made
from catalogue.media.recognise import FileRefused
from catalogue.media.stores import NotStored, Store
from catalogue.products.sheets.as_json import checked_json, checked_of, finding_json, finding_of, worst_first
from catalogue.products.sheets.cells import Book, Sheet
from catalogue.products.sheets.checking import Checked, House
from catalogue.products.sheets.fields import Meaning
from catalogue.products.sheets.findings import Level, SheetRefused
from catalogue.products.sheets.importing import Looked, Plan, Planned, Verdict, plan
from catalogue.products.sheets.layout import Column, Layout
from catalogue.products.sheets.models import ImportState, SheetImport, SheetLayout, SheetRow
from catalogue.products.sheets.storing import house_of, known_to

CHILD = "catalogue.products.sheets.child"
WALL_SECONDS = 180
KINDS_OF_REST = ("xlsx", "csv")


@dataclass(frozen=True)
class Waiting:
    """A sheet as the worker needs it, bound to no session."""

    sheet: SheetImport
    house: House
    sector_key: str
    kept: dict[str, Any]

    @property
    def asked(self) -> dict[str, Any]:
        """What the process apart is told."""
        house = {
            "member_key": self.house.member_key,
            "sector": self.sector_key,
            "sectors": str(folder()),
            "currency": self.house.currency,
            "contacts": list(self.house.public_contacts),
        }
        return {"name": self.sheet.name, "house": house, "mapping": self.sheet.mapping, "kept": self.kept}


def look_at_import(engine: Engine, store: Store, import_id: int) -> None:
    """Read and decide a sheet that waits. Killed at any moment, it can simply run again."""
    waiting = waiting_at(engine, import_id)
    if waiting is None or waiting.sheet.state is not ImportState.WAITING:
        return
    try:
        made = opened("look", waiting, store)
        if made.facts["state"] == "columns":
            keep(store, waiting.sheet, "lines.json", made.files["lines.json"])
            _mark(engine, import_id, {"state": ImportState.COLUMNS})
            return
        _decide(engine, store, waiting, made)
    except SheetRefused as refusal:
        _mark(engine, import_id, {"state": ImportState.REFUSED, "refused": finding_json(refusal.finding)})


def waiting_at(engine: Engine, import_id: int) -> Waiting | None:
    """The sheet with all that reading it needs."""
    with Session(engine, expire_on_commit=False) as session:
        sheet = session.get(SheetImport, import_id)
        if sheet is None:
            return None
        query = select(SheetLayout.key, SheetLayout.mapping).filter_by(consortium_id=sheet.consortium_id)
        kept = {} if sheet.mapping else {row.key: row.mapping for row in session.execute(query)}
        waiting = Waiting(sheet, house_of(sheet.member), sheet.consortium.sector_key, kept)
        session.expunge_all()
        return waiting


def opened(verb: str, waiting: Waiting, store: Store, **more: Any) -> Made:
    """What the process apart answers. Raises `SheetRefused`; `confined.ChildFailed` is worth another try."""
    name = waiting.sheet.name
    try:
        raw = store.get(f"{waiting.sheet.folder}/raw")
    except NotStored:
        raise SheetRefused("unreadable", file=name) from None
    asked = json.dumps({**waiting.asked, **more}, ensure_ascii=False).encode()
    try:
        made = confined.run(verb, b"\n".join((asked, raw)), wall_seconds=WALL_SECONDS, child=CHILD)
    except FileRefused as refused:
        code = "takes-too-long" if refused.reason == "takes too long" else "unreadable"
        raise SheetRefused(code, file=name) from None
    if made.facts.get("state") == "refused":
        finding = finding_of(made.facts["finding"])
        raise SheetRefused(finding.code, **finding.about)
    return made


def _decide(engine: Engine, store: Store, waiting: Waiting, made: Made) -> None:
    sheet, facts = waiting.sheet, made.facts
    looked_facts = json.dumps({each: facts[each] for each in ("columns", "delimiter", "findings")}).encode()
    for name, data in {**made.files, "looked.json": looked_facts}.items():
        keep(store, sheet, name, data)
    listed = json.loads(made.files["rows.json"])
    looked = _looked(facts, [checked_of(row) for row in listed], waiting)
    with Session(engine) as session:
        decided = plan(looked, known_to(session, sheet.member))
    if decided.of(Verdict.BAD):
        keep_rest(store, waiting, decided)
    values = {
        "state": ImportState.PREVIEW,
        "layout": facts["whose"],
        "mapping": facts["mapping"],
        "findings": facts["findings"],
        "counts": counts_of(decided, {row["number"]: len(row["photos"]) for row in listed}),
        "refused": None,
    }
    _mark(engine, sheet.id, values, decided, {row["number"]: len(row["photos"]) for row in listed})


def looked_of(store: Store, waiting: Waiting) -> tuple[Looked, dict[int, list[int]]]:
    """What was found in a sheet before, and the numbers of the pictures of each row. Raises `NotStored`."""
    facts = json.loads(kept(store, waiting.sheet, "looked.json"))
    listed = json.loads(kept(store, waiting.sheet, "rows.json"))
    photos = {row["number"]: row["photos"] for row in listed if row["photos"]}
    return _looked(facts, [checked_of(row) for row in listed], waiting), photos


def _looked(facts: dict[str, Any], rows: Sequence[Checked], waiting: Waiting) -> Looked:
    """Rows and columns, without the cells: no more is needed to decide and to store."""
    headings = waiting.house.headings
    columns = {
        key: Column(place, heading, Meaning(headings.by_key[key])) for key, (place, heading) in facts["columns"].items()
    }
    findings = tuple(map(finding_of, facts["findings"]))
    layout = Layout(Sheet("", (), facts["delimiter"]), columns, (), (), findings)
    return Looked(Book(waiting.sheet.name, ()), layout, waiting.house, tuple(rows), findings)


def counts_of(decided: Plan, photos: dict[int, int]) -> dict[str, int]:
    """How many rows are good, warned, there and bad; and how many photographs come with those that are added."""
    added = [row.number for row in decided.of(Verdict.ADD)]
    return {**decided.counts, "photos": sum(photos.get(number, 0) for number in added)}


def keep_rest(store: Store, waiting: Waiting, decided: Plan) -> None:
    """Store the rows that stay out with their reasons, in both kinds of file."""
    bad = [
        checked_json(Checked(row.number, row.reference, row.content, row.findings), [])
        for row in decided.of(Verdict.BAD)
    ]
    files = opened("rest", waiting, store, bad=bad).files
    for kind in KINDS_OF_REST:
        store.put(f"{waiting.sheet.folder}/rest.{kind}", files[f"rest.{kind}"])


def keep(store: Store, sheet: SheetImport, name: str, data: bytes) -> None:
    """Lay down one thing that was made of a sheet; JSON is packed."""
    is_json = name.endswith(".json")
    store.put(f"{sheet.folder}/{name}{'.gz' if is_json else ''}", gzip.compress(data, 6) if is_json else data)


def kept(store: Store, sheet: SheetImport, name: str) -> bytes:
    """What was laid down. Raises `NotStored`."""
    is_json = name.endswith(".json")
    data = store.get(f"{sheet.folder}/{name}{'.gz' if is_json else ''}")
    return gzip.decompress(data) if is_json else data


def _mark(
    engine: Engine,
    import_id: int,
    values: dict[str, Any],
    decided: Plan | None = None,
    photos: dict[int, int] | None = None,
) -> None:
    step = update(SheetImport).where(SheetImport.id == import_id, SheetImport.state == ImportState.WAITING)
    with writing(engine) as session:
        if session.connection().execute(step.values(values)).rowcount == 1:
            write_rows(session, session.get_one(SheetImport, import_id), decided.rows if decided else (), photos or {})


def write_rows(session: Session, sheet: SheetImport, rows: Sequence[Planned], photos: dict[int, int]) -> None:
    """The rows of a preview in place of those before."""
    session.execute(delete(SheetRow).where(SheetRow.import_id == sheet.id))
    values = [
        {
            "consortium_id": sheet.consortium_id,
            "import_id": sheet.id,
            "number": row.number,
            "verdict": row.verdict,
            "is_warned": any(finding.level is Level.WARNING for finding in row.findings),
            "reference": row.reference,
            "name_lo": row.content.name.lo,
            "name_en": row.content.name.en,
            "findings": [finding_json(finding) for finding in worst_first(row.findings)],
            "photos": photos.get(row.number, 0),
        }
        for row in rows
    ]
    if values:
        session.execute(insert(SheetRow.__table__), values)  # type: ignore[arg-type]
