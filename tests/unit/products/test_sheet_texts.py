"""Words of a sheet: Lao as it is kept, other scripts and old fonts told, contacts kept out, lengths."""

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from catalogue import lao
from catalogue.products.sheets.importing import Verdict
from catalogue.products.sheets.wording import changes_of, without_markup
from tests.sheets import codes, one, planned, saved


@pytest.mark.parametrize(
    ("typed", "kept", "changes"),
    [
        pytest.param("ດອກຈ\u0ecd\u0eb2ປາ", "ດອກຈ\u0eb3ປາ", ["am"], id="AM in two pieces"),
        pytest.param("ນ\u0ecd\u0ec9\u0eb2", "ນ\u0ec9\u0eb3", ["am"], id="AM around its tone"),
        pytest.param("\u0ec0\u0ec0ຫວນ", "\u0ec1ຫວນ", ["ei"], id="EI typed as two E"),
        pytest.param("ທ\u0ec8\u0eb5", "ທ\u0eb5\u0ec8", ["order"], id="tone before its vowel"),
        pytest.param("ແຫວນ\u200bເງິນ", "ແຫວນເງິນ", ["zero-width"], id="break of no width"),
        pytest.param("ແຫວນ\u202eເງິນ", "ແຫວນເງິນ", ["unseen"], id="turned around"),
        pytest.param("\u0eab\u0e99\u0ec8ວຍ", "\u0eab\u0e99\u0ec8ວຍ", [], id="HO NO stays as typed"),
        pytest.param("ຂັນ\u00a0  ເງິນ", "ຂັນ ເງິນ", [], id="spaces are no matter"),
        pytest.param("ນ້ຳໜັກ", "ນ້ຳໜັກ", [], id="right already"),
    ],
)
def test_lao_is_kept_in_one_spelling_and_the_change_is_told(tmp_path, typed, kept, changes):
    row = one(tmp_path, {"name_lo": typed})
    assert row.verdict is Verdict.ADD
    assert row.content.name.lo == kept
    assert changes_of(typed) == changes
    assert codes(row) == (["respelled"] if changes else [])


def test_spellings_that_look_alike_are_the_same_name(tmp_path):
    rows = planned(tmp_path, "ref,name_lo\nA,ໜ່ວຍເງິນ\nB,ຫນ່ວຍເງິນ\nC,ຫນ່ວຍ ເງິນ\n").rows
    assert [codes(row) for row in rows] == [[], ["same-name-in-file"], []]
    assert rows[1].content.name.lo == "ຫນ່ວຍເງິນ"
    assert lao.fold(rows[0].content.name.lo) == lao.fold(rows[1].content.name.lo)


@pytest.mark.parametrize(
    ("heading", "typed", "code", "verdict"),
    [
        ("name_lo", "๑๒ แหวนเงิน", "thai", Verdict.BAD),
        ("name_lo", "ຂັນ แหวน", "thai", Verdict.BAD),
        ("name", "แหวนเงิน", "thai", Verdict.BAD),
        ("name_en", "Ring แหวน", "thai-in-english", Verdict.ADD),
        ("name_lo", "¥þ¼ºÒ©À´ó", "old-font", Verdict.BAD),
        ("name", "¥þ¼ºÒ©À´ó", "old-font", Verdict.BAD),
        ("name_lo", "Silver bowl", "no-lao", Verdict.BAD),
        ("name_en", "ຂັນເງິນ", "lao-in-english", Verdict.ADD),
        ("name_en", "‼ ---", "no-letters", Verdict.BAD),
        ("name_en", "08-17-08", "only-digits", Verdict.ADD),
        ("name_en", "x" * 121, "long", Verdict.ADD),
        ("name_en", "x" * 241, "too-long", Verdict.BAD),
        ("name_en", "x" * 40_000, "too-long", Verdict.BAD),
    ],
)
def test_words_in_the_wrong_script_or_length_are_told(tmp_path, heading, typed, code, verdict):
    row = one(tmp_path, {heading: typed})
    assert (codes(row), row.verdict) == ([code], verdict)


def test_signs_over_letters_do_not_count_as_letters(tmp_path):
    assert codes(one(tmp_path, {"name_lo": "ນ້ຳ" * 60})) == []


def test_a_name_in_a_column_for_either_language_goes_where_its_script_says(tmp_path):
    rows = planned(tmp_path, "ref,name\nA,ຂັນເງິນ\nB,Silver bowl\nC,ຂັນ (bowl)\n").rows
    assert [(row.content.name.lo, row.content.name.en) for row in rows] == [
        ("ຂັນເງິນ", ""),
        ("", "Silver bowl"),
        ("ຂັນ (bowl)", ""),
    ]


@pytest.mark.parametrize(
    ("text", "font", "code"),
    [
        ("¥þ¼ºÒ©À´ó", "Saysettha Lao", "old-font-named"),
        ("0aog'bo", "Alice_0", "old-font-named"),
        ("0aog'bo", "Calibri", "no-lao"),
        ("ຂັນເງິນ", "Saysettha Lao", None),
    ],
)
def test_the_font_of_an_old_text_is_named(tmp_path, text, font, code):
    book = Workbook()
    book.active.append(["name_lo"])
    book.active.append([text])
    book.active["A2"].font = Font(name=font)

    (row,) = planned(tmp_path, saved(book), name="a.xlsx").rows

    assert codes(row) == ([code] if code else [])
    if code == "old-font-named":
        assert font in row.findings[0].text("lo")


@pytest.mark.parametrize("heading", ["name_en", "summary_en", "description_lo", "care", "assay_method"])
@pytest.mark.parametrize(
    ("typed", "found", "place"),
    [
        ("ໂທ 020 5555 1234 ໄດ້", "020 5555 1234", 4),
        ("ຂັນ bowl: noy@firm.example", "noy@firm.example", 11),
    ],
)
def test_a_contact_in_a_public_text_keeps_the_row_out(tmp_path, heading, typed, found, place):
    row = one(tmp_path, {"name_lo": "ຂັນເງິນ", heading: typed})
    assert row.verdict is Verdict.BAD
    (finding,) = [each for each in row.findings if each.code == "contact"]
    assert (finding.about["found"], finding.about["place"], finding.reference) == (found, place, "B2")


def test_the_shared_contact_may_stand_in_a_text(tmp_path):
    assert codes(one(tmp_path, {"name_en": "Bowl", "care": "Ask office@silver.example"})) == []


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>silver, glass.</p><p>1935 &amp; later</p>", "silver, glass.\n1935 & later"),
        ("a<br/>b", "a\nb"),
        ("<style>p{}</style><script>alert(1)</script>plain", "plain"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("bakelite®", "bakelite®"),
        ("<p", "<p"),
    ],
)
def test_markup_is_taken_off(markup, words):
    assert without_markup(markup) == words


def test_an_empty_row_of_wishes_is_told_everything(tmp_path):
    header = "ref,name_lo,name_en,category,material,weight_g,price,currency,moq,lead_days"
    row = planned(tmp_path, f"{header}\n,,,nope,,,,XXX,,\nA-1,ຂັນ,Bowl,bowls,silver,1,1,USD,1,1\n").rows[0]
    said = {(finding.reference, finding.code) for finding in row.findings}
    assert said >= {("B2", "no-name"), ("D2", "unknown-category"), ("H2", "unknown-currency")}
    assert said >= {("E2", "needed-later"), ("F2", "needed-later"), ("G2", "needed-later"), ("J2", "needed-later")}
