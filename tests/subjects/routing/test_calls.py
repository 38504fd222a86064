"""Calls: who can be asked for a line, what is refused, and what follows when one is sent."""

import pytest

from catalogue.routing import calls
from catalogue.routing.call_terms import Terms
from catalogue.routing.capacity_models import Capacity, CapacityOf
from catalogue.routing.models import CallState
from catalogue.text import Bilingual


def terms(quantity=600, **given):
    return Terms(wanted=Bilingual("ຂັນເງິນ", "Silver bowl"), quantity=quantity, **given)


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
