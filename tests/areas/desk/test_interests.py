"""Ties to members: declared, refused with a log line, handed over, taken over; read by all members."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia import deputies, interests
from catalogue.consortia.interest_models import Interest, InterestKind
from catalogue.consortia.interests import Tie
from catalogue.routing import handing_over
from catalogue.routing.handing_models import HandOver


@pytest.fixture
def noy(visitor, cast):
    cast.bounmy, cast.somchan  # noqa: B018 - both firms are members
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def call(make, cast):
    cast.bounmy, cast.somchan  # noqa: B018 - both firms are members
    closes_at = datetime.now(UTC) + timedelta(days=3)
    return make.call(consortium=cast.silver, members=[cast.firm_a, cast.firm_b], closes_at=closes_at)


def tied(make, session, cast, kind, at):
    day = interests.day_of(at)
    return make.keep(interests.declare(session, cast.silver, cast.firm_a, Tie(kind, day), person=cast.noy, at=at))


def close_early(noy, cast, call):
    return noy.post("desk.close_call", {"close-reason": "ຟ້າວ"}, slug=cast.silver.slug, number=call.number)


def test_a_tie_is_declared_read_by_members_and_ended(noy, cast, session, visitor):
    given = {"member": cast.firm_a.public_id, "kind": "kinship", "begins_on": "2026-01-05"}
    noy.post("desk.declare_interest", given, slug=cast.silver.slug)
    page = visitor.signed_in_as(cast.somchan).speaking("lo").get("studio.decided")
    assert "Noy" in page.select_one(".ties").text

    tie = session.scalar(select(Interest))
    noy.post("desk.end_interest", slug=cast.silver.slug, interest_id=tie.public_id)
    session.expire_all()
    assert session.scalar(select(Interest)).ends_on is not None


def test_nobody_ends_the_tie_of_another(noy, cast, make, session, at, visitor):
    tie = tied(make, session, cast, InterestKind.PAY, at)
    other = visitor.signed_in_as(make.manager(cast.silver, name="Vone", language="en"))

    other.get("desk.interests", slug=cast.silver.slug)
    other.post("desk.end_interest", slug=cast.silver.slug, interest_id=tie.public_id, expect=404)


@pytest.mark.parametrize("kind", [InterestKind.OWNERSHIP, InterestKind.KINSHIP])
def test_what_a_tie_forbids_is_undone_logged_and_explained(noy, cast, make, session, call, kind, at):
    tied(make, session, cast, kind, at)
    page = close_early(noy, cast, call)

    assert noy.address.endswith(f"/inquiries/{call.inquiry.public_id}/hand-over")
    assert page.select_one(".notice-error")
    session.refresh(call)
    assert call.state == "open"
    entry = session.scalar(select(Entry).where(Entry.action == "interest.refused"))
    assert entry.data["act"] == "call.close"
    assert entry.data["inquiry"] == call.inquiry_id


def test_members_read_the_attempt(noy, cast, make, session, call, visitor, at):
    tied(make, session, cast, InterestKind.PAY, at)
    close_early(noy, cast, call)

    page = visitor.signed_in_as(cast.somchan).speaking("lo").get("studio.decided")
    text = page.select_one(".cases").text
    assert "Noy" in text
    assert call.inquiry.number in text


def test_an_override_is_read_without_the_name_of_another(noy, cast, make, session, call, visitor):
    make.session.refresh(call)
    call.candidates[1].left_out_reason = "ຕິດວຽກອື່ນ"
    make.session.commit()

    mine = visitor.signed_in_as(cast.somchan).speaking("lo").get("studio.decided").select_one(".cases").text
    others = visitor.signed_in_as(cast.bounmy).speaking("lo").get("studio.decided").select_one(".cases").text
    watched = visitor.signed_in_as(cast.observer).get("desk.decided", slug=cast.silver.slug).select_one(".cases").text
    assert "ຕິດວຽກອື່ນ" in mine
    assert "ຕິດວຽກອື່ນ" in others
    assert cast.firm_b.name.lo not in others
    assert "ຕິດວຽກອື່ນ" not in watched
    assert cast.firm_b.name.en not in watched


def test_the_deputy_takes_over_after_a_working_day_and_decides(noy, cast, make, session, call, visitor, at, outbox):
    tied(make, session, cast, InterestKind.OWNERSHIP, at)
    deputies.name_deputy(session, cast.silver, cast.keo, by=cast.noy, at=at)
    session.commit()
    keo, of = visitor.signed_in_as(cast.keo), {"slug": cast.silver.slug, "inquiry_id": call.inquiry.public_id}
    keo.get("desk.call", slug=cast.silver.slug, number=call.number, expect=403)

    noy.post("desk.hand_over_now", **of)
    assert "handed_over" in outbox.kinds()
    keo.get("desk.handed_over", slug=cast.silver.slug)
    keo.post("desk.take_over", **of)
    assert session.scalar(select(HandOver)).taken_by_id is None

    over = session.scalar(select(HandOver))
    over.deputy_at = at
    session.commit()
    keo.post("desk.take_over", **of)
    session.expire_all()
    assert session.scalar(select(HandOver)).taken_by_id == cast.keo.id
    keo.get("desk.call", slug=cast.silver.slug, number=call.number)
    close_early(keo, cast, call)
    session.refresh(call)
    assert call.state == "closed"
    keo.get("desk.inquiry", expect=403, **of)


def test_a_deputy_reads_no_other_call(cast, make, session, visitor, at):
    deputies.name_deputy(session, cast.silver, cast.keo, by=cast.noy, at=at)
    session.commit()
    other = make.closed_call({cast.firm_a: 40}, quantity=40, consortium=cast.silver)
    keo = visitor.signed_in_as(cast.keo)

    keo.get("desk.call", slug=cast.silver.slug, number=other.number, expect=403)
    page = keo.get("desk.calls", slug=cast.silver.slug)
    assert other.number not in page.text
    assert not page.select_one(".rail a[href$='/calls'] small")  # counts nothing that it does not show


def test_the_operator_names_a_deputy(cast, session, visitor):
    cast.keo, cast.noy  # noqa: B018 - who may be chosen, and who may not
    operator = visitor.signed_in_as(cast.operator)
    operator.get("operator.deputies")
    operator.post("operator.name_deputy", {"deputy": cast.keo.public_id}, slug=cast.silver.slug)
    assert deputies.deputy_of(session, cast.silver).person_id == cast.keo.id

    operator.post("operator.name_deputy", {"deputy": cast.noy.public_id}, slug=cast.silver.slug)
    session.expire_all()
    assert deputies.deputy_of(session, cast.silver).person_id == cast.keo.id


def test_the_deputy_asks_the_makers_where_nobody_did(cast, make, session, visitor, at):
    cast.bounmy, cast.somchan  # noqa: B018 - two members who could be asked
    inquiry = make.inquiry(consortium=cast.silver, products=[make.product(member=cast.firm_a)])
    deputies.name_deputy(session, cast.silver, cast.keo, by=cast.noy, at=at)
    over = handing_over.hand_over(session, inquiry, by=cast.noy, at=at)
    handing_over.take_over(session, over, by=cast.keo, at=over.deputy_at)
    session.commit()

    keo = visitor.signed_in_as(cast.keo)
    page = keo.get("desk.handed_over", slug=cast.silver.slug)
    keo.open(page.select_one(".work-list a")["href"])
    assert keo.address.endswith("/lines/1/call")
