"""The first questions in the studio: kept, read back, asked about where unclear, never overwritten."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from catalogue.products.models import ListingStatus, Product

PRICE = {"question_key": "price"}


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy).speaking("lo")


@pytest.fixture
def draft(make, cast):
    return make.draft_product(member=cast.firm_a, office_price=None)


def answer(visitor, draft, key="price", expect=303, **typed):
    """Type into the question's page and press its button."""
    page = visitor.get("studio.question", product_id=draft.public_id, question_key=key)
    return visitor.submit(page, "#question", typed, **({"expect": expect} if expect != 303 else {}))


def price_of(session, draft):
    session.expire_all()
    return session.get(Product, draft.id).working.office_price


@pytest.mark.parametrize(
    ("typed", "figure", "words"),
    [
        ("1250000", "1.250.000\u00a0ກີບ", "ໜຶ່ງລ້ານສອງແສນຫ້າໝື່ນກີບ"),
        ("໑.໒໕໐.໐໐໐", "1.250.000\u00a0ກີບ", "ໜຶ່ງລ້ານສອງແສນຫ້າໝື່ນກີບ"),
        ("350,000", None, None),
        ("1,250,000", "1.250.000\u00a0ກີບ", "ໜຶ່ງລ້ານສອງແສນຫ້າໝື່ນກີບ"),
    ],
)
def test_a_price_is_read_back_in_figures_and_words_before_going_on(bounmy, draft, session, typed, figure, words):
    page = answer(bounmy, draft, office_price=typed)

    if figure is None:
        assert price_of(session, draft) is None
        return
    assert price_of(session, draft) == Decimal(1250000)
    echo = page.select_one("#office_price-echo")
    assert (echo.b.text, echo.select_one("[data-words]").text) == (figure, words)

    bounmy.submit(page, "#question", {})

    assert bounmy.address.endswith("/questions/least")


def test_an_unclear_price_is_refused_with_both_readings_as_buttons(bounmy, draft, session):
    page = answer(bounmy, draft, office_price="1.250")

    assert price_of(session, draft) is None
    assert session.get(Product, draft.id).working.typed == {"office_price": "1.250"}
    assert "1,25\u00a0ກີບ" in page.select_one("#office_price-error").text
    assert [each.text for each in page.select(".readings button")] == ["1,25\u00a0ກີບ", "1.250\u00a0ກີບ"]

    again = bounmy.get("studio.question", product_id=draft.public_id, question_key="price")
    assert again.select_one("#office_price")["value"] == "1.250"

    bounmy.submit(again, "#mean-office_price-2", {})

    assert price_of(session, draft) == Decimal(1250)
    assert session.get(Product, draft.id).working.typed == {}


@pytest.mark.parametrize(
    ("typed", "offered"), [("350", "350.000"), ("໓໕໐", "350.000"), ("1,25", "1.250.000"), ("5", "5.000.000")]
)
def test_an_unlikely_small_price_offers_what_was_meant(bounmy, draft, session, typed, offered):
    page = answer(bounmy, draft, office_price=typed)

    assert page.select(".instead button")[0].text == f"{offered}\u00a0ກີບ"

    bounmy.submit(page, "#instead-office_price-1", {})

    assert price_of(session, draft) == Decimal(offered.replace(".", ""))


@pytest.mark.parametrize("typed", ["ແພງ", "-5", "0"])
def test_what_is_no_number_stays_as_it_was_typed(bounmy, draft, session, typed):
    page = answer(bounmy, draft, office_price=typed)

    assert page.select_one("#office_price")["value"] == typed
    assert page.select_one("#office_price-error").text.strip()
    assert price_of(session, draft) is None


def test_not_knowing_goes_on_and_keeps_even_what_is_unclear(bounmy, draft, session):
    answer(bounmy, draft, office_price="1.250", skip="1")

    assert bounmy.address.endswith("/questions/least")
    assert session.get(Product, draft.id).working.typed == {"office_price": "1.250"}


def test_an_empty_answer_asks_once_more(bounmy, draft):
    page = answer(bounmy, draft, office_price="")

    assert page.select_one("#office_price-error").text.strip()


def test_the_first_question_keeps_kind_and_name(bounmy, make, cast, session):
    draft = make.draft_product(member=cast.firm_a, category="")
    page = bounmy.get("studio.question", product_id=draft.public_id, question_key="what")
    assert len(page.select(".pictured label")) == 10

    bounmy.submit(page, "#question", {"category": "boxes", "name_lo": "ກ່ອງເງິນ"})

    session.expire_all()
    said = session.get(Product, draft.id).working
    assert (said.category, said.name.lo) == ("boxes", "ກ່ອງເງິນ")
    assert bounmy.address.endswith("/questions/weight")


def test_the_same_field_on_two_phones_shows_both_and_asks(bounmy, draft, session):
    here = bounmy.get("studio.question", product_id=draft.public_id, question_key="price")
    there = bounmy.get("studio.question", product_id=draft.public_id, question_key="price")
    bounmy.submit(there, "#question", {"office_price": "900000"})

    page = bounmy.submit(here, "#question", {"office_price": "1200000"}, expect=409)

    assert price_of(session, draft) == Decimal(900000)
    assert [each.text for each in page.select(".two-answer .num")] == ["1.200.000\u00a0ກີບ", "900.000\u00a0ກີບ"]

    bounmy.submit(page, "form:has(#mine-1)", {})

    assert price_of(session, draft) == Decimal(1200000)


def test_other_fields_on_two_phones_both_stay(bounmy, draft, session):
    here = bounmy.get("studio.question", product_id=draft.public_id, question_key="price")
    answer(bounmy, draft, key="weight", net_weight_g="412,5")

    bounmy.submit(here, "#question", {"office_price": "1200000"})

    session.expire_all()
    said = session.get(Product, draft.id).working
    assert (said.office_price, said.net_weight_g) == (Decimal(1200000), Decimal("412.5"))


def test_what_a_script_sent_before_is_no_strangers_answer(bounmy, draft, session):
    page = bounmy.get("studio.question", product_id=draft.public_id, question_key="price")
    bounmy.submit(page, "#question", {"office_price": "12"})

    bases = {"base-office_price": ["", "12"]}
    bounmy.submit(page, "#question", {"office_price": "1200000", **bases})

    assert price_of(session, draft) == Decimal(1200000)


def test_the_first_answer_makes_the_product_once(bounmy, session):
    page = bounmy.get("studio.new_question", question_key="what", draft_key="k7".ljust(16, "a"))
    assert session.scalar(select(func.count(Product.id))) == 0

    for _twice in range(2):
        bounmy.submit(page, "#question", {"category": "bowls", "name_lo": "ຂັນ"})

    assert session.scalar(select(func.count(Product.id))) == 1


def test_answers_to_what_the_office_has_change_nothing(bounmy, make, cast, session):
    sent = make.submitted_product(member=cast.firm_a)

    bounmy.get("studio.question", expect=403, product_id=sent.public_id, question_key="price")
    bounmy.post("studio.answer_question", {"office_price": "1"}, expect=403, product_id=sent.public_id, **PRICE)


def test_an_answer_to_what_is_published_begins_a_proposal(bounmy, make, cast, session):
    shown = make.product(member=cast.firm_a)
    name = shown.published.name

    answer(bounmy, shown, key="what", name_lo="ຊື່ໃໝ່")

    session.expire_all()
    product = session.get(Product, shown.id)
    assert (product.proposal, product.published.name) == (ListingStatus.DRAFT, name)
    assert product.working.name.lo == "ຊື່ໃໝ່"


@pytest.mark.parametrize("who", ["somchan", "keo"])
def test_nobody_else_answers(visitor, cast, draft, who):
    other = visitor.signed_in_as(getattr(cast, who))
    other.get("studio.question", expect=404, product_id=draft.public_id, **PRICE)
    other.post("studio.answer_question", {"office_price": "1"}, expect=404, product_id=draft.public_id, **PRICE)


def test_all_that_was_said_stands_on_one_page(bounmy, draft, session):
    answer(bounmy, draft, office_price="1250000")
    answer(bounmy, draft, key="weight", net_weight_g="1.250")

    page = bounmy.get("studio.told", product_id=draft.public_id)

    said = page.select_one(".told").text
    assert "1.250.000\u00a0ກີບ" in said
    assert "“1.250”" in said
    bounmy.submit(page, "#send", {})
    session.expire_all()
    assert session.get(Product, draft.id).status is ListingStatus.SUBMITTED


def test_the_time_of_the_last_answer_is_shown(bounmy, draft):
    page = answer(bounmy, draft, office_price="1250000")

    assert ":" in page.select_one(".kept span").text
