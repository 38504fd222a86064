"""The woven emblem: always the same for one slug, another for another, the same on all four sides."""

import re
from types import SimpleNamespace as Some

import pytest

from catalogue.web.emblems import drawn_emblem, emblem_svg

SLUGS = [f"consortium-{number}" for number in range(60)]


def cells(slug: str) -> dict[tuple[int, int], str]:
    """The colour of each thread by column and row."""
    woven = {}
    for colour, x, y, length in re.findall(r'<path fill="(#\w+)" d="M(\d+) (\d+)h(\d+)v', emblem_svg(slug)):
        for step in range(int(length) // 3):
            woven[int(x) // 3 + step, int(y) // 3] = colour
    return woven


def test_emblem_is_the_same_for_the_same_slug():
    assert emblem_svg("mekong-silver") == emblem_svg("mekong-silver")


def test_emblems_differ():
    assert len({emblem_svg(slug) for slug in SLUGS}) == len(SLUGS)


@pytest.mark.parametrize("slug", SLUGS[:10])
def test_emblem_is_mirrored_both_ways(slug):
    woven = cells(slug)
    assert woven
    assert all(woven.get((16 - x, y)) == woven.get((x, 16 - y)) == colour for (x, y), colour in woven.items())


@pytest.mark.parametrize("slug", SLUGS[:10])
def test_emblem_has_at_most_five_colours(slug):
    assert 2 <= len(set(re.findall(r'fill="(#\w+)"', emblem_svg(slug)))) <= 5


def test_slug_is_not_written_into_the_drawing():
    assert "script" not in emblem_svg('"><script>')


def test_five_sectors_and_the_hall_have_drawn_emblems():
    assert drawn_emblem(None) == "emblem-sala"
    assert drawn_emblem(Some(slug="mekong", sector="silver")) == "emblem-silver"
    assert drawn_emblem(Some(slug="khoun", sector="paper")) is None
