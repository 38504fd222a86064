"""What the office did beside the rule: each case is found with its reason, who did it, and whom it is about."""

from datetime import timedelta

import pytest

from catalogue.consortia import interests
from catalogue.consortia.interest_models import InterestKind
from catalogue.consortia.interests import Tie
from catalogue.routing import closing
from catalogue.routing.departures import What, departures


@pytest.fixture
def call(make, cast):
    return make.call(
        consortium=cast.silver, members=[cast.firm_a, cast.firm_b], sent_by_id=cast.noy.id, short_reason="ຟ້າວ"
    )


def found(session, cast, call):
    span = {"since": call.sent_at - timedelta(days=1), "until": call.sent_at + timedelta(days=9)}
    return departures(session, cast.silver, **span)


def test_a_call_shortened_and_closed_early(session, cast, call):
    closing.close_early(session, call, "ທຸກຄົນຮັບສາຍແລ້ວ", by=cast.noy, at=call.sent_at + timedelta(hours=3))
    session.commit()

    early, short = found(session, cast, call)
    assert (early.what, early.reason, early.by.id) == (What.EARLY, "ທຸກຄົນຮັບສາຍແລ້ວ", cast.noy.id)
    assert (short.what, short.reason) == (What.SHORT, "ຟ້າວ")


def test_a_share_changed_by_hand_and_a_member_left_out(session, cast, make, call):
    change = {"member": cast.firm_a.id, "from": 30, "to": 40, "reason": "ຝີມືດຽວກັບຕົວຢ່າງ"}
    make.allocation(call, {cast.firm_a: 40}, overrides=[change], confirmed_by_id=cast.noy.id)
    make.candidate(call, cast.firm_b).left_out_reason = "ບໍ່ຮັບສາຍ"
    session.commit()

    by_what = {each.what: each for each in found(session, cast, call)}
    changed, left_out = by_what[What.CHANGED], by_what[What.LEFT_OUT]
    assert (changed.member.id, changed.before, changed.after) == (cast.firm_a.id, 30, 40)
    assert (left_out.member.id, left_out.reason) == (cast.firm_b.id, "ບໍ່ຮັບສາຍ")


@pytest.mark.parametrize(("days", "is_late"), [(-5, False), (5, True)])
def test_what_was_done_with_a_tie_says_whether_it_was_declared_before(session, cast, call, days, is_late):
    day = interests.day_of(call.sent_at) - timedelta(days=30)
    tie = Tie(InterestKind.KINSHIP, day)
    at = call.sent_at + timedelta(days=days)
    interests.declare(session, cast.silver, cast.firm_b, tie, person=cast.noy, at=at)

    tied = next(each for each in found(session, cast, call) if each.what is What.TIED)
    assert (tied.member.id, tied.act, tied.is_late) == (cast.firm_b.id, "call.send", is_late)


def test_other_consortia_and_other_days_are_left_out(session, cast, make, call):
    make.call(consortium=cast.silk, short_reason="ບໍ່ແມ່ນຂອງພວກເຮົາ", sent_at=call.sent_at)
    make.call(consortium=cast.silver, short_reason="ແຕ່ກ່ອນ", sent_at=call.sent_at - timedelta(days=30))

    assert [each.reason for each in found(session, cast, call)] == ["ຟ້າວ"]
