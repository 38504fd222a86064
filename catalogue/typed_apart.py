"""Words typed letter by letter to pass unseen: "n o y @ g m a i l . c o m"."""

import re
from collections.abc import Iterator

from catalogue.spans import Span

APART = "[ _*~·-]{1,2}"
SPOKEN = {"at": "@", "arobase": "@", "dot": ".", "point": "."}
SIGN = rf"(?:{'|'.join(SPOKEN)}|[A-Za-z0-9@.])(?![A-Za-z0-9])"
ENDING = rf"(?:(?:(?<=\.)|(?<=dot)|(?<=point)){APART}|{APART}\.)[A-Za-z]{{2,10}}(?![A-Za-z0-9])"
ROW = re.compile(
    rf"(?<![A-Za-z0-9@.]){SIGN}(?:{APART}{SIGN}){{5,80}}+(?:{ENDING})?",
    re.IGNORECASE,
)


def typed_apart(text: str) -> Iterator[tuple[Span, str]]:
    """Rows of at least six single letters, digits or marks, each with what it reads when joined. Linear in the text."""
    for row in ROW.finditer(text):
        signs = re.split(APART, row[0])
        yield row.span(), "".join(SPOKEN.get(sign.lower(), sign) for sign in signs)
