"""What a visitor asks of a catalogue, read from its address, and the addresses that ask for a little more or less."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import Sector, sector
from catalogue.products.shelf import SORTS, Choice, Shelf
from catalogue.products.shelf_rows import FACETS, LEAD_TIMES
from catalogue.text import clean_line
from catalogue.web.content import term
from catalogue.web.figures import days
from catalogue.web.language import language

LONGEST_QUERY = 200


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

    def url(self, lang: str | None = None, **changes: Any) -> str:
        """The address of this view with changes; a change of what is shown begins at the first page."""
        place: dict[str, Any] = {"slug": self.consortium.slug, "lang": lang or language()}
        return url_for("storefront.products", **place, **replace(self, **{"page": "", **changes}).parameters())

    def url_with(self, facet: str, key: str) -> str:
        """The address with one key of a facet chosen, or no longer chosen. Only one lead time holds at a time."""
        chosen = self.choice.of(facet)
        if key in chosen:
            keys = tuple(each for each in chosen if each != key)
        else:
            keys = (key,) if facet == "lead" else (*chosen, key)
        return self.url(choice=replace(self.choice, **{facet: keys}))


def asked_of(consortium: Consortium) -> Asked:
    """What the present address asks; parameters and keys that nobody knows are dropped."""
    trade = sector(consortium.sector_key)
    known = {facet: keys_of(facet, trade) for facet in FACETS}
    given = {facet: tuple(dict.fromkeys(filter(known[facet].__contains__, values(facet)))) for facet in FACETS}
    given["lead"] = given["lead"][:1]
    sort = request.args.get("sort", "")
    query = clean_line(request.args.get("q", "")[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
    return Asked(consortium, query, Choice(**given), sort if sort in SORTS else "", request.args.get("page", ""))


def values(name: str) -> Iterable[str]:
    """All values of a parameter of the address."""
    return request.args.getlist(name)


def keys_of(facet: str, trade: Sector) -> list[str]:
    """The keys that a facet may have, in their fixed order."""
    if facet == "lead":
        return [str(each) for each in LEAD_TIMES]
    found = {"category": trade.categories, "material": trade.materials, "technique": trade.techniques}[facet]
    return [each.key for each in found]


def name_of(facet: str, key: str, consortium: Consortium) -> str:
    """A key in the reader's words."""
    if facet == "lead":
        return _("Up to %(days)s", days=days(int(key)))
    return term(consortium.sector_key, facet, key)


def title_of(facet: str) -> str:
    """The heading of a facet."""
    titles = {"category": _("Kind"), "material": _("Material"), "technique": _("Technique"), "lead": _("Lead time")}
    return titles[facet]


# -- filters as links --


@dataclass(frozen=True)
class Option:
    """One link of a filter, with how many products it leads to."""

    words: str
    href: str
    count: int
    is_chosen: bool


def groups(asked: Asked, shelf: Shelf, found: int) -> list[tuple[str, list[Option]]]:
    """The filters over the set `found`: only links that split what is there, and those already chosen."""
    return [(title_of(facet), options(asked, shelf, found, facet)) for facet in FACETS]


def options(asked: Asked, shelf: Shelf, found: int, facet: str) -> list[Option]:
    """The links of one filter, counted among what the other filters leave."""
    within = shelf.chosen(asked.choice, but=facet) & found
    counts, total = shelf.counts(facet, within), within.bit_count()
    return [
        Option(name_of(facet, key, asked.consortium), asked.url_with(facet, key), counts.get(key, 0), key in chosen)
        for chosen in [asked.choice.of(facet)]
        for key in keys_of(facet, sector(asked.consortium.sector_key))
        if key in chosen or 0 < counts.get(key, 0) < total
    ]


def chips(asked: Asked) -> list[tuple[str, str]]:
    """What was chosen, each with the address without it."""
    return [(name_of(facet, key, asked.consortium), asked.url_with(facet, key)) for facet, key in asked.choice.all]
