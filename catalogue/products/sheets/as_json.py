"""What was found in a sheet, as plain JSON and back: how the process that reads strange files answers, how rows wait.

Nothing here runs what it reads: no pickle, no names of classes, and every value is made anew.
"""

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from catalogue.products.content import Content, Tier
from catalogue.products.sheets.checking import Checked
from catalogue.products.sheets.findings import Finding, Level, sentence
from catalogue.text import Bilingual

MOST_FINDINGS = 30  # of one row
LONGEST_TEXT = 300  # of what a finding repeats
DECIMALS = frozenset(each.name for each in fields(Content) if "Decimal" in str(each.type))


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding, with what it repeats of the sheet cut short."""
    return {
        "code": finding.code,
        "reference": finding.reference,
        "heading": finding.heading[:LONGEST_TEXT],
        "read": finding.read[:LONGEST_TEXT],
        "column": finding.column,
        "about": {name: _said(value) for name, value in finding.about.items()},
    }


def finding_of(data: dict[str, Any]) -> Finding:
    """The finding again. Raises `KeyError` for a code that nobody wrote."""
    sentence(data["code"])
    about = {name: _meant(value) for name, value in data["about"].items()}
    return Finding(data["code"], data["reference"], data["heading"], data["read"], data["column"], about)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of a row that are told, in their order; where there are very many, errors before the others."""
    listed = list(findings)
    if len(listed) <= MOST_FINDINGS:
        return listed
    told = sorted(range(len(listed)), key=lambda at: (listed[at].level < Level.ERROR, at))[:MOST_FINDINGS]
    return [listed[at] for at in sorted(told)]


def checked_json(row: Checked, photos: list[int]) -> dict[str, Any]:
    """One row with the numbers of its pictures."""
    return {
        "number": row.number,
        "reference": row.reference,
        "content": content_json(row.content),
        "findings": [finding_json(each) for each in worst_first(row.findings)],
        "photos": photos,
    }


def checked_of(data: dict[str, Any]) -> Checked:
    """The row again."""
    findings = tuple(map(finding_of, data["findings"]))
    return Checked(int(data["number"]), str(data["reference"]), content_of(data["content"]), findings)


def content_json(content: Content) -> dict[str, Any]:
    """All that is said of a product, in an order that never changes."""
    return {each.name: _plain(getattr(content, each.name)) for each in fields(Content)}


def content_of(data: dict[str, Any]) -> Content:
    """What is said of a product again. Raises `KeyError` or `TypeError` where it is not whole."""
    given = {each.name: data[each.name] for each in fields(Content)}
    for name in DECIMALS:
        given[name] = None if given[name] is None else Decimal(given[name])
    for name in ("name", "summary", "description", "care"):
        given[name] = Bilingual(*given[name])
    given["tiers"] = tuple(Tier(int(quantity), Decimal(amount)) for quantity, amount in given["tiers"])
    return Content(**given)


def _plain(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return [value.lo, value.en]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [[tier.quantity, str(tier.amount)] for tier in value]
    return value


def _said(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return {"lo": value.lo[:LONGEST_TEXT], "en": value.en[:LONGEST_TEXT]}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    if isinstance(value, bool | int):
        return value
    return [_said(each) for each in list(value)[:100]]


def _meant(value: Any) -> Any:
    if isinstance(value, dict):
        return Decimal(value["decimal"]) if "decimal" in value else Bilingual(value["lo"], value["en"])
    if isinstance(value, list):
        return [_meant(each) for each in value]
    return value
