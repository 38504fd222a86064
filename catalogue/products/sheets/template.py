"""Sala's own sheet: headings in both languages, an example, the words that may be used; and products written in it."""

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook

from catalogue.consortia.trade import DETAILS, Detail, Sector, Term
from catalogue.products.content import Content, Tier
from catalogue.products.sheets.drawings import OWN_MARK
from catalogue.products.sheets.fields import Field, Headings, units, words
from catalogue.products.sheets.findings import plain_number
from catalogue.products.sheets.formulas import harmless
from catalogue.products.sheets.report import phrase
from catalogue.text import Bilingual

BOTH = ("lo", "en")
PHOTO_PIXELS, PHOTO_POINTS = 200, 84  # the height of a small picture, and of its place in a row
ROOM = 2000  # rows below the example that are set to text and offer their choices
FONT = "Phetsarath OT"
EXAMPLE_NAME = {
    "silver": Bilingual("ຂັນເງິນລາຍດອກຈຳປາ", "Silver bowl, frangipani"),
    "silk": Bilingual("ຜ້າພັນຄໍໄໝລາຍນາກ", "Silk scarf, naga pattern"),
    "handicraft": Bilingual("ກະຕ່າໄມ້ໄຜ່", "Bamboo basket"),
    "furniture": Bilingual("ຕັ່ງໄມ້ສັກ", "Teak stool"),
    "rice": Bilingual("ເຂົ້າໜຽວອິນຊີ", "Organic sticky rice"),
}
EXAMPLE_SUMMARY = Bilingual("ເຮັດດ້ວຍມື, ທຸກຊິ້ນມີລາຍຂອງຕົນ", "Made by hand; no two are quite alike")
TEXT_LOOK = {"num_format": "@", "font_name": FONT, "valign": "top", "text_wrap": True}


def fields_of(sector: Sector, kind: str = "xlsx", *, private: bool = True) -> list[Field]:
    """The columns of a sector's template, in order; pictures fit into a workbook only."""
    fields = (field for field in Headings(sector).fields if field.is_in(sector))
    return [each for each in fields if (private or not each.is_private) and (kind == "xlsx" or each.kind != "picture")]


def heading(field: Field, language: str) -> str:
    """The heading of a column, with its unit: "ນ້ຳໜັກຕໍ່ໜ່ວຍ (ກຣາມ)", "Weight of one (g)"."""
    if not field.shown:
        return field.name.in_(language)
    return f"{field.name.in_(language)} ({units(field.measure)[field.shown].name.in_(language)})"


def cells_of(reference: str, content: Content, sector: Sector) -> dict[str, str]:
    """What a product says, as text for each column of the template; reading it again gives the same product."""
    texts = ((text, side) for text in ("name", "summary", "description", "care") for side in BOTH)
    said: dict[str, Any] = {
        "reference": reference,
        **{f"{text}_{side}": getattr(getattr(content, text), side) for text, side in texts},
        "category": _names(sector.categories, [content.category]),
        "materials": _names(sector.materials, content.materials),
        "techniques": _names(sector.techniques, content.techniques),
        "unit": words()["units"][content.unit]["lo"],
        "sample_available": words()["answers"]["yes" if content.sample_available else "no"]["lo"],
        **_prices(content, sector),
        **{f"details.{key}": _detail(value, key, sector) for key, value in content.details.items()},
    }
    for field in fields_of(sector):
        if field.key not in said:
            said[field.key] = _plain(getattr(content, field.key), field) if hasattr(content, field.key) else ""
    return {key: str(value) for key, value in said.items()}


def template(sector: Sector, kind: str) -> bytes:
    """An empty sheet with its example row, as "xlsx" or "csv"."""
    return sheet_of([(phrase("example", "lo"), example(sector))], sector, kind)


def sheet_of(
    products: Iterable[tuple[str, Content]],
    sector: Sector,
    kind: str,
    *,
    private: bool = True,
    photos: Mapping[int, bytes] | None = None,
) -> bytes:
    """Products with their references in Sala's own layout, as "xlsx" or "csv".

    Without `private` it leaves out what is between a firm and the office. `photos` are small JPEGs by the place of
    their product, counted from 0; a workbook shows them in its column of pictures.
    """
    fields = fields_of(sector, kind, private=private)
    rows = [[cells.get(field.key, "") for field in fields] for cells in (cells_of(*each, sector) for each in products)]
    return _as_workbook(fields, rows, sector, photos or {}) if kind == "xlsx" else _as_text(fields, rows)


def example(sector: Sector) -> Content:
    """A made-up product that shows how each column is filled."""
    return Content(
        name=EXAMPLE_NAME.get(sector.key, sector.name),
        summary=EXAMPLE_SUMMARY,
        category=sector.categories[0].key,
        materials=[sector.materials[0].key],
        techniques=[sector.techniques[0].key],
        minimum_order=5,
        lead_time_days=30,
        monthly_capacity=40,
        sample_available=True,
        hs_code=sector.categories[0].hs_code,
        tiers=(Tier(5, Decimal(42)), Tier(50, Decimal(38))),
        net_weight_g=Decimal(412) if sector.priced_by_metal else None,
        fineness=925 if sector.priced_by_metal else None,
        details={
            key.removeprefix(DETAILS): _example_answer(sector.asked[key])
            for key in sector.publishing
            if key.startswith(DETAILS)
        },
    )


def _example_answer(asked: Detail) -> Any:
    """An answer to what a product of the sector must say to be shown."""
    if asked.must is not None:
        return asked.must
    answers = {"choice": asked.choices[:1], "number": int(asked.most or 1), "yes-no": True, "date": "2026-01-31"}
    answer = answers.get(asked.kind, asked.hint.en or asked.label.en)
    return answer[0].key if isinstance(answer, tuple) else answer


# -- text of values --


def _names(terms: Iterable[Term], keys: Iterable[str]) -> str:
    """Lao names where they are one word for the reader, else keys: a name with "and" in it would come apart."""
    by_key = {term.key: term.name.lo for term in terms}
    listed = [key for key in keys if key in by_key]
    if len(listed) == 1:
        return by_key[listed[0]]
    return ", ".join(listed)


def _prices(content: Content, sector: Sector) -> dict[str, str]:
    first = "making_charge" if sector.priced_by_metal else "price"
    places = (("", first), ("price_2_from", "price_2"), ("price_3_from", "price_3"))
    said = {"currency": content.currency}
    for (from_key, key), tier in zip(places, content.tiers, strict=False):
        said[key] = _clear(tier.amount)
        if from_key:
            said[from_key] = str(tier.quantity)
    return said


def _detail(value: Any, key: str, sector: Sector) -> str:
    detail = next(each for each in sector.details if each.key == key)
    if detail.kind == "choice":
        return next((choice.name.lo for choice in detail.choices if choice.key == value), str(value))
    if detail.kind == "yes-no":
        return str(words()["answers"]["yes" if value else "no"]["lo"])
    return str(value)


def _plain(value: Any, field: Field) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    number = Decimal(value)
    if field.shown and field.base:
        known = units(field.measure)
        number = number * known[field.base].size / known[field.shown].size
    return _clear(number)


def _clear(number: Decimal) -> str:
    """A number that reads one way only: 1.250 is written 1.25, and 12.125 as 12.1250."""
    written = plain_number(number, "en")
    whole, point, decimals = written.partition(".")
    return f"{whole}.{decimals}0" if point and len(decimals) == 3 else written


# -- files --


def _as_text(fields: list[Field], rows: list[list[str]]) -> bytes:
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for language in BOTH:
        writer.writerow([heading(field, language) for field in fields])
    writer.writerows([harmless(text) for text in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _as_workbook(fields: list[Field], rows: list[list[str]], sector: Sector, photos: Mapping[int, bytes]) -> bytes:
    written = BytesIO()
    with Workbook(
        written,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    ) as workbook:
        workbook.set_size(2400, 1400)
        sheet = workbook.add_worksheet(phrase("products-sheet", "lo"))
        values = workbook.add_worksheet(phrase("values-sheet", "lo"))
        text = workbook.add_format(TEXT_LOOK)
        looks = [
            workbook.add_format({**TEXT_LOOK, "bold": True, "bg_color": colour}) for colour in ("#DDE6EC", "#EEF2F5")
        ]
        for column, field in enumerate(fields):
            sheet.set_column(column, column, field.width, text)
            for row, (language, look) in enumerate(zip(BOTH, looks, strict=True)):
                sheet.write_string(row, column, heading(field, language), look)
        for row, cells in enumerate(rows, start=2):
            for column, said in enumerate(cells):
                sheet.write_string(row, column, said, text)
        sheet.freeze_panes(2, 1)
        _place(sheet, next(column for column, field in enumerate(fields) if field.kind == "picture"), photos)
        _write_values(workbook, values, fields, sector, sheet)
    return written.getvalue()


def _place(sheet: Any, column: int, photos: Mapping[int, bytes]) -> None:
    """Small pictures, each within its cell, marked so that an import does not take them for photographs."""
    for place, photo in photos.items():
        sheet.set_row(2 + place, PHOTO_POINTS + 4)
        options = {"image_data": BytesIO(photo), "object_position": 1, "x_offset": 3, "y_offset": 3}
        scale = PHOTO_POINTS / PHOTO_PIXELS * 96 / 72
        options |= {"x_scale": scale, "y_scale": scale, "description": OWN_MARK}
        sheet.insert_image(2 + place, column, f"{place}.jpg", options)


def _write_values(workbook: Workbook, values: Any, fields: list[Field], sector: Sector, sheet: Any) -> None:
    """The second sheet: each column's words, which the first sheet then offers as a list without insisting."""
    bold, text = workbook.add_format({**TEXT_LOOK, "bold": True}), workbook.add_format(TEXT_LOOK)
    for column, key in enumerate(("column-field", "column-key", "column-lo", "column-en")):
        values.write_string(0, column, " / ".join(phrase(key, language) for language in BOTH), bold)
        values.set_column(column, column, 34 if column != 1 else 22)
    values.freeze_panes(1, 0)
    at = 1
    for column, field in enumerate(fields):
        choices = _choices(field, sector)
        for row, (key, name) in enumerate(choices, start=at):
            for place, said in enumerate((" / ".join((field.name.lo, field.name.en)), key, name.lo, name.en)):
                values.write_string(row, place, said, text)
        if choices:
            offered = f"='{values.get_name()}'!$C${at + 1}:$C${at + len(choices)}"
            sheet.data_validation(2, column, ROOM, column, {"validate": "list", "source": offered, "show_error": False})
        at += len(choices)


def _choices(field: Field, sector: Sector) -> list[tuple[str, Bilingual]]:
    """The words that a column takes, by key; none for free text and numbers."""
    lists: dict[str, tuple[Term, ...]] = {
        "category": sector.categories,
        "materials": sector.materials,
        "techniques": sector.techniques,
    }
    common = {"unit": "units", "currency": "currencies", "yes-no": "answers", "detail-yes-no": "answers"}
    if field.kind in common:
        return [(key, Bilingual(row["lo"], row["en"])) for key, row in words()[common[field.kind]].items()]
    terms = field.detail.choices if field.detail else lists.get(field.kind, ())
    return [(term.key, term.name) for term in terms]
