"""By-laws at the desk and in the studio: read, decided on, read back, recorded."""

import pytest
from sqlalchemy import select

from catalogue.consortia.by_law_models import ByLaws, Naming


@pytest.fixture
def noy(visitor, cast, make):
    cast.bounmy, cast.somchan  # noqa: B018 - two members, so that three votes are too many
    return visitor.signed_in_as(cast.noy)


SAID = {
    "smallest_share": "20",
    "votes_for": "2",
    "reason_lo": "ໜ້ອຍກວ່ານີ້ບໍ່ຄຸ້ມ",
    "minutes": "ປະຊຸມທີ່ສາລາບ້ານ",
}


def sets(session):
    return session.scalars(select(ByLaws).order_by(ByLaws.number)).all()


def typed(noy, cast, **said):
    page = noy.get("desk.adopt_by_laws", slug=cast.silver.slug)
    return noy.submit(page, "form.wide-form", {**SAID, "step": "read", **said}, expect=said.pop("expect", 200))


def test_a_decision_is_read_back_and_then_recorded(noy, cast, session):
    page = typed(noy, cast)
    assert "5" in page.select_one(".law-changes del").text
    assert len(sets(session)) == 1

    page = noy.submit(page, "main form", {"step": "record"})
    assert [each.smallest_share for each in sets(session)] == [5, 20]
    assert page.select_one(".law-new")


def test_members_read_what_comes_and_why_in_lao(noy, cast, visitor):
    noy.submit(typed(noy, cast), "main form", {"step": "record"})

    page = visitor.signed_in_as(cast.bounmy).speaking("lo").get("studio.rules")
    assert "ໜ້ອຍກວ່ານີ້ບໍ່ຄຸ້ມ" in page.select_one(".law-new").text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"votes_for": "3"}, "votes_for"),
        ({"votes_for": "1", "votes_against": "1"}, "votes_for"),
        ({"adopted_on": "2999-01-01"}, "adopted_on"),
        ({"minutes": ""}, "minutes"),
        ({"price_band": "-3"}, "price_band"),
    ],
)
def test_what_is_no_decision_is_explained_beside_its_field(noy, cast, session, said, field):
    page = noy.get("desk.adopt_by_laws", slug=cast.silver.slug)
    page = noy.submit(page, "form.wide-form", {**SAID, "step": "record", **said}, expect=422)

    assert page.select_one(f"#{field}-error")
    assert page.select_one("#smallest_share")["value"] == "20"
    assert len(sets(session)) == 1


def test_a_starting_set_fills_the_form_and_records_nothing(noy, cast, session):
    page = noy.get("desk.adopt_by_laws", slug=cast.silver.slug, **{"from": "large"})

    assert page.select_one("#most_makers")["value"] == "8"
    assert len(sets(session)) == 1


def test_weights_and_households_are_by_member(noy, cast, session):
    member = cast.firm_a
    weights = {f"of-{member.public_id}-weight": "1.5", f"of-{member.public_id}-household": "ບ້ານໜອງ"}
    page = typed(noy, cast, **weights)
    noy.submit(page, "main form", {"step": "record"})

    assert sets(session)[1].weights == {str(member.id): {"weight": "1.5", "household": "ບ້ານໜອງ"}}


def test_the_second_of_two_managers_reads_the_first_decision(noy, cast, session):
    first, second = typed(noy, cast), typed(noy, cast, naming="names")
    noy.submit(first, "main form", {"step": "record"})
    page = noy.submit(second, "main form", {"step": "record"})

    assert page.select_one(".notice-error")
    assert [each.naming for each in sets(session)] == [Naming.LETTERS, Naming.LETTERS]


def test_an_observer_reads_and_adopts_nothing(visitor, cast):
    observer = visitor.signed_in_as(cast.observer)
    page = observer.get("desk.by_laws", slug=cast.silver.slug)

    assert not page.select(".law-sets")
    observer.get("desk.adopt_by_laws", slug=cast.silver.slug, expect=403)
