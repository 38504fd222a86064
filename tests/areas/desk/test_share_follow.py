"""After the division the office reads what members say to their shares, answers objections and notes what is made."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import Tie, declare
from catalogue.routing import shares
from catalogue.routing.division_models import Share, ShareState
from catalogue.web.clock import now


@pytest.fixture
def divided(make, cast):
    """600 bowls: 140 for firm A, 460 for firm B."""
    make.at = now() - timedelta(hours=2)
    call = make.closed_call({cast.firm_a: 150, cast.firm_b: 460}, quantity=600, lot=10)
    return make.allocation(call, {cast.firm_a: 140, cast.firm_b: 460})


@pytest.fixture
def share(divided, cast):
    """Firm A's."""
    return next(each for each in divided.shares if each.member_id == cast.firm_a.id)


@pytest.fixture
def desk(visitor, cast, divided):
    """The manager, and where the shares are followed."""
    noy = visitor.signed_in_as(cast.noy)
    noy.here = {"slug": cast.silver.slug, "number": divided.call.number}
    return noy


@pytest.mark.parametrize("lang", ["en"])
def test_who_has_not_answered_is_told_by_whatsapp(desk, lang):
    page = desk.get("desk.follow_shares", **desk.here)
    assert "2 members have not answered yet" in page.get_text()
    assert len(page.select("a[href^='https://wa.me/']")) == 2


def test_an_objection_is_answered_and_the_member_reads_it(desk, visitor, session, share, cast):
    shares.object_to(session, share, "ບໍ່ມີວຽກໝົດປີ.", at=now(), by=cast.bounmy)
    session.commit()
    page = desk.get("desk.follow_shares", **desk.here)
    assert "ບໍ່ມີວຽກໝົດປີ." in page.get_text()
    form = f"form[action$='{share.public_id}/answer']"
    wrong = desk.submit(page, form, {}, expect=422)
    assert wrong.select_one(".field-error")
    desk.submit(wrong, form, {f"answer-{share.public_id}-words": "ພວກເຮົາກວດຄືນແລ້ວ."})
    own = visitor.signed_in_as(cast.bounmy).get("studio.share", share_id=share.public_id)
    assert "ພວກເຮົາກວດຄືນແລ້ວ." in own.get_text()


def test_what_is_made_has_its_day_and_no_day_to_come(desk, session, share):
    share.state = ShareState.AWARDED
    session.commit()
    page = desk.get("desk.follow_shares", **desk.here)
    form, field = f"form[action$='{share.public_id}/made']", f"made-{share.public_id}-on"
    desk.submit(page, form, {field: (now() + timedelta(days=3)).date().isoformat()}, expect=422)
    desk.submit(page, form, {field: now().date().isoformat()})
    assert session.get(Share, share.id).state is ShareState.MADE


def test_what_is_given_back_leads_to_dividing_it_again(desk, session, share):
    shares.hand_back(session, share, 40, "ill", at=now(), by=None)
    session.commit()
    page = desk.get("desk.follow_shares", **desk.here)
    assert "40\u00a0pieces were given back" in page.get_text()
    assert page.select_one(".next a[href$='/shares']").text.strip() == "Divide it again"


def test_what_waits_for_the_office_stands_on_the_list_of_calls(desk, session, share, cast):
    assert not desk.get("desk.calls", slug=cast.silver.slug).select("a[href$='/shares/follow']")
    shares.hand_back(session, share, 40, "ill", at=now(), by=None)
    shares.object_to(session, share, "ບໍ່ເຫັນດີ.", at=now(), by=None)
    session.commit()
    page = desk.get("desk.calls", slug=cast.silver.slug)
    row = page.select_one("li:has(a[href$='/shares/follow'])").get_text().replace("\u00a0", " ")
    assert "40 pieces to divide again" in row
    assert "1 member does not agree" in row


def test_observers_do_not_open_it(visitor, cast, desk):
    visitor.signed_in_as(cast.observer).get("desk.follow_shares", **desk.here, expect=403)


def test_a_firm_that_leaves_gives_back_what_it_holds(desk, session, cast, share):
    page = desk.get("desk.leaving_preview", slug=cast.silver.slug, member_id=cast.firm_a.public_id)
    desk.submit(page, "form[action$='/leave']", {"reason": "It closes.", "read": "y"})
    found = session.get(Share, share.id)
    assert (found.state, found.handed_back) == (ShareState.HANDED_BACK, 140)


@pytest.mark.parametrize(("kind", "state"), [("ownership", ShareState.TOLD), ("kinship", ShareState.HANDED_BACK)])
def test_who_owns_a_candidate_gives_nothing_back_on_behalf_of_another(visitor, session, share, cast, kind, state):
    """Standing in at the telephone is no way around the tie: what firm A gives back would go to firm B."""
    tie = Tie(InterestKind(kind), now().date() - timedelta(days=9))
    declare(session, cast.silver, cast.firm_b, tie, person=cast.noy, at=now())
    session.commit()
    noy = visitor.signed_in_as(cast.noy)
    noy.post("desk.work_on_behalf", {}, slug=cast.silver.slug, member_id=cast.firm_a.public_id)

    noy.post("studio.answer_share", {"act": "back", "quantity": "140", "reason": "ill"}, share_id=share.public_id)

    session.expire_all()
    assert session.get(Share, share.id).state is state
    refused = session.scalars(select(Entry).where(Entry.action == "interest.refused")).all()
    assert [each.data["act"] for each in refused] == (["share.answer"] if state is ShareState.TOLD else [])
