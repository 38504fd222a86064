"""What of a product is to be translated, from which language, and how each text stands: read from its version."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from catalogue.consortia.sector import Sector
from catalogue.products.models import ProductPhoto, ProductVersion
from catalogue.text import LANGUAGES, Bilingual

FIELDS = ("name", "summary", "description", "care")
ONE_LINE = frozenset({"name", "summary"})
ALT = "alt-"
DETAIL = "detail-"
LONGEST = 240
MARK = 16
UNREAD = "unread."
NAME_OR_PHOTO = {"name": UNREAD + "name_{language}", "alt": UNREAD + "photos"}


class Standing(StrEnum):
    """How a translation stands; what needs work first."""

    MISSING = "missing"
    CHANGED = "changed"
    MACHINE = "machine"
    DONE = "done"


@dataclass(frozen=True)
class Words:
    """One text of a product. `key` is "name", "alt-<photograph>" or "detail-<key>"; `said` has both languages.

    `source` is the language it was written in first, `longest` the letters that its translation may have. `before` is
    the source as it was when the translation was made, where that is known and no longer so.
    """

    key: str
    said: Bilingual
    source: str
    standing: Standing
    longest: int = LONGEST
    is_one_line: bool = True
    photo: ProductPhoto | None = None
    before: str | None = None

    @property
    def target(self) -> str:
        """The language it is translated into."""
        return other(self.source)

    @property
    def source_words(self) -> str:
        """What was written first."""
        return self.said.in_(self.source)

    @property
    def target_words(self) -> str:
        """The translation, "" where there is none."""
        return getattr(self.said, self.target) or ""

    @property
    def name(self) -> str:
        """The field without which photograph or detail: "name", "alt", "detail"."""
        return self.key.partition("-")[0]


def other(language: str) -> str:
    """The other of the two languages."""
    return "en" if language == "lo" else "lo"


def mark_of(words: str) -> str:
    """What `translated_from` keeps of a source: the same for the same words and spaces, and for nothing else."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:MARK]


def words_of(
    version: ProductVersion,
    trade: Sector,
    *,
    shown: ProductVersion | None = None,
    sources: dict[str, str] | None = None,
) -> list[Words]:
    """Every text of a version that is written in either language.

    `shown` is the version that the public sees, where this is a proposal for it: what was changed there in one language
    alone is a translation behind its source. `sources` names another language to start from, by key.
    """
    old = said_in(shown) if shown is not None and shown is not version else {}
    return [
        _words(version, key, said, trade, old.get(key), (sources or {}).get(key), photos_of(version).get(key))
        for key, said in said_in(version).items()
        if said
    ]


def unwritten(version: ProductVersion) -> list[str]:
    """The texts that stand in neither language."""
    return [key for key in FIELDS if not getattr(version, key)]


def said_in(version: ProductVersion) -> dict[str, Bilingual]:
    """The bilingual texts of a version by key: its four texts, details in both languages, alts of photographs."""
    texts: dict[str, Bilingual] = {field: getattr(version, field) for field in FIELDS}
    for key, value in version.details.items():
        if isinstance(value, dict):
            texts[DETAIL + key] = Bilingual(**{side: str(value.get(side) or "") for side in LANGUAGES})
    return texts | {key: photo.alt for key, photo in photos_of(version).items()}


def photos_of(version: ProductVersion) -> dict[str, ProductPhoto]:
    """The photographs of a version by the key of their alt, which stays the same from version to version."""
    return {ALT + photo.file.public_id: photo for photo in version.photos}


def is_machine(version: ProductVersion, key: str, language: str) -> bool:
    """Whether nobody has read this text since a machine wrote it."""
    if language not in version.machine_languages:
        return False
    marked = [each for each in version.machine_texts if each.endswith(f"_{language}")]
    return not marked or f"{key}_{language}" in marked


def unread_names(version: ProductVersion) -> list[str]:
    """Names and words of photographs by machine that nobody has read: "unread.name_en", "unread.photos". They stand in
    lists and on papers, where there is no room to mark them, so they are not published."""
    unread = [
        NAME_OR_PHOTO[key.partition("-")[0]].format(language=language)
        for language in version.machine_languages
        for key, said in said_in(version).items()
        if key.partition("-")[0] in NAME_OR_PHOTO and said.has(language) and is_machine(version, key, language)
    ]
    return list(dict.fromkeys(unread))


def source_of(version: ProductVersion, key: str, said: Bilingual) -> str:
    """The language a text was written in first: the only one filled, else the one that the other was made from; Lao."""
    if not said.is_complete:
        return "lo" if said.has("lo") else "en"
    made = [language for language in LANGUAGES if f"{key}_{language}" in version.translated_from]
    made += [language for language in LANGUAGES if is_machine(version, key, language)]
    return other(made[0]) if len(set(made)) == 1 else "lo"


def _words(
    version: ProductVersion,
    key: str,
    said: Bilingual,
    trade: Sector,
    old: Bilingual | None,
    wanted: str | None,
    photo: ProductPhoto | None,
) -> Words:
    source = wanted if wanted in LANGUAGES and said.has(wanted) else source_of(version, key, said)
    before = _before(version, key, said, source, old)
    return Words(
        key=key,
        said=said,
        source=source,
        standing=_standing(version, key, said, other(source), is_behind=before is not None),
        longest=longest_of(trade, key, other(source)),
        is_one_line=key in ONE_LINE or photo is not None,
        photo=photo,
        before=before or None,
    )


def _before(version: ProductVersion, key: str, said: Bilingual, source: str, old: Bilingual | None) -> str | None:
    """None where the translation follows its source; else the source that it was made from, "" if that is unknown."""
    target = other(source)
    if not said.is_complete:
        return None
    mark, words = version.translated_from.get(f"{key}_{target}"), getattr(said, source)
    if mark:
        is_old = old is not None and mark_of(getattr(old, source)) == mark
        return None if mark == mark_of(words) else (getattr(old, source) if is_old else "")
    if old is None or not old.is_complete or getattr(old, target) != getattr(said, target):
        return None
    return None if mark_of(getattr(old, source)) == mark_of(words) else getattr(old, source)


def _standing(version: ProductVersion, key: str, said: Bilingual, target: str, *, is_behind: bool) -> Standing:
    if not said.has(target):
        return Standing.MISSING
    if is_behind:
        return Standing.CHANGED
    return Standing.MACHINE if is_machine(version, key, target) else Standing.DONE


def longest_of(trade: Sector, key: str, language: str) -> int:
    """How many letters a text may have in a language."""
    asked = trade.asked.get(f"{key}_{language}")
    return asked.longest if asked else LONGEST
