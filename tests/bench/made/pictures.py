"""The photographs of made products: a few of the demonstration's, made by the project's own picture job."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Engine

from catalogue.consortia.models import Consortium
from catalogue.consortia.showing import show_hero
from catalogue.database import writing
from catalogue.demo.content import PHOTOS
from catalogue.media.keeping import check_file, keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.stores import Store
from tests.bench.made.network import ABOUT, BEGAN
from tests.bench.made.products import SECTOR

AT_ONCE = 2


def take(engine: Engine, store: Store, consortium_id: int, many: int) -> list[int]:
    """Have so many photographs kept, and all their sizes made; the ids of the files. The first is the hero."""
    paths = [PHOTOS / f"hero-{SECTOR}.jpg", *sorted(PHOTOS.glob(f"{SECTOR}-*.jpg"))][:many]
    parked = [park(store, path.read_bytes(), path.name, photo_only=True) for path in paths]
    with writing(engine) as session:
        files = [keep(session, each, consortium_id=consortium_id, kind=FileKind.PHOTO, at=BEGAN).id for each in parked]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda file_id: check_file(engine, store, file_id), files))
    if files:
        _open_with(engine, consortium_id, files[0])
    return files


def media_url(folder: Path) -> str:
    """The store of everything that is made in this folder."""
    return f"file:{folder / 'media'}"


def _open_with(engine: Engine, consortium_id: int, file_id: int) -> None:
    with writing(engine) as session:
        consortium, file = session.get_one(Consortium, consortium_id), session.get_one(StoredFile, file_id)
        show_hero(session, consortium, file, ABOUT, by=None, at=BEGAN)
