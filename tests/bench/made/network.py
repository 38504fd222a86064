"""The consortium whose catalogue is made large, its members, and four small neighbours: by the real operations."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.founding import Charter, Contact, Firm, admit_member, found_consortium, set_metal_reference
from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.sector import Sector, sectors
from catalogue.products import editing, listing
from catalogue.products.content import Content, Tier
from catalogue.products.models import Product
from catalogue.text import Bilingual
from tests.bench.made import vocabulary as words
from tests.bench.made.products import MEMBERS, SECTOR, Made, needed_details

BEGAN = datetime(2024, 1, 8, 3, 0, tzinfo=UTC)
SLUG = SECTOR
OF_A_NEIGHBOUR = 12
ABOUT = Bilingual("ກຸ່ມຂອງໂຮງຊ່າງນ້ອຍ ທີ່ຮັບຄຳສັ່ງຊື້ນຳກັນ.", "A group of small workshops that answer together.")
SOURCE = Bilingual("ລາຄາຕົວຢ່າງ", "Example price")


@dataclass(frozen=True)
class Stage:
    """The large consortium and its members, in the order of their numbers."""

    consortium: Consortium
    members: list[Member]


def found_network(session: Session) -> Stage:
    """Every sector's consortium; the neighbours with a few products, the large one with members alone."""
    large = None
    for trade in sectors():
        consortium = _found(session, trade)
        if trade.key == SECTOR:
            large = consortium
        else:
            _fill_neighbour(session, consortium, trade)
    if large is None:
        raise LookupError(f"there is no sector {SECTOR!r}")
    price = {"metal": "silver", "on": BEGAN.date(), "price_per_gram": Decimal("1.05"), "currency": "USD"}
    set_metal_reference(session, large, **price, source=SOURCE, by=None, at=BEGAN)
    return Stage(large, [_admit(session, large, number) for number in range(MEMBERS)])


def publish_really(session: Session, stage: Stage, made: Made) -> Product:
    """One made product, brought into the catalogue as a member and a manager would."""
    return _publish(session, stage.members[made.member], made.content, made.reference, created_at(made.number))


def stage_of(session: Session) -> Stage:
    """The stage of a database in which the network was founded before."""
    consortium = session.scalars(select(Consortium).filter_by(slug=SLUG)).one()
    members = session.scalars(select(Member).filter_by(consortium_id=consortium.id).order_by(Member.id))
    return Stage(consortium, list(members))


def created_at(number: int) -> datetime:
    """When a made product was written, sent and published: five minutes after the one before."""
    return BEGAN + timedelta(minutes=5 * number)


def firm(number: int) -> Firm:
    """A member by its number."""
    name, province = words.FIRMS[number % len(words.FIRMS)], words.PROVINCES[number % len(words.PROVINCES)]
    return Firm(
        slug=f"workshop-{number + 1}",
        name=Bilingual(f"{name.lo} {number + 1}", f"{name.en} {number + 1}"),
        village=words.VILLAGES[number % len(words.VILLAGES)],
        province=province,
        story=ABOUT,
        people=3 + number % 9,
        since=1990 + number % 30,
    )


def _found(session: Session, trade: Sector) -> Consortium:
    said = Charter(
        slug=trade.key,
        code=f"{trade.key[0].upper()}{trade.sort}",
        sector_key=trade.key,
        name=Bilingual(f"ກຸ່ມຕົວຢ່າງ {trade.name.lo}", f"Example {trade.name.en} Consortium"),
        tagline=ABOUT,
        about=ABOUT,
        story=ABOUT,
        place=words.PROVINCES[0],
        shared_contact_email=f"office@{trade.key}.example",
        shared_contact_phone="+856 21 555 0100",
    )
    return found_consortium(session, said, by=None, at=BEGAN)


def _admit(session: Session, consortium: Consortium, number: int) -> Member:
    return admit_member(session, consortium, firm(number), Contact(), by=None, at=BEGAN)


def _fill_neighbour(session: Session, consortium: Consortium, trade: Sector) -> None:
    members = [_admit(session, consortium, number) for number in range(3)]
    for number in range(OF_A_NEIGHBOUR):
        reference = f"{consortium.code}-{number + 1:04}"
        _publish(session, members[number % 3], _neighbours_content(trade, number), reference, created_at(number))


def _neighbours_content(trade: Sector, number: int) -> Content:
    category, material = (
        trade.categories[number % len(trade.categories)],
        trade.materials[number % len(trade.materials)],
    )
    motif = words.MOTIFS[number % len(words.MOTIFS)]
    return Content(
        name=Bilingual(f"{category.name.lo}ລາຍ{motif.lo}", f"{category.name.en} with {motif.en}"),
        summary=ABOUT,
        category=category.key,
        materials=[material.key],
        details=needed_details(trade),
        minimum_order=10,
        lead_time_days=30,
        net_weight_g=Decimal(400),
        fineness=925,
        tiers=(Tier(10, Decimal(20)),),
    )


def _publish(session: Session, member: Member, content: Content, reference: str, at: datetime) -> Product:
    product = editing.create_draft(session, member, content, by=None, at=at, reference=reference)
    listing.submit(session, product, by=None, at=at)
    listing.publish(session, product, by=None, at=at)
    return product
