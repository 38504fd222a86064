"""What a photograph tells beside its pixels is searched byte by byte in all that is stored and served after it came."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from catalogue.media.keeping import raw_key
from catalogue.media.stores import store_for
from catalogue.products import listing
from catalogue.products.models import ProductPhoto
from tests.hostile_pictures import made
from tests.unit.media import hostile

SENT = {
    "telling.jpg": hostile.telling_photograph(),
    "telling.png": hostile.telling_png(),
    "moving.jpg": made.moving_photograph(),
    "two.jpg": made.two_pictures(),
    "xmp.jpg": made.huge_xmp(),
    "profile.jpg": made.profiles_without_end(),
    "archive.jpg": made.photograph_and_archive(),
    "words.png": made.png_words(),
}
PLANTED = [*hostile.SECRETS.values(), made.MARK]
# How formats begin what is beside the pixels; four letters alone also turn up by chance, so they carry their frame.
MARKS = [
    *(b"Exif\0\0", b"ICC_PROFILE\0", b"Photoshop 3.0\0", b"MPF\0", b"http://ns.adobe.com", b"<x:xmpmeta", b"8BIM"),
    *(
        b"tEXtComment",
        b"tEXtAuthor",
        b"iTXtXML",
        b"iCCPicc",
        b"EXIF\x00\x00",
        b"XMP \x00\x00",
        b"ftypmp42",
        b"PK\x03\x04i",
    ),
    *(b"infe\x02\x00\x00\x01\x00\x02\x00\x00Exif", b"application/rdf+xml"),
]


def traces_in(files: Iterable[tuple[str, bytes]]) -> dict[str, list[bytes]]:
    """What is found, by the name of the file it is in."""
    found = {name: [trace for trace in (*PLANTED, *MARKS) if trace in data] for name, data in files}
    return {name: traces for name, traces in found.items() if traces}


def stored(settings, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte that the site has written: the store key by key, and whatever else lies in its folder."""
    store = store_for(settings.media_url)
    for key in store.names():
        yield f"store {key}", store.get(key)
    for path in folder.rglob("*"):
        if path.is_file():
            yield f"folder {path.relative_to(folder)}", path.read_bytes()


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy).speaking("lo")


@pytest.fixture
def product(make, cast):
    return make.draft_product(member=cast.firm_a)


@pytest.fixture
def sent(bounmy, product):
    """Every telling photograph, sent and not yet looked at by the worker."""
    files = [(io.BytesIO(data), name) for name, data in SENT.items()]
    bounmy.post("studio.add_photo", {"photo": files, "page": "photos"}, product_id=product.public_id)
    return product


@pytest.fixture
def worked(runner):
    return lambda: runner.invoke(args=["work", "--once"])


def test_the_search_finds_what_lies_there_before_the_worker_came(sent, settings, tmp_path):
    found = {trace for traces in traces_in(stored(settings, tmp_path)).values() for trace in traces}
    assert set(PLANTED) <= found
    assert {b"Exif\0\0", b"ICC_PROFILE\0", b"MPF\0", b"http://ns.adobe.com", b"ftypmp42"} <= found


def test_the_search_finds_one_that_is_planted_afterwards(sent, settings, tmp_path, worked):
    worked()
    store_for(settings.media_url).put("9/planted/800.jpg", hostile.telling_photograph())
    assert set(traces_in(stored(settings, tmp_path))) == {"store 9/planted/800.jpg", "folder media/9/planted/800.jpg"}


def test_nothing_that_is_stored_tells_anything(bounmy, sent, settings, tmp_path, worked, session):
    worked()
    frame_and_turn(bounmy, sent, session)
    worked()
    files = list(stored(settings, tmp_path))
    # Each photograph: a clean original and at least one size in three formats; and the one that was framed again.
    assert sum(name.startswith("store ") for name, _data in files) >= 4 * (len(SENT) + 1)
    assert traces_in(files) == {}


def test_nothing_that_is_served_tells_anything(visitor, bounmy, make, sent, worked, session):
    worked()
    frame_and_turn(bounmy, sent, session)
    worked()
    session.expire_all()
    listing.submit(session, sent, by=None, at=make.later())
    listing.publish(session, sent, by=None, at=make.later())
    make.keep(sent)
    worked()
    served = dict(sizes_of(visitor, sent)) | dict(taken_back(bounmy, sent))
    assert len(served) >= 3 * len(SENT) + 2 * len(SENT)
    assert traces_in(served.items()) == {}


def test_raw_bytes_are_gone_from_the_store_once_they_were_looked_at(sent, settings, worked, session):
    worked()
    session.expire_all()
    store = store_for(settings.media_url)
    photos = session.scalars(select(ProductPhoto)).all()
    assert [photo.file.state.value for photo in photos] == ["ready"] * len(SENT)
    assert not any(store.has(raw_key(photo.file)) for photo in photos)
    assert list(store.names("incoming")) == []


def frame_and_turn(bounmy, product, session) -> None:
    """The first photograph in a frame, on its side."""
    session.expire_all()
    root = product.working.photos[0].file.public_id
    page = bounmy.get("studio.photo", product_id=product.public_id, file_id=root)
    bounmy.submit(page, f'form[action$="/photos/{root}"]', {"shape": "frame", "size": "70", "turn_by": "1"})


def sizes_of(visitor, product) -> Iterator[tuple[str, bytes]]:
    """Every size of every photograph in every format, and the share picture's page, as the public is sent them."""
    for photo in product.published.photos:
        for width in photo.file.widths:
            for ending in ("avif", "webp", "jpg"):
                address = f"/media/{photo.file.public_id}/{width}.{ending}"
                yield address, visitor.open(address).data


def taken_back(bounmy, product) -> Iterator[tuple[str, bytes]]:
    """Each photograph as the firm saves it, and the archive of all, whole and piece by piece."""
    for photo in product.working.photos:
        values = {"product_id": product.public_id, "file_id": photo.file.public_id}
        yield f"download {photo.id}", bounmy.get("studio.download_photo", **values).data
    answer = bounmy.get("studio.download_photos", product_id=product.public_id)
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    for name in archive.namelist():
        yield f"zip {name}", archive.read(name)
        assert archive.read(name) in answer.data, "nothing is packed away from the search"
