"""Photographs: the public is sent what it is shown, the people of a product its others, nobody anything else."""

import pytest

from catalogue.media.models import FileKind, FileState
from catalogue.media.stores import store_for
from catalogue.products import listing


@pytest.fixture
def stored(make, settings):
    """A photograph with bytes in the store; more columns as given."""

    def put(consortium, **given):
        file = make.stored_file(consortium, **{"widths": [400, 800], **given})
        store = store_for(settings.media_url)
        for width in (400, 800):
            for ending in ("avif", "webp", "jpg"):
                store.put(f"{file.key}/{width}.{ending}", f"{width} {ending}".encode())
        return file

    return put


def opened(visitor, file, width=400, ending="jpg", **options):
    return visitor.open(f"/media/{file.public_id}/{width}.{ending}", **options)


@pytest.fixture
def shown(make, stored):
    """The file of a published product."""
    product = make.submitted_product()
    file = stored(product.consortium)
    make.photo(product, file=file)
    listing.publish(make.session, product, by=None, at=make.later())
    make.keep(product)
    return file


@pytest.mark.parametrize(("ending", "kind"), [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")])
def test_what_the_public_is_shown_is_kept_for_a_year(visitor, shown, ending, kind):
    response = opened(visitor, shown, 800, ending)
    assert response.data == f"800 {ending}".encode()
    assert response.mimetype == kind
    assert response.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=300, immutable"
    assert "Set-Cookie" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_who_has_it_already_is_sent_nothing(visitor, shown):
    etag = opened(visitor, shown).headers["ETag"]
    assert opened(visitor, shown, expect=304, headers={"If-None-Match": etag}).data == b""


@pytest.mark.parametrize(
    "path", ["401.jpg", "800.png", "800.svg", "0.jpg", "original.jpg", "..%2Foriginal.jpg", "-1.jpg"]
)
def test_no_other_size_or_format_is_there(visitor, shown, path):
    visitor.open(f"/media/{shown.public_id}/{path}", expect=404)


def test_pictures_of_makers_and_consortia_are_shown(visitor, make, stored):
    consortium = make.consortium()
    hero, portrait = stored(consortium), stored(consortium)
    consortium.hero_id = hero.id
    make.keep(consortium)
    make.member(consortium=consortium, photo_id=portrait.id)
    opened(visitor, hero)
    opened(visitor, portrait)


@pytest.mark.parametrize("state", ["draft", "withdrawn", "nowhere"])
def test_what_is_not_shown_is_not_found(visitor, make, stored, state):
    product = make.submitted_product()
    file = stored(product.consortium)
    if state != "nowhere":
        make.photo(product, file=file)
    if state == "withdrawn":
        listing.publish(make.session, product, by=None, at=make.later())
        listing.withdraw(make.session, product, by=None, at=make.later())
    make.keep(product)
    opened(visitor, file, expect=404)


@pytest.mark.parametrize("columns", [{"state": FileState.WAITING}, {"kind": FileKind.ATTACHMENT}])
def test_files_that_are_no_finished_photographs_are_not_found(visitor, make, stored, columns):
    consortium = make.consortium()
    file = stored(consortium, **columns)
    consortium.hero_id = file.id
    make.keep(consortium)
    opened(visitor, file, expect=404)


def test_a_photograph_of_a_draft_is_for_its_people_and_never_kept(visitor, make, cast, stored):
    draft = make.draft_product(member=cast.firm_a)
    file = stored(draft.consortium)
    make.photo(draft, file=file)
    for person in (cast.bounmy, cast.noy):
        response = opened(visitor.signed_in_as(person), file)
        assert response.headers["Cache-Control"] == "no-store"
    for stranger in (cast.somchan, cast.keo, cast.observer):
        opened(visitor.signed_in_as(stranger), file, expect=404)
    opened(visitor.signed_in_as(cast.noy, second_factor=False), file, expect=200)


def test_bytes_that_are_gone_are_not_found(visitor, make):
    consortium = make.consortium()
    file = make.stored_file(consortium, widths=[400])
    consortium.hero_id = file.id
    make.keep(consortium)
    opened(visitor, file, expect=404)
