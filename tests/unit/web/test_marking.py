"""What was searched for is marked in the names found."""

import pytest

from catalogue.web.marking import marked


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("Footed bowl, scrolls and lotus", "lotus", "Footed bowl, scrolls and <mark>lotus</mark>"),
        ("Betel box, lotus-bud lid", "LOTUS boxes", "Betel <mark>box</mark>, <mark>lotus</mark>-bud lid"),
        ("ແອບໝາກເງິນ ຝາດອກບົວ", "ບົວ", "ແອບໝາກເງິນ ຝາດອກ<mark>ບົວ</mark>"),
        ("ຂັນເງິນ", "ຂັນເງິນ", "<mark>ຂັນເງິນ</mark>"),
        ("Bowl", "tray", "Bowl"),
        ("ເຂົ້າໜຽວດຳ", "ເຂົ້າຫນຽວ", "<mark>ເຂົ້າໜຽວ</mark>ດຳ"),
        ("ລາຍຫຼວງພະບາງ", "ຫລວງພະບາງ", "ລາຍ<mark>ຫຼວງພະບາງ</mark>"),
        ("ນ້ຳໜັກ", "ນໍ້າຫນັກ", "<mark>ນ້ຳໜັກ</mark>"),
        ("Woven cloth, repoussé", "weaving repousse", "<mark>Woven</mark> cloth, <mark>repoussé</mark>"),
        ("Silverware", "silver", "<mark>Silverware</mark>"),
        ("ຂັນເງິນ and a lotus bowl", "lotus ຂັນ", "<mark>ຂັນ</mark>ເງິນ and a <mark>lotus</mark> bowl"),
        ("<b>Bowl</b>", "bowl", "&lt;b&gt;<mark>Bowl</mark>&lt;/b&gt;"),
        ("A.*bowl", ".*", "A.*bowl"),
    ],
)
def test_marks(name, query, expected):
    assert marked(name, query) == expected
