"""The demonstration's people, consortia and firms: founded, appointed and admitted over the past years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from catalogue.accounts.people import add_person
from catalogue.consortia import maker_pages, maker_review
from catalogue.consortia.founding import admit_member, found_consortium, set_metal_reference
from catalogue.consortia.models import RoleName
from catalogue.consortia.roles import grant
from catalogue.consortia.showing import show_hero, show_maker
from catalogue.demo.content import DemoConsortium, DemoMember, Metal, moved
from catalogue.demo.days import Days
from catalogue.demo.sign_ins import MANAGERS, OBSERVER, OPERATOR, SMITHS
from catalogue.demo.stage import Act, Stage
from catalogue.products.leaving import leave
from catalogue.text import Bilingual

# How many days ago; all firms were there before the first product was listed.
SITE_BEGAN = 1500
FOUNDED = {"silver": 1460, "silk": 1240, "handicraft": 1010, "furniture": 790, "rice": 600}
LAST_ADMITTED = 270
OBSERVED = 240
LEFT = 120
# How far the price of metal stood from today's, at one reference every two weeks, the oldest first.
EARLIER_PRICES = ("-0.06", "-0.03", "0.02", "-0.01", "0.03")
# What firms sent of themselves and waits for the office: story in Lao, in English.
NEXT_PAGES = {
    "silver-naga": (
        "ໂຮງຊ່າງນາກເງິນຖະນັດເຄື່ອງຊົງສູງ: ໂຖ, ຄົນໂທ ແລະ ຂວດນ້ຳຫອມ. ລາຍນາກທຸກໂຕແຕ້ມດ້ວຍມືກ່ອນ ຈຶ່ງບໍ່ມີສອງໂຕທີ່ຄືກັນແທ້. ປີນີ້ມີລູກສິດໃໝ່ສອງຄົນ.",
        "",
    ),
}
FORTNIGHT = timedelta(days=14)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Someone:
    """A person of the demonstration."""

    name: str
    email: str
    language: str


def founding(content: DemoConsortium, days: Days) -> Iterator[Act]:
    """A consortium with its manager, firms and their people, and the prices of metal."""
    slug = content.charter.slug
    founded = days.in_office(days.at(FOUNDED[slug], 9, 30))
    yield Act(founded, partial(_found, content))
    yield Act(founded + timedelta(hours=1), partial(_appoint, slug))
    yield Act(days.later(founded, 2 * DAY, in_office=True), partial(_show_hero, content))
    step = (FOUNDED[slug] - LAST_ADMITTED) / len(content.members)
    for number, member in enumerate(content.members, start=1):
        admitted = days.in_office(days.at(round(FOUNDED[slug] - number * step), 9, 5 * number % 60))
        yield from _joining(slug, member, admitted, days)
    if content.metal:
        yield from _prices(slug, content.metal, days)


def network(days: Days) -> Iterator[Act]:
    """The operator, before everything, and the observer of silver."""
    began = days.at(SITE_BEGAN, 8, 15)
    yield Act(began, _add_operator)
    yield Act(days.in_office(days.at(OBSERVED, 10, 20)), _add_observer)


def maker_of(slug: str, member: DemoMember) -> Someone:
    """Who works for a firm: the smiths by their own names, the others by the given name in their firm's contact."""
    if slug == "silver":
        return Someone(*SMITHS[member.firm.slug], language="lo")
    return Someone(member.contact.name.removeprefix("Demo "), member.contact.email, language="lo")


def manager_of(slug: str) -> Someone:
    """The manager of a consortium."""
    return Someone(*MANAGERS[slug], language="en")


def _joining(slug: str, member: DemoMember, admitted: datetime, days: Days) -> Iterator[Act]:
    yield Act(admitted, partial(_admit, slug, member))
    yield Act(days.later(admitted, DAY, in_office=True), partial(_let_sign_in, slug, member))
    if member.photo:
        yield Act(days.later(admitted, 3 * DAY, in_office=True), partial(_show_maker, slug, member))
    if member.firm.slug in NEXT_PAGES:
        yield Act(days.at(1, 19, 25), partial(_send_page, slug, member))
    if not member.active:
        yield Act(days.in_office(days.at(LEFT, 11, 40)), partial(_leave, slug, member))


def _prices(slug: str, metal: Metal, days: Days) -> Iterator[Act]:
    last = days.in_office(days.on(moved(metal.on, days.day), 9, 5))
    for fortnights, difference in zip(range(len(EARLIER_PRICES), -1, -1), (*EARLIER_PRICES, "0"), strict=True):
        price = metal.price_per_gram + Decimal(difference)
        yield Act(last - fortnights * FORTNIGHT, partial(_set_price, slug, metal, price, days))


# -- the acts --


def _add(stage: Stage, someone: Someone, at: datetime, role: RoleName, **where: object) -> None:
    person = add_person(
        stage.session,
        name=someone.name,
        email=someone.email,
        password_hash=stage.password_hash,
        language=someone.language,
        at=at,
    )
    stage.people[someone.email] = person
    grant(stage.session, person, role, at=at, **where)  # type: ignore[arg-type]


def _add_operator(stage: Stage, at: datetime) -> None:
    _add(stage, Someone(*OPERATOR, language="en"), at, RoleName.OPERATOR)


def _add_observer(stage: Stage, at: datetime) -> None:
    _add(stage, Someone(*OBSERVER, language="en"), at, RoleName.OBSERVER, consortium=stage.consortia["silver"])


def _found(content: DemoConsortium, stage: Stage, at: datetime) -> None:
    by = stage.people[OPERATOR[1]]
    stage.consortia[content.charter.slug] = found_consortium(stage.session, content.charter, by=by, at=at, is_demo=True)


def _appoint(slug: str, stage: Stage, at: datetime) -> None:
    _add(stage, manager_of(slug), at, RoleName.MANAGER, consortium=stage.consortia[slug])


def _show_hero(content: DemoConsortium, stage: Stage, at: datetime) -> None:
    slug = content.charter.slug
    if file := stage.photograph(slug, (slug, content.hero), at):
        by = stage.people[manager_of(slug).email]
        show_hero(stage.session, stage.consortia[slug], file, content.hero_alt, by=by, at=at)


def _admit(slug: str, member: DemoMember, stage: Stage, at: datetime) -> None:
    by, home = stage.people[manager_of(slug).email], stage.consortia[slug]
    admitted = admit_member(stage.session, home, member.firm, member.contact, by=by, at=at)
    stage.members[slug, member.firm.slug] = admitted


def _let_sign_in(slug: str, member: DemoMember, stage: Stage, at: datetime) -> None:
    _add(stage, maker_of(slug, member), at, RoleName.MEMBER, member=stage.members[slug, member.firm.slug])


def _show_maker(slug: str, member: DemoMember, stage: Stage, at: datetime) -> None:
    if file := stage.photograph(slug, (member.firm.slug, member.photo), at):
        by = stage.people[manager_of(slug).email]
        show_maker(stage.session, stage.members[slug, member.firm.slug], file, by=by, at=at)


def _leave(slug: str, member: DemoMember, stage: Stage, at: datetime) -> None:
    by = stage.people[manager_of(slug).email]
    reason = "ຕົວຢ່າງ: ເຈົ້າຂອງເຊົາເຮັດ"
    leave(stage.session, stage.members[slug, member.firm.slug], reason=reason, by=by, at=at)


def _send_page(slug: str, member: DemoMember, stage: Stage, at: datetime) -> None:
    """A firm would like to say more of itself, and has left the English to the office."""
    by, firm = stage.people[maker_of(slug, member).email], stage.members[slug, member.firm.slug]
    page = maker_pages.begin(stage.session, firm, by=by, at=at)
    said = replace(maker_pages.said_by(page), story=Bilingual(*NEXT_PAGES[member.firm.slug]), monthly_capacity=70)
    maker_pages.edit(stage.session, page, said, opened_version=page.version, by=by, at=at)
    maker_review.submit(stage.session, page, by=by, at=at)


def _set_price(slug: str, metal: Metal, price: Decimal, days: Days, stage: Stage, at: datetime) -> None:
    set_metal_reference(
        stage.session,
        stage.consortia[slug],
        metal=metal.metal,
        on=days.date_of(at),
        price_per_gram=price,
        currency=metal.currency,
        source=metal.source,
        by=stage.people[manager_of(slug).email],
        at=at,
    )
