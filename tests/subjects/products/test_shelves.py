"""Reading a shelf: what stands on it, and that it is read again when the catalogue changed."""

from contextlib import contextmanager
from datetime import date

from sqlalchemy import event

from catalogue.products import listing
from catalogue.products.shelf import Choice, shelf_of, shelves

TODAY = date(2026, 11, 21)


def test_only_published_products_of_the_consortium_stand_there(session, make):
    bowl = make.product(category="bowls", lead_time_days=20)
    make.submitted_product(consortium=bowl.consortium)
    make.withdrawn_product(consortium=bowl.consortium)
    make.product()
    shelf = shelf_of(session, bowl.consortium)
    assert list(shelf.ids) == [bowl.id]
    assert shelf.chosen(Choice(category=("bowls",), lead=("30",))) == 1
    assert shelf.chosen(Choice(lead=("15",))) == 0


def test_a_shelf_is_read_once_for_each_version_of_the_catalogue(session, make, engine, at):
    bowl = make.product()
    shelf_of(session, bowl.consortium)
    with counted(engine) as statements:
        assert list(shelf_of(session, bowl.consortium).ids) == [bowl.id]
    assert statements == []
    listing.withdraw(session, bowl, by=None, at=at)
    session.commit()
    assert list(shelf_of(session, bowl.consortium).ids) == []


def test_all_shelves_are_read_in_one_query(session, make, engine):
    consortia = [make.product().consortium for _each in range(4)]
    [each.rotation_key for each in consortia]
    with counted(engine) as statements:
        assert len(shelves(session, consortia)) == 4
    assert len(statements) == 1


def test_new_products_of_a_member_do_not_lead_alone(session, make):
    many = make.member()
    few = make.member(consortium=many.consortium)
    for _each in range(5):
        make.product(member=many)
    make.product(member=few)
    shelf = shelf_of(session, many.consortium)
    first_two = [shelf.members[position] for position in shelf.order("turn", TODAY)[:2]]
    assert sorted(first_two) == sorted([many.id, few.id])


@contextmanager
def counted(engine):
    """The statements that an engine runs in a block."""
    ran = []

    def note(_connection, _cursor, statement, *_rest):
        ran.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield ran
    event.remove(engine, "before_cursor_execute", note)
