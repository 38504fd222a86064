"""What all factories share: the session, the time, numbers, and saving."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Thing = TypeVar("Thing")
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
numbers: Iterator[int] = count(1)


class Factories:
    """The base of every family. `at` is the time at which things are made; it moves on by a minute with each."""

    def __init__(self, session: Session, at: datetime = NOW) -> None:
        self.session = session
        self.at = at

    def later(self) -> datetime:
        """A minute after the thing made before."""
        self.at += timedelta(minutes=1)
        return self.at

    def save(self, thing: Thing) -> Thing:
        """Store and commit, so that every other connection sees it."""
        self.session.add(thing)
        self.session.commit()
        return thing

    def keep(self, thing: Thing) -> Thing:
        """Commit what an operation made."""
        self.session.commit()
        return thing

    @staticmethod
    def number() -> int:
        """A number that no other thing of this process has."""
        return next(numbers)

    @staticmethod
    def split(given: dict[str, Any], model: type) -> tuple[dict[str, Any], dict[str, Any]]:
        """What belongs to `model`, and the rest."""
        own = {name: value for name, value in given.items() if hasattr(model, name)}
        return own, {name: value for name, value in given.items() if name not in own}
