"""A photograph as a good telephone takes it, made ready in all its sizes by the project's own job."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.database import engine_for, writing
from catalogue.demo.content import PHOTOS
from catalogue.media.keeping import check_file, keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.stores import FileStore
from catalogue.web.clock import now
from tests.bench.alone import Spent, alone, spent_on
from tests.bench.bench import Bench
from tests.bench.figures import Budget, Figure
from tests.bench.made.network import SLUG

SIZE = (4000, 3000)
GRAIN = 0.08
HOW = {
    "JPEG": {"format": "JPEG", "quality": 90, "subsampling": 2},
    "WebP": {"format": "WEBP", "quality": 85, "method": 2},
    "PNG": {"format": "PNG", "compress_level": 6},
}
CPU, MEMORY = Budget(6), Budget(200)
CASE = "photograph"


def photographs(bench: Bench) -> Iterator[Figure]:
    """12 megapixels in each format: CPU of the job with its process apart, and the most memory that this one took."""
    for name in list(HOW)[: bench.times(len(HOW), 1)]:
        folder = bench.new_folder()
        folder.mkdir()
        url = bench.smallest.copied(folder).url
        data = alone(taken, name)
        spent = alone(made_ready, url, folder, data)
        what = f"12 megapixels, {name} of {len(data) / 1024 / 1024:.1f} MB"
        yield Figure(CASE, f"{what}: CPU", spent.cpu + spent.children_cpu, "s", budget=CPU)
        yield Figure(CASE, f"{what}: memory", spent.children_peak_mb, "MB", budget=MEMORY)
        yield Figure(CASE, f"{what}: time", spent.seconds, "s")


def taken(name: str) -> bytes:
    """A photograph of `SIZE` in one format: one of the demonstration's, enlarged, with grain."""
    from PIL import Image  # in a process of its own

    written = BytesIO()
    with Image.open(PHOTOS / f"hero-{SLUG}.jpg") as picture:
        large = picture.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC)
        if name != "PNG":  # with grain it would be larger than what is taken
            large = Image.blend(large, Image.effect_noise(SIZE, 60).convert("RGB"), GRAIN)
        large.save(written, **HOW[name])
    return written.getvalue()


def made_ready(url: str, folder: Path, data: bytes) -> Spent:
    """Keep it as it came, then do what the worker does with it. Raises `ValueError` where it is refused."""
    engine, store = engine_for(url), FileStore(folder / "media")
    try:
        parked = park(store, data, "from a telephone", photo_only=True)
        with writing(engine) as session:
            consortium_id = session.scalars(select(Consortium.id).filter_by(slug=SLUG)).one()
            file_id = keep(session, parked, consortium_id=consortium_id, kind=FileKind.PHOTO, at=now()).id
        spent = spent_on(lambda: check_file(engine, store, file_id))
        with writing(engine) as session:
            file = session.get_one(StoredFile, file_id)
            if not file.is_ready:
                raise ValueError(f"refused: {file.refused_reason}")
        return spent
    finally:
        engine.dispose()
