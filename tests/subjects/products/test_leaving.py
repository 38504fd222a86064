"""A firm leaves in one act; thirty days later what it could take along is deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.accounts import sessions
from catalogue.accounts.models import SignIn
from catalogue.activity.models import Entry
from catalogue.consortia import maker_pages
from catalogue.consortia.models import MemberContact, MemberStatus, RoleName
from catalogue.consortia.roles import roles_of
from catalogue.media.cuts import Cut
from catalogue.media.keeping import keep_cut
from catalogue.media.models import StoredFile
from catalogue.media.stores import FileStore, NotStored
from catalogue.products import leaving
from catalogue.products.leaving import LeftAlready
from catalogue.products.models import ListingStatus, MakingRight, SearchEntry
from catalogue.products.shelf import shelf_of
from catalogue.text import Bilingual
from catalogue.tokens import TokenMaker

TOKENS = TokenMaker("a secret of the tests", ())


@pytest.fixture
def firm(make):
    return make.member(name=Bilingual("ໂຮງຊ່າງບົວ", "Bua workshop"))


@pytest.fixture
def noy(make, firm):
    return make.manager(firm.consortium)


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "media")


def test_preview_says_what_would_happen_and_changes_nothing(session, make, firm):
    shown, own = make.product(member=firm), make.product(member=firm, making_right=MakingRight.OWN)
    draft = make.draft_product(member=firm)
    make.photo(draft)
    bua = make.maker(firm)

    seen = leaving.preview(session, firm)

    assert {each.id for each in seen.published} == {shown.id, own.id}
    assert [each.id for each in seen.unpublished] == [draft.id]
    assert [each.id for each in seen.own_designs] == [own.id]
    assert seen.photographs == 1
    assert [(each.person.id, each.has_other_roles) for each in seen.people] == [(bua.id, False)]
    assert firm.is_active


def test_everything_of_the_firm_leaves_the_public(session, make, firm, noy, at):
    shown, sent, draft = make.product(member=firm), make.submitted_product(member=firm), make.draft_product(member=firm)
    of_another = make.product(consortium=firm.consortium)

    leaving.leave(session, firm, reason="closes its workshop", by=noy, at=at)
    session.commit()

    assert {each.status for each in (shown, sent, draft)} == {ListingStatus.WITHDRAWN}
    assert list(shelf_of(session, firm.consortium).ids) == [of_another.id]
    assert session.scalars(select(SearchEntry.product_id)).all() == [of_another.id]
    assert firm.status is MemberStatus.LEFT
    assert firm.left_at == at
    assert firm.name.en == "Bua workshop"
    assert session.get(MemberContact, firm.id) is None


def test_nobody_of_the_firm_comes_in_again_but_who_helps_another(session, make, firm, noy, at):
    bua, daughter, other = make.maker(firm), make.person(), make.member()
    make.role(daughter, RoleName.MEMBER, member=firm)
    make.role(daughter, RoleName.MEMBER, member=other)
    for person in (bua, daughter):
        sessions.begin(session, person, device="a phone", at=at)

    leaving.leave(session, firm, reason="", by=noy, at=at)

    assert bua.is_disabled
    assert bua.email is None
    assert not daughter.is_disabled
    assert [role.member_id for role in roles_of(session, daughter)] == [other.id]
    assert session.scalars(select(SignIn.person_id)).all() == [daughter.id]


def test_a_firm_leaves_once(session, firm, noy, at):
    leaving.leave(session, firm, reason="", by=noy, at=at)
    with pytest.raises(LeftAlready):
        leaving.leave(session, firm, reason="", by=noy, at=at)
    session.commit()
    assert session.scalars(select(Entry.action)).all().count("member.left") == 1


def test_link_opens_for_thirty_days(session, firm, noy, at):
    row = leaving.leave(session, firm, reason="", by=noy, at=at)
    token = leaving.token_of(row, TOKENS)

    assert leaving.leaving_of(session, token, TOKENS, at=at + timedelta(days=29)) is row
    assert leaving.leaving_of(session, token, TOKENS, at=at + timedelta(days=31)) is None
    assert leaving.leaving_of(session, token[:-1] + "x", TOKENS, at=at) is None


def test_photographs_and_own_designs_are_erased_after_thirty_days(engine, session, make, firm, noy, store, at):
    own = make.product(member=firm, making_right=MakingRight.OWN, name=Bilingual("ຂັນ", "Bowl"), net_weight_g=412)
    shared = make.product(member=firm, net_weight_g=300)
    stays = make.product(consortium=firm.consortium)
    photos = [make.photo(each) for each in (own, shared, stays)]
    for photo in photos:
        store.put(f"{photo.file.key}/original.jpg", b"jpeg")
    page = maker_pages.begin(session, firm, by=noy, at=at)
    portrait = maker_pages.add_photo(session, page, make.stored_file(firm.consortium), by=noy, at=at).file_id
    leaving.leave(session, firm, reason="", by=noy, at=at)
    session.commit()

    assert leaving.erase_taken(engine, store, at=at + timedelta(days=29)) == 0
    assert leaving.erase_taken(engine, store, at=at + timedelta(days=31)) == 1
    assert leaving.erase_taken(engine, store, at=at + timedelta(days=32)) == 0

    session.expire_all()
    assert list(store.names()) == [f"{photos[2].file.key}/original.jpg"]
    assert session.scalars(select(StoredFile.id)).all() == [photos[2].file_id]
    assert session.get(StoredFile, portrait) is None
    assert (own.working.name.en, own.working.net_weight_g) == ("Bowl", None)
    assert shared.working.net_weight_g == 300


@pytest.mark.parametrize("is_cut_shown", [True, False])
def test_no_cut_and_nothing_that_was_cut_is_left_behind(session, make, firm, noy, at, engine, store, is_cut_shown):
    photo = make.photo(make.product(member=firm))
    sent = photo.file
    cut = keep_cut(session, sent, Cut(turn=1), at=at)
    if is_cut_shown:
        photo.file = cut
    session.commit()
    keys = [f"{file.key}/original.jpg" for file in (sent, cut)]
    for key in keys:
        store.put(key, b"where somebody lives")
    ends_at = leaving.leave(session, firm, reason="closes", by=noy, at=at).ends_at
    session.commit()

    assert leaving.erase_taken(engine, store, at=ends_at) == 1
    assert session.scalars(select(StoredFile.id)).all() == []
    for key in keys:
        with pytest.raises(NotStored):
            store.get(key)


def test_what_stands_at_the_head_of_the_consortium_stays(session, make, firm, noy, at, engine, store):
    file = make.photo(make.product(member=firm)).file
    firm.consortium.hero_id = file.id
    store.put(f"{file.key}/original.jpg", b"the house of the consortium")
    ends_at = leaving.leave(session, firm, reason="closes", by=noy, at=at).ends_at
    session.commit()

    leaving.erase_taken(engine, store, at=ends_at)
    assert store.get(f"{file.key}/original.jpg")
