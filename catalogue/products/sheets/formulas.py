"""Text that a spreadsheet program must not take for a formula (CSV injection), written so and read back."""

import re

# Full-width forms start a formula in programs of East Asia as their ASCII twins do.
STARTS_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")
# A telephone number or a negative number computes nothing and stays readable.
ONLY_A_NUMBER = re.compile(r"[+-]?[\d\u0ed0-\u0ed9][\d\u0ed0-\u0ed9 ().,/-]*")
WE_MARKED = re.compile(r"'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n])")


def harmless(text: str) -> str:
    """The text for a CSV cell: with ' before it where it would start a formula, else unchanged."""
    if STARTS_FORMULA.match(text) and not ONLY_A_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_typed(text: str) -> str:
    """The text of a CSV cell without the ' that `harmless` sets; such a ' typed by a person says the same."""
    return WE_MARKED.sub("", text, count=1) if WE_MARKED.match(text) else text
