"""Dividing a call at the desk: the proposal, confirming it, changing a share, two managers, awarding."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import Tie, declare
from catalogue.consortia.models import RoleName
from catalogue.routing.dividing import Override, confirm
from catalogue.routing.division_models import Allocation, AllocationState, Share
from catalogue.routing.models import Call, CallState
from catalogue.routing.shares import hand_back, take
from catalogue.text import Bilingual


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def closed(make, cast):
    """A closed call of 60: firm A offered 40, firm B 60."""
    return make.closed_call({cast.firm_a: 40, cast.firm_b: 60}, quantity=60, lot=10)


def at(call):
    return {"slug": call.consortium.slug, "number": call.number}


def field(session, call, firm, name):
    keys = {each.member_id: each.public_id for each in session.get(Call, call.id).candidates}
    return f"{keys[firm.id]}-{name}"


def test_an_open_call_shows_no_division(noy, make, cast):
    call = make.call(members=[cast.firm_a, cast.firm_b], closes_at=datetime.now(UTC) + timedelta(days=1))

    noy.get("desk.allocation", expect=303, check=False, **at(call))


def test_the_proposal_is_drawn_with_figures_and_reasons(noy, closed):
    page = noy.get("desk.allocation", **at(closed))

    rows = page.select(".division-row[role=row]")
    assert [row.select_one(".division-share b").text for row in rows] == ["30", "30"]
    assert "this share US$375" in rows[0].select_one(".division-bar").text
    assert len(page.select(".reasons li")) == 2
    assert noy.speaking("lo").get("desk.allocation", check=False, **at(closed)).select(".division-row")


def test_manager_confirms_what_the_page_showed(noy, closed, session):
    page = noy.get("desk.allocation", **at(closed))

    noy.submit(page, "form[action$='/confirm']")

    allocation = session.scalar(select(Allocation))
    assert [share.quantity for share in allocation.shares] == [30, 30]
    assert session.get(Call, closed.id).state is CallState.DIVIDED


def test_the_second_manager_is_told_who_was_first(noy, closed, session, cast, make):
    page = noy.get("desk.allocation", **at(closed))
    somebody = make.manager(cast.silver, name="Keo Two")
    make.keep(confirm(session, session.get(Call, closed.id), by=somebody, at=make.later()))

    told = noy.submit(page, "form[action$='/confirm']")

    assert "Keo Two confirmed it a moment before you" in told.select_one(".notice-error").text
    assert len(session.scalars(select(Allocation)).all()) == 1


def test_a_change_is_shown_before_it_is_confirmed_with_its_reason(noy, closed, session, cast):
    changes = {
        field(session, closed, cast.firm_a, "quantity"): "20",
        field(session, closed, cast.firm_a, "reason"): "ຊ່າງເຈັບ",
    }
    page = noy.get("desk.change_shares", **at(closed))

    page = noy.submit(page, ".division-columns form", changes, expect=200)

    assert page.select_one(".evenness thead").text.count("as changed") == 1
    assert session.scalar(select(Allocation)) is None

    noy.submit(page, ".division-columns form", {"confirm": "1"})

    allocation = session.scalar(select(Allocation))
    assert [(each["from"], each["to"], each["reason"]) for each in allocation.overrides] == [(30, 20, "ຊ່າງເຈັບ")]
    assert allocation.unfilled == 10


@pytest.mark.parametrize(("quantity", "reason", "name"), [("20", "", "reason"), ("50", "ດີ", "quantity")])
def test_a_change_that_cannot_be_is_explained_beside_its_field(noy, closed, session, cast, quantity, reason, name):
    changes = {
        field(session, closed, cast.firm_a, "quantity"): quantity,
        field(session, closed, cast.firm_a, "reason"): reason,
        "confirm": "1",
    }

    page = noy.post("desk.confirm_changed_shares", changes, expect=422, **at(closed))

    assert page.select_one(f"[id='{field(session, closed, cast.firm_a, name)}-error']")
    assert session.scalar(select(Allocation)) is None


@pytest.mark.parametrize(
    ("kind", "may_confirm", "may_change"),
    [(InterestKind.OWNERSHIP, False, False), (InterestKind.KINSHIP, True, False)],
)
def test_a_tie_keeps_a_manager_from_deciding(noy, closed, session, cast, make, kind, may_confirm, may_change):
    tie = Tie(kind, make.at.date())
    make.keep(declare(session, cast.silver, cast.firm_a, tie, person=cast.noy, at=make.at))

    page = noy.get("desk.allocation", **at(closed))
    assert bool(page.select("form[action$='/confirm']")) is may_confirm
    assert bool(page.select("a[href$='/change']")) is may_change

    seen = page.select_one("[name=seen]")
    noy.post("desk.confirm_allocation", {"seen": seen["value"] if seen else ""}, **at(closed))
    assert (session.scalar(select(Allocation)) is not None) is may_confirm


def test_the_work_is_awarded_once_all_have_answered(noy, closed, session, make):
    call = session.get(Call, closed.id)
    allocation = make.keep(confirm(session, call, by=None, at=make.later()))
    told = noy.post("desk.award_allocation", **at(closed))
    assert "have not answered" in told.select_one(".notice-error").text

    for share in session.scalars(select(Share)):
        take(session, share, at=make.later(), by=None)
    page = noy.get("desk.allocation", **at(closed))
    noy.submit(page, "form[action$='/award']")

    assert session.get(Allocation, allocation.id).state is AllocationState.AWARDED


def test_what_all_have_taken_stands_to_be_awarded(noy, closed, session, make):
    allocation = make.keep(confirm(session, session.get(Call, closed.id), by=None, at=make.later()))
    slug = closed.consortium.slug
    assert headings(noy.get("desk.calls", slug=slug)) == ["Shares are out 1"]

    for share in allocation.shares:
        take(session, share, at=make.later(), by=None)
    session.commit()
    page = noy.get("desk.calls", slug=slug)

    assert headings(page) == ["To award 1"]
    assert page.select_one(".rail a[href$='/calls'] small").get_text() == "1"
    assert page.select_one(".calls-list a")["href"].endswith("/shares")


def test_ended_calls_are_counted_in_full_though_not_all_stand_there(noy, closed, session, make, cast, monkeypatch):
    monkeypatch.setattr("catalogue.routing.call_reading.MOST_ENDED", 1)
    for call in (closed, make.closed_call({cast.firm_a: 40}, quantity=40)):
        session.get(Call, call.id).state = CallState.CANCELLED
    session.commit()

    page = noy.get("desk.calls", slug=closed.consortium.slug)

    assert (headings(page), len(page.select(".calls-list > li"))) == (["Ended 2"], 1)
    assert page.select_one("#main a[href$='/ledger']")


def headings(page):
    return [" ".join(each.get_text().split()) for each in page.select(".calls-group h2")]


def test_giving_out_too_many_is_said_as_such(noy, closed, session, cast):
    page = noy.get("desk.change_shares", **at(closed))
    reason = {field(session, closed, cast.firm_a, "reason"): "ຊ່າງຫວ່າງ"}
    page = noy.submit(
        page, "form:has([name=preview])", {field(session, closed, cast.firm_a, "quantity"): "40", **reason}, expect=422
    )

    assert "Too many by 10" in " ".join(page.select_one(".figures").get_text(" ").split())
    assert "-10" not in page.select_one("#main").get_text()


def test_the_ledger_says_how_much_of_earlier_work_counts(noy, session, make, cast):
    for quantity in (900, 10):
        call = make.closed_call({cast.firm_a if quantity > 10 else cast.firm_b: quantity}, quantity=quantity)
        make.keep(confirm(session, call, by=None, at=make.later()))
    call = make.closed_call({cast.firm_a: 20, cast.firm_b: 20}, quantity=20)
    make.keep(confirm(session, call, by=None, at=make.later()))

    rows = noy.get("desk.call_ledger", **at(call)).select("#round-1-caption ~ tbody tr")
    assert "counts as US$" in rows[0].get_text()


def test_a_division_can_be_worked_out_again_on_its_page(noy, closed, session, make):
    make.keep(confirm(session, session.get(Call, closed.id), by=None, at=make.later()))

    page = noy.get("desk.allocation", again=1, **at(closed))

    assert "the same result" in page.select_one("#again .notice").text


def test_an_observer_works_a_call_out_again_under_letters(visitor, cast, closed, session, make):
    make.keep(confirm(session, session.get(Call, closed.id), by=None, at=make.later()))
    observer = visitor.signed_in_as(cast.observer)

    page = observer.get("desk.call_ledger", **at(closed))

    assert {cell.text for cell in page.select("#round-1-caption ~ tbody th")} == {"Member A", "Member B"}
    assert cast.firm_a.name.en not in page.text
    observer.get("desk.allocation", expect=403, **at(closed))
    assert closed.number in observer.get("desk.ledger", slug=closed.consortium.slug).text


def test_what_is_sealed_stays_sealed_in_the_ledger(noy, make, cast):
    call = make.call(members=[cast.firm_a], quantity=7331, closes_at=datetime.now(UTC) + timedelta(days=1))
    make.offer(call, cast.firm_a, quantity=4217)

    assert "4217" not in noy.get("desk.call_ledger", **at(call)).text


def test_what_came_back_is_proposed_again_and_all_rounds_are_awarded_together(noy, closed, session, make, cast):
    first = make.keep(confirm(session, session.get(Call, closed.id), by=None, at=make.later()))
    given_back, kept = first.shares
    take(session, kept, at=make.later(), by=None)
    hand_back(session, given_back, 20, "ill", at=make.later(), by=None)
    session.commit()

    page = noy.get("desk.allocation", **at(closed))
    assert "handed a part back" in page.select_one(".notice").text
    page = noy.submit(page, "form[action$='/confirm']")
    again = session.scalars(select(Allocation).where(Allocation.round == 2)).one()
    assert {share.member_id: share.quantity for share in again.shares} == {cast.firm_a.id: 0, cast.firm_b.id: 20}

    take(session, next(share for share in again.shares if share.quantity), at=make.later(), by=None)
    session.commit()
    noy.submit(noy.get("desk.allocation", **at(closed)), "form[action$='/award']")

    assert {each.state for each in session.scalars(select(Allocation))} == {AllocationState.AWARDED}


def test_no_level_is_drawn_where_nobody_is_given_anything(noy, closed, session, make, cast):
    assert noy.get("desk.allocation", **at(closed)).select(".plot .f-lab")
    call = make.closed_call({cast.firm_a: 40}, quantity=40)
    first = make.keep(confirm(session, call, by=None, at=make.later()))
    hand_back(session, first.shares[0], 40, "ill", at=make.later(), by=None)
    session.commit()

    page = noy.get("desk.allocation", **at(call))

    assert page.select(".plot .division-row")
    assert not page.select(".plot .f-lab, .plot .f-level")


def test_more_makers_are_asked_for_what_nobody_makes(noy, session, make, cast):
    """Firm C can make the rest, and is asked for it under the first call's seed."""
    bowl = make.product(member=make.member(consortium=cast.silver, name=Bilingual("ກ", "Firm C")))
    inquiry = make.inquiry(products=[bowl])
    call = make.closed_call({cast.firm_a: 20}, quantity=60, inquiry=inquiry, category=bowl.published.category)
    make.keep(confirm(session, call, by=None, at=make.later()))

    page = noy.get("desk.allocation", **at(call))
    assert "Firm C" in page.select_one("form[action$='/ask-more']").parent.text
    noy.submit(page, "form[action$='/ask-more']")

    again = session.scalars(select(Call).order_by(Call.id.desc())).first()
    assert (again.after_id, again.quantity, again.seed) == (call.id, 40, call.seed)


def test_a_deputy_reads_the_ledger_of_what_was_handed_over_alone(visitor, cast, closed, session, make):
    make.keep(confirm(session, session.get(Call, closed.id), by=None, at=make.later()))
    person = make.person()
    make.role(person, RoleName.DEPUTY, consortium=cast.silver)
    deputy = visitor.signed_in_as(person)

    assert closed.number not in deputy.get("desk.ledger", slug=cast.silver.slug).text
    deputy.get("desk.call_ledger", expect=403, **at(closed))


def test_who_reads_letters_reads_no_reasons_and_no_weights_beside_them(visitor, noy, cast, closed, session, make):
    """Reasons may name a firm, and the by-laws tell all whose weight is which."""
    make.by_laws(cast.silver, weights={str(cast.firm_a.id): {"weight": "3.5"}})
    changed = {cast.firm_a.id: Override(20, "Firm A broke its press")}
    make.keep(confirm(session, session.get(Call, closed.id), overrides=changed, by=None, at=make.later()))
    told = ("Firm A broke its press", "3.5")

    page = visitor.signed_in_as(cast.observer).get("desk.call_ledger", **at(closed)).text

    assert not any(words in page for words in told)
    assert "set to 20" in page
    assert all(words in noy.get("desk.call_ledger", **at(closed)).text for words in told)


def test_the_operator_reads_the_ledger_once_the_look_is_written_down(visitor, cast, closed, session, make):
    make.keep(confirm(session, session.get(Call, closed.id), by=None, at=make.later()))
    operator = visitor.signed_in_as(cast.operator)
    pages = (("desk.call_ledger", at(closed)), ("desk.ledger", {"slug": cast.silver.slug}))

    for page, where in pages:
        operator.get(page, expect=303, check=False, **where)
    operator.post("operator.look_at_fairness", slug=cast.silver.slug)
    for page, where in pages:
        operator.get(page, **where)
