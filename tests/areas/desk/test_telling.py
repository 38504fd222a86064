"""Answers that no letter brings: the desk sends, reads or prints them, and notes who told whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.inquiries import conversation
from catalogue.inquiries.telling_models import Telling
from catalogue.web.clock import now
from tests.factories import NOW


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def asked(make, cast):
    buyer = make.buyer(email="", phone="020 5555 1234", country="LA", name="Khamla Example")
    return make.inquiry(consortium=cast.silver, buyer=buyer, language="lo")


@pytest.fixture
def answered(session, asked, cast):
    conversation.answer(session, asked, "ພວກເຮົາເຮັດໄດ້.", by=cast.noy, at=NOW)
    session.commit()
    return session.scalar(select(Telling))


def here(telling, **more):
    return {"slug": telling.inquiry.consortium.slug, **more}


def test_answer_to_a_buyer_without_email_is_a_task_with_ready_lao_text(noy, answered, outbox):
    page = noy.get("desk.to_tell", **here(answered))

    task = page.select_one(".telling")
    text = task.select_one(".telling-text")
    assert "answer_sent" not in outbox.kinds()
    assert text["lang"] == "lo"
    assert "ພວກເຮົາເຮັດໄດ້." in text.text
    assert "/lo/i/" in text.text
    assert task.select_one("a[href^='https://wa.me/']")["href"].startswith("https://wa.me/8562055551234?text=")
    assert task.select_one("[data-copy]")["data-copy"] == text.text


def test_telling_is_noted_once_with_who_and_how(noy, answered, cast, session):
    sent = {f"told-{answered.public_id}-how": "telephone", f"told-{answered.public_id}-note": "His wife wrote it down."}
    noy.post("desk.told", sent, **here(answered, telling_id=answered.public_id))
    page = noy.post(
        "desk.told", sent | {f"told-{answered.public_id}-how": "visit"}, **here(answered, telling_id=answered.public_id)
    )

    session.expire_all()
    assert (answered.told_by_id, answered.how) == (cast.noy.id, "telephone")
    assert "Told by Noy" in page.select_one(".notice-error").text
    entries = session.scalars(select(Entry).where(Entry.action == "message.told")).all()
    assert [entry.data["how"] for entry in entries] == ["telephone"]
    assert not page.select(".telling")


def test_way_of_telling_is_asked_for_beside_its_field(noy, answered, session):
    page = noy.post("desk.told", {}, expect=422, **here(answered, telling_id=answered.public_id))

    assert "Choose how you told it" in page.select_one(".field-error").text
    session.expire_all()
    assert not answered.is_told


def test_slip_holds_answer_and_private_link_in_the_language_of_the_buyer(noy, answered):
    page = noy.get("desk.slip", **here(answered, telling_id=answered.public_id))

    assert "ພວກເຮົາເຮັດໄດ້." in page.select_one(".slip").text
    assert page.select_one(".slip svg")
    assert (page.html["lang"], page.select_one(".cards-bar")["lang"]) == ("lo", "en")
    assert "Back" in page.select_one(".cards-bar").text


def test_answer_that_can_still_be_taken_back_is_not_told(noy, asked, cast, session):
    later = now() + timedelta(minutes=1)
    message = conversation.answer(session, asked, "Yes.", by=cast.noy, at=NOW, leaves_at=later)
    session.commit()

    assert not noy.get("desk.to_tell", slug=asked.consortium.slug).select(".telling")
    message.leaves_at, message.withdrawn_at = NOW, NOW
    session.commit()
    assert not noy.get("desk.to_tell", slug=asked.consortium.slug).select(".telling")


def test_buyer_with_an_address_gets_a_letter_and_no_task(make, cast, session):
    conversation.answer(session, make.inquiry(consortium=cast.silver), "Yes.", by=cast.noy, at=NOW)

    assert session.scalar(select(Telling)) is None


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer"])
def test_nobody_else_reads_whom_to_call(visitor, cast, answered, who):
    visitor.signed_in_as(getattr(cast, who)).get("desk.to_tell", expect=403, **here(answered))
