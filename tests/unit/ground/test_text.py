"""Text that people type: two languages, nothing unseen, addresses of plain words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, composite, mapped_column

from catalogue.text import Bilingual, clean_line, clean_text, has_visible_letter, slug

QUICK = settings(max_examples=150, deadline=None)
BOTH = Bilingual("ຂັນເງິນ", "Silver bowl")
LAO = Bilingual(lo="ຂັນເງິນ")
ENGLISH = Bilingual(en="Silver bowl")
NEITHER = Bilingual("", " ")


@pytest.mark.parametrize(
    ("text", "language", "words", "given_in"),
    [
        (BOTH, "lo", "ຂັນເງິນ", "lo"),
        (BOTH, "en", "Silver bowl", "en"),
        (LAO, "en", "ຂັນເງິນ", "lo"),
        (ENGLISH, "lo", "Silver bowl", "en"),
        (NEITHER, "en", " ", "en"),
        (Bilingual(), "lo", "", "lo"),
    ],
)
def test_text_falls_back_to_the_language_we_have(text, language, words, given_in):
    assert text.in_(language) == words
    assert text.language_of(language) == given_in


@pytest.mark.parametrize(
    ("text", "missing"),
    [(BOTH, []), (LAO, ["en"]), (ENGLISH, ["lo"]), (NEITHER, ["lo", "en"]), (Bilingual(), ["lo", "en"])],
)
def test_missing_languages_are_named(text, missing):
    assert text.missing == missing
    assert text.is_complete is (missing == [])
    assert bool(text) is (len(missing) < 2)
    assert [text.has("lo"), text.has("en")] == ["lo" not in missing, "en" not in missing]


@pytest.mark.parametrize("ask", [BOTH.in_, BOTH.has, BOTH.language_of])
def test_a_third_language_is_a_mistake(ask):
    with pytest.raises(ValueError, match="th"):
        ask("th")


def test_an_empty_column_is_no_text():
    assert Bilingual(None, None) == Bilingual()
    assert hash(Bilingual("a", None)) == hash(Bilingual("a"))


def test_bilingual_is_a_composite_of_two_columns():
    class Base(DeclarativeBase):
        pass

    class Bowl(Base):
        __tablename__ = "bowl"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Bilingual] = composite(Bilingual, mapped_column("name_lo"), mapped_column("name_en"))

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Bowl(id=1, name=BOTH), Bowl(id=2, name=LAO)])
        session.flush()
        session.expire_all()
        assert session.get_one(Bowl, 1).name == BOTH
        assert session.scalars(select(Bowl.id).where(Bowl.name == LAO)).all() == [2]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Silver \t  bowl\n", "Silver bowl"),
        ("ຂັນເງິນ ລາຍດອກຈ\u0ecd\u0eb2ປາ", "ຂັນເງິນ ລາຍດອກຈຳປາ"),
        ("ເເຫວນເງິນ", "ແຫວນເງິນ"),
        ("ທ\u0ec8\u0eb5ໃສ່ທຽນ", "ທີ່ໃສ່ທຽນ"),
        ("ແຫວນ\u200bເງິນ", "ແຫວນເງິນ"),
        ("ຫນ່ວຍເງິນ", "ຫນ່ວຍເງິນ"),
        ("๑๒ แหวนเงิน", "๑๒ แหวนเงิน"),
        ("\ufeffref", "ref"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\u2066b\u2069c\u200dd\u00ade", "abcde"),
        ("nul\x00 bell\x07 \x9f\ud800end", "nul bell end"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("12\u00a0cm", "12\u00a0cm"),
        ("12,5\u202fກຼ", "12,5\u202fກຼ"),
        ("copied\u00a0from\u00a0a\u00a0page", "copied from a page"),
        ("12 \u00a0 cm\u00a0", "12 cm"),
        ("cafe\u0301", "café"),
        ("\u200b\u200b", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_line_is_kept_clean(typed, kept):
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("one  \n\n\n\n\ntwo", "one\n\ntwo"),
        ("one\u2028two\x0bthree", "one\ntwo\nthree"),
        ("- a\n  - b\ttab", "- a\n  - b tab"),
        ("ເເຫວນ\x00\u200b\nຈ\u0ecd\u0eb2ປາ", "ແຫວນ\nຈຳປາ"),
        (" \n \n", ""),
        (None, ""),
    ],
)
def test_a_text_keeps_its_lines(typed, kept):
    assert clean_text(typed) == kept


@QUICK
@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing(text):
    for clean in (clean_line, clean_text):
        once = clean(text)
        assert clean(once) == once
        assert not re.search("[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", once)
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("ຂັນ", True),
        ("Ana", True),
        ("银", True),
        ("", False),
        ("  ", False),
        ("\u3164\u115f\uffa0", False),
        ("\u2800", False),
        ("123", False),
        ("...", False),
        ("\u0eb5\u0ec8", False),
        ("\u200b\u2060", False),
    ],
)
def test_a_name_needs_a_letter_to_see(text, visible):
    assert has_visible_letter(text) is visible


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Silver bowl, frangipani", "silver-bowl-frangipani"),
        ("Élan d'été — Ærø", "elan-dete-aero"),
        ("The smith’s  BOWL (22,5 cm)", "the-smiths-bowl-22-5-cm"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full-width"),
        ("ຂັນເງິນ silver", "silver"),
        ("ຂັນເງິນ", ""),
        ("银碗", ""),
        ("--/../--", ""),
        ("", ""),
        ("word " * 30, "word-" * 11 + "word"),
        ("w" * 100, "w" * 60),
    ],
)
def test_slug_is_plain_words(words, address):
    assert slug(words) == address


@QUICK
@given(st.text(max_size=80))
def test_slug_is_safe_in_an_address(words):
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(words))
    assert slug(slug(words)) == slug(words)
