"""What the demonstration's data files say of consortia, firms and products, as values that the operations take."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalogue.consortia.founding import Charter, Contact, Firm
from catalogue.consortia.sector import Sector, sector
from catalogue.demo.reading import Table, read_file
from catalogue.products.content import Content, Tier
from catalogue.products.listing import Reason
from catalogue.products.models import ListingStatus, MakingRight, PhotoKind
from catalogue.text import Bilingual

FOLDER = Path(__file__).parent / "content"
PHOTOS = Path(__file__).parent / "photos"
# Firms are founded in this order, and the network's page shows them so.
ORDER = ("silver", "silk", "handicraft", "furniture", "rice")
# The day the files speak from: their dates are moved by as much as the day of playing lies after it.
WRITTEN_ON = date(2026, 11, 21)
SIZES = ("length_mm", "width_mm", "height_mm", "depth_mm", "diameter_mm")
UNSAID = Bilingual()


@dataclass(frozen=True)
class Metal:
    """The dated price of a gram of fine metal."""

    metal: str
    on: date
    price_per_gram: Decimal
    currency: str
    source: Bilingual


@dataclass(frozen=True)
class Photograph:
    """A picture of the folder `photos`."""

    file: str
    kind: PhotoKind
    alt: Bilingual


@dataclass(frozen=True)
class DemoMember:
    """A firm; one that is not `active` took part once and left."""

    firm: Firm
    contact: Contact
    active: bool
    photo: str


@dataclass(frozen=True)
class DemoProduct:
    """A product of the firm with the slug `member`, and the state its listing is to reach."""

    reference: str
    member: str
    content: Content
    making_right: MakingRight
    status: ListingStatus
    returned: Reason | None
    photos: tuple[Photograph, ...]


@dataclass(frozen=True)
class DemoConsortium:
    """One data file."""

    charter: Charter
    hero: str
    hero_alt: Bilingual
    metal: Metal | None
    members: tuple[DemoMember, ...]
    products: tuple[DemoProduct, ...]


def read_consortia() -> tuple[DemoConsortium, ...]:
    """Every consortium of the demonstration. Raises `ContentFault`."""
    return tuple(read_consortium(FOLDER / f"{slug}.toml") for slug in ORDER)


def read_consortium(path: Path) -> DemoConsortium:
    """One data file. Raises `ContentFault`, which names file and key."""
    with read_file(path) as top:
        with top.table("consortium") as table:
            charter, hero, hero_alt = _charter(table), _picture(table, "hero"), table.both("hero_alt")
        members = tuple(_member(each) for each in top.tables("members"))
        slugs, trade = {member.firm.slug for member in members}, sector(charter.sector_key)
        return DemoConsortium(
            charter=charter,
            hero=hero,
            hero_alt=hero_alt,
            metal=_metal(top) if "metal" in top.rows else None,
            members=members,
            products=tuple(_product(each, slugs, trade, charter.currency) for each in top.tables("products")),
        )


def moved(on: date, day: date) -> date:
    """A date of the files as it is told on `day`."""
    return on + (day - WRITTEN_ON)


def _charter(table: Table) -> Charter:
    story, promise = table.both("story"), table.both("promise", UNSAID)
    return Charter(
        slug=table.text("slug"),
        code=table.text("code"),
        sector_key=table.text("sector"),
        name=table.both("name"),
        tagline=table.both("tagline"),
        about=table.both("about"),
        story=Bilingual(f"{story.lo}\n\n{promise.lo}".strip(), f"{story.en}\n\n{promise.en}".strip()),
        place=table.both("place"),
        office_hours=table.both("office_hours"),
        shared_contact_email=table.text("shared_contact_email"),
        shared_contact_phone=table.text("shared_contact_phone"),
        currency=table.text("currency"),
        incoterm=table.text("incoterm"),
        named_place=table.text("named_place"),
    )


def _metal(top: Table) -> Metal:
    with top.table("metal") as table:
        return Metal(
            metal=table.text("metal"),
            on=table.day("on"),
            price_per_gram=table.decimal("price_per_gram"),
            currency=table.text("currency"),
            source=table.both("source"),
        )


def _member(table: Table) -> DemoMember:
    with table.table("contact") as reached:
        contact = Contact(**{key: reached.text(key) for key in ("name", "email", "phone")})
    firm = Firm(
        slug=table.text("slug"),
        name=table.both("name"),
        village=table.both("village"),
        district=table.both("district"),
        province=table.both("province"),
        story=table.both("story"),
        techniques=tuple(table.texts("techniques")),
        people=table.whole("people"),
        since=table.whole("since"),
        monthly_capacity=table.whole_or_none("monthly_capacity"),
    )
    return DemoMember(firm, contact, table.yes("active"), _picture(table, "photo", ""))


def _product(table: Table, slugs: set[str], trade: Sector, currency: str) -> DemoProduct:
    member = table.text("member")
    if member not in slugs:
        raise table.fault("member", f"is no firm of this file: {member!r}")
    status = table.one_of("status", ListingStatus, ListingStatus.PUBLISHED)
    return DemoProduct(
        reference=table.text("reference"),
        member=member,
        content=_content(table, trade, currency),
        making_right=table.one_of("making_right", MakingRight),
        status=status,
        returned=_returned(table) if status is ListingStatus.RETURNED else None,
        photos=tuple(_photograph(each) for each in table.tables("photos")),
    )


def _content(table: Table, trade: Sector, currency: str) -> Content:
    _refuse_unknown_terms(table, trade)
    with table.table("size") as size:
        sizes: dict[str, Any] = {key: size.decimal_or_none(key) for key in SIZES}
    return Content(
        name=table.both("name"),
        summary=table.both("summary"),
        description=table.both("description"),
        care=table.both("care", UNSAID),
        category=table.text("category"),
        materials=table.texts("materials"),
        techniques=table.texts("techniques"),
        details=table.anything("details"),
        unit=table.text("unit"),
        net_weight_g=table.decimal("net_weight_g"),
        weight_tolerance_percent=table.decimal("weight_tolerance_percent"),
        fineness=table.whole_or_none("fineness"),
        minimum_order=table.whole("minimum_order"),
        lead_time_days=table.whole("lead_time_days"),
        lead_time_for=table.whole_or_none("lead_time_for"),
        monthly_capacity=table.whole_or_none("monthly_capacity"),
        sample_available=table.yes("sample_available"),
        hs_code=table.text("hs_code"),
        tiers=tuple(_tiers(table)),
        currency=currency,
        **sizes,
        **_carton(table),
    )


def _tiers(table: Table) -> Iterator[Tier]:
    for tier in table.tables("tiers"):
        yield Tier(tier.whole("from"), tier.decimal("amount"))


def _carton(table: Table) -> dict[str, Any]:
    with table.table("carton") as carton:
        whole = {f"carton_{key}": carton.whole_or_none(key) for key in ("pieces", "length_mm", "width_mm", "height_mm")}
        return {**whole, "carton_gross_kg": carton.decimal_or_none("gross_kg")}


def _refuse_unknown_terms(table: Table, trade: Sector) -> None:
    known: dict[str, Callable[[str], object]] = {
        "category": trade.category,
        "materials": trade.material,
        "techniques": trade.technique,
        "details": {detail.key: detail for detail in trade.details}.get,
    }
    for key, term_of in known.items():
        said = table.rows.get(key, [])
        for each in [said] if isinstance(said, str) else said:
            if term_of(each) is None:
                raise table.fault(key, f"is not known to the sector: {each!r}")


def _returned(table: Table) -> Reason:
    with table.table("returned_reason") as reason:
        field, words = reason.text("field"), Bilingual(lo=reason.text("lo"), en=reason.text("en"))
    if field not in {each.name for each in fields(Content)}:
        raise table.fault("returned_reason.field", f"is nothing that is said of a product: {field!r}")
    return Reason(field, words.lo)


def _photograph(table: Table) -> Photograph:
    return Photograph(_picture(table, "file"), table.one_of("kind", PhotoKind), table.both("alt"))


def _picture(table: Table, key: str, otherwise: str | None = None) -> str:
    name = table.text(key) if otherwise is None else table.text(key, otherwise)
    if name and not (PHOTOS / name).is_file():
        raise table.fault(key, f"there is no photograph {name!r}")
    return name
