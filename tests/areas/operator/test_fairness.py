"""The operator reads totals; single members' figures only under letters, and once the look is in the log."""

from sqlalchemy import select

from catalogue.activity.models import Entry


def test_the_list_has_totals_of_every_consortium_and_logs_nothing(visitor, cast, make, session):
    make.allocation(make.call(members=[cast.firm_a], quantity=60), {cast.firm_a: 60})
    page = visitor.signed_in_as(cast.operator).get("operator.fairness")

    row = page.select_one("tbody tr")
    assert [cell.text for cell in row.select("td")][1:3] == ["1", "US$750"]
    assert cast.firm_a.name.en not in page.text
    assert not session.scalars(select(Entry).where(Entry.action == "fairness.read_by_operator")).all()


def test_a_record_opens_once_the_look_is_noted(visitor, cast, make, session):
    make.allocation(make.call(members=[cast.firm_a], quantity=60), {cast.firm_a: 60})
    operator, slug = visitor.signed_in_as(cast.operator), cast.silver.slug

    before = operator.get("operator.fairness_of", slug=slug)
    assert not before.select("table")
    operator.get("operator.fairness_csv", expect=303, slug=slug, check=False)

    page = operator.post("operator.look_at_fairness", slug=slug)
    assert page.select_one("tbody th").text == "A"
    assert cast.firm_a.name.en not in page.select_one("main").text
    operator.get("operator.fairness_csv", slug=slug, check=False)
    assert cast.firm_a.name.en not in operator.response.get_data(as_text=True)
    entry = session.scalars(select(Entry).where(Entry.action == "fairness.read_by_operator")).one()
    assert (entry.chain, entry.actor) == (cast.silver.id, f"person:{cast.operator.id}")


def test_nobody_else_opens_it(visitor, cast):
    noy = visitor.signed_in_as(cast.noy)
    noy.get("operator.fairness", expect=403)
    noy.get("operator.fairness_of", expect=403, slug=cast.silver.slug)
