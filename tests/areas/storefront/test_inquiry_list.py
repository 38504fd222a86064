"""The inquiry list: gathered without account or token, by the visitor alone, and kept for thirty days."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.http import parse_cookie

from catalogue.app import create_app
from catalogue.extensions import db
from catalogue.inquiries import lists
from catalogue.inquiries.models import InquiryListItem
from catalogue.products.content import Tier
from catalogue.text import Bilingual
from config import Settings
from tests.factories import Make
from tests.visitor import Visitor

SITE = {"Origin": "http://127.0.0.1:8000", "Referer": "http://127.0.0.1:8000/en/somewhere?q=silver"}


def items(session) -> list[InquiryListItem]:
    return list(session.scalars(select(InquiryListItem).order_by(InquiryListItem.id)))


def add(visitor: Visitor, product: Any, **fields: Any) -> Any:
    data = {"product": product.public_id, **fields}
    return visitor.post("storefront.add_to_list", data, slug=product.consortium.slug, follow=False, csrf=False)


def show(visitor: Visitor, product: Any) -> Any:
    return visitor.get("storefront.consortium_list", slug=product.consortium.slug)


def change(visitor: Visitor, product: Any, item: InquiryListItem, fields: dict[str, str], **options: Any) -> Any:
    data = {name if name in BUTTONS else f"line-{item.public_id}-{name}": value for name, value in fields.items()}
    return visitor.post(
        "storefront.change_list", data, slug=product.consortium.slug, hidden=False, csrf=False, **options
    )


BUTTONS = {"remove", "go_on"}


# -- adding --


def test_a_product_is_gathered_with_its_minimum(visitor, make: Make, session):
    bowl = make.product(minimum_order=12, unit="PR")

    add(visitor, bowl)

    (item,) = items(session)
    assert (item.product, item.quantity, item.unit) == (bowl, 12, "PR")
    assert "12" in show(visitor, bowl).select_one(".line").text


def test_adding_twice_sets_the_quantity_and_makes_no_second_line(visitor, make: Make, session):
    bowl = make.product()

    add(visitor, bowl, quantity="30")
    add(visitor, bowl, quantity="໖໐໐")
    add(visitor, bowl)

    assert [item.quantity for item in items(session)] == [600]


def test_one_goes_back_to_the_page_it_was_done_on(visitor, make: Make):
    bowl = make.product()
    visitor.address = f"/en/{bowl.consortium.slug}/products?q=bowl"

    assert add(visitor, bowl).location == f"/en/{bowl.consortium.slug}/products?q=bowl#added"


@pytest.mark.parametrize(
    "referrer",
    ["https://elsewhere.example/page", "http://127.0.0.1:8000//elsewhere.example", "http://127.0.0.1:8000/\\evil"],
)
def test_one_is_never_sent_to_another_site(visitor, make: Make, referrer):
    bowl = make.product()
    data, headers = {"product": bowl.public_id}, {"Origin": SITE["Origin"], "Referer": referrer}

    answer = visitor.send(f"/en/{bowl.consortium.slug}/inquiry-list/add", data, headers=headers, follow=False)

    assert answer.location.startswith("/")
    assert not answer.location.startswith(("//", "/\\"))


def test_a_script_gets_no_page(visitor, make: Make):
    bowl = make.product()
    data, headers = {"product": bowl.public_id}, {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}

    visitor.send(f"/en/{bowl.consortium.slug}/inquiry-list/add", data, headers=headers, expect=204)

    assert cookies(visitor)["list_count"] == "1"


def test_a_wrong_quantity_is_asked_for_again(visitor, make: Make, session):
    bowl = make.product()

    page = visitor.post(
        "storefront.add_to_list",
        {"product": bowl.public_id, "quantity": "1.250"},
        slug=bowl.consortium.slug,
        expect=422,
    )

    assert page.select_one("#quantity")["value"] == "1.250"
    assert page.select_one("#quantity-error")
    assert items(session) == []


@pytest.mark.parametrize("kind", ["draft_product", "withdrawn_product"])
def test_what_is_not_in_the_catalogue_is_not_gathered(visitor, make: Make, session, kind):
    thing = getattr(make, kind)()

    visitor.post("storefront.add_to_list", {"product": thing.public_id}, slug=thing.consortium.slug, expect=422)

    assert items(session) == []


def test_a_product_is_not_found_under_another_consortium(visitor, make: Make, cast):
    bowl = make.product()
    visitor.post("storefront.add_to_list", {"product": bowl.public_id}, slug=cast.silk.slug, expect=404)


def test_the_hundred_and_first_line_is_refused_in_words(visitor, make: Make, session, monkeypatch):
    monkeypatch.setattr(lists, "MOST_LINES", 1)
    bowl, tray = make.product(), None
    tray = make.product(consortium=bowl.consortium)
    add(visitor, bowl)

    page = visitor.post("storefront.add_to_list", {"product": tray.public_id}, slug=tray.consortium.slug, expect=422)
    add(visitor, bowl, quantity="7")

    assert "full" in page.select_one(".notice-error").text
    assert [item.quantity for item in items(session)] == [7]


def test_something_like_a_product_is_gathered_in_words(visitor, make: Make, session):
    bowl = make.product()
    add(visitor, bowl)
    wish = {"words-description": "but 30 cm wide", "words-quantity": "40", "like": bowl.public_id}

    for _time in range(2):
        visitor.post("storefront.add_words", wish, slug=bowl.consortium.slug, hidden=False, csrf=False, follow=False)

    described = items(session)[1:]
    assert [(item.description, item.quantity) for item in described] == [
        (f"Like {bowl.reference}, Silver bowl: but 30 cm wide", 40)
    ]
    assert "30 cm wide" in show(visitor, bowl).text


# -- changing --


def test_what_is_wanted_of_a_line_can_be_said(visitor, make: Make, session):
    bowl = make.product()
    add(visitor, bowl)
    (item,) = items(session)

    wanted = {"quantity": "600", "target_price": "149,50", "note": "Rim as shown", "sample": "y"}
    page = change(visitor, bowl, item, wanted)

    session.refresh(item)
    kept = (item.quantity, item.target_price, item.note, item.wants_sample)
    assert kept == (600, Decimal("149.50"), "Rim as shown", True)
    assert page.select_one(f"#line-{item.public_id}-target_price")["value"] == "149.5"


def test_a_wrong_number_is_explained_beside_its_field_and_kept(visitor, make: Make, session):
    bowl = make.product()
    add(visitor, bowl, quantity="30")
    (item,) = items(session)

    page = change(visitor, bowl, item, {"quantity": "1.250", "note": "As shown"}, expect=422)

    name = f"line-{item.public_id}-quantity"
    assert page.select_one(f"#{name}")["value"] == "1.250"
    assert page.select_one(f"#{name}-error")
    assert page.select_one(f'.error-summary a[href="#{name}"]')
    assert page.select_one(f"#line-{item.public_id}-note")["value"] == "As shown"
    session.refresh(item)
    assert item.quantity == 30


def test_fewer_than_the_minimum_is_a_hint(visitor, make: Make, session):
    bowl = make.product(minimum_order=50)
    add(visitor, bowl, quantity="5")

    assert "50" in show(visitor, bowl).select_one(".field-hint").text


def test_a_line_is_taken_out_and_the_others_kept(visitor, make: Make, session):
    bowl = make.product()
    tray = make.product(consortium=bowl.consortium)
    for product in (bowl, tray):
        add(visitor, product)
    first, second = items(session)
    gone = first.public_id

    for _time in range(2):
        change(visitor, bowl, second, {"quantity": "77", "remove": gone}, follow=False)

    assert [(item.product, item.quantity) for item in items(session)] == [(tray, 77)]
    assert cookies(visitor)["list_count"] == "1"


def test_one_goes_on_to_the_inquiry_with_what_was_just_written(visitor, make: Make, session):
    bowl = make.product()
    add(visitor, bowl)

    page = change(visitor, bowl, items(session)[0], {"quantity": "600", "go_on": "1"})

    assert visitor.address == f"/en/{bowl.consortium.slug}/inquiry"
    assert page.select_one("#lines-0-quantity")["value"] == "600"


def test_each_consortium_has_its_own_part(visitor, make: Make):
    bowl, scarf = make.product(), make.product()
    for product in (bowl, scarf):
        add(visitor, product)

    assert len(visitor.get("storefront.inquiry_list").select(".line")) == 2
    assert len(show(visitor, bowl).select(".line")) == 1


def test_a_withdrawn_product_stays_visible_and_is_left_out_of_the_inquiry(visitor, make: Make, session):
    from catalogue.products import listing

    bowl = make.product()
    add(visitor, bowl)
    listing.withdraw(session, bowl, by=None, at=make.later())

    assert "No longer" in show(visitor, bowl).select_one(".line").text
    page = visitor.get("storefront.inquiry", slug=bowl.consortium.slug)
    assert page.select_one("[name=lines-0-product]") is None


def test_an_empty_list_shows_the_way_on(visitor, make: Make, cast):
    assert visitor.get("storefront.inquiry_list").select_one(".empty a")
    assert visitor.speaking("lo").get("storefront.consortium_list", slug=cast.silver.slug).select_one(".empty a")


# -- only one's own list, only from our own pages --


def test_nobody_touches_anothers_list(visitor, make: Make, session, app):
    bowl = make.product()
    add(visitor, bowl, quantity="30")
    (item,) = items(session)

    stranger = Visitor(app, make)
    change(stranger, bowl, item, {"quantity": "1", "remove": item.public_id}, follow=False)

    session.refresh(item)
    assert item.quantity == 30
    assert stranger.get("storefront.inquiry_list").select(".line") == []


REFUSED = [
    {"Sec-Fetch-Site": "cross-site", "Origin": SITE["Origin"]},
    {"Sec-Fetch-Site": "same-site", "Origin": SITE["Origin"]},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://elsewhere.example", "Referer": SITE["Referer"]},
    {"Origin": "null"},
    {"Referer": "https://elsewhere.example/"},
    {"Origin": "http://127.0.0.1:8000.elsewhere.example"},
    {},
]


@pytest.mark.parametrize("headers", REFUSED, ids=str)
@pytest.mark.parametrize("act", ["/inquiry-list/add", "/inquiry-list/words", "/inquiry-list"])
def test_what_another_site_sends_changes_nothing(visitor, make: Make, session, headers, act):
    bowl = make.product()
    session.commit()
    data = {"product": bowl.public_id, "words-description": "A cup"}

    address = f"/en/{bowl.consortium.slug}{act}"
    answer = visitor.client.post(address, data=data, headers=headers, base_url=visitor.site)

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert items(session) == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": SITE["Origin"]}, {"Referer": SITE["Referer"]}], ids=str
)
def test_what_our_own_page_sends_is_taken(visitor, make: Make, session, headers):
    bowl = make.product()
    session.commit()

    address = f"/en/{bowl.consortium.slug}/inquiry-list/add"
    answer = visitor.client.post(address, data={"product": bowl.public_id}, headers=headers, base_url=visitor.site)

    assert answer.status_code == 303


@pytest.mark.parametrize("value", ["", "made-up", "IjEyMyI.x.y"])
def test_a_forged_cookie_opens_no_list(visitor, make: Make, value):
    visitor.client.set_cookie("list", value, domain="127.0.0.1")
    assert visitor.get("storefront.inquiry_list").select(".line") == []


# -- cookies --


def cookies(visitor: Visitor) -> dict[str, str]:
    given = {}
    for line in visitor.response.headers.getlist("Set-Cookie"):
        given |= dict(parse_cookie(line.partition(";")[0]))
    return given


def test_the_lists_cookies_are_closed_to_scripts_but_for_the_number(visitor, make: Make):
    add(visitor, make.product())

    lines = {line.partition("=")[0]: line for line in visitor.response.headers.getlist("Set-Cookie")}
    assert set(lines) == {"list", "list_count"}
    assert "HttpOnly" in lines["list"]
    assert "HttpOnly" not in lines["list_count"]
    for line in lines.values():
        assert "SameSite=Lax" in line
        assert f"Max-Age={30 * 24 * 3600}" in line
        assert "Secure" not in line


def test_by_https_the_cookie_belongs_to_this_host_alone(settings: Settings, make: Make, session):
    bowl = make.product()
    secure = replace(settings, SITE_URL="https://sala.example", SECRET_KEY="k" * 40)
    address = f"/en/{bowl.consortium.slug}/inquiry-list/add"
    data, headers = {"product": bowl.public_id}, {"Origin": secure.SITE_URL}
    session.commit()

    app = create_app(secure)
    answer = app.test_client().post(address, data=data, headers=headers, base_url=secure.SITE_URL)
    with app.app_context():
        db.engine.dispose()

    (line,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-list=")]
    assert "Secure" in line
    assert "Path=/" in line
    assert "Domain" not in line


@pytest.mark.parametrize("endpoint", ["storefront.inquiry_list", "storefront.consortium_list"])
def test_pages_that_only_show_set_no_cookie(visitor, cast, endpoint):
    values = {"slug": cast.silver.slug} if endpoint == "storefront.consortium_list" else {}
    visitor.get(endpoint, **values)
    assert "Set-Cookie" not in visitor.response.headers


# -- of all consortia at once --


def whole(visitor: Visitor, data: dict[str, str], **options: Any) -> Any:
    """Fill in the form of the whole list."""
    return visitor.submit(visitor.get("storefront.inquiry_list"), "form[data-keep]", data, **options)


@pytest.fixture
def both(visitor, make: Make, cast):
    """A bowl and a scarf in the list of a visitor."""
    bowl = make.product(consortium=cast.silver, minimum_order=12)
    scarf = make.product(consortium=cast.silk, minimum_order=5)
    for product in (bowl, scarf):
        add(visitor, product)
    return bowl, scarf


def test_lines_of_all_consortia_are_changed_in_place(visitor, both, session):
    first, second = items(session)
    quantities = {f"line-{first.public_id}-quantity": "໓໐", f"line-{second.public_id}-quantity": "60"}

    whole(visitor, quantities)

    session.expire_all()
    assert [item.quantity for item in items(session)] == [30, 60]
    assert visitor.address.endswith("/en/inquiry-list")


def test_a_line_of_any_consortium_is_taken_out(visitor, both, session):
    whole(visitor, {"remove": items(session)[1].public_id}, follow=False)

    assert [item.product for item in items(session)] == [both[0]]
    assert cookies(visitor)["list_count"] == "1"


def test_a_wrong_number_keeps_every_line_as_typed(visitor, both, session):
    first, second = items(session)
    typed = {f"line-{first.public_id}-quantity": "1.250", f"line-{second.public_id}-note": "As shown"}

    page = whole(visitor, typed, expect=422)

    assert page.select_one(f"#line-{first.public_id}-quantity-error")
    assert page.select_one(f"#line-{second.public_id}-note")["value"] == "As shown"


def test_there_is_one_way_on_to_one_form(visitor, both):
    page = visitor.get("storefront.inquiry_list")
    assert len(page.select("[name=go_on]")) == 1

    whole(visitor, {"go_on": "1"})

    assert visitor.address == "/en/inquiry"
    assert len(visitor.page.select("[name$=-product]")) == 2


def test_words_go_to_the_consortium_that_is_chosen(visitor, both, session, cast):
    wish = {"words-description": "A shawl", "words-quantity": "4", "words-consortium": cast.silk.slug}

    visitor.post("storefront.add_words_to", wish, hidden=False, csrf=False, follow=False)

    assert [(item.consortium, item.description) for item in items(session)[2:]] == [(cast.silk, "A shawl")]


@pytest.mark.parametrize("wrong", [{"words-consortium": ""}, {"words-consortium": "nobody"}, {"words-description": ""}])
def test_words_without_place_or_words_are_asked_for_again(visitor, both, session, cast, wrong):
    wish = {"words-description": "A shawl", "words-quantity": "4", "words-consortium": cast.silk.slug} | wrong

    page = visitor.post("storefront.add_words_to", wish, hidden=False, csrf=False, expect=422)

    assert page.select_one(f"#{next(iter(wrong))}-error")
    assert len(items(session)) == 2


def test_what_the_list_comes_to_is_said_where_prices_are_known(visitor, make: Make, session):
    tiers = (Tier(5, Decimal(40)), Tier(20, Decimal(35)))
    silk = make.consortium(sector_key="silk")
    for quantity in ("30", "4"):
        add(visitor, make.product(consortium=silk, currency="USD", tiers=tiers), quantity=quantity)
    add(visitor, make.product(consortium=make.consortium(sector_key="silver")), quantity="20")

    words = visitor.get("storefront.inquiry_list").select_one("#sums").text

    assert "US$1,050" in words
    assert "1 of 3" in words


def test_a_full_list_says_so(visitor, both, monkeypatch):
    monkeypatch.setattr(lists, "MOST_LINES", 2)
    assert "full" in visitor.get("storefront.inquiry_list").select_one(".notice-warning").text


def test_a_hint_says_where_the_maker_starts_and_refuses_nothing(visitor, make: Make, session):
    bowl = make.product(minimum_order=5, net_weight_g=Decimal(250))
    add(visitor, bowl, quantity="3")

    words = show(visitor, bowl).select_one(".field-hint").text

    assert "5\u00a0pieces" in words
    assert "1,250\u00a0g" in words


@pytest.mark.parametrize("language", ["en", "lo"])
def test_a_list_of_very_long_names_and_many_lines_is_drawn(visitor, make: Make, cast, session, language):
    long = Bilingual("ຂັນເງິນຕີມືລາຍດອກບົວ" * 8, "Hammered silver bowl with lotus rings " * 4)
    for consortium in (cast.silver, cast.silk):
        for _number in range(3):
            add(visitor, make.product(consortium=consortium, name=long))

    page = visitor.speaking(language).get("storefront.inquiry_list")

    assert len(page.select(".list-group")) == 2
    assert len(page.select(".line")) == 6
