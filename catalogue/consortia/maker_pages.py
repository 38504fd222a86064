"""What a firm says of itself in public: begun by its people, reviewed by the office, shown, and brought back.

A page is a row of its own until the office shows it; then the firm's public columns repeat it, and its first
photograph is the firm's face. At most one page of a firm is open (draft, submitted or returned) at a time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.maker_models import OPEN_PAGES, MakerPage, MakerPhoto, PageState
from catalogue.consortia.models import Consortium, Member
from catalogue.leaks import Leak, find_leaks
from catalogue.media.models import StoredFile
from catalogue.text import Bilingual

MOST_PHOTOS = 6
TEXTS = ("name", "village", "district", "province", "story")
LANGUAGES = ("lo", "en")
WRITABLE = frozenset({PageState.DRAFT, PageState.RETURNED})


@dataclass(frozen=True)
class Said:
    """What a maker's page says: people as a number, `since` as a year, capacity in pieces a month, all together."""

    name: Bilingual = Bilingual()
    village: Bilingual = Bilingual()
    district: Bilingual = Bilingual()
    province: Bilingual = Bilingual()
    story: Bilingual = Bilingual()
    techniques: list[str] = field(default_factory=list)
    people: int | None = None
    since: int | None = None
    monthly_capacity: int | None = None


class PageMoved(Exception):
    """The page is no longer as this person saw it: somebody saved, sent or decided meanwhile."""


class PageLacks(Exception):
    """The page lacks what the public needs; `missing` holds field names ("name_en")."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class PageLeaks(Exception):
    """A contact stands in the page's text; `leaks` holds it by field ("story_lo")."""

    def __init__(self, leaks: dict[str, list[Leak]]) -> None:
        super().__init__(", ".join(leaks))
        self.leaks = leaks


class TooManyPhotos(Exception):
    """A maker's page shows at most `MOST_PHOTOS` photographs."""


# -- reading --


def open_page(session: Session, member: Member) -> MakerPage | None:
    """The page that is being written or reviewed."""
    return session.scalar(_pages(member).where(MakerPage.state.in_(OPEN_PAGES)))


def shown_page(session: Session, member: Member) -> MakerPage | None:
    """The page that the public reads; None for a firm whose page was never changed since it joined."""
    return session.scalar(_pages(member).where(MakerPage.state == PageState.PUBLISHED))


def pages_of(session: Session, member: Member) -> Sequence[MakerPage]:
    """Every version of a firm's page, the newest first."""
    return session.scalars(_pages(member).order_by(MakerPage.number.desc())).all()


def submitted_pages(session: Session, consortium: Consortium) -> Sequence[MakerPage]:
    """Pages that wait for review, the longest wait first."""
    query = select(MakerPage).where(MakerPage.consortium_id == consortium.id, MakerPage.state == PageState.SUBMITTED)
    return session.scalars(query.options(selectinload(MakerPage.member)).order_by(MakerPage.submitted_at)).all()


def count_submitted_pages(session: Session, consortium: Consortium) -> int:
    """How many pages wait for review."""
    query = select(func.count()).where(MakerPage.consortium_id == consortium.id, MakerPage.state == PageState.SUBMITTED)
    return session.scalar(query) or 0


def said_by(page: MakerPage | Member) -> Said:
    """What a page says, or what the public reads of a firm today."""
    return Said(**{each.name: getattr(page, each.name) for each in fields(Said)})


def missing_in(page: MakerPage) -> list[str]:
    """What the public needs and is not there: name and story in both languages."""
    return [f"{name}_{side}" for name in ("name", "story") for side in getattr(page, name).missing]


def leaks_in(page: MakerPage, allowed: tuple[str, ...]) -> dict[str, list[Leak]]:
    """Contacts found in what the public would read, by field ("story_lo", "photo 2 alt_en")."""
    texts = {f"{name}_{side}": getattr(getattr(page, name), side) for name in TEXTS for side in LANGUAGES}
    for photo in page.photos:
        texts |= {f"photo {photo.position} alt_{side}": getattr(photo.alt, side) for side in LANGUAGES}
    found = {name: find_leaks(words, allowed) for name, words in texts.items()}
    return {name: leaks for name, leaks in found.items() if leaks}


# -- writing --


def begin(session: Session, member: Member, *, by: Person | None, at: datetime) -> MakerPage:
    """The open page of a firm, or a new one that begins as what the public reads. Two begun at once are one."""
    session.execute(select(Member.id).where(Member.id == member.id).with_for_update())
    if found := open_page(session, member):
        return found
    shown = shown_page(session, member) or _as_it_was(session, member, at=at)
    page = copy_of(session, shown, by=by, at=at)
    session.add(page)
    session.flush()
    record(session, "maker_page.begun", page, by, at)
    return page


def edit(session: Session, page: MakerPage, said: Said, *, opened_version: int, by: Person, at: datetime) -> None:
    """Save what was typed. Raises `PageMoved` when somebody saved since it was opened, or when it waits for review."""
    move(session, page, WRITABLE, page.state, opened_version)
    _say(page, said)
    session.flush()
    record(session, "maker_page.edited", page, by, at)


def edit_in_review(
    session: Session, page: MakerPage, said: Said, *, opened_version: int, by: Person, at: datetime
) -> None:
    """Complete what waits for review, by the office. Raises `PageMoved`."""
    move(session, page, {PageState.SUBMITTED}, PageState.SUBMITTED, opened_version)
    _say(page, said)
    session.flush()
    record(session, "maker_page.completed", page, by, at)


def add_photo(session: Session, page: MakerPage, file: StoredFile, *, by: Person | None, at: datetime) -> MakerPhoto:
    """Put one more photograph behind the others. Raises `TooManyPhotos`, or `PageMoved` while it waits for review."""
    move(session, page, WRITABLE, page.state)
    if any(photo.file_id == file.id for photo in page.photos):
        return next(photo for photo in page.photos if photo.file_id == file.id)
    if len(page.photos) >= MOST_PHOTOS:
        raise TooManyPhotos
    position = max((photo.position for photo in page.photos), default=0) + 1
    photo = MakerPhoto(consortium_id=page.consortium_id, file=file, position=position, alt=page.name)
    page.photos.append(photo)
    session.flush()
    record(session, "maker_photo.added", page, by, at, file=file.id)
    return photo


def remove_photo(session: Session, page: MakerPage, file_public_id: str, *, by: Person, at: datetime) -> None:
    """Take a photograph out; nothing happens when it is not there. Raises `PageMoved` while it waits for review."""
    move(session, page, WRITABLE, page.state)
    for photo in [each for each in page.photos if each.file.public_id == file_public_id]:
        page.photos.remove(photo)
        record(session, "maker_photo.removed", page, by, at, file=photo.file_id)
    session.flush()


def show_first(session: Session, page: MakerPage, file_public_id: str, *, by: Person, at: datetime) -> None:
    """Make a photograph the firm's face. Raises `PageMoved` while the page waits for review."""
    move(session, page, WRITABLE, page.state)
    ordered = sorted(page.photos, key=lambda photo: (photo.file.public_id != file_public_id, photo.position))
    for position, photo in enumerate(ordered, start=1):
        photo.position = position
    session.flush()
    session.expire(page, ["photos"])
    record(session, "maker_page.edited", page, by, at)


# -- for the steps of its life --


def copy_of(session: Session, page: MakerPage, *, by: Person | None, at: datetime) -> MakerPage:
    """A new page, not yet in the session, that says and shows the same as this one."""
    copy = MakerPage(
        consortium_id=page.consortium_id,
        member_id=page.member_id,
        number=_next_number(session, page.member),
        created_at=at,
        created_by=by.id if by else None,
    )
    _say(copy, said_by(page))
    copy.photos = [
        MakerPhoto(consortium_id=page.consortium_id, file_id=photo.file_id, position=photo.position, alt=photo.alt)
        for photo in page.photos
    ]
    return copy


def move(
    session: Session,
    page: MakerPage,
    start: Collection[PageState],
    end: PageState,
    opened_version: int | None = None,
) -> None:
    """One conditional update from a state to another; from one version only, where that is told."""
    session.flush()
    step = update(MakerPage).where(MakerPage.id == page.id, MakerPage.state.in_(start))
    if opened_version is not None:
        step = step.where(MakerPage.version == opened_version)
    step = step.values(state=end, version=MakerPage.version + 1).execution_options(synchronize_session=False)
    if session.connection().execute(step).rowcount != 1:
        raise PageMoved
    session.refresh(page)


def record(session: Session, action: str, page: MakerPage, by: Person | None, at: datetime, **data: Any) -> None:
    """Note what was done to a page, in the log of its consortium."""
    data = {"member": page.member_id, **data}
    log.record(session, action, page, at=at, chain=page.consortium_id, actor=log.actor_name(by), data=data)


# -- inside --


def _pages(member: Member) -> Any:
    return select(MakerPage).where(MakerPage.member_id == member.id, MakerPage.consortium_id == member.consortium_id)


def _as_it_was(session: Session, member: Member, *, at: datetime) -> MakerPage:
    """What the public read before the firm's first page, kept as a page, so that it can be brought back."""
    page = MakerPage(
        consortium_id=member.consortium_id,
        member=member,
        number=_next_number(session, member),
        state=PageState.PUBLISHED,
        created_at=member.created_at,
        published_at=member.created_at,
    )
    _say(page, said_by(member))
    if member.photo_id:
        page.photos.append(
            MakerPhoto(consortium_id=member.consortium_id, file_id=member.photo_id, position=1, alt=member.name)
        )
    session.add(page)
    session.flush()
    return page


def _next_number(session: Session, member: Member) -> int:
    return (session.scalar(select(func.max(MakerPage.number)).where(MakerPage.member_id == member.id)) or 0) + 1


def _say(page: MakerPage, said: Said) -> None:
    for each in fields(Said):
        setattr(page, each.name, getattr(said, each.name))
