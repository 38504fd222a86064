"""The verbs `import-products` and `import-template`, run as the operator runs them."""

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from catalogue.products.models import Product
from tests.sheets import saved, with_parts, workbook_of

SHEET = "ref,name_lo,name_en,category,moq\nA-1,ຂັນເງິນ,Bowl,bowls,5\nA-2,ແຫວນ,Ring,nope,-1\n"


@pytest.fixture
def lotus(make):
    """A firm of a silver consortium."""
    return make.member(consortium=make.consortium(slug="silver"), slug="lotus")


@pytest.fixture
def run(runner, lotus):
    """Runs `import-products` for the firm."""
    return lambda path, *more: runner.invoke(args=["import-products", str(path), "--member", "lotus", *more])


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(Product))


def test_good_rows_come_in_and_bad_ones_go_into_a_file_beside(session, run, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)

    result = run(path)

    assert result.exit_code == 0, result.output
    assert "✓ row 2 · A-1 · Bowl · to be added" in result.output
    assert "✗ row 3 · A-2 · Ring · not imported" in result.output
    assert "D3 category: error: There is no category “nope”." in result.output
    assert "E3 moq: error: “-1”" in result.output
    assert "good 1 · good with warnings 0 · already there 0 · not imported 1" in result.output
    assert "Products added as drafts: 1." in result.output
    assert count(session) == 1
    assert (tmp_path / "sheet-errors.csv").read_text("utf-8-sig").startswith("ref,name_lo,name_en,category,⚠ category")


def test_again_nothing_is_added(session, run, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)
    run(path)
    result = run(path)
    assert "= row 2 · A-1 · Bowl · already there" in result.output
    assert "Products added as drafts: 0." in result.output
    assert count(session) == 1


def test_a_dry_run_stores_nothing_and_writes_errors_only_where_told(session, run, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)

    result = run(path, "--dry-run")
    assert "This was a dry run: nothing was stored." in result.output
    assert [each.name for each in tmp_path.glob("*.csv")] == ["sheet.csv"]

    run(path, "--dry-run", "--errors", str(tmp_path / "here.csv"))
    assert (tmp_path / "here.csv").exists()
    assert count(session) == 0


@pytest.mark.parametrize("how", [["--lo"], ["--language", "lo"], ["--lo", "--language", "en"]])
def test_the_report_speaks_lao(run, tmp_path, how):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)
    result = run(path, "--dry-run", *how)
    assert "✗ ແຖວ 3 · A-2 · ແຫວນ · ບໍ່ນຳເຂົ້າ" in result.output
    assert "ນີ້ແມ່ນການທົດລອງ" in result.output
    assert "row" not in result.output


def test_english_can_be_asked_for(run, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)
    assert "dry run" in run(path, "--dry-run", "--en").output


def test_a_workbook_gives_a_workbook_of_errors_and_its_pictures_are_told(session, run, tmp_path):
    rows = [["ref", "name_en", "weight_g"], ["A-1", "Bowl", 412], ["A-2", "Ring", -1]]
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(with_parts(workbook_of(rows), {"xl/media/image1.png": b"png"}))

    result = run(path)

    assert "The file holds pictures (1). This command does not import them" in result.output
    assert count(session) == 1
    assert load_workbook(tmp_path / "sheet-errors.xlsx").active["A2"].value == "A-2"


def test_a_mapping_that_comes_with_the_site_is_found_by_name(session, run, tmp_path):
    path = tmp_path / "objects.csv"
    path.write_text("accession_number,title,medium,height_cm\n59.47.2,Jar,silver,21.9\n")
    assert run(path, "--mapping", "museum").exit_code == 0
    assert session.scalars(select(Product)).one().working.materials == ["silver"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("none.csv", None, "There is no file"),
        ("empty.csv", b"", "There is nothing in empty.csv"),
        ("old.xls", b"x", "old Excel kind"),
        ("notes.txt", b"x", "Only .xlsx, .csv and .tsv files are read"),
        ("broken.xlsx", b"PK\x03\x04", "no Excel workbook"),
        ("other.csv", b"a,b\n1,2\n", "No heading in other.csv names the products"),
        (
            "bomb.xlsx",
            with_parts(workbook_of([["name"]]), {"xl/a.xml": b" " * 9_000_000}),
            "far too large when unpacked",
        ),
    ],
)
def test_what_cannot_be_imported_is_one_sentence_and_exit_code_1(session, run, tmp_path, name, data, says):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    result = run(path)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert says in result.output
    assert len(result.output.splitlines()) == 1
    assert count(session) == 0


@pytest.mark.parametrize("member", ["nobody", "gold/lotus"])
def test_an_unknown_firm_is_one_sentence(runner, lotus, tmp_path, member):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)
    result = runner.invoke(args=["import-products", str(path), "--member", member])
    assert (result.exit_code, result.output) == (1, f"Error: There is no member {member}.\n")


def test_a_sheet_without_problems_leaves_no_error_file(run, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("ref,name_en\nA-1,Bowl\n")
    run(path)
    assert [each.name for each in tmp_path.glob("*.csv")] == ["sheet.csv"]


def test_nothing_is_stored_when_the_reasons_cannot_be_kept(session, run, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET)
    (tmp_path / "taken").write_text("a file, no folder")
    result = run(path, "--errors", str(tmp_path / "taken" / "errors.csv"))
    assert result.exit_code == 1
    assert "cannot be written. Nothing was imported" in result.output
    assert count(session) == 0


def test_old_fonts_are_named_in_the_report(run, tmp_path):
    book = Workbook()
    book.active.append(["name_lo"])
    book.active.append(["¥þ¼ºÒ©À´ó"])
    from openpyxl.styles import Font

    book.active["A2"].font = Font(name="Chanthabouli Lao")
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(saved(book))
    assert "the font “Chanthabouli Lao”" in run(path).output


# -- the template --


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("sector", ["silver", "silk"])
def test_a_template_filled_in_is_imported(session, runner, make, tmp_path, kind, sector):
    make.member(consortium=make.consortium(slug="home", sector_key=sector), slug="lotus")
    path = tmp_path / f"sheet.{kind}"
    written = runner.invoke(args=["import-template", str(path), "--sector", sector])
    assert written.exit_code == 0, written.output
    _fill_in(path, "A-1", "ຂັນເງິນ")

    result = runner.invoke(args=["import-products", str(path), "--member", "lotus"])

    assert "Row 3 is the example; it is not imported." in result.output
    assert session.scalars(select(Product)).one().working.name.lo == "ຂັນເງິນ"


@pytest.mark.parametrize(
    ("name", "more", "says"),
    [
        ("t.pdf", [], "ends in .xlsx or .csv"),
        ("t.xlsx", ["--sector", "gold"], "There is no sector gold. There are: furniture"),
        ("t.pdf", ["--lo"], "ຊື່ແມ່ແບບ"),
    ],
)
def test_a_template_that_cannot_be_written_says_why(runner, tmp_path, name, more, says):
    result = runner.invoke(args=["import-template", str(tmp_path / name), *more])
    assert result.exit_code == 1
    assert says in result.output


def _fill_in(path, reference, name):
    if path.suffix == ".csv":
        path.write_bytes(path.read_bytes() + f"{reference},{name}\r\n".encode())
        return
    book = load_workbook(path)
    book.worksheets[0].append([reference, None, name])
    book.save(path)
