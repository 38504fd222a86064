"""A member who is signed in finds what the office asks, answers it, and nobody answers in its place."""

from datetime import timedelta

import pytest

from catalogue.routing.models import Answer, Offer
from catalogue.web.clock import in_vientiane, now

ALL = {"answer": "all", "days": "30", "metal_from": "member", "seen": "all/600/30"}


@pytest.fixture
def asked(make, cast):
    """Firm A beside a call of 600 bowls that firm B was asked in as well."""
    make.at = now()
    call = make.call(members=[cast.firm_a, cast.firm_b], quantity=600)
    return make.candidate(call, cast.firm_a)


@pytest.fixture
def bounmy(visitor, cast):
    """Firm A's browser; Bounmy reads English here."""
    cast.bounmy.language = "en"
    cast.make.keep(cast.bounmy)
    return visitor.signed_in_as(cast.bounmy)


def test_an_open_call_stands_first_on_the_first_page(bounmy, asked):
    page = bounmy.get("studio.today")

    row = page.select_one("#calls .todo-item")
    assert "600" in row.get_text()
    assert row.a["href"].endswith(asked.public_id)


def test_the_list_and_the_page_give_the_same_days(bounmy, make, asked):
    call = asked.call
    call.sent_at, call.needed_by = now() - timedelta(days=2), in_vientiane(now()).date() + timedelta(days=40)
    make.keep(call)

    assert "in 42\xa0days" in bounmy.get("studio.calls").select_one("#calls").get_text()
    assert "42\xa0days" in bounmy.get("studio.call", candidate_id=asked.public_id).select_one("#main").get_text()


def test_the_answer_is_taken_and_its_receipt_shows_no_figure(session, bounmy, asked):
    page = bounmy.post("studio.answer_call", ALL, candidate_id=asked.public_id)

    assert session.get(Offer, asked.id).answer is Answer.ALL
    assert "arrived" in page.h1.get_text()
    assert "600" not in page.select_one("#main").get_text()


def test_an_answered_call_stays_on_the_list_with_its_time(bounmy, make, cast, asked):
    make.offer(asked.call, cast.firm_a, quantity=417)

    words = bounmy.get("studio.calls").select_one("#calls").get_text()
    assert "Answered" in words
    assert "417" not in words


def test_a_call_that_is_over_stands_below(bounmy, make, asked):
    make.close(asked.call)

    page = bounmy.get("studio.calls")
    assert not page.select_one("#calls")
    assert "Not answered" in page.select_one("#before").get_text()


def test_another_firm_finds_nothing(visitor, cast, make, asked):
    stranger = make.maker(make.member(consortium=cast.silver))

    visitor.signed_in_as(stranger).get("studio.call", candidate_id=asked.public_id, expect=404)


def test_who_was_not_asked_finds_nothing(bounmy, make, asked):
    asked.is_called = False
    make.keep(asked)

    bounmy.get("studio.call", candidate_id=asked.public_id, expect=404)


def test_whoever_acts_for_the_firm_reads_the_call_and_cannot_answer(session, visitor, cast, asked):
    noy = visitor.signed_in_as(cast.noy)
    noy.post("desk.work_on_behalf", {}, slug=cast.silver.slug, member_id=cast.firm_a.public_id)

    page = noy.get("studio.call", candidate_id=asked.public_id)
    assert not page.select_one("form.offer-form")
    noy.post("studio.answer_call", ALL, candidate_id=asked.public_id, expect=403)
    assert session.get(Offer, asked.id) is None


def kept(cast, **given):
    """What a phone sends of an answer that it kept."""
    return {**ALL, "key": "a" * 15, "times": "0", "who": f"{cast.bounmy.public_id}.{cast.firm_a.public_id}", **given}


def test_an_answer_kept_on_the_phone_arrives_once(session, bounmy, cast, asked):
    for _twice in range(2):
        bounmy.post("studio.answer_kept", kept(cast), candidate_id=asked.public_id, expect=200, hidden=False)
        assert bounmy.response.json == {"state": "saved"}

    assert session.get(Offer, asked.id).times == 1


def test_a_kept_answer_takes_no_place_of_a_newer_one(session, bounmy, make, cast, asked):
    make.offer(asked.call, cast.firm_a, quantity=10, recorded_by=cast.noy)

    bounmy.post("studio.answer_kept", kept(cast), candidate_id=asked.public_id, expect=422, hidden=False)
    assert bounmy.response.json["state"] == "refused"
    assert session.get(Offer, asked.id).quantity == 10


def test_a_kept_answer_of_somebody_else_on_the_same_phone_is_not_taken(session, bounmy, cast, asked):
    given = kept(cast, who=f"{cast.somchan.public_id}.{cast.firm_a.public_id}")

    bounmy.post("studio.answer_kept", given, candidate_id=asked.public_id, expect=409, hidden=False)
    assert session.get(Offer, asked.id) is None
