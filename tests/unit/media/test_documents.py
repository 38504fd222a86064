"""PDFs of strangers: the pages stay, the author and what acts by itself go."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from catalogue.media.documents import DocumentRefused, make_document
from tests.unit.media import hostile

WORDS = b"BT /F1 12 Tf 10 90 Td (forty silver bowls) Tj ET"


def name(word: str) -> NameObject:
    return NameObject(f"/{word}")


def dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({name(key): value for key, value in entries.items()})


def rectangle() -> ArrayObject:
    return ArrayObject([FloatObject(number) for number in (0, 0, 50, 50)])


def script(words: str) -> DictionaryObject:
    return dictionary(S=name("JavaScript"), JS=TextStringObject(words))


def paper() -> PdfWriter:
    """One page with words."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    content = DecodedStreamObject()
    content.set_data(WORDS)
    page[name("Contents")] = writer._add_object(content)
    font = dictionary(Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"))
    page[name("Resources")] = dictionary(Font=dictionary(F1=font))
    return writer


def written(writer: PdfWriter) -> bytes:
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def telling_paper() -> bytes:
    """A PDF that tells of its author, acts by itself and carries a file; every secret begins with "hush"."""
    writer = paper()
    page = writer.pages[0]
    writer.add_metadata({"/Author": "hush-author", "/Producer": "hush-producer"})
    writer._root_object[name("AA")] = dictionary(WC=script("hush-close"))
    writer.add_attachment("hush-file.exe", b"hush-content")
    writer._root_object[name("OpenAction")] = script("hush-open")
    told = DecodedStreamObject()
    told.set_data(b"<rdf>hush-xmp</rdf>")
    page[name("Metadata")] = writer._add_object(told)
    page[name("AA")] = dictionary(O=script("hush-page"))
    page[name("PieceInfo")] = dictionary(X=TextStringObject("hush-piece"))
    link = dictionary(Subtype=name("Link"), Rect=rectangle(), A=dictionary(S=name("URI"), URI=TextStringObject("hush")))
    carried = dictionary(Subtype=name("FileAttachment"), Rect=rectangle(), Contents=TextStringObject("hush-note"))
    drawn = dictionary(
        Subtype=name("Square"), Rect=rectangle(), T=TextStringObject("hush-who"), A=script("hush-square")
    )
    page[name("Annots")] = ArrayObject([writer._add_object(note) for note in (link, carried, drawn)])
    photograph = StreamObject()
    photograph._data = hostile.telling_photograph()
    photograph.update(dictionary(Subtype=name("Image"), Filter=name("DCTDecode")))
    page["/Resources"][name("XObject")] = dictionary(Im=writer._add_object(photograph))
    return written(writer)


def test_the_pages_stay():
    document = make_document(telling_paper())
    assert document.pages == 1
    page = PdfReader(BytesIO(document.data)).pages[0]
    assert page.extract_text() == "forty silver bowls"
    assert [note.get_object()["/Subtype"] for note in page["/Annots"]] == ["/Square"]


def test_author_actions_and_files_go():
    paper = telling_paper()
    assert paper.count(b"hush") >= 9
    data = make_document(paper).data
    assert b"hush" not in data
    assert [
        word for word in (b"/JavaScript", b"/OpenAction", b"/EmbeddedFile", b"/Author", b"/Info") if word in data
    ] == []


def test_a_photograph_inside_tells_nothing_and_shows_the_same():
    data = make_document(telling_paper()).data
    kept = [secret for secret in hostile.SECRETS.values() if secret in data and secret != hostile.SECRETS["profile"]]
    assert kept == []
    before, after = (
        PdfReader(BytesIO(each)).pages[0]["/Resources"]["/XObject"]["/Im"] for each in (telling_paper(), data)
    )
    assert hostile.pixels(before._data) == hostile.pixels(after._data)


def test_a_locked_paper_is_refused():
    writer = paper()
    writer.encrypt("secret", algorithm="RC4-128")
    with pytest.raises(DocumentRefused, match="encrypted"):
        make_document(written(writer))


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.7 garbage" * 50, written(paper())[:300], written(PdfWriter())],
    ids=["empty", "garbage", "cut short", "no page"],
)
def test_a_broken_paper_is_refused(data):
    with pytest.raises(DocumentRefused, match="broken"):
        make_document(data)


def test_a_paper_that_takes_too_long_is_refused():
    with pytest.raises(DocumentRefused, match="takes too long"):
        make_document(telling_paper(), wall_seconds=0.05)
