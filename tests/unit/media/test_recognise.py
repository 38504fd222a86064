"""What a file is, by its first bytes."""

import pytest

from catalogue.media.recognise import MOST_BYTES, FileRefused, media_type_of
from tests.unit.media import hostile


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
        ("GIF", "image/gif"),
    ],
)
def test_pictures_are_known_by_their_bytes(form, media_type):
    assert media_type_of(hostile.as_bytes(hostile.scene(), form)) == media_type


def test_an_avif_of_another_main_brand_is_known():
    assert media_type_of(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf" + b"\0" * 20) == "image/avif"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (hostile.HEIC, "heic"),
        (hostile.SVG, "unknown type"),
        (hostile.EPS, "unknown type"),
        (hostile.TIFF, "unknown type"),
        (b"<html>", "unknown type"),
        (b"MZ\x90\0", "unknown type"),
        (b"\xff\xd8\xff" + b"\0" * MOST_BYTES["image/jpeg"], "too large"),
        (b"%PDF-1.7" + b"\0" * MOST_BYTES["application/pdf"], "too large"),
        (b"\n%PDF-1.7", "unknown type"),
        (b"\xff\xff\xff\xffftyp", "unknown type"),
    ],
)
def test_everything_else_is_refused_with_its_reason(data, reason):
    with pytest.raises(FileRefused) as refusal:
        media_type_of(data)
    assert refusal.value.reason == reason
