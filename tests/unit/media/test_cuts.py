"""Cuts: frames as people set them, boxes of pixels, and what comes out of the process that cuts."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from catalogue.media.cuts import WHOLE, Cut, Frame, turned_size
from catalogue.media.pictures import make_picture
from tests.unit.media import hostile

SIDES = st.integers(1, 2400)
FRAMES = st.builds(Frame, st.integers(30, 100), st.integers(0, 100), st.integers(0, 100))


@given(SIDES, SIDES, FRAMES, st.integers(0, 3))
def test_a_frame_lies_inside_and_is_four_to_five(width, height, frame, turn):
    cut = Cut.framed(frame, width=width, height=height, turn=turn)
    assert Cut.of(cut.numbers) == cut
    whole = turned_size(width, height, turn)
    left, top, right, bottom = cut.box(*whole)
    assert 0 <= left < right <= whole[0]
    assert 0 <= top < bottom <= whole[1]
    assert abs((right - left) * 5 - (bottom - top) * 4) <= 15 or min(right - left, bottom - top) == 1


@given(st.integers(400, 2400), st.integers(400, 2400), FRAMES, st.integers(0, 3))
def test_a_frame_is_read_back_as_it_was_set(width, height, frame, turn):
    cut = Cut.framed(frame, width=width, height=height, turn=turn)
    back = cut.frame(width=width, height=height)
    assert back.size == frame.size
    assert Cut.framed(back, width=width, height=height, turn=turn).box(width, height) == pytest.approx(
        cut.box(width, height), abs=30
    )


@pytest.mark.parametrize("numbers", [[4, 0, 0, 1, 1], [0, -1, 0, 5, 5], [0, 9_000, 0, 2_000, 1], [0, 0, 0, 0, 5]])
def test_what_lies_outside_is_no_cut(numbers):
    with pytest.raises(ValueError):
        Cut.of(numbers)


def test_nothing_said_is_the_whole_picture():
    assert Cut.of(None).is_nothing
    assert Cut.of(None).box(600, 400) == (0, 0, 600, 400)
    assert not Cut(turn=2).is_nothing


def corners() -> bytes:
    """A picture that is red above on the left, green above on the right, blue below on the left."""
    picture = Image.new("RGB", (400, 300), "white")
    for colour, place in (("red", (0, 0)), ("green", (300, 0)), ("blue", (0, 200))):
        picture.paste(colour, (*place, place[0] + 100, place[1] + 100))
    return hostile.as_bytes(picture, "PNG")


@pytest.mark.parametrize(
    ("turn", "size", "corner"),
    [(0, (400, 300), "red"), (1, (300, 400), "blue"), (2, (400, 300), "white"), (3, (300, 400), "green")],
)
def test_a_picture_is_turned_by_quarters_clockwise(turn, size, corner):
    picture = Image.open(BytesIO(make_picture(corners(), cut=Cut(turn=turn)).original))
    assert picture.size == size
    wanted = Image.new("RGB", (1, 1), corner).getpixel((0, 0))
    assert max(abs(a - b) for a, b in zip(picture.getpixel((40, 40)), wanted, strict=True)) < 30


def test_a_frame_leaves_what_lies_in_it():
    made = make_picture(corners(), cut=Cut(0, WHOLE * 3 // 4, 0, WHOLE // 4, WHOLE // 3))
    assert (made.width, made.height, made.widths) == (100, 100, (100,))
    red, green, blue = Image.open(BytesIO(made.original)).getpixel((50, 50))
    assert green > 100
    assert max(red, blue) < 60
