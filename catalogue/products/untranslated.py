"""The queue of translators: what the office has of a consortium's products, and how each of its texts stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductVersion
from catalogue.products.sheets.models import SheetRow
from catalogue.products.steps import stage
from catalogue.products.translation import Standing, Words, words_of

ORDER = (Standing.MISSING, Standing.CHANGED, Standing.MACHINE)


@dataclass(frozen=True)
class Translation:
    """A product with its texts."""

    product: Product
    words: tuple[Words, ...]

    def waiting(self, language: str = "", standing: Standing | None = None) -> list[Words]:
        """The texts that want work into a language, in a standing or in any."""
        return [
            each
            for each in self.words
            if each.standing is not Standing.DONE
            and language in {"", each.target}
            and standing in {None, each.standing}
        ]

    def urgency(self, language: str = "") -> tuple[int, str]:
        """What stands first in the queue: texts without translation, then those behind their source, then machines'."""
        found = {each.standing for each in self.waiting(language)}
        return next((place for place, each in enumerate(ORDER) if each in found), len(ORDER)), self.product.reference


def translations(session: Session, consortium: Consortium) -> list[Translation]:
    """Every product that the public sees, the office reviews or a sheet brought, with its texts.

    Five queries for any number.
    """
    query = (
        select(Product)
        .where(
            Product.consortium_id == consortium.id,
            Product.making_right != MakingRight.BUYER,
            Product.working_id.is_not(None),
            or_(
                stage() == ListingStatus.SUBMITTED,
                Product.status == ListingStatus.PUBLISHED,
                and_(Product.status == ListingStatus.DRAFT, exists().where(SheetRow.product_id == Product.id)),
            ),
        )
        .options(joinedload(Product.member), selectinload(Product.working).selectinload(ProductVersion.photos))
    )
    products = session.scalars(query).all()
    shown, trade = _shown(session, products), sector(consortium.sector_key)
    return [
        Translation(each, tuple(words_of(each.working, trade, shown=shown.get(each.published_id or 0))))
        for each in products
        if each.working
    ]


def queue(
    found: Iterable[Translation], language: str = "", standing: Standing | None = None, member_id: int | None = None
) -> list[Translation]:
    """Those that want work, what has no translation first."""
    chosen = [
        each for each in found if each.waiting(language, standing) and member_id in {None, each.product.member_id}
    ]
    return sorted(chosen, key=lambda each: each.urgency(language))


@dataclass(frozen=True)
class Place:
    """Where a product stands in the queue: the 2nd of 5, with its neighbours."""

    number: int
    total: int
    previous: Product | None
    next: Product | None


def place_of(found: Iterable[Translation], product: Product, language: str = "") -> Place | None:
    """Where a product stands among those that want work; None where it wants none."""
    products = [each.product for each in queue(found, language)]
    at = next((place for place, each in enumerate(products) if each.id == product.id), None)
    if at is None:
        return None
    following = products[at + 1] if at + 1 < len(products) else None
    return Place(at + 1, len(products), products[at - 1] if at else None, following)


def next_after(found: Iterable[Translation], product: Product, language: str = "") -> Product | None:
    """The product to go on with: the next without translation behind this one, else the first of the queue."""
    others = [each for each in queue(found, language) if each.product.id != product.id]
    behind = [each for each in others if each.urgency(language)[0] == 0 and each.product.reference > product.reference]
    return next((each.product for each in [*behind, *others]), None)


def _shown(session: Session, products: Sequence[Product]) -> dict[int, ProductVersion]:
    """The public versions of products that have a proposal: of the others the working one is the public one."""
    ids = [each.published_id for each in products if each.proposal and each.published_id]
    if not ids:
        return {}
    query = select(ProductVersion).where(ProductVersion.id.in_(ids)).options(selectinload(ProductVersion.photos))
    return {version.id: version for version in session.scalars(query)}
