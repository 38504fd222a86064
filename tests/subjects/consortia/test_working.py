"""On behalf of a firm: marked everywhere, for two hours, by the managers of its consortium alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.accounts.models import SignIn
from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia import working
from catalogue.consortia.cards import NotOfThisFirm
from catalogue.consortia.founding import end_membership
from catalogue.products import editing, listing
from catalogue.products.content import Content
from catalogue.text import Bilingual

TWO_HOURS = timedelta(hours=2)


@pytest.fixture
def row(session, make, cast):
    make.session_key(cast.noy)
    return session.scalars(select(SignIn).where(SignIn.person_id == cast.noy.id)).one()


def acted_for(session, row, at):
    return working.firm_acted_for(session, row, working.roles_in(session, row), at=at)


def test_two_hours_and_no_longer(session, row, cast, at):
    working.begin_on_behalf(session, row, cast.firm_a, at=at)

    assert acted_for(session, row, at + TWO_HOURS - timedelta(seconds=1)) is cast.firm_a
    assert acted_for(session, row, at + TWO_HOURS) is None


def test_one_act_ends_it(session, row, cast, at):
    working.begin_on_behalf(session, row, cast.firm_a, at=at)
    assert working.end_on_behalf(session, row, at=at) is cast.firm_a
    assert acted_for(session, row, at) is None
    assert log.on_behalf_of(session) is None
    assert working.end_on_behalf(session, row, at=at) is None


def test_not_for_a_firm_of_another_consortium(session, row, cast, make, at):
    working.begin_on_behalf(session, row, make.member(consortium=cast.silk), at=at)
    assert acted_for(session, row, at) is None


def test_not_for_a_firm_that_left(session, row, cast, at):
    working.begin_on_behalf(session, row, cast.firm_a, at=at)
    end_membership(session, cast.firm_a, by=None, at=at)
    assert acted_for(session, row, at) is None
    with pytest.raises(NotOfThisFirm):
        working.begin_on_behalf(session, row, cast.firm_a, at=at)


def test_every_row_of_the_log_carries_it(session, row, cast, at):
    working.begin_on_behalf(session, row, cast.firm_a, at=at)
    editing.create_draft(session, cast.firm_a, Content(), by=cast.noy, at=at)
    working.end_on_behalf(session, row, at=at)
    editing.create_draft(session, cast.firm_b, Content(), by=cast.noy, at=at)
    session.commit()

    rows = session.scalars(select(Entry).where(Entry.chain == cast.silver.id).order_by(Entry.seq)).all()
    told = [(each.action, each.data.get("on_behalf_of")) for each in rows][-4:]
    assert told == [
        ("on_behalf.begun", cast.firm_a.id),
        ("product.created", cast.firm_a.id),
        ("on_behalf.ended", cast.firm_a.id),
        ("product.created", None),
    ]
    assert {each.actor for each in rows[-4:]} == {f"person:{cast.noy.id}"}
    assert log.verify(session, cast.silver.id) is None


def test_versions_that_a_manager_writes_for_a_firm_are_marked(session, row, make, cast, at):
    own = make.draft_product(member=cast.firm_a)
    shown = make.product(member=cast.firm_a)
    assert not own.working.is_on_behalf

    working.begin_on_behalf(session, row, cast.firm_a, at=at)
    for product in (own, shown):
        content = Content(name=Bilingual("ຊື່ໃໝ່", "A new name"))
        editing.edit(session, product, content, opened_version=product.version, by=cast.noy, at=at)
    begun = editing.create_draft(session, cast.firm_a, Content(), by=cast.noy, at=at)

    assert [each.working.is_on_behalf for each in (own, shown, begun)] == [True, True, True]
    assert not shown.published.is_on_behalf


def test_the_next_version_of_the_firm_itself_is_its_own_again(session, row, make, cast, at):
    product = make.product(member=cast.firm_a)
    product.working.is_on_behalf = True
    content = Content(name=Bilingual("ຊື່ຂອງເຮົາ", "Our name"))

    editing.edit(session, product, content, opened_version=product.version, by=cast.bounmy, at=at)

    assert not product.working.is_on_behalf


def test_sending_what_the_firm_wrote_leaves_it_the_firms(session, row, make, cast, at):
    own = make.draft_product(member=cast.firm_a)
    working.begin_on_behalf(session, row, cast.firm_a, at=at)
    listing.submit(session, own, by=cast.noy, at=at)
    session.flush()
    assert not own.working.is_on_behalf
