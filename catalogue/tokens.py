"""Derived tokens for private links, and the random ids that addresses show."""

import base64
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

KEY_LENGTH = 16
TOKEN_LENGTH = 42
TOKEN_SHAPE = re.compile(r"[A-Za-z2-7]{42}")
KEY_SHAPE = re.compile(r"[a-z2-7]{16}")
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def public_id() -> str:
    """Ten random lower-case Crockford base32 characters (50 bits): an address, never a secret."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(10))


def new_key() -> str:
    """A random 80-bit id as 16 lower-case base32 characters: what is stored of a token."""
    return _base32(secrets.token_bytes(10))


@dataclass(frozen=True)
class TokenMaker:
    """Makes and checks tokens: a stored key, and a seal that only `secret` can make.

    Nothing secret is stored, so a letter composed later can carry the link; raising the generation revokes it. Seals
    made with `old_secrets` stay valid. An empty secret is refused: everyone could make its seals.
    """

    secret: str = field(repr=False)
    old_secrets: Sequence[str] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if isinstance(self.old_secrets, str):
            raise TypeError("old secrets are a sequence of strings")
        if not all([self.secret, *self.old_secrets]):
            raise ValueError("a secret is empty")

    def make(self, purpose: str, key: str, generation: int) -> str:
        """The token of 42 characters (lower-case letters and 2-7); ValueError when `key` is none of `new_key`'s."""
        if not KEY_SHAPE.fullmatch(key):
            raise ValueError("the key does not come from new_key")
        return key + _seal(self.secret, purpose, key, generation)

    def key_of(self, token: str) -> str | None:
        """The key inside a token, in any letter case; None when it has not a token's shape. Proves nothing yet."""
        return token[:KEY_LENGTH].lower() if TOKEN_SHAPE.fullmatch(token) else None

    def is_valid(self, purpose: str, token: str, generation: int) -> bool:
        """Whether the token was made for this purpose and generation, with the secret or an old one."""
        key = self.key_of(token)
        if key is None:
            return False
        given = token[KEY_LENGTH:].lower()
        fits = False
        for secret in (self.secret, *self.old_secrets):
            fits |= hmac.compare_digest(given, _seal(secret, purpose, key, generation))
        return fits


def _seal(secret: str, purpose: str, key: str, generation: int) -> str:
    words = f"{purpose}|{key}|{generation}"
    return _base32(hmac.digest(secret.encode(), words.encode(), sha256)[:16])


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
