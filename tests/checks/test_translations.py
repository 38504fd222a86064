"""The Lao file: complete, certain, and spelt as Lao is spelt."""

import re
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from tests.checks.sources import HERE
from tests.checks.test_templates import NAMES

LAO = HERE / "translations" / "lo" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\(\w+\)[sd]")
WRONG = {
    "\u0e40\u0e40": "two ເ instead of ແ",
    "\u0eab\u0e99": "ຫນ instead of ໜ",
    "\u0eab\u0ea1": "ຫມ instead of ໝ",
    "\u0ecd\u0eb2": "ໍ + າ instead of ຳ",
    "\u200b": "a zero width space",
}
THAI = re.compile(r"[\u0e00-\u0e7f]")
TONE_BEFORE_VOWEL = re.compile(r"[\u0ec8-\u0ecb][\u0eb4-\u0eb9\u0ebb\u0ecd]")
PLAIN_SPACE_BEFORE_UNIT = re.compile(r"%\((?:num|count|days|grams|weight)\w*\)[sd] (?:g|kg|mm|cm|MB|KB|%)\b")


def messages():
    with LAO.open("rb") as file:
        return [message for message in read_po(file, locale="lo") if message.id]


def lao_of(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def english_of(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def faults(is_wrong):
    return [f"{english_of(message)!r}: {lao!r}" for message in messages() for lao in lao_of(message) if is_wrong(lao)]


def test_texts_are_collected_and_all_have_lao():
    told = subprocess.run(
        [sys.executable, ".ci/translations.py", "--check"], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(("letters", "why"), WRONG.items(), ids=list(WRONG.values()))
def test_lao_is_spelt_as_it_is_stored(letters, why):
    assert faults(lambda lao: letters in lao) == []


def test_no_thai_letter_stands_in_lao():
    assert faults(THAI.search) == []


def test_tone_marks_stand_after_vowels():
    assert faults(TONE_BEFORE_VOWEL.search) == []


def test_places_of_both_languages_are_the_same():
    """A plural's Lao may leave out the number's place only where one of the English forms does."""
    wrong = []
    for message in messages():
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set(PLACE.findall(" ".join(english)))
        wrong += [english[0] for lao in lao_of(message) if lao and set(PLACE.findall(lao)) != wanted]
    assert wrong == []


def test_number_and_unit_stay_together():
    assert faults(PLAIN_SPACE_BEFORE_UNIT.search) == []


def test_a_text_is_not_its_own_translation():
    same = [message.id for message in messages() if isinstance(message.id, str) and message.string == message.id]
    assert [text for text in same if text not in NAMES and re.search(r"[a-z]{4,}", PLACE.sub("", text))] == []
