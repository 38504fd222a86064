"""Pages for what goes wrong: in both languages, saying what to do."""

import pytest
from flask import abort

from catalogue.web.access import public

CODES = (400, 403, 404, 405, 409, 410, 413, 422, 429, 503)


@pytest.fixture
def failing(app):
    """The site with addresses that fail."""

    def fail(code, lang):
        if code == 500:
            raise RuntimeError("secret words of a failure")
        abort(code)

    app.add_url_rule("/<lang>/failing/<int:code>", "failing", public(fail))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.mark.parametrize("lang", ["en", "lo"])
@pytest.mark.parametrize("code", CODES)
def test_every_failure_is_explained_in_the_language_of_the_address(failing, visitor, code, lang):
    page = visitor.open(f"/{lang}/failing/{code}", expect=code)
    assert page.html["lang"] == lang
    assert page.h1.get_text(strip=True)
    assert page.select_one(f'a[href="/{lang}/"]')


def test_an_unexpected_failure_shows_a_reference_and_nothing_of_itself(failing, visitor):
    page = visitor.open("/en/failing/500", expect=500)
    assert len(page.select_one("main b").get_text()) == 10
    assert "secret words" not in visitor.response.text


def test_a_page_that_never_was(visitor):
    page = visitor.open("/en/there/is/nothing/here", expect=404)
    assert page.h1.get_text() == "This page is not here"


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_a_page_that_never_was_in_a_consortium_leads_back_into_it(visitor, make, lang):
    consortium = make.consortium()
    page = visitor.open(f"/{lang}/{consortium.slug}/nothing/here", expect=404)
    home = f"/{lang}/{consortium.slug}"
    assert page.select_one(f'main form[action="{home}/products"] input[name=q]')
    assert page.select_one(f'main a[href="{home}/products"]')
    assert page.select_one(f'main a[href="{home}/inquiry"]')
    assert page.select_one(f'a[href="mailto:{consortium.shared_contact_email}"]')


def test_an_error_page_can_be_read_in_the_other_language(visitor, make):
    slug = make.consortium().slug
    page = visitor.open(f"/en/{slug}/no such/ຂັນ", expect=404)
    other = visitor.open(page.select_one(".language-switch")["href"], expect=404)
    assert other.html["lang"] == "lo"
    assert other.select_one(".language-switch")["href"].startswith(f"/en/{slug}/no%20such/")


def test_what_broke_asks_the_database_nothing(failing, visitor, make, monkeypatch):
    def unreachable(*_given):
        raise AssertionError("a broken page looks nothing up")

    monkeypatch.setattr("catalogue.web.errors.consortium_at", unreachable)
    page = visitor.open("/en/failing/503", expect=503)
    assert page.select_one('main a[href="/en/"]')


@pytest.mark.parametrize("path", ["/en/%00/x", "/lo/" + "a" * 5000, "/en//evil.example/", "/en/a%0d%0ab/c"])
def test_strange_addresses_have_a_calm_page(visitor, path):
    page = visitor.open(path, expect=404, check=False)
    assert page.h1.get_text(strip=True)
    switch = page.select_one(".language-switch")
    assert switch["href"].startswith(("/en", "/lo"))


def test_an_error_behind_the_sign_in_is_a_plain_sheet(visitor):
    page = visitor.open("/desk/nowhere/at/all", expect=404)
    assert page.select_one("main.sheet h1")
    assert not page.select(".masthead")
