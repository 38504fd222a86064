"""What the demonstration's members have begun on their phones: a photograph, the first answers, nothing sent yet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from catalogue.demo.content import FOLDER, PHOTOS, DemoConsortium
from catalogue.demo.days import Days
from catalogue.demo.firms import maker_of
from catalogue.demo.reading import Table, read_file
from catalogue.demo.stage import Act, Picture, Stage
from catalogue.products.content import Content
from catalogue.products.drafting import write_answer
from catalogue.products.editing import add_photo, create_draft
from catalogue.products.models import PhotoKind
from catalogue.text import Bilingual

FILE = FOLDER / "begun.toml"
ASKED = ("category", "net_weight_g", "office_price", "minimum_order")
BETWEEN_ANSWERS = timedelta(minutes=1)


@dataclass(frozen=True)
class Begun:
    """A draft of the firm with the slug `member`: what it says so far, and what was typed and not understood."""

    consortium: str
    member: str
    reference: str
    days_ago: int
    time: time
    photo: str
    content: Content
    typed: dict[str, str]

    @property
    def picture(self) -> Picture:
        """Its photograph."""
        return self.reference, self.photo


def read_begun() -> tuple[Begun, ...]:
    """Every draft of the data file. Raises `ContentFault`."""
    with read_file(FILE) as top:
        return tuple(_begun(each) for each in top.tables("begun"))


def begun_in(begun: tuple[Begun, ...], content: DemoConsortium, days: Days) -> Iterator[Act]:
    """How the drafts of one consortium were begun."""
    firms = {member.firm.slug: member for member in content.members}
    for each in begun:
        if each.consortium == content.charter.slug:
            email = maker_of(each.consortium, firms[each.member]).email
            moment = days.at(each.days_ago, each.time.hour, each.time.minute)
            yield Act(moment, Beginning(each, email).photograph)
            yield Act(moment + BETWEEN_ANSWERS, Beginning(each, email).answer)


@dataclass(frozen=True)
class Beginning:
    """One draft and who began it."""

    told: Begun
    email: str

    def photograph(self, stage: Stage, at: datetime) -> None:
        """The photograph makes the product."""
        told, maker = self.told, stage.people[self.email]
        member = stage.members[told.consortium, told.member]
        content = Content(currency=member.consortium.currency)
        product = create_draft(stage.session, member, content, by=maker, at=at, reference=told.reference)
        stage.products[told.consortium, told.reference] = product
        if file := stage.photograph(told.consortium, told.picture, at):
            add_photo(stage.session, product, file, by=maker, at=at, kind=PhotoKind.BEAUTY)

    def answer(self, stage: Stage, at: datetime) -> None:
        """The first questions, as far as they were answered."""
        told, maker = self.told, stage.people[self.email]
        product = stage.products[told.consortium, told.reference]
        content = replace(told.content, currency=product.consortium.currency)
        said = [key for key in ASKED if getattr(content, key)]
        write_answer(stage.session, product, content, told.typed, fields=[*said, *told.typed], by=maker, at=at)


def _begun(table: Table) -> Begun:
    photo = table.text("photo")
    if not (PHOTOS / photo).is_file():
        raise table.fault("photo", f"there is no photograph {photo!r}")
    return Begun(
        consortium=table.text("consortium"),
        member=table.text("member"),
        reference=table.text("reference"),
        days_ago=table.whole("days_ago"),
        time=time.fromisoformat(table.text("time")),
        photo=photo,
        content=_content(table),
        typed={str(key): str(text) for key, text in table.anything("typed").items()},
    )


def _content(table: Table) -> Content:
    return Content(
        name=Bilingual(lo=table.text("name", "")),
        category=table.text("category", ""),
        net_weight_g=table.decimal_or_none("net_weight_g"),
        office_price=table.decimal_or_none("office_price"),
        minimum_order=table.whole_or_none("minimum_order"),
    )
