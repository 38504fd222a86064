"""The inquiry form: sent once, nothing typed is lost, what looks like spam is held, and nothing honest is refused."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.inquiries import defences
from catalogue.inquiries.models import Inquiry, InquiryListItem
from catalogue.media import recognise
from catalogue.media.models import StoredFile
from tests.factories import Make
from tests.visitor import Visitor

FILLED_IN = {"name": "Ana Example", "email": "ana@buyer.example", "country": "DE", "message": "For a shop in Berlin"}
EVERYTHING = {
    **FILLED_IN,
    "company": "Example Gifts",
    "role": "shop",
    "city": "Berlin",
    "phone": "+49 30 5550123",
    "needed_by": "2100-01-15",
    "incoterm": "FCA",
    "named_place": "Thanaleng",
    "currency": "EUR",
    "sample": "y",
    "order_type": "trial",
    "lines-0-description": "A silver cup with a lid",
    "lines-0-quantity": "1250",
    "lines-0-unit": "PR",
    "lines-0-target_price": "149,50",
    "lines-0-note": "No engraving",
}


@pytest.fixture
def silver(cast) -> Consortium:
    return cast.silver


@pytest.fixture(autouse=True)
def days_still_to_come(monkeypatch):
    """The year 2100 is a day to come, not one too far away."""
    from catalogue.web import fields

    monkeypatch.setattr(fields.NotPast, "MOST_DAYS", 40_000)


def inquiries(session) -> list[Inquiry]:
    return list(session.scalars(select(Inquiry).order_by(Inquiry.id)))


def send(visitor: Visitor, slug: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
    return visitor.post("storefront.inquiry", {**FILLED_IN, **(data or {})}, slug=slug, **options)


# -- what is sent is stored whole --


def test_a_buyer_asks_and_lands_on_the_private_page(visitor, silver, outbox, session):
    page = send(visitor, silver.slug)

    (inquiry,) = inquiries(session)
    assert inquiry.number in page.title.text
    assert visitor.address.startswith("/en/i/")
    assert outbox.kinds() == ["inquiry_received", "inquiry_confirmed"]


def test_everything_of_the_form_is_kept(visitor, silver, session):
    visitor.post("storefront.inquiry", EVERYTHING, slug=silver.slug)

    (inquiry,) = inquiries(session)
    (line,) = inquiry.lines
    contact = inquiry.buyer_contact
    assert (contact.name, contact.email, contact.company) == ("Ana Example", "ana@buyer.example", "Example Gifts")
    assert (contact.phone, inquiry.country, inquiry.city) == ("+49 30 5550123", "DE", "Berlin")
    assert (inquiry.buyer_role, inquiry.order_type, inquiry.wants_sample) == ("shop", "trial", True)
    assert (inquiry.incoterm, inquiry.named_place, inquiry.currency) == ("FCA", "Thanaleng", "EUR")
    assert (inquiry.needed_by, inquiry.message) == (date(2100, 1, 15), "For a shop in Berlin")
    assert (line.description, line.quantity, line.unit) == ("A silver cup with a lid", 1250, "PR")
    assert (line.target_price, line.note) == (Decimal("149.50"), "No engraving")


def test_a_line_with_its_quantity_needs_no_message(visitor, make: Make, session):
    bowl = make.product()

    send(visitor, bowl.consortium.slug, {"message": "", "lines-0-product": bowl.public_id, "lines-0-quantity": "30"})

    (line,) = inquiries(session)[0].lines
    assert (line.product, line.quantity, line.product_version_id) == (bowl, 30, bowl.published_id)


def test_the_contracts_fields_alone_are_a_whole_inquiry(visitor, silver, session):
    visitor.get("storefront.inquiry", slug=silver.slug)
    hidden = {name: visitor.page.select_one(f"[name={name}]")["value"] for name in ("csrf_token", "submission")}

    visitor.send(f"/en/{silver.slug}/inquiry", {**EVERYTHING, **hidden})

    assert inquiries(session)[0].held_reason is None


def test_a_buyer_may_write_in_lao_on_the_lao_page(visitor, silver, session):
    send(
        visitor.speaking("lo"),
        silver.slug,
        {"name": "ນາງ ສົມພອນ", "lines-0-description": "ຂັນ", "lines-0-quantity": "໑໒໕"},
    )

    (inquiry,) = inquiries(session)
    assert (inquiry.language, inquiry.lines[0].quantity, inquiry.buyer_contact.name) == ("lo", 125, "ນາງ ສົມພອນ")


def test_the_form_shows_what_was_gathered_and_forgets_it_when_sent(visitor, make: Make, session):
    bowl, other = make.product(), make.product()
    for product in (bowl, other):
        visitor.post(
            "storefront.add_to_list", {"product": product.public_id}, slug=product.consortium.slug, follow=False
        )

    visitor.get("storefront.inquiry", slug=bowl.consortium.slug)
    send(visitor, bowl.consortium.slug)

    assert [line.product for line in inquiries(session)[0].lines] == [bowl]
    assert [item.product for item in session.scalars(select(InquiryListItem))] == [other]
    assert visitor.client.get_cookie("list_count", domain="127.0.0.1").value == "1"


def test_one_product_can_be_asked_for_straight_from_its_page(visitor, make: Make):
    bowl = make.product(minimum_order=12)

    page = visitor.get("storefront.inquiry", slug=bowl.consortium.slug, product=bowl.public_id)

    assert page.select_one("[name=lines-0-product]")["value"] == bowl.public_id
    assert page.select_one("[name=lines-0-quantity]")["value"] == "12"


def test_the_form_is_kept_by_no_cache(visitor, silver):
    visitor.get("storefront.inquiry", slug=silver.slug)
    assert visitor.response.headers["Cache-Control"] == "no-store"


# -- what is wrong stands beside its field, and nothing typed is lost --

WRONG = {
    "name": "",
    "email": "ana@buyer",
    "country": "",
    "needed_by": "mid January",
    "incoterm": "XXX",
    "lines-0-quantity": "1.250",
    "lines-0-target_price": "much",
    "lines-0-unit": "barrel",
}


@pytest.mark.parametrize(("field", "typed"), WRONG.items())
def test_a_wrong_answer_is_explained_beside_its_field(visitor, silver, session, field, typed):
    page = visitor.post("storefront.inquiry", EVERYTHING | {field: typed}, expect=422, slug=silver.slug)

    beside = page.select_one(f"#{field}-error").text.removeprefix("Error: ")
    assert page.title.text.startswith("Error:")
    assert page.select_one(f'.error-summary a[href="#{field}"]').text == beside
    assert inquiries(session) == []


@pytest.mark.parametrize("language", ["en", "lo"])
def test_everything_typed_is_still_there(visitor, silver, language):
    said = visitor.speaking(language)
    page = said.post("storefront.inquiry", EVERYTHING | {"email": "ana@"}, expect=422, slug=silver.slug)

    for field, typed in (EVERYTHING | {"email": "ana@"}).items():
        assert shown(page, field) == typed, field


def shown(page: BeautifulSoup, field: str) -> str:
    control = page.select_one(f"[name='{field}']")
    if control.name == "textarea":
        return control.text.removeprefix("\n")
    if control.name == "select":
        return control.select_one("option[selected]")["value"]
    if control.get("type") == "checkbox":
        return control["value"] if control.has_attr("checked") else ""
    return control["value"]


def test_an_unclear_number_is_read_back_both_ways(visitor, silver):
    page = send(visitor, silver.slug, {"lines-0-description": "Cup", "lines-0-quantity": "1.250"}, expect=422)

    words = page.select_one("#lines-0-quantity-error").text
    assert "1.25" in words
    assert "1250" in words


def test_without_message_a_line_must_say_how_many(visitor, silver):
    page = send(visitor, silver.slug, {"message": "", "lines-0-description": "A cup"}, expect=422)
    assert page.select_one("#lines-0-quantity-error")


def test_an_empty_inquiry_is_none(visitor, silver):
    page = send(visitor, silver.slug, {"message": ""}, expect=422)
    assert page.select_one("#message-error")


def test_a_lost_token_loses_no_word(visitor, silver, session):
    page = send(visitor, silver.slug, csrf=False, expect=422)

    assert shown(page, "message") == FILLED_IN["message"]
    assert "once more" in page.select_one(".error-summary").text
    assert inquiries(session) == []


@pytest.mark.parametrize(
    "typed",
    ["a@b.example, c@d.example", "a@b.example;c@d.example", "Ana <ana@b.example>", "a@b.example\nBcc: c@d.example"],
)
def test_one_address_and_nothing_else(visitor, silver, typed):
    page = send(visitor, silver.slug, {"email": typed}, expect=422)
    assert page.select_one("#email-error")


def test_a_day_that_is_over_is_refused(visitor, silver):
    page = send(visitor, silver.slug, {"needed_by": "2020-01-01"}, expect=422)
    assert "over" in page.select_one("#needed_by-error").text


@pytest.mark.parametrize("typed", ["15 January 2100", "January 15, 2100", "15/1/2100", "1/15/2100", "໑໕ ມັງກອນ 2100"])
def test_a_day_can_be_written_as_people_write_it(visitor, silver, session, typed):
    send(visitor, silver.slug, {"needed_by": typed})
    assert inquiries(session)[0].needed_by == date(2100, 1, 15)


def test_a_day_that_could_be_two_is_refused(visitor, silver):
    page = send(visitor, silver.slug, {"needed_by": "3/4/2100"}, expect=422)
    assert "2100-04-03" in page.select_one("#needed_by-error").text


@pytest.mark.parametrize("kind", ["draft_product", "withdrawn_product", "elsewhere", "unknown"])
def test_what_is_not_offered_here_is_refused_beside_its_line(visitor, make: Make, silver, session, kind):
    if kind == "unknown":
        public_id = "0000000000"
    else:
        thing = make.product() if kind == "elsewhere" else getattr(make, kind)(consortium=silver)
        public_id = thing.public_id

    line = {"lines-0-product": public_id, "lines-0-quantity": "5"}
    page = send(visitor, silver.slug, line, expect=422)

    assert page.select_one("#lines-0-product .field-error")
    assert page.select_one("[name=lines-0-product]")["value"] == public_id
    assert inquiries(session) == []


def test_a_rule_for_ports_with_a_place_inland_is_a_word_of_advice(visitor, silver, session):
    asked = {"incoterm": "FOB", "named_place": "Vientiane"}

    page = send(visitor, silver.slug, asked | {"email": ""}, expect=422)
    assert "FCA" in page.select_one(".notice-warning").text

    send(visitor, silver.slug, asked)
    assert inquiries(session)[0].incoterm == "FOB"


def test_more_lines_than_fit_are_not_cut_off_in_silence(visitor, silver, session):
    lines = {f"lines-{number}-description": f"Thing {number}" for number in range(101)}
    page = send(visitor, silver.slug, lines, expect=422)

    assert "100" in page.select_one(".error-summary").text
    assert inquiries(session) == []


def test_fewer_than_the_minimum_is_a_hint_and_no_refusal(visitor, make: Make, session):
    bowl = make.product(minimum_order=50)
    line = {"lines-0-product": bowl.public_id, "lines-0-quantity": "5"}

    page = send(visitor, bowl.consortium.slug, line | {"email": ""}, expect=422)
    assert "50" in page.select_one("#lines-0-quantity-hint").text

    send(visitor, bowl.consortium.slug, line)
    assert inquiries(session)[0].lines[0].quantity == 5


# -- buttons that change the form --


def test_another_line_keeps_everything_and_sends_nothing(visitor, silver, session):
    page = visitor.post("storefront.inquiry", EVERYTHING | {"more": "1"}, expect=200, slug=silver.slug)

    assert page.select_one("[name=lines-1-description]")["value"] == ""
    assert shown(page, "lines-0-description") == EVERYTHING["lines-0-description"]
    assert shown(page, "message") == EVERYTHING["message"]
    assert inquiries(session) == []


def test_a_line_can_be_taken_out(visitor, silver):
    two = EVERYTHING | {"lines-1-description": "A tray", "lines-1-quantity": "3", "less": "0"}
    page = visitor.post("storefront.inquiry", two, expect=200, slug=silver.slug)

    assert page.select_one("[name=lines-0-description]") is None
    assert shown(page, "lines-1-description") == "A tray"


# -- files --


def png(colour: tuple[int, int, int] = (120, 20, 30)) -> bytes:
    from io import BytesIO

    from PIL import Image

    written = BytesIO()
    Image.new("RGB", (30, 20), colour).save(written, "PNG")
    return written.getvalue()


def files(*given: tuple[bytes, str]) -> list:
    from io import BytesIO

    return [(BytesIO(data), name) for data, name in given]


def test_files_are_kept_with_the_inquiry(visitor, silver, session, outbox):
    attached = files((png(), "ຮູບ.png"), (b"%PDF-1.4\n...", "drawing.pdf"))
    send(visitor, silver.slug, {"attachments": attached})

    kept = list(session.scalars(select(StoredFile).order_by(StoredFile.id)))
    assert [(file.name, file.media_type) for file in kept] == [
        ("ຮູບ.png", "image/png"),
        ("drawing.pdf", "application/pdf"),
    ]
    assert len(outbox.jobs("file.check")) == 2


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"MZ\x90\x00", "catalogue.exe", "Only pictures"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg", "Only pictures"),
        (b"\xff\xd8\xff" + b"0" * 1000, "large.jpg", "too large"),
        (b"%PDF-" + b"0" * 1000, "large.pdf", "too large"),
        (b"", "empty.png", "empty"),
    ],
    ids=["exe", "svg", "large picture", "large pdf", "empty"],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_rest_kept(
    visitor, silver, session, monkeypatch, data, name, words
):
    monkeypatch.setattr(recognise, "MOST_BYTES", dict.fromkeys(recognise.MOST_BYTES, 500))
    page = send(visitor, silver.slug, {"attachments": files((data, name))}, expect=422)

    assert name in page.select_one("#attachments-error").text
    assert words in page.select_one("#attachments-error").text
    assert shown(page, "message") == FILLED_IN["message"]
    assert inquiries(session) == []


def test_a_file_is_not_lost_when_something_else_was_wrong(visitor, silver, session):
    attached = {"attachments": files((png(), "bowl.png"))}
    page = send(visitor, silver.slug, attached | {"email": "wrong"}, expect=422)
    assert "bowl.png" in page.select_one(".file-kept").text

    visitor.submit(page, "main form", {"email": "ana@buyer.example"})

    assert [file.name for file in session.scalars(select(StoredFile))] == ["bowl.png"]


def test_another_visitors_file_cannot_be_taken(visitor, silver, session, app, make):
    page = send(visitor, silver.slug, {"attachments": files((png(), "bowl.png")), "email": "wrong"}, expect=422)
    reference = page.select_one("[name=parked]")["value"]

    send(Visitor(app, make), silver.slug, {"parked": reference})

    assert len(inquiries(session)) == 1
    assert session.scalar(select(StoredFile)) is None


def test_a_sixth_file_is_left_out_and_named(visitor, silver):
    attached = files(*((png((number, 0, 0)), f"bowl-{number}.png") for number in range(6)))
    page = send(visitor, silver.slug, {"attachments": attached}, expect=422)

    assert "bowl-5.png" in page.select_one("#attachments-error").text
    assert len(page.select("[name=parked]")) == 5


# -- once, whatever the mouse does --


def test_the_same_form_sent_twice_is_one_inquiry(visitor, silver, session, outbox):
    page = visitor.get("storefront.inquiry", slug=silver.slug)

    first = visitor.submit(page, "main form", FILLED_IN, follow=False).location
    second = visitor.submit(page, "main form", FILLED_IN, follow=False).location

    assert first == second
    assert len(inquiries(session)) == 1
    assert len(outbox.letters()) == 2


def test_a_fresh_form_is_another_inquiry(visitor, silver, session):
    for _time in range(2):
        page = visitor.get("storefront.inquiry", slug=silver.slug)
        visitor.submit(page, "main form", FILLED_IN)

    assert len(inquiries(session)) == 2


def test_the_same_value_from_another_visitor_is_another_inquiry(visitor, silver, session, app, make):
    page = visitor.get("storefront.inquiry", slug=silver.slug)
    value = page.select_one("[name=submission]")["value"]

    send(visitor, silver.slug, {"submission": value})
    send(Visitor(app, make), silver.slug, {"submission": value})

    assert len(inquiries(session)) == 2


def test_many_clicks_at_once_are_one_inquiry(visitor, silver, session, app, outbox):
    page = visitor.get("storefront.inquiry", slug=silver.slug)
    form = {field["name"]: field.get("value", "") for field in page.select("main input[type=hidden]")} | FILLED_IN
    cookie, start, answers = visitor.client.get_cookie("session", domain="127.0.0.1").value, Barrier(6), []

    def click() -> None:
        client = app.test_client()
        client.set_cookie("session", cookie, domain="127.0.0.1")
        start.wait()
        answers.append(client.post(f"/en/{slug}/inquiry", data=form, base_url=visitor.site))

    slug = silver.slug
    session.commit()
    clicks = [Thread(target=click) for _number in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert [answer.status_code for answer in answers] == [303] * 6
    assert len({answer.location for answer in answers}) == 1
    assert len(inquiries(session)) == 1
    assert len(outbox.letters()) == 2


@pytest.mark.parametrize("value", ["", "made.up", None])
def test_a_broken_seal_refuses_nobody_and_still_makes_one_inquiry(visitor, silver, session, value):
    for _time in range(2):
        visitor.get("storefront.inquiry", slug=silver.slug)
        send(visitor, silver.slug, {} if value is None else {"submission": value}, hidden=value is not None)

    (inquiry,) = inquiries(session)
    assert inquiry.held_reason is None


# -- what looks like spam is held, never lost --


def test_a_filled_trap_holds_it_and_confirms_nothing(visitor, silver, session, outbox):
    page = send(visitor, silver.slug, {"subject_line": "Hello"})

    assert inquiries(session)[0].held_reason == "trap"
    assert outbox.kinds() == ["inquiry_received"]
    assert "held" not in page.text.lower()


def test_many_links_hold_it(visitor, silver, session):
    send(visitor, silver.slug, {"message": "See https://a.example " * 6})
    assert inquiries(session)[0].held_reason == "links"


def test_one_more_than_a_person_sends_in_a_day_is_held(visitor, silver, session, monkeypatch):
    monkeypatch.setattr(defences, "MOST_FROM_EMAIL", 5)
    for _number in range(6):
        visitor.get("storefront.inquiry", slug=silver.slug)
        send(visitor, silver.slug, {"email": "Ana+shop@buyer.example"})

    reasons = [inquiry.held_reason for inquiry in inquiries(session)]
    assert reasons == [None] * 5 + ["many from e-mail"]


def test_only_a_few_confirmations_a_day_go_to_one_address(visitor, silver, session, outbox, monkeypatch):
    monkeypatch.setattr(defences, "MOST_CONFIRMED", 3)
    for _number in range(5):
        visitor.get("storefront.inquiry", slug=silver.slug)
        send(visitor, silver.slug)

    assert len(outbox.letters("inquiry_received")) == 5
    assert len(outbox.letters("inquiry_confirmed")) == 3


def test_many_from_one_network_are_held(visitor, silver, session, monkeypatch):
    monkeypatch.setattr(defences, "MOST_FROM_NETWORK", 2)
    for number in range(3):
        visitor.get("storefront.inquiry", slug=silver.slug)
        send(visitor, silver.slug, {"email": f"ana{number}@buyer.example"})

    assert [inquiry.held_reason for inquiry in inquiries(session)] == [None, None, "many from network"]


def test_a_flood_meets_429_with_the_text_kept(visitor, silver, session, monkeypatch):
    monkeypatch.setattr(defences, "FLOOD", 0)
    page = send(visitor, silver.slug, expect=429)

    assert shown(page, "message") == FILLED_IN["message"]
    assert inquiries(session) == []


def test_an_address_that_says_where_it_comes_from_is_not_believed(visitor, silver, session, monkeypatch):
    monkeypatch.setattr(defences, "MOST_FROM_NETWORK", 1)
    for number in range(2):
        visitor.get("storefront.inquiry", slug=silver.slug)
        headers = {"X-Forwarded-For": f"203.0.{number}.7"}
        send(visitor, silver.slug, {"email": f"ana{number}@buyer.example"}, headers=headers)

    assert inquiries(session)[1].held_reason == "many from network"


def test_another_consortiums_form_is_not_found(visitor):
    visitor.get("storefront.inquiry", slug="nobody-here", expect=404)
    visitor.send("/en/nobody-here/inquiry", FILLED_IN, expect=404)


def test_the_empty_form_may_be_found_by_search_engines(visitor, cast, make):
    product = make.product(consortium=cast.silver)
    assert not visitor.get("storefront.inquiry", slug=cast.silver.slug).select("meta[name=robots]")
    with_product = visitor.get("storefront.inquiry", slug=cast.silver.slug, product=product.public_id)
    assert with_product.select_one("meta[name=robots]")["content"] == "noindex"
    assert "/inquiry$" not in visitor.open("/robots.txt").text
