"""The inbox: whom inquiries wait for, what each view holds, pages, and finding what was said."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.inquiries import assigning, conversation, finding, inbox
from catalogue.inquiries.assigning import NotAhead, NotOfTheOffice, TakenMeanwhile
from catalogue.inquiries.inbox import View, Wanted
from catalogue.inquiries.inbox_models import InquiryText
from catalogue.inquiries.intake import Buyer
from catalogue.inquiries.models import Channel, Inquiry

A_WEEK = timedelta(days=7)


@pytest.fixture
def look(session, cast):
    """What a view of Noy's holds at a time, as numbers of inquiries."""

    def look(view, at, **narrowed):
        rows = inbox.inbox(session, cast.silver, Wanted(view, cast.noy, **narrowed), at=at)
        return [row.inquiry.number for row in rows]

    return look


def test_each_view_holds_what_its_name_says_and_counts_as_many(session, make, cast, at, look):
    new, answered, asked_again, held, mailed, later, done, other = (
        make.inquiry(consortium=cast.silver) for _ in range(8)
    )
    make.inquiry(consortium=cast.silk)
    conversation.answer(session, answered, "Yes.", by=cast.noy, at=at)
    conversation.answer(session, asked_again, "Yes.", by=cast.noy, at=at)
    conversation.write_as_buyer(session, asked_again, "And in gold?", at=at + A_WEEK)
    held.held_reason, mailed.channel = "links", Channel.MAIL
    assigning.assign(session, other, cast.noy, was=None, by=cast.noy, at=at)
    assigning.snooze(session, later, (at + 3 * A_WEEK).date(), by=cast.noy, at=at)
    conversation.close(session, done, conversation.ClosedReason.ANSWERED, by=cast.noy, at=at)
    session.commit()
    then = at + A_WEEK + timedelta(hours=1)

    views = {view: {*look(view, then)} for view in View}

    assert views[View.OFFICE] == {each.number for each in (new, asked_again, mailed, other)}
    assert views[View.BUYER] == {answered.number}
    assert views[View.OVERDUE] == {each.number for each in (new, mailed, other)}
    assert views[View.MINE] == {each.number for each in (answered, asked_again, other)}
    assert views[View.UNASSIGNED] == {each.number for each in (new, mailed)}
    assert (views[View.HELD], views[View.BY_MAIL]) == ({held.number}, {mailed.number})
    assert (views[View.LATER], views[View.CLOSED]) == ({later.number}, {done.number})
    assert look(View.OPEN, then)[-2:] == [answered.number, held.number]
    counted = inbox.counts(session, cast.silver, cast.noy, at=then)
    assert {view: counted[view] for view in counted} == {view: len(views[view]) for view in counted}
    assert {each.number for each in inbox.overdue(session, cast.silver, at=then)} == views[View.OVERDUE]
    assert inbox.count_waiting_for_office(session, cast.silver, at=then) == len(views[View.OFFICE]) + 1
    assert inbox.waiting_since(asked_again) == at + A_WEEK


def test_the_clock_runs_from_the_first_thing_that_was_not_answered(session, make, cast, at):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.answer(session, inquiry, "Yes.", by=cast.noy, at=at + A_WEEK)
    for hours in (1, 5):
        conversation.write_as_buyer(session, inquiry, "When?", at=at + A_WEEK + timedelta(hours=hours))
    taken_back = conversation.answer(session, inquiry, "Soon.", by=cast.noy, at=at + A_WEEK + timedelta(hours=6))
    taken_back.withdrawn_at = at + A_WEEK + timedelta(hours=6)
    conversation.note(session, inquiry, "Ask firm A.", by=cast.noy, at=at + A_WEEK + timedelta(hours=7))
    session.commit()

    row = inbox.inbox(session, cast.silver, Wanted(View.OPEN, cast.noy), at=at + A_WEEK)[0]

    assert row.waiting_since == inbox.waiting_since(inquiry) == at + A_WEEK + timedelta(hours=1)


def test_pages_hold_every_inquiry_once(session, make, cast, at, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE", 3)
    numbers = [make.inquiry(consortium=cast.silver).number for _ in range(8)]
    conversation.answer(
        session, session.scalar(select(Inquiry).where(Inquiry.number == numbers[0])), "Yes.", by=cast.noy, at=at
    )
    session.commit()

    for view in (View.OPEN, View.ANY):
        wanted, after, seen = Wanted(view, cast.noy), None, []
        while rows := inbox.inbox(session, cast.silver, wanted, at=at, after=after)[:3]:
            seen += [row.inquiry.number for row in rows]
            after = rows[-1].place
        assert sorted(seen) == sorted(numbers)
    assert look_first(session, cast, at) == numbers[1]


def look_first(session, cast, at):
    return inbox.inbox(session, cast.silver, Wanted(View.OPEN, cast.noy), at=at)[0].inquiry.number


def test_whoever_is_first_has_it(session, make, cast, at):
    inquiry, vanh = make.inquiry(consortium=cast.silver), make.manager(cast.silver)
    assigning.assign(session, inquiry, vanh, was=None, by=vanh, at=at)

    with pytest.raises(TakenMeanwhile) as refusal:
        assigning.assign(session, inquiry, cast.noy, was=None, by=cast.noy, at=at)
    with pytest.raises(NotOfTheOffice):
        assigning.assign(session, inquiry, cast.keo, was=vanh, by=vanh, at=at)
    assigning.assign(session, inquiry, cast.noy, was=vanh, by=vanh, at=at)

    assert (refusal.value.by, inquiry.assigned_to) == (vanh, cast.noy)


def test_what_is_put_off_comes_back_on_its_day_or_when_the_buyer_writes(session, make, cast, at, look):
    inquiry = make.inquiry(consortium=cast.silver)
    with pytest.raises(NotAhead):
        assigning.snooze(session, inquiry, at.date(), by=cast.noy, at=at + timedelta(days=1))
    assigning.snooze(session, inquiry, (at + A_WEEK).date(), by=cast.noy, at=at)
    session.commit()

    assert (look(View.OPEN, at), look(View.OPEN, at + 2 * A_WEEK)) == ([], [inquiry.number])

    conversation.write_as_buyer(session, inquiry, "Are you there?", at=at)
    assert look(View.OPEN, at) == [inquiry.number]


def test_a_conversation_is_found_by_what_anybody_said_in_it(session, make, cast, at, look):
    bowl = make.product(member=cast.firm_a)
    buyer = Buyer("Ana Müller", "ana@shop.example", "FR", company="Maison Orvelle", phone="+33 1 23 45 67 89")
    inquiry = make.inquiry(products=[bowl], buyer=buyer, message="Für den Frühling")
    make.inquiry(consortium=cast.silver)
    conversation.answer(
        session, inquiry, "We hammer the rim by hand.", by=cast.noy, at=at, translation="ພວກເຮົາຕີຂອບດ້ວຍມື"
    )
    conversation.note(session, inquiry, "ຖາມ ໝູ່ບ້ານ ກ່ອນ", by=cast.noy, at=at)
    session.commit()

    number = inquiry.number
    said = [
        "orvelle",
        "MULLER",
        "ana@shop",
        "fruhling",
        number,
        number[-4:],
        "hammer rim",
        "ດ້ວຍມື",
        "ຫມູ່",
        "123456789",
        bowl.published.name.lo,
    ]
    assert {words: look(View.ANY, at, words=words) for words in said} == {words: [number] for words in said}
    assert [look(View.ANY, at, words=words) for words in ("%", "_____", "hammer gold", "zzz")] == [[]] * 4
    assert finding.where_said(inquiry, "rim hand")[1] == "We hammer the rim by hand."


def test_a_text_that_goes_is_found_no_longer(session, make, cast, at, look):
    inquiry = make.inquiry(consortium=cast.silver, message="a secret canary")
    session.commit()
    assert look(View.ANY, at, words="canary")

    inquiry.message = ""
    session.commit()
    assert not look(View.ANY, at, words="canary")

    finding.forget(session, [inquiry.id])
    session.commit()
    assert session.scalar(select(InquiryText).where(InquiryText.inquiry_id == inquiry.id)) is None
    assert finding.rebuild(session) == 1
