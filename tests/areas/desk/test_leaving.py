"""A firm leaves: the preview, the one act, and what it takes along."""

import zipfile
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest

from catalogue.consortia.maker_models import Leaving
from catalogue.media.stores import store_for
from catalogue.products.models import ListingStatus
from catalogue.text import Bilingual
from catalogue.web.journal import path_for_log


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def here(cast):
    return {"slug": cast.silver.slug, "member_id": cast.firm_a.public_id}


@pytest.fixture
def bowl(make, cast, settings):
    """A published piece of firm A with a photograph that is really stored."""
    draft = make.draft_product(member=cast.firm_a, name=Bilingual("ຂັນເງິນ", "A silver bowl"))
    file = make.photo(draft).file
    store_for(settings.media_url).put(f"{file.key}/original.jpg", b"the bytes of a photograph")
    return draft


def leave(noy, here):
    page = noy.get("desk.leaving_preview", **here)
    return noy.submit(page, "form[action$='/leave']", {"reason": "It closes.", "read": "y"})


def test_preview_says_what_happens(noy, here, make, cast, bowl):
    shown = make.product(member=cast.firm_a)
    inquiry, maker = make.inquiry(products=[shown]), cast.bounmy
    words = noy.get("desk.leaving_preview", **here).text

    assert "One listing leaves the catalogue." in words
    assert maker.name in words
    assert inquiry.number in words
    assert cast.firm_a.is_active


def test_nothing_happens_without_reason_and_tick(noy, here, cast):
    page = noy.get("desk.leaving_preview", **here)
    page = noy.submit(page, "form[action$='/leave']", {}, expect=422)

    assert page.select_one("#reason-error")
    assert page.select_one("#read-error")
    assert cast.firm_a.is_active


def test_firm_is_gone_and_takes_its_own_along(noy, here, make, cast, visitor, bowl):
    shown, member = make.product(member=cast.firm_a), visitor.signed_in_as(cast.bounmy)
    member.get("studio.our_page")
    page = leave(noy, here)

    assert not cast.firm_a.is_active
    assert shown.status is ListingStatus.WITHDRAWN
    assert member.get("studio.our_page").select_one("input[name=password]")
    visitor.get("storefront.maker", slug=cast.silver.slug, maker_slug=cast.firm_a.slug, expect=404)

    link = urlsplit(page.select_one("a[href*='/taken-along/']")["href"]).path
    visitor.open(link)
    visitor.open(f"{link}/all.zip", check=False)
    assert visitor.response.headers["Cache-Control"] == "no-store"
    archive = zipfile.ZipFile(BytesIO(visitor.response.get_data()))
    assert archive.testzip() is None
    photographs = [name for name in archive.namelist() if name.startswith("photographs/")]
    assert archive.read(photographs[0]) == b"the bytes of a photograph"
    assert "A silver bowl" in archive.read("products.json").decode()


def test_what_was_cut_goes_along_whole_as_well(noy, here, make, cast, visitor, settings, session):
    whole = make.stored_file(cast.silver)
    framed = make.stored_file(cast.silver, source_id=whole.id)
    make.photo(make.draft_product(member=cast.firm_a, reference="MS-7"), file=framed)
    for file, data in ((whole, b"whole"), (framed, b"cut")):
        store_for(settings.media_url).put(f"{file.key}/original.jpg", data)
    link = urlsplit(leave(noy, here).select_one("a[href*='/taken-along/']")["href"]).path
    visitor.open(f"{link}/all.zip", check=False)
    archive = zipfile.ZipFile(BytesIO(visitor.response.get_data()))
    assert archive.read("photographs/MS-7-001.jpg") == b"cut"
    assert archive.read("photographs/MS-7-002-whole.jpg") == b"whole"


def test_link_of_another_key_or_too_late_opens_nothing(noy, here, cast, visitor, session):
    page = leave(noy, here)
    link = urlsplit(page.select_one("a[href*='/taken-along/']")["href"]).path
    visitor.open(link[:-2] + "22", expect=404)
    left = session.query(Leaving).one()
    left.ends_at -= timedelta(days=4000)
    session.commit()
    visitor.open(link, expect=404)
    visitor.open(f"{link}/all.zip", expect=404)


def test_a_firm_that_left_does_not_leave_again(noy, here, cast):
    page = noy.get("desk.leaving_preview", **here)
    fields = {"reason": "It closes.", "read": "y"}
    noy.submit(page, "form[action$='/leave']", fields)
    page = noy.submit(page, "form[action$='/leave']", fields)
    assert page.select_one(".notice-error")


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_lets_a_firm_go(visitor, cast, here, who):
    visitor.signed_in_as(getattr(cast, who)).get("desk.leaving_preview", expect=403, **here)


def test_the_log_never_holds_what_opens_it(app):
    with app.test_request_context("/lo/taken-along/what-opens-it/all.zip"):
        assert path_for_log() == "/lo/taken-along/…"
