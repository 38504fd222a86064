"""The letters about a call: each firm gets its own link, who answered is not reminded. No buyer in any."""

import email
from collections import defaultdict
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select, update

from catalogue.outbox.models import Due
from catalogue.routing import closing
from catalogue.routing.telling import tell_called
from catalogue.web.clock import now


@pytest.fixture
def sent(runner, settings):
    """Sends what is due; the letters that left until now: to whom, and all words."""

    def sent():
        assert runner.invoke(args=["work", "--once"]).exit_code == 0
        folder = Path(settings.mail_url.removeprefix("outtray:"))
        found = [email.message_from_bytes(each.read_bytes(), policy=default) for each in folder.glob("*.eml")]
        told = defaultdict(str)
        for one in found:
            told[one["To"].addresses[0].addr_spec] += one.get_body(("plain",)).get_content()
        return told

    return sent


@pytest.fixture
def call(make, cast):
    """Firms A and B are asked for 60 bowls; firm B has no address of its own, somebody there has."""
    make.at = now() - timedelta(minutes=5)
    a, b = (make.member(consortium=cast.silver, contact={"email": address}) for address in ("a@firm.example", ""))
    make.maker(b, email="b@people.example")
    return make.call(members=[a, b], closes_at=now() + timedelta(days=3))


def test_each_firm_is_asked_in_lao_with_its_own_link_and_never_by_whom(make, call, cast, sent):
    tell_called(make.session, call, at=now())
    make.session.commit()

    told = sent()

    text = told["a@firm.example"]
    assert "/lo/o/" in text
    assert text != told["b@people.example"]
    assert call.wanted.lo in text
    assert call.inquiry.buyer_contact.name not in text
    assert call.inquiry.number not in text


def test_who_answered_is_not_reminded_and_all_are_told_when_it_is_given_up(make, call, cast, sent):
    firm = call.candidates[0].member
    make.offer(call, firm)
    tell_called(make.session, call, at=now())
    make.session.execute(update(Due).where(Due.kind == "call_closing").values(due_at=now()))
    make.session.commit()

    sent()
    reminder = make.session.scalars(select(Due).where(Due.kind == "call_closing").order_by(Due.id)).first()
    assert reminder.state == "dropped"

    closing.give_up(make.session, call, "ຜູ້ຊື້ບໍ່ເອົາແລ້ວ", by=cast.noy, at=now())
    make.session.commit()
    assert "ຜູ້ຊື້ບໍ່ເອົາແລ້ວ" in sent()["a@firm.example"]


def test_the_worker_closes_a_call_whose_time_is_past(make, call, session, sent):
    make.session.execute(update(type(call)).values(closes_at=now() - timedelta(minutes=1)))
    make.session.commit()

    sent()

    session.expire_all()
    assert (call.state, call.closed_at) == ("closed", call.closes_at)
