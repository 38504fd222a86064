"""The rows of a plan stored as drafts, all of them or none, and what is known beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue import lao
from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.sector import sector
from catalogue.media.keeping import Parked, keep
from catalogue.media.models import FileKind, StoredFile
from catalogue.products.editing import content_of, next_reference, say
from catalogue.products.models import PhotoKind, Product, ProductPhoto, ProductVersion
from catalogue.products.sheets.checking import House
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import (
    Known,
    Looked,
    Plan,
    Planned,
    There,
    Verdict,
    import_key,
    names_of,
    plan,
    which_of,
)
from catalogue.text import Bilingual


def members_called(session: Session, called: str) -> Sequence[Member]:
    """The members that a slug names, "lotus" or "silver/lotus"; slugs are unique in a consortium only."""
    consortium, mark, slug = called.rpartition("/")
    query = select(Member).join(Member.consortium).where(Member.slug == slug).order_by(Consortium.slug)
    return session.scalars(query.where(Consortium.slug == consortium) if mark else query).all()


def member_called(session: Session, called: str) -> Member:
    """The one member that a slug names. Raises `SheetRefused` for none, several, or one that left."""
    found = members_called(session, called)
    if not found:
        raise SheetRefused("member-unknown", member=called)
    if len(found) > 1:
        raise SheetRefused(
            "member-unclear", member=called, choices=[f"{each.consortium.slug}/{each.slug}" for each in found]
        )
    if not found[0].is_active:
        raise SheetRefused("member-left", member=called)
    return found[0]


def house_of(member: Member) -> House:
    """What checking needs of a firm and its consortium."""
    consortium = member.consortium
    return House(member.public_id, sector(consortium.sector_key), consortium.currency, consortium.public_contacts)


def known_to(session: Session, member: Member) -> Known:
    """What the consortium and the firm have today.

    A product that no sheet brought is known by its reference: the firm's own export, brought again, says nothing new.
    """
    taken = session.scalars(select(Product.reference).filter_by(consortium_id=member.consortium_id))
    query = (
        select(Product.reference, Product.import_key, ProductVersion)
        .join(ProductVersion, Product.working_id == ProductVersion.id)
        .where(Product.member_id == member.id, Product.consortium_id == member.consortium_id)
    )
    own = [
        (reference, key or import_key(member.public_id, reference, content_of(version)), content_of(version))
        for reference, key, version in session.execute(query)
    ]
    return Known(
        imported={which_of(key): There(reference, key, content) for reference, key, content in own},
        references={lao.fold(reference): reference for reference in taken},
        names={name: reference for reference, _key, content in own for name in names_of(content)},
    )


@dataclass(frozen=True)
class Stored:
    """What was decided, and the products that came of it by the number of their row."""

    plan: Plan
    products: Mapping[int, Product]


def store(session: Session, member: Member, looked: Looked, *, by: Person | None, at: datetime) -> Plan:
    """Add the good rows as drafts, and say what was decided. Raises `SheetRefused` when a reference was just taken.

    The plan is made again from what this transaction sees, behind the consortium's lock, so that the same file imported
    twice at once adds its products once. Nothing is committed here; everything is in the caller's one transaction.
    """
    return store_with_photos(session, member, looked, {}, by=by, at=at).plan


def store_with_photos(
    session: Session,
    member: Member,
    looked: Looked,
    photos: Mapping[int, Sequence[Parked]],
    *,
    by: Person | None,
    at: datetime,
) -> Stored:
    """As `store`, with the parked photographs of each row by its number."""
    lock = select(Consortium.id).filter_by(id=member.consortium_id).with_for_update(key_share=True)
    session.execute(lock)
    decided = plan(looked, known_to(session, member))
    rows = decided.of(Verdict.ADD)
    try:
        products = _products(session, member, rows, at)
        versions = _first_versions(session, member, products, rows, by=by, at=at)
    except IntegrityError as fault:
        session.rollback()
        raise SheetRefused("taken-meanwhile") from fault
    by_number = {row.number: product for row, product in zip(rows, products, strict=True)}
    shown = _photos(session, dict(zip(by_number, versions, strict=True)), photos, at)
    _log(session, member, products, decided, by=by, at=at)
    for number, file in shown:
        about: dict[str, Any] = {"chain": member.consortium_id, "actor": log.actor_name(by), "data": {"file": file.id}}
        log.record(session, "photo.added", by_number[number], at=at, **about)
    return Stored(decided, by_number)


def _photos(
    session: Session, versions: Mapping[int, ProductVersion], photos: Mapping[int, Sequence[Parked]], at: datetime
) -> list[tuple[int, StoredFile]]:
    """Show each row's photographs in its product; a file of several rows is kept once."""
    shown = []
    for number, version in versions.items():
        for position, parked in enumerate(photos.get(number, ()), start=1):
            file = keep(session, parked, consortium_id=version.consortium_id, kind=FileKind.PHOTO, at=at)
            about: dict[str, Any] = {
                "consortium_id": version.consortium_id,
                "version_id": version.id,
                "file_id": file.id,
            }
            session.add(ProductPhoto(**about, position=position, kind=PhotoKind.BEAUTY, alt=Bilingual()))
            shown.append((number, file))
    session.flush()
    return shown


def _products(session: Session, member: Member, rows: Sequence[Planned], at: datetime) -> list[Product]:
    products = [
        Product(
            consortium_id=member.consortium_id,
            member_id=member.id,
            reference=row.reference or next_reference(session, member),
            import_key=row.import_key,
            created_at=at,
        )
        for row in rows
    ]
    session.add_all(products)
    session.flush()
    return products


def _first_versions(
    session: Session,
    member: Member,
    products: list[Product],
    rows: Sequence[Planned],
    *,
    by: Person | None,
    at: datetime,
) -> list[ProductVersion]:
    """What `versions.first_version` does for one product, in one go for all of them."""
    versions = []
    for product, row in zip(products, rows, strict=True):
        version = ProductVersion(
            consortium_id=member.consortium_id,
            product_id=product.id,
            number=1,
            created_at=at,
            created_by=by.id if by else None,
        )
        say(version, row.content)
        versions.append(version)
    session.add_all(versions)
    session.flush()
    table: Table = Product.__table__  # type: ignore[assignment]  # every mapped class of ours has a plain table
    pointing = update(table).where(table.c.id == bindparam("of")).values(working_id=bindparam("points_to"))
    if versions:
        session.connection().execute(pointing, [{"of": each.product_id, "points_to": each.id} for each in versions])
    for product in products:
        session.expire(product, ["working_id", "working"])
    return versions


def _log(
    session: Session, member: Member, products: list[Product], decided: Plan, *, by: Person | None, at: datetime
) -> None:
    chain, actor = member.consortium_id, log.actor_name(by)
    for product in products:
        log.record(session, "product.created", product, at=at, chain=chain, actor=actor)
    if products:
        log.record(session, "products.imported", member, at=at, chain=chain, actor=actor, data=decided.counts)
