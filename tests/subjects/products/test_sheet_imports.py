"""Sheets from their coming to their undoing: the real worker's parts, the process apart, a folder of files."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from threading import Thread

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import func, select
from xlsxwriter import Workbook

from catalogue.activity.models import Entry
from catalogue.database import begin_write
from catalogue.media.models import FileState, StoredFile
from catalogue.media.stores import FileStore
from catalogue.outbox.models import Due
from catalogue.products import editing
from catalogue.products.editing import content_of
from catalogue.products.models import ListingStatus, Product, ProductPhoto
from catalogue.products.sheets import exporting, imports
from catalogue.products.sheets.accepting import store_import
from catalogue.products.sheets.clearing import sweep
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.imports import SomebodyWasFirst
from catalogue.products.sheets.looking import look_at_import
from catalogue.products.sheets.models import ExportKind, ImportState, Outcome, SheetExport, SheetImport, SheetRow
from catalogue.products.sheets.undoing import undo_import
from catalogue.text import Bilingual
from tests.factories import NOW
from tests.sheets import text_of

HEADINGS = ["ref", "name_en", "name_lo", "weight_g"]
BOWL, RING, BAD = ["A-1", "Bowl", "ຂັນເງິນ", "412"], ["A-2", "Ring", "ແຫວນ", "12"], ["A-3", "Cup", "ຈອກ", "abc"]


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "media")


@pytest.fixture
def firm(cast):
    return cast.firm_a


@pytest.fixture
def come(session, engine, store, firm, cast):
    """A file brought and read by the worker."""

    def come(data, name="sheet.csv"):
        again(session)
        brought = imports.bring(store, firm.consortium_id, data if isinstance(data, bytes) else data.encode(), name)
        sheet = imports.begin(session, firm, brought, by=cast.noy, at=NOW)
        session.commit()
        look_at_import(engine, store, sheet.id)
        again(session)
        return sheet

    return come


@pytest.fixture
def accept(session, engine, store, cast):
    """A sheet's good rows imported."""

    def accept(sheet):
        again(session)
        imports.accept(session, sheet, by=cast.noy, at=NOW)
        session.commit()
        store_import(engine, store, sheet.id, at=NOW)
        again(session)
        return sheet

    return accept


@pytest.fixture
def undo(session, engine, cast):
    def undo(sheet):
        again(session)
        imports.take_back(session, sheet, by=cast.noy, at=NOW)
        session.commit()
        undo_import(engine, sheet.id, at=NOW)
        again(session)
        return sheet

    return undo


def again(session):
    """End the transaction, so that what others wrote is seen, and the next may write."""
    session.commit()
    session.expire_all()
    begin_write(session)


def csv(*rows):
    return text_of([HEADINGS, *rows])


def picture(colour="silver", size=(64, 80)):
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


def pictured(place):
    """A workbook with a picture in the row of the ring, placed by `place(sheet, row, column, options)`."""
    written = BytesIO()
    with Workbook(written) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([[*HEADINGS, "picture"], BOWL, RING]):
            sheet.write_row(number, 0, row)
            sheet.set_row(number, 60)
        place(sheet, 2, 4, {"image_data": BytesIO(picture())})
    return written.getvalue()


def rows(session, sheet):
    return session.scalars(select(SheetRow).filter_by(import_id=sheet.id).order_by(SheetRow.number)).all()


def products(session):
    return session.scalar(select(func.count()).select_from(Product))


def test_a_sheet_is_read_and_waits_for_a_decision(session, come):
    sheet = come(csv(BOWL, BAD))
    assert (sheet.state, sheet.layout) == (ImportState.PREVIEW, "sala")
    assert (sheet.counts["good"] + sheet.counts["warned"], sheet.counts["bad"]) == (1, 1)
    assert [row.verdict.value for row in rows(session, sheet)] == ["add", "bad"]
    assert "D3" in {each["reference"] for each in rows(session, sheet)[1].findings}
    assert products(session) == 0


def test_good_rows_become_drafts_once(session, engine, store, come, accept, cast):
    sheet = accept(come(csv(BOWL, RING, BAD)))
    session.commit()
    store_import(engine, store, sheet.id, at=NOW)  # the worker was killed before it said so, and does it again
    assert (sheet.state, products(session), sheet.imported_by) == (ImportState.IMPORTED, 2, cast.noy.id)
    assert {row.outcome for row in rows(session, sheet)} == {Outcome.ADDED, None}
    with pytest.raises(SomebodyWasFirst):
        imports.accept(session, sheet, by=cast.noy, at=NOW)


def test_the_same_sheet_again_adds_nothing(session, come, accept):
    accept(come(csv(BOWL)))
    again = accept(come(csv(BOWL)))
    assert (again.counts["there"], products(session)) == (1, 1)


def test_two_workers_at_once_store_a_sheet_once(session, engine, store, come, cast):
    sheets = [come(csv(BOWL, RING)) for _each in range(2)]
    for sheet in sheets:
        imports.accept(session, sheet, by=cast.noy, at=NOW)
    session.commit()
    ids = [sheet.id for sheet in sheets] * 2
    threads = [Thread(target=store_import, args=(engine, store, each), kwargs={"at": NOW}) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again(session)
    assert products(session) == 2
    assert sorted(sheet.counts["there"] for sheet in sheets) == [0, 2]


def test_a_reference_taken_meanwhile_stays_out_and_the_rest_comes_in(session, come, accept, make, cast):
    sheet = come(csv(BOWL, RING))
    make.draft_product(member=cast.firm_b, reference="A-1")
    accept(sheet)
    assert (sheet.counts["bad"], products(session)) == (1, 2)
    assert session.scalar(select(func.count()).where(Due.kind == imports.REST)) == 1


def test_the_rest_has_the_layout_of_the_sheet_and_comes_in_once_mended(session, store, come, accept):
    sheet = accept(come(csv(BOWL, BAD)))
    book = load_workbook(BytesIO(store.get(f"{sheet.folder}/rest.xlsx"))).active
    assert [cell.value for cell in book[1]][:4] == HEADINGS
    assert "abc" in book.cell(2, 5).value
    book.cell(2, 4).value = "80"
    mended = BytesIO()
    book.parent.save(mended)
    again = accept(come(mended.getvalue(), "rest.xlsx"))
    assert (again.state, again.counts["bad"], products(session)) == (ImportState.IMPORTED, 0, 2)


# -- pictures --


@pytest.mark.parametrize("how", ["insert_image", "embed_image"])
def test_pictures_come_with_the_row_they_stand_in(session, come, accept, how):
    """Drawn over a cell, and placed in it as newer Excel does."""
    sheet = accept(
        come(pictured(lambda sheet, row, column, given: getattr(sheet, how)(row, column, "a.jpg", given)), "a.xlsx")
    )
    shown = {row.reference: row.photos for row in rows(session, sheet)}
    assert shown == {"A-1": 0, "A-2": 1}
    photo = session.scalars(select(ProductPhoto)).one()
    assert (photo.version.product.reference, photo.file.state) == ("A-2", FileState.WAITING)
    assert not [each for row in rows(session, sheet) for each in row.findings if each["code"] == "cell-error"]


@pytest.mark.parametrize(
    ("low", "above"),
    [
        pytest.param(True, 0, id="hangs over the rows below"),
        pytest.param(False, -6, id="begins a little above its row"),
    ],
)
def test_a_picture_beyond_its_row_belongs_to_it(session, come, low, above):
    """A picture of 80 pixels: dropped into rows of 20 it begins in its row, set into one of 80 it fills it nearly."""

    def placed(sheet, row, column, given):
        if low:
            sheet.set_row(1, 15)
            sheet.set_row(2, 15)
        begun, below = (row, 0) if above == 0 else (row - 1, 80 + above)
        sheet.insert_image(begun, column, "a.jpg", {**given, "y_offset": below})

    sheet = come(pictured(placed), "a.xlsx")
    assert {row.reference: row.photos for row in rows(session, sheet)} == {"A-1": 0, "A-2": 1}


def test_our_own_small_pictures_are_no_photographs(session, come):
    def small(sheet, row, column, given):
        sheet.insert_image(row, column, "a.jpg", {**given, "description": "sala:small"})

    assert come(pictured(small), "a.xlsx").counts["photos"] == 0


def test_addresses_of_pictures_are_told_and_never_fetched(session, come):
    sheet = come(text_of([[*HEADINGS, "picture"], [*BOWL, "https://shop.example/a.jpg"]]))
    assert "picture-addresses" in {each["code"] for each in sheet.findings}


# -- layouts --


def test_unknown_headings_are_explained_once(session, engine, store, come, cast):
    unknown = text_of([["Nr", "Chose", "Poids"], ["7", "Bowl", "412"]])
    sheet = come(unknown)
    assert sheet.state is ImportState.COLUMNS
    lines = json.loads(gzip.decompress(store.get(f"{sheet.folder}/lines.json.gz")))
    mapping = {
        "columns": [
            {"heading": "Nr", "field": "reference"},
            {"heading": "Chose", "field": "name"},
            {"heading": "Poids", "field": "net_weight_g", "unit": "g"},
        ],
        "language": "en",
    }
    imports.explain(session, sheet, mapping, key=lines[0]["key"], by=cast.noy, at=NOW)
    session.commit()
    look_at_import(engine, store, sheet.id)
    again(session)
    assert (sheet.state, sheet.layout) == (ImportState.PREVIEW, "chosen")
    assert come(unknown).state is ImportState.PREVIEW


def test_shopify_variants_become_products_of_their_own(session, come, accept):
    head = ["Handle", "Title", "Option1 Value", "Variant SKU", "Variant Grams", "Variant Price", "Image Src"]
    lines = [
        ["bowl", "Bowl", "Small", "B-S", "100", "40.00", "https://shop.example/1"],
        ["bowl", "", "Large", "B-L", "300", "90.00", ""],
        ["bowl", "", "", "", "", "", "https://shop.example/2"],
        ["ring", "Ring", "Default Title", "R", "9", "12.00", ""],
    ]
    sheet = accept(come(text_of([head, *lines])))
    named = {each.reference: each.working.name.en for each in session.scalars(select(Product))}
    assert sheet.layout == "shopify"
    assert named == {"B-S": "Bowl, Small", "B-L": "Bowl, Large", "R": "Ring"}


# -- undoing --


def test_undoing_takes_away_what_nobody_touched_with_its_files(session, come, accept, undo, firm):
    sheet = accept(
        come(pictured(lambda sheet, row, column, given: sheet.insert_image(row, column, "a.jpg", given)), "a.xlsx")
    )
    undo(sheet)
    assert (sheet.state, sheet.counts["removed"], sheet.counts["kept"]) == (ImportState.UNDONE, 2, 0)
    assert products(session) == 0
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert session.scalar(select(func.count()).where(Due.kind == imports.CLEAR)) == 1
    assert session.scalar(select(Entry.data).where(Entry.action == "products.import_undone")) == {
        "removed": 2,
        "kept": 0,
    }


@pytest.mark.parametrize("touch", ["edited", "sent", "photographed"])
def test_undoing_keeps_what_somebody_touched_and_says_why(session, come, accept, undo, make, cast, touch):
    sheet = accept(come(csv(BOWL, RING)))
    bowl = session.scalars(select(Product).filter_by(reference="A-1")).one()
    if touch == "edited":
        said = replace(content_of(bowl.working), name=Bilingual("ຂັນ", "Bowl, chased"))
        editing.edit(session, bowl, said, opened_version=bowl.version, by=cast.noy, at=NOW)
    elif touch == "sent":
        bowl.status = ListingStatus.SUBMITTED
    else:
        make.photo(bowl)
    session.commit()
    undo(sheet)
    assert [each.reference for each in session.scalars(select(Product))] == ["A-1"]
    kept = {row.kept_because for row in rows(session, sheet)} - {""}
    assert kept == {"sent" if touch == "sent" else "changed"}


def test_what_was_not_imported_can_be_thrown_away(session, come, accept):
    sheet = come(csv(BOWL))
    imports.throw_away(session, sheet, at=NOW)
    session.commit()
    assert session.scalar(select(func.count()).select_from(SheetImport)) == 0
    done = accept(come(csv(BOWL)))
    with pytest.raises(SomebodyWasFirst):
        imports.throw_away(session, done, at=NOW)


def test_a_firm_that_left_gets_nothing(session, store, make, cast):
    gone = make.member(slug="gone", status="left")
    brought = imports.bring(store, gone.consortium_id, csv(BOWL).encode(), "a.csv")
    with pytest.raises(SheetRefused, match="member-left"):
        imports.begin(session, gone, brought, by=cast.noy, at=NOW)


# -- exporting --


@pytest.fixture
def export(session, engine, store, firm, cast):
    def export(kind=ExportKind.XLSX, **given):
        again(session)
        made = exporting.order(session, firm.consortium, firm, kind, by=cast.noy, at=NOW, **given)
        session.commit()
        exporting.make_export(engine, store, made.id, at=NOW)
        again(session)
        return store.get(made.key)

    return export


@pytest.mark.parametrize("kind", list(ExportKind))
def test_an_export_brought_again_changes_nothing(session, come, accept, export, make, firm, kind):
    accept(come(csv(BOWL, RING)))
    make.draft_product(member=firm, reference="H-1", office_price=350_000, sample_days=9, sample_price=20)
    sheet = come(export(kind, has_office_price=True, has_photos=True), f"a.{kind.value}")
    assert (sheet.state, sheet.layout, sheet.counts["there"]) == (ImportState.PREVIEW, "sala", 3)
    assert [row.findings for row in rows(session, sheet)] == [[], [], []]


def test_an_export_for_others_holds_no_price_to_the_office(export, make, firm):
    make.draft_product(member=firm, office_price=123_456)
    for kind in ExportKind:
        assert b"123456" not in _all_text(export(kind), kind)
        assert b"123456" in _all_text(export(kind, has_office_price=True), kind)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", " ="])
def test_nothing_of_an_export_is_a_formula(export, make, firm, start):
    make.draft_product(member=firm, name=Bilingual("ຂັນ", f"{start}HYPERLINK(1)"))
    book = load_workbook(BytesIO(export()))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    written = export(ExportKind.CSV).decode("utf-8-sig")
    assert f"'{start.lstrip()}HYPERLINK" in written.replace("' ", "'")


def test_exports_end_and_sheets_that_nobody_wanted_are_forgotten(session, engine, store, come, export):
    export()
    sheet = come(csv(BOWL))
    folder = sheet.folder
    session.commit()
    sweep(engine, store, at=NOW + timedelta(days=31))
    again(session)
    assert session.scalar(select(func.count()).select_from(SheetExport)) == 0
    assert session.scalar(select(func.count()).select_from(SheetImport)) == 0
    assert list(store.names(folder)) == []


def _all_text(data, kind):
    if kind is ExportKind.CSV:
        return data
    book = load_workbook(BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row).encode()
