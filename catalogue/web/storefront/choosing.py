"""What a visitor asks of a catalogue, read from its address, and the addresses that ask for a little more or less."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from flask import request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import Certificate, Sector, Term, sector
from catalogue.extensions import db
from catalogue.products.shelf import SORTS, Choice, Shelf, shelf_of
from catalogue.products.shelf_rows import FACETS, SAMPLE, UP_TO
from catalogue.text import clean_line
from catalogue.web.content import term
from catalogue.web.figures import days, fineness, grams, held, kilograms, number
from catalogue.web.language import language

LONGEST_QUERY = 200
MOST_AT_ONCE = 6
KILOGRAM = 1000
ONE_AT_A_TIME = frozenset({*UP_TO, "sample"})
# As a buyer thinks of a piece; addresses keep the order of `FACETS`.
SHOWN = ("category", "material", "fineness", "technique", "weight", "lead", "minimum", "sample", "certificate")


@dataclass(frozen=True)
class Asked:
    """One view of a catalogue. An empty `sort` is the turn of the day, or for a search the best fit."""

    consortium: Consortium
    query: str = ""
    choice: Choice = field(default_factory=Choice)
    sort: str = ""
    page: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether everything is asked for."""
        return not self.query and not self.choice.all

    @property
    def is_kept_from_robots(self) -> bool:
        """Searches, and all but the simplest filters, are of no use to search engines."""
        return bool(self.query) or len(self.choice.all) > 1 or bool(self.sort)

    def parameters(self) -> dict[str, Any]:
        """What the address says, in its fixed order, without what is empty."""
        given = {"q": self.query, **{facet: list(self.choice.of(facet)) for facet in FACETS}}
        return {name: value for name, value in {**given, "sort": self.sort, "page": self.page}.items() if value}

    @cached_property
    def path(self) -> str:
        """The address of the whole catalogue in the language of the page."""
        return url_for("storefront.products", slug=self.consortium.slug, lang=language())

    @cached_property
    def parts(self) -> dict[str, str]:
        """What the address says, written out parameter by parameter; "" for what is empty."""
        given = {"q": (self.query,), **{facet: self.choice.of(facet) for facet in FACETS}}
        given |= {"sort": (self.sort,), "page": (self.page,)}
        return {name: written(name, values) for name, values in given.items()}

    def url(self, lang: str | None = None, **changes: Any) -> str:
        """The address of this view with changes; a change of what is shown begins at the first page."""
        changed = replace(self, **{"page": "", **changes})
        path = url_for("storefront.products", slug=self.consortium.slug, lang=lang) if lang else self.path
        return joined(path, changed.parts)

    def url_with(self, facet: str, key: str) -> str:
        """The address with one key of a facet chosen, or no longer; of lead times and minimums one holds at a time."""
        chosen = self.choice.of(facet)
        if key in chosen:
            keys = tuple(each for each in chosen if each != key)
        else:
            keys = (key,) if facet in ONE_AT_A_TIME else (*chosen, key)
        return joined(self.path, {**self.parts, facet: written(facet, keys), "page": ""})


# What `url_for` leaves as it is in a query; a list of products has fifty such links, and it takes its time for each.
UNQUOTED = "!$'()*,/:;?@"


def written(name: str, values: Iterable[str]) -> str:
    """A parameter of an address with its values."""
    return "&".join(f"{name}={quote_plus(each, safe=UNQUOTED)}" for each in values if each)


def joined(path: str, parts: dict[str, str]) -> str:
    """A whole address."""
    query = "&".join(filter(None, parts.values()))
    return f"{path}?{query}" if query else path


def asked_of(consortium: Consortium) -> Asked:
    """What the present address asks; parameters and keys that nobody knows are dropped."""
    trade, shelf = sector(consortium.sector_key), shelf_of(db.session, consortium)
    given = {facet: asked_in(facet, keys_of(facet, trade, shelf)) for facet in FACETS}
    sort = request.args.get("sort", "")
    query = clean_line(request.args.get("q", "")[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
    return Asked(consortium, query, Choice(**given), sort if sort in SORTS else "", request.args.get("page", ""))


def asked_in(facet: str, known: list[str]) -> tuple[str, ...]:
    """The keys that the address names for a facet, in their fixed order."""
    asked = request.args.getlist(facet)
    found = tuple(key for key in known if key in asked)
    return found[:1] if facet in ONE_AT_A_TIME else found


def keys_of(facet: str, trade: Sector, shelf: Shelf) -> list[str]:
    """The keys that a facet may have, in their fixed order."""
    if facet in UP_TO:
        return [str(each) for each in UP_TO[facet]]
    if facet == "fineness":
        return sorted((key for name, key in shelf.sets if name == facet), key=int, reverse=True)
    fixed: dict[str, list[str]] = {"weight": list(trade.weight_bands), "sample": [SAMPLE]}
    return fixed[facet] if facet in fixed else [each.key for each in terms_of(facet, trade)]


def terms_of(facet: str, trade: Sector) -> Iterable[Term | Certificate]:
    """The words of the sector that a facet offers."""
    offered: dict[str, tuple[Term | Certificate, ...]] = {
        "category": trade.categories,
        "material": trade.materials,
        "technique": trade.techniques,
        "certificate": trade.certificates,
    }
    return offered[facet]


def name_of(facet: str, key: str, consortium: Consortium) -> str:
    """A key in the reader's words."""
    if facet == "lead":
        return _("Up to %(days)s", days=days(int(key)))
    if facet == "minimum":
        return _("Up to %(number)s", number=number(int(key))) if key != "1" else key
    if facet == "fineness":
        return held(fineness(int(key)))
    if facet == "weight":
        return name_of_weight(key)
    return _("Can be asked for") if facet == "sample" else term(consortium.sector_key, facet, key)


def name_of_weight(key: str) -> str:
    """A band of weights: "Up to 50 g", "50–250 g", "600 g – 1 kg", "Over 1 kg"."""
    low, high = key.split("-")
    if not high:
        return _("Over %(weight)s", weight=grams_or_kilograms(int(low)))
    if low == "0":
        return _("Up to %(weight)s", weight=grams_or_kilograms(int(high)))
    if int(high) < KILOGRAM:
        return f"{number(int(low))}–{grams(int(high))}"
    return f"{grams_or_kilograms(int(low))} – {grams_or_kilograms(int(high))}"


def grams_or_kilograms(weight: int) -> str:
    """A round weight in its rounder unit."""
    return grams(weight) if weight < KILOGRAM else kilograms(Decimal(weight) / KILOGRAM)


TITLES: dict[str, LazyString] = {
    "category": _l("Kind"),
    "material": _l("Material"),
    "technique": _l("Technique"),
    "lead": _l("Lead time"),
    "fineness": _l("Fineness"),
    "weight": _l("Weight"),
    "minimum": _l("Minimum order"),
    "sample": _l("Sample"),
    "certificate": _l("Certificate"),
}


def title_of(facet: str) -> str:
    """The heading of a facet."""
    return str(TITLES[facet])


# -- filters as links --


@dataclass(frozen=True)
class Option:
    """One link of a filter, with how many products it leads to."""

    words: str
    href: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter: the links to show at once, and those behind "more"."""

    title: str
    options: list[Option]
    more: list[Option]


def groups(asked: Asked, shelf: Shelf, found: int) -> list[Group]:
    """The filters over the set `found`: only links that split what is there, and those already chosen."""
    each = [(title_of(facet), options(asked, shelf, found, facet)) for facet in SHOWN]
    return [parted(title, links) for title, links in each if links]


def parted(title: str, links: list[Option]) -> Group:
    """A long filter shows what was chosen and its largest choices, in the fixed order, and the rest behind "more"."""
    if len(links) <= MOST_AT_ONCE + 1:
        return Group(title, links, [])
    weight = {link.href: (link.is_chosen, link.count) for link in links}
    first = {link.href for link in sorted(links, key=lambda link: weight[link.href], reverse=True)[:MOST_AT_ONCE]}
    return Group(title, [one for one in links if one.href in first], [one for one in links if one.href not in first])


def options(asked: Asked, shelf: Shelf, found: int, facet: str) -> list[Option]:
    """The links of one filter, counted among what the other filters leave."""
    within = shelf.chosen(asked.choice, but=facet) & found
    counts, total = shelf.counts(facet, within), within.bit_count()
    return [
        Option(name_of(facet, key, asked.consortium), asked.url_with(facet, key), counts.get(key, 0), key in chosen)
        for chosen in [asked.choice.of(facet)]
        for key in keys_of(facet, sector(asked.consortium.sector_key), shelf)
        if key in chosen or 0 < counts.get(key, 0) < total
    ]


def chips(asked: Asked) -> list[tuple[str, str]]:
    """What was chosen, each with the address without it."""
    return [(name_of(facet, key, asked.consortium), asked.url_with(facet, key)) for facet, key in asked.choice.all]
