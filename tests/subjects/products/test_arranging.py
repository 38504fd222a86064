"""Photographs that are on their way: what takes whose place, and when the public is shown it."""

import pytest

from catalogue.media.cuts import Cut, Frame
from catalogue.media.keeping import keep_cut
from catalogue.media.models import FileState
from catalogue.products import arranging, listing
from catalogue.products.arranging import Arrangement
from catalogue.products.content import MOST_PHOTOS
from catalogue.products.photographed import show_anew
from catalogue.products.versions import version_to_edit

FRAMED = Cut.framed(Frame(50), width=1600, height=1200)


@pytest.fixture
def photo(make):
    return make.photo(make.draft_product())


@pytest.fixture
def draft(photo):
    return photo.version


def wanted(photo, cut=FRAMED):
    return Arrangement(photo.kind, photo.alt, cut)


def arranged(session, photo, at, cut=FRAMED):
    stands = Arrangement.of(photo)
    root = arranging.root_of(photo).public_id
    return arranging.arrange(session, photo.version, root, wanted(photo, cut), opened=stands.mark, by=None, at=at)


def made(session, file):
    """The worker is done with a file."""
    file.state = FileState.READY
    file.widths, file.width, file.height = [400], 400, 500
    session.flush()
    show_anew(session, file)


def test_a_cut_takes_its_place_when_it_is_made(session, photo, at):
    before = photo.file
    coming = arranged(session, photo, at).coming
    assert (photo.file, coming.source) == (before, before)
    made(session, coming)
    assert (photo.file, photo.coming) == (coming, None)


def test_a_cut_is_shown_to_the_public_that_saw_the_whole(session, make, photo, draft, at):
    coming = arranged(session, photo, at).coming
    listing.submit(session, draft.product, by=None, at=at)
    listing.publish(session, draft.product, by=None, at=at)
    version = draft.product.consortium.catalogue_version
    made(session, coming)
    session.commit()
    assert photo.file == coming
    assert draft.product.consortium.catalogue_version > version, "public pages are made anew"


def test_a_photograph_that_nobody_approved_does_not_reach_the_public(session, make, photo, draft, at):
    approved = photo.file
    another = make.stored_file(draft.product.consortium, state=FileState.WAITING)
    arranging.take_anew(session, draft, approved.public_id, another, by=None, at=at)
    listing.submit(session, draft.product, by=None, at=at)
    listing.publish(session, draft.product, by=None, at=at)
    made(session, another)
    assert (photo.file, photo.coming) == (approved, None)


def test_a_refused_file_takes_no_place(session, make, photo, draft, at):
    before = photo.file
    bad = make.stored_file(draft.product.consortium, state=FileState.WAITING)
    arranging.take_anew(session, draft, before.public_id, bad, by=None, at=at)
    bad.state = FileState.REFUSED
    show_anew(session, bad)
    assert (photo.file, photo.coming) == (before, bad)


def test_a_version_that_is_copied_takes_what_is_coming_along(session, make, photo, draft, at):
    coming = arranged(session, photo, at).coming
    listing.submit(session, draft.product, by=None, at=at)
    listing.publish(session, draft.product, by=None, at=at)
    copy = version_to_edit(session, draft.product, by=None, at=at)
    made(session, coming)
    assert copy.photos[0].file == photo.file == coming


def test_a_photograph_is_found_by_whatever_was_cut_from_it(session, photo, draft, at):
    root = photo.file
    coming = arranged(session, photo, at).coming
    made(session, coming)
    assert arranging.photo_at(session, draft, root.public_id) == photo
    assert arranging.photo_at(session, draft, coming.public_id) == photo
    assert arranging.photo_at(session, draft, "0000000000") is None


def test_a_file_of_another_consortium_is_not_found(session, make, draft):
    assert arranging.photo_at(session, draft, make.stored_file(make.consortium()).public_id) is None


def test_an_order_must_name_what_lies_there(session, make, photo, draft, at):
    other = make.photo(draft.product)
    names = [photo.file.public_id, other.file.public_id]
    arranging.put_in_order(session, draft, names[::-1], opened=names, by=None, at=at)
    assert [photo.position, other.position] == [2, 1]
    for order, opened in ((names, names), (names[:1], names[::-1]), ([*names, names[0]], names[::-1])):
        with pytest.raises(arranging.PhotoChangedMeanwhile):
            arranging.put_in_order(session, draft, order, opened=opened, by=None, at=at)


def test_twelve_are_the_most(session, make, photo, draft, at):
    for _ in range(MOST_PHOTOS - 1):
        arranging.add(session, draft, make.stored_file(draft.product.consortium), by=None, at=at)
    with pytest.raises(arranging.TooManyPhotos):
        arranging.add(session, draft, make.stored_file(draft.product.consortium), by=None, at=at)


@pytest.mark.parametrize("spoilt", ["nothing", "of a cut", "waiting"])
def test_what_cannot_be_cut_is_not(session, make, photo, at, spoilt):
    source, cut = photo.file, FRAMED
    if spoilt == "nothing":
        cut = Cut()
    if spoilt == "of a cut":
        source = keep_cut(session, source, FRAMED, at=at)
        source.state = FileState.READY
    if spoilt == "waiting":
        source.state = FileState.WAITING
    with pytest.raises(ValueError):
        keep_cut(session, source, cut, at=at)
