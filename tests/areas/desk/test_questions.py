"""Asking a buyer for more: chosen from a list or in own words, sent once, in the buyer's language and the other."""

import pytest
from sqlalchemy import select

from catalogue.inquiries import questions
from catalogue.inquiries.models import InquiryStatus, Message
from catalogue.inquiries.question_models import Question


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def bowls(make, cast):
    return make.inquiry(products=[make.product(member=cast.firm_a)], buyer=cast.ana)


def at_desk(inquiry):
    return {"slug": inquiry.consortium.slug, "inquiry_id": inquiry.public_id}


def test_chosen_questions_go_out_once_in_both_languages(noy, bowls, session, outbox):
    page = noy.get("desk.questions", **at_desk(bowls))

    for _click in range(2):
        noy.submit(page, "main form", {"topics": ["how_many", "destination"], "line": "0"})

    asked = session.scalars(select(Question).order_by(Question.id)).all()
    assert [(each.topic, each.line_id) for each in asked] == [("how_many", bowls.lines[0].id), ("destination", None)]
    message = session.scalars(select(Message)).one()
    assert "1. How many do you need? (Silver bowl" in message.text
    assert "1. ທ່ານຕ້ອງການຈັກອັນ?" in message.translation
    assert len(outbox.letters("answer_sent")) == 1
    session.refresh(bowls)
    assert bowls.status is InquiryStatus.IN_WORK


def test_an_inquiry_without_lines_can_be_asked_about_as_well(noy, make, cast, session):
    page = noy.get("desk.questions", **at_desk(make.inquiry(consortium=cast.silver, wanted=[])))

    assert page.select_one("select[name=line]") is None
    noy.submit(page, "main form", {"topics": ["how_many"]})

    asked = session.scalars(select(Question)).one()
    assert (asked.topic, asked.line_id) == ("how_many", None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "topics"),
        ({"own_en": "Which colour?"}, "own_lo"),
        ({"own_en": "Call +856 20 5555 1234?", "own_lo": "ໂທຫາໄດ້ບໍ?"}, "own_en"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(noy, bowls, session, typed, field):
    page = noy.get("desk.questions", **at_desk(bowls))

    page = noy.submit(page, "main form", typed, expect=422)

    assert page.select_one(f"#{field}-error")
    assert session.scalar(select(Message)) is None


def test_a_question_in_own_words_is_asked_as_it_is(noy, bowls, session):
    page = noy.get("desk.questions", **at_desk(bowls))
    noy.submit(page, "main form", {"own_en": "Which colour?", "own_lo": "ສີຫຍັງ?"})

    question = session.scalars(select(Question)).one()
    assert (question.text.en, question.text.lo, question.topic) == ("Which colour?", "ສີຫຍັງ?", "")


def test_answers_stand_on_the_page_that_asks(noy, bowls, cast, session, make):
    ready = questions.ready_questions()["finish"]
    asked = [questions.ToAsk(ready.text, ready.kind, ready.topic)]
    questions.ask(session, bowls, asked, by=cast.noy, at=make.later())
    (question,) = questions.questions_of(session, bowls)
    questions.record_answers(session, bowls, {question: "matt"}, at=make.later())

    page = noy.get("desk.questions", **at_desk(bowls))

    assert page.select_one(".asked-before b").text == "Matt"


def test_nobody_else_asks(visitor, bowls, cast):
    for person in (cast.keo, cast.observer, cast.bounmy):
        visitor.signed_in_as(person).get("desk.questions", **at_desk(bowls), expect=403)
