"""Reading a sector's data file: every mistake in it is named by its file, its key and what is wrong."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from catalogue.consortia.trade import (
    DETAILS,
    Certificate,
    Condition,
    Detail,
    Group,
    Limit,
    Question,
    Rule,
    Sector,
    Term,
)
from catalogue.text import LANGUAGES, Bilingual

COMMON = Path(__file__).parent / "fields.toml"
KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LONGEST_KEY = 40
OWN_KINDS = ("text", "words", "number", "yes-no", "choice", "date")
KINDS = (*OWN_KINDS, "size", "amount", "currency", "country", "unit", "tiers", "category", "materials", "techniques")
GIVERS = ("member", "office")
SIDES = ("name", "summary")  # needed as "name": in either language

Made = TypeVar("Made")


class BadSectorFile(Exception):
    """A sector's file cannot be used; `problems` holds pairs of a key in it and what is wrong there."""

    def __init__(self, path: Path, problems: list[tuple[str, str]]) -> None:
        lines = [f"{path.name}: {key}: {what}" if key else f"{path.name}: {what}" for key, what in problems]
        super().__init__("\n".join(lines))
        self.path, self.problems = path, problems


def read_sector(path: Path) -> Sector:
    """Read a sector's data file. Raises `BadSectorFile`, or `FileNotFoundError` where there is none."""
    made, problems = _Reading(_tables(path)).sector()
    if made.key != path.stem and not problems:
        problems.append(("key", f"is {made.key!r}, but the file is named {path.name}"))
    if problems:
        raise BadSectorFile(path, problems)
    return made


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadSectorFile(path, [("", f"is no TOML: {problem}")]) from None


@dataclass(frozen=True)
class Common:
    """What every sector asks, needs by step ("metal": where the price stands on it) and leaves to the office."""

    fields: tuple[Detail, ...]
    metal_only: frozenset[str]
    needed: Mapping[str, tuple[str, ...]]
    groups: tuple[Group, ...]


@cache
def common() -> Common:
    """What is common to all sectors. Raises `BadSectorFile`."""
    table = _tables(COMMON)
    metal_only = frozenset(row["key"] for row in table["fields"] if row.pop("metal_only", False))
    reading = _Reading(table)
    fields, groups = reading.rows("fields", reading.shared, table), reading.rows("groups", reading.group, table)
    if reading.problems:
        raise BadSectorFile(COMMON, reading.problems)
    return Common(fields, metal_only, {step: tuple(keys) for step, keys in table["needed"].items()}, groups)


class _Reading:
    """One file being read; what is wrong in it gathers on the way, so that all of it is told at once."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self.problems: list[tuple[str, str]] = []

    def sector(self) -> tuple[Sector, list[tuple[str, str]]]:
        """The sector, as far as it could be read, and what is wrong."""
        top = self.table
        known = {"key", "name", "sort", "priced_by_metal", "weights", "fields", "needed", "categories", "materials"}
        known |= {"techniques", "details", "certificates", "questions", "groups", "conditions", "rules"}
        self.only(top, "", known)
        is_metal = self.value(top, "", "priced_by_metal", bool, False)
        needed, groups = self.steps(is_metal), self.rows("groups", self.group, top)
        made = Sector(
            key=self.key(top, ""),
            name=self.words(top, "", "name"),
            sort=self.value(top, "", "sort", int, 99),
            priced_by_metal=is_metal,
            categories=self.rows("categories", self.term, top, at_least_one=True),
            materials=self.rows("materials", self.term, top, at_least_one=True),
            techniques=self.rows("techniques", self.term, top, at_least_one=True),
            details=self.rows("details", self.detail, top),
            certificates=self.rows("certificates", self.certificate, top),
            weights=tuple(self.listed(top, "", "weights", int)),
            fields=self.fields(is_metal),
            questions=self.rows("questions", self.question, top, at_least_one=True),
            groups=(*groups, *(each for each in common().groups if each.key not in {own.key for own in groups})),
            sending=needed["sending"],
            publishing=needed["publishing"],
            conditions=tuple(self.condition(row, at) for row, at in self.tables(top, "conditions")),
            rules=self.rows("rules", self.rule, top),
        )
        if not self.problems:
            self.look_up(made)
        return made, self.problems

    # -- parts --

    def fields(self, is_metal: bool) -> tuple[Detail, ...]:
        """The common fields, with the words and limits that this sector gives them."""
        own = self.value(self.table, "", "fields", dict, {})
        asked = [each for each in common().fields if is_metal or each.key not in common().metal_only]
        for key in own.keys() - {each.key for each in asked}:
            self.wrong(f"fields.{key}", "is no field that this sector asks")
        return tuple(self.reworded(each, own[each.key]) if each.key in own else each for each in asked)

    def reworded(self, known: Detail, row: Any) -> Detail:
        """A common field in this sector's words."""
        at = f"fields.{known.key}"
        if not isinstance(row, dict):
            self.wrong(at, "must be a table")
            return known
        self.only(row, at, {"label", "hint", "unit", "least", "most", "places", "by"})
        return self.bounded(
            replace(
                known,
                label=self.words(row, at, "label", known.label),
                hint=self.words(row, at, "hint", known.hint),
                unit=self.words(row, at, "unit", known.unit),
                by=self.one_of(row, at, "by", GIVERS, known.by),
            ),
            row,
            at,
        )

    def term(self, row: dict[str, Any], at: str) -> Term:
        """A category, material, technique or choice."""
        self.only(row, at, {"key", "name", "classifier", "hs_code", "icon"})
        return Term(
            self.key(row, at),
            self.words(row, at, "name"),
            self.words(row, at, "classifier", Bilingual()),
            self.value(row, at, "hs_code", str, ""),
            self.value(row, at, "icon", str, ""),
        )

    def detail(self, row: dict[str, Any], at: str) -> Detail:
        """What only this sector asks."""
        return self.asked(row, at, OWN_KINDS)

    def shared(self, row: dict[str, Any], at: str) -> Detail:
        """What every sector asks."""
        return self.asked(row, at, KINDS)

    def asked(self, row: dict[str, Any], at: str, kinds: tuple[str, ...]) -> Detail:
        """One thing that is asked of a product."""
        known = {"key", "label", "kind", "choices", "hint", "unit", "least", "most", "places", "longest", "pattern"}
        self.only(row, at, known | {"language", "by", "public", "must"})
        kind = self.one_of(row, at, "kind", kinds)
        choices = self.rows("choices", self.term, row, at, at_least_one=kind == "choice")
        made = Detail(
            key=self.key(row, at),
            label=self.words(row, at, "label"),
            kind=kind,
            choices=choices,
            hint=self.words(row, at, "hint", Bilingual()),
            unit=self.words(row, at, "unit", Bilingual()),
            longest=self.value(row, at, "longest", int, 240),
            pattern=self.pattern(row, at),
            language=self.one_of(row, at, "language", ("", *LANGUAGES), ""),
            by=self.one_of(row, at, "by", GIVERS, "member"),
            is_public=self.value(row, at, "public", bool, True),
            must=row.get("must"),
        )
        if made.must is not None and not could_be(made, made.must):
            self.wrong(f"{at}.must", f"{made.must!r} is no answer to this")
        return self.bounded(made, row, at)

    def bounded(self, detail: Detail, row: dict[str, Any], at: str) -> Detail:
        """The same with the limits of its number."""
        least, most = (self.number(row, at, name, getattr(detail, name)) for name in ("least", "most"))
        if least is not None and most is not None and least > most:
            self.wrong(f"{at}.most", f"{most} is less than the least, {least}")
        return replace(detail, least=least, most=most, places=self.value(row, at, "places", int, detail.places))

    def certificate(self, row: dict[str, Any], at: str) -> Certificate:
        """A kind of paper."""
        self.only(row, at, {"key", "name", "proof", "details"})
        details = tuple(self.listed(row, at, "details", str))
        return Certificate(
            self.key(row, at), self.words(row, at, "name"), self.value(row, at, "proof", str, ""), details
        )

    def question(self, row: dict[str, Any], at: str) -> Question:
        """One of the first questions."""
        self.only(row, at, {"key", "label", "fields", "hint", "unit"})
        hint, unit = self.words(row, at, "hint", Bilingual()), self.words(row, at, "unit", Bilingual())
        fields = tuple(self.listed(row, at, "fields", str, at_least_one=True))
        return Question(self.key(row, at), self.words(row, at, "label"), fields, hint, unit)

    def group(self, row: dict[str, Any], at: str) -> Group:
        """Fields asked together later."""
        self.only(row, at, {"key", "title", "fields", "hint", "by"})
        fields = tuple(self.listed(row, at, "fields", str, at_least_one=True))
        hint = self.words(row, at, "hint", Bilingual())
        return Group(
            self.key(row, at), self.words(row, at, "title"), fields, hint, self.one_of(row, at, "by", GIVERS, "member")
        )

    def steps(self, is_metal: bool) -> dict[str, tuple[str, ...]]:
        """What a step needs: what every sector needs, and what this one adds."""
        row = self.value(self.table, "", "needed", dict, {})
        self.only(row, "needed", {"sending", "publishing"})
        known, metal = common().needed, common().needed["metal"] if is_metal else ()
        return {
            "sending": tuple(dict.fromkeys([*known["sending"], *self.listed(row, "needed", "sending", str)])),
            "publishing": tuple(
                dict.fromkeys([*known["publishing"], *metal, *self.listed(row, "needed", "publishing", str)])
            ),
        }

    def condition(self, row: dict[str, Any], at: str) -> Condition:
        """What is needed besides where a field says something."""
        self.only(row, at, {"field", "is", "needs"})
        if not isinstance(row.get("is"), str | int | float):
            self.wrong(f"{at}.is", "must be words, a number, true or false")
        needs = tuple(self.listed(row, at, "needs", str, at_least_one=True))
        return Condition(self.value(row, at, "field", str, ""), row.get("is"), needs)

    def rule(self, row: dict[str, Any], at: str) -> Rule:
        """A dated rule of trade."""
        known = {"key", "text", "source", "issued_on", "checked_on", "fields", "categories", "limits", "answer"}
        self.only(row, at, known)
        return Rule(
            key=self.key(row, at),
            text=self.words(row, at, "text"),
            source=self.words(row, at, "source"),
            issued_on=self.day(row, at, "issued_on"),
            checked_on=self.day(row, at, "checked_on"),
            fields=tuple(self.listed(row, at, "fields", str)),
            categories=tuple(self.listed(row, at, "categories", str)),
            limits=tuple(self.limit(each, place) for each, place in self.tables(row, "limits", at)),
            answer=self.value(row, at, "answer", str, ""),
        )

    def limit(self, row: dict[str, Any], at: str) -> Limit:
        """The least and most that a rule allows."""
        self.only(row, at, {"field", "least", "most"})
        least, most = self.number(row, at, "least"), self.number(row, at, "most")
        return Limit(self.value(row, at, "field", str, ""), least, most)

    # -- what is named elsewhere must be there --

    def look_up(self, made: Sector) -> None:
        """Every field, category and detail that the file names is one that it knows."""
        asked, details = set(made.asked), {each.key for each in made.details}
        for at, names, known in self.named(made, asked, details):
            for name in names:
                if name not in known:
                    self.wrong(at, f"{name!r} is not asked in this sector")
        for index, each in enumerate(made.conditions):
            if each.field in asked and not could_be(made.asked[each.field], each.value):
                self.wrong(f"conditions[{index}].is", f"{each.value!r} is no answer to {each.field}")

    def named(self, made: Sector, asked: set[str], details: set[str]) -> list[tuple[str, tuple[str, ...], set[str]]]:
        """Where names stand in the file, which, and which there could be."""
        needable = asked | set(SIDES) | {"photos"}
        found = [("needed.sending", made.sending, needable), ("needed.publishing", made.publishing, needable)]
        for index, paper in enumerate(made.certificates):
            at = f"certificates[{index}]"
            found += [(f"{at}.proof", (paper.proof,), details), (f"{at}.details", paper.details, details)]
        found += [(f"questions[{index}].fields", each.fields, asked) for index, each in enumerate(made.questions)]
        found += [(f"groups[{index}].fields", each.fields, asked) for index, each in enumerate(made.groups)]
        for index, when in enumerate(made.conditions):
            at = f"conditions[{index}]"
            found += [(f"{at}.field", (when.field,), asked), (f"{at}.needs", when.needs, needable)]
        categories = {each.key for each in made.categories}
        for index, rule in enumerate(made.rules):
            at = f"rules[{index}]"
            found += [(f"{at}.fields", rule.fields, asked), (f"{at}.categories", rule.categories, categories)]
            found += [(f"{at}.limits", tuple(each.field for each in rule.limits), asked)]
            found += [(f"{at}.answer", (rule.answer,) if rule.answer else (), asked)]
        return found

    # -- values --

    def wrong(self, at: str, what: str) -> None:
        """Remember what is wrong at a key."""
        self.problems.append((at, what))

    def only(self, row: dict[str, Any], at: str, known: set[str]) -> None:
        """Tell of keys that nobody reads: a slip of the pen would be lost otherwise."""
        for name in sorted(row.keys() - known):
            self.wrong(_under(at, name), "is not known here")

    def value(self, row: dict[str, Any], at: str, name: str, kind: type[Made], default: Made) -> Made:
        """A value of one kind."""
        given = row.get(name, default)
        if isinstance(given, kind) and (kind is not int or not isinstance(given, bool)):
            return given
        self.wrong(_under(at, name), f"must be {WORDS_FOR[kind]}")
        return default

    def key(self, row: dict[str, Any], at: str) -> str:
        """The key of a row."""
        key = row.get("key")
        if isinstance(key, str) and KEY.fullmatch(key) and len(key) <= LONGEST_KEY:
            return key
        self.wrong(_under(at, "key"), "must be a word of a-z, 0-9, - and _, of at most 40 letters")
        return ""

    def words(self, row: dict[str, Any], at: str, name: str, default: Bilingual | None = None) -> Bilingual:
        """Words in both languages; needed where there is no default."""
        given = row.get(name)
        if given is None and default is not None:
            return default
        sides = given if isinstance(given, dict) and given.keys() == set(LANGUAGES) else {}
        if sides and all(isinstance(text, str) and text.strip() for text in sides.values()):
            return Bilingual(**sides)
        self.wrong(_under(at, name), 'must say both languages: { lo = "…", en = "…" }')
        return default or Bilingual()

    def one_of(self, row: dict[str, Any], at: str, name: str, known: tuple[str, ...], default: str = "") -> str:
        """One of a few words."""
        given = row.get(name, default)
        if isinstance(given, str) and given in known:
            return given
        self.wrong(_under(at, name), f"{given!r} is none of: {', '.join(filter(None, known))}")
        return default

    def number(self, row: dict[str, Any], at: str, name: str, default: Decimal | None = None) -> Decimal | None:
        """A number, exactly."""
        given = row.get(name)
        if given is None:
            return default
        number = Decimal(str(given)) if type(given) in {int, float} else Decimal("NaN")
        if number.is_finite():
            return number
        self.wrong(_under(at, name), "must be a number")
        return default

    def day(self, row: dict[str, Any], at: str, name: str) -> date:
        """A day."""
        given = row.get(name)
        if isinstance(given, date) and not isinstance(given, datetime):
            return given
        self.wrong(_under(at, name), "must be a date, like 2026-11-22")
        return date.min

    def pattern(self, row: dict[str, Any], at: str) -> str:
        """A pattern that a text must match."""
        given = self.value(row, at, "pattern", str, "")
        try:
            re.compile(given)
        except re.error as problem:
            self.wrong(_under(at, "pattern"), f"is no pattern: {problem}")
            return ""
        return given

    def listed(
        self, row: dict[str, Any], at: str, name: str, kind: type[Made], *, at_least_one: bool = False
    ) -> list[Made]:
        """A list of values of one kind, none twice."""
        given = row.get(name, [])
        if not isinstance(given, list) or not all(type(each) is kind for each in given):
            self.wrong(_under(at, name), f"must be a list, each {WORDS_FOR[kind]}")
            return []
        if at_least_one and not given:
            self.wrong(_under(at, name), "must name at least one")
        if len(set(given)) < len(given):
            self.wrong(_under(at, name), "names one thing twice")
        return given

    def tables(self, row: dict[str, Any], name: str, at: str = "") -> list[tuple[dict[str, Any], str]]:
        """The tables of a list, each with its place in the file: "details[3]"."""
        given, place = row.get(name, []), _under(at, name)
        if isinstance(given, list) and all(isinstance(each, dict) for each in given):
            return [(each, f"{place}[{index}]") for index, each in enumerate(given)]
        self.wrong(place, "must be a list of tables")
        return []

    def rows(
        self,
        name: str,
        make: Callable[[dict[str, Any], str], Made],
        row: dict[str, Any],
        at: str = "",
        *,
        at_least_one: bool = False,
    ) -> tuple[Made, ...]:
        """What the tables of a list make, no key twice."""
        tables = self.tables(row, name, at)
        if at_least_one and not tables and not self.problems:
            self.wrong(_under(at, name), "must have at least one")
        made = [make(each, place) for each, place in tables]
        keys = [each.key for each in made]  # type: ignore[attr-defined]
        for (_each, place), key in zip(tables, keys, strict=True):
            if key and keys.count(key) > 1:
                self.wrong(f"{place}.key", f"{key!r} stands there twice")
        return tuple(made)


WORDS_FOR: Mapping[type, str] = {bool: "true or false", int: "a whole number", str: "words", dict: "a table"}


def could_be(detail: Detail, value: Any) -> bool:
    """Whether a value is an answer to what is asked."""
    if detail.kind in {"choice", "category"}:
        return isinstance(value, str) and (detail.kind == "category" or value in {each.key for each in detail.choices})
    if detail.kind == "yes-no":
        return isinstance(value, bool)
    return isinstance(value, str | int | float)


def is_detail(key: str) -> bool:
    """Whether a key of `Sector.asked` names what this sector alone asks."""
    return key.startswith(DETAILS)


def _under(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
