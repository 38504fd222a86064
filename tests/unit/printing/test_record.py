"""The record of a quarter stays one page, with words as words, whatever stands on it."""

import re
from datetime import date
from io import BytesIO

import pypdf
import pytest

from catalogue.media.stores import FileStore
from catalogue.printing.record_contents import Column, Decided, Mark, RecordPage
from catalogue.printing.typesetting import desk_for
from tests.unit.printing.test_typesetting import HOUSE, TRICKS

LAO = "ໂຮງຊ່າງນີ້ມີແມ່ພິມຂະໜາດທີ່ຜູ້ຊື້ຕ້ອງການຢູ່ແລ້ວ ແລະ ຕັດສິນຮ່ວມກັນ "
HASH = "a60ea2967b89a10d82d805d71f082fc9cdcb3912dd210f004467e6be7e7c526d"


def page(language="en", members=14, cases=2, words="Work", **given):
    values = {
        "language": language,
        "title": "How the work is shared: January to March 2026",
        "heading": "How the work is shared",
        "scope": "January to March 2026",
        "made_on": date(2026, 4, 2),
        "under": "38 members, shown as letters",
        "house": HOUSE,
        "figures": (("Making charge shared", "US$41,034"), ("Gini (0 is equal)", "0.30")),
        "columns_title": "Each member against an equal share",
        "columns": tuple(Column(at / members, "AB", at < members / 2) for at in range(members)),
        "marks": (Mark(0.25, ""), Mark(0.5, "US$2,000")),
        "part": Mark(0.45, "equal share US$1,900"),
        "columns_words": words[:100],
        "curve_title": "Cumulated share",
        "curve": ((0.0, 0.0), (0.5, 0.3), (1.0, 1.0)),
        "curve_words": words[:60],
        "head": ("Member", *["Usual time to answer"] * 7, "Days first in the catalogue"),
        "rows": (("AB · Workshop of the Three Lotuses", *["US$1,000"] * 8),) * members,
        "led": words[:100],
        "decided_title": "Decided otherwise than the rule",
        "decided": (Decided("26 February 2026", words, "MSC-2026-C0010"),) * cases,
        "decided_more": "and 4 more",
        "log_title": "Head of the log",
        "log_words": words[:150],
        "head_seq": 1785,
        "head_hash": HASH,
        "foot": "Example Consortium",
    }
    return RecordPage(**{**values, **given})


def read(tmp_path, content):
    with desk_for([], FileStore(tmp_path)) as desk:
        return pypdf.PdfReader(BytesIO(desk.set_record(content)))


@pytest.mark.parametrize(
    ("language", "members", "cases", "words"),
    [("en", 14, 6, "A share changed by hand. " * 9), ("lo", 20, 6, LAO * 3), ("lo", 45, 3, LAO * 3)],
)
def test_it_is_one_page_however_many_there_are(tmp_path, language, members, cases, words):
    assert len(read(tmp_path, page(language, members, cases, words)).pages) == 1


def test_words_stay_words_and_the_whole_head_of_the_log_stands_there(tmp_path):
    made = read(tmp_path, page(words=TRICKS, notice=TRICKS))
    said = re.sub(r"\s", "", made.pages[0].extract_text())
    assert HASH in said
    assert said.count(re.sub(r"\s", "", TRICKS)[:20]) >= 4
    assert made.metadata.title == "How the work is shared: January to March 2026"


def test_of_few_members_two_bars_and_no_curve(tmp_path):
    assert len(read(tmp_path, page("lo", 2, 0, curve=(), part=None, head_hash="")).pages) == 1
