"""Tokens: derived, revocable, bound to one purpose."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.tokens import CROCKFORD, TokenMaker, new_key, public_id

MAKER = TokenMaker("a secret of this site")
KEY = "abcdefghijklmnop"
TOKEN = MAKER.make("buyer", KEY, 1)


def test_token_is_stable_across_runs():
    assert TOKEN == "abcdefghijklmnop" + "zyvu3upwvncjncdns2j7fp37eq"


def test_token_fits_a_mail_address():
    assert re.fullmatch(r"[a-z2-7]{42}", TOKEN)
    assert len(f"inquiry+{TOKEN}") <= 64


def test_token_is_valid_for_what_it_was_made():
    assert MAKER.is_valid("buyer", TOKEN, 1)
    assert MAKER.key_of(TOKEN) == KEY


def test_letter_case_does_not_matter():
    assert MAKER.is_valid("buyer", TOKEN.upper(), 1)
    assert MAKER.key_of(TOKEN.upper()) == KEY


@pytest.mark.parametrize(
    ("purpose", "generation"), [("reply", 1), ("sign-in", 1), ("buyer", 2), ("buyer", 0), ("buyer|", 1), ("", 1)]
)
def test_token_opens_nothing_else(purpose, generation):
    assert not MAKER.is_valid(purpose, TOKEN, generation)


@pytest.mark.parametrize("place", [0, 15, 16, 30, 41])
def test_one_changed_letter_spoils_a_token(place):
    changed = "b" if TOKEN[place] != "b" else "c"
    assert not MAKER.is_valid("buyer", TOKEN[:place] + changed + TOKEN[place + 1 :], 1)


@pytest.mark.parametrize(
    "junk",
    ["", KEY, TOKEN[:-1], TOKEN + "a", TOKEN + "\n", " " + TOKEN, TOKEN.replace("a", "1"), "\u212a" * 42, "ກ" * 42],
)
def test_what_has_not_the_shape_has_no_key(junk):
    assert MAKER.key_of(junk) is None
    assert not MAKER.is_valid("buyer", junk, 1)


def test_old_secret_keeps_old_links_alive():
    moved = TokenMaker("a new secret", ["an older one", "a secret of this site"])
    assert moved.is_valid("buyer", TOKEN, 1)
    assert moved.make("buyer", KEY, 1) != TOKEN


def test_another_secret_makes_no_valid_token():
    assert not TokenMaker("another secret").is_valid("buyer", TOKEN, 1)


@pytest.mark.parametrize(("secret", "old"), [("", []), ("good", [""]), ("good", ["good", ""])])
def test_empty_secret_is_refused(secret, old):
    with pytest.raises(ValueError, match="empty"):
        TokenMaker(secret, old)


def test_one_string_is_no_list_of_old_secrets():
    with pytest.raises(TypeError):
        TokenMaker("good", "old")


@pytest.mark.parametrize("key", ["", "short", "ABCDEFGHIJKLMNOP", "abcdefghijklmno1", KEY + "a"])
def test_token_is_made_of_a_real_key_only(key):
    with pytest.raises(ValueError, match="new_key"):
        MAKER.make("buyer", key, 1)


def test_secrets_are_not_printed():
    assert "secret" not in repr(TokenMaker("my secret", ["my secret of old"]))


@settings(max_examples=50)
@given(st.text(max_size=20), st.integers(0, 10**6))
def test_every_token_made_is_valid(purpose, generation):
    assert MAKER.is_valid(purpose, MAKER.make(purpose, new_key(), generation), generation)


def test_ids_are_many_and_well_shaped():
    keys, ids = ({make() for _ in range(500)} for make in (new_key, public_id))
    assert len(keys) == len(ids) == 500
    assert all(re.fullmatch(r"[a-z2-7]{16}", key) for key in keys)
    assert all(len(one) == 10 and set(one) <= set(CROCKFORD) for one in ids)
