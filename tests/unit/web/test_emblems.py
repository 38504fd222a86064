"""The woven emblem: always the same for one slug, another for another, the same on all four sides."""

import re
from types import SimpleNamespace as Some

import pytest

from catalogue.web.emblems import drawn_emblem, emblem_svg

SLUGS = [f"consortium-{number}" for number in range(60)]


def cells(slug: str) -> dict[tuple[int, int], str]:
    """The colour of each thread by column and row."""
    woven = {}
    for colour, drawn in re.findall(r'<path fill="(#\w+)" d="([^"]+)"', emblem_svg(slug))[1:]:
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v", drawn):
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
    assert "script" not in emblem_svg('"><script>', '"><script>')


def test_two_of_one_trade_share_its_cloth_and_differ_in_figure():
    one, other = emblem_svg("luang-prabang-silver", "silver"), emblem_svg("vientiane-silver", "silver")

    assert one != other
    assert ground(one) == ground(other) == "#7b1e2b"
    assert ground(emblem_svg("vientiane-silver", "silk")) == "#2b3a67"


def test_every_figure_can_be_woven():
    seen = {emblem_svg(f"any-{number}", "rice") for number in range(2000)}
    assert len(seen) > 1500


def test_five_that_bear_the_name_of_their_trade_and_the_hall_have_drawn_emblems():
    assert drawn_emblem(None) == "emblem-sala"
    assert drawn_emblem(Some(slug="silver", sector="silver")) == "emblem-silver"
    assert drawn_emblem(Some(slug="mekong", sector="silver")) is None
    assert drawn_emblem(Some(slug="paper", sector="paper")) is None


def ground(svg: str) -> str:
    return re.search(r'<path fill="(#\w+)"', svg)[1]
