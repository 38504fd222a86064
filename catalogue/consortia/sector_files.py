"""Reading a sector's data file: every mistake in it is named by its file, its key and what is wrong."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.consortia.sector_names import could_be, unknown_names
from catalogue.consortia.sector_values import Values
from catalogue.consortia.trade import (
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
OWN_KINDS = ("text", "words", "number", "yes-no", "choice", "date")
KINDS = (*OWN_KINDS, "size", "amount", "currency", "country", "unit", "tiers", "category", "materials", "techniques")
GIVERS = ("member", "office")


class BadSectorFile(Exception):
    """Files of sectors cannot be used; `problems` are triples of a file's name, a key in it and what is wrong there."""

    def __init__(self, problems: Iterable[tuple[str, str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(": ".join(filter(None, each)) for each in self.problems))


def refused(path: Path, problems: Iterable[tuple[str, str]]) -> BadSectorFile:
    """The refusal of one file, for what is wrong at each of its keys."""
    return BadSectorFile((path.name, key, what) for key, what in problems)


def read_sector(path: Path) -> Sector:
    """Read a sector's data file. Raises `BadSectorFile`, or `FileNotFoundError` where there is none."""
    return sector_of(_tables(path), path)


def sector_of(table: dict[str, Any], path: Path) -> Sector:
    """The sector that a file's tables tell of. Raises `BadSectorFile`, which names everything that is wrong."""
    made, problems = _Reading(table).sector()
    if made.key != path.stem and not problems:
        problems.append(("key", f"is {made.key!r}, but the file is named {path.name}"))
    if problems:
        raise refused(path, problems)
    return made


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise refused(path, [("", f"is no TOML: {problem}")]) from None


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
        raise refused(COMMON, reading.problems)
    return Common(fields, metal_only, {step: tuple(keys) for step, keys in table["needed"].items()}, groups)


class _Reading(Values):
    """A sector's file, part by part."""

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
            self.problems += unknown_names(made)
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
