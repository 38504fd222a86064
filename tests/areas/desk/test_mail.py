"""E-mail that reached nobody, at the desk and at the operator's; every e-mail as it came."""

import pytest
from sqlalchemy import select

from catalogue.cli.mail_doors import mail_room
from catalogue.cli.work import work_once, worker_of
from catalogue.inquiries.links import REPLY_BUYER, token_of
from catalogue.inquiries.mail_room import receive
from catalogue.inquiries.models import Channel, Inquiry, Message
from catalogue.mail.arriving import Arrived
from catalogue.mail.models import ReceivedMail, Source
from catalogue.tokens import TokenMaker


@pytest.fixture
def come(app, session):
    """Have a mail come; its row."""

    def come(text, **headers):
        said = {"From": "Lena <lena@new.example>", "Subject": "Bowls <b>bold</b>", **headers}
        raw = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items()) + f"\r\n{text}\r\n"
        session.commit()
        with app.app_context():
            receive(mail_room(app), Arrived(raw.encode(), Source.INPUT))
        session.expire_all()
        return session.scalars(select(ReceivedMail).order_by(ReceivedMail.id.desc())).first()

    return come


@pytest.fixture
def work(app, session):
    """Have the worker do what is due."""

    def work():
        session.commit()
        with app.app_context():
            work_once(worker_of(app))
        session.expire_all()

    return work


def test_a_manager_puts_a_mail_into_its_inquiry(visitor, cast, make, come, work, session):
    inquiry = make.inquiry(consortium=cast.silver)
    come("Forty of them.\n<script>alert(1)</script>", To="someone@else.example")
    noy = visitor.signed_in_as(cast.noy)
    waiting = noy.get("desk.mail", slug=cast.silver.slug)
    assert "It came to none of our addresses." in waiting.text

    page = noy.open(waiting.select_one("main h2 a")["href"])
    assert "<script>alert(1)</script>" in page.select_one("main").text
    noy.submit(page, "form[action$='/place']", {"number": "X-1"}, expect=422)
    noy.submit(page, "form[action$='/place']", {"number": inquiry.number.lower()})
    work()

    assert [message.text[:14] for message in session.scalars(select(Message))] == ["Forty of them."]
    assert "No e-mail waits" in noy.get("desk.mail", slug=cast.silver.slug).text
    shown = noy.get("desk.inquiry", slug=cast.silver.slug, inquiry_id=inquiry.public_id)
    assert "It came from another address than the buyer's." in shown.text
    noy.open(next(link["href"] for link in shown.select("main a") if link.text == "The whole e-mail"))


def test_a_manager_opens_an_inquiry_from_a_mail_once(visitor, cast, come, work, session):
    mail = come("Bowls, please.", To="someone@else.example", Subject="Bowls") if cast.silver else None
    noy = visitor.signed_in_as(cast.noy)
    page = noy.get("desk.one_mail", slug=cast.silver.slug, mail_id=mail.public_id)
    noy.submit(page, "form[action$='/open']", {})
    again = noy.submit(page, "form[action$='/settle']", {})
    assert "Somebody else decided about it" in again.text
    work()
    inquiry = session.scalars(select(Inquiry)).one()
    assert (inquiry.channel, inquiry.buyer_contact.email) == (Channel.MAIL, "lena@new.example")


def test_an_automatic_answer_is_told_in_the_inquiry(visitor, cast, make, come, settings):
    inquiry = make.inquiry(consortium=cast.silver)
    token = token_of(inquiry, TokenMaker(settings.SECRET_KEY), REPLY_BUYER)
    come("I am away.", To=f"inquiry+{token}@{settings.MAIL_DOMAIN}", Auto_Submitted="auto-replied")
    noy = visitor.signed_in_as(cast.noy)
    shown = noy.get("desk.inquiry", slug=cast.silver.slug, inquiry_id=inquiry.public_id)
    assert "E-mail: automatic answer, only kept" in shown.text
    assert "I am away." not in shown.text


def test_what_cannot_be_read_is_shown_as_it_came(visitor, cast, app, session):
    slug = cast.silver.slug
    session.commit()
    with app.app_context():
        receive(mail_room(app), Arrived(b"\x00\x01 no mail at all", Source.INPUT))
    noy = visitor.signed_in_as(cast.noy)
    page = noy.open(noy.get("desk.mail", slug=slug).select_one("main h2 a")["href"])
    assert "no mail at all" in page.text
    assert page.select("form[action$='/place']") == []
    noy.submit(page, "form[action$='/settle']", {})
    assert session.scalars(select(ReceivedMail)).one().settled_by_id == cast.noy.id


def test_mail_of_nobody_is_the_operators_until_an_office_has_it(visitor, cast, come):
    silver, silk = cast.silver.slug, cast.silk.slug
    mail = come("The secret words.", To="someone@else.example")
    keo, operator = visitor.signed_in_as(cast.keo), visitor.signed_in_as(cast.operator)
    keo.get("desk.one_mail", slug=silk, mail_id=mail.public_id, expect=404)
    page = operator.get("operator.mail")
    assert "Bowls" in page.text
    assert "The secret words." not in page.text
    operator.submit(page, "main form", {"consortium": silk})
    assert "The secret words." in keo.get("desk.one_mail", slug=silk, mail_id=mail.public_id).text
    noy = visitor.signed_in_as(cast.noy)
    noy.get("desk.one_mail", slug=silver, mail_id=mail.public_id, expect=404)
    noy.get("desk.mail", slug=silk, expect=403)
