"""Sheets at the desk, and the same pages in the studio."""

from io import BytesIO

import pytest
from sqlalchemy import select

from catalogue.products.models import Product
from catalogue.products.sheets.models import ImportState, SheetExport, SheetImport
from tests.sheets import text_of

GOOD = ["A-1", "Bowl", "ຂັນເງິນ", "412"]
BAD = ["A-2", "Cup", "แหวน", "abc"]
HEADINGS = ["ref", "name_en", "name_lo", "weight_g"]


@pytest.fixture
def work(app):
    """Do what the worker would do now."""

    def work():
        result = app.test_cli_runner().invoke(args=["work", "--once"])
        assert result.exit_code == 0, result.output

    return work


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


def file_of(*rows, name="sheet.csv"):
    return BytesIO(text_of([HEADINGS, *rows]).encode()), name


@pytest.fixture
def brought(noy, cast, session, work):
    """A sheet of firm A that Noy brought and the worker read."""

    def brought(*rows, data=None, name="sheet.csv"):
        given = (BytesIO(data), name) if data is not None else file_of(*rows, name=name)
        firm = cast.firm_a.public_id
        noy.post("desk.bring_sheet", {"member": firm, "file": given}, slug=cast.silver.slug)
        session.commit()
        work()
        session.commit()
        session.expire_all()
        return session.scalars(select(SheetImport).order_by(SheetImport.id.desc())).first()

    return brought


def at(sheet):
    return {"slug": sheet.consortium.slug, "import_id": sheet.public_id}


def test_a_sheet_is_brought_looked_through_and_imported(noy, cast, session, brought, work):
    sheet = brought(GOOD, BAD)

    page = noy.get("desk.sheet", **at(sheet))
    assert "Import the 1 good row" in page.text
    assert "D3" in page.text
    assert "These are Thai letters in a Lao column" in page.text
    assert [
        row.h3.text.strip() for row in noy.get("desk.sheet", **at(sheet), show="bad").select(".sheet-rows > li")
    ] == ["Cup"]

    page = noy.post("desk.accept_sheet", {}, **at(sheet))
    assert page.select_one("[data-waiting]")
    assert page.select_one("[data-waiting] a.button"), "without script, the button looks again"
    session.commit()
    work()
    session.commit()
    page = noy.get("desk.sheet", **at(sheet))
    assert "1 product was added as a draft." in page.text
    assert session.scalars(select(Product)).one().reference == "A-1"

    noy.post("desk.accept_sheet", {}, **at(sheet))
    noy.post("desk.undo_sheet", {}, **at(sheet))
    session.commit()
    work()
    session.commit()
    assert "Undone: 1 draft was removed again." in noy.get("desk.sheet", **at(sheet)).text
    assert session.scalars(select(Product)).all() == []


def test_a_page_that_waits_shows_itself(noy, cast, session):
    page = noy.post("desk.bring_sheet", {"member": cast.firm_a.public_id, "file": file_of(GOOD)}, slug=cast.silver.slug)
    assert "The sheet is being read" in page.text


def test_the_preview_speaks_lao(visitor, cast, make, brought):
    sheet = brought(GOOD, BAD)
    cast.noy.language = "lo"
    make.keep(cast.noy)
    page = visitor.signed_in_as(cast.noy).speaking("lo").get("desk.sheet", **at(sheet))
    assert "ອັນນີ້ແມ່ນໂຕໜັງສືໄທ ຢູ່ໃນຖັນພາສາລາວ" in page.text


def test_columns_are_explained_and_the_layout_is_kept(noy, cast, session, brought, work):
    rows = text_of([["Nr", "Chose", "Poids"], ["7", "Bowl", "412"], ["8", "Cup", "80"]]).encode()
    sheet = brought(data=rows)
    page = noy.get("desk.sheet_columns", **at(sheet))
    assert [each.text for each in page.select(".sheet-samples")[1].select("li")] == ["Bowl", "Cup"]

    chosen = {"head": "1", "column-1": "reference", "column-3": "net_weight_g", "unit-3": "g"}
    page = noy.post("desk.sheet_columns", chosen, expect=422, **at(sheet))
    assert "Say which column holds the name" in page.text
    noy.post("desk.sheet_columns", {**chosen, "column-2": "name", "unit-3": "cm"}, expect=422, **at(sheet))
    noy.post("desk.sheet_columns", {**chosen, "head": "9" * 5000}, expect=422, **at(sheet))
    noy.post("desk.sheet_columns", {**chosen, "column-2": "name"}, **at(sheet))
    session.commit()
    work()
    session.commit()
    session.expire_all()
    assert session.get(SheetImport, sheet.id).state is ImportState.PREVIEW
    assert brought(data=rows).state is ImportState.PREVIEW


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"x", "a.xls", "old Excel kind"),
        (b"x", "a.xlsm", "holds macros"),
        (b"x", "a.ods", "LibreOffice"),
        (b"x", "a.pdf", "Only .xlsx"),
        (b"", "a.csv", "There is nothing in"),
    ],
)
def test_what_its_name_tells_is_refused_at_once(noy, cast, session, data, name, says):
    firm = cast.firm_a.public_id
    given = {"member": firm, "file": (BytesIO(data), name)}
    assert says in noy.post("desk.bring_sheet", given, expect=422, slug=cast.silver.slug).text
    assert session.scalars(select(SheetImport)).all() == []


def test_a_form_without_firm_or_file_says_so(noy, cast):
    here = {"slug": cast.silver.slug}
    assert "Choose the firm" in noy.post("desk.bring_sheet", {"file": file_of(GOOD)}, expect=422, **here).text
    given = {"member": cast.firm_a.public_id}
    assert "Choose a file first" in noy.post("desk.bring_sheet", given, expect=422, **here).text
    given = {"member": "0000000000", "file": file_of(GOOD)}
    noy.post("desk.bring_sheet", given, expect=422, **here)


def test_a_web_page_under_the_name_of_a_sheet_is_refused_calmly(noy, brought):
    sheet = brought(data=b"<html><table><tr><td>x</td></tr></table></html>", name="a.xlsx")
    assert "is a page of the web" in noy.get("desk.sheet", **at(sheet)).text
    noy.post("desk.throw_sheet_away", {}, **at(sheet))


def test_the_rest_is_given_away_with_its_reasons(noy, brought):
    sheet = brought(GOOD, BAD)
    for kind in ("xlsx", "csv"):
        answer = noy.get("desk.sheet_rest", kind=kind, **at(sheet))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert f"sheet-rest.{kind}" in answer.headers["Content-Disposition"]
    assert "Thai" in answer.get_data(as_text=True)


def test_an_export_is_made_shown_and_given_away(noy, cast, make, session, work):
    make.draft_product(member=cast.firm_a)
    page = noy.post("desk.ask_for_sheet", {"kind": "xlsx", "photos": "1"}, slug=cast.silver.slug)
    assert "is being made" in page.text
    session.commit()
    work()
    session.commit()
    export = session.scalars(select(SheetExport)).one()
    here = {"slug": cast.silver.slug, "export_id": export.public_id}
    page = noy.get("desk.sheet_export", **here)
    assert page.select_one("a[download]")
    answer = noy.open(page.select_one("a[download]")["href"])
    assert answer.get_data().startswith(b"PK")


# -- whose they are --


def test_the_studio_has_the_same_for_ones_own_firm_alone(visitor, cast, session, work, brought):
    theirs = brought(GOOD)
    bounmy, somchan = visitor.signed_in_as(cast.bounmy), visitor.signed_in_as(cast.somchan)
    assert bounmy.get("studio.sheet", import_id=theirs.public_id).select_one('form[action$="/import"]')
    somchan.get("studio.sheet", expect=404, import_id=theirs.public_id)
    bounmy.get("studio.sheets")
    bounmy.post("studio.bring_sheet", {"file": file_of(["B-1", "Box", "ແອບ", "20"])})
    session.commit()
    work()
    session.commit()
    own = session.scalars(select(SheetImport).order_by(SheetImport.id.desc())).first()
    assert (own.member_id, own.state) == (cast.firm_a.id, ImportState.PREVIEW)


def test_nobody_else_reaches_a_sheet(visitor, cast, brought):
    sheet = brought(GOOD)
    visitor.signed_in_as(cast.keo).get("desk.sheet", expect=403, **at(sheet))
    visitor.signed_in_as(cast.observer).get("desk.sheet", expect=403, **at(sheet))
    visitor.signed_in_as(cast.bounmy).get("desk.sheet", expect=403, **at(sheet))
    elsewhere = {"slug": cast.silk.slug, "import_id": sheet.public_id}
    visitor.signed_in_as(cast.keo).get("desk.sheet", expect=404, **elsewhere)


def test_a_member_exports_its_own_products_alone(visitor, cast, make, session, work):
    make.draft_product(member=cast.firm_a, reference="MINE-1")
    make.draft_product(member=cast.firm_b, reference="THEIRS-1")
    bounmy = visitor.signed_in_as(cast.bounmy)
    bounmy.post("studio.ask_for_sheet", {"kind": "csv", "member": cast.firm_b.public_id, "office_price": "1"})
    session.commit()
    work()
    session.commit()
    export = session.scalars(select(SheetExport)).one()
    data = bounmy.get("studio.sheet_export_file", export_id=export.public_id).get_data(as_text=True)
    assert "MINE-1" in data
    assert "THEIRS-1" not in data
    visitor.signed_in_as(cast.somchan).get("studio.sheet_export", expect=404, export_id=export.public_id)


def test_what_a_sheet_brought_waits_for_its_translation(noy, cast, session, brought, work):
    sheet = brought(["A-1", "Bowl", "", "412"])
    noy.post("desk.accept_sheet", {}, **at(sheet))
    session.commit()
    work()

    assert noy.get("desk.translate", slug=cast.silver.slug).select(".translations li")
