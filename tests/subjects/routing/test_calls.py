"""Calls: who can be asked for a line, what is refused, and what follows when one is sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.consortia.models import MemberStatus
from catalogue.inquiries.models import InquiryStatus
from catalogue.outbox.models import Due
from catalogue.products.models import MakingRight
from catalogue.routing import calls
from catalogue.routing.capacity_models import Capacity, CapacityOf, PassedSample, Rest
from catalogue.routing.makers import No
from catalogue.routing.models import CallState
from catalogue.text import Bilingual


def terms(quantity=600, **given):
    return calls.Terms(wanted=Bilingual("ຂັນເງິນ", "Silver bowl"), quantity=quantity, **given)


@pytest.fixture
def line(make):
    return make.inquiry(products=[make.product()]).lines[0]


def makes(make, member, **given):
    values = {"of": CapacityOf.CATEGORY, "key": "bowls", "a_month": 40, "said_at": make.at, **given}
    return make.save(Capacity(consortium_id=member.consortium_id, member_id=member.id, **values))


def asked_by(make, line, **given):
    found = calls.candidates_for(make.session, line, terms(**given), at=make.later())
    return {each.member.id: each for each in found}


def send(make, line, *, asked, left_out=None, by=None, **given):
    return calls.send_call(
        make.session, line, terms(**given), asked=asked, left_out=left_out or {}, by=by, at=make.later()
    )


def test_call_is_sent(make, line):
    call = send(make, line, asked=[line.product.member_id])
    assert call.state is CallState.OPEN
