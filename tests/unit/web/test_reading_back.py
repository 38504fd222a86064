"""Numbers read back: the figure says what was typed, both readings can be typed again, and small kip offer more."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.money import NumberNotUnderstood, format_number, parse_number
from catalogue.web.fields import AmountField
from catalogue.web.language import speaking
from catalogue.web.studio.answering import asking_of
from catalogue.web.studio.reading_back import SMALL_KIP, echo_of, readings_of

PRICES = st.decimals(min_value="0.01", max_value=10**11, places=2)
MARKS = st.sampled_from(["{:f}", "{:,f}"])
APP = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def priced(app, typed, lang="lo"):
    """The field of the price to the office as it comes back with what was typed."""
    with app.test_request_context("/", method="POST", data={"office_price": typed}), speaking(lang):
        form = asking_of(None, "silver", ["office_price"])
        del form.csrf_token
        form.validate()
        field = form["office_price"]
        return echo_of(field), readings_of(field, typed), field


@APP
@given(price=st.integers(min_value=1, max_value=10**11))
def test_a_whole_price_is_read_back_as_it_is(app, price):
    echo, readings, _field = priced(app, str(price))

    assert echo.figure == f"{format_number(price, 'lo')}\u00a0ກີບ"
    assert echo.words.endswith("ກີບ")
    assert readings == ()


@APP
@given(price=PRICES, mark=MARKS)
def test_every_offer_and_reading_can_be_typed_again(app, price, mark):
    typed = mark.format(price)
    echo, readings, _field = priced(app, typed)
    offered = [*readings, *(echo.instead if echo else ())]

    for reading in offered:
        again, none, field = priced(app, reading.value)
        assert none == ()
        assert again.figure == reading.figure
        assert field.data == parse_number(reading.value)


@APP
@given(price=st.integers(min_value=1, max_value=SMALL_KIP - 1))
def test_a_small_price_offers_something_larger(app, price):
    echo, _readings, _field = priced(app, str(price))

    assert [parse_number(each.value) >= SMALL_KIP for each in echo.instead] == [True]
    assert parse_number(echo.instead[0].value) in {Decimal(price) * 1000, Decimal(price) * 1_000_000}


@APP
@given(price=st.integers(min_value=SMALL_KIP, max_value=10**11))
def test_a_likely_price_offers_nothing(app, price):
    echo, _readings, _field = priced(app, str(price))

    assert echo.instead == ()


@APP
@given(thousands=st.integers(min_value=1, max_value=999), rest=st.integers(min_value=0, max_value=999))
@pytest.mark.parametrize("mark", [".", ","])
def test_one_mark_before_three_figures_is_never_guessed(app, mark, thousands, rest):
    typed = f"{thousands}{mark}{rest:03}"
    echo, readings, _field = priced(app, typed)

    assert echo is None
    assert [parse_number(each.value) for each in readings] == [
        Decimal(f"{thousands}.{rest:03}"),
        thousands * 1000 + rest,
    ]


def test_what_is_no_number_has_no_readings(app):
    echo, readings, field = priced(app, "ແພງ")

    assert (echo, readings) == (None, ())
    assert isinstance(field, AmountField)
    with pytest.raises(NumberNotUnderstood):
        parse_number("ແພງ")
