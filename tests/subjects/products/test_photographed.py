"""A file that was checked changes the pages that show it, and no others."""

import pytest

from catalogue.products.photographed import show_anew


@pytest.fixture
def version_after(session):
    """The catalogue version that a consortium has after its file was checked."""

    def check(file, consortium):
        show_anew(session, file)
        session.commit()
        return consortium.catalogue_version

    return check


@pytest.mark.parametrize("state", ["submitted_product", "product"])
def test_a_listing_that_is_or_may_be_public_is_shown_anew(make, version_after, state):
    product = getattr(make, state)()
    file = make.photo(product).file
    before = product.consortium.catalogue_version
    assert version_after(file, product.consortium) == before + 1


def test_a_draft_changes_no_page(make, version_after):
    product = make.draft_product()
    file = make.photo(product).file
    before = product.consortium.catalogue_version
    assert version_after(file, product.consortium) == before


@pytest.mark.parametrize("who", ["member", "consortium"])
def test_a_firm_and_a_consortium_show_photographs_too(session, make, version_after, who):
    member = make.member()
    file = make.stored_file(member.consortium)
    if who == "member":
        member.photo_id = file.id
    else:
        member.consortium.hero_id = file.id
    session.flush()
    before = member.consortium.catalogue_version
    assert version_after(file, member.consortium) == before + 1
