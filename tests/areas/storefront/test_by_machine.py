"""What a machine translated and nobody has read yet is never shown unmarked: page, data for robots, papers."""

import json

import pytest
from flask import g

from catalogue.products.translation import is_machine, unread_names
from catalogue.text import Bilingual
from catalogue.web.storefront.sheet_label import whole_label

WORDS = Bilingual("ຕີດ້ວຍມື", "Hit by a hand")
MARK = "machine translation, not checked"


@pytest.fixture
def shown(make, cast):
    texts = ["summary_en", "care_en"]
    return make.product(member=cast.firm_a, summary=WORDS, care=WORDS, machine_languages=["en"], machine_texts=texts)


def opened(visitor, product, lang):
    return visitor.get("storefront.product", slug=product.consortium.slug, product_id=product.public_id, lang=lang)


def test_each_text_is_marked_in_its_language(visitor, shown):
    assert opened(visitor, shown, "en").text.count(MARK) == 2
    assert opened(visitor, shown, "lo").select(".only-mark") == []


def test_what_was_read_is_not_marked(visitor, make, cast):
    assert MARK not in opened(visitor, make.product(member=cast.firm_a, summary=WORDS), "en").text


def test_a_language_marked_as_a_whole_is_marked_on_every_text(visitor, make, cast):
    imported = make.draft_product(member=cast.firm_a, summary=WORDS, care=WORDS, machine_languages=["en"])
    assert all(is_machine(imported.working, key, "en") for key in ("name", "summary", "care"))
    assert unread_names(imported.working) == ["unread.name_en"]


def test_robots_are_not_told_it(visitor, shown):
    page = opened(visitor, shown, "en")

    assert page.select_one("meta[name=description]") is None
    data = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert "description" not in data[0]
    assert json.loads(opened(visitor, shown, "lo").select_one("script[type='application/ld+json']").string)[0][
        "description"
    ]


def test_papers_say_so_too(app, shown):
    with app.test_request_context("/en/"):
        g.language = "en"
        label = whole_label(shown.consortium, shown, shown.published)
    said = [section.text.text for section in label.sections if section.text]
    assert [words.count(MARK) for words in said if "Hit" in words] == [1, 1]
