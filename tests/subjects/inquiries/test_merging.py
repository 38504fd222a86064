"""Two inquiries of one buyer become one; nothing is lost, and nobody but the buyer gets to read it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.accounts.models import Person
from catalogue.database import writing
from catalogue.inquiries import conversation, merging
from catalogue.inquiries.inbox import waiting_for
from catalogue.inquiries.intake import Buyer
from catalogue.inquiries.links import NOT_ME, LinkIsOver, inquiry_of_token, token_of
from catalogue.inquiries.models import Channel, Inquiry, InquiryLine, InquiryStatus, Message
from catalogue.inquiries.renewing import renew
from catalogue.inquiries.timeline import Done, Said, timeline
from catalogue.tokens import TokenMaker
from tests.factories import NOW
from tests.subjects.inquiries.test_conversation import at_once

LATER = NOW + timedelta(hours=1)
TOKENS = TokenMaker("secret")


@pytest.fixture
def two(make, cast):
    """Ana asked twice; her address was typed in another case."""
    first = make.inquiry(consortium=cast.silver, buyer=cast.ana, message="Sixty bowls.")
    again = make.buyer(name="Ana", email="ANA@buyer.example")
    return first, make.inquiry(consortium=cast.silver, buyer=again, message="I forgot: twelve trays.")


def test_lines_thread_and_link_go_along_and_the_office_is_next(session, cast, two):
    first, second = two
    conversation.answer(session, first, "Gladly.", by=cast.noy, at=NOW)
    conversation.write_as_buyer(session, second, "Are you there?", at=NOW)
    token = token_of(second, TOKENS)

    merging.merge(session, second, first, by=cast.noy, at=LATER)
    session.commit()

    assert {message.text for message in first.messages} == {"Gladly.", "Are you there?", "I forgot: twelve trays."}
    assert ([line.position for line in first.lines], second.lines) == ([0, 1], [])
    assert (second.status, second.closed_reason) == (InquiryStatus.CLOSED, "double")
    with pytest.raises(LinkIsOver):
        inquiry_of_token(session, token, TOKENS)
    assert inquiry_of_token(session, token_of(second, TOKENS), TOKENS) is first
    assert waiting_for(first, first.messages[-1]) == "office"


@pytest.mark.parametrize("strangers", [0, 1])
def test_whoever_typed_the_buyers_address_into_a_form_reads_nothing_of_theirs(session, cast, two, outbox, strangers):
    """The form shows its private page at once, whatever address was typed; so no page of before the merge opens it."""
    links = [token_of(each, TOKENS) for each in two]

    merging.merge(session, two[strangers], two[1 - strangers], by=cast.noy, at=LATER)
    session.commit()

    for link in links:
        with pytest.raises(LinkIsOver):
            inquiry_of_token(session, link, TOKENS)
    letter = outbox.letters()[-1]
    assert (letter.kind, letter.payload["inquiry_id"]) == ("link_renewed", two[1 - strangers].id)


def test_links_that_only_a_letter_told_stay(session, cast, make, outbox):
    first, second = (make.inquiry(consortium=cast.silver, buyer=cast.ana, channel=Channel.MAIL) for _ in "12")
    merging.merge(session, second, first, by=cast.noy, at=LATER)

    assert inquiry_of_token(session, token_of(second, TOKENS), TOKENS) is first
    assert "link_renewed" not in outbox.kinds()


def test_the_same_telephone_number_typed_into_a_form_is_not_the_same_buyer(session, cast, make):
    known = make.inquiry(consortium=cast.silver, buyer=Buyer("Ana", "", "DE", phone="+49 30 5550123"))
    typed = make.inquiry(consortium=cast.silver, buyer=Buyer("Ana", "stranger@x.example", "DE", phone="+49 30 5550123"))

    assert merging.can_merge(session, known) == []
    with pytest.raises(merging.CannotMerge):
        merging.merge(session, known, typed, by=cast.noy, at=LATER)


def test_the_link_that_says_not_me_closes_nothing_else(session, cast, two):
    first, second = two
    merging.merge(session, second, first, by=cast.noy, at=LATER)

    assert inquiry_of_token(session, token_of(second, TOKENS, NOT_ME), TOKENS, NOT_ME) is second


def test_a_renewed_link_ends_the_links_of_both(session, cast, two):
    first, second = two
    old = [token_of(each, TOKENS) for each in two]
    merging.merge(session, second, first, by=cast.noy, at=LATER)

    renew(session, first, at=LATER)

    for token in old:
        with pytest.raises(LinkIsOver):
            inquiry_of_token(session, token, TOKENS)


def test_the_timeline_tells_of_both_in_order_of_time(session, cast, two):
    first, second = two
    merging.merge(session, second, first, by=cast.noy, at=LATER)
    session.commit()

    items = timeline(session, first)
    said = [one.message.text if one.message else first.message for one in items if isinstance(one, Said)]
    assert said == ["Sixty bowls.", "I forgot: twelve trays."]
    assert {one.action for one in items if isinstance(one, Done)} == {
        "inquiry.merged",
        "inquiry.took_in",
        "link.renewed",
    }


@pytest.mark.parametrize("why", ["another buyer", "another consortium", "closed", "itself"])
def test_only_open_inquiries_of_one_buyer_to_one_office(session, make, cast, two, why):
    first, second = two
    other = {
        "another buyer": lambda: make.inquiry(consortium=cast.silver),
        "another consortium": lambda: make.inquiry(consortium=cast.silk, buyer=cast.ana),
        "closed": lambda: first,
        "itself": lambda: second,
    }[why]()
    if why == "closed":
        conversation.close(session, first, conversation.ClosedReason.ANSWERED, by=cast.noy, at=NOW)

    with pytest.raises(merging.CannotMerge):
        merging.merge(session, second, other, by=cast.noy, at=LATER)


def test_of_two_merges_that_cross_one_wins_and_nothing_is_in_a_ring(engine, session, cast, two):
    keys, noy = [each.id for each in two], cast.noy.id

    def merge(inquiry, into):
        with writing(engine) as session:
            person = session.get_one(Person, noy)
            pair = session.get_one(Inquiry, inquiry), session.get_one(Inquiry, into)
            merging.merge(session, *pair, by=person, at=LATER)

    session.commit()
    failures = at_once(lambda: merge(*keys), lambda: merge(*reversed(keys)))

    assert [type(failure) for failure in failures] == [merging.CannotMerge]
    session.rollback()
    living = session.scalars(select(Inquiry).where(Inquiry.merged_into_id.is_(None))).one()
    assert len(session.scalars(select(InquiryLine).where(InquiryLine.inquiry_id == living.id)).all()) == 2
    assert session.scalars(select(Message.inquiry_id)).all() == [living.id]
