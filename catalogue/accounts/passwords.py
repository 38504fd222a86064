"""Passwords: hashed with argon2, judged in the same time whether the account exists or not."""

import re
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
HASHER = PasswordHasher()
NOT_LETTERS = re.compile(r"[\W\d_]+")
# What is left of the most used passwords of twelve letters and more, once figures and signs are taken out.
COMMON = frozenset(
    {
        "",
        *("password", "passwordpassword", "passw", "pass", "qwerty", "qwertyuiop"),
        *("qwertyuiopasdfghjkl", "qwertyqwerty", "asdfghjkl", "azerty", "abc", "abcd"),
        *("abcdef", "abcdefgh", "admin", "administrator", "welcome", "letmein"),
        *("iloveyou", "sunshine", "princess", "football", "baseball", "dragon"),
        *("monkey", "superman", "batman", "starwars", "trustno", "changeme"),
        *("secret", "test", "testtest", "hello", "google", "facebook"),
        *("laos", "vientiane", "sala"),
    }
)


class WeakPassword(Exception):
    """The password is too easy to guess; `reason` is "short", "long", "own name", "one letter" or "common"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def hashed(password: str) -> str:
    """What the database keeps of a password. Takes about 50 ms: never inside a write transaction."""
    return HASHER.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one; as slow for no hash at all as for a wrong password."""
    try:
        return HASHER.verify(password_hash or _nobodys(), password[: LONGEST + 1]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def refuse_weak(password: str, own_words: tuple[str, ...]) -> None:
    """Raises `WeakPassword` for a password that is guessed first (ASVS 6.2: length counts, no rules of composition)."""
    if len(password) < SHORTEST:
        raise WeakPassword("short")
    if len(password) > LONGEST:
        raise WeakPassword("long")
    if len(set(password)) < 5:
        raise WeakPassword("one letter")
    if NOT_LETTERS.sub("", password.casefold()) in COMMON:
        raise WeakPassword("common")
    if any(len(word) > 3 and word.casefold() in password.casefold() for word in own_words):
        raise WeakPassword("own name")


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
