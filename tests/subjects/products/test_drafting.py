"""A product said field by field: what is kept, what is counted, and what the office has stays as it is."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.sector import sector
from catalogue.products import drafting
from catalogue.products.editing import content_of
from catalogue.products.models import ListingStatus
from catalogue.products.steps import SomebodyWasFirst, hold

SILVER = sector("silver")


@pytest.fixture
def draft(make, cast):
    return make.draft_product(member=cast.firm_a, office_price=None, net_weight_g=None)


@pytest.fixture
def write(session, cast, at):
    def write(product, *, typed=None, **said):
        hold(session, product)
        content = replace(content_of(product.working), **said)
        fields = [*said, *(typed or {})]
        return drafting.write_answer(session, product, content, typed or {}, fields=fields, by=cast.bounmy, at=at)

    return write


def test_an_answer_is_kept_and_logged_without_its_figures(write, draft, session):
    before = draft.version

    assert write(draft, office_price=Decimal(1250000))

    session.flush()
    assert draft.working.office_price == Decimal(1250000)
    assert draft.version > before
    log.seal(session)
    entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.action, entry.data) == ("product.answered", {"fields": ["office_price"]})


def test_the_same_answer_again_changes_nothing(write, draft):
    write(draft, office_price=Decimal(1250000))

    assert write(draft, office_price=Decimal(1250000)) is False


def test_what_was_typed_stays_until_it_is_understood(write, draft):
    write(draft, typed={"office_price": "1.250"})
    write(draft, typed={"net_weight_g": "zu"}, minimum_order=5)
    assert draft.working.typed == {"office_price": "1.250", "net_weight_g": "zu"}

    write(draft, typed={"office_price": None}, office_price=Decimal(1250))

    assert draft.working.typed == {"net_weight_g": "zu"}


def test_questions_count_once_they_are_understood(write, draft):
    assert drafting.count_said(draft.working, SILVER) == 2
    assert drafting.first_unsaid(draft.working, SILVER).key == "weight"

    write(draft, net_weight_g=Decimal(210), typed={"office_price": "1.250"})

    assert drafting.count_said(draft.working, SILVER) == 3
    assert drafting.first_unsaid(draft.working, SILVER).key == "price"
    assert drafting.count_said(None, SILVER) == 0


def test_questions_follow_the_sectors_order():
    keys = [each.key for each in SILVER.questions]
    following = [drafting.question_after(each, SILVER) for each in SILVER.questions]
    assert [each.key if each else None for each in following] == [*keys[1:], None]


def test_what_the_office_reviews_is_not_changed(write, make, cast):
    sent = make.submitted_product(member=cast.firm_a)

    with pytest.raises(SomebodyWasFirst):
        write(sent, minimum_order=77)


def test_what_is_published_gets_a_proposal(write, make, cast):
    shown = make.product(member=cast.firm_a)
    before = shown.published.minimum_order

    write(shown, minimum_order=77)

    assert (shown.proposal, shown.published.minimum_order, shown.working.minimum_order) == (
        ListingStatus.DRAFT,
        before,
        77,
    )


def test_the_time_of_the_last_answer_is_known(session, draft, cast, at):
    hold(session, draft)
    content = replace(content_of(draft.working), minimum_order=78)
    later = at + timedelta(hours=2)
    drafting.write_answer(session, draft, content, {}, fields=["minimum_order"], by=cast.bounmy, at=later)
    log.seal(session)

    assert drafting.last_kept_at(session, draft) == later
