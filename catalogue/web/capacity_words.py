"""What a member can make, in the reader's words: what a figure is about, in which unit, and the steps it moves by."""

from dataclasses import dataclass

from flask_babel import gettext as _

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.inquiries import terms
from catalogue.money import NBSP
from catalogue.routing.capacity_models import CapacityOf
from catalogue.text import Bilingual
from catalogue.web.figures import number, unit_of
from catalogue.web.language import language


@dataclass(frozen=True)
class Counted:
    """What a figure counts: the classifier of its category in pieces, or a unit of trade."""

    category: str
    unit: str = terms.DEFAULT_UNIT


def quantity_of(count: int, category: str, unit: str, consortium: Consortium) -> str:
    """So many of a category in its own unit, held together: "40 pieces", "40 ໜ່ວຍ"."""
    return f"{number(count)}{NBSP}{unit_word(count, category, unit, consortium)}"


def unit_word(count: int, category: str, unit: str, consortium: Consortium) -> str:
    """The unit alone, as it is said after so many."""
    return unit_of(Counted(category, unit), consortium, count)


def name_of_key(of: CapacityOf, key: str, consortium: Consortium, product: Bilingual | None = None) -> str:
    """A category, a technique or a product by its name; a key that nobody knows any more as it is."""
    if of is CapacityOf.PRODUCT:
        return product.in_(language()) if product else key
    trade = sector(consortium.sector_key)
    found = trade.category(key) if of is CapacityOf.CATEGORY else trade.technique(key)
    return found.name.in_(language()) if found else key


def steps_of(figure: int) -> tuple[int, int]:
    """By how much it is moved at once, a little and a lot: 1 and 10 up to 99, 10 and 100 up to 999."""
    small = 10 ** max(0, len(str(figure)) - 2)
    return small, small * 10


def moves_of(figure: int, most: int) -> list[tuple[int, int]]:
    """The four buttons beside a figure, as (by, to): a lot less, a little less, a little more, a lot more."""
    little, lot = steps_of(figure)
    less, much_less = steps_of(figure - 1) if figure else (little, lot)
    moves = (-much_less, -less, little, lot)
    return [(by, min(most, max(0, figure + by))) for by in moves]


def words_of_move(by: int, to: str) -> str:
    """What a button does, for those who hear it."""
    if by < 0:
        return _("%(number)s fewer: %(to)s", number=number(-by), to=to)
    return _("%(number)s more: %(to)s", number=number(by), to=to)
