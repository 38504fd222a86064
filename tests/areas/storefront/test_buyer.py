"""The buyer's private page: open to whoever has the link, to nobody else, and it never shows what the office notes."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from catalogue.inquiries import conversation
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.intake import Asked, Terms, Wanted, send_inquiry
from catalogue.inquiries.links import token_of
from catalogue.inquiries.models import Inquiry, InquiryStatus, Message
from catalogue.media.keeping import check_file, keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.notices.addresses import token_maker
from catalogue.web.attachments import store
from tests.areas.storefront.test_inquiry import png
from tests.factories import Make


@pytest.fixture
def link(app: Flask, session):
    """The token of an inquiry's private page."""

    def of(inquiry: Inquiry) -> str:
        with app.app_context():
            return token_of(inquiry, token_maker())

    return of


def messages(session) -> list[Message]:
    return list(session.scalars(select(Message).order_by(Message.id)))


# -- who gets in --


@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.title])
def test_the_link_opens_the_page_in_any_letter_case(visitor, make: Make, link, spelled):
    inquiry = make.inquiry()
    page = visitor.get("storefront.buyer", token=spelled(link(inquiry)))
    assert inquiry.number in page.title.text


def test_the_page_is_kept_by_nobody_and_found_by_nobody(visitor, make: Make, link):
    visitor.get("storefront.buyer", token=link(make.inquiry()))

    headers = visitor.response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert visitor.page.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("change", ["last letter", "other purpose", "short", "nonsense"])
def test_a_wrong_link_opens_nothing(visitor, make: Make, link, app, change):
    inquiry = make.inquiry()
    with app.app_context():
        token = {
            "last letter": link(inquiry)[:-1] + ("a" if link(inquiry)[-1] != "a" else "b"),
            "other purpose": token_of(inquiry, token_maker(), "reply-buyer"),
            "short": link(inquiry)[:20],
            "nonsense": "x" * 42,
        }[change]

    visitor.get("storefront.buyer", token=token, expect=404)
    visitor.send(f"/en/i/{token}", {"text": "Let me in"}, expect=404)


def test_a_link_that_was_replaced_says_that_it_is_over(visitor, make: Make, link, session):
    inquiry = make.inquiry()
    old = link(inquiry)
    inquiry.link_generation += 1

    visitor.get("storefront.buyer", token=old, expect=410)
    visitor.get("storefront.buyer", token=link(inquiry))


def test_many_wrong_links_meet_429_and_the_right_one_still_opens(visitor, make: Make, link, monkeypatch):
    from catalogue.web.storefront import buyer_link

    monkeypatch.setattr(buyer_link, "MOST_WRONG_LINKS_AN_HOUR", 2)
    for expect in (404, 404, 429):
        visitor.get("storefront.buyer", token="x" * 42, expect=expect)

    visitor.get("storefront.buyer", token=link(make.inquiry()))


# -- what it shows --


def test_it_shows_what_was_asked(visitor, make: Make, link):
    bowl = make.product()
    wanted = [Wanted(product=bowl, quantity=600, note="As shown"), Wanted(description="A cup", quantity=2)]
    inquiry = make.inquiry(products=[bowl], wanted=wanted, terms=Terms(incoterm="FCA", named_place="Thanaleng"))

    words = visitor.get("storefront.buyer", token=link(inquiry)).text

    for fact in (
        "Silver bowl",
        bowl.reference,
        "600\u00a0pieces",
        "As shown",
        "A cup",
        "FCA Thanaleng",
        inquiry.message,
    ):
        assert fact in words


def test_it_shows_the_talk_and_never_a_note(visitor, make: Make, link, cast, session):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.note(session, inquiry, "ZZNOTE do not trust", by=cast.noy, at=make.later())
    conversation.answer(session, inquiry, "We can make it", by=cast.noy, at=make.later())

    page = visitor.get("storefront.buyer", token=link(inquiry))

    assert "We can make it" in page.text
    assert "ZZNOTE" not in str(page)
    assert "answered" in page.h1.text


def test_it_shows_no_member_and_no_person_of_the_office(visitor, make: Make, link, cast, session):
    inquiry = make.inquiry(products=[make.product(member=cast.firm_a)])
    conversation.answer(session, inquiry, "We can", by=cast.noy, at=make.later())

    page = str(visitor.get("storefront.buyer", token=link(inquiry)))

    for secret in (cast.firm_a.name.en, cast.firm_a.name.lo, cast.noy.email, "firm.example"):
        assert secret not in page


def test_a_held_inquiry_looks_like_any_other_to_its_buyer(visitor, make: Make, link):
    held, other = make.inquiry(held_reason="links"), make.inquiry()

    sentences = {visitor.get("storefront.buyer", token=link(inquiry)).h1.text for inquiry in (held, other)}

    assert len(sentences) == 1


@pytest.mark.parametrize("language", ["en", "lo"])
@pytest.mark.parametrize("status", list(InquiryStatus))
def test_every_state_is_a_sentence(visitor, make: Make, link, session, status, language):
    inquiry = make.inquiry()
    inquiry.status = status

    assert visitor.speaking(language).get("storefront.buyer", token=link(inquiry)).h1.text.strip()


@pytest.mark.parametrize("reason", list(ClosedReason))
def test_every_end_is_a_sentence(visitor, make: Make, link, cast, session, reason):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.close(session, inquiry, reason, "ZZINTERNAL", by=cast.noy, at=make.later())

    page = visitor.get("storefront.buyer", token=link(inquiry))

    assert page.h1.text.strip()
    assert "ZZINTERNAL" not in str(page)
    assert "spam" not in page.text.lower()


# -- writing to the office --


def test_the_buyer_writes_and_the_office_is_told(visitor, make: Make, link, session, outbox):
    inquiry = make.inquiry()

    page = visitor.post("storefront.buyer", {"text": "One sample\nis fine"}, token=link(inquiry))

    assert "One sample" in page.select_one(".message").text
    assert [message.text for message in messages(session)] == ["One sample\nis fine"]
    assert len(outbox.letters("buyer_wrote")) == 1


def test_a_message_sent_twice_is_one_message(visitor, make: Make, link, session, outbox):
    page = visitor.get("storefront.buyer", token=link(make.inquiry()))

    for _time in range(2):
        visitor.submit(page, "form.reply", {"text": "One sample is fine"})

    assert len(messages(session)) == 1
    assert len(outbox.letters("buyer_wrote")) == 1


@pytest.mark.parametrize("typed", ["", "  \n ", "x" * 5001])
def test_a_message_that_cannot_be_sent_is_kept(visitor, make: Make, link, session, typed):
    page = visitor.post("storefront.buyer", {"text": typed}, expect=422, token=link(make.inquiry()))

    assert page.select_one("#text-error")
    assert page.select_one("#text").text.strip() == typed.strip()
    assert messages(session) == []


def test_a_lost_token_loses_no_word(visitor, make: Make, link, session):
    page = visitor.post("storefront.buyer", {"text": "Still here"}, csrf=False, expect=422, token=link(make.inquiry()))

    assert page.select_one("#text").text.strip() == "Still here"
    assert messages(session) == []


def test_too_many_messages_meet_429_with_the_text_kept(visitor, make: Make, link, session, monkeypatch):
    from catalogue.web.storefront import buyer

    monkeypatch.setattr(buyer, "MOST_MESSAGES_AN_HOUR", 1)
    token = link(make.inquiry())
    visitor.post("storefront.buyer", {"text": "First"}, token=token)

    page = visitor.post("storefront.buyer", {"text": "Second"}, expect=429, token=token)

    assert page.select_one("#text").text.strip() == "Second"
    assert len(messages(session)) == 1


def test_words_are_shown_as_words(visitor, make: Make, link):
    token = link(make.inquiry(message="<script>alert(1)</script>"))
    page = visitor.post("storefront.buyer", {"text": "<img src=x onerror=alert(1)>"}, token=token)

    assert page.select(".message script, .message img") == []


# -- files --


@pytest.fixture
def with_files(app: Flask, engine: Engine, make: Make, session):
    """An inquiry that came with a picture, checked and ready, and one still waiting."""

    def made() -> tuple[Inquiry, StoredFile, StoredFile]:
        consortium = make.consortium()
        with app.app_context():
            kept = store()
        asked = Asked(make.buyer(), "Hello", files=[park(kept, png(), name) for name in ("ຂັນ.png", "later.png")])
        inquiry = send_inquiry(session, consortium, asked, at=make.later())
        first, second = (file.id for file in session.scalars(select(StoredFile).order_by(StoredFile.id)))
        session.commit()
        check_file(engine, kept, first)
        session.expire_all()
        return inquiry, session.get(StoredFile, first), session.get(StoredFile, second)

    return made


def fetch(visitor, token: str, file: StoredFile, **more: Any) -> Any:
    return visitor.get("storefront.buyer_file", token=token, file_id=file.public_id, **more)


def test_a_picture_is_served_made_anew_and_to_nobody_else(visitor, make: Make, link, with_files):
    inquiry, ready, waiting = with_files()

    answer = fetch(visitor, link(inquiry), ready)

    assert answer.mimetype == "image/jpeg"
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert fetch(visitor, link(inquiry), ready, small=1).mimetype == "image/jpeg"
    fetch(visitor, link(inquiry), waiting, expect=404)
    fetch(visitor, link(make.inquiry()), ready, expect=404)


def test_the_page_names_its_files(visitor, link, with_files):
    inquiry, ready, waiting = with_files()

    page = visitor.get("storefront.buyer", token=link(inquiry))

    names = page.select_one(".buyer-files").text
    assert ready.name in names
    assert waiting.name in names


def test_what_the_office_called_its_files_stays_with_it(app, engine, visitor, cast, session, link, with_files):
    """A member's name or number may stand in the name of a file that the office sends on."""
    inquiry, ready, _waiting = with_files()
    with app.app_context():
        kept = store()
    parked = park(kept, png((90, 60, 30)), "Bounmy 020 5999 8888.png")
    at = inquiry.created_at
    file = keep(session, parked, consortium_id=inquiry.consortium_id, kind=FileKind.ATTACHMENT, at=at)
    conversation.answer(session, inquiry, "Like this?", by=cast.noy, at=at, files=[file])
    session.commit()
    check_file(engine, kept, file.id)

    page = visitor.get("storefront.buyer", token=link(inquiry))
    header = fetch(visitor, link(inquiry), file).headers["Content-Disposition"]

    assert "Bounmy" not in str(page) + header
    assert f"{inquiry.number}-1.jpg" in page.text
    assert f"{inquiry.number}-1.jpg" in header
    assert ready.name in page.text
