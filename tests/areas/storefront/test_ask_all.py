"""Asking several consortia at once: one form, one sending, one inquiry each; and no office learns of another."""

from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from catalogue.inquiries import conversation, defences, intake
from catalogue.inquiries.models import Attachment, Inquiry, InquiryListItem, Message, Sending, SendingPart
from catalogue.limits import LimitCount
from catalogue.media.models import StoredFile
from catalogue.web.attachments import store
from tests.areas.storefront.test_inquiry import FILLED_IN, files, png, shown
from tests.factories import Make
from tests.visitor import Visitor


@pytest.fixture
def gathered(visitor, bowl, scarf):
    """A visitor who has put a bowl and a scarf into the list, at the form for both."""
    for product in (bowl, scarf):
        gather(visitor, product)
    visitor.get("storefront.ask_all")
    return visitor


def gather(visitor: Visitor, product: Any, **fields: str) -> None:
    data = {"product": product.public_id, **fields}
    visitor.post("storefront.add_to_list", data, slug=product.consortium.slug, follow=False, csrf=False)


def send(visitor: Visitor, data: dict[str, Any] | None = None, **options: Any) -> Any:
    """Fill in the form that is open, and press its button."""
    return visitor.submit(visitor.page, "main form", {**FILLED_IN, **(data or {})}, **options)


def inquiries(session) -> list[Inquiry]:
    return list(session.scalars(select(Inquiry).order_by(Inquiry.id)))


# -- one sending, one inquiry for each --


def test_one_sending_makes_one_inquiry_for_each_consortium(gathered, session, cast, outbox, bowl, scarf):
    page = send(gathered, {"needed_by": "2027-05-01", "incoterm": "FCA", "named_place": "Thanaleng"})

    silver, silk = inquiries(session)
    assert [(each.consortium, each.lines[0].product) for each in (silver, silk)] == [
        (cast.silver, bowl),
        (cast.silk, scarf),
    ]
    for each in (silver, silk):
        assert (each.message, each.buyer_contact.email) == (FILLED_IN["message"], "ana@buyer.example")
        assert (each.incoterm, each.named_place, each.needed_by.isoformat()) == ("FCA", "Thanaleng", "2027-05-01")
        assert each.number in page.text
    assert sorted(outbox.kinds()) == ["inquiry_received", "inquiry_received", "sending_confirmed"]
    assert session.scalar(select(InquiryListItem)) is None
    assert gathered.client.get_cookie("list_count", domain="127.0.0.1").value == "0"


@pytest.mark.parametrize("language", ["en", "lo"])
def test_the_form_says_what_it_will_make(gathered, cast, language):
    page = gathered.speaking(language).get("storefront.ask_all")

    words = page.select_one("[aria-labelledby=sending-title]").text
    assert "2" in words
    for consortium in (cast.silver, cast.silk):
        assert consortium.name.in_(language) in words
        assert page.select_one(f"#to-{consortium.slug}")


def test_where_one_consortium_is_asked_it_is_an_inquiry_like_any_other(visitor, bowl, session, outbox):
    gather(visitor, bowl)
    visitor.get("storefront.ask_all")

    page = send(visitor)

    (inquiry,) = inquiries(session)
    assert inquiry.number in page.title.text
    assert session.scalar(select(Sending)) is None
    assert outbox.kinds() == ["inquiry_received", "inquiry_confirmed"]


def test_words_say_to_whom_they_go(visitor, session, cast):
    assert cast.silver.id < cast.silk.id
    words = {"lines-0-description": "A tray", "lines-0-quantity": "໓", "lines-0-consortium": cast.silver.slug}
    other = {"lines-7-description": "A shawl", "lines-7-quantity": "4", "lines-7-consortium": cast.silk.slug}

    visitor.post("storefront.ask_all", {**FILLED_IN, **words, **other})

    asked = [(each.consortium, each.lines[0].description, each.lines[0].quantity) for each in inquiries(session)]
    assert asked == [(cast.silver, "A tray", 3), (cast.silk, "A shawl", 4)]


@pytest.mark.parametrize("chosen", ["", "nobody-here"])
def test_words_for_nobody_are_asked_about_beside_their_line(visitor, session, cast, chosen):
    assert cast.silver
    assert cast.silk
    line = {"lines-0-description": "A tray", "lines-0-quantity": "3", "lines-0-consortium": chosen}

    page = visitor.post("storefront.ask_all", {**FILLED_IN, **line}, expect=422)

    assert page.select_one("#lines-0-consortium-error")
    assert page.select_one('.error-summary a[href="#lines-0-consortium"]')
    assert shown(page, "lines-0-description") == "A tray"
    assert inquiries(session) == []


def test_a_message_alone_goes_to_the_consortium_that_is_chosen(visitor, session, cast):
    assert cast.silver
    page = visitor.post("storefront.ask_all", FILLED_IN | {"lines-0-consortium": cast.silk.slug})

    (inquiry,) = inquiries(session)
    assert (inquiry.consortium, inquiry.lines) == (cast.silk, [])
    assert inquiry.number in page.title.text


def test_a_message_for_nobody_asks_for_whom(visitor, session, cast):
    assert cast.silver
    assert cast.silk
    page = visitor.post("storefront.ask_all", FILLED_IN, hidden=False, expect=422)

    assert page.select_one(".error-summary a[href='#lines-0-consortium']")
    assert shown(page, "message") == FILLED_IN["message"]


def test_without_message_each_line_says_how_many(gathered, session):
    page = send(gathered, {"message": "", "lines-1-quantity": ""}, expect=422)

    assert page.select_one("#lines-1-quantity-error")
    assert not page.select_one("#lines-0-quantity-error")
    assert inquiries(session) == []


def test_a_consortium_that_is_taken_out_is_not_asked_and_keeps_its_lines(gathered, session, cast, scarf):
    gathered.submit(gathered.page, "main form", {"less": "1"}, expect=200)
    send(gathered)

    assert [each.consortium for each in inquiries(session)] == [cast.silver]
    assert [item.product for item in session.scalars(select(InquiryListItem))] == [scarf]


def test_prices_hoped_for_need_a_currency_where_consortia_differ(visitor, make: Make, session, bowl):
    rice = make.product(consortium=make.consortium(currency="LAK"))
    for product in (bowl, rice):
        gather(visitor, product)
    visitor.get("storefront.ask_all")

    page = send(visitor, {"lines-0-target_price": "140"}, expect=422)
    assert page.select_one("#currency-error")

    send(visitor, {"lines-0-target_price": "140", "currency": "EUR"})
    assert [each.currency for each in inquiries(session)] == ["EUR", "EUR"]
    assert inquiries(session)[0].lines[0].target_price == Decimal(140)


@pytest.mark.parametrize("language", ["en", "lo"])
def test_what_is_wrong_is_said_and_everything_typed_is_still_there(gathered, session, language):
    said = gathered.speaking(language)
    said.get("storefront.ask_all")
    typed = {"email": "ana@", "lines-0-quantity": "1.250", "lines-1-note": "As shown", "city": "Berlin"}

    page = send(said, typed, expect=422)

    for field, value in (FILLED_IN | typed).items():
        assert shown(page, field) == value, field
    assert [link["href"] for link in page.select(".error-summary a")] == ["#email", "#lines-0-quantity"]
    assert inquiries(session) == []


def test_a_withdrawn_product_is_left_out(gathered, make: Make, session, bowl):
    from catalogue.products import listing

    listing.withdraw(session, bowl, by=None, at=make.later())
    page = gathered.get("storefront.ask_all")

    assert len(page.select("[name$=-product]")) == 1


@pytest.mark.parametrize("manager", ["noy", "keo"])
def test_every_desk_lists_a_confirmation(gathered, visitor, cast, manager):
    send(gathered)
    person, slug = getattr(cast, manager), {"noy": cast.silver.slug, "keo": cast.silk.slug}[manager]

    page = visitor.signed_in_as(person).get("desk.letters", slug=slug)

    names = [row.get_text() for row in page.select(".deliveries strong")]
    assert sorted(names) == ["Confirmation to the buyer", "New inquiry, to the office"]


# -- files --


def test_each_consortium_keeps_its_own_copy_of_a_file(gathered, session, cast, outbox):
    send(gathered, {"attachments": files((png(), "bowl.png"))})

    kept = list(session.scalars(select(StoredFile).order_by(StoredFile.id)))
    assert [(file.consortium_id, file.name) for file in kept] == [
        (cast.silver.id, "bowl.png"),
        (cast.silk.id, "bowl.png"),
    ]
    owners = [(each.consortium_id, each.file.consortium_id) for each in session.scalars(select(Attachment))]
    assert all(own == of_file for own, of_file in owners)
    assert len({file.key for file in kept}) == 2
    assert len(outbox.jobs("file.check")) == 2


def test_both_copies_can_be_checked(gathered, session, engine, app):
    from catalogue.media.keeping import check_file

    send(gathered, {"attachments": files((png(), "bowl.png"))})
    ids = list(session.scalars(select(StoredFile.id)))
    session.commit()
    with app.app_context():
        for file_id in ids:
            check_file(engine, store(), file_id)

    session.expire_all()
    assert all(file.is_ready for file in session.scalars(select(StoredFile)))


def test_a_file_is_kept_while_something_else_is_put_right(gathered, session):
    page = send(gathered, {"attachments": files((png(), "bowl.png")), "email": "wrong"}, expect=422)
    assert "bowl.png" in page.select_one(".file-kept").text

    send(gathered)

    assert [file.name for file in session.scalars(select(StoredFile))] == ["bowl.png"] * 2


def test_files_that_come_back_are_counted_each_time_they_are_copied(gathered, session, bowl, scarf, monkeypatch):
    monkeypatch.setattr(defences, "MOST_WITH_FILES", 2)
    page = send(gathered, {"attachments": files((png(), "bowl.png")), "email": "wrong"}, expect=422)
    parked = page.select_one("input[name=parked]")["value"]

    send(gathered)
    for product in (bowl, scarf):
        gather(gathered, product)
    gathered.get("storefront.ask_all")
    page = send(gathered, {"parked": parked}, expect=429)

    assert shown(page, "message") == FILLED_IN["message"]
    assert not page.select(".file-kept")
    assert len(inquiries(session)) == 2
    send(gathered)
    assert len(inquiries(session)) == 4


# -- once, whatever the mouse does --


def test_the_same_form_sent_twice_is_one_sending(gathered, session, outbox):
    page = gathered.page
    first, second = (gathered.submit(page, "main form", FILLED_IN, follow=False).location for _time in range(2))

    assert first == second
    assert len(inquiries(session)) == 2
    assert len(outbox.letters()) == 3


def test_the_same_value_from_another_visitor_is_another_sending(gathered, session, app, make):
    form = {field["name"]: field.get("value", "") for field in gathered.page.select("main [name^=lines]")}
    value = gathered.page.select_one("[name=submission]")["value"]

    send(gathered)
    Visitor(app, make).post("storefront.ask_all", {**FILLED_IN, **form, "submission": value})

    assert len(inquiries(session)) == 4
    assert len(list(session.scalars(select(Sending)))) == 2


def test_many_clicks_at_once_are_one_sending(gathered, session, app, outbox):
    fields = gathered.page.select("main form input[name]:not([type=checkbox]):not([type=file])")
    form = {field["name"]: field.get("value", "") for field in fields} | FILLED_IN
    cookie, start, answers = gathered.client.get_cookie("session", domain="127.0.0.1").value, Barrier(6), []

    def click() -> None:
        client = app.test_client()
        client.set_cookie("session", cookie, domain="127.0.0.1")
        start.wait()
        answers.append(client.post("/en/inquiry", data=form, base_url=gathered.site))

    session.commit()
    clicks = [Thread(target=click) for _number in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert [answer.status_code for answer in answers] == [303] * 6
    assert len({answer.location for answer in answers}) == 1
    assert len(inquiries(session)) == 2
    assert len(outbox.letters()) == 3


# -- what looks like spam is held; one sending counts once --


def test_a_sending_counts_once_against_the_limits(gathered, session):
    send(gathered)

    assert {count.count for count in session.scalars(select(LimitCount))} == {1}
    assert all(each.held_reason is None for each in inquiries(session))


def test_as_many_sendings_a_day_as_inquiries(visitor, session, monkeypatch, bowl, scarf):
    monkeypatch.setattr(defences, "MOST_FROM_EMAIL", 2)
    for _time in range(3):
        for product in (bowl, scarf):
            gather(visitor, product)
        visitor.get("storefront.ask_all")
        send(visitor)

    assert [each.held_reason for each in inquiries(session)] == [None] * 4 + ["many from e-mail"] * 2


def test_a_held_sending_is_held_at_each_office_and_confirms_nothing(gathered, session, cast, outbox, make):
    send(gathered, {"subject_line": "Hello"})

    held = inquiries(session)
    assert [each.held_reason for each in held] == ["trap", "trap"]
    assert outbox.kinds() == ["inquiry_received", "inquiry_received"]

    intake.release(session, held[0], by=cast.noy, at=make.later())
    assert [letter.consortium_id for letter in outbox.letters("inquiry_confirmed")] == [cast.silver.id]


def test_a_flood_meets_429_with_everything_kept(gathered, session, monkeypatch):
    monkeypatch.setattr(defences, "FLOOD", 0)

    page = send(gathered, {"attachments": files((png(), "bowl.png"))}, expect=429)

    assert shown(page, "message") == FILLED_IN["message"]
    assert page.select_one(".file-kept")
    assert inquiries(session) == []


# -- the one page of the buyer --


def test_the_page_shows_each_inquiry_by_itself(gathered, session, cast):
    page = send(gathered)

    for each in inquiries(session):
        part = page.select_one(f"#inquiry-{each.public_id}")
        assert each.number in part.text
        assert each.consortium.name.en in part.text
        assert part.select_one("form.reply")
        assert each.lines[0].product.reference in part.text
    assert gathered.response.headers["Cache-Control"] == "no-store"
    assert gathered.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_each_form_writes_to_its_own_office(gathered, session, cast, outbox):
    page = send(gathered)
    _silver, silk = inquiries(session)
    selector = f"#inquiry-{silk.public_id} form.reply"
    text = page.select_one(f"{selector} textarea")["name"]

    first = page
    for _time in range(2):
        page = gathered.submit(first, selector, {text: "In blue, please"})

    assert [(each.inquiry, each.text) for each in session.scalars(select(Message))] == [(silk, "In blue, please")]
    assert [letter.consortium_id for letter in outbox.letters("buyer_wrote")] == [cast.silk.id]
    assert "In blue" in page.select_one(f"#inquiry-{silk.public_id} .thread").text


def test_words_that_cannot_be_sent_stay_in_their_own_form(gathered, session):
    page = send(gathered)
    silver, silk = inquiries(session)
    form = f"#inquiry-{silk.public_id} form.reply"
    name = page.select_one(f"{form} textarea")["name"]

    page = gathered.submit(page, form, {name: "x" * 5001}, expect=422)

    assert page.select_one(f"{form} .field-error")
    assert not page.select_one(f"#inquiry-{silver.public_id} .field-error")
    assert len(page.select_one(f"{form} textarea").text.strip()) == 5001


def test_a_form_for_no_inquiry_of_the_sending_writes_nothing(gathered, session, make):
    send(gathered)
    foreign = make.inquiry()
    address = gathered.address

    for named in (foreign.public_id, ""):
        gathered.send(address, {"inquiry": named, f"{named}-text": "Hello"}, expect=404)
    assert session.scalar(select(Message)) is None


def test_the_link_of_one_inquiry_shows_none_of_the_others(gathered, session, cast):
    page = send(gathered)
    silver, silk = inquiries(session)

    alone = gathered.open(page.select_one(f"#inquiry-{silver.public_id} aside a.textlink")["href"])

    assert silver.number in alone.text
    assert silk.number not in str(alone)
    assert cast.silk.name.en not in str(alone)
    assert cast.silk.slug not in str(alone)


def test_a_replaced_link_of_a_sending_is_over(gathered, session):
    send(gathered)
    address = gathered.address
    session.scalars(select(Sending)).one().link_generation += 1

    gathered.open(address, expect=410)


# -- no office learns of another --


def test_no_office_learns_of_another(gathered, session, cast, visitor):
    send(gathered)
    silver, silk = inquiries(session)
    conversation.answer(session, silver, "We can", by=cast.noy, at=silver.created_at)
    noy, keo = visitor.signed_in_as(cast.noy), visitor.signed_in_as(cast.keo)

    for reader, own, other in ((noy, silver, silk), (keo, silk, silver)):
        place = {"slug": own.consortium.slug}
        pages = [
            reader.get("desk.inquiry", **place, inquiry_id=own.public_id),
            reader.get("desk.letters", **place),
            reader.get("desk.inbox", **place),
        ]
        for secret in (other.number, other.public_id, other.consortium.name.en, other.consortium.slug, "ending"):
            assert all(secret not in page.main.text for page in pages if page.main), secret
        assert "Confirmation to the buyer" in pages[0].text
        reader.get("desk.inquiry", slug=other.consortium.slug, inquiry_id=other.public_id, expect=403)


def test_the_log_of_a_consortium_does_not_name_a_sending(gathered, session):
    from catalogue.activity.models import Entry

    send(gathered)
    sent = session.scalars(select(Sending)).one()

    for entry in session.scalars(select(Entry)):
        assert "sending" not in f"{entry.action} {entry.subject} {entry.data}"
    assert {part.consortium_id for part in session.scalars(select(SendingPart))} == {
        each.consortium_id for each in sent.inquiries
    }
