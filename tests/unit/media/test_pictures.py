"""Pictures of strangers: every size made, nothing told, no harm done."""

import resource
import subprocess
import sys
import time
from io import BytesIO

import pytest
from PIL import Image

from catalogue.media import confined
from catalogue.media.pictures import PictureRefused, make_picture
from catalogue.media.recognise import reads_heic
from tests.unit.media import hostile


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_photograph_comes_in_every_size_and_format():
    picture = make_picture(hostile.photograph(1600, 1200))
    assert (picture.width, picture.height, picture.widths) == (1600, 1200, (400, 800, 1200, 1600))
    for width in picture.widths:
        for ending, name in (("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")):
            size = opened(picture.files[f"{width}.{ending}"])
            assert (size.format, size.size) == (name, (width, width * 3 // 4))


def test_a_small_picture_is_never_enlarged():
    picture = make_picture(hostile.photograph(300, 200))
    assert picture.widths == (300,)
    assert opened(picture.original).size == (300, 200)


def test_a_large_picture_is_kept_at_most_2400_pixels_long():
    picture = make_picture(hostile.photograph(2000, 4000))
    assert opened(picture.original).size == (picture.width, picture.height) == (1200, 2400)
    assert picture.widths == (400, 800, 1200)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "GIF", "JPEG"])
def test_each_known_format_is_understood(form):
    assert make_picture(hostile.as_bytes(hostile.scene(), form)).width == 640


def test_the_main_colour_is_the_one_there_is_most_of():
    picture = Image.new("RGB", (100, 100), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, 30, 100))
    red, green, blue = bytes.fromhex(make_picture(hostile.as_bytes(picture, "PNG")).colour[1:])
    assert red > 180
    assert max(green, blue) < 60


def test_what_is_transparent_becomes_white():
    picture = make_picture(hostile.as_bytes(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG"))
    assert min(low for low, _high in opened(picture.original).getextrema()) > 250


def test_bright_greys_of_sixteen_bits_stay_grey():
    grey = Image.new("I;16", (50, 50), 0x8000)
    low, high = opened(make_picture(hostile.as_bytes(grey, "PNG")).original).convert("L").getextrema()
    assert 120 < low <= high < 136


def test_a_turned_picture_stands_upright():
    sideways = hostile.scene(400, 300)
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(make_picture(hostile.as_bytes(sideways, exif=exif.tobytes())).original).size == (300, 400)


@pytest.mark.parametrize("telling", [hostile.telling_photograph(), hostile.telling_png()], ids=["jpeg", "png"])
def test_nothing_but_pixels_is_kept(telling):
    planted = [secret for secret in hostile.SECRETS.values() if secret in telling]
    assert len(planted) >= 2
    for name, data in make_picture(telling).files.items():
        assert [secret for secret in planted if secret in data] == [], name
        kept = opened(data)
        assert not kept.getexif(), name
        assert not kept.info.keys() & {"exif", "xmp", "icc_profile", "comment", "photoshop"}, name
        assert [mark for mark in (b"Exif\0\0", b"http://ns.adobe.com") if mark in data] == [], name


def test_every_secret_was_in_the_photograph():
    assert [name for name, secret in hostile.SECRETS.items() if secret not in hostile.telling_photograph()] == []


def test_a_page_hidden_in_a_picture_is_left_behind():
    page = hostile.gif_and_page()
    assert page.count(b"<script>") == 2
    assert not any(b"<script>" in data for data in make_picture(page).files.values())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(hostile.png_that_claims(60_000, 60_000), "too many pixels", id="a header that boasts"),
        pytest.param(hostile.png_that_claims(7_100, 7_100), "too many pixels", id="just above the limit"),
        pytest.param(hostile.real_bomb(), "too many pixels", id="a real bomb"),
        pytest.param(hostile.film(5_000), "too many frames", id="a film"),
        pytest.param(hostile.photograph()[:9_000], "broken", id="cut short"),
        pytest.param(hostile.png_that_claims(500, 500), "broken", id="fewer bytes than promised"),
        pytest.param(hostile.SVG, "not a picture", id="SVG"),
        pytest.param(hostile.EPS, "not a picture", id="EPS"),
        pytest.param(hostile.TIFF, "not a picture", id="TIFF"),
        pytest.param(b"\xff\xd8\xff\xe0 nothing more", "broken", id="a beginning only"),
        pytest.param(hostile.HEIC, "not a picture" if reads_heic() else "heic", id="HEIC"),
    ],
)
def test_what_does_harm_or_is_no_picture_is_refused(data, reason):
    with pytest.raises(PictureRefused) as refusal:
        make_picture(data)
    assert refusal.value.reason == reason


def test_a_picture_that_takes_too_long_is_refused_on_time():
    began = time.monotonic()
    with pytest.raises(PictureRefused, match="takes too long"):
        make_picture(
            hostile.as_bytes(Image.new("RGB", (7_000, 7_000), (90, 120, 90)), "AVIF", speed=10), wall_seconds=0.7
        )
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("place", range(0, 60_000, 6_000))
def test_a_damaged_picture_is_made_or_refused_and_nothing_else(place):
    whole = bytearray(hostile.as_bytes(hostile.scene(), "PNG", compress_level=1))
    for at in (place + step for step in (0, 1, 2, 40, 200)):
        whole[at % len(whole)] ^= 0xFF
    try:
        assert make_picture(bytes(whole)).width > 0
    except PictureRefused as refused:
        assert refused.reason in {"broken", "not a picture", "too many pixels"}  # noqa: PT017


def test_the_process_is_given_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "the secret of this site")
    script = "import os; print(sorted(os.environ))"
    told = subprocess.run(
        [sys.executable, "-c", script], env=confined.BARE_ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "['LC_ALL', 'PYTHONPATH']"


def test_a_fault_that_is_not_in_the_file_is_no_refusal():
    with pytest.raises(confined.ChildFailed, match="no such verb"):
        confined.run("film", b"")


def test_the_site_itself_loads_no_decoder():
    script = "import sys, catalogue.media.keeping; print({'PIL', 'pypdf', 'obstore'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=confined.ROOT)
    assert told.stdout.strip() == "set()"


def test_a_phone_photograph_of_12_megapixels_is_within_its_budget():
    noise = Image.effect_noise((4000, 3000), 30).convert("RGB")
    data = hostile.as_bytes(Image.blend(hostile.scene(4000, 3000), noise, 0.1), quality=92)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    picture = make_picture(data)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert picture.widths == (400, 800, 1200, 2000)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert seconds < 6, f"{seconds:.1f} s of CPU"


def test_fifty_megapixels_are_within_the_memory_of_the_process():
    picture = Image.new("RGBA", (7_000, 7_000), (90, 120, 90, 200))
    assert make_picture(hostile.as_bytes(picture, "PNG", compress_level=1)).width == 2400
