"""The demonstration's listings: begun by their makers, photographed, submitted, and published over the last months."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from catalogue.accounts.models import Person
from catalogue.demo.content import DemoConsortium, DemoMember, DemoProduct, Photograph, moved
from catalogue.demo.days import Days
from catalogue.demo.firms import maker_of, manager_of
from catalogue.demo.stage import Act, Stage
from catalogue.products.content import Content
from catalogue.products.editing import add_photo, create_draft
from catalogue.products.listing import publish, return_to_member, submit
from catalogue.products.models import ListingStatus, Product

SEED = "sala"
# How many days ago a product was begun, at least and at most. What is asked for was listed before anybody asked.
BEGUN = {
    ListingStatus.PUBLISHED: (12, 230),
    ListingStatus.RETURNED: (6, 8),
    ListingStatus.SUBMITTED: (2, 4),
    ListingStatus.DRAFT: (2, 5),
}
ASKED_FOR_SINCE = 75
KIP_A_DOLLAR = Decimal(21_500)  # as the demonstration tells it
MAKERS_SHARE = Decimal("0.92")
TESTED_BEFORE = timedelta(days=6)


def listings(content: DemoConsortium, asked_for: Collection[str], days: Days) -> Iterator[Act]:
    """Every product of a consortium, up to the state that its data file names."""
    firms = {member.firm.slug: member for member in content.members}
    for product in content.products:
        chance = Random(f"{SEED} {product.reference}")  # noqa: S311
        newest, oldest = BEGUN[product.status]
        newest = max(newest, ASKED_FOR_SINCE) if product.reference in asked_for else newest
        begun = days.at(chance.randint(newest, oldest), chance.randint(7, 18), chance.randint(0, 59))
        story = Listing(content.charter.slug, product, firms[product.member], days, chance)
        yield from story.acts(begun)


class Listing:
    """The way of one product through the office."""

    def __init__(self, slug: str, product: DemoProduct, firm: DemoMember, days: Days, chance: Random) -> None:
        self.slug = slug
        self.product = product
        self.firm = firm
        self.days = days
        self.chance = chance

    def acts(self, begun: datetime) -> Iterator[Act]:
        """From the draft to where it stands."""
        moment, status = begun, self.product.status
        yield Act(moment, self.begin)
        for photo in self.product.photos:
            moment += timedelta(minutes=self.chance.randint(2, 9))
            yield Act(moment, partial(self.photograph, photo))
        if status is ListingStatus.DRAFT:
            return
        moment += timedelta(minutes=self.chance.randint(10, 90))
        yield Act(moment, self.submit)
        if status is ListingStatus.SUBMITTED:
            return
        end = self.send_back if status is ListingStatus.RETURNED else self.publish
        yield Act(self.days.later(moment, timedelta(hours=self.chance.randint(4, 50)), in_office=True), end)

    def begin(self, stage: Stage, at: datetime) -> None:
        """The maker says what it is."""
        stage.products[self.slug, self.product.reference] = create_draft(
            stage.session,
            stage.members[self.slug, self.product.member],
            self._content(at),
            by=self._maker(stage),
            at=at,
            reference=self.product.reference,
            making_right=self.product.making_right,
        )

    def _content(self, at: datetime) -> Content:
        """What is said of it, with what the maker asks of the office: private, in kip."""
        content = with_dates_before(self.product.content, self.days.date_of(at), self.days.day)
        return replace(content, office_price=price_to_the_office(content))

    def photograph(self, photo: Photograph, stage: Stage, at: datetime) -> None:
        """The maker adds a picture."""
        if file := stage.photograph(self.slug, (self.product.reference, photo.file), at):
            product, maker = self._made(stage), self._maker(stage)
            add_photo(stage.session, product, file, by=maker, at=at, kind=photo.kind, alt=photo.alt)

    def submit(self, stage: Stage, at: datetime) -> None:
        """The maker sends it to the office."""
        submit(stage.session, self._made(stage), by=self._maker(stage), at=at)

    def send_back(self, stage: Stage, at: datetime) -> None:
        """The office asks for a correction."""
        reasons = [self.product.returned] if self.product.returned else []
        return_to_member(stage.session, self._made(stage), reasons, by=self._manager(stage), at=at)

    def publish(self, stage: Stage, at: datetime) -> None:
        """The office shows it."""
        # The pictures are made ready after everything is told, all at once.
        publish(stage.session, self._made(stage), by=self._manager(stage), at=at, unseen_photos=True)

    def _made(self, stage: Stage) -> Product:
        return stage.products[self.slug, self.product.reference]

    def _maker(self, stage: Stage) -> Person:
        return stage.people[maker_of(self.slug, self.firm).email]

    def _manager(self, stage: Stage) -> Person:
        return stage.people[manager_of(self.slug).email]


def price_to_the_office(content: Content) -> Decimal | None:
    """What a maker asks of the office for one, in ten thousands of kip: a little below the highest public price."""
    if not content.tiers or content.currency != "USD":
        return None
    kip = max(tier.amount for tier in content.tiers) * KIP_A_DOLLAR * MAKERS_SHARE
    return max(round(kip, -4), Decimal(10_000))


def with_dates_before(content: Content, begun: date, day: date) -> Content:
    """What is said of a product, with the dates in its details moved to the day of playing.

    What was tested was tested before it was listed; what expires still lies ahead.
    """
    details = dict(content.details)
    for key in [key for key in details if key.endswith("_on")]:
        on = moved(date.fromisoformat(details[key]), day)
        details[key] = (begun - TESTED_BEFORE if begun < on < day else on).isoformat()
    return replace(content, details=details)
