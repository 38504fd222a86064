"""Text that people type: in two languages, cleaned of what nobody can see, and turned into words of an address."""

import re
import unicodedata
from dataclasses import dataclass

from catalogue import lao

LANGUAGES = ("lo", "en")


@dataclass(frozen=True)
class Bilingual:
    """One text in Lao and English, either of which may still be missing; a composite of two columns.

    A None, as an empty column gives, counts as no text. Other languages than "lo" and "en" raise ValueError.
    """

    lo: str = ""
    en: str = ""

    def __post_init__(self) -> None:
        for language in LANGUAGES:
            if getattr(self, language) is None:
                object.__setattr__(self, language, "")

    def __bool__(self) -> bool:
        return len(self.missing) < len(LANGUAGES)

    def in_(self, language: str) -> str:
        """The text in this language, else in the other: `language_of` says which it is."""
        return self._written(self.language_of(language))

    def has(self, language: str) -> bool:
        return bool(self._written(language).strip())

    def language_of(self, language: str) -> str:
        """The language `in_(language)` answers in, for the `lang` attribute; the one asked for when both miss."""
        other = "en" if language == "lo" else "lo"
        return other if not self.has(language) and self.has(other) else language

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def missing(self) -> list[str]:
        """The languages without text, Lao first."""
        return [language for language in LANGUAGES if not self.has(language)]

    def _written(self, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"no text is kept in {language!r}")
        text: str = getattr(self, language)
        return text


# -- what every typed value passes --

LINE_END = re.compile(r"\r\n?|[\x0B\x0C\x85\u2028\u2029]")
# Controls, half surrogates, zero-width and direction marks, tags. U+2060 stays: it holds a Lao name together.
UNSEEN = re.compile(
    r"[\x00-\x08\x0E-\x1F\x7F-\x9F\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2061-\u2064\u2066-\u206F\uFEFF"
    r"\uFFF9-\uFFFB\uD800-\uDFFF\uFDD0-\uFDEF\uFFFE\uFFFF\U000E0000-\U000E007F]"
)
# One no-break space after a digit was meant (12,5 ກຼ); any other came by copying and would stop the line from breaking.
MEANT_OR_SPACE = re.compile(r"((?<=\d)[\u00A0\u202F](?=\S))|\s+")
LOOKS_EMPTY = "\u115f\u1160\u3164\uffa0\u17b4\u17b5"


def clean_line(text: str | None) -> str:
    """One line as it is kept: Lao normalised, unseen characters gone, runs of space made one. None gives ""."""
    return MEANT_OR_SPACE.sub(lambda found: found[1] or " ", _seen(text)).strip()


def clean_text(text: str | None) -> str:
    """Several lines as they are kept: as `clean_line`, but line ends stay, as \\n, with one empty line at most."""
    lines = [line.rstrip() for line in _seen(text).replace("\t", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def has_visible_letter(text: str) -> bool:
    """Whether a reader sees a letter of any script: digits, marks and letters drawn as a blank do not count."""
    return any(unicodedata.category(sign)[0] == "L" and sign not in LOOKS_EMPTY for sign in text)


def _seen(text: str | None) -> str:
    return lao.normalise(UNSEEN.sub("", LINE_END.sub("\n", text or "")))


# -- addresses --

SLUG_LENGTH = 60


def slug(words: str) -> str:
    """The words for an address: a-z, 0-9 and single hyphens, 60 characters at most; "" when nothing Latin is left."""
    plain = re.sub(r"['’]", "", lao.fold(unicodedata.normalize("NFKC", words)))
    parts = re.findall(r"[a-z0-9]+", plain)
    while len("-".join(parts)) > SLUG_LENGTH and len(parts) > 1:
        parts.pop()
    return "-".join(parts)[:SLUG_LENGTH]
