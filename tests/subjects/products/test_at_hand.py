"""Cards kept at hand: read once for a catalogue version, and never older than it."""

from contextlib import contextmanager

from sqlalchemy import event

from catalogue.consortia.showing import bump
from catalogue.products import at_hand, listing
from catalogue.text import Bilingual


@contextmanager
def statements(engine):
    """The statements that an engine runs in a block."""
    ran = []

    def note(_connection, _cursor, statement, *_rest):
        ran.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield ran
    event.remove(engine, "before_cursor_execute", note)


def test_cards_come_in_the_order_asked_for(session, make):
    products = [make.product() for _each in range(3)]
    ids = [products[place].id for place in (2, 0, 1)]
    assert [card.id for card in at_hand.cards(session, ids, [])] == ids


def test_what_is_at_hand_is_not_read_again(session, engine, make):
    bowl = make.product()
    (first,) = at_hand.cards(session, [bowl.id], [bowl.consortium])
    with statements(engine) as ran:
        (second,) = at_hand.cards(session, [bowl.id], [bowl.consortium])
    assert second is first
    assert not ran


def test_a_new_version_of_the_catalogue_is_read(session, make):
    bowl = make.product()
    (old,) = at_hand.cards(session, [bowl.id], [bowl.consortium])
    bowl.published.name = Bilingual("ຂັນໃໝ່", "New bowl")
    bump(session, bowl.consortium)
    session.commit()
    (new,) = at_hand.cards(session, [bowl.id], [bowl.consortium])
    assert (old.name.en == "New bowl", new.name.en) == (False, "New bowl")
    assert new.written is not old.written


def test_what_was_withdrawn_is_gone(session, make, at):
    bowl = make.product()
    at_hand.cards(session, [bowl.id], [bowl.consortium])
    listing.withdraw(session, bowl, by=None, at=at)
    session.commit()
    assert at_hand.cards(session, [bowl.id], [bowl.consortium]) == []


def test_only_cards_of_known_consortia_are_kept(session, engine, make):
    bowl, stranger = make.product(), make.product()
    at_hand.cards(session, [bowl.id, stranger.id], [bowl.consortium])
    with statements(engine) as ran:
        at_hand.cards(session, [stranger.id], [stranger.consortium])
    assert ran


def test_no_more_are_kept_than_fit(session, make, monkeypatch):
    monkeypatch.setattr(at_hand, "MOST_KEPT", 2)
    consortium = make.consortium()
    products = [make.product(consortium=consortium) for _each in range(3)]
    cards = [at_hand.cards(session, [each.id], [consortium])[0] for each in products]
    assert at_hand.cards(session, [products[2].id], [consortium])[0] is cards[2]
    assert at_hand.cards(session, [products[0].id], [consortium])[0] is not cards[0]
