"""A maker's page beside what the public reads of the firm: part by part, both languages, words marked."""

from collections.abc import Mapping

from flask_babel import gettext as _

from catalogue.consortia.maker_models import MakerPage
from catalogue.consortia.maker_pages import leaks_in, said_by
from catalogue.text import LANGUAGES, Bilingual
from catalogue.web.compared import Leaks, Row, Side, pictures_between, side_between
from catalogue.web.maker_words import PARTS, value_of

NEEDED = ("name", "story")


def maker_rows(shown: MakerPage | None, page: MakerPage) -> list[Row]:
    """A row for each part that changed, that lacks a language, or in which a contact was found."""
    leaks = leaks_in(page, page.member.consortium.public_contacts)
    rows = [_row(part, page, leaks) for part in PARTS if part != "photos"]
    return [row for row in rows if row.is_changed or row.findings or _lacks(row)] + _photographs(shown, page, leaks)


def _row(part: str, page: MakerPage, leaks: Leaks) -> Row:
    trade = page.member.consortium.sector_key
    old, new = value_of(said_by(page.member), part, trade), value_of(said_by(page), part, trade)
    name, is_new = str(PARTS[part]), not old
    if isinstance(old, str) or isinstance(new, str):
        return Row(part, name, is_new, old != new, both=side_between(part, str(old), str(new), leaks))
    return Row(part, name, is_new, old != new, _sides(part, old, new, leaks))


def _sides(part: str, old: Bilingual, new: Bilingual, leaks: Leaks) -> Mapping[str, Side]:
    sides = {side: side_between(f"{part}_{side}", getattr(old, side), getattr(new, side), leaks) for side in LANGUAGES}
    for side in new.missing if part in NEEDED else ():
        sides[side].notes.append(_("Lao is missing") if side == "lo" else _("English is missing"))
    return sides


def _lacks(row: Row) -> bool:
    return any(side.notes for side in row.sides.values())


def _photographs(shown: MakerPage | None, page: MakerPage, leaks: Leaks) -> list[Row]:
    old, new = shown.photos if shown else [], page.photos
    if [photo.file_id for photo in old] == [photo.file_id for photo in new]:
        return []
    return [Row("photos", str(PARTS["photos"]), not old, True, pictures=pictures_between(old, new, leaks))]
