"""Ten seconds in which an answer can be taken back, and the draft that it becomes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.database import writing
from catalogue.inquiries import conversation, drafts, undoing
from catalogue.inquiries.models import Attachment
from catalogue.inquiries.telling_models import Telling
from catalogue.media.models import FileKind, StoredFile
from catalogue.outbox.models import Due, DueState, Lane
from catalogue.outbox.worker import lease
from tests.factories import NOW

SOON = NOW + timedelta(seconds=3)
LEAVES = NOW + undoing.CAN_BE_UNDONE


@pytest.fixture
def sent(session, make, cast):
    """An answer of Noy's that leaves in ten seconds, with a file; its inquiry, and the letter."""
    inquiry = make.inquiry(consortium=cast.silver, buyer=cast.ana)
    file = make.keep(
        StoredFile(
            consortium_id=inquiry.consortium_id, key="1/a", kind=FileKind.ATTACHMENT, sha256="0" * 64,
            media_type="application/pdf", size=9, name="bowl.pdf", created_at=NOW,
        )
    )  # fmt: skip
    message = conversation.answer(
        session, inquiry, "Yes.", by=cast.noy, at=NOW, files=[file], translation="ໄດ້.", leaves_at=LEAVES
    )
    session.commit()
    return inquiry, message, session.scalar(select(Due).where(Due.kind == "answer_sent"))


def test_until_it_leaves_nobody_sends_it(session, sent):
    assert sent[2].due_at == LEAVES
    assert [row.kind for row in lease(session, Lane.LETTER, SOON) if row.kind == "answer_sent"] == []


def test_taken_back_it_is_a_draft_and_its_letter_never_leaves(session, cast, sent):
    inquiry, message, letter = sent

    undoing.take_back(session, inquiry, message, by=cast.noy, at=SOON)
    session.commit()

    draft = drafts.draft_of(session, inquiry, cast.noy)
    assert (draft.text, draft.translation, message.withdrawn_at) == ("Yes.", "ໄດ້.", SOON)
    assert (letter.state, message.is_out(LEAVES + timedelta(days=1))) == (DueState.DROPPED, False)


def test_its_file_goes_along_with_the_next_answer(session, cast, sent):
    inquiry, message, _letter = sent
    undoing.take_back(session, inquiry, message, by=cast.noy, at=SOON)

    again = conversation.answer(session, inquiry, "Yes, gladly.", by=cast.noy, at=SOON)
    drafts.hand_over_files(session, inquiry, cast.noy, again)

    assert session.scalars(select(Attachment.message_id)).all() == [again.id]


def test_what_was_begun_meanwhile_stands_below(session, cast, sent):
    inquiry, message, _letter = sent
    drafts.keep(session, inquiry, cast.noy, "And one thing more", at=SOON)

    undoing.take_back(session, inquiry, message, by=cast.noy, at=SOON)

    assert drafts.draft_of(session, inquiry, cast.noy).text == "Yes.\n\nAnd one thing more"


def test_a_letter_that_a_worker_holds_is_gone_however_early_the_press_was(engine, session, cast, sent):
    inquiry, message, letter = sent
    session.commit()
    with writing(engine) as worker:
        lease(worker, Lane.LETTER, LEAVES)

    with pytest.raises(undoing.AlreadyLeft):
        undoing.take_back(session, inquiry, message, by=cast.noy, at=SOON)
    session.rollback()
    assert (letter.state, message.withdrawn_at) == (DueState.WAITING, None)


@pytest.mark.parametrize(("who", "when"), [("noy", LEAVES), ("keo", SOON)], ids=["too late", "another's"])
def test_only_its_writer_and_only_in_time(session, cast, sent, who, when):
    inquiry, message, _letter = sent
    with pytest.raises(undoing.AlreadyLeft):
        undoing.take_back(session, inquiry, message, by=getattr(cast, who), at=when)


def test_an_answer_to_be_told_by_hand_is_taken_from_the_list(session, make, cast):
    inquiry = make.inquiry(consortium=cast.silver, buyer=make.buyer(email="", phone="+49 30 5550123"))
    message = conversation.answer(session, inquiry, "Yes.", by=cast.noy, at=NOW, leaves_at=LEAVES)
    assert session.scalar(select(Telling.message_id)) == message.id

    undoing.take_back(session, inquiry, message, by=cast.noy, at=SOON)

    assert session.scalar(select(Telling)) is None


def test_a_saving_that_comes_after_the_answer_brings_no_draft_back(session, make, cast):
    inquiry = make.inquiry(consortium=cast.silver)
    assert drafts.keep(session, inquiry, cast.noy, "Ye", at=NOW, submission="once")
    conversation.answer(session, inquiry, "Yes.", by=cast.noy, at=NOW, submission="once")
    drafts.forget(session, inquiry, cast.noy)

    assert not drafts.keep(session, inquiry, cast.noy, "Yes", at=SOON, submission="once")
    assert drafts.draft_of(session, inquiry, cast.noy) is None
