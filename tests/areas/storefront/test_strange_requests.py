"""What no browser sends: a host that is not ours, signs that a database cannot keep, numbers beyond all keys."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from catalogue.accounts.models import Person
from catalogue.extensions import db
from catalogue.web.headers import ALWAYS
from tests.cast import PASSWORD

BUYER = {"name": "Ada", "email": "ada@buyer.example", "country": "DE"}


# -- a host that is not ours --


@pytest.mark.parametrize("path", ["/en/silver", "/en", "//evil.example", "/%5cevil.example", "/en//x?a=1"])
def test_no_redirect_repeats_the_host_that_a_request_claims(visitor, cast, path):
    answer = visitor.client.get("/", base_url="http://evil.example", environ_overrides={"PATH_INFO": path})
    location = answer.headers["Location"]
    assert answer.status_code == 308
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert b"evil.example" not in answer.data


def test_a_redirect_keeps_what_was_asked(visitor, cast):
    answer = visitor.client.get("/en?q=bowl", base_url=visitor.site)
    assert answer.headers["Location"] == "/en/?q=bowl"


# -- what a database cannot keep --


@pytest.mark.parametrize("path", ["/en/silver%00/", "/en/%00/products/0000000000", "/en/i/%00", "/desk/%00/"])
def test_a_nul_in_an_address_finds_nothing(visitor, cast, path):
    noy = visitor.signed_in_as(cast.noy)
    assert noy.client.get(path, base_url=visitor.site).status_code in {400, 404}


def test_a_nul_in_what_is_typed_breaks_nothing(visitor, cast):
    email = cast.noy.email
    form = {**BUYER, "lines-0-product": "\0", "lines-0-quantity": "5"}
    visitor.get("storefront.inquiry", slug=cast.silver.slug)
    assert status_of(visitor, f"/en/{cast.silver.slug}/inquiry", form) in {400, 422}
    assert status_of(visitor, f"/en/{cast.silver.slug}/inquiry-list/add", {"product": "\0"}) in {400, 404}
    assert status_of(visitor, "/sign-in", {"email": f"{email}\0", "password": PASSWORD}) in {400, 422}


@pytest.mark.parametrize("number", ["²", "9" * 5000, "٣", "-1", ""])
@pytest.mark.parametrize("path", ["/en/{}/inquiry", "/en/inquiry"])
def test_a_line_with_no_number_of_ours_is_no_line(visitor, cast, path, number):
    visitor.get("storefront.inquiry", slug=cast.silver.slug)
    form = {**BUYER, f"lines-{number}-product": "0000000000", f"lines-{number}-quantity": "5"}
    assert status_of(visitor, path.format(cast.silver.slug), form) == 422


def status_of(visitor, path, data):
    token = visitor._fresh_token()
    sent = {"Origin": visitor.site}
    answer = visitor.client.post(path, data={**data, "csrf_token": token}, headers=sent, base_url=visitor.site)
    return answer.status_code


@pytest.mark.parametrize("path", ["/account/sessions/{}/end", "/desk/silver/letters/{}/retry"])
def test_a_number_beyond_all_keys_names_nothing(visitor, cast, path):
    noy = visitor.signed_in_as(cast.noy)
    assert status_of(noy, path.format(10**30), {}) == 404


def test_the_log_of_a_failed_statement_holds_nothing_of_anybody(app, cast):
    row = {
        "name": "Somebody private",
        "email": cast.noy.email,
        "public_id": "0000000000",
        "created_at": cast.noy.created_at,
    }
    with app.app_context(), pytest.raises(IntegrityError) as failed:
        db.session.execute(insert(Person).values(language="en", link_generation=0, **row))
    assert "Somebody private" not in str(failed.value)


# -- what every answer carries --


@pytest.mark.parametrize(
    "path", ["/static/nothing.css", "/static/img/icons.svg", "/en", "/", "/nothing/here/at/all/", "/health"]
)
def test_every_answer_has_the_headers(visitor, cast, path):
    answer = visitor.client.get(path, base_url=visitor.site)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert len(answer.headers.getlist("X-Content-Type-Options")) == 1


def test_no_session_travels_with_what_caches_keep(visitor, cast, make):
    photo = make.photo(make.product(consortium=cast.silver))
    visitor.post("signin.sign_in", {"email": cast.noy.email, "password": PASSWORD}, follow=False)
    assert "Set-Cookie" in visitor.response.headers
    for path in (f"/media/{photo.file.public_id}/400.jpg", f"/en/{cast.silver.slug}/", "/en/"):
        answer = visitor.client.get(path, base_url=visitor.site)
        assert "Set-Cookie" not in answer.headers
