"""The data of the import: every sentence in both languages, clean Lao, and none that nobody says."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from catalogue import lao
from catalogue.consortia.sector import sectors
from catalogue.inquiries.terms import units as inquiry_units
from catalogue.leaks import Kind
from catalogue.money import CURRENCIES
from catalogue.products.sheets import fields
from catalogue.products.sheets.findings import Finding, sentences
from catalogue.products.sheets.report import phrases
from catalogue.text import clean_line

FOLDER = Path(fields.__file__).parent
SOURCES = "".join(path.read_text() for path in [*FOLDER.glob("*.py"), FOLDER.parents[1] / "cli" / "sheets.py"])
WORDS = tomllib.loads((FOLDER / "findings.toml").read_text("utf-8"))["word"]
PLACES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: path.name)
def test_lao_is_written_the_standard_way(path):
    for line in path.read_text("utf-8").splitlines():
        told = line.replace("two ເເ", "").replace('"ເເ ສອງໂຕ', "")  # a sentence about the wrong spelling
        assert not lao.has_thai(told)
        assert told == lao.normalise(told)
        assert not re.search("ຫນ|ຫມ", told)


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_sentence_says_the_same_in_both_languages(code):
    words = sentences()[code].words
    assert words.is_complete
    assert lao.has_lao(words.lo)
    assert not lao.has_lao(words.en)
    assert set(PLACES.findall(words.lo)) == set(PLACES.findall(words.en))
    assert clean_line(words.lo) == words.lo


def test_every_kind_of_contact_has_its_word():
    assert set(get_args(Kind)) <= set(WORDS)


@pytest.mark.parametrize("code", sorted({*sentences(), *phrases(), *WORDS} - {*get_args(Kind)}))
def test_everything_that_is_written_is_said_somewhere(code):
    assert re.search(f"""["']{re.escape(code)}["']""", SOURCES), code


@pytest.mark.parametrize("phrase", sorted(phrases()))
def test_phrases_of_the_report_are_complete(phrase):
    words = phrases()[phrase]
    assert words.is_complete
    assert set(PLACES.findall(words.lo)) == set(PLACES.findall(words.en))


def test_what_was_read_is_shown_short_and_in_one_line():
    finding = Finding("not-a-number", read="x\n\u202ey\x00" * 500)
    assert len(finding.text("en")) < 120
    assert finding.text("en").isprintable()
    told = Finding("columns-not-read", about={"columns": ["\x1b]0;title\x07", "\u202ebuyer"]}).text("lo")
    assert told.isprintable()


def test_units_and_currencies_are_those_of_the_site():
    assert set(fields.words()["units"]) <= set(inquiry_units())
    assert set(fields.words()["currencies"]) == set(CURRENCIES)


@pytest.mark.parametrize("trade", sectors(), ids=lambda trade: trade.key)
def test_aliases_name_things_that_the_sector_has(trade):
    path = FOLDER / "sectors" / f"{trade.key}.toml"
    if not path.exists():
        pytest.skip("a sector may do without")
    data = tomllib.loads(path.read_text("utf-8"))
    assert all(trade.category(key) for key in data.get("categories", {}))
    assert all(trade.material(key) for key in data.get("materials", {}))
    assert all(trade.technique(key) for key in data.get("techniques", {}))
