"""Cards are opened once, phones are cut off at once, and nobody comes by a card to what was not given with it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from catalogue.accounts.models import Person, SignIn
from catalogue.accounts.sessions import find
from catalogue.activity.models import Entry
from catalogue.consortia import cards, joining, people, working
from catalogue.consortia.card_models import Card
from catalogue.consortia.cards import CardState
from catalogue.consortia.founding import end_membership
from catalogue.consortia.models import RoleName
from catalogue.consortia.roles import RolesConflict, roles_of
from catalogue.database import writing
from catalogue.tokens import TokenMaker
from tests.factories import NOW

TOKENS = TokenMaker("a secret of the tests", ())
PHONE = "Mozilla/5.0 (Linux; Android 8.0) Chrome/90.0"


@pytest.fixture
def card(session, cast, at):
    return cards.make_card(session, cast.firm_a, cast.bounmy, by=cast.noy, at=at)


def join(session, card, at=NOW, **given):
    return joining.join(session, card, device=PHONE, at=at, **given)


# -- one card, one phone --


def test_a_phone_is_signed_in_for_half_a_year(session, card, at):
    joined = join(session, card)

    row = find(session, joined.key, at=at + timedelta(days=179))
    assert (row.person_id, row.member_id, row.is_by_card) == (card.person_id, card.member_id, True)
    assert find(session, joined.key, at=at + timedelta(days=181)) is None
    assert card.sign_in is row


def test_a_card_opens_one_phone(session, card, at):
    join(session, card)

    assert cards.state_of(session, card, at=at) is CardState.USED
    with pytest.raises(joining.SomebodyWasFirst):
        join(session, card)


def test_of_many_phones_at_once_one_wins(engine, session, card):
    card_id, start, won, lost = card.id, Barrier(6), [], []
    session.commit()

    def press():
        start.wait()
        with writing(engine) as own:
            try:
                won.append(join(own, own.get_one(Card, card_id)).sign_in.id)
            except joining.SomebodyWasFirst:
                lost.append(1)

    presses = [Thread(target=press) for _each in range(6)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert (len(won), len(lost)) == (1, 5)
    assert [row.id for row in session.scalars(select(SignIn))] == won


def test_a_card_ends_after_two_weeks(session, card, at):
    late = at + timedelta(days=14)
    assert cards.state_of(session, card, at=late - timedelta(seconds=1)) is CardState.OPEN
    assert cards.state_of(session, card, at=late) is CardState.TOO_OLD
    with pytest.raises(joining.SomebodyWasFirst):
        join(session, card, at=late)


def test_a_void_card_opens_nothing_and_still_says_whom_to_call(session, card, cast, at):
    token = cards.token_of(card, TOKENS)
    cards.revoke(session, card, by=cast.noy, at=at)

    assert not TOKENS.is_valid(cards.PURPOSE, token, card.generation)
    assert cards.card_of(session, token, TOKENS) is card
    assert cards.state_of(session, card, at=at) is CardState.REVOKED
    with pytest.raises(joining.SomebodyWasFirst):
        join(session, card)


@pytest.mark.parametrize("token", ["", "a" * 42, "x", "a" * 5000])
def test_a_token_that_was_never_ours_finds_nothing(session, card, token):
    assert cards.card_of(session, token, TOKENS) is None


def test_a_token_of_another_purpose_finds_nothing(session, card):
    assert cards.card_of(session, TOKENS.make("sign-in", card.key, 0), TOKENS) is None
    assert cards.card_of(session, TOKENS.make(cards.PURPOSE, card.key, 1), TOKENS) is None


def test_a_new_card_makes_the_one_before_void(session, cast, card, at):
    newer = cards.make_card(session, cast.firm_a, cast.bounmy, by=cast.noy, at=at)

    assert cards.state_of(session, card, at=at) is CardState.REVOKED
    assert list(cards.open_cards(session, cast.firm_a, at=at)) == [newer]


def test_a_card_of_a_firm_that_left_is_closed(session, card, cast, at):
    end_membership(session, cast.firm_a, by=None, at=at)
    assert cards.state_of(session, card, at=at) is CardState.CLOSED
    with pytest.raises(cards.NotOfThisFirm):
        cards.make_card(session, cast.firm_a, cast.bounmy, by=None, at=at)


def test_a_card_of_somebody_disabled_is_closed(session, card, at):
    card.person.disabled_at = at
    assert cards.state_of(session, card, at=at) is CardState.CLOSED


def test_no_card_for_somebody_of_another_firm(session, cast, at):
    with pytest.raises(cards.NotOfThisFirm):
        cards.make_card(session, cast.firm_a, cast.somchan, by=None, at=at)


# -- several firms --


@pytest.fixture
def daughter(make, cast):
    """Helps firm A by card; knows neither e-mail nor password."""
    return make.maker(cast.firm_a, name="Daughter", email=None, password_hash=None)


@pytest.fixture
def elsewhere(make, cast):
    """A firm of the silk consortium."""
    return make.member(consortium=cast.silk)


def firms_in(session, row):
    return {firm.id for firm in working.own_firms(working.roles_in(session, row))}


def test_a_second_card_on_the_same_phone_adds_its_firm(session, cast, daughter, elsewhere, at):
    row = join(session, cards.make_card(session, cast.firm_a, daughter, by=None, at=at)).sign_in
    named = people.add_to_firm(session, elsewhere, "Daughter too", by=cast.keo, at=at)
    second = cards.make_card(session, elsewhere, named, by=cast.keo, at=at)

    joining.join_as_well(session, second, row, at=at)

    assert firms_in(session, row) == {cast.firm_a.id, elsewhere.id}
    assert working.firm_of(session, row, working.roles_in(session, row), at=at) is elsewhere
    assert named.is_disabled
    assert roles_of(session, named) == []


def test_a_card_gives_nothing_of_another_consortium(session, make, cast, daughter, elsewhere, at):
    make.role(daughter, RoleName.MEMBER, member=elsewhere)
    make.role(daughter, RoleName.MANAGER, consortium=make.consortium())

    row = join(session, cards.make_card(session, cast.firm_a, daughter, by=cast.noy, at=at)).sign_in

    assert firms_in(session, row) == {cast.firm_a.id}
    assert {role.name for role in working.roles_in(session, row)} == {RoleName.MEMBER}


def test_a_newer_card_keeps_what_the_phone_had_opened(session, make, cast, daughter, elsewhere, at):
    row = join(session, cards.make_card(session, cast.firm_a, daughter, by=None, at=at)).sign_in
    make.role(daughter, RoleName.MEMBER, member=elsewhere)
    joining.join_as_well(session, cards.make_card(session, elsewhere, daughter, by=None, at=at), row, at=at)

    again = cards.make_card(session, cast.firm_a, daughter, by=None, at=at)
    newer = join(session, again, instead_of=row).sign_in

    assert firms_in(session, newer) == {cast.firm_a.id, elsewhere.id}
    assert session.scalars(select(SignIn.id)).all() == [newer.id]


def test_a_manager_never_joins_a_firm_of_the_own_consortium(session, cast, card, make, at):
    row = session.get_one(SignIn, _sign_in(session, make, cast.noy))

    with pytest.raises(RolesConflict):
        joining.join_as_well(session, card, row, at=at)


def test_each_change_of_firm_is_logged(session, make, cast, daughter, at):
    make.role(daughter, RoleName.MEMBER, member=cast.firm_b)
    row = join(session, cards.make_card(session, cast.firm_a, daughter, by=None, at=at)).sign_in

    working.choose_firm(session, row, cast.firm_b, at=at)
    session.commit()

    entry = session.scalars(select(Entry).where(Entry.action == "firm.chosen")).one()
    assert entry.data == {"from": cast.firm_a.id, "to": cast.firm_b.id, "sign_in": row.id}
    with pytest.raises(cards.NotOfThisFirm):
        working.choose_firm(session, row, make.member(), at=at)


# -- people and phones --


def test_a_lost_phone_is_out_at_once(session, card, cast, at):
    joined = join(session, card)

    assert people.cut_off(session, cast.firm_a, cast.bounmy, joined.sign_in.id, by=cast.noy, at=at)

    session.expire_all()
    assert find(session, joined.key, at=at) is None
    assert card.sign_in_id is None


def test_what_somebody_is_signed_in_for_elsewhere_is_not_seen_here(session, make, cast, daughter, elsewhere, at):
    here = join(session, cards.make_card(session, cast.firm_a, daughter, by=None, at=at)).sign_in
    make.role(daughter, RoleName.MEMBER, member=elsewhere)
    there = join(session, cards.make_card(session, elsewhere, daughter, by=None, at=at)).sign_in

    assert [row.id for row in people.phones_of(session, cast.firm_a, daughter, at=at)] == [here.id]
    assert not people.cut_off(session, cast.firm_a, daughter, there.id, by=cast.noy, at=at)
    assert session.get(SignIn, there.id) is not None


def test_whoever_no_longer_works_there_is_out_and_may_work_elsewhere(session, make, cast, daughter, elsewhere, at):
    make.role(daughter, RoleName.MEMBER, member=elsewhere)
    here = join(session, cards.make_card(session, cast.firm_a, daughter, by=None, at=at))
    there = join(session, cards.make_card(session, elsewhere, daughter, by=None, at=at))
    waiting = cards.make_card(session, cast.firm_a, daughter, by=None, at=at)

    role = people.person_at(session, cast.firm_a, daughter.public_id)
    people.let_go(session, cast.firm_a, role, by=cast.noy, at=at)

    session.expire_all()
    assert find(session, here.key, at=at) is None
    assert find(session, there.key, at=at) is not None
    assert cards.state_of(session, waiting, at=at) is CardState.REVOKED


def test_who_cannot_come_in_yet_is_found(session, make, cast, daughter, at):
    assert [role.person for role in people.without_phone(session, cast.silver, at=at)] == [daughter]
    joined = join(session, cards.make_card(session, cast.firm_a, daughter, by=None, at=at))
    assert people.without_phone(session, cast.silver, at=at) == []

    people.cut_off(session, cast.firm_a, daughter, joined.sign_in.id, by=cast.noy, at=at)
    assert [role.person for role in people.without_phone(session, cast.silver, at=at)] == [daughter]


def test_the_log_holds_no_name(session, cast, at):
    added = people.add_to_firm(session, cast.firm_a, "Somebody Rather Special", by=cast.noy, at=at)
    join(session, cards.make_card(session, cast.firm_a, added, by=cast.noy, at=at))
    session.commit()

    rows = session.scalars(select(Entry)).all()
    assert {"member.person_added", "card.made", "card.opened"} <= {row.action for row in rows}
    assert "Special" not in str([(row.data, row.actor, row.subject) for row in rows])


def _sign_in(session, make, person: Person) -> int:
    make.session_key(person)
    return session.scalar(select(SignIn.id).where(SignIn.person_id == person.id))


def test_letting_go_leaves_the_phone_to_another_consortium(session, make, at):
    here, there = make.member(), make.member()
    someone = make.maker(here)
    make.role(someone, RoleName.MEMBER, member=there)
    phone = joining.join(session, make.card(here, someone), device="", at=at).sign_in
    joining.join_as_well(session, make.card(there, someone), phone, at=at)

    role = next(each for each in roles_of(session, someone) if each.member_id == here.id)
    people.let_go(session, here, role, by=None, at=at)
    assert session.scalars(select(SignIn.id).where(SignIn.person_id == someone.id)).all() == [phone.id]
    assert {each.member_id for each in working.roles_in(session, phone)} == {there.id}
