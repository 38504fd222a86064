"""How the work is shared, at the desk: names for the manager, letters for the observer, and a door of its own for the
operator."""

import csv
from io import StringIO

import pytest

from catalogue.activity.models import Entry
from catalogue.routing.dividing import Override, confirm

SHARED = {"lo": "ໂຮງ =1+1", "en": "=HYPERLINK(1)"}


@pytest.fixture
def divided(make, cast, session):
    """Firm A has nearly all; one share was set by hand."""
    first, second = cast.firm_a, cast.firm_b
    call = make.closed_call({first: 50, second: 50}, consortium=cast.silver, quantity=60)
    overrides = {first.id: Override(40, "ບໍລິສັດ ກ ເຮັດຕົວຢ່າງ"), second.id: Override(20, "ບໍລິສັດ ກ ເຮັດຕົວຢ່າງ")}
    allocation = confirm(session, call, overrides=overrides, by=cast.noy, at=make.later())
    session.commit()
    return allocation


def rows_of(response):
    return list(csv.reader(StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))


def test_a_manager_reads_names_sums_and_what_was_set_by_hand(visitor, cast, divided):
    page = visitor.signed_in_as(cast.noy).get("desk.fairness", slug=cast.silver.slug)

    names = [row.th.text for row in page.select("#record-caption ~ tbody tr")]
    assert names == [f"A · {cast.firm_b.name.en}", f"B · {cast.firm_a.name.en}"]
    assert [each.text for each in page.select(".figures dd")] == ["US$750", "1", "0.17", "0.90", "2"]
    assert "ເຮັດຕົວຢ່າງ" in page.select_one(".overrides").text
    assert len(page.select("svg.tall rect")) == 2


def test_an_observer_reads_letters_and_no_reason_that_may_name_somebody(visitor, cast, divided):
    observer = visitor.signed_in_as(cast.observer)
    page = observer.get("desk.fairness", slug=cast.silver.slug)

    assert [row.th.text for row in page.select("#record-caption ~ tbody tr")] == ["A", "B"]
    said = page.select_one("main").text
    assert "ເຮັດຕົວຢ່າງ" not in said
    for firm in (cast.firm_a, cast.firm_b):
        assert firm.name.en not in said
        assert firm.name.lo not in said


def test_an_observer_reads_names_where_members_decided_so(visitor, cast, make, divided):
    make.by_laws(cast.silver, observers_read_names=True)
    page = visitor.signed_in_as(cast.observer).get("desk.fairness", slug=cast.silver.slug)
    assert cast.firm_a.name.en in page.select_one(".table").text


@pytest.mark.parametrize("who", ["keo", "bounmy"])
def test_it_opens_for_nobody_else(visitor, cast, who):
    stranger = visitor.signed_in_as(getattr(cast, who))
    for endpoint in ("desk.fairness", "desk.fairness_csv", "desk.record_papers", "desk.another_rule"):
        stranger.get(endpoint, expect=403, slug=cast.silver.slug)


def test_the_operator_is_led_to_where_its_look_is_written_down(visitor, cast):
    operator = visitor.signed_in_as(cast.operator)
    for endpoint in ("desk.fairness", "desk.fairness_csv"):
        answer = operator.get(endpoint, expect=303, slug=cast.silver.slug, check=False)
        assert operator.response.location == f"/operator/fairness/{cast.silver.slug}", answer
    operator.get("desk.record_papers", expect=403, slug=cast.silver.slug)


@pytest.mark.parametrize(("who", "cells"), [("noy", ["A", "'=HYPERLINK(1)"]), ("observer", ["A", ""])])
def test_the_file_has_the_rows_of_the_page_and_starts_no_formula(visitor, cast, make, divided, who, cells):
    cast.firm_b.name = type(cast.firm_b.name)(**SHARED)
    make.keep(cast.firm_b)
    reader = visitor.signed_in_as(getattr(cast, who))

    reader.get("desk.fairness_csv", slug=cast.silver.slug, check=False)
    head, first, _second = rows_of(reader.response)

    assert head[2] == "ຕົວອັກສອນ / letter"
    assert [first[2], first[4]] == cells
    assert first[9:13] == ["250.00", "375.00", "USD", "0.6667"]
    assert bool(first[15]) is (who == "noy")
    assert reader.response.headers["Content-Disposition"].endswith('.csv"')


@pytest.mark.parametrize("asked", ["90", "365", "9999", "٩٠", "x"])
def test_any_window_that_is_asked_for_opens(visitor, cast, asked):
    page = visitor.signed_in_as(cast.noy).get("desk.fairness", slug=cast.silver.slug, days=asked)
    assert page.select_one(".years [aria-current]").text == f"last {'90' if asked == '90' else '365'} days"


# -- another rule --


def test_another_rule_is_drawn_beside_the_year_and_changes_nothing(visitor, cast, session, divided):
    entries = session.query(Entry).count()
    noy = visitor.signed_in_as(cast.noy)

    page = noy.get("desk.another_rule", slug=cast.silver.slug, way="rule", half_life_days="", smallest_share="")

    rows = {row.th.text: [cell.text for cell in row.select("td")] for row in page.select("#pairs-caption ~ tbody tr")}
    assert rows[cast.firm_a.name.en] == ["US$500", "US$375", "−US$125"]
    assert rows[cast.firm_b.name.en] == ["US$250", "US$375", "+US$125"]
    measures = [[cell.text for cell in row.select("td")] for row in page.select("#measures-caption ~ tbody tr")]
    assert measures[0] == ["0.17", "0.00"]
    session.expire_all()
    assert [share.quantity for share in divided.shares] == [40, 20]
    assert session.query(Entry).count() == entries


@pytest.mark.parametrize("wrong", [{"half_life_days": "0"}, {"price_band": "101"}, {"way": "random"}])
def test_what_cannot_be_tried_is_explained(visitor, cast, wrong):
    asked = {"way": "rule", **wrong}
    page = visitor.signed_in_as(cast.noy).get("desk.another_rule", expect=422, slug=cast.silver.slug, **asked)
    assert page.select_one(".error-summary")


def test_an_observer_tries_no_rule(visitor, cast):
    observer = visitor.signed_in_as(cast.observer)
    page = observer.get("desk.fairness", slug=cast.silver.slug)
    assert not page.select("a[href$='another-rule']")
    observer.get("desk.another_rule", expect=403, slug=cast.silver.slug)
