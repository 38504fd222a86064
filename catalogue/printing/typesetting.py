"""Setting pages with typst, in a process apart that has little memory and time and reads one folder."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalogue.media import confined
from catalogue.media.recognise import FileRefused
from catalogue.media.stores import NotStored, Store
from catalogue.printing.breaking import words_in
from catalogue.printing.contents import Picture, Sheet, as_data
from catalogue.printing.record_contents import RecordPage

CHILD = "catalogue.printing.child"
SHEET_SECONDS = 180
PICTURES_SECONDS = 120


class NotSet(Exception):
    """No pages can be made of this content; the message says why: "broken" or "takes too long"."""


@dataclass
class Desk:
    """The folder of one job: its words as JSON, its photographs, and nothing else."""

    folder: Path
    places: dict[str, str] = field(default_factory=dict)

    def lay_in(self, store: Store, key: str) -> None:
        """Bring one photograph of the store; one that is gone is left out."""
        if key in self.places:
            return
        name = f"{len(self.places)}.jpg"
        try:
            (self.folder / name).write_bytes(store.get(key))
        except NotStored:
            return
        self.places[key] = name

    def set_sheet(self, sheet: Sheet) -> bytes:
        """The PDF. Raises `NotSet`; `confined.ChildFailed` is worth another try."""
        self._write(self._data(sheet))
        return self._run("sheet", SHEET_SECONDS)["sheet.pdf"]

    def set_record(self, record: RecordPage) -> bytes:
        """The PDF of a quarter's record. Raises as `set_sheet`."""
        data = record.as_data()
        self._write({**data, "lao": words_in(data)})
        return self._run("record", SHEET_SECONDS)["record.pdf"]

    def set_pictures(self, pictures: Sequence[Picture]) -> list[bytes]:
        """A JPEG for each picture, 1200 by 630 pixels. Raises as `set_sheet`."""
        self._write([self._data(picture) for picture in pictures])
        made = self._run("pictures", PICTURES_SECONDS)
        return [made[f"{number}.jpg"] for number in range(len(pictures))]

    def _data(self, content: Sheet | Picture) -> dict[str, Any]:
        data = as_data(content, self.places)
        return {**data, "lao": words_in(data)}

    def _write(self, data: object) -> None:
        (self.folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")

    def _run(self, verb: str, seconds: int) -> dict[str, bytes]:
        try:
            return confined.run(verb, str(self.folder).encode(), wall_seconds=seconds, child=CHILD).files
        except FileRefused as refused:
            raise NotSet(refused.reason) from None


@contextmanager
def desk_for(
    contents: Sequence[Sheet | Picture], store: Store, *, told: Callable[[int], None] = lambda _count: None
) -> Iterator[Desk]:
    """A desk with the photographs of these contents; `told` hears how many were brought so far."""
    with tempfile.TemporaryDirectory(prefix="sala-print-") as folder:
        desk = Desk(Path(folder))
        for count, key in enumerate((key for content in contents for key in content.photos), start=1):
            desk.lay_in(store, key)
            told(count)
        yield desk
