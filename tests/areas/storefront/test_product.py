"""The museum label of one product."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.inquiries.models import InquiryListItem
from catalogue.products import listing
from catalogue.products.content import Tier
from catalogue.products.models import MakingRight, PhotoKind
from catalogue.text import Bilingual


def opened(visitor, product, **options):
    words = {"words": "silver-bowl"} if product.published and product.published.name.en == "Silver bowl" else {}
    return visitor.get(
        "storefront.product", slug=product.consortium.slug, product_id=product.public_id, **{**words, **options}
    )


def label(page):
    return {
        term.get_text(strip=True): term.find_next_sibling("dd").get_text(" ", strip=True).replace("\u00a0", " ")
        for term in page.select("dl dt")
    }


@pytest.fixture
def bowl(make):
    silver = make.consortium(slug="silver", incoterm="FCA", named_place="Vientiane")
    make.metal_reference(silver, price_per_gram=Decimal("1.60"), currency="USD")
    return make.product(
        consortium=silver,
        reference="MS-0142",
        net_weight_g=Decimal(412),
        weight_tolerance_percent=Decimal(5),
        diameter_mm=Decimal(225),
        height_mm=Decimal(132),
        tiers=(Tier(5, Decimal(190)), Tier(20, Decimal(172)), Tier(50, Decimal(160))),
        minimum_order=5,
        lead_time_days=30,
        lead_time_for=20,
        category="bowls",
        materials=["silver", "wood"],
        techniques=["raising", "chasing"],
        hs_code="7114.11",
        details={"assay_result": 926, "assay_method": "XRF", "assay_on": "2026-11-03", "food_contact": True},
        carton_pieces=8,
        carton_length_mm=550,
        carton_width_mm=550,
        carton_height_mm=370,
        carton_gross_kg=Decimal("5.4"),
    )


def test_price_lead_time_and_minimum_come_first(visitor, bowl):
    page = opened(visitor, bowl)
    line = {term.get_text(): term.find_next_sibling("dd").get_text() for term in page.select(".key-line dt")}
    assert line == {"From, each": "US$770", "Lead time": "30\u00a0days", "Minimum": "5\u00a0pieces"}
    assert page.h1.get_text(strip=True) == "Silver bowl"
    assert page.select_one('.label-other[lang="lo"]').get_text() == "ຂັນເງິນ"


def test_the_label_says_what_it_is(visitor, bowl):
    said = label(opened(visitor, bowl))
    expected = {
        "Reference": "MS-0142",
        "Material": "Silver 925 ‰, wood",
        "Weight": "412 g, ± 5 %",
        "Size": "Ø 22.5 × H 13.2 cm",
        "Technique": "Raised from sheet, chased",
        "HS code": "7114.11",
        "Assay method": "XRF",
        "Date of the assay": "3 November 2026",
        "Made for food or drink": "Yes",
        "In a carton": "8 pieces",
        "Carton": "55 × 55 × 37 cm",
        "Volume": "0.112 m³",
        "Gross weight": "5.4 kg",
        "Net weight": "3.3 kg",
        "Minimum order": "5 pieces, about 2,060 g",
        "Origin": "Laos",
        "Design": "A shared pattern that several members make",
    }
    assert {term: said.get(term) for term in expected} == expected


def test_metal_and_making_stand_apart(visitor, bowl):
    page = opened(visitor, bowl)
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select(".prices tr")]
    assert rows == [
        ["Pieces", "Metal", "Making", "Each"],
        ["5–19", "US$610", "US$190", "US$800"],
        ["20–49", "US$610", "US$172", "US$782"],
        ["50+", "US$610", "US$160", "US$770"],
    ]
    assert "0.925 × US$1.60 a gram" in page.get_text()


def test_a_lao_page_is_lao(visitor, bowl):
    page = opened(visitor.speaking("lo"), bowl)
    assert page.h1.get_text(strip=True) == "ຂັນເງິນ"
    assert page.select_one('.label-other[lang="en"]').get_text() == "Silver bowl"
    assert "412\u00a0ກຣາມ" in page.get_text()
    assert "5\u00a0ໜ່ວຍ" in page.select_one(".key-line").get_text()
    assert "3 ພະຈິກ 2026" in page.get_text()


def test_the_id_decides_and_other_words_lead_to_the_right_ones(visitor, bowl):
    right = f"/en/silver/products/{bowl.public_id}-silver-bowl"
    for words in ("", "-golden-cup", "-silver-bow"):
        visitor.open(f"/en/silver/products/{bowl.public_id}{words}", expect=301, check=False)
        assert visitor.response.location == right


def test_a_name_without_latin_letters_has_its_id_alone(visitor, make):
    product = make.product(name=Bilingual("ຂັນ", "ຂັນ"))
    assert opened(visitor, product).h1


def test_drafts_and_strangers_are_not_found(visitor, make, bowl):
    draft = make.submitted_product(consortium=bowl.consortium)
    opened(visitor, draft, expect=404)
    other = make.consortium(slug="silk")
    visitor.get("storefront.product", expect=404, slug=other.slug, product_id=bowl.public_id, words="silver-bowl")
    visitor.open("/en/silver/products/0000000000", expect=404)
    visitor.open("/en/silver/products/short", expect=404)


def test_a_withdrawn_product_says_that_it_is_gone(visitor, make, session, bowl, at):
    other = make.product(consortium=bowl.consortium, category="bowls")
    listing.withdraw(session, bowl, by=None, at=at)
    page = opened(visitor, bowl, expect=410)
    assert page.h1.get_text() == "This product is no longer in the catalogue"
    assert page.select_one(f'.card a[href*="{other.public_id}"]')
    assert "412" not in page.get_text()


def test_the_form_adds_it_to_the_inquiry_list_without_token_or_cookie(visitor, bowl):
    page = opened(visitor, bowl)
    form = page.select_one("form#ask")
    assert form["action"] == "/en/silver/inquiry-list/add"
    assert form.select_one("[name=product]")["value"] == bowl.public_id
    assert not page.select("[name=csrf_token]")


def test_a_sample_is_asked_for_with_the_same_form(visitor, session, make):
    page = opened(visitor, make.product(sample_available=True))
    button = page.select_one("form#ask button[name=sample]")
    visitor.submit(page, "form#ask", {button["name"]: button["value"]})
    assert session.scalar(select(InquiryListItem.wants_sample))
    assert not opened(visitor, make.product()).select("form#ask button[name=sample]")


def test_a_sample_once_asked_for_stays_asked_for(visitor, session, make):
    page = opened(visitor, make.product(sample_available=True))
    for more in ({"sample": "1"}, {"quantity": "20"}):
        visitor.submit(page, "form#ask", more)
    assert session.execute(select(InquiryListItem.quantity, InquiryListItem.wants_sample)).all() == [(20, True)]


def test_photographs_not_yet_taken_stay_visible(visitor, make):
    product = make.submitted_product()
    make.photo(product, kind=PhotoKind.BEAUTY)
    make.photo(product, kind=PhotoKind.MARK)
    listing.publish(make.session, product, by=None, at=make.later())
    page = opened(visitor, make.keep(product))
    assert [frame.get_text(strip=True) for frame in page.select(".gallery-none")] == [
        "Detail: not yet taken",
        "In a hand: not yet taken",
    ]
    assert len(page.select(".gallery-small img")) == 2


def data_for_machines(page):
    return json.loads(page.select_one('script[type="application/ld+json"]').string)


def test_machines_read_the_product_and_its_prices(visitor, bowl):
    product, way, _office = data_for_machines(opened(visitor, bowl))
    assert product["sku"] == "MS-0142"
    assert product["brand"]["name"] == bowl.consortium.name.en
    assert product["weight"] == {"@type": "QuantitativeValue", "value": 412, "unitCode": "GRM"}
    assert product["width"]["value"] == 225
    assert product["material"] == ["Silver", "Wood"]
    assert product["countryOfOrigin"]["name"] == "LA"
    assert [step["name"] for step in way["itemListElement"]] == ["Silver", "Bowls", "Silver bowl"]


def test_machines_read_every_step_of_the_price(visitor, bowl):
    offers = data_for_machines(opened(visitor, bowl))[0]["offers"]
    assert (offers["lowPrice"], offers["highPrice"], offers["priceCurrency"]) == ("770.00", "800.00", "USD")
    assert offers["availability"] == "https://schema.org/MadeToOrder"
    assert [
        (step["price"], step["eligibleQuantity"]["minValue"], step["eligibleQuantity"].get("maxValue"))
        for step in offers["offers"]
    ] == [("800.00", 5, 19), ("782.00", 20, 49), ("770.00", 50, None)]


def test_machines_read_the_assay_as_a_certificate(visitor, bowl):
    (paper,) = data_for_machines(opened(visitor, bowl))[0]["hasCertification"]
    assert (paper["name"], paper["auditDate"]) == ("Assay of a sample", "2026-11-03")


def test_machines_are_told_of_one_contact(visitor, bowl):
    product, _way, office = data_for_machines(opened(visitor, bowl))
    assert office["@id"] == product["offers"]["seller"]["@id"]
    assert office["contactPoint"]["email"] == bowl.consortium.shared_contact_email
    assert "contactPoint" not in json.dumps(product)


def test_machines_are_told_no_price_that_is_on_request(visitor, make):
    product = data_for_machines(opened(visitor, make.product()))[0]
    assert "offers" not in product


def test_a_name_cannot_break_out_of_the_data(visitor, make):
    product = make.product(name=Bilingual("ຂັນ", "Bowl </script><script>alert(1)</script>"))
    page = opened(visitor, product, words="bowl-script-script-alert-1-script")
    assert [script.get("type") for script in page.select("script:not([src])")] == ["application/ld+json"]


def test_other_sectors_have_a_price_of_one_unit(visitor, make):
    silk = make.consortium(sector_key="silk")
    page = opened(visitor, make.product(consortium=silk, category="scarves"))
    assert [cell.get_text() for cell in page.select(".prices thead th")] == ["Pieces", "Each"]
    assert page.select_one(".key-line dd").get_text() == "US$22.50"


def test_silver_without_reference_is_priced_on_request(visitor, make):
    page = opened(visitor, make.product())
    assert page.select_one(".key-line dd").get_text() == "on request"
    assert not page.select(".prices")


# -- what differs by sector and by what is known --


def test_other_sectors_tell_their_papers_and_details(visitor, make):
    rice = make.consortium(sector_key="rice")
    details = {
        "organic_certifier": "ຜູ້ຮັບຮອງສົມມຸດ",
        "certificate_number": "DEMO-1",
        "certificate_expires_on": "2020-06-30",
        "crop_year": 2025,
        "polished": False,
    }
    page = opened(visitor, make.product(consortium=rice, category="glutinous", unit="KGM", details=details))
    said, paper = label(page), page.select_one(".certificate")
    assert paper.h2.get_text(strip=True) == "Organic certificate"
    assert paper.select_one('dd[lang="lo"]').get_text() == "ຜູ້ຮັບຮອງສົມມຸດ"
    assert "Ended on 30 June 2020" in paper.get_text()
    assert (said["Crop year"], said["Polished"], said["Weight"]) == ("2025", "No", "Sold by weight")
    assert "Certificate number" not in [
        term.get_text() for term in page.select(".label-under section:not(.certificate) dt")
    ]


def test_the_fineness_says_what_it_stands_on(visitor, make, bowl):
    bowl.published.details = {}
    assert "Fineness" not in label(opened(visitor, make.keep(bowl)))
    declared = make.product(consortium=bowl.consortium, details={"fineness_state": "declared"})
    assert label(opened(visitor, declared))["Fineness"] == "925 ‰, declared by the maker, not assayed"


def test_what_a_buyer_needs_and_nobody_stated_is_said_to_be_missing(visitor, make):
    silk = make.consortium(sector_key="silk")
    said = opened(visitor, make.product(consortium=silk, category="scarves"))
    assert label(said)["Weight"] == label(said)["Size"] == "Not stated: ask the office"
    assert "the office says how it is packed" in said.get_text()


@pytest.mark.parametrize(("right", "words"), [("own", "made by nobody else"), ("shared", "several members make")])
def test_the_design_says_who_may_make_it(visitor, make, right, words):
    page = opened(visitor, make.product(making_right=MakingRight(right)))
    assert words in label(page)["Design"]
    assert ("divided among members" in page.select_one(".office-box").get_text()) is (right == "shared")


def test_the_capacity_of_a_member_is_its_own_affair(visitor, make):
    page = opened(visitor, make.product(monthly_capacity=7654321))
    assert "7654321" not in page.get_text()
    assert "7,654,321" not in page.get_text()


def test_a_very_long_name_is_set_smaller(visitor, make):
    long = "Bowl " * 20
    page = opened(visitor, make.product(name=Bilingual("ຂັນ", long.strip())), words=None)
    assert page.h1["class"] == ["label-long"]


def test_pieces_of_the_same_hand_and_of_others_stand_apart(visitor, make, bowl):
    own = make.product(member=bowl.member)
    other = make.product(consortium=bowl.consortium)
    page = opened(visitor, bowl)
    rows = {row.h2.get_text(): [link["href"] for link in row.select("h3 a")] for row in page.select(".piece-row")}
    assert [own.public_id in href for href in rows["From the same hand"]] == [True]
    assert [other.public_id in href for href in rows["From other members"]] == [True]


def test_a_lone_piece_has_nothing_beside_it(visitor, bowl):
    assert not opened(visitor, bowl).select(".piece-row")


def test_messages_and_other_sites_are_shown_the_product(visitor, bowl):
    page = opened(visitor, bowl)
    said = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}
    assert (said["og:type"], said["og:title"]) == ("product", "Silver bowl")
    assert said["og:url"] == page.select_one("link[rel=canonical]")["href"]
    assert (said["og:locale"], said["og:locale:alternate"]) == ("en_GB", "lo_LA")
    languages = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    assert set(languages) == {"en", "lo", "x-default"}
    assert languages["x-default"] == languages["en"] == said["og:url"]


def test_buttons_that_need_script_are_hidden_without(visitor, bowl):
    page = opened(visitor, bowl)
    buttons = page.select("[data-share], [data-copy], [data-print]")
    assert len(buttons) == 3
    assert all(button.has_attr("hidden") for button in buttons)
