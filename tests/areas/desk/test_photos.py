"""The photographs of any product at the desk."""

import io

import pytest

from catalogue.products import listing
from catalogue.products.models import ListingStatus
from tests.unit.media import hostile


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def waiting(make, cast):
    """A product with two photographs that waits for review."""
    product = make.draft_product(member=cast.firm_a)
    make.photo(product)
    make.photo(product)
    make.session.refresh(product.working)
    listing.submit(make.session, product, by=None, at=make.later())
    return make.keep(product)


def where(product, **more):
    return {"slug": product.consortium.slug, "product_id": product.public_id, **more}


def test_the_office_frames_what_waits_and_it_goes_on_waiting(noy, waiting, session):
    sent, photo = waiting.working, waiting.working.photos[0]
    root, before = photo.file.public_id, waiting.version
    page = noy.get("desk.photo", **where(waiting, file_id=root))
    noy.submit(page, f'form[action$="/photos/{root}"]', {"shape": "frame", "size": "80", "alt_en": "From above"})

    session.expire_all()
    assert (waiting.stage, waiting.working.number) == (ListingStatus.SUBMITTED, sent.number + 1)
    assert waiting.working.photos[0].alt.en == "From above"
    assert waiting.working.photos[0].coming.source == waiting.working.photos[0].file
    assert sent.photos[0].alt.en == "A silver bowl"
    assert waiting.version > before, "who reviews it in another window is told"


def test_the_office_orders_adds_and_takes_out(noy, waiting, session):
    first, second = (photo.file.public_id for photo in waiting.working.photos)
    noy.get("desk.photos", **where(waiting))
    noy.post("desk.order_photos", {"move": f"{second}-first"}, **where(waiting))
    noy.post("desk.add_photo", {"photo": (io.BytesIO(hostile.photograph()), "a.jpg")}, **where(waiting))
    noy.post("desk.remove_photo", {}, **where(waiting, file_id=first))
    session.expire_all()
    kept = [photo.file.public_id for photo in waiting.working.photos]
    assert (kept[0], len(kept)) == (second, 2)


def test_the_office_takes_a_photograph_anew(noy, waiting, session, runner):
    root = waiting.working.photos[0].file.public_id
    photo = (io.BytesIO(hostile.photograph(500, 400)), "a.jpg")
    noy.post("desk.take_photo_anew", {"photo": photo}, **where(waiting, file_id=root))
    runner.invoke(args=["work", "--once"])
    session.expire_all()
    assert waiting.working.photos[0].file.width == 500


def test_on_a_published_product_the_public_keeps_the_old_ones(noy, make, cast, session):
    shown = make.draft_product(member=cast.firm_a)
    make.photo(shown)
    make.session.refresh(shown.working)
    listing.submit(make.session, shown, by=None, at=make.later())
    listing.publish(make.session, shown, by=None, at=make.later())
    make.keep(shown)
    noy.get("desk.photos", **where(shown))
    noy.post("desk.remove_photo", {}, **where(shown, file_id=shown.published.photos[0].file.public_id))
    session.expire_all()
    assert (len(shown.published.photos), len(shown.working.photos)) == (1, 0)


@pytest.mark.parametrize(("who", "status"), [("keo", 403), ("bounmy", 403), ("observer", 403)])
def test_nobody_else_changes_them_at_the_desk(visitor, cast, waiting, who, status):
    other = visitor.signed_in_as(getattr(cast, who))
    root = waiting.working.photos[0].file.public_id
    for endpoint in ("desk.arrange_photo", "desk.take_photo_anew", "desk.remove_photo"):
        other.post(endpoint, {}, expect=status, hidden=False, **where(waiting, file_id=root))
    for endpoint in ("desk.order_photos", "desk.add_photo"):
        other.post(endpoint, {}, expect=status, hidden=False, **where(waiting))


def test_pages_of_the_desk_are_the_offices(visitor, cast, make):
    product = make.draft_product(member=cast.firm_a)
    visitor.signed_in_as(cast.bounmy).get(
        "desk.photos", slug=cast.silver.slug, product_id=product.public_id, expect=403
    )
