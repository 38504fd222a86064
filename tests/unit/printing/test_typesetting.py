"""Pages set with typst: words stay words, nothing of the machine gets in, the same content is the same file."""

import dataclasses
from datetime import date
from io import BytesIO

import pypdf
import pytest

from catalogue.media.stores import FileStore
from catalogue.printing.breaking import LONGEST_WORD, words_of
from catalogue.printing.contents import House, Label, Picture, Piece, Said, Section, Sheet
from catalogue.printing.typesetting import NotSet, desk_for
from tests.unit.media import hostile

EMBLEM = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#7b1e2b"/></svg>'
HOUSE = House(Said("Example Consortium", "en"), Said("ກຸ່ມຕົວຢ່າງ", "lo"), None, EMBLEM, "#7b1e2b")
PIECE = Piece(
    Said("Silver bowl", "en"),
    Said("ຂັນເງິນ", "lo"),
    "S-1",
    "https://sala.example/en/silver/products/0123456789",
    EMBLEM,
    ("Silver 925 ‰", "350 g"),
    "from US$770",
    ("min. 5 pieces", "30 days"),
)
SHEET = Sheet(
    language="en",
    title="Line sheet: bowls",
    heading="Line sheet",
    scope="Bowls",
    made_on=date(2026, 11, 22),
    made_words="22 November 2026",
    house=HOUSE,
    notes=(Section("Prices", Said("In USD, FCA Vientiane.", "en")),),
    foot="Example Consortium · office@consortium.example",
    page_words="{page} / {pages}",
    scan_words="Scan for the page of this piece",
    no_photo_words="No photograph yet",
    pieces=(PIECE,) * 5,
)
TRICKS = '#import "@preview/x:1.0.0": * $x^2$ \\ *b* _i_ [c] `r` <l> @r #read("/etc/hostname") // /* = - + ~'


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path)


def pages_of(content, store):
    with desk_for([content], store) as desk:
        return pypdf.PdfReader(BytesIO(desk.set_sheet(content)))


def text_of(content, store):
    return " ".join(" ".join(page.extract_text() for page in pages_of(content, store).pages).split())


def with_pieces(**given):
    return dataclasses.replace(SHEET, pieces=(dataclasses.replace(PIECE, **given),) * 5)


def test_a_sheet_says_what_it_was_given(store):
    text = text_of(SHEET, store)
    for words in ("Example Consortium", "In USD, FCA Vientiane.", "Silver bowl", "from US$770", "S-1", "1 / 1"):
        assert words in text


def test_no_sign_in_a_name_is_markup(store):
    assert TRICKS in text_of(with_pieces(name=Said(TRICKS, "en"), reference=TRICKS), store).replace("\xad", "")


def test_a_name_in_letters_of_no_font_of_ours_stops_nothing(store):
    assert len(pages_of(with_pieces(name=Said("银碗 bowl 🥣", "en")), store).pages) == 1


def test_the_file_names_its_language_author_and_title_and_no_machine(store):
    with desk_for([SHEET], store) as desk:
        data = desk.set_sheet(SHEET)
        assert str(desk.folder).encode() not in data
    reader = pypdf.PdfReader(BytesIO(data))
    assert (reader.metadata.title, reader.metadata.author) == ("Line sheet: bowls", "Example Consortium")
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in data


def test_the_same_content_is_the_same_file(store):
    files = []
    for _time in range(2):
        with desk_for([SHEET], store) as desk:
            files.append(desk.set_sheet(SHEET))
    assert files[0] == files[1]


def test_one_piece_gets_its_whole_label(store):
    label = Label(
        key_line=(("From, each", "US$770"),),
        key_note="FCA Vientiane.",
        rows=(("Weight", "350 g", "en"),),
        price_title="Price by quantity",
        price_head=("Pieces", "Each"),
        price_rows=(("5–19", "US$800"), ("20+", "US$770")),
        sections=(Section("Care", Said("ເຊັດໃຫ້ແຫ້ງ", "lo")), Section("Packing", rows=(("Carton", "8 pieces", "en"),))),
    )
    text = text_of(dataclasses.replace(SHEET, pieces=(PIECE,), label=label), store)
    for words in ("Weight 350 g", "5–19 US$800", "Price by quantity", "Carton 8 pieces"):
        assert words in text


def test_photographs_are_laid_in_once_and_a_missing_one_leaves_a_frame(store):
    store.put("1/a/400.jpg", hostile.photograph(40, 50))
    counted = []
    sheet = dataclasses.replace(
        SHEET, pieces=(dataclasses.replace(PIECE, photo="1/a/400.jpg"), dataclasses.replace(PIECE, photo="1/b/400.jpg"))
    )
    with desk_for([sheet], store, told=counted.append) as desk:
        reader = pypdf.PdfReader(BytesIO(desk.set_sheet(sheet)))
    assert counted == [1, 2]
    assert list(desk.places) == ["1/a/400.jpg"]
    assert "No photograph yet" in reader.pages[0].extract_text()


def test_what_cannot_be_set_is_refused_with_a_word(store):
    store.put("1/a/400.jpg", b"no picture at all")
    with desk_for([sheet := with_pieces(photo="1/a/400.jpg")], store) as desk, pytest.raises(NotSet, match="broken"):
        desk.set_sheet(sheet)


@pytest.mark.parametrize("name", [Said("ຂັນເງິນມີຕີນລາຍເຄືອ", "lo"), Said(TRICKS, "en"), Said("A bowl " * 30, "en")])
@pytest.mark.parametrize("photo", ["", "1/a/400.jpg"])
def test_shared_pictures_are_small_and_of_their_size(store, name, photo):
    from PIL import Image

    store.put("1/a/400.jpg", hostile.photograph(400, 500))
    picture = Picture("lo", name, None, ("ເງິນ 925 ‰",), HOUSE, photo=photo)
    with desk_for([picture, picture], store) as desk:
        first, second = desk.set_pictures([picture, picture])
    assert first == second
    assert len(first) <= 200_000
    assert Image.open(BytesIO(first)).size == (1200, 630)


def test_words_of_a_run_are_whole_and_none_is_too_long():
    assert words_of("ເຄື່ອງເງິນລາຄາ") == ["ເຄື່ອງເງິນ", "ລາຄາ"]
    endless = "ກ" * 100
    assert "".join(words_of(endless)) == endless
    assert max(map(len, words_of(endless))) <= LONGEST_WORD
