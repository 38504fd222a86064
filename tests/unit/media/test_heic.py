"""HEIC with the optional library, and the clear sentence without it."""

from io import BytesIO

import pytest
from PIL import Image

from catalogue.media import recognise
from catalogue.media.pictures import PictureRefused, make_picture
from catalogue.media.recognise import HEIC, FileRefused, is_heic, media_type_of
from tests.hostile_pictures import boxes
from tests.unit.media import hostile

SEQUENCE = boxes.sequence(b"hevc")


@pytest.mark.parametrize("data", [hostile.HEIC, SEQUENCE, boxes.heic(640, 480)])
def test_heic_is_told_from_everything_else(data):
    assert is_heic(data)
    assert not is_heic(hostile.as_bytes(hostile.scene(), "AVIF"))
    assert not is_heic(hostile.photograph())


def test_it_is_taken_where_the_library_is_there(monkeypatch):
    monkeypatch.setattr(recognise, "reads_heic", lambda: True)
    assert media_type_of(hostile.HEIC) == HEIC


def test_it_is_named_where_the_library_is_not_there(monkeypatch):
    monkeypatch.setattr(recognise, "reads_heic", lambda: False)
    with pytest.raises(FileRefused, match="heic"):
        media_type_of(hostile.HEIC)


@pytest.mark.skipif(recognise.reads_heic(), reason="the library is there")
def test_the_process_names_it_too_where_the_library_is_not_there():
    with pytest.raises(PictureRefused, match="heic"):
        make_picture(hostile.HEIC)


def test_a_real_one_is_read_upright_and_tells_nothing():
    pillow_heif = pytest.importorskip("pillow_heif")
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, hostile.SECRETS["camera"].decode()
    written = BytesIO()
    hostile.scene(800, 600).save(written, "HEIF", exif=exif.tobytes())
    assert hostile.SECRETS["camera"] in written.getvalue()
    picture = make_picture(written.getvalue())
    assert (picture.width, picture.height) == (600, 800)
    assert not any(hostile.SECRETS["camera"] in kept for kept in picture.files.values())
