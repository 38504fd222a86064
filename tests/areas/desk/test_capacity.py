"""What the members can make together: asked by a manager, seen beside an inquiry, lowered by rests of all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.inquiries.intake import Terms
from catalogue.routing import stating
from catalogue.routing.capacity_models import CapacityOf, PassedSample, Rest
from catalogue.web.clock import in_vientiane, now


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def today():
    return in_vientiane(now()).date()


@pytest.fixture
def bowls(make, cast, session):
    """Two workshops make bowls: 31 and 62 a month; a third makes them and said nothing."""
    third = make.member(consortium=cast.silver)
    for member, a_month in ((cast.firm_a, 31), (cast.firm_b, 62), (third, None)):
        make.product(member=member, category="bowls", monthly_capacity=None)
        if a_month:
            given = (CapacityOf.CATEGORY, "bowls", "C62", a_month)
            stating.say_capacity(session, cast.silver, member, *given, by=None, at=now())
    session.commit()


def asked(today, quantity, days=365):
    return {"category": "bowls", "technique": "", "quantity": quantity, "until": (today + timedelta(days=days))}


def test_a_manager_sees_whether_it_is_enough_and_by_whom(noy, cast, bowls, today):
    page = noy.get("desk.capacity", slug=cast.silver.slug, **asked(today, 600))
    assert page.select_one(".capacity-found h2").text == "Enough"
    assert len(page.select(".capacity-parts li")) == 2
    assert "1 more member" in page.select_one(".capacity-found").text

    page = noy.get("desk.capacity", slug=cast.silver.slug, **asked(today, 5000))
    assert page.select_one(".capacity-found h2").text.startswith("Short by")


def test_every_category_stands_until_the_ends_of_the_next_months(noy, cast, bowls):
    row = noy.get("desk.capacity", slug=cast.silver.slug).select_one("#outlook-caption").parent.select("tbody tr")[0]
    cells = [cell.text for cell in row.select("td")]
    assert cells[:2] == ["2", "93\N{NO-BREAK SPACE}pieces"]
    figures = [int(cell) for cell in cells[2:]]
    assert figures == sorted(figures)


@pytest.mark.parametrize("wrong", [{"quantity": ""}, {"until": "soon"}, {"category": "moons"}])
def test_what_is_missing_is_explained(noy, cast, bowls, today, wrong):
    page = noy.get("desk.capacity", slug=cast.silver.slug, expect=422, **{**asked(today, 600), **wrong})
    assert page.select_one(".error-summary")


def test_a_rest_of_all_is_written_down_and_taken_back(noy, cast, bowls, session, today):
    first, last = today + timedelta(days=2), today + timedelta(days=4)
    page = noy.get("desk.capacity", slug=cast.silver.slug)
    days = {"begins_on": first.isoformat(), "ends_on": last.isoformat(), "words": "ປີໃໝ່ລາວ"}
    noy.submit(page, "#rests form", days)
    rest = session.scalars(select(Rest)).one()
    assert (rest.member_id, rest.begins_on, rest.ends_on, rest.words) == (None, first, last, "ປີໃໝ່ລາວ")

    noy.post("desk.say_rest_of_all", {**days, "ends_on": today.isoformat()}, expect=422, slug=cast.silver.slug)
    noy.post("desk.take_back_rest_of_all", {}, slug=cast.silver.slug, rest_id=rest.public_id)
    assert session.scalars(select(Rest.id)).all() == []


@pytest.mark.parametrize(("days", "said"), [(4, "of 20\N{NO-BREAK SPACE}pieces"), (90, "Can all be made")])
def test_an_inquiry_says_how_many_can_be_made_by_its_date(noy, make, cast, bowls, today, days, said):
    bowl = make.product(member=cast.firm_a, category="bowls", monthly_capacity=None)
    inquiry = make.inquiry(products=[bowl], terms=Terms(needed_by=today + timedelta(days=days)))
    page = noy.get("desk.inquiry", slug=cast.silver.slug, inquiry_id=inquiry.public_id)
    assert said in page.select_one(".can-make").text


def test_a_sample_makes_a_member_eligible_for_its_technique(noy, cast, session):
    here = {"slug": cast.silver.slug, "member_id": cast.firm_a.public_id}
    page = noy.get("desk.member", **here)
    noy.submit(page, ".member-samples form", {"technique": "raising", "sample_note": "even walls"})
    sample = session.scalars(select(PassedSample)).one()
    assert (sample.member_id, sample.technique, sample.note) == (cast.firm_a.id, "raising", "even walls")

    noy.post("desk.pass_sample", {"technique": "raising", "passed_on": "2090-01-01"}, expect=422, **here)
    noy.post("desk.take_back_sample", {}, technique="raising", **here)
    assert session.scalars(select(PassedSample.id)).all() == []


def test_a_member_and_a_manager_elsewhere_see_none_of_it(visitor, cast):
    for person in (cast.bounmy, cast.keo):
        visitor.signed_in_as(person).get("desk.capacity", slug=cast.silver.slug, expect=403)
