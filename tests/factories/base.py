"""What all factories share: the session, the time, numbers, and saving."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Thing = TypeVar("Thing")
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
numbers: Iterator[int] = count(1)


def at_once(factory: Callable[..., Thing]) -> Callable[..., Thing]:
    """One commit for all that a factory makes, and not one for each part: it reads everything anew."""

    @wraps(factory)
    def made(self: "Factories", *args: Any, **given: Any) -> Thing:
        self.inside += 1
        try:
            thing = factory(self, *args, **given)
        finally:
            self.inside -= 1
        return self.keep(thing)

    return made


class Factories:
    """The base of every family. `at` is the time at which things are made; it moves on by a minute with each."""

    def __init__(self, session: Session, at: datetime = NOW) -> None:
        self.session = session
        self.at = at
        self.inside = 0

    def later(self) -> datetime:
        """A minute after the thing made before."""
        self.at += timedelta(minutes=1)
        return self.at

    def save(self, thing: Thing) -> Thing:
        """Store and commit, so that every other connection sees it."""
        self.session.add(thing)
        return self.keep(thing)

    def keep(self, thing: Thing) -> Thing:
        """Commit what an operation made, or leave that to the factory that asked for it."""
        if self.inside:
            self.session.flush()
        else:
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
