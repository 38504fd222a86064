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
