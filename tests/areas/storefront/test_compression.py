"""Public pages travel compressed, private ones do not."""

import brotli
import pytest


def headers_of(visitor, address, encodings="gzip, br"):
    response = visitor.client.get(address, base_url=visitor.site, headers={"Accept-Encoding": encodings})
    return response, response.headers.get("Content-Encoding")


@pytest.mark.only("sqlite")
def test_a_public_page_travels_in_the_best_way(visitor, cast):
    response, encoding = headers_of(visitor, f"/en/{cast.silver.slug}/")

    assert encoding == "br"
    assert b"<!doctype html>" in brotli.decompress(response.data)
    assert "Accept-Encoding" in response.headers["Vary"]
    assert headers_of(visitor, f"/en/{cast.silver.slug}/", "identity")[1] is None


@pytest.mark.only("sqlite")
def test_pages_with_a_secret_do_not(visitor, cast):
    for address in (f"/en/{cast.silver.slug}/inquiry", "/sign-in"):
        assert headers_of(visitor, address)[1] is None
