"""Asking a buyer back: questions with their kind of answer, in both languages, so that answers translate themselves."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries import conversation, terms
from catalogue.inquiries.answer_words import answer_words, line_name
from catalogue.inquiries.models import Inquiry, InquiryLine, Message
from catalogue.inquiries.question_models import Question, QuestionKind
from catalogue.media.models import StoredFile
from catalogue.text import Bilingual

OPENING = Bilingual(en="So that we can go on, please tell us:", lo="ເພື່ອໃຫ້ພວກເຮົາດຳເນີນການຕໍ່ໄດ້, ກະລຸນາຕອບຄຳຖາມລຸ່ມນີ້:")


class NothingAsked(Exception):
    """No question was chosen."""


class AnsweredBefore(Exception):
    """All these questions were answered, or taken back, a moment before."""


@dataclass(frozen=True)
class ReadyQuestion:
    """A question of the list: its words, its kind, what can be chosen, and whether one line alone can be meant."""

    topic: str
    kind: QuestionKind
    text: Bilingual
    options: Mapping[str, Bilingual] = field(default_factory=dict)
    about_line: bool = False


@dataclass(frozen=True)
class ToAsk:
    """A question that a manager chose, or wrote in own words; about the whole inquiry, or about one line."""

    text: Bilingual
    kind: QuestionKind = QuestionKind.WORDS
    topic: str = ""
    line: InquiryLine | None = None


@cache
def ready_questions() -> Mapping[str, ReadyQuestion]:
    """The ready questions by topic, in the order of the list."""
    rows = tomllib.loads((terms.FOLDER / "questions.toml").read_text("utf-8"))["question"]
    return {row["key"]: _ready(row) for row in rows}


def options_of(question: Question) -> Mapping[str, Bilingual]:
    """What can be chosen, by code; nothing where the answer is free."""
    ready = ready_questions().get(question.topic)
    return ready.options if ready else {}


def ask(
    session: Session,
    inquiry: Inquiry,
    questions: Sequence[ToAsk],
    *,
    by: Person,
    at: datetime,
    submission: str | None = None,
) -> Message:
    """Ask the buyer: one answer of the office says all questions, in both languages, and each waits for its own answer.

    Raises `NothingAsked`. The same `submission` again asks nothing.
    """
    if not questions:
        raise NothingAsked
    sides = {side: _asking(questions, side) for side in ("lo", "en")}
    message = conversation.answer(session, inquiry, sides[inquiry.language], by=by, at=at, submission=submission)
    if session.scalar(select(Question.id).where(Question.message_id == message.id).limit(1)):
        return message
    message.translation = sides[_other(inquiry.language)]
    session.add_all(
        Question(
            consortium_id=inquiry.consortium_id,
            inquiry_id=inquiry.id,
            line_id=each.line.id if each.line else None,
            message_id=message.id,
            kind=each.kind,
            topic=each.topic,
            text=each.text,
        )
        for each in questions
    )
    data = {"message": message.id, "topics": [each.topic or "own" for each in questions]}
    log.record(session, "buyer.asked", inquiry, at=at, chain=inquiry.consortium_id, actor=log.actor_name(by), data=data)
    session.flush()
    return message


def questions_of(session: Session, inquiry: Inquiry) -> Sequence[Question]:
    """All questions to the buyer in this thread, in order; those of an inquiry that was merged into it came along."""
    query = select(Question).join(Question.asked_in).where(Message.inquiry_id == inquiry.id).order_by(Question.id)
    return session.scalars(query.options(contains_eager(Question.asked_in), joinedload(Question.line))).all()


def open_questions(session: Session, inquiry: Inquiry, at: datetime) -> list[Question]:
    """What the buyer can answer now: asked in a message that has left and was not withdrawn, in an open inquiry."""
    if not inquiry.is_open:
        return []
    return [each for each in questions_of(session, inquiry) if not each.is_answered and each.asked_in.is_out(at)]


def record_answers(
    session: Session,
    inquiry: Inquiry,
    answers: Mapping[Question, str],
    files: Iterable[StoredFile] = (),
    *,
    at: datetime,
    submission: str | None = None,
) -> Message:
    """The buyer answers some of the questions: a message says each with its question, in both languages.

    Values as `Question.value` keeps them. Raises `AnsweredBefore` where none of them is open any more.
    """
    session.execute(select(Inquiry.id).where(Inquiry.id == inquiry.id).with_for_update())
    for each in answers:
        session.refresh(each, ["answered_at", "value"])
    still_open = {each: value for each, value in answers.items() if not each.is_answered}
    if not still_open:
        raise AnsweredBefore
    for each, value in still_open.items():
        each.value, each.answered_at = value, at
    sides = {side: _answering(still_open, side) for side in ("lo", "en")}
    message = conversation.write_as_buyer(
        session,
        inquiry,
        sides[inquiry.language],
        at=at,
        submission=submission,
        files=tuple(files),
    )
    message.translation = sides[_other(inquiry.language)]
    for each in still_open:
        each.answer_id = message.id
    _take_over(inquiry, still_open)
    session.flush()
    return message


def _asking(questions: Sequence[ToAsk], side: str) -> str:
    asked = [f"{number}. {_said(each.text, each.line, side)}" for number, each in enumerate(questions, start=1)]
    return "\n".join([OPENING.in_(side), "", *asked])


def _answering(answers: Iterable[Question], side: str) -> str:
    return "\n\n".join(
        f"{_said(each.text, each.line, side)}\n{answer_words(each, options_of(each), side)}" for each in answers
    )


def _said(text: Bilingual, line: InquiryLine | None, side: str) -> str:
    return f"{text.in_(side)} ({line_name(line, side)})" if line else text.in_(side)


def _take_over(inquiry: Inquiry, answers: Mapping[Question, str]) -> None:
    """What an answer says of the inquiry itself is put where everybody looks for it."""
    for question in answers:
        if question.topic == "needed_by":
            inquiry.needed_by = datetime.fromisoformat(question.value).date()
        elif question.topic == "how_many" and question.line:
            question.line.quantity = int(question.value)


def _other(language: str) -> str:
    return "en" if language == "lo" else "lo"


def _ready(row: dict) -> ReadyQuestion:
    return ReadyQuestion(
        topic=row["key"],
        kind=QuestionKind(row["kind"]),
        text=Bilingual(en=row["en"], lo=row["lo"]),
        options={each["key"]: Bilingual(en=each["en"], lo=each["lo"]) for each in row.get("option", ())},
        about_line=row.get("about_line", False),
    )
