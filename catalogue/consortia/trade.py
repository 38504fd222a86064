"""A kind of trade as its data file tells it: its words, what it asks of a product, and what it checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from catalogue.text import Bilingual

DETAILS = "details."


@dataclass(frozen=True)
class Term:
    """One word of a sector, in both languages: a category, material, technique or choice.

    A category has the `classifier` that counts its pieces, its usual HS code and the name of its `icon`.
    """

    key: str
    name: Bilingual
    classifier: Bilingual = Bilingual()
    hs_code: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Detail:
    """One thing that is asked of a product: a field that every sector has, or one of this sector alone.

    `kind` is one of `sector_files.KINDS`. A number lies from `least` to `most` and has at most `places` decimals; a
    text has at most `longest` letters, is written in `language` ("" for either) and matches `pattern` from end to end.
    `by` says who gives it: "member" or "office". `must` is the only answer that may be published, where there is one.
    """

    key: str
    label: Bilingual
    kind: str
    choices: tuple[Term, ...] = ()
    hint: Bilingual = Bilingual()
    unit: Bilingual = Bilingual()
    least: Decimal | None = None
    most: Decimal | None = None
    places: int = 4
    longest: int = 240
    pattern: str = ""
    language: str = ""
    by: str = "member"
    is_public: bool = True
    must: Any = None


@dataclass(frozen=True)
class Certificate:
    """A paper on a product: the details that tell of it, in their order. It is there where `proof` is said."""

    key: str
    name: Bilingual
    proof: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One of the first questions to a member, a page each: it asks for `fields`.

    In its words, as in a field's unit, "{one}" and "{many}" stand for the word that counts the product: `filled_in`.
    """

    key: str
    label: Bilingual
    fields: tuple[str, ...]
    hint: Bilingual = Bilingual()
    unit: Bilingual = Bilingual()


@dataclass(frozen=True)
class Group:
    """Fields that are asked together once the first questions are answered; `by` is "member" or "office"."""

    key: str
    title: Bilingual
    fields: tuple[str, ...]
    hint: Bilingual = Bilingual()
    by: str = "member"


@dataclass(frozen=True)
class Condition:
    """Where `field` says `value`, the listing needs `needs` as well before it is published."""

    field: str
    value: Any
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    """The least and the most that a rule allows a field to say, in the unit that the field is kept in."""

    field: str
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Rule:
    """A dated rule of trade. Where its figures are not known (no `limits`), or one is passed, the office must check.

    It holds for products of `categories` (all, where none is named). `answer` is the detail in which the office says on
    which day it checked this product: a day since `issued_on` settles the rule.
    """

    key: str
    text: Bilingual
    source: Bilingual
    issued_on: date
    checked_on: date
    fields: tuple[str, ...]
    categories: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class Sector:
    """A kind of trade: silver, silk, ... `weights` in grams part the bands that buyers choose a weight by.

    `questions` come first, a page each; `groups` follow later. `sending` and `publishing` name the fields that these
    steps need; `conditions` add to the second. Fields are named as in `asked`.
    """

    key: str
    name: Bilingual
    sort: int
    priced_by_metal: bool
    categories: tuple[Term, ...]
    materials: tuple[Term, ...]
    techniques: tuple[Term, ...]
    details: tuple[Detail, ...] = field(default=())
    certificates: tuple[Certificate, ...] = field(default=())
    weights: tuple[int, ...] = ()
    fields: tuple[Detail, ...] = ()
    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    sending: tuple[str, ...] = ()
    publishing: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    rules: tuple[Rule, ...] = ()

    @cached_property
    def asked(self) -> Mapping[str, Detail]:
        """Everything that may be said of a product, in the order of the office's form.

        The keys: "name_lo", "net_weight_g", "tiers", and "details.finish" for what this sector alone asks.
        """
        return {each.key: each for each in self.fields} | {DETAILS + each.key: each for each in self.details}

    @cached_property
    def weight_bands(self) -> tuple[str, ...]:
        """The keys of the bands between the weights of the sector, in grams: "0-50", "50-250", "250-"."""
        ends = ["0", *map(str, self.weights), ""]
        return tuple(f"{low}-{high}" for low, high in pairwise(ends))

    def category(self, key: str) -> Term | None:
        """The category with this key."""
        return _by_key(self.categories, key)

    def material(self, key: str) -> Term | None:
        """The material with this key."""
        return _by_key(self.materials, key)

    def technique(self, key: str) -> Term | None:
        """The technique with this key."""
        return _by_key(self.techniques, key)

    def certificate(self, key: str) -> Certificate | None:
        """The kind of certificate with this key."""
        return _by_key(self.certificates, key)

    def question(self, key: str) -> Question | None:
        """The first question with this key."""
        return _by_key(self.questions, key)

    def group(self, key: str) -> Group | None:
        """The group of later questions with this key."""
        return _by_key(self.groups, key)


Keyed = TypeVar("Keyed", Term, Certificate, Question, Group)


def _by_key(things: tuple[Keyed, ...], key: str) -> Keyed | None:
    return next((thing for thing in things if thing.key == key), None)


def filled_in(words: str, one: str, many: str) -> str:
    """The words of a question or unit with the word that counts the product: `one` of it, `many` of it."""
    return words.replace("{one}", one).replace("{many}", many)
