"""Storing an import: all of it or none, once and not twice, as drafts like any other."""

import multiprocessing
import os
import signal
import time
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import Session

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.consortia.models import Member
from catalogue.database import begin_write, writing
from catalogue.products import listing
from catalogue.products.editing import content_of
from catalogue.products.models import ListingStatus, Product
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import Verdict, look_at
from catalogue.products.sheets.storing import house_of, known_to, member_called, store
from catalogue.text import Bilingual
from tests.factories import NOW
from tests.sheets import text_of

HEAD = ["ref", "name_lo", "name_en", "category", "material", "weight_g", "price", "currency", "moq", "lead_days"]
BOWL = ["A-1", "ຂັນເງິນ", "Silver bowl", "bowls", "silver 92.5", "412", "420", "USD", "5", "30"]
BAD = ["A-2", "ແຫວນ", "Ring", "nope", "silver", "abc", "1.250", "XXX", "-1", ""]
UNNAMED = ["", "ໂຖເງິນ", "Jar", "vessels", "silver", "800", "90", "USD", "2", "40"]


def many(number: int) -> list[list[str]]:
    """So many good rows."""
    return [[f"B-{each}", f"ຂັນ {each}", f"Bowl {each}", *BOWL[3:]] for each in range(number)]


@pytest.fixture
def sheet(tmp_path):
    """Writes rows under the usual headings into a file."""

    def write(*rows):
        path = tmp_path / "sheet.csv"
        path.write_text(text_of([HEAD, *rows]))
        return path

    return write


def run(session: Session, member: Member, path: Path, at: datetime = NOW):
    """One import, committed."""
    looked = look_at(path, house_of(member))
    session.commit()
    begin_write(session)
    plan = store(session, session.get_one(Member, member.id), looked, by=None, at=at)
    session.commit()
    return plan


def test_good_rows_become_drafts_of_the_firm(session, cast, sheet):
    run(session, cast.firm_a, sheet(BOWL, BAD))

    (bowl,) = session.scalars(select(Product))
    assert (bowl.member, bowl.consortium, bowl.reference) == (cast.firm_a, cast.silver, "A-1")
    assert (bowl.status, bowl.published_id, bowl.created_at) == (ListingStatus.DRAFT, None, NOW)
    assert (bowl.working.number, bowl.working.frozen_at, bowl.working.currency) == (1, None, "USD")
    content = content_of(bowl.working)
    assert content.name == Bilingual("ຂັນເງິນ", "Silver bowl")
    assert (content.category, content.materials, content.fineness) == ("bowls", ["silver"], 925)


def test_a_draft_that_was_imported_lives_like_any_other(session, cast, sheet):
    run(session, cast.firm_a, sheet(BOWL))
    bowl = session.scalars(select(Product)).one()
    listing.submit(session, bowl, by=None, at=NOW)
    session.commit()
    assert bowl.status is ListingStatus.SUBMITTED


def test_a_second_run_adds_nothing(session, cast, sheet):
    path = sheet(BOWL, BAD, UNNAMED)
    first, second = run(session, cast.firm_a, path), run(session, cast.firm_a, path)
    assert [row.verdict for row in first.rows] == [Verdict.ADD, Verdict.BAD, Verdict.ADD]
    assert [row.verdict for row in second.rows] == [Verdict.THERE, Verdict.BAD, Verdict.THERE]
    assert session.scalar(select(func.count()).select_from(Product)) == 2


def test_rows_without_a_reference_get_the_next_of_the_series(session, cast, sheet, make):
    run(session, cast.firm_a, sheet(UNNAMED))
    (reference,) = session.scalars(select(Product.reference))
    assert reference == f"{cast.silver.code[:2]}-0001"


def test_references_are_taken_by_the_whole_consortium_but_not_by_others(session, cast, make, sheet):
    make.draft_product(member=cast.firm_b, reference="A-1")
    make.draft_product(consortium=cast.silk, reference="A-9")
    plan = run(session, cast.firm_a, sheet(BOWL, ["A-9", *BOWL[1:]]))
    assert [row.verdict for row in plan.rows] == [Verdict.BAD, Verdict.ADD]
    assert "reference-taken" in [finding.code for finding in plan.rows[0].findings]


def test_the_same_sheet_for_two_firms_makes_two_products(session, cast, sheet):
    path = sheet(UNNAMED)
    plans = [run(session, firm, path) for firm in (cast.firm_a, cast.firm_b)]
    assert [row.verdict for plan in plans for row in plan.rows] == [Verdict.ADD, Verdict.ADD]


def test_names_of_the_firms_own_products_are_known(session, cast, make, sheet):
    make.draft_product(member=cast.firm_a, reference="M-1", name=Bilingual("ຂັນເງິນ", ""))
    make.draft_product(member=cast.firm_b, reference="M-2", name=Bilingual("", "Silver bowl"))
    (row,) = run(session, cast.firm_a, sheet(BOWL)).rows
    assert [finding.about for finding in row.findings if finding.code == "same-name-on-site"] == [{"reference": "M-1"}]


def test_the_log_holds_the_import_and_each_product(session, cast, sheet):
    run(session, cast.firm_a, sheet(BOWL, BAD, UNNAMED))
    entries = session.scalars(select(Entry).where(Entry.action.like("product%")).order_by(Entry.seq)).all()
    assert [entry.action for entry in entries] == ["product.created", "product.created", "products.imported"]
    assert entries[-1].data == {"good": 1, "warned": 1, "there": 0, "bad": 1}
    assert log.verify(session, cast.silver.id) is None


def test_an_import_of_nothing_new_is_not_logged(session, cast, sheet):
    path = sheet(BOWL)
    run(session, cast.firm_a, path)
    run(session, cast.firm_a, path)
    assert session.scalar(select(func.count()).where(Entry.action == "products.imported")) == 1


def test_three_thousand_rows_take_few_statements(session, engine, cast, sheet):
    looked = look_at(sheet(*many(3000)), house_of(cast.firm_a))
    member = cast.firm_a.id
    session.commit()
    statements = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: statements.append(statement))
    started = time.process_time()
    begin_write(session)
    plan = store(session, session.get_one(Member, member), looked, by=None, at=NOW)
    session.commit()
    assert len(plan.of(Verdict.ADD)) == 3000
    assert time.process_time() - started < 30
    most = 100 if engine.dialect.name == "postgresql" else 3 * 3000 + 100  # SQLite gives keys row by row
    assert len(statements) < most


def test_two_at_once_add_a_sheet_once(session, engine, cast, sheet):
    looked = look_at(sheet(*many(50)), house_of(cast.firm_a))
    member = cast.firm_a.id
    session.commit()
    plans, faults = [], []

    def one_import():
        try:
            with writing(engine) as own:
                plans.append(store(own, own.get_one(Member, member), looked, by=None, at=NOW))
        except SheetRefused as refusal:
            faults.append(refusal.code)

    threads = [Thread(target=one_import) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(len(plan.of(Verdict.ADD)) for plan in plans) == [0, 0, 50]
    assert session.scalar(select(func.count()).select_from(Product)) == 50


def test_a_reference_that_is_taken_at_the_last_moment_stops_all_of_it(session, engine, cast, make, sheet):
    """Somebody's product slips in after the plan was made, as it can where another transaction is not waited for."""
    looked = look_at(sheet(*many(3)), house_of(cast.firm_a))
    consortium, firm = cast.silver.id, cast.firm_a.id
    session.commit()

    @event.listens_for(Session, "before_flush")
    def slip_in(own, _context, _instances):
        if any(isinstance(thing, Product) for thing in own.new) and not own.info.get("slipped"):
            own.info["slipped"] = True
            columns = {"consortium_id": consortium, "member_id": firm, "reference": "B-1", "public_id": "slipped001"}
            given = {
                "status": "draft",
                "making_right": "shared",
                "returned_reasons": [],
                "created_at": NOW,
                "version": 1,
            }
            own.execute(Product.__table__.insert().values(**columns, **given))

    try:
        with Session(engine) as own:
            begin_write(own)
            with pytest.raises(SheetRefused, match="taken-meanwhile"):
                store(own, own.get_one(Member, firm), looked, by=None, at=NOW)
            own.commit()
    finally:
        event.remove(Session, "before_flush", slip_in)
    assert session.scalar(select(func.count()).select_from(Product)) == 0


# -- a process that is killed --


def import_and_die(url: str, path: str, statement: int) -> None:
    """Import in a process of its own, and be killed before its n-th statement; 0 is the commit."""
    engine = create_engine(url)
    count = 0

    def die(*_given):
        os.kill(os.getpid(), signal.SIGKILL)

    def die_in_time(*_given):
        nonlocal count
        count += 1
        if count == statement:
            die()

    if statement:
        event.listen(engine, "before_cursor_execute", die_in_time)
    else:
        event.listen(engine, "commit", die)
    with Session(engine) as session:
        member = session.scalars(select(Member)).one()
        looked = look_at(Path(path), house_of(member))
    with writing(engine) as session:
        store(session, session.scalars(select(Member)).one(), looked, by=None, at=NOW)


@pytest.mark.parametrize("moment", ["before it reads", "while it writes", "at the commit"])
def test_a_kill_at_any_moment_leaves_nothing_half(session, database_url, cast, sheet, moment):
    """PostgreSQL takes rows by the thousand, SQLite one by one: the middle is elsewhere."""
    writing_at = 450 if database_url.startswith("sqlite") else 9
    statement = {"before it reads": 4, "while it writes": writing_at, "at the commit": 0}[moment]
    path = sheet(*many(300))
    member = cast.firm_a
    session.commit()

    child = multiprocessing.get_context("spawn").Process(
        target=import_and_die, args=(database_url, str(path), statement)
    )
    child.start()
    child.join(60)

    assert child.exitcode == -signal.SIGKILL
    assert session.scalar(select(func.count()).select_from(Product)) == 0
    assert log.verify(session, member.consortium_id) is None
    assert len(run(session, member, path).of(Verdict.ADD)) == 300


# -- which firm --


def test_a_firm_is_named_by_its_slug_and_where_needed_its_consortium(session, make):
    silver, silk = make.consortium(slug="silver"), make.consortium(slug="silk", sector_key="silk")
    lotus, other = make.member(consortium=silver, slug="lotus"), make.member(consortium=silk, slug="lotus")
    naga = make.member(consortium=silver, slug="naga")

    assert member_called(session, "naga") == naga
    assert member_called(session, "silver/lotus") == lotus
    assert member_called(session, "silk/lotus") == other
    with pytest.raises(SheetRefused, match="member-unclear") as refusal:
        member_called(session, "lotus")
    assert "silk/lotus, silver/lotus" in refusal.value.text("en")
    for unknown in ("nobody", "silk/naga", "", "/"):
        with pytest.raises(SheetRefused, match="member-unknown"):
            member_called(session, unknown)


def test_a_firm_that_left_gets_nothing(session, make):
    make.member(slug="gone", status="left")
    with pytest.raises(SheetRefused, match="member-left"):
        member_called(session, "gone")


def test_what_is_known_is_of_this_firm_and_this_consortium(session, cast, make, sheet):
    run(session, cast.firm_a, sheet(BOWL))
    make.draft_product(member=cast.firm_b, reference="B-7")
    make.draft_product(consortium=cast.silk, reference="S-7")
    known = known_to(session, cast.firm_a)
    assert set(known.references.values()) == {"A-1", "B-7"}
    assert [there.reference for there in known.imported.values()] == ["A-1"]
    assert [there.reference for there in known_to(session, cast.firm_b).imported.values()] == ["B-7"]
