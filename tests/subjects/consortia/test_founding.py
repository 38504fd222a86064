"""Founding a consortium, taking firms in, letting them go, and the price of metal."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia.founding import (
    AddressRefused,
    Charter,
    Contact,
    Firm,
    admit_member,
    end_membership,
    found_consortium,
    set_metal_reference,
)
from catalogue.consortia.models import MemberContact, MemberStatus, MetalReference
from catalogue.consortia.roles import roles_of
from catalogue.consortia.showing import show_hero, show_maker
from catalogue.text import Bilingual

NAME = Bilingual("ກຸ່ມຕົວຢ່າງ", "Example Consortium")
CHARTER = Charter("example", "EXC", "silver", NAME, "office@example.example")
FIRM = Firm("bench", Bilingual("ໂຮງຊ່າງ", "The Bench"), techniques=("raising",), people=4, since=2001)
CONTACT = Contact("Somebody", "somebody@bench.example", "+856 20 5555 0100", "Ban Example")
SOURCE = Bilingual("ຕົວຢ່າງ", "example")


def actions(session) -> list[str]:
    session.commit()
    return list(session.scalars(select(Entry.action).order_by(Entry.seq)))


def test_a_consortium_is_founded_by_somebody(session, make, at):
    by = make.operator()

    consortium = found_consortium(session, CHARTER, by=by, at=at)

    assert (consortium.slug, consortium.name, consortium.created_at) == ("example", NAME, at)
    assert (consortium.is_demo, len(consortium.rotation_key)) == (False, 32)
    session.commit()
    entry = session.scalar(select(Entry).where(Entry.chain == consortium.id))
    assert (entry.action, entry.actor, entry.at) == ("consortium.founded", f"person:{by.id}", at)


@pytest.mark.parametrize(
    "slug", ["", "ab", "desk", "products", "inquiry-list", "Silver", "two--hyphens", "ເງິນ", "a" * 41]
)
def test_an_address_that_would_mislead_is_refused(session, at, slug):
    with pytest.raises(AddressRefused):
        found_consortium(session, Charter(slug, "EXC", "silver", NAME, ""), by=None, at=at)


@pytest.mark.parametrize("code", ["", "E", "exc", "1EX", "TOOLONG"])
def test_a_code_that_cannot_begin_a_number_is_refused(session, at, code):
    with pytest.raises(AddressRefused):
        found_consortium(session, Charter("example", code, "silver", NAME, ""), by=None, at=at)


@pytest.mark.parametrize(("slug", "code"), [("example", "OTH"), ("other", "EXC")])
def test_slug_and_code_belong_to_one_consortium(session, at, slug, code):
    found_consortium(session, CHARTER, by=None, at=at)
    with pytest.raises(AddressRefused, match="another consortium"):
        found_consortium(session, Charter(slug, code, "silver", NAME, ""), by=None, at=at)


def test_there_is_no_consortium_of_an_unknown_sector(session, at):
    with pytest.raises(FileNotFoundError):
        found_consortium(session, Charter("example", "EXC", "gold", NAME, ""), by=None, at=at)


def test_a_firm_is_admitted_with_its_contacts_apart(session, at):
    consortium = found_consortium(session, CHARTER, by=None, at=at)

    member = admit_member(session, consortium, FIRM, CONTACT, by=None, at=at)

    assert (member.slug, member.techniques, member.is_active) == ("bench", ["raising"], True)
    contact = session.get_one(MemberContact, member.id)
    assert (contact.name, contact.phone, contact.consortium_id) == ("Somebody", "+856 20 5555 0100", consortium.id)
    assert actions(session) == ["consortium.founded", "member.admitted"]


def test_two_firms_of_a_consortium_have_two_addresses(session, make, at):
    consortium, other = make.consortium(), make.consortium()
    admit_member(session, consortium, FIRM, CONTACT, by=None, at=at)
    admit_member(session, other, FIRM, CONTACT, by=None, at=at)
    with pytest.raises(AddressRefused):
        admit_member(session, consortium, FIRM, CONTACT, by=None, at=at)


def test_who_leaves_takes_contacts_and_sign_ins_along(session, make, at):
    member, other = make.member(), make.member()
    maker, neighbour = make.maker(member), make.maker(other)

    end_membership(session, member, by=None, at=at)
    session.commit()

    assert member.status is MemberStatus.LEFT
    assert member.name
    assert session.get(MemberContact, member.id) is None
    assert session.get(MemberContact, other.id)
    assert (len(roles_of(session, maker)), len(roles_of(session, neighbour))) == (0, 1)
    assert "member.left" in actions(session)


def test_the_last_price_of_a_day_counts(session, make, at):
    consortium = make.consortium()

    def set_price(price: str, on: date) -> None:
        set_metal_reference(
            session,
            consortium,
            metal="silver",
            on=on,
            price_per_gram=Decimal(price),
            currency="USD",
            source=SOURCE,
            by=None,
            at=at,
        )

    for price, on in [("1.60", date(2026, 11, 2)), ("1.62", date(2026, 11, 3)), ("1.61", date(2026, 11, 3))]:
        set_price(price, on)

    prices = session.scalars(select(MetalReference).order_by(MetalReference.on)).all()
    assert [price.price_per_gram for price in prices] == [Decimal("1.60"), Decimal("1.61")]
    assert actions(session) == ["metal_reference.set"] * 3


def test_pictures_are_shown_and_the_catalogue_turns(session, make, at):
    member = make.member()
    consortium = member.consortium
    hero, bench = make.stored_file(consortium), make.stored_file(consortium)
    version = consortium.catalogue_version

    show_hero(session, consortium, hero, SOURCE, by=None, at=at)
    show_maker(session, member, bench, by=None, at=at)

    assert (consortium.hero_id, consortium.hero_alt, member.photo_id) == (hero.id, SOURCE, bench.id)
    session.commit()
    assert consortium.catalogue_version == version + 1
    assert actions(session) == ["hero.shown", "maker.shown"]
