"""Digests of the morning and letters about late answers: once, to whom they concern, and ended with one click."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from catalogue.activity import log
from catalogue.database import writing
from catalogue.inquiries import conversation
from catalogue.inquiries.intake import Buyer
from catalogue.inquiries.reminders import plan_digests, plan_escalations
from catalogue.outbox.models import Due, DueState
from tests.areas.notices.test_letters import Post, address_of, html, plain, post  # noqa: F401 - a fixture

# Monday, 2 November 2026, 7:30 in Vientiane.
MORNING = datetime(2026, 11, 2, 0, 30, tzinfo=UTC)
CAME = MORNING - timedelta(hours=10)
ANA = Buyer("Ana Example", "ana@buyer.example", "DE", company="Example Gifts", phone="+49 30 5550123")


@pytest.fixture
def inquiry(make, cast, session):
    found = make.inquiry(consortium=cast.silver, buyer=ANA, message="Write to ana@buyer.example")
    assert cast.noy.email
    found.created_at = CAME
    session.commit()
    return found


def kinds(session, kind):
    return session.scalars(select(Due).where(Due.kind == kind).order_by(Due.id)).all()


@pytest.mark.parametrize(
    ("minutes", "count"), [(-1, 0), (0, 1), (4 * 60 + 29, 1), (4 * 60 + 30, 0)], ids=["7:29", "7:30", "11:59", "12:00"]
)
@pytest.mark.only("sqlite")
def test_the_digest_is_written_in_the_morning(session, inquiry, minutes, count):
    assert plan_digests(session, at=MORNING + timedelta(minutes=minutes)) == count


def test_a_day_has_one_digest_whatever_the_clock_does(session, engine, inquiry):
    with writing(engine) as one:
        assert plan_digests(one, at=MORNING) == 1
    with writing(engine) as another:
        assert plan_digests(another, at=MORNING - timedelta(seconds=0)) == 0
        assert plan_digests(another, at=MORNING + timedelta(hours=1)) == 0
        assert plan_digests(another, at=MORNING + timedelta(days=1)) == 1


@pytest.mark.only("sqlite")
def test_nothing_is_written_where_nothing_waits_or_nobody_wants_it(session, make, cast):
    consortium = make.consortium()
    quiet, unwilling = make.manager(consortium), make.manager(make.inquiry().consortium)
    unwilling.wants_digest = False
    assert plan_digests(session, at=MORNING) == 0
    assert quiet.wants_digest


def test_the_digest_says_numbers_and_no_contact_and_ends_with_one_click(session, post, inquiry, cast, visitor):  # noqa: F811
    plan_digests(session, at=MORNING)

    letter = post.one("digest")

    assert address_of(letter).addr_spec == cast.noy.email
    for part in (plain(letter), html(letter)):
        assert inquiry.number in part
        assert "/desk/" in part
        for secret in ("Ana", "ana@", "Example Gifts", "5550123"):
            assert secret not in part
    # In one piece, however long: mail programs decode no address in this header.
    assert b"List-Unsubscribe: <http" in letter.as_bytes(policy=letter.policy.clone(refold_source="none"))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip(" <>").removeprefix(post.settings.SITE_URL)
    visitor.open(address)
    session.refresh(cast.noy)
    assert cast.noy.wants_digest
    session.commit()
    visitor.client.post(address, data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"})
    session.refresh(cast.noy)
    assert not cast.noy.wants_digest
    assert plan_digests(session, at=MORNING + timedelta(days=1)) == 0


@pytest.mark.only("sqlite")
def test_a_wrong_way_out_changes_nothing(visitor):
    visitor.open(f"/no-digest/{'a' * 42}", expect=404)


@pytest.mark.only("sqlite")
def test_the_digest_is_switched_on_the_account_page(visitor, cast, session):
    noy = visitor.signed_in_as(cast.noy)
    for wanted in (False, True):
        page = noy.get("signin.account")
        noy.submit(page, "form[action$='/account/digest']", {"digest": "yes" if wanted else "no"})
        session.refresh(cast.noy)
        assert cast.noy.wants_digest is wanted
    page = visitor.signed_in_as(cast.bounmy).get("signin.account")
    assert not page.select("form[action$='/account/digest']")


# What came on Sunday evening is due at the end of Tuesday.
LATE = MORNING + timedelta(days=2)


def test_a_late_answer_is_told_once_to_whoever_took_it(session, engine, post, inquiry, cast, make):  # noqa: F811
    second = make.manager(cast.silver)
    inquiry.assigned_to_id = second.id
    session.commit()
    assert plan_escalations(session, at=MORNING) == 0
    for expected in (1, 0):
        with writing(engine) as other:
            assert plan_escalations(other, at=LATE) == expected

    post.at = LATE
    letter = post.one("answer_late")

    assert address_of(letter).addr_spec == second.email
    assert inquiry.number in letter["Subject"]
    for secret in ("Ana", "ana@", "Example Gifts", "5550123"):
        assert secret not in plain(letter) + html(letter)
    assert log.verify(session, cast.silver.id) is None


def test_a_late_answer_that_nobody_took_is_told_to_all(session, inquiry, cast, make):
    second = make.manager(cast.silver)
    assert plan_escalations(session, at=LATE) == 2
    assert {due.payload["person_id"] for due in kinds(session, "answer_late")} == {cast.noy.id, second.id}


@pytest.mark.only("sqlite")
def test_who_answered_meanwhile_is_not_reminded(session, post, inquiry, cast):  # noqa: F811
    plan_escalations(session, at=LATE)
    conversation.answer(session, inquiry, "We can", by=cast.noy, at=LATE)
    post.at = LATE
    post.sent()
    assert [due.state for due in kinds(session, "answer_late")] == [DueState.DROPPED]


@pytest.mark.only("sqlite")
def test_what_was_late_long_before_stands_in_the_digest_alone(session, inquiry):
    assert plan_escalations(session, at=LATE + timedelta(days=30)) == 0
