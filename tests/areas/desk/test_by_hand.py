"""Inquiries entered by a manager: what came by WhatsApp, telephone, visit or fair."""

import pytest
from sqlalchemy import select

from catalogue.inquiries.models import Channel, Inquiry
from catalogue.media.models import StoredFile
from tests.areas.storefront.test_inquiry import files, png
from tests.visitor import Visitor

CAME = {
    "channel": "whatsapp",
    "name": "Ana Example",
    "phone": "+49 30 5550123",
    "country": "DE",
    "message": "Hello, 60 bowls like the one on the photo?",
    "language": "en",
}


@pytest.fixture
def noy(visitor, cast) -> Visitor:
    return visitor.signed_in_as(cast.noy)


def inquiries(session) -> list[Inquiry]:
    return list(session.scalars(select(Inquiry)))


@pytest.mark.parametrize("channel", ["whatsapp", "telephone", "visit", "fair"])
def test_what_came_another_way_is_numbered_like_any_other(noy, cast, session, channel, outbox):
    page = noy.post("desk.by_hand", CAME | {"channel": channel}, slug=cast.silver.slug)

    (inquiry,) = inquiries(session)
    assert inquiry.number in page.text
    assert (inquiry.channel, inquiry.entered_by) == (Channel(channel), cast.noy.id)
    assert inquiry.buyer_contact.phone == CAME["phone"]
    assert outbox.kinds() == ["inquiry_received"]


def test_a_confirmation_goes_only_where_it_was_ticked(noy, cast, session, outbox):
    noy.post("desk.by_hand", CAME | {"email": "ana@buyer.example"}, slug=cast.silver.slug)
    assert outbox.letters("inquiry_confirmed") == []

    noy.get("desk.by_hand", slug=cast.silver.slug)
    noy.post("desk.by_hand", CAME | {"email": "ana@buyer.example", "confirm": "y"}, slug=cast.silver.slug)
    assert len(outbox.letters("inquiry_confirmed")) == 1


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ({}, "en"),
        ({"country": "LA"}, "lo"),
        ({"message": "ຢາກໄດ້ຂັນ 4 ໜ່ວຍ"}, "lo"),
        ({"country": "LA", "language": "en"}, "en"),
    ],
)
def test_who_writes_lao_or_is_at_home_in_laos_reads_lao_unless_chosen_otherwise(noy, cast, session, given, language):
    noy.post("desk.by_hand", CAME | {"language": ""} | given, slug=cast.silver.slug)

    assert [each.language for each in inquiries(session)] == [language]


def test_a_reference_names_its_product(noy, make, cast, session):
    bowl = make.product(consortium=cast.silver, reference="LS-0217")

    line = {"lines-0-description": "ls-0217", "lines-0-quantity": "60"}
    noy.post("desk.by_hand", CAME | line, slug=cast.silver.slug)

    (found,) = inquiries(session)[0].lines
    assert (found.product, found.quantity, found.description) == (bowl, 60, "")


def test_words_find_products_to_choose_from(noy, make, cast, session):
    bowl = make.product(consortium=cast.silver)
    make.product(consortium=cast.silk)
    words = CAME | {"lines-0-description": "silver bowl", "lines-0-quantity": "60"}

    page = noy.post("desk.by_hand", words | {"find": "1"}, slug=cast.silver.slug, expect=200)
    options = [option["value"] for option in page.select("[name=lines-0-product] option")]
    assert options == ["", bowl.public_id]

    noy.submit(page, "form.by-hand", {"lines-0-product": bowl.public_id})
    assert inquiries(session)[0].lines[0].product is bowl


def test_words_that_name_nothing_are_kept_as_words(noy, cast, session):
    line = {"lines-0-description": "A crown of pearls", "lines-0-quantity": "2", "lines-0-unit": "PR"}
    noy.post("desk.by_hand", CAME | line, slug=cast.silver.slug)

    (found,) = inquiries(session)[0].lines
    assert (found.description, found.quantity, found.unit, found.product) == ("A crown of pearls", 2, "PR", None)


def test_photographs_come_along_and_survive_a_mistake(noy, cast, session):
    page = noy.post(
        "desk.by_hand",
        CAME | {"name": "", "attachments": files((png(), "wanted.png"))},
        slug=cast.silver.slug,
        expect=422,
    )
    assert "wanted.png" in page.select_one(".file-kept").text
    assert page.select_one("#message").text.strip() == CAME["message"]

    noy.submit(page, "form.by-hand", {"name": "Ana"})

    assert [file.name for file in session.scalars(select(StoredFile))] == ["wanted.png"]


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"channel": ""}, "channel"), ({"channel": "web"}, "channel"), ({"name": " "}, "name"), ({"phone": ""}, "email"),
     ({"country": ""}, "country"), ({"message": ""}, "message"), ({"lines-0-quantity": "1.250"}, "lines-0-quantity")],
)  # fmt: skip
def test_what_is_missing_stands_beside_its_field(noy, cast, session, missing, field):
    page = noy.post("desk.by_hand", CAME | missing, slug=cast.silver.slug, expect=422)

    assert page.select_one(f"#{field}-error")
    assert inquiries(session) == []


def test_two_clicks_are_one_inquiry(noy, cast, session):
    page = noy.get("desk.by_hand", slug=cast.silver.slug)

    for _time in range(2):
        noy.submit(page, "form.by-hand", CAME)

    assert len(inquiries(session)) == 1


def test_another_line_keeps_what_was_typed(noy, cast):
    page = noy.post("desk.by_hand", CAME | {"lines-0-quantity": "", "more": "1"}, slug=cast.silver.slug, expect=200)

    assert page.select_one("#lines-1-description")
    assert page.select_one("#name")["value"] == CAME["name"]
    assert page.select_one("[name=channel][checked]")["value"] == "whatsapp"


@pytest.mark.parametrize("who", ["keo", "observer", "bounmy"])
def test_only_a_manager_of_the_consortium_enters_inquiries(visitor, cast, session, who):
    slug = cast.silver.slug
    visitor.signed_in_as(getattr(cast, who)).get("desk.by_hand", slug=slug, expect=403)
    visitor.signed_in_as(getattr(cast, who)).post("desk.by_hand", CAME, slug=slug, expect=403)
    assert inquiries(session) == []
