"""What a member asks of the office is read by the two of them: no public page, machine data, PDF or letter says it."""

import re
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from io import BytesIO

import pypdf
import pytest
from sqlalchemy import select

from catalogue.consortia.sector import sector
from catalogue.notices.addresses import buyer_page
from catalogue.outbox.models import Due
from catalogue.products.editing import content_of
from catalogue.products.sheets.template import sheet_of
from catalogue.text import Bilingual

ASKED = Decimal(87_654_321)
SAID = re.compile(r"87[.,\s\u00a0]?654[.,\s\u00a0]?321|office_price|office_currency")


@pytest.fixture
def shown(make, cast):
    return make.product(member=cast.firm_a, office_price=ASKED, office_currency="LAK")


def public_addresses(app, product):
    """Every public address that opens by what a product, its firm and its consortium are called, in both languages."""
    named = {
        "slug": product.consortium.slug,
        "product_id": product.public_id,
        "maker_slug": product.member.slug,
        "words": "words",
    }
    found = set()
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        is_public = getattr(app.view_functions[rule.endpoint], "access", "") == "public"
        if "GET" not in rule.methods or not is_public:
            continue
        for lang in ("en", "lo"):
            known = {**named, "lang": lang}
            if rule.arguments <= set(known):
                found.add(adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}))
    return sorted(found)


def saying(app, visitor, product):
    """The public addresses that say it."""
    addresses = public_addresses(app, product)
    assert len(addresses) > 20
    assert f"/en/{product.consortium.slug}/products/{product.public_id}" in " ".join(addresses)
    answers = {address: visitor.client.get(address, follow_redirects=True) for address in addresses}
    assert sum(answer.status_code == 200 for answer in answers.values()) > 15
    return [address for address, answer in answers.items() if SAID.search(answer.get_data(as_text=True))]


def test_the_firm_reads_it(visitor, cast, shown):
    page = visitor.signed_in_as(cast.bounmy).get("studio.told", product_id=shown.public_id)

    assert SAID.search(page.text)


def test_no_public_address_says_it(app, visitor, shown):
    assert saying(app, visitor, shown) == []


def test_what_the_public_may_read_would_be_found(app, visitor, make, cast):
    planted = make.product(member=cast.firm_a, summary=Bilingual("87.654.321", "87,654,321"))

    assert any("/products/" in address for address in saying(app, visitor, planted))


@pytest.mark.parametrize("lang", ["en", "lo"])
@pytest.mark.parametrize("is_alone", [True, False])
def test_no_line_sheet_says_it(visitor, runner, make, shown, lang, is_alone):
    if not is_alone:
        make.product(member=shown.member)
    where = {"slug": shown.consortium.slug, "lang": lang}
    visitor.get("storefront.line_sheet", expect=202, **where)
    runner.invoke(args=["work", "--once"])

    visitor.get("storefront.line_sheet", **where)

    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(visitor.response.data)).pages]
    assert shown.reference in " ".join(pages)
    assert not SAID.search(" ".join(pages))


def test_neither_the_buyers_page_nor_any_letter_says_it(app, visitor, make, shown, session, runner, settings):
    inquiry = make.inquiry(products=[shown])
    with app.test_request_context():
        address = buyer_page(inquiry, "en")
    session.commit()

    answer = visitor.client.get(address.removeprefix(settings.SITE_URL.rstrip("/")))
    assert answer.status_code == 200
    assert not SAID.search(answer.get_data(as_text=True))

    assert session.scalars(select(Due)).all()
    runner.invoke(args=["work", "--once"])
    letters = list((settings.var / "outtray").rglob("*.eml"))
    assert letters
    for letter in letters:
        told = message_from_bytes(letter.read_bytes(), policy=default)
        assert not SAID.search(
            " ".join(part.get_content() for part in told.walk() if part.get_content_maintype() == "text")
        )


def test_a_sheet_for_others_leaves_it_out(shown):
    content, trade = content_of(shown.published), sector(shown.consortium.sector_key)

    written = {private: sheet_of([("MS-1", content)], trade, "csv", private=private) for private in (True, False)}

    assert SAID.search(written[True].decode("utf-8-sig"))
    assert not SAID.search(written[False].decode("utf-8-sig"))
