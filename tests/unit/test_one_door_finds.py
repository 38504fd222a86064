"""The crawler's eye: what it would find."""

import pytest

from tests.one_door.private import Private

SMITH = Private(frozenset({"bench@smith.example"}), frozenset({"55550101"}))


@pytest.mark.parametrize(
    "text",
    [
        "Call +856 20 5555 0101",
        "020-5555.01 01",
        "໐໒໐ ໕໕໕໕ ໐໑໐໑",
        "２０ ５５５５ ０１０１",
        "tel:%2B856205555%30101",
        "write to BENCH@smith.example",
        "bench&#64;smith.example",
        '{"phone": "2055550101"}',
    ],
)
def test_a_contact_is_found_in_any_spelling(text):
    assert SMITH.found_in(text)


@pytest.mark.parametrize("text", ["5555 0102", "bench at the smith's", "Ø 55.5 × 50.1 cm, from 01/2026"])
def test_other_words_are_not(text):
    assert not SMITH.found_in(text)


def test_a_contact_is_found_in_the_bytes_of_a_picture():
    assert SMITH.found_in_bytes(b"\xff\xd8\xff\xe1 Exif +856 20 5555 0101 \x00\xff")
