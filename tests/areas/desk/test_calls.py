"""Asking the makers at the desk: in two clicks, with reasons for who is not asked, and the send sheet for the rest."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.consortia.interest_models import Interest, InterestKind
from catalogue.inquiries import conversation
from catalogue.products.models import MakingRight
from catalogue.routing.capacity_models import Capacity, CapacityOf
from catalogue.routing.models import Call, CallState
from catalogue.web.clock import now
from tests.factories import NOW


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def bowl(make, cast):
    return make.product(member=cast.firm_a, category="bowls", techniques=["raising"], consortium=cast.silver)


@pytest.fixture
def inquiry(make, cast, bowl):
    return make.inquiry(consortium=cast.silver, products=[bowl], buyer=cast.ana)


@pytest.fixture
def both(make, cast):
    """The second workshop makes bowls too."""
    said = {"of": CapacityOf.CATEGORY, "key": "bowls", "a_month": 40, "said_at": NOW}
    make.save(Capacity(consortium_id=cast.silver.id, member_id=cast.firm_b.id, **said))
    return cast.firm_a, cast.firm_b


def here(found, **more):
    return {"slug": found.consortium.slug, **more}


def of_line(inquiry):
    return here(inquiry, inquiry_id=inquiry.public_id, number=1)


def filled(page, **changed):
    """What the form would send if somebody pressed its button now."""
    form = page.select_one("form.call-form")
    sent = {"shown": [], "asked": []}
    for box in form.select("input[name=shown]"):
        sent["shown"].append(box["value"])
    for box in form.select("input[name=asked][checked]"):
        sent["asked"].append(box["value"])
    for field in form.select("input[name^=call-]:not([type=checkbox]), input[name^=why-]"):
        sent[field["name"]] = field.get("value", "")
    for field in form.select("textarea"):
        sent[field["name"]] = field.text.strip()
    for field in form.select("select"):
        chosen = field.select_one("option[selected]") or field.select_one("option")
        sent[field["name"]] = chosen["value"]
    sent["call-technique"] = ""
    return sent | changed


@pytest.fixture
def sent(noy, inquiry, both, session):
    page = noy.get("desk.new_call", **of_line(inquiry))
    noy.post("desk.send_call", filled(page) | look_again(page, both), **of_line(inquiry))
    session.expire_all()
    return session.scalar(select(Call))


def look_again(page, members):
    """Both workshops ticked, as after looking again for any technique."""
    keys = [member.public_id for member in members]
    return {"shown": keys, "asked": keys}


def test_two_clicks_ask_every_maker_who_can(noy, inquiry, both, session):
    page = noy.get("desk.inquiry", **here(inquiry, inquiry_id=inquiry.public_id))
    (link,) = page.select("a.line-call")
    assert link["href"].endswith("/lines/1/call")
    page = noy.get("desk.new_call", **of_line(inquiry))
    assert page.h1.text == "Ask the maker"
    assert "No sample of its work in this technique has passed" in page.select_one(".not-asked").text

    noy.post("desk.send_call", {**filled(page), "call-technique": "raising"}, **of_line(inquiry))

    call = session.scalar(select(Call))
    assert [each.member_id for each in call.candidates if each.is_called] == [both[0].id]
    assert (call.wanted.lo, call.quantity) == (inquiry.lines[0].product_version.name.lo, 20)
    page = noy.get("desk.inquiry", **here(inquiry, inquiry_id=inquiry.public_id))
    assert "0 of 1 answered" in page.select_one(".next").text


def test_looking_again_sends_nothing_and_shows_who_else_can(noy, inquiry, both, session):
    page = noy.get("desk.new_call", **of_line(inquiry))

    page = noy.post("desk.send_call", filled(page, look="1"), expect=200, **of_line(inquiry))

    assert page.h1.text == "Ask the makers"
    assert len(page.select(".maker-asked")) == 2
    assert session.scalar(select(Call)) is None


def test_a_maker_that_nobody_saw_is_never_left_out_in_silence(noy, inquiry, both, session):
    page = noy.get("desk.new_call", **of_line(inquiry))

    page = noy.post("desk.send_call", filled(page), expect=422, **of_line(inquiry))

    assert "who can be asked is not what it was" in page.select_one(".notice-warning").text
    assert session.scalar(select(Call)) is None


def test_leaving_a_maker_out_asks_why_at_its_place(noy, inquiry, both, session):
    page = noy.get("desk.new_call", **of_line(inquiry))
    chosen = filled(page) | look_again(page, both) | {"asked": [both[0].public_id]}

    page = noy.post("desk.send_call", chosen, expect=422, **of_line(inquiry))
    assert page.select_one(f"#why-{both[1].public_id}-error")

    noy.post("desk.send_call", chosen | {f"why-{both[1].public_id}": "Ill."}, **of_line(inquiry))
    assert [each.left_out_reason for each in session.scalar(select(Call)).candidates] == ["", "Ill."]


def test_contacts_in_what_members_read_have_to_be_let_pass(noy, inquiry, session):
    page = noy.get("desk.new_call", **of_line(inquiry))
    written = filled(page, **{"call-note_en": "Ask ana@buyer.example", "call-technique": "raising"})

    page = noy.post("desk.send_call", written, expect=422, **of_line(inquiry))
    assert "A contact stands" in page.select_one(".error-summary").text

    noy.post("desk.send_call", written | {"call-lets_contact_pass": "y"}, **of_line(inquiry))
    assert session.scalar(select(Call))


def test_own_design_is_asked_of_its_maker_alone(noy, make, inquiry, bowl, both):
    bowl.making_right = MakingRight.OWN
    make.keep(bowl)

    page = noy.post(
        "desk.send_call", filled(noy.get("desk.new_call", **of_line(inquiry)), look="1"), expect=200, **of_line(inquiry)
    )

    assert page.h1.text == "Ask the maker"
    assert "another member's own" in page.select_one(".not-asked").text


def test_send_sheet_tells_each_member_in_lao_and_never_who_asks(noy, sent):
    page = noy.get("desk.call", **here(sent, number=sent.number))

    message = unquote(page.select_one("a[href^='https://wa.me/']")["href"])
    assert "/lo/o/" in message
    assert sent.wanted.lo in message
    slips = noy.get("desk.call_slips", **here(sent, number=sent.number))
    assert len(slips.select(".slip svg")) == 2
    for said in (message, slips.text, page.select_one(".script-words").text):
        assert "Ana" not in said
        assert "Example Gifts" not in said


def test_telling_is_noted_once(noy, sent, cast, session):
    candidate = sent.candidates[0]
    place = here(sent, number=sent.number, candidate_id=candidate.public_id)

    noy.post("desk.told_of_call", {"how": "whatsapp"}, **place)
    page = noy.post("desk.told_of_call", {"how": "telephone"}, **place)

    assert "Told by Noy" in page.select_one(".notice-error").text
    session.expire_all()
    assert (candidate.told_how, candidate.told_by_id) == ("whatsapp", cast.noy.id)


def test_closing_before_the_time_needs_a_reason(noy, sent, session):
    place = here(sent, number=sent.number)

    page = noy.post("desk.close_call", {"close-reason": ""}, expect=422, **place)
    assert page.select_one("#close-reason-error")
    noy.post("desk.close_call", {"close-reason": "All said yes by telephone."}, **place)

    session.expire_all()
    assert (sent.state, sent.closed_reason) == (CallState.CLOSED, "All said yes by telephone.")
    page = noy.get("desk.calls", **here(sent))
    assert page.select_one(".calls-group h2").text.startswith("To divide")


def test_giving_up_leads_back_to_work(noy, sent, session):
    noy.post("desk.give_up_call", {"give-up-reason": "The buyer wants silk."}, **here(sent, number=sent.number))

    session.expire_all()
    assert sent.state is CallState.CANCELLED
    assert sent.inquiry.status == "in work"


def test_a_page_opened_after_the_time_shows_the_call_closed(noy, sent, make):
    sent.closes_at = now() - timedelta(minutes=1)
    make.keep(sent)

    page = noy.get("desk.call", **here(sent, number=sent.number))

    assert "To divide" in page.select_one(".inquiry-head").text
    assert not page.select("a[href^='https://wa.me/']")


def test_inquiry_waits_for_members_once_the_buyer_is_answered(noy, sent, cast, session):
    conversation.answer(session, sent.inquiry, "We ask our makers.", by=cast.noy, at=now())
    session.commit()

    page = noy.get("desk.inbox", **here(sent))

    assert "Waiting for members" in page.select_one(".inbox-members h2").text


def test_a_manager_with_a_tie_asks_nobody_and_is_led_to_who_can(noy, make, cast, inquiry, both, session):
    tie = {"kind": InterestKind.PAY, "begins_on": NOW.date(), "declared_at": NOW, "person_id": cast.noy.id}
    make.save(Interest(consortium_id=cast.silver.id, member_id=cast.firm_a.id, **tie))
    page = noy.get("desk.new_call", **of_line(inquiry))
    assert page.select_one(f"a[href$='/inquiries/{inquiry.public_id}/hand-over']")

    noy.post("desk.send_call", filled(page) | {"call-technique": "raising"}, **of_line(inquiry))

    assert session.scalar(select(Call)) is None
    assert session.scalars(select(Entry).where(Entry.action == "interest.refused")).one()


@pytest.mark.parametrize("who", ["keo", "bounmy"])
def test_nobody_else_opens_a_call(visitor, cast, sent, who):
    other = visitor.signed_in_as(getattr(cast, who))
    other.get("desk.call", expect=403, **here(sent, number=sent.number))
    other.get("desk.calls", expect=403, **here(sent))


def test_a_charge_is_said_before_work_is_divided_by_it(noy, inquiry, both, session):
    page = noy.get("desk.new_call", **of_line(inquiry))

    sent = filled(page, **{"call-agreed_charge": ""}) | look_again(page, both)
    page = noy.post("desk.send_call", sent, expect=422, **of_line(inquiry))

    assert "Say the making charge of one" in page.select_one("#call-agreed_charge-error").text
    assert session.scalar(select(Call)) is None
