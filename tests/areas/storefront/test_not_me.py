""" "This was not me": whoever was sent a letter without having asked erases the address, and is left in peace."""

import pytest
from sqlalchemy import select

from catalogue.inquiries import conversation
from catalogue.inquiries.intake import Asked
from catalogue.inquiries.links import BUYER_PAGE, NOT_ME, token_of
from catalogue.inquiries.models import InquiryStatus, MessageChannel
from catalogue.inquiries.sending import send_to_each
from catalogue.notices.addresses import token_maker
from tests.factories import NOW, Make


@pytest.fixture
def token(app):
    def of(asked, purpose: str = NOT_ME) -> str:
        with app.app_context():
            return token_of(asked, token_maker(), purpose)

    return of


@pytest.mark.parametrize("language", ["en", "lo"])
def test_the_page_asks_and_shows_nothing_of_the_inquiry(visitor, make: Make, token, language):
    inquiry = make.inquiry(message="ZZMESSAGE")

    reader = visitor.speaking(language)
    page = reader.get("storefront.not_me", token=token(inquiry))

    assert page.select_one("main form button")
    for secret in ("ZZMESSAGE", inquiry.number, inquiry.buyer_contact.email, inquiry.buyer_contact.name):
        assert secret not in str(page)
    assert reader.response.headers["Cache-Control"] == "no-store"
    assert reader.response.headers["Referrer-Policy"] == "no-referrer"


def test_looking_erases_nothing(visitor, make: Make, token, session):
    inquiry = make.inquiry()
    visitor.get("storefront.not_me", token=token(inquiry))
    assert inquiry.buyer_contact.email


def test_the_button_erases_the_address_and_ends_it(visitor, make: Make, token, session, cast):
    inquiry = make.inquiry(consortium=cast.silver, buyer=cast.ana)
    page = visitor.get("storefront.not_me", token=token(inquiry))

    for _time in range(2):
        visitor.submit(page, "main form", expect=200)

    contact = inquiry.buyer_contact
    assert (contact.email, contact.phone, contact.company, contact.name) == ("", "", "", "—")
    assert (inquiry.status, inquiry.closed_reason) == (InquiryStatus.CLOSED, "not theirs")


def test_no_letter_goes_to_that_address_any_more(visitor, make: Make, token, session, cast, outbox):
    inquiry = make.inquiry(consortium=cast.silver)
    page = visitor.get("storefront.not_me", token=token(inquiry))
    visitor.submit(page, "main form", expect=200)

    conversation.answer(session, inquiry, "We can", by=cast.noy, at=make.later())

    assert outbox.letters("answer_sent") == []


def test_the_manager_sees_why(visitor, make: Make, token, cast):
    inquiry = make.inquiry(consortium=cast.silver, message="Sixty bowls, please")
    visitor.submit(visitor.get("storefront.not_me", token=token(inquiry)), "main form", expect=200)

    page = visitor.signed_in_as(cast.noy).get("desk.inquiry", slug=cast.silver.slug, inquiry_id=inquiry.public_id)

    assert "did not ask" in page.text
    assert "Sixty bowls" in page.text


def test_a_whole_sending_is_ended_at_once(visitor, make: Make, token, session):
    asked = Asked(make.buyer(), "Hello")
    sent = send_to_each(session, [(make.consortium(), asked) for _one in range(2)], at=NOW, submission="one")

    visitor.submit(visitor.get("storefront.not_me", token=token(sent)), "main form", expect=200)

    assert {each.closed_reason for each in sent.inquiries} == {"not theirs"}
    assert {each.buyer_contact.email for each in sent.inquiries} == {""}


def test_what_was_closed_before_stays_closed_as_it_was(visitor, make: Make, token, session, cast):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.close(session, inquiry, conversation.ClosedReason.SPAM, by=cast.noy, at=make.later())

    visitor.submit(visitor.get("storefront.not_me", token=token(inquiry)), "main form", expect=200)

    assert (inquiry.closed_reason, inquiry.buyer_contact.email) == ("spam", "")


def test_the_link_of_another_purpose_erases_nothing(visitor, make: Make, token, session):
    inquiry = make.inquiry()
    for wrong in (token(inquiry, BUYER_PAGE), "x" * 42, "short"):
        visitor.get("storefront.not_me", token=wrong, expect=404)
        visitor.send(f"/en/not-me/{wrong}", {}, expect=404)
    visitor.get("storefront.buyer", token=token(inquiry), expect=404)
    assert inquiry.buyer_contact.email


def test_the_log_keeps_no_contact(visitor, make: Make, token, session):
    from catalogue.activity.models import Entry

    inquiry = make.inquiry()
    email = inquiry.buyer_contact.email
    visitor.submit(visitor.get("storefront.not_me", token=token(inquiry)), "main form", expect=200)

    entries = list(session.scalars(select(Entry)))
    assert "inquiry.disowned" in [entry.action for entry in entries]
    assert all(email not in str(entry.data) for entry in entries)


def test_whoever_filled_in_the_form_cannot_take_the_way_out_away(visitor, make: Make, token, session):
    inquiry = make.inquiry()
    conversation.write_as_buyer(session, inquiry, "Written at once, on the page that follows the form", at=NOW)
    session.commit()

    visitor.submit(visitor.get("storefront.not_me", token=token(inquiry)), "main form", expect=200)
    assert not inquiry.buyer_contact.email


@pytest.mark.parametrize("by", ["page after an answer", "mail"])
def test_who_went_on_writing_is_not_erased_by_a_forwarded_letter(visitor, make: Make, token, session, cast, by):
    inquiry = make.inquiry(consortium=cast.silver)
    page = visitor.get("storefront.not_me", token=token(inquiry))
    if by == "mail":
        conversation.write_as_buyer(session, inquiry, "And 20 more", at=NOW, channel=MessageChannel.MAIL)
    else:
        conversation.answer(session, inquiry, "How many?", by=cast.noy, at=NOW)
    conversation.write_as_buyer(session, inquiry, "Could you make 40 of them?", at=NOW)
    session.commit()

    visitor.submit(page, "main form", expect=410)
    visitor.get("storefront.not_me", token=token(inquiry), expect=410)
    assert inquiry.buyer_contact.email
