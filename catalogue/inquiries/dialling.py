"""A telephone number as it is dialled from abroad, for links that open a conversation with it."""

import re
import tomllib
from functools import cache

from catalogue.inquiries.terms import FOLDER
from catalogue.lao import digits_to_ascii

SHORTEST, LONGEST = 8, 15  # ITU-T E.164


def international(number: str, country: str) -> str | None:
    """The digits with the country's code in front, no plus and no noughts; None where they cannot be known for sure.

    A number without plus or 00 is one of `country` (ISO alpha-2).
    """
    written = re.sub(r"\(0\)", "", digits_to_ascii(number.strip()))
    digits = re.sub(r"[^0-9]", "", written)
    if written.lstrip("( ").startswith("+"):
        full = digits
    elif digits.startswith("00"):
        full = digits[2:]
    else:
        full = _with_code(digits, country)
    return full if SHORTEST <= len(full) <= LONGEST and not full.startswith("0") else None


def _with_code(digits: str, country: str) -> str:
    code = _codes().get(country)
    if code is None:
        return ""
    if digits.startswith(code) and len(digits) - len(code) >= SHORTEST:
        return digits
    return code + (digits if country in _without_trunk() else digits.removeprefix("0"))


@cache
def _codes() -> dict[str, str]:
    listed = tomllib.loads((FOLDER / "calling_codes.toml").read_text("utf-8"))["codes"]
    return {country: code for code, countries in listed.items() for country in countries.split()}


@cache
def _without_trunk() -> frozenset[str]:
    return frozenset(tomllib.loads((FOLDER / "calling_codes.toml").read_text("utf-8"))["without_trunk"].split())
