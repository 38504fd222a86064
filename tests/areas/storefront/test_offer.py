"""A member answers a call by its link: three buttons, read back, no sign-in, and the answer is shown to nobody."""

import re

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia.by_law_models import PriceRule
from catalogue.consortia.models import MemberStatus
from catalogue.limits import LimitCount
from catalogue.notices.addresses import token_maker
from catalogue.routing.answer_links import replace_link, token_of
from catalogue.routing.models import Answer, CallState, MetalFrom, Offer
from catalogue.web.clock import now

PART = {"answer": "part", "quantity": "150", "days": "30", "metal_from": "office"}


@pytest.fixture
def call(make, cast):
    """600 bowls, asked of firms A and B just now."""
    at = now()
    make.at = at
    shown = make.product(member=cast.firm_b)
    make.photo(shown)
    return make.call(members=[cast.firm_a, cast.firm_b], product=shown, quantity=600)


@pytest.fixture
def asked(make, cast, call):
    """Firm A beside the call."""
    return make.candidate(call, cast.firm_a)


@pytest.fixture
def token(app, asked):
    """What the address holds."""
    with app.app_context():
        return token_of(asked, token_maker())


@pytest.fixture
def offered(session, asked):
    """What is in the database of firm A's answer."""
    return lambda: session.get(Offer, asked.id)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_the_page_shows_what_is_wanted_and_three_buttons(visitor, token, lang):
    page = visitor.speaking(lang).get("storefront.offer", token=token)

    assert len(page.select("fieldset.can input[type=radio]")) == 3
    assert "600" in page.select_one(".want").get_text()


def test_it_never_says_who_asks(visitor, make, cast, session, app):
    inquiry = make.inquiry(consortium=cast.silver, buyer=cast.ana, message="Zanzibar palace")
    call = make.call(members=[cast.firm_a], inquiry=inquiry)
    with app.app_context():
        link = token_of(make.candidate(call, cast.firm_a), token_maker())

    words = visitor.get("storefront.offer", token=link).get_text()

    assert not any(each in words for each in ("Ana", "Example Gifts", "Zanzibar", "buyer.example", inquiry.number))


def test_a_number_is_read_back_before_it_is_taken(visitor, token, offered):
    page = visitor.post("storefront.answer_offer", PART, token=token, expect=200)

    assert page.select_one(".echo b").get_text() == "150\xa0pieces in 30\xa0days"
    assert "one hundred and fifty" in page.select_one(".echo").get_text()
    assert offered() is None

    page = visitor.submit(page, "form", {})
    assert offered().quantity == 150
    assert "arrived" in page.h1.get_text()


def test_who_saw_it_read_back_while_typing_is_not_asked_again(visitor, token, offered):
    visitor.post("storefront.answer_offer", {**PART, "seen": "part/150/30"}, token=token)

    assert (offered().answer, offered().days, offered().metal_from) == (Answer.PART, 30, MetalFrom.OFFICE)


def test_the_receipt_says_when_and_never_what(visitor, token):
    visitor.post("storefront.answer_offer", {**PART, "quantity": "417", "seen": "part/417/30"}, token=token)

    for again in ({}, {"again": 1}):
        html = visitor.get("storefront.offer", token=token, **again).decode()
        assert not re.search(r"\b417\b", html)
    assert visitor.response.headers["Cache-Control"] == "no-store"


def test_changing_what_was_read_back_shows_it_again_as_typed(visitor, token, offered):
    page = visitor.post("storefront.answer_offer", {**PART, "change": "1"}, token=token, expect=200)

    assert page.select_one("[name=quantity]")["value"] == "150"
    assert offered() is None


def test_no_needs_a_reason_and_nothing_else(visitor, token, offered):
    page = visitor.post("storefront.answer_offer", {"answer": "none", "quantity": "a few"}, token=token, expect=422)
    assert [each.get_text() for each in page.select(".error-summary li")] == ["Press a reason"]

    visitor.post("storefront.answer_offer", {"answer": "none", "declined_for": "no_time"}, token=token)
    assert (offered().answer, offered().declined_for) == (Answer.NONE, "no_time")


def test_sending_nothing_asks_for_one_of_the_three_alone(visitor, token, offered):
    page = visitor.post("storefront.answer_offer", {}, token=token, expect=422)

    assert [each.get_text() for each in page.select(".error-summary li")] == ["Press one of the three answers"]
    assert offered() is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"answer": ""}, "Press one of the three answers"),
        ({"quantity": "601"}, "Only 600\xa0pieces are wanted"),
        ({"quantity": "໑.໒໕໐"}, "Only 600\xa0pieces are wanted"),
        ({"quantity": "1,5"}, "Write a whole number, like 600"),
        ({"quantity": "many"}, "Write a whole number, like 600"),
        ({"quantity": ""}, "Write how many you can make"),
        ({"days": ""}, "Write how many days you need"),
        ({"metal_from": ""}, "Say who buys the silver"),
        ({"own_lot": "151"}, "This is more than you can make: 150"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(visitor, token, offered, wrong, words):
    page = visitor.post("storefront.answer_offer", {**PART, **wrong}, token=token, expect=422)

    assert words in page.select_one(".error-summary").get_text()
    assert page.select_one("[name=days]").get("value", "") == {**PART, **wrong}["days"]
    assert offered() is None


def test_late_days_are_warned_of_even_where_the_number_was_seen(visitor, token, offered, call, make):
    call.needed_by = call.sent_at.date()
    make.keep(call)

    page = visitor.post("storefront.answer_offer", {**PART, "seen": "part/150/30"}, token=token, expect=200)

    assert page.select_one(".notice-warning")
    assert offered() is None


def test_a_making_charge_is_asked_only_under_the_sealed_rule(visitor, make, call, token, offered):
    assert not visitor.get("storefront.offer", token=token).select_one("[name=charge]")
    call.price_rule = PriceRule.SEALED
    make.keep(call)

    page = visitor.post("storefront.answer_offer", PART, token=token, expect=422)
    assert "Write what you ask for making one" in page.get_text()
    visitor.post("storefront.answer_offer", {**PART, "charge": "11.50", "seen": "part/150/30"}, token=token)
    assert str(offered().charge) == "11.5"


def test_what_is_usual_is_filled_in(visitor, make, cast, token):
    make.product(member=cast.firm_a, category="bowls", lead_time_days=25, monthly_capacity=40)

    page = visitor.get("storefront.offer", token=token)

    assert page.select_one("[name=days]")["value"] == "25"


def test_a_call_that_is_over_says_so_and_takes_nothing(visitor, make, call, token, offered):
    make.close(call)

    assert "over" in visitor.get("storefront.offer", token=token).h1.get_text()
    visitor.post("storefront.answer_offer", {**PART, "seen": "part/150/30"}, token=token, expect=409)
    assert offered() is None


def test_who_answers_last_reads_that_it_arrived_and_is_being_divided(visitor, make, cast, call, token):
    make.offer(call, cast.firm_b, quantity=10)
    page = visitor.post("storefront.answer_offer", {**PART, "seen": "part/150/30"}, token=token)

    assert "arrived" in page.h1.get_text()
    assert "divides the work now" in page.get_text()


def test_a_call_that_was_given_up_says_so(visitor, make, call, token):
    call.state = CallState.CANCELLED
    make.keep(call)

    assert "no longer needed" in visitor.get("storefront.offer", token=token).h1.get_text()


def test_a_replaced_link_is_over(visitor, session, cast, asked, token):
    replace_link(session, asked, by=cast.noy, at=now())

    visitor.get("storefront.offer", token=token, expect=410)


def test_a_link_made_for_something_else_opens_nothing(visitor, app, make, asked):
    with app.app_context():
        other = token_maker().make("buyer", asked.link_key, asked.link_generation)

    visitor.get("storefront.offer", token=other, expect=404)


def test_a_firm_that_left_answers_no_more(visitor, make, cast, token):
    cast.firm_a.status = MemberStatus.LEFT
    make.keep(cast.firm_a)

    visitor.get("storefront.offer", token=token, expect=404)


def test_one_link_sends_no_flood(visitor, session, make, token, offered):
    visitor.get("storefront.offer", token=token)
    visitor.post("storefront.answer_offer", {**PART, "seen": "part/150/30"}, token=token)
    for row in session.scalars(select(LimitCount)):
        row.count = 30
    session.commit()

    visitor.post("storefront.answer_offer", {"answer": "none", "declined_for": "no_time"}, token=token, expect=429)
    assert offered().quantity == 150


def test_the_log_names_the_firm_that_answered_by_link(visitor, session, cast, token):
    visitor.post("storefront.answer_offer", {**PART, "seen": "part/150/30"}, token=token)

    entry = session.scalars(select(Entry).where(Entry.action == "offer.received")).one()
    assert entry.actor == f"member:{cast.firm_a.id}"


def test_the_office_does_not_answer_as_the_firm_by_its_link(visitor, cast, token, offered):
    """What the office writes down carries its name and locks; by the link it would pass for the firm's own word."""
    noy = visitor.signed_in_as(cast.noy)
    said = {**PART, "seen": "part/150/30"}
    noy.get("storefront.offer", token=token)

    told = noy.post("storefront.answer_offer", said, token=token)
    assert "This link is the member's own" in told.text
    noy.post("desk.work_on_behalf", {}, slug=cast.silver.slug, member_id=cast.firm_a.public_id)
    noy.post("storefront.answer_offer", said, token=token)
    assert offered() is None

    visitor.signed_in_as(cast.somchan).post("storefront.answer_offer", said, token=token)
    assert offered().quantity == 150
