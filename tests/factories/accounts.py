"""People and their sessions."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher

from catalogue.accounts.models import Person, SignIn
from tests.factories.base import Factories

PASSWORD = "seven looms by the river"


@cache
def quick_hash(password: str) -> str:
    """A hash that argon2 accepts and makes in a millisecond."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


class AccountFactories(Factories):
    """People."""

    def person(self, *, password: str = PASSWORD, **given: Any) -> Person:
        """Somebody who can sign in and may do nothing yet."""
        number = self.number()
        columns = {
            "name": f"Person {number}",
            "email": f"person-{number}@mail.example",
            "language": "lo",
            "password_hash": quick_hash(password),
            "created_at": self.later(),
        }
        return self.save(Person(**{**columns, **given}))

    def session_key(self, person: Person, *, second_factor: bool = True, **given: Any) -> str:
        """Sign a person in; what the cookie of their browser holds."""
        key, now = secrets.token_urlsafe(32), datetime.now(UTC)
        columns = {
            "key_hash": hashlib.sha256(key.encode()).hexdigest(),
            "person_id": person.id,
            "device": "Firefox on a test",
            "created_at": now,
            "seen_at": now,
            "ends_at": now + timedelta(days=1),
            "second_factor_at": now if second_factor else None,
        }
        self.save(SignIn(**{**columns, **given}))
        return key
