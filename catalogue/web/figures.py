"""Figures as people read them: numbers, money, weights, sizes, dates, quantities in their own unit.

No-break spaces hold a number and its unit together.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.inquiries import terms
from catalogue.money import CURRENCIES, NBSP, Money, format_money, format_number
from catalogue.web.language import language

KILOGRAMS_FROM = 5000


def number(value: Decimal | int | None) -> str:
    """A number with its groups and decimals in the reader's language."""
    return "" if value is None else format_number(value, language())


def money(value: Money | Decimal | int | str | None, currency: str | None = None) -> str:
    """An amount in the reader's language: `money(Money)` or `money(amount, "USD")`; "" where there is none."""
    if value is None or value == "":
        return ""
    given = value if isinstance(value, Money) else Money(Decimal(value), currency if currency in CURRENCIES else "USD")
    return format_money(given, language())


def held(words: str) -> str:
    """Number and unit on one line: spaces become no-break spaces."""
    return words.replace(" ", NBSP)


def grams(weight: Decimal | int | None) -> str:
    """A weight given in grams, from 5 kg up in kilograms."""
    if weight is None:
        return ""
    if weight >= KILOGRAMS_FROM:
        return held(_("%(number)s kg", number=number(Decimal(weight) / 1000)))
    return held(_("%(number)s g", number=number(weight)))


def kilograms(weight: Decimal | int | None) -> str:
    """A weight given in kilograms."""
    return "" if weight is None else held(_("%(number)s kg", number=number(weight)))


def centimetres(*lengths_mm: Decimal | int | None) -> str:
    """Lengths given in millimetres, as "55 × 55 × 37 cm"; "" where one is missing."""
    if None in lengths_mm:
        return ""
    sizes = f"{NBSP}× ".join(number(_cm(each)) for each in lengths_mm)
    return held_last(_("%(sizes)s cm", sizes=sizes))


def held_last(words: str) -> str:
    """The unit at the end held to its number; the line may break between the sizes."""
    before, space, unit = words.rpartition(" ")
    return f"{before}{NBSP}{unit}" if space else words


def _cm(length_mm: Any) -> Decimal:
    return (Decimal(length_mm) / 10).normalize() + 0


SIZES = ("diameter_mm", "length_mm", "width_mm", "depth_mm", "height_mm")


def size_of(thing: Any, *, is_brief: bool = False) -> str:
    """The size of a version or card: "Ø 22.5 × H 13.2 cm"; length by width, and a brief size, without letters."""
    known = [(name, number(_cm(getattr(thing, name)))) for name in SIZES if getattr(thing, name) is not None]
    names = [name for name, _size in known]
    if not known:
        return ""
    if "diameter_mm" not in names and (names == ["length_mm", "width_mm"] or (is_brief and len(known) > 1)):
        return centimetres(*(getattr(thing, name) for name in names))
    labels = {
        "diameter_mm": "Ø %(size)s",
        "length_mm": _("L %(size)s"),
        "width_mm": _("W %(size)s"),
        "depth_mm": _("D %(size)s"),
        "height_mm": _("H %(size)s"),
    }
    sizes = f"{NBSP}× ".join(held(labels[name] % {"size": size}) for name, size in known)
    return held_last(_("%(sizes)s cm", sizes=sizes))


def days(count: int | None) -> str:
    """A number of days."""
    return "" if count is None else held(ngettext("%(num)s day", "%(num)s days", count))


def day(on: date | None) -> str:
    """A date: "3 November 2026", "3 ພະຈິກ 2026"."""
    return "" if on is None else format_date(on, "d MMMM y")


def pieces(count: int | None, thing: Any, consortium: Consortium) -> str:
    """A quantity of a product in its own unit: "5 pieces", "5 ໜ່ວຍ"; Lao counts each category by its classifier."""
    return "" if count is None else held(f"{number(count)} {unit_of(thing, consortium, count)}")


def unit_of(thing: Any, consortium: Consortium, count: int = 2) -> str:
    """The unit of a version or card, as it is said after `count`."""
    category = sector(consortium.sector_key).category(thing.category)
    if thing.unit != terms.DEFAULT_UNIT or category is None or not category.classifier:
        return terms.unit_after(thing.unit, count, language())
    word = category.classifier.in_(language())
    return word if language() == "lo" or count == 1 else plural(word)


def plural(word: str) -> str:
    """The plural of an English classifier: pieces, boxes."""
    return word + ("es" if word.endswith(("x", "s", "ch", "sh")) else "s")


def fineness(parts: int) -> str:
    """Parts of pure metal in a thousand: "925 ‰"."""
    return f"{parts}{NBSP}‰"
