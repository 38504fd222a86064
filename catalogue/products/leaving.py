"""A firm leaves its consortium, in one act: what is withdrawn, who can no longer sign in, what goes with the firm.

Listings are withdrawn the same day, sign-ins end, contacts are erased; the firm's name stays beside what it did.
All it photographed and wrote can be taken along by a link for thirty days. Then its photographs are deleted, and of its
own designs nothing but name and reference is left. (Design, section 6.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from catalogue.accounts import sessions
from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.consortia.founding import end_membership
from catalogue.consortia.maker_models import Leaving, MakerPage, MakerPhoto, PageState
from catalogue.consortia.models import Consortium, Member, MemberStatus, Role
from catalogue.database import writing
from catalogue.media.keeping import discard
from catalogue.media.models import StoredFile
from catalogue.media.stores import Store
from catalogue.products import listing
from catalogue.products.content import Content
from catalogue.products.editing import say
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductPhoto, ProductVersion
from catalogue.tokens import TokenMaker, new_key

PURPOSE = "leaving"
TAKEN_WITHIN = timedelta(days=30)
LONGEST_REASON = 500


class LeftAlready(Exception):
    """The firm no longer takes part."""


@dataclass(frozen=True)
class Someone:
    """A person of the firm, and whether they help another firm or office too and so go on signing in."""

    person: Person
    has_other_roles: bool


@dataclass(frozen=True)
class Preview:
    """What would happen: listings withdrawn, others never shown, own designs, photographs, and people."""

    published: Sequence[Product]
    unpublished: Sequence[Product]
    own_designs: Sequence[Product]
    photographs: int
    people: Sequence[Someone]


def preview(session: Session, member: Member) -> Preview:
    """What `leave` would do today. Changes nothing."""
    products = _products(session, member)
    return Preview(
        [each for each in products if each.status is ListingStatus.PUBLISHED],
        [each for each in products if each.status is not ListingStatus.PUBLISHED],
        [each for each in products if each.making_right is MakingRight.OWN],
        len(files_of(session, member)),
        _people(session, member),
    )


def leave(session: Session, member: Member, *, reason: str, by: Person, at: datetime) -> Leaving:
    """Do all of it in this transaction. Raises `LeftAlready` when somebody did a moment ago."""
    session.flush()
    go = update(Member).where(Member.id == member.id, Member.status == MemberStatus.ACTIVE)
    go = go.values(status=MemberStatus.LEFT, left_at=at, version=Member.version + 1)
    if session.connection().execute(go.execution_options(synchronize_session=False)).rowcount != 1:
        raise LeftAlready
    session.refresh(member)
    for product in _products(session, member):
        _withdraw(session, product, by=by, at=at)
    for each in _people(session, member):
        if not each.has_other_roles:
            _close_account(session, each.person, at=at)
    _close_page(session, member)
    end_membership(session, member, by=by, at=at)
    leaving = Leaving(
        consortium_id=member.consortium_id,
        member=member,
        at=at,
        by=by.id,
        reason=reason[:LONGEST_REASON],
        link_key=new_key(),
        ends_at=at + TAKEN_WITHIN,
    )
    session.add(leaving)
    session.flush()
    return leaving


# -- what goes along --


def token_of(leaving: Leaving, tokens: TokenMaker) -> str:
    """What the address holds at which a firm that left takes along what is its own."""
    return tokens.make(PURPOSE, leaving.link_key, leaving.link_generation)


def leaving_of(session: Session, token: str, tokens: TokenMaker, *, at: datetime) -> Leaving | None:
    """What a token opens while there is something to take along."""
    key = tokens.key_of(token)
    found = session.scalar(select(Leaving).where(Leaving.link_key == key, Leaving.ends_at > at)) if key else None
    return found if found and tokens.is_valid(PURPOSE, token, found.link_generation) else None


def leaving_by(session: Session, member: Member) -> Leaving | None:
    """How a firm left."""
    return session.scalar(select(Leaving).where(Leaving.member_id == member.id))


def files_of(session: Session, member: Member) -> list[tuple[str, StoredFile]]:
    """Every photograph of a firm, once, with the reference of a product that shows it ("maker" for the firm's own)."""
    of_products = (
        select(Product.reference, StoredFile)
        .join(ProductVersion, ProductVersion.product_id == Product.id)
        .join(ProductPhoto, ProductPhoto.version_id == ProductVersion.id)
        .join(StoredFile, StoredFile.id == ProductPhoto.file_id)
        .where(Product.member_id == member.id, Product.consortium_id == member.consortium_id)
        .order_by(Product.reference, StoredFile.id)
    )
    of_page = (
        select(StoredFile)
        .join(MakerPhoto, MakerPhoto.file_id == StoredFile.id)
        .join(MakerPage, MakerPage.id == MakerPhoto.page_id)
        .where(MakerPage.member_id == member.id, MakerPage.consortium_id == member.consortium_id)
    )
    found = {file.id: (reference, file) for reference, file in session.execute(of_products)}
    found |= {file.id: ("maker", file) for file in session.scalars(of_page)}
    if member.photo_id and (face := session.get(StoredFile, member.photo_id)):
        found.setdefault(face.id, ("maker", face))
    return list(found.values())


# -- thirty days later --


def erase_taken(engine: Engine, store: Store, *, at: datetime) -> int:
    """Delete what firms that left more than thirty days ago could take along; of how many firms.

    The bytes go first, then the rows: what is cut short in between is found again, since `erased_at` is set last.
    """
    with Session(engine) as session:
        due = session.scalars(select(Leaving.id).where(Leaving.ends_at <= at, Leaving.erased_at.is_(None))).all()
    for leaving_id in due:
        _erase(engine, store, leaving_id, at)
    return len(due)


def _erase(engine: Engine, store: Store, leaving_id: int, at: datetime) -> None:
    with Session(engine, expire_on_commit=False) as session:
        files = _to_delete(session, session.get_one(Leaving, leaving_id).member)
    for file in files:
        discard(store, file)
    with writing(engine) as session:
        leaving = session.get_one(Leaving, leaving_id)
        _forget_photographs(session, leaving.member, [file.id for file in files])
        for product in _products(session, leaving.member):
            if product.making_right is MakingRight.OWN:
                _empty(session, product)
        leaving.erased_at = at
        log.record(session, "leaving.erased", leaving, at=at, chain=leaving.consortium_id, data={"files": len(files)})


def _to_delete(session: Session, member: Member) -> list[StoredFile]:
    """The photographs of a firm, also what a cut was made from, every other cut of it, and what waits to be shown.

    What stands at the head of a consortium's own pages stays, with what it was cut from.
    """
    waits = select(ProductPhoto.coming_id).join(ProductVersion, ProductVersion.id == ProductPhoto.version_id)
    waits = waits.join(Product, Product.id == ProductVersion.product_id).where(Product.member_id == member.id)
    coming = session.scalars(select(StoredFile).where(StoredFile.id.in_(waits))).all()
    roots = {file.root_id for file in [*coming, *(file for _reference, file in files_of(session, member))]}
    heroes = session.scalars(select(StoredFile).join(Consortium, Consortium.hero_id == StoredFile.id)).all()
    kept = {file.id for file in heroes} | {file.root_id for file in heroes}
    alike = select(StoredFile).where(or_(StoredFile.id.in_(roots), StoredFile.source_id.in_(roots)))
    return [file for file in session.scalars(alike) if file.id not in kept]


def _forget_photographs(session: Session, member: Member, file_ids: list[int]) -> None:
    member.photo_id = None
    session.flush()
    session.execute(
        delete(ProductPhoto).where(or_(ProductPhoto.file_id.in_(file_ids), ProductPhoto.coming_id.in_(file_ids)))
    )
    session.execute(delete(MakerPhoto).where(MakerPhoto.file_id.in_(file_ids)))
    session.execute(delete(StoredFile).where(StoredFile.id.in_(file_ids)))


def _empty(session: Session, product: Product) -> None:
    """Of a firm's own design its name and reference stay, for whoever reads an old inquiry."""
    versions = session.scalars(select(ProductVersion).where(ProductVersion.product_id == product.id))
    for version in versions:
        say(version, Content(name=version.name, category=version.category, unit=version.unit))
        version.typed, version.translated_from = {}, {}


# -- the parts of the act --


def _withdraw(session: Session, product: Product, *, by: Person, at: datetime) -> None:
    if product.status is ListingStatus.PUBLISHED:
        listing.withdraw(session, product, by=by, at=at)
    product.status, product.proposal = ListingStatus.WITHDRAWN, None
    session.flush()


def _close_account(session: Session, person: Person, *, at: datetime) -> None:
    """Whoever signed in for this firm alone can no longer; how to reach them is erased."""
    sessions.end_all(session, person, at=at)
    person.disabled_at = at
    person.email = person.password_hash = person.totp_secret = person.totp_confirmed_at = None
    session.flush()
    log.record(session, "person.closed", person, at=at, chain=log.NETWORK)


def _close_page(session: Session, member: Member) -> None:
    waits = (MakerPage.member_id == member.id, MakerPage.state == PageState.SUBMITTED)
    session.execute(update(MakerPage).where(*waits).values(state=PageState.DRAFT, version=MakerPage.version + 1))


def _products(session: Session, member: Member) -> Sequence[Product]:
    query = select(Product).where(Product.member_id == member.id, Product.consortium_id == member.consortium_id)
    return session.scalars(query.options(selectinload(Product.working)).order_by(Product.reference)).all()


def _people(session: Session, member: Member) -> list[Someone]:
    helps = (Role.member_id == member.id, Role.ended_at.is_(None))
    people = session.scalars(select(Person).where(Person.id.in_(select(Role.person_id).where(*helps)))).all()
    others = select(func.count()).where(Role.ended_at.is_(None), Role.member_id.is_distinct_from(member.id))
    return [Someone(each, bool(session.scalar(others.where(Role.person_id == each.id)))) for each in people]
