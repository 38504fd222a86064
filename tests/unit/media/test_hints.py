"""Hints: bad photographs are found, good ones are left in peace."""

import pytest
from PIL import Image, ImageDraw, ImageFilter

from catalogue.media.hints import hints_of
from catalogue.media.pictures import Hint, make_picture
from tests.unit.media import hostile


def bowl(width: int = 1200, height: int = 1500) -> Image.Image:
    """Something like a bowl by a window: a light ground, a chased rim, a gleam."""
    picture = Image.linear_gradient("L").resize((width, height)).point(lambda level: 120 + level // 3).convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.15, height * 0.3, width * 0.85, height * 0.75), fill=(150, 152, 158))
    for at in range(int(width * 0.2), int(width * 0.8), 24):
        draw.line((at, height * 0.45, at + 12, height * 0.55), fill=(60, 60, 66), width=3)
    draw.ellipse((width * 0.3, height * 0.36, width * 0.36, height * 0.39), fill=(255, 255, 255))
    return picture


def with_light(picture: Image.Image, stops: float) -> Image.Image:
    """The same with so many stops less light."""
    levels = [int(255 * (((level / 255) ** 2.2) * 2**-stops) ** (1 / 2.2) + 0.5) for level in range(256)]
    return picture.point(levels * 3)


def test_a_good_photograph_is_left_in_peace():
    assert hints_of(bowl()) == []


def test_a_little_less_light_or_softness_is_no_fault():
    assert hints_of(with_light(bowl(), 1)) == []
    assert hints_of(bowl().filter(ImageFilter.GaussianBlur(1))) == []


def test_too_little_light_is_found():
    assert hints_of(with_light(bowl(), 3)) == [Hint.DARK]


def test_a_gleam_does_not_make_a_dark_photograph_light():
    dark = with_light(bowl(), 4)
    ImageDraw.Draw(dark).ellipse((300, 500, 480, 680), fill=(255, 255, 255))
    assert Hint.DARK in hints_of(dark)


@pytest.mark.parametrize("size", [(1200, 1500), (2400, 1800)])
def test_a_blurred_photograph_is_found(size):
    assert hints_of(bowl(*size).filter(ImageFilter.GaussianBlur(max(size) / 250))) == [Hint.BLURRED]


@pytest.mark.parametrize(("size", "is_small"), [((800, 1000), False), ((799, 1000), True), ((1300, 999), True)])
def test_a_small_photograph_is_found_by_the_frame_it_fills(size, is_small):
    assert (Hint.SMALL in hints_of(bowl(*size))) == is_small


def test_hints_come_out_of_the_process():
    tiny = hostile.as_bytes(with_light(bowl(300, 400), 4), "PNG")
    assert set(make_picture(tiny).hints) >= {Hint.DARK, Hint.SMALL}


def test_one_pixel_is_small_and_nothing_fails():
    assert hints_of(Image.new("RGB", (1, 1), "white")) == [Hint.SMALL]
