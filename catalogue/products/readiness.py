"""What a product still lacks, by language and by who can give it: computed from its version, never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from catalogue.consortia.trade import DETAILS, Rule, Sector
from catalogue.leaks import Leak, find_leaks
from catalogue.text import LANGUAGES

if TYPE_CHECKING:
    # Sheets are read in a process that knows no database.
    from catalogue.products.models import ProductVersion

PUBLIC_TEXTS = ("name", "summary", "description", "care")


@dataclass(frozen=True)
class Side:
    """What lacks in one language, or in what both share (facts and photographs).

    `missing` keeps it from being shown; `wanted` does not: it is said in the other language alone, or would be good to
    have. `there` counts what is said of all that is asked.
    """

    missing: tuple[str, ...]
    wanted: tuple[str, ...]
    there: int

    @property
    def asked(self) -> int:
        """How many things are asked here."""
        return self.there + len(self.missing) + len(self.wanted)

    @property
    def percent(self) -> int:
        """How much of it is there, from 0 to 100; 100 only where nothing lacks."""
        return 100 * self.there // self.asked if self.asked else 100


@dataclass(frozen=True)
class Readiness:
    """How far a version is from being shown. Fields are named as in `Sector.asked`, photographs "photos".

    `sending` lacks before a member can send it; `member` and `office` part all that is missing or wanted by who gives
    it. `rules` are those of its sector that the office must check by hand.
    """

    lo: Side
    en: Side
    both: Side
    sending: tuple[str, ...]
    member: tuple[str, ...]
    office: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that keeps it from being shown."""
        return self.lo.missing + self.en.missing + self.both.missing

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps it from being shown; contacts in its texts are looked for apart."""
        return not self.missing

    def percent(self, language: str) -> int:
        """How ready it is for readers of a language, from 0 to 100: its words and what both languages share."""
        side = self.lo if language == "lo" else self.en
        return 100 * (side.there + self.both.there) // (side.asked + self.both.asked)


def of(version: "ProductVersion", sector: Sector) -> Readiness:
    """How ready a version is, by the rules of its sector's file."""
    needed = needed_to_publish(version, sector)
    missing = [key for key in needed if not is_answered(version, key, sector)]
    wanted = _wanted(version)
    sides = {side: _side(version, needed, missing, wanted, side) for side in (*LANGUAGES, "")}
    given_by = {key: _giver(key, sector) for key in dict.fromkeys([*missing, *wanted])}
    return Readiness(
        lo=sides["lo"],
        en=sides["en"],
        both=sides[""],
        sending=tuple(missing_for_submission(version, sector)),
        member=tuple(key for key, giver in given_by.items() if giver == "member"),
        office=tuple(key for key, giver in given_by.items() if giver == "office"),
        rules=unsettled(version, sector),
    )


def missing_for_submission(version: "ProductVersion", sector: Sector) -> list[str]:
    """The fields without which a member cannot send a product to the office."""
    return [key for key in sector.sending if not is_answered(version, key, sector)]


def missing_for_publication(version: "ProductVersion", sector: Sector) -> list[str]:
    """The fields without which it cannot be shown: "name_en" and the like name one language of a text."""
    return [key for key in needed_to_publish(version, sector) if not is_answered(version, key, sector)]


def needed_to_publish(version: "ProductVersion", sector: Sector) -> tuple[str, ...]:
    """Every field that showing this version needs: some only because of what another field says."""
    more = [key for when in sector.conditions if value_of(version, when.field) == when.value for key in when.needs]
    return tuple(dict.fromkeys([*sector.publishing, *more]))


def is_answered(version: "ProductVersion", key: str, sector: Sector) -> bool:
    """Whether a field says what may stand: a word that the sector knows, its only answer where it has one."""
    value, asked = value_of(version, key), sector.asked.get(key)
    if asked and asked.must is not None:
        return bool(value == asked.must) and type(value) is type(asked.must)
    if key == "category":
        return sector.category(str(value)) is not None
    return value not in (None, "") if key.startswith(DETAILS) else bool(value)


def value_of(version: "ProductVersion", key: str) -> Any:
    """What a version says in a field that is named as in `Sector.asked`, or "photos", or a text in either language."""
    if key.startswith(DETAILS):
        return version.details.get(key.removeprefix(DETAILS))
    text, _mark, side = key.rpartition("_")
    if text in PUBLIC_TEXTS and side in LANGUAGES:
        return getattr(getattr(version, text), side).strip()
    return getattr(version, key, None)


# -- parts --


def _wanted(version: "ProductVersion") -> tuple[str, ...]:
    """Texts said in the other language alone, the words of photographs, and a photograph where there is none."""
    texts = [
        f"{text}_{side}"
        for text in ("description", "care")
        for side in getattr(version, text).missing
        if getattr(version, text)
    ]
    photos: Sequence[Any] = getattr(version, "photos", ())
    alts = [f"photo {photo.position} alt_{side}" for photo in photos for side in photo.alt.missing]
    return (*texts, *alts, *(() if photos else ("photos",)))


def _side(
    version: "ProductVersion", needed: Iterable[str], missing: Sequence[str], wanted: Sequence[str], side: str
) -> Side:
    lacking = tuple(key for key in missing if _side_of(key) == side)
    wished = tuple(key for key in wanted if _side_of(key) == side)
    there = sum(_side_of(key) == side for key in needed) - len(lacking) + _said_besides(version, side)
    return Side(lacking, wished, there)


def _said_besides(version: "ProductVersion", side: str) -> int:
    """How many of the things that are only wanted are there."""
    photos: Sequence[Any] = getattr(version, "photos", ())
    if not side:
        return int(bool(photos))
    texts = sum(getattr(version, text).has(side) for text in ("description", "care"))
    return texts + sum(photo.alt.has(side) for photo in photos)


def _side_of(key: str) -> str:
    """The language that a field is one text of; "" for what both languages share."""
    text, _mark, side = key.rpartition("_")
    return side if side in LANGUAGES and (text in PUBLIC_TEXTS or text.endswith(" alt")) else ""


def _giver(key: str, sector: Sector) -> str:
    if key.endswith("_en") and key not in sector.asked:
        return "office"
    return sector.asked[key].by if key in sector.asked else "member"


# -- rules of trade --


def unsettled(version: "ProductVersion", sector: Sector) -> tuple[Rule, ...]:
    """The rules that the office must check by hand for this version: their figures are not known, or one is passed."""
    return tuple(rule for rule in sector.rules if _applies(rule, version) and not _is_settled(rule, version))


def _applies(rule: Rule, version: "ProductVersion") -> bool:
    return not rule.categories or version.category in rule.categories


def _is_settled(rule: Rule, version: "ProductVersion") -> bool:
    checked = value_of(version, rule.answer) if rule.answer else None
    if checked and date.fromisoformat(str(checked)) >= rule.issued_on:
        return True
    said = [(limit, value_of(version, limit.field)) for limit in rule.limits]
    return bool(said) and all(
        value is not None
        and (limit.least is None or value >= limit.least)
        and (limit.most is None or value <= limit.most)
        for limit, value in said
    )


# -- contacts --


def leaks_in(version: "ProductVersion", allowed: tuple[str, ...]) -> dict[str, list[Leak]]:
    """Contacts found in what the public would read, by field ("description_lo", "photo 2 alt_en", "details.finish")."""
    found = {name: find_leaks(text, allowed) for name, text in public_texts(version).items()}
    return {name: leaks for name, leaks in found.items() if leaks}


def public_texts(version: "ProductVersion") -> dict[str, str]:
    """Every free text of a version that the public would read, by field."""
    texts = {
        f"{field}_{language}": getattr(getattr(version, field), language)
        for field in PUBLIC_TEXTS
        for language in LANGUAGES
    }
    for key, value in version.details.items():
        if isinstance(value, dict):
            texts |= {f"{DETAILS}{key}_{language}": str(value.get(language) or "") for language in LANGUAGES}
        elif isinstance(value, str):
            texts[f"{DETAILS}{key}"] = value
    for photo in version.photos:
        texts |= {f"photo {photo.position} alt_{language}": getattr(photo.alt, language) for language in LANGUAGES}
    return texts
