"""Two people who wrote into the same listing."""

from dataclasses import replace
from decimal import Decimal

from catalogue.products.conflict import clashes, marks_of, with_saved
from catalogue.products.content import Content, Tier
from catalogue.text import Bilingual

SHOWN = Content(name=Bilingual("ຂັນ", "Bowl"), minimum_order=10, tiers=(Tier(10, Decimal("25.00")),))


def test_each_change_is_told_from_the_others():
    typed = replace(SHOWN, name=Bilingual("ຂັນ", "Large bowl"), minimum_order=12)
    saved = replace(SHOWN, name=Bilingual("ຂັນ", "Small bowl"), lead_time_days=30)

    found = {clash.part: clash.is_mine for clash in clashes(typed, saved, marks_of(SHOWN))}

    assert found == {"name": True, "minimum_order": True, "lead_time_days": False}


def test_equal_numbers_are_no_change():
    typed = replace(SHOWN, tiers=(Tier(10, Decimal("25")),))

    assert clashes(typed, SHOWN, marks_of(SHOWN)) == []
    assert marks_of(typed) == marks_of(SHOWN)


def test_what_is_chosen_of_the_other_is_kept_part_by_part():
    typed = replace(SHOWN, minimum_order=12, length_mm=Decimal(5), details={"finish": "polished", "mark": "925"})
    saved = replace(SHOWN, minimum_order=20, details={"finish": "satin"})

    kept = with_saved(typed, saved, ["minimum_order", "details.finish", "details.mark"])

    assert (kept.minimum_order, kept.length_mm, kept.details) == (20, Decimal(5), {"finish": "satin"})
