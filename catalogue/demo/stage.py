"""What the demonstration has made so far, and the acts by which it is made, each at its own past time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium, Member
from catalogue.media.keeping import Parked, keep
from catalogue.media.models import FileKind, StoredFile
from catalogue.products.models import Product

# Whose picture it is (a reference, a firm's slug, a number of an inquiry) and the name of its file.
Picture = tuple[str, str]


@dataclass
class Stage:
    """Things by the keys of the data files. `parked` lacks the pictures where none are wanted."""

    session: Session
    password_hash: str
    parked: Mapping[Picture, Parked]
    people: dict[str, Person] = field(default_factory=dict)
    consortia: dict[str, Consortium] = field(default_factory=dict)
    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    products: dict[tuple[str, str], Product] = field(default_factory=dict)

    def photograph(self, slug: str, picture: Picture, at: datetime) -> StoredFile | None:
        """A picture kept as a photograph of the consortium; None where no pictures are wanted."""
        parked = self.parked.get(picture)
        if parked is None:
            return None
        return keep(self.session, parked, consortium_id=self.consortia[slug].id, kind=FileKind.PHOTO, at=at)


@dataclass(frozen=True)
class Act:
    """One thing that one person did; `do` may rely on everything that lies before it in time."""

    at: datetime
    do: Callable[[Stage, datetime], object]


def play(stage: Stage, acts: Iterable[Act]) -> None:
    """Do everything in the order of its time, so that numbers, threads and the log stand in that order, too."""
    for act in sorted(acts, key=lambda act: act.at):
        act.do(stage, act.at.astimezone(UTC))
