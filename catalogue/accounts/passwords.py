"""Passwords: hashed with argon2, judged in the same time whether the account exists or not."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
HASHER = PasswordHasher()


class WeakPassword(Exception):
    """The password is too easy to guess; `reason` is "short", "long", "own name" or "one letter"."""

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
    if any(len(word) > 3 and word.casefold() in password.casefold() for word in own_words):
        raise WeakPassword("own name")


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody has this password")
