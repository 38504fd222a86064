"""What the demonstration leaves in the database: enough, whole, in order, and nothing that leads past the door."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine, func, inspect, not_, or_, select
from sqlalchemy.orm import Session

from catalogue.accounts import passwords
from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.models import Consortium, Member, MemberContact, MemberStatus, MetalReference, Role, RoleName
from catalogue.consortia.sector import sector
from catalogue.demo.content import read_consortia
from catalogue.demo.days import Days
from catalogue.demo.player import NOT_DELIVERED, counts, is_empty, read_programme, tell
from catalogue.demo.sign_ins import PASSWORD, SIGN_INS
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.inbox import View, WaitingFor, Wanted, inbox
from catalogue.inquiries.models import BuyerContact, Inquiry, InquiryLine, Message, MessageKind
from catalogue.media.models import FileState, StoredFile
from catalogue.models import Base
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.products import readiness
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductPhoto, ProductVersion
from catalogue.products.search import matching
from catalogue.routing.models import Call
from tests.subjects.demo.conftest import DAY

END = Days(DAY).end.astimezone(UTC)
TO_COME = {"closes_at", "due_at"}


def of_silver(session: Session, model: type) -> list:
    return session.scalars(select(model).join(Consortium).where(Consortium.slug == "silver").order_by(model.id)).all()


@pytest.fixture(scope="module")
def public_words(told: Engine) -> str:
    """Everything that the public may read, in one text."""
    with Session(told) as session:
        words = [
            text
            for version in session.scalars(select(ProductVersion))
            for text in readiness.public_texts(version).values()
        ]
        for model in (Consortium, Member):
            columns = [c for c in inspect(model).columns if c.key.endswith(("_lo", "_en")) or c.key == "slug"]
            words += [str(value) for row in session.execute(select(*columns)) for value in row]
    return "\n".join(words)


# -- enough --


def test_there_is_enough_of_everything(story):
    found = counts(story)
    assert (found.consortia, found.members, found.products, found.published) == (5, 51, 107, 91)
    silver = [product for product in of_silver(story, Product) if product.is_visible]
    assert len(silver) >= 40
    assert len({product.member_id for product in silver}) >= 12
    asked = dict(story.execute(select(Consortium.slug, func.count()).join(Inquiry).group_by(Consortium.slug)).all())
    assert asked.pop("silver") >= 24
    assert all(4 <= number <= 8 for number in asked.values())


def test_every_state_of_a_listing_is_there(story):
    states = set(story.scalars(select(Product.status)))
    assert states == set(ListingStatus) - {ListingStatus.WITHDRAWN}
    returned = story.scalar(select(Product).where(Product.status == ListingStatus.RETURNED))
    assert [reason["field"] for reason in returned.returned_reasons] == ["net_weight_g"]
    assert set(story.scalars(select(Product.making_right))) == set(MakingRight) - {MakingRight.BUYER}


def test_every_state_of_an_inquiry_is_there(story):
    silver = story.scalar(select(Consortium).where(Consortium.slug == "silver"))
    noy = story.scalar(select(Person).where(Person.name == "Noy"))
    rows, closed = (inbox(story, silver, Wanted(view, noy), at=END) for view in (View.OPEN, View.CLOSED))
    assert {row.waiting_for for row in rows} == {WaitingFor.OFFICE, WaitingFor.BUYER, WaitingFor.MEMBERS}
    assert {row.last.kind if row.last else None for row in rows} == {None, MessageKind.BUYER, MessageKind.ANSWER}
    assert {row.inquiry.held_reason for row in rows} == {None, "links", "trap"}
    assert {row.inquiry.closed_reason for row in closed} == set(ClosedReason)
    assert {message.kind for message in of_silver(story, Message)} == set(MessageKind)


def test_firms_that_left_have_neither_contact_nor_role(story):
    left = story.scalars(select(Member).where(Member.status == MemberStatus.LEFT)).all()
    assert {member.slug for member in left} == {"fern-border", "late-seed"}
    for member in left:
        assert story.get(MemberContact, member.id) is None
        assert story.scalars(select(Role.ended_at).where(Role.member_id == member.id)).all() != [None]


def test_silver_has_a_price_on_several_days(story):
    prices = story.scalars(select(MetalReference).order_by(MetalReference.on)).all()
    assert len(prices) == 6
    assert all((later.on - earlier.on).days == 14 for earlier, later in pairwise(prices))
    assert prices[-1].on < DAY


def test_the_published_are_found(story):
    silver = story.scalar(select(Consortium).where(Consortium.slug == "silver"))
    assert matching(story, silver, "stemmed bowl")
    assert matching(story, silver, "ຂັນເງິນ")
    assert len(matching(story, None, "MS-0118")) == 1


# -- whole --


def test_every_published_listing_is_ready_in_both_languages_and_leaks_nothing(story):
    published = story.scalars(select(Product).where(Product.status == ListingStatus.PUBLISHED)).all()
    for product in published:
        version, consortium = product.published, product.consortium
        assert readiness.missing_for_publication(version, sector(consortium.sector_key)) == []
        assert readiness.leaks_in(version, consortium.public_contacts) == {}
        assert version.description.is_complete
        assert version.hs_code
        assert version.monthly_capacity


def test_the_database_holds_what_the_files_say(story):
    for told in read_consortia():
        for product in told.products:
            made = story.scalar(select(Product).where(Product.reference == product.reference))
            assert made.working.description == product.content.description
            assert made.working.tiers == product.content.tiers
            assert made.working.carton_gross_kg == product.content.carton_gross_kg
            assert [(photo.alt, photo.kind) for photo in made.working.photos] == [
                (photo.alt, photo.kind) for photo in product.photos
            ]


def test_every_consortium_says_that_it_is_a_demonstration(story):
    assert all(story.scalars(select(Consortium.is_demo)))
    assert all(
        consortium.hero_id and consortium.hero_alt.is_complete for consortium in story.scalars(select(Consortium))
    )
    assert story.scalar(select(func.count()).where(Member.photo_id.is_not(None))) == 2


def test_every_photograph_waits_to_be_made(story):
    photographs = story.scalars(select(StoredFile)).all()
    assert {file.state for file in photographs} == {FileState.WAITING}
    jobs = story.scalars(select(Due.about).where(Due.kind == "file.check", Due.state == DueState.WAITING)).all()
    assert sorted(jobs) == sorted(f"stored_file:{file.id}" for file in photographs)
    assert story.scalar(select(func.count(ProductPhoto.id))) >= 83


def test_asked_for_products_were_in_the_catalogue_then(story):
    lines = story.scalars(select(InquiryLine).where(InquiryLine.product_id.is_not(None))).all()
    assert len(lines) > 50
    for line in lines:
        assert line.product_version_id == line.product.published_id
        assert line.product.published_at < line.inquiry.created_at


# -- nothing past the door --


def test_every_address_is_made_up(story):
    addresses = [
        *story.scalars(select(Person.email)),
        *story.scalars(select(MemberContact.email)),
        *story.scalars(select(BuyerContact.email)),
        *story.scalars(select(Consortium.shared_contact_email)),
    ]
    assert [address for address in addresses if address and not address.endswith(".example")] == []


def test_contacts_of_members_stand_in_no_public_text(story, public_words):
    contacts = story.scalars(select(MemberContact)).all()
    assert len(contacts) == 49
    for contact in contacts:
        for told in (contact.name, contact.email, contact.phone):
            assert told
            assert told not in public_words


def test_contacts_of_members_stand_in_nothing_that_a_buyer_reads(story):
    said = "\n".join(story.scalars(select(Message.text).where(Message.kind == MessageKind.ANSWER)))
    for contact in story.scalars(select(MemberContact)):
        assert contact.email not in said
        assert contact.phone not in said


def test_no_letter_of_the_past_will_leave(story):
    letters = story.scalars(select(Due).where(Due.lane == Lane.LETTER)).all()
    assert len(letters) > 100
    for letter in letters:
        assert (letter.state, letter.last_error) == (DueState.DONE, NOT_DELIVERED)
        assert letter.done_at == letter.due_at <= END


# -- in order --


def test_every_chain_of_the_log_holds(story):
    assert len(log.chains(story)) == 6
    assert [log.verify(story, chain) for chain in log.chains(story)] == [None] * 6


def test_the_log_stands_in_the_order_of_time(story):
    for chain in log.chains(story):
        times = story.scalars(select(Entry.at).where(Entry.chain == chain).order_by(Entry.seq)).all()
        assert times == sorted(times)


def test_all_times_lie_in_the_past(story):
    for mapper in Base.registry.mappers:
        for column in mapper.columns:
            if column.key in TO_COME:
                continue
            if column.key.endswith("_at") or column.key == "at":
                latest = story.scalar(select(func.max(column)))
                is_later = latest is not None and latest > END
                assert not is_later, f"{mapper.class_.__name__}.{column.key} {latest}"


def test_a_thread_and_its_numbers_stand_in_the_order_of_time(story):
    for inquiry in story.scalars(select(Inquiry)):
        times = [inquiry.created_at, *(message.at for message in inquiry.messages)]
        assert all(earlier < later for earlier, later in pairwise(times))
        assert inquiry.changed_at >= times[-1]
    numbered = sorted((inquiry.created_at, inquiry.number) for inquiry in of_silver(story, Inquiry))
    assert [number for _at, number in numbered] == sorted(number for _at, number in numbered)


def test_orders_came_within_a_year_and_what_else_was_asked_within_sixty_days(story):
    called = select(Call.inquiry_id).where(Call.inquiry_id == Inquiry.id)
    times = select(func.min(Inquiry.created_at), func.max(Inquiry.created_at))
    first, last = story.execute(times.where(~called.exists())).one()
    assert END - timedelta(days=60) < first
    assert last > END - timedelta(days=1)
    assert END - timedelta(days=366) < story.scalar(select(func.min(Inquiry.created_at)))


def test_what_was_assayed_was_assayed_before_it_was_listed(story):
    for product in of_silver(story, Product):
        if assayed_on := product.working.details.get("assay_on"):
            assert assayed_on < product.created_at.date().isoformat()


# -- both databases --


OF_PICTURES = ("photo.added", "hero.shown", "maker.shown")


def told_story(session: Session) -> list[list[str]]:
    """What can be read, without keys and what is drawn by lot; pictures are not kept in every telling."""
    # Equal claims to work are drawn by lot, and the lot is the log's head: other shares, and what follows of them.
    drawn = or_(*(Entry.action.startswith(f"{thing}.") for thing in ("allocation", "call", "offer", "share")))
    queries = [
        select(Person.name, Person.email, Person.created_at),
        select(Member.slug, Member.created_at, Member.status),
        select(Product.reference, Product.status, Product.created_at, Product.published_at),
        select(ProductVersion.name_lo, ProductVersion.details, ProductVersion.tier_rows),
        select(Inquiry.number, Inquiry.status, Inquiry.created_at, Inquiry.message, Inquiry.needed_by),
        select(Message.text, Message.at, Message.kind),
        select(Entry.at, Entry.action).where(Entry.action.not_in(OF_PICTURES), not_(drawn)),
    ]
    return [sorted(str(tuple(row)) for row in session.execute(query)) for query in queries]


@pytest.mark.only("postgresql")  # the story beside it was told to SQLite
def test_the_same_day_tells_the_same_story_on_either_database(engine, story):
    with Session(engine) as session:
        assert is_empty(session)

    tell(engine, read_programme(DAY), {})

    with Session(engine) as session:
        assert not is_empty(session)
        assert [log.verify(session, chain) for chain in log.chains(session)] == [None] * 6
        assert counts(session) == counts(story)
        assert told_story(session) == told_story(story)


def test_the_printed_sign_ins_are_people_with_that_password(story):
    shared = story.scalar(select(Person.password_hash).distinct())
    for role, email, _password in SIGN_INS:
        person = story.scalar(select(Person).where(Person.email == email))
        names = set(story.scalars(select(Role.name).where(Role.person_id == person.id, Role.ended_at.is_(None))))
        assert names - {RoleName.DEPUTY} == {RoleName(role.partition(",")[0])}
        assert person.password_hash == shared
    assert passwords.fits(shared, PASSWORD)


def test_nobody_has_a_time_before_they_were_added(story):
    added = {f"person:{person.id}": person.created_at for person in story.scalars(select(Person))}
    for entry in story.scalars(select(Entry).where(Entry.actor.startswith("person:"))):
        assert entry.at >= added[entry.actor]
    assert min(added.values()) > datetime(2022, 1, 1, tzinfo=UTC)
