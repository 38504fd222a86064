"""What the public is shown of products and makers: queries that name every column, and never one of a contact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.consortia.maker_models import MakerPage, MakerPhoto, PageState
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.consortia.sector import sector
from catalogue.media.models import FileState, StoredFile
from catalogue.products.content import Tier
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductPhoto, ProductVersion
from catalogue.text import Bilingual


@dataclass(frozen=True)
class Photo:
    """A photograph that is ready, as pages show it."""

    public_id: str
    widths: tuple[int, ...]
    width: int
    height: int
    colour: str | None
    alt: Bilingual = Bilingual()

    @classmethod
    def of(cls, file: StoredFile | None, alt: Bilingual | None = None) -> "Photo | None":
        """The photograph in this file; None while its sizes are not made."""
        if file is None or not file.is_ready or not file.widths:
            return None
        widest = file.widths[-1]
        return cls(
            file.public_id,
            tuple(file.widths),
            file.width or widest,
            file.height or widest,
            file.colour,
            alt or Bilingual(),
        )


@dataclass(frozen=True)
class Card:
    """A product as a card of the catalogue shows it. Lengths in mm, weight in g.

    `written` holds what pages wrote of it, for as long as the card is kept (see `at_hand`).
    """

    id: int
    public_id: str
    consortium_id: int
    reference: str
    name: Bilingual
    category: str
    materials: list[str]
    unit: str
    net_weight_g: Decimal | None
    fineness: int | None
    length_mm: Decimal | None
    width_mm: Decimal | None
    height_mm: Decimal | None
    depth_mm: Decimal | None
    diameter_mm: Decimal | None
    minimum_order: int | None
    lead_time_days: int | None
    tier_rows: list[list[Any]]
    currency: str
    photo: Photo | None = None
    written: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The price steps, the smallest quantity first."""
        return tuple(Tier(int(quantity), Decimal(amount)) for quantity, amount in self.tier_rows)


@dataclass(frozen=True)
class Maker:
    """A member as the public knows it: who, where, how, and never how to reach it."""

    id: int
    slug: str
    name: Bilingual
    village: Bilingual
    district: Bilingual
    province: Bilingual
    story: Bilingual
    techniques: list[str]
    people: int | None
    since: int | None
    monthly_capacity: int | None
    photo: Photo | None


# -- products --


def visible_products(consortium: Consortium | None = None) -> Select[Any]:
    """The products that the public sees, of one consortium or of all."""
    query = select(Product).where(Product.status == ListingStatus.PUBLISHED, Product.published_id.is_not(None))
    return query if consortium is None else query.where(Product.consortium_id == consortium.id)


def product_at(session: Session, consortium: Consortium, public_id: str) -> Product | None:
    """A product that is public now or was once, with its maker, its public version and photographs.

    One that was made for a single buyer is not there for others, also where it was public before.
    """
    query = (
        select(Product)
        .where(
            Product.consortium_id == consortium.id,
            Product.public_id == public_id,
            Product.making_right != MakingRight.BUYER,
            or_(Product.status == ListingStatus.PUBLISHED, Product.published_at.is_not(None)),
        )
        .options(
            joinedload(Product.member),
            joinedload(Product.published).selectinload(ProductVersion.photos).joinedload(ProductPhoto.file),
        )
    )
    return session.scalar(query)


def id_of(session: Session, public_id: str) -> int | None:
    """The key of a product."""
    return session.scalar(select(Product.id).where(Product.public_id == public_id))


# Tables and not classes, and each statement put together once: rows are all that is wanted of a page's many cards.
_product, _version = Product.__table__.c, ProductVersion.__table__.c
_photo, _file = ProductPhoto.__table__.c, StoredFile.__table__.c
CARDS = (
    select(
        *(_product.published_id, _version.name_lo, _version.name_en),
        *(_product.id, _product.public_id, _product.consortium_id, _product.reference),
        *(_version.category, _version.materials, _version.unit, _version.net_weight_g, _version.fineness),
        *(_version.length_mm, _version.width_mm, _version.height_mm, _version.depth_mm, _version.diameter_mm),
        *(_version.minimum_order, _version.lead_time_days, _version.tiers, _version.currency),
    )
    .join_from(Product.__table__, ProductVersion.__table__, _version.id == _product.published_id)
    .where(_product.id.in_(bindparam("ids", expanding=True)), _product.status == ListingStatus.PUBLISHED)
)
PHOTOS = (
    select(
        *(_photo.version_id, _photo.alt_lo, _photo.alt_en),
        *(_file.public_id, _file.widths, _file.width, _file.height, _file.colour),
    )
    .join_from(ProductPhoto.__table__, StoredFile.__table__, _file.id == _photo.file_id)
    .where(_photo.version_id.in_(bindparam("ids", expanding=True)), _file.state == FileState.READY)
    .order_by(_photo.version_id, _photo.position)
)


def cards(session: Session, product_ids: Sequence[int]) -> list[Card]:
    """The cards of these products, in this order; what is not shown is left out. Two queries for any number."""
    if not product_ids:
        return []
    rows = session.execute(CARDS, {"ids": list(product_ids)}).all()
    photos = first_photos(session, [row[0] for row in rows])
    found = {row.id: _card(row, photos.get(row[0])) for row in rows}
    return [found[each] for each in product_ids if each in found]


def _card(row: Sequence[Any], photo: Photo | None) -> Card:
    name, named, said = Bilingual(*row[1:3]), row[3:7], row[7:]
    return Card(*(*named, name, *said, photo))


def first_photos(session: Session, version_ids: Iterable[int]) -> dict[int, Photo]:
    """The first photograph that is ready of each version that has one."""
    found: dict[int, Photo] = {}
    for row in session.execute(PHOTOS, {"ids": list(version_ids)}):
        if row.version_id not in found and row.widths:
            alt = Bilingual(row.alt_lo, row.alt_en)
            found[row.version_id] = Photo(row.public_id, tuple(row.widths), row.width, row.height, row.colour, alt)
    return found


# -- consortia and makers --


def consortia(session: Session) -> list[Consortium]:
    """Every consortium, in the fixed order of their sectors."""
    found = session.scalars(select(Consortium).order_by(Consortium.id))
    return sorted(found, key=lambda consortium: sector(consortium.sector_key).sort)


def heroes(session: Session, consortia: Iterable[Consortium]) -> dict[int, Photo]:
    """The large photograph of each consortium that has one, by the consortium's id."""
    alts = {each.id: each.hero_alt for each in consortia}
    query = select(Consortium.id, StoredFile).join(StoredFile, StoredFile.id == Consortium.hero_id)
    found = {each: Photo.of(file, alts[each]) for each, file in session.execute(query.where(Consortium.id.in_(alts)))}
    return {each: photo for each, photo in found.items() if photo}


def makers(session: Session, consortium: Consortium, slug: str | None = None) -> list[Maker]:
    """The members that take part, or the one at this slug."""
    query = (
        select(Member, StoredFile)
        .outerjoin(StoredFile, StoredFile.id == Member.photo_id)
        .where(Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE)
        .order_by(Member.id)
    )
    if slug is not None:
        query = query.where(Member.slug == slug)
    return [_maker(member, file) for member, file in session.execute(query)]


def gallery(session: Session, maker: Maker) -> list[Photo]:
    """The further photographs of a maker's page, without the one that stands for the maker."""
    query = (
        select(MakerPhoto)
        .join(MakerPage, MakerPage.id == MakerPhoto.page_id)
        .where(MakerPage.member_id == maker.id, MakerPage.state == PageState.PUBLISHED)
        .order_by(MakerPhoto.position)
    )
    photos = [Photo.of(each.file, each.alt) for each in session.scalars(query)]
    return [photo for photo in photos[1:] if photo]


def _maker(member: Member, file: StoredFile | None) -> Maker:
    return Maker(
        member.id,
        member.slug,
        member.name,
        member.village,
        member.district,
        member.province,
        member.story,
        member.techniques,
        member.people,
        member.since,
        member.monthly_capacity,
        Photo.of(file, member.name),
    )


# -- photographs --


def is_shown(file_id: Any) -> Any:
    """The condition that the public is shown a file: on a published product, of a maker or of a consortium."""
    on_product = (
        select(ProductPhoto.id)
        .join(Product, Product.published_id == ProductPhoto.version_id)
        .where(ProductPhoto.file_id == file_id, Product.status == ListingStatus.PUBLISHED)
    )
    of_member = select(Member.id).where(Member.photo_id == file_id, Member.status == MemberStatus.ACTIVE)
    on_page = (
        select(MakerPhoto.id)
        .join(MakerPage, MakerPage.id == MakerPhoto.page_id)
        .join(Member, Member.id == MakerPage.member_id)
        .where(MakerPhoto.file_id == file_id, MakerPage.state == PageState.PUBLISHED)
        .where(Member.status == MemberStatus.ACTIVE)
    )
    of_consortium = select(Consortium.id).where(Consortium.hero_id == file_id)
    return or_(exists(on_product), exists(of_member), exists(on_page), exists(of_consortium))


def makers_with(session: Session, file: StoredFile) -> Sequence[Member]:
    """Every firm a page of which, shown or not, shows this file."""
    showing = (
        select(MakerPage.member_id)
        .join(MakerPhoto, MakerPhoto.page_id == MakerPage.id)
        .where(MakerPhoto.file_id == file.id)
    )
    query = select(Member).where(Member.id.in_(showing), Member.consortium_id == file.consortium_id)
    return session.scalars(query).all()


def products_with(session: Session, file: StoredFile) -> Sequence[Product]:
    """Every product, shown or not, that a version of shows this file, another cut of it, or soon will."""
    root = file.source_id or file.id
    alike = select(StoredFile.id).where(or_(StoredFile.id == root, StoredFile.source_id == root))
    showing = (
        select(ProductVersion.product_id)
        .join(ProductPhoto, ProductPhoto.version_id == ProductVersion.id)
        .where(or_(ProductPhoto.file_id.in_(alike), ProductPhoto.coming_id.in_(alike)))
    )
    query = select(Product).where(Product.id.in_(showing), Product.consortium_id == file.consortium_id)
    return session.scalars(query).all()
