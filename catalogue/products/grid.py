"""The readiness grid: every product of a consortium with how far it is in each language, and what lacks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import Sector
from catalogue.products import readiness
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.parts import part_of
from catalogue.products.readiness import Readiness
from catalogue.text import LANGUAGES

SORTS = ("reference", "least", "most", "changed")


@dataclass(frozen=True)
class Row:
    """A product with its readiness."""

    product: Product
    trade: Sector

    @cached_property
    def readiness(self) -> Readiness | None:
        """How far it is; None where nothing was said of it yet."""
        return readiness.of(self.product.working, self.trade) if self.product.working else None

    def percent(self, language: str) -> int:
        """How ready it is for readers of a language."""
        return self.readiness.percent(language) if self.readiness else 0

    def lacking(self, language: str = "") -> list[str]:
        """What lacks for a language, facts included, or for any: first what keeps it from being shown."""
        found = self.readiness
        if found is None:
            return ["name"]
        sides = [found.both, *([found.lo] if language != "en" else []), *([found.en] if language != "lo" else [])]
        return [key for side in sides for key in side.missing] + [key for side in sides for key in side.wanted]

    @property
    def stage(self) -> ListingStatus:
        """Where its working text stands."""
        return self.product.stage


def rows(session: Session, consortium: Consortium) -> list[Row]:
    """Every product of a consortium by reference. Four queries for any number."""
    query = (
        select(Product)
        .where(Product.consortium_id == consortium.id)
        .options(joinedload(Product.member), selectinload(Product.working).selectinload(ProductVersion.photos))
        .order_by(Product.reference)
    )
    trade = sector(consortium.sector_key)
    return [Row(each, trade) for each in session.scalars(query)]


def chosen(
    found: Iterable[Row],
    *,
    stage: str = "",
    member: str = "",
    language: str = "",
    missing: str = "",
    words: str = "",
) -> list[Row]:
    """Those at a stage, of a member (its public id), not ready in a language, that lack a part, or whose reference or
    name says the words."""
    return [
        each
        for each in found
        if (not stage or stage in stages_of(each.product))
        and (not member or each.product.member.public_id == member)
        and (not language or each.percent(language) < 100)
        and (not missing or missing in parts_lacking(each, language))
        and (not words or _says(each, words))
    ]


def parts_lacking(row: Row, language: str = "") -> set[str]:
    """The parts of a listing that lack something: "name", "size", "photos"."""
    return {part_of(key) for key in row.lacking(language)}


def in_order(found: Sequence[Row], sort: str, language: str = "") -> list[Row]:
    """By reference, or by readiness in a language or in both; ties by reference."""
    sides = (language,) if language in LANGUAGES else LANGUAGES

    def ready(row: Row) -> int:
        return sum(map(row.percent, sides))

    if sort == "changed":
        return sorted(found, key=lambda row: row.product.working_id or 0, reverse=True)
    if sort in {"least", "most"}:
        return sorted(found, key=ready, reverse=sort == "most")
    return list(found)


def counts_by_stage(found: Iterable[Row]) -> Counter[ListingStatus]:
    """How many products stand at each stage; one in the catalogue whose change waits counts at both."""
    return Counter(stage for each in found for stage in stages_of(each.product))


def stages_of(product: Product) -> set[ListingStatus]:
    """Where a product stands: in the catalogue or not, and where the change to it stands."""
    return {product.stage} | ({product.status} if product.status is ListingStatus.PUBLISHED else set())


def counts_by_part(found: Iterable[Row], language: str = "") -> Counter[str]:
    """How many products lack something in each part, the commonest first."""
    return Counter(part for each in found for part in parts_lacking(each, language))


def members_of(found: Iterable[Row]) -> dict[str, Member]:
    """The firms whose products these are, by public id."""
    return {each.product.member.public_id: each.product.member for each in found}


def _says(row: Row, words: str) -> bool:
    version = row.product.working
    said = f"{row.product.reference} {version.name.lo} {version.name.en}" if version else row.product.reference
    return words.casefold() in said.casefold()
