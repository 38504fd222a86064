"""Playing the demonstration into an empty database: one transaction for everything that is told, then the pictures."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.accounts.passwords import hashed
from catalogue.consortia.models import Consortium, Member
from catalogue.database import writing
from catalogue.demo import pictures
from catalogue.demo.asked import FOLDER, read_inquiries
from catalogue.demo.asking import Asking
from catalogue.demo.begun import Begun, begun_in, read_begun
from catalogue.demo.content import DemoConsortium, read_consortia
from catalogue.demo.days import Days
from catalogue.demo.firms import founding, network
from catalogue.demo.listings import listings
from catalogue.demo.orders import SLUG, Year, read_year
from catalogue.demo.sign_ins import PASSWORD, SIGN_INS
from catalogue.demo.stage import Act, Picture, Stage, play
from catalogue.demo.year import year
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry, InquiryStatus, Message, MessageKind
from catalogue.media.keeping import Parked
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.media.stores import store_for
from catalogue.notices.addresses import buyer_page
from catalogue.outbox.settling import settle_past
from catalogue.products.models import ListingStatus, Product
from catalogue.web.clock import in_vientiane, now

NOT_DELIVERED = "demonstration letters are not delivered"
# Shows how far a number of steps is; click's progress bar is one.
Bar = Callable[[Iterator[bool], int], Iterable[bool]]

__all__ = ["SIGN_INS", "NotPlayed", "buyer_pages", "is_empty", "play_demo"]


class NotPlayed(Exception):
    """Why the demonstration is not played here, in one sentence."""


@dataclass(frozen=True)
class Counts:
    """What stands in the database."""

    consortia: int
    members: int
    products: int
    published: int
    inquiries: int
    photographs: int

    def __str__(self) -> str:
        return (
            f"{self.consortia} consortia, {self.members} members, {self.products} products, {self.published} of them "
            f"published, {self.inquiries} inquiries, {self.photographs} photographs"
        )


@dataclass(frozen=True)
class Programme:
    """Everything that is told, read and counted back from one day."""

    consortia: tuple[DemoConsortium, ...]
    askings: tuple[Asking, ...]
    days: Days
    orders: Year
    begun: tuple[Begun, ...] = ()

    @property
    def pictures(self) -> list[Picture]:
        """Every picture, with whose it is."""
        return [
            *(picture for each in self.consortia for picture in _pictures_of(each)),
            *(picture for asking in self.askings for picture in asking.pictures),
            *(each.picture for each in self.begun),
        ]

    def acts(self) -> Iterator[Act]:
        """Everything that anybody did, in no order."""
        yield from network(self.days)
        for content in self.consortia:
            slug = content.charter.slug
            asked_for = {line.product for asking in self.askings if asking.slug == slug for line in asking.told.lines}
            yield from founding(content, self.days)
            yield from listings(content, asked_for, self.days)
            yield from begun_in(self.begun, content, self.days)
        for asking in self.askings:
            yield from asking.acts()
        [silver] = [content for content in self.consortia if content.charter.slug == SLUG]
        yield from year(self.orders, silver, [each for each in self.askings if each.slug == SLUG], self.days)


def play_demo(
    app: Flask,
    echo: Callable[[str], object],
    *,
    day: date | None = None,
    with_photos: bool = True,
    bar: Bar = lambda steps, _length: steps,
) -> Counts:
    """Fill an empty database with the demonstration, told of the days before `day` (today, in Vientiane).

    Over a demonstration that is there nothing is added; pictures that were not made are. Raises `NotPlayed`.
    """
    refuse_others(app)
    with app.app_context():
        engine, store = db.engine, store_for(app.config["SETTINGS"].media_url)
        with Session(engine) as session:
            is_first = is_empty(session)
            refuse_real_data(session)
        if is_first:
            programme = read_programme(day or in_vientiane(now()).date())
            echo("Firms, listings and inquiries of the past years, told to the database ...")
            parked = pictures.park_all(store, programme.pictures) if with_photos else {}
            tell(engine, programme, parked)
        else:
            echo("The demonstration is here already: nothing was added.")
        with Session(engine) as session:
            jobs = pictures.waiting(session)
        left = (
            [done for done in bar(pictures.make_all(engine, store, jobs, now), len(jobs)) if not done] if jobs else []
        )
        if left:
            echo(f"{len(left)} photographs could not be made now; the worker tries again.")
        with Session(engine) as session:
            return counts(session)


def refuse_others(app: Flask) -> None:
    """Raises `NotPlayed` where the site can be reached by others: everybody would know these passwords."""
    if not app.config["SETTINGS"].is_local:
        raise NotPlayed("SITE_URL is not this machine: demonstration accounts must not exist there.")


def is_empty(session: Session) -> bool:
    """Whether the database holds no consortium and no person."""
    return all(session.scalar(select(model.id).limit(1)) is None for model in (Consortium, Person))


def refuse_real_data(session: Session) -> None:
    """Raises `NotPlayed` where the database holds anything else than a demonstration."""
    is_demo = session.scalars(select(Consortium.is_demo)).all()
    if not all(is_demo) or (not is_demo and not is_empty(session)):
        raise NotPlayed("The database holds other data: the demonstration only goes into an empty one.")


def read_programme(day: date) -> Programme:
    """Read every data file. Raises `ContentFault`, which names file and key."""
    days, consortia = Days(day), read_consortia()
    askings = [asking for content in consortia for asking in _askings(content, days)]
    return Programme(consortia, tuple(askings), days, read_year(), read_begun())


def tell(engine: Engine, programme: Programme, parked: dict[Picture, Parked]) -> None:
    """Do everything in one transaction: ended at any moment, nothing of it is there."""
    password_hash = hashed(PASSWORD)
    with writing(engine) as session:
        if not is_empty(session):
            raise NotPlayed("Somebody filled the database a moment ago.")
        stage = Stage(session, password_hash, parked)
        play(stage, programme.acts())
        for consortium in stage.consortia.values():
            settle_past(session, consortium.id, NOT_DELIVERED)


def counts(session: Session) -> Counts:
    """What stands in the database now."""
    is_made = (StoredFile.kind == FileKind.PHOTO, StoredFile.state == FileState.READY)
    return Counts(
        consortia=_count(session, Consortium),
        members=_count(session, Member),
        products=_count(session, Product),
        published=_count(session, Product, Product.status == ListingStatus.PUBLISHED),
        inquiries=_count(session, Inquiry),
        photographs=_count(session, StoredFile, *is_made),
    )


def buyer_pages(session: Session) -> list[str]:
    """The private page of the buyer of silver who wrote last, and whose inquiry is still in work or with the makers."""
    goes_on = (InquiryStatus.IN_WORK, InquiryStatus.CALLED)
    query = (
        select(Inquiry)
        .join(Inquiry.consortium)
        .join(Inquiry.messages)
        .where(Consortium.slug == "silver", Inquiry.status.in_(goes_on), Message.kind == MessageKind.BUYER)
        .order_by(Message.at.desc())
        .limit(1)
    )
    return [buyer_page(inquiry, inquiry.language) for inquiry in session.scalars(query)]


def _count(session: Session, model: type, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0  # type: ignore[arg-type]


def _askings(content: DemoConsortium, days: Days) -> Iterator[Asking]:
    slug = content.charter.slug
    published = {each.reference for each in content.products if each.status is ListingStatus.PUBLISHED}
    for number, told in enumerate(read_inquiries(FOLDER / f"{slug}.toml", published), start=1):
        yield Asking(slug, number, told, days)


def _pictures_of(content: DemoConsortium) -> Iterator[Picture]:
    yield content.charter.slug, content.hero
    for member in content.members:
        if member.photo:
            yield member.firm.slug, member.photo
    for product in content.products:
        for photo in product.photos:
            yield product.reference, photo.file
