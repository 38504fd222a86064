"""What is read once for each version of a catalogue and held ready; one thread reads, the others wait for it."""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """One thing for each consortium, read again when the version of its catalogue rises."""

    def __init__(self, read: Callable[[Session, Sequence[Consortium]], dict[int, Thing]]) -> None:
        self.read = read
        self._databases: WeakKeyDictionary[Pool, _OfDatabase[Thing]] = WeakKeyDictionary()
        self._opening = threading.Lock()

    def of(self, session: Session, consortia: Iterable[Consortium]) -> dict[int, Thing]:
        """The thing of each consortium by its id, at its version or a newer one; what is stale is read in one go.

        An old one is never given out, since the page made from it would be kept as if it were new.
        """
        wanted = {each.id: each for each in consortia}
        own = self._database(session)
        if own.stale(wanted.values()):
            with own.reading:
                if stale := own.stale(wanted.values()):
                    versions = {each.id: each.catalogue_version for each in stale}
                    own.things |= {key: (versions[key], thing) for key, thing in self.read(session, stale).items()}
        return {key: own.things[key][1] for key in wanted}

    def _database(self, session: Session) -> "_OfDatabase[Thing]":
        with self._opening:
            return self._databases.setdefault(session.get_bind().engine.pool, _OfDatabase())


class _OfDatabase(Generic[Thing]):
    """What is kept of one database: the version and the thing, by the consortium's id."""

    def __init__(self) -> None:
        self.things: dict[int, tuple[int, Thing]] = {}
        self.reading = threading.Lock()

    def stale(self, consortia: Iterable[Consortium]) -> list[Consortium]:
        """Those of which nothing is kept, or only something older."""
        return [each for each in consortia if self.things.get(each.id, (0,))[0] < each.catalogue_version]
