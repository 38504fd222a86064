"""The day that kept pages stand under, and the name of a release."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from catalogue.products.shelf import Choice
from catalogue.products.shelf_rows import FACETS
from catalogue.web import kept
from catalogue.web.storefront.choosing import Asked
from catalogue.web.storefront.products import products
from config import Settings


class Clock:
    """A clock that a test sets, and that counts how often the date was worked out."""

    def __init__(self, moment):
        self.moment, self.reads = moment, 0

    def seconds(self):
        return self.moment.timestamp()

    def at(self):
        self.reads += 1
        return self.moment


def test_the_day_begins_at_midnight_in_vientiane():
    clock = Clock(datetime(2026, 11, 2, 16, 59, 59, tzinfo=UTC))
    day = kept.Day(clock.seconds, clock.at)
    assert [day(), day(), day()] == ["2026-11-02"] * 3
    assert clock.reads == 1
    clock.moment = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
    assert [day(), day()] == ["2026-11-03"] * 2
    assert clock.reads == 2


def test_a_clock_that_is_set_back_is_believed():
    clock = Clock(datetime(2026, 11, 3, 3, 0, tzinfo=UTC))
    day = kept.Day(clock.seconds, clock.at)
    assert day() == "2026-11-03"
    clock.moment = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
    assert day() == "2026-11-02"


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A small program of its own."""
    for name in ("catalogue", "templates", "static", "translations"):
        (tmp_path / name).mkdir()
    for name in ("config.py", "requirements.txt", "catalogue/app.py", "templates/home.html", "static/site.css"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(kept, "HERE", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["config.py", "requirements.txt", "catalogue/app.py", "templates/home.html", "static/new.js"]
)
def test_every_change_of_the_program_is_a_new_release(program, name):
    before = kept.release_of(Settings())
    assert kept.release_of(Settings()) == before
    (program / name).write_text("changed")
    assert kept.release_of(Settings()) != before


@pytest.mark.parametrize(
    "change", [{"SITE_URL": "https://other.example"}, {"DATABASE_URL": "sqlite:///other"}, {"DEMO": "1"}]
)
def test_another_site_is_another_release(program, change):
    assert kept.release_of(replace(Settings(), **change)) != kept.release_of(Settings())


def test_what_python_leaves_behind_is_no_part_of_it(program):
    before = kept.release_of(Settings())
    (program / "catalogue/app.cpython-311.pyc").write_bytes(b"compiled")
    assert kept.release_of(Settings()) == before


def test_the_list_knows_every_parameter_of_its_own_links():
    """A filter that were not named at the view would be dropped before the view could read it."""
    everything = Asked(None, "bowl", Choice(**dict.fromkeys(FACETS, ("key",))), "new", "cursor")
    assert list(everything.parameters()) == ["q", *products.kept.parameters]
    assert products.kept.one_of == set(FACETS)
    assert products.kept.unless == {"q"}


@pytest.mark.parametrize(
    "path", ["/en/%", "/en/a b", "/en/\n", "/en/a;b", "/desk/", "/static/site.css", "", "*", "/en/ຂັນ/"]
)
def test_odd_paths_are_not_even_looked_up(path):
    assert kept.Places(None, None).at(path) is None
