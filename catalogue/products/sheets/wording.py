"""Words of a cell: cleaned, told apart by script, and searched for what must not stand in a public text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from catalogue import lao
from catalogue.leaks import find_leaks
from catalogue.products.sheets.cells import LONGEST_CELL, Cell
from catalogue.products.sheets.fields import Field, words
from catalogue.products.sheets.findings import word
from catalogue.text import clean_line, clean_text, has_visible_letter

LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
TWO_PIECES_OF_AM = re.compile("\u0ecd[\u0ec8-\u0ecb]?\u0eb2")
# Letters as a reader counts them: a sign over or under a letter is none of its own.
LETTERS_SEEN = re.compile(r"[^\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0300-\u036f]")
NOT_TOLD_OF = str.maketrans("", "", "\u200b\u2060\ufe0f")
BLOCK_TAGS = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"}
UNTOLD_TAGS = {"script", "style", "head"}
GROWTH_BEFORE_REFUSED = 2


@dataclass(frozen=True)
class Said:
    """One thing to say of the words: the code of a finding and its particulars."""

    code: str
    about: dict[str, Any]


@dataclass(frozen=True)
class Words:
    """The words as they are kept, the language they are in, and what is to be said of them."""

    text: str
    side: str
    said: tuple[Said, ...]


def words_in(cell: Cell, field: Field, *, otherwise: str, allowed: tuple[str, ...], parse: str = "") -> Words:
    """The words of a text field. `otherwise` is the language where neither field nor script tells it."""
    if len(cell.text) > LONGEST_CELL:
        return Words("", otherwise, (Said("too-long", {"most": field.longest, "count": len(cell.text)}),))
    raw = without_markup(cell.text) if parse == "html" else cell.text
    text = clean_line(raw) if field.kind != "text" else clean_text(raw)
    side = field.side if field.side != "either" else ("lo" if lao.has_lao(text) else otherwise)
    said = [*_respelled(raw), *_script(text, side, cell.font, either=field.side == "either"), *_length(text, field)]
    if text and field.key.startswith("name") and not has_visible_letter(text):
        said.append(Said("only-digits" if any(map(str.isdigit, text)) else "no-letters", {}))
    return Words(text, side, (*said, *contacts(text, allowed)))


def contacts(text: str, allowed: tuple[str, ...]) -> list[Said]:
    """Contacts that would lead past the shared one, each with its place counted in letters from 1."""
    leaks = find_leaks(text, allowed)
    return [Said("contact", {"kind": word(leak.kind), "found": leak.text, "place": leak.start + 1}) for leak in leaks]


def _respelled(raw: str) -> Iterator[Said]:
    """What cleaning changed, where a reader would not see it: composed letters, order of signs, unseen breaks."""
    if changes := [word(change) for change in changes_of(raw)]:
        yield Said("respelled", {"changes": changes})


def changes_of(raw: str) -> list[str]:
    """Which spellings of the text are not the ones kept."""
    seen = lao.INVISIBLE.sub("", raw)
    found = []
    if TWO_PIECES_OF_AM.search(seen):
        found.append("am")
    if "ເເ" in seen:
        found.append("ei")
    composed = TWO_PIECES_OF_AM.sub(_composed, seen).replace("ເເ", "ແ")
    if _lao_only(lao.normalise(composed)) != _lao_only(composed):
        found.append("order")
    if "\u200b" in raw:
        found.append("zero-width")
    if lao.INVISIBLE.search(raw.translate(NOT_TOLD_OF)):
        found.append("unseen")
    return found


def _composed(found: re.Match[str]) -> str:
    return found[0][1:-1] + "\u0eb3"


def _lao_only(text: str) -> str:
    return "".join(lao.LAO.findall(text))


def _script(text: str, side: str, font: str, *, either: bool) -> Iterator[Said]:
    """Which script the words are in, against what the column is for."""
    if lao.has_thai(text):
        yield Said("thai" if side == "lo" or either else "thai-in-english", {})
    elif (side == "lo" or either) and lao.looks_like_old_font(text):
        yield Said("old-font-named", {"font": font}) if font else Said("old-font", {})
    elif side == "lo" and not lao.has_lao(text) and LATIN.search(text):
        yield Said("old-font-named", {"font": font}) if is_old_font(font) else Said("no-lao", {})
    elif side == "en" and not either and lao.has_lao(text) and not LATIN.search(text):
        yield Said("lao-in-english", {})


def is_old_font(font: str) -> bool:
    """Whether a font is one of those from before Unicode, "Alice_0" as well as "Alice"."""
    names = words()["old_fonts"]["names"]
    return bool(font) and any(font.casefold().startswith(name.casefold()) for name in names)


def _length(text: str, field: Field) -> Iterator[Said]:
    count = sum(1 for _sign in LETTERS_SEEN.finditer(text))
    about = {"most": field.longest, "count": count}
    if count > field.longest * GROWTH_BEFORE_REFUSED:
        yield Said("too-long", about)
    elif count > field.longest:
        yield Said("long", about)


# -- markup --


def without_markup(text: str) -> str:
    """The words of an HTML text, one line for each paragraph."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.untold = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.untold += tag in UNTOLD_TAGS
        if tag in BLOCK_TAGS and self.parts:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.untold = max(0, self.untold - (tag in UNTOLD_TAGS))

    def handle_data(self, data: str) -> None:
        if not self.untold:
            self.parts.append(data)
