"""The addresses that ask for a little more or less are those that `url_for` would write."""

from dataclasses import replace

import pytest
from flask import url_for

from catalogue.products.shelf import Choice
from catalogue.web.loaders import consortium_at
from catalogue.web.storefront.choosing import Asked

ODD = ["", "silver bowl", "50% & more?", "ຂັນເງິນ", "a+b=c/d:e;f,g!$'()*@~._-\"<>#"]


@pytest.fixture
def written(app, make):
    """Compares the addresses of a view with those of `url_for`."""
    slug = make.consortium().slug

    def compare(lang="en", **given):
        with app.test_request_context(f"/{lang}/"):
            app.preprocess_request()
            asked = Asked(consortium_at(slug), **given)
            other = {"en": "lo", "lo": "en"}[lang]
            place = {"endpoint": "storefront.products", "slug": slug}
            first = replace(asked, page="")
            assert asked.url() == url_for(**place, lang=lang, **first.parameters())
            assert asked.url(lang=other, page="x.y") == url_for(
                **place, lang=other, **replace(asked, page="x.y").parameters()
            )
            for facet, key in [("category", "bowls"), ("lead", "30"), ("technique", "chasing")]:
                kept = [each for each in asked.choice.of(facet) if each != key]
                keys = kept if key in asked.choice.of(facet) else [key] if facet == "lead" else [*kept, key]
                wanted = replace(first, choice=replace(asked.choice, **{facet: tuple(keys)}))
                assert asked.url_with(facet, key) == url_for(**place, lang=lang, **wanted.parameters())

    return compare


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("lang", ["en", "lo"])
def test_of_any_search(written, query, lang):
    written(lang, query=query, sort="new", page="abc")


@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice(category=("bowls",)), Choice(category=("boxes", "bowls"), lead=("15",), technique=("chasing",))],
)
def test_of_any_choice(written, choice):
    written(choice=choice)
