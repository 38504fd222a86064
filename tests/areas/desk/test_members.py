"""The members at the desk: how to reach them, and taking one in."""

import pytest
from sqlalchemy import select

from catalogue.consortia.models import Member, MemberContact

TYPED = {
    "name_lo": "ໂຮງຊ່າງຕົວຢ່າງ",
    "name_en": "Example Hammer",
    "village_lo": "ບ້ານໃໝ່",
    "person": "ນາງ ແກ້ວ",
    "phone": "020 5555 0888",
}


def test_manager_sees_how_to_reach_a_firm(visitor, make, cast):
    make.member(consortium=cast.silver, contact={"phone": "+856 20 5555 0777"})

    page = visitor.signed_in_as(cast.noy).get("desk.members", slug=cast.silver.slug)

    assert "+856 20 5555 0777" in page.text


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_does(visitor, cast, who):
    visitor.signed_in_as(getattr(cast, who)).get("desk.members", expect=403, slug=cast.silver.slug)


def test_a_firm_is_taken_in_with_its_first_card(visitor, cast, session):
    noy = visitor.signed_in_as(cast.noy)
    page = noy.get("desk.new_member", slug=cast.silver.slug)

    page = noy.submit(page, "form.by-hand", TYPED)

    assert TYPED["person"] in page.select_one("article.card-paper h2").text
    member = session.scalars(select(Member).where(Member.slug == "example-hammer")).one()
    assert member.name.lo == TYPED["name_lo"]
    contact = session.scalars(select(MemberContact).where(MemberContact.member_id == member.id)).one()
    assert contact.phone == TYPED["phone"]


def test_a_second_firm_of_one_name_gets_an_address_of_its_own(visitor, cast, session):
    noy = visitor.signed_in_as(cast.noy)
    for _time in range(2):
        noy.post("desk.new_member", TYPED, slug=cast.silver.slug)
    noy.post("desk.new_member", {**TYPED, "name_en": ""}, slug=cast.silver.slug)

    slugs = session.scalars(select(Member.slug).order_by(Member.id)).all()
    assert slugs[0] == "example-hammer"
    assert slugs[1].startswith("example-hammer-")
    assert slugs[2].startswith("firm-")


@pytest.mark.parametrize("field", ["name_lo", "person"])
def test_what_is_missing_is_explained_and_the_rest_kept(visitor, cast, session, field):
    noy = visitor.signed_in_as(cast.noy)
    page = noy.post("desk.new_member", {**TYPED, field: " "}, slug=cast.silver.slug, expect=422)

    assert page.select_one(f"#{field}-error")
    assert page.select_one("#phone")["value"] == TYPED["phone"]
    assert session.scalars(select(Member)).all() == []


def test_a_firm_that_nobody_can_sign_in_for_is_marked(visitor, cast, make):
    make.member(consortium=cast.silver)
    assert cast.bounmy
    page = visitor.signed_in_as(cast.noy).get("desk.members", slug=cast.silver.slug)
    assert [len(row.select(".status")) for row in page.select(".members > li")] in ([0, 1], [1, 0])
