"""The record of a quarter: asked for, set by the worker, kept as it was made, and shown to those it was made for."""

import re
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from sqlalchemy import select

from catalogue.activity.models import Head
from catalogue.cli.work import work_once, worker_of
from catalogue.printing.record_models import RecordPaper
from catalogue.routing.quarters import before, quarter_of
from catalogue.web.clock import in_vientiane, now


@pytest.fixture
def quarter(make, cast):
    """The first day of the quarter before this one, in which firm A was given work."""
    cast.bounmy, cast.somchan  # noqa: B018 - both firms are members
    begins_on = before(quarter_of(in_vientiane(now()).date()))
    call = make.call(consortium=cast.silver, members=[cast.firm_a, cast.firm_b], quantity=60)
    divided_at = now().replace(year=begins_on.year, month=begins_on.month, day=10)
    make.allocation(call, {cast.firm_a: 40, cast.firm_b: 20}, confirmed_at=divided_at)
    return begins_on


@pytest.fixture
def made(app, session):
    """What the worker does."""

    def made():
        session.commit()
        with app.app_context():
            work_once(worker_of(app))
        session.expire_all()
        return session.scalars(select(RecordPaper).order_by(RecordPaper.id.desc())).first()

    return made


def words_of(response):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(response.data)).pages))


def test_a_manager_has_it_made_with_names_and_the_head_of_the_log(visitor, cast, session, quarter, made):
    noy, slug = visitor.signed_in_as(cast.noy), cast.silver.slug
    page = noy.post("desk.ask_record_paper", {"quarter": quarter.isoformat()}, slug=slug)
    assert page.select_one(".making")
    head = session.get(Head, cast.silver.id)
    stood = (head.seq, head.hash)

    paper = made()
    noy.get("desk.record_paper", slug=slug, paper_id=paper.public_id)
    noy.get("desk.record_paper_file", slug=slug, paper_id=paper.public_id, check=False)

    said = words_of(noy.response)
    assert (paper.head_seq, paper.head_hash) == stood
    assert paper.head_hash[:32] in said
    assert re.sub(r"\s", "", cast.firm_a.name.en) in said
    assert "US$500" in said


def test_asked_for_again_it_is_the_same(visitor, cast, session, quarter, made):
    noy, slug = visitor.signed_in_as(cast.noy), cast.silver.slug
    for _ in range(2):
        noy.post("desk.ask_record_paper", {"quarter": quarter.isoformat()}, slug=slug)
        made()
    assert len(session.scalars(select(RecordPaper)).all()) == 1
    page = noy.get("desk.record_papers", slug=slug)
    assert page.select_one(".papers a")["href"].endswith(".pdf")


def test_an_observer_cannot_open_the_one_with_names(visitor, cast, quarter, made):
    slug, asked = cast.silver.slug, {"quarter": quarter.isoformat()}
    visitor.signed_in_as(cast.noy).post("desk.ask_record_paper", asked, slug=slug)
    named, observer = made(), visitor.signed_in_as(cast.observer)
    for endpoint in ("desk.record_paper", "desk.record_paper_file"):
        observer.get(endpoint, expect=404, slug=slug, paper_id=named.public_id)

    observer.post("desk.ask_record_paper", asked, slug=slug)
    own = made()
    observer.get("desk.record_paper_file", slug=slug, paper_id=own.public_id, check=False)

    assert own.id != named.id
    assert re.sub(r"\s", "", cast.firm_a.name.en) not in words_of(observer.response)


def test_a_member_has_its_own_in_lao_and_nobody_elses(visitor, cast, quarter, made):
    bounmy, asked = visitor.signed_in_as(cast.bounmy).speaking("lo"), {"quarter": quarter.isoformat()}
    visitor.signed_in_as(cast.noy).post("desk.ask_record_paper", asked, slug=cast.silver.slug)
    named = made()
    bounmy.get("studio.record_paper_file", expect=404, paper_id=named.public_id)

    bounmy.post("studio.ask_record_paper", asked)
    own = made()
    bounmy.get("studio.record_paper_file", paper_id=own.public_id, check=False)

    assert (own.language, own.naming) == ("lo", "edges")
    assert cast.firm_b.name.lo not in words_of(bounmy.response)


def test_other_consortia_have_no_part_in_it(visitor, cast, quarter, made):
    visitor.signed_in_as(cast.noy).post(
        "desk.ask_record_paper", {"quarter": quarter.isoformat()}, slug=cast.silver.slug
    )
    keo = visitor.signed_in_as(cast.keo)
    keo.get("desk.record_paper_file", expect=404, slug=cast.silk.slug, paper_id=made().public_id)


@pytest.mark.parametrize("days", [0, 200])
def test_only_a_quarter_that_is_over_and_had_work_is_made(visitor, cast, quarter, days):
    day = quarter_of(in_vientiane(now()).date()) if not days else quarter_of(quarter - timedelta(days=days))
    noy = visitor.signed_in_as(cast.noy)
    noy.post("desk.ask_record_paper", {"quarter": day.isoformat()}, expect=404, slug=cast.silver.slug)
