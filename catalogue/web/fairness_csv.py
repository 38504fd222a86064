"""The figures of a record as a CSV file that is read in both languages: the same rows and names as its page shows."""

import csv
from io import StringIO

from flask import Response

from catalogue.products.sheets.formulas import harmless
from catalogue.routing.naming import Named
from catalogue.web.fairness_page import Shown

HEADS = (
    ("ຕັ້ງແຕ່", "from"),
    ("ເຖິງ", "to"),
    ("ຕົວອັກສອນ", "letter"),
    ("ຊື່ພາສາລາວ", "name in Lao"),
    ("ຊື່ພາສາອັງກິດ", "name in English"),
    ("ສ່ວນສິດ", "entitlement"),
    ("ຖືກຖາມ", "called"),
    ("ຕອບ", "answered"),
    ("ເວລາຕອບ (ຊົ່ວໂມງ)", "usual time to answer, hours"),
    ("ຄ່າແຮງ", "making charge"),
    ("ສ່ວນເທົ່າກັນ", "equal share"),
    ("ສະກຸນເງິນ", "currency"),
    ("ທຽບກັບສ່ວນເທົ່າກັນ", "against equal share"),
    ("ສົ່ງຄືນ", "handed back"),
    ("ຊ້າ", "late"),
    ("ມື້ທີ່ຢູ່ກ່ອນໝູ່ໃນລາຍການ", "days first in the catalogue"),
)


def csv_of(found: Shown) -> Response:
    """The file; numbers are plain, so that a spreadsheet can go on with them."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([" / ".join(head) for head in HEADS])
    for each in found.rows:
        writer.writerow([harmless(str(cell)) for cell in _cells(each, found)])
    answer = Response(written.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    record = found.record
    name = f"{found.consortium.slug}-{record.since.isoformat()}-{record.until.isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _cells(each: Named, found: Shown) -> list[object]:
    row, record, has_part = each.row, found.record, found.shows_part(each)
    name = row.member.name if each.is_named else None
    return [
        record.since,
        record.until,
        each.letter,
        name.lo if name else "",
        name.en if name else "",
        row.weight if has_part else "",
        row.called,
        row.answered,
        "" if row.answer_hours is None else round(row.answer_hours, 1),
        _money(row.value),
        _money(row.fair_part) if has_part else "",
        record.currency,
        _against(each) if has_part else "",
        row.handed_back,
        row.late,
        row.days_led if found.has_names or each.is_own else "",
    ]


def _money(value: object) -> str:
    return f"{value:.2f}"


def _against(each: Named) -> str:
    part = each.row.against_fair_part
    return "" if part is None else f"{part:.4f}"
