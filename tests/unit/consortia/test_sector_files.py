"""The data files of sectors: every mistake in one is named by file, key and what is wrong."""

import copy
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.consortia import sector as known
from catalogue.consortia.sector import OURS, BadSectorFile, sectors
from catalogue.consortia.sector_files import sector_of
from catalogue.consortia.trade import DETAILS, Sector
from catalogue.text import Bilingual

HERE = Path(__file__).resolve().parents[3]
SILVER = tomllib.loads((OURS / "silver.toml").read_text("utf-8"))
FURNITURE = tomllib.loads((OURS / "furniture.toml").read_text("utf-8"))


def read(table: dict[str, Any], name: str = "silver") -> Sector:
    return sector_of(table, Path(f"{name}.toml"))


def changed(table: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The same tables with another value at one place; `...` takes it away."""
    table = copy.deepcopy(table)
    *way, last = path
    place: Any = table
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return table


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a file's tables."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inside for place in places(each, (*path, key)))]


# -- what is wrong is named --


@pytest.mark.parametrize(
    ("path", "value", "key", "words"),
    [
        (("name",), ..., "name", "both languages"),
        (("name", "en"), " ", "name", "both languages"),
        (("sort",), "first", "sort", "a whole number"),
        (("priced_by_metal",), 1, "priced_by_metal", "true or false"),
        (("colour",), "grey", "colour", "is not known here"),
        (("categories",), [], "categories", "at least one"),
        (("categories", 1, "key"), "bowls", "categories[0].key", "twice"),
        (("details", 0, "kind"), "colour", "details[0].kind", "'colour' is none of: text, words"),
        (("details", 0, "choices"), [], "details[0].choices", "at least one"),
        (("details", 0, "hints"), {}, "details[0].hints", "is not known here"),
        (("questions", 0, "fields"), ["category", "weight"], "questions[0].fields", "'weight' is not asked"),
        (("groups", 0, "fields"), ["details.colour"], "groups[0].fields", "'details.colour' is not asked"),
        (("certificates", 0, "proof"), "stamp", "certificates[0].proof", "'stamp' is not asked"),
        (("needed", "publishing"), ["beauty"], "needed.publishing", "'beauty' is not asked"),
        (("conditions", 0, "is"), "tested", "conditions[0].is", "'tested' is no answer"),
        (("fields", "office_price", "most"), "much", "fields.office_price.most", "must be a number"),
        (("fields", "beauty"), {}, "fields.beauty", "is no field"),
        (("key",), "gold", "key", "the file is named silver.toml"),
    ],
)
def test_a_mistake_is_named_by_file_key_and_what_is_wrong(path, value, key, words):
    with pytest.raises(BadSectorFile) as refusal:
        read(changed(SILVER, path, value))

    assert next((file, at) for file, at, _what in refusal.value.problems) == ("silver.toml", key)
    assert words in str(refusal.value)


def test_all_mistakes_are_told_at_once():
    table = changed(changed(SILVER, ("sort",), "x"), ("details", 2, "kind"), "x")
    with pytest.raises(BadSectorFile) as refusal:
        read(table)
    assert [at for _file, at, _what in refusal.value.problems] == ["sort", "details[2].kind"]


def test_limits_and_dates_are_checked():
    upside_down = changed(SILVER, ("details", 1, "least"), 2000)
    with pytest.raises(BadSectorFile, match=r"details\[1\].most: 1000 is less than the least, 2000"):
        read(upside_down)
    with pytest.raises(BadSectorFile, match=r"rules\[0\].issued_on: must be a date"):
        read(changed(FURNITURE, ("rules", 0, "issued_on"), "2018"), "furniture")
    with pytest.raises(BadSectorFile, match=r"rules\[0\].answer: .* is no date"):
        read(changed(FURNITURE, ("rules", 0, "answer"), "details.finish"), "furniture")


# -- in a folder --


@pytest.fixture
def elsewhere():
    yield known.read_from
    known.read_from(None)


@pytest.mark.parametrize(
    ("text", "words"),
    [("key = ", "is no TOML"), (b"\xff\xfe".decode("latin-1"), "is no TOML"), ('key = "wool"', "name: must say both")],
)
def test_a_site_says_which_file_is_bad(tmp_path, elsewhere, text, words):
    (tmp_path / "wool.toml").write_text(text)
    with pytest.raises(BadSectorFile) as refusal:
        elsewhere(tmp_path)
    assert str(refusal.value).startswith("wool.toml: ")
    assert words in str(refusal.value)


def test_an_empty_folder_is_refused(tmp_path, elsewhere):
    with pytest.raises(BadSectorFile, match="no folder with a file for a sector"):
        elsewhere(tmp_path)


def test_the_folder_can_be_another(tmp_path, elsewhere):
    for name in ("rice", "silk"):
        (tmp_path / f"{name}.toml").write_bytes((OURS / f"{name}.toml").read_bytes())

    elsewhere(tmp_path)
    assert [each.key for each in sectors()] == ["silk", "rice"]

    elsewhere(None)
    assert len(sectors()) == 5


# -- whatever stands in a file --

words = st.text(max_size=12)
junk = st.recursive(
    st.none().map(lambda _none: ...)
    | st.booleans()
    | st.integers()
    | st.floats()
    | words
    | st.sampled_from([date(2026, 1, 1), datetime(2026, 1, 1), time(1), "silver", "name_lo", "details.mark", "choice"]),  # noqa: DTZ001
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)


def without_gaps(value: Any) -> Any:
    """The same without `...` inside."""
    if isinstance(value, dict):
        return {key: without_gaps(each) for key, each in value.items() if each is not ...}
    return [without_gaps(each) for each in value if each is not ...] if isinstance(value, list) else value


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([(SILVER, "silver"), (FURNITURE, "furniture")]), st.data())
def test_a_file_is_read_or_refused_in_words_whatever_stands_in_it(given_file, data):
    table, name = given_file
    path = data.draw(st.sampled_from(places(table)[1:]))
    value = data.draw(junk)
    made, problems = None, ()
    try:
        made = read(changed(table, path, without_gaps(value)), name)
    except BadSectorFile as refusal:
        problems = refusal.problems
    assert all(file == f"{name}.toml" and what for file, _at, what in problems)
    assert made is not None or problems
    if made:
        assert_whole(made)


@settings(max_examples=60)
@given(st.dictionaries(words, junk.map(without_gaps), max_size=4))
def test_any_table_is_read_or_refused(table):
    with pytest.raises(BadSectorFile):
        read({key: value for key, value in table.items() if value is not ...})


@pytest.mark.parametrize("trade", sectors(), ids=lambda each: each.key)
def test_our_own_are_whole(trade):
    assert_whole(trade)
    assert len(trade.questions) == 4
    in_groups = {field for group in trade.groups for field in group.fields}
    in_questions = {field for question in trade.questions for field in question.fields}
    assert set(trade.asked) - in_groups - in_questions <= {"office_currency", "diameter_mm", "depth_mm", "height_mm"}
    assert not {field for field in in_groups & in_questions if field != "net_weight_g"}
    assert hash(trade)


@pytest.mark.parametrize("trade", sectors(), ids=lambda each: each.key)
def test_each_category_has_a_drawing(trade):
    drawn = (HERE / "static" / "img" / "kinds.svg").read_text("utf-8")
    assert [each.key for each in trade.categories if f'id="{each.icon}"' not in drawn] == []


@pytest.mark.parametrize("trade", sectors(), ids=lambda each: each.key)
def test_each_paper_can_be_entered(trade):
    in_groups = {field for group in trade.groups for field in group.fields}
    for paper in trade.certificates:
        assert {DETAILS + key for key in paper.details} <= in_groups


def assert_whole(made: Sector) -> None:
    """What every reader of a sector takes for granted."""
    words = [each.label for each in made.asked.values()] + [each.title for each in made.groups]
    words += [each.label for each in made.questions]
    words += [each.name for each in (*made.categories, *made.materials, *made.techniques)]
    assert all(isinstance(each, Bilingual) and each.is_complete for each in words)
    named = [field for each in (*made.questions, *made.groups) for field in each.fields]
    assert set(named) <= set(made.asked)
    assert {"name", "category", "minimum_order"} <= set(made.sending)
    assert all(each.choices for each in made.details if each.kind == "choice")
    assert all(each.least <= each.most for each in made.asked.values() if None not in (each.least, each.most))
