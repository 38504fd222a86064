"""The readiness grid: all products of a consortium by language, what lacks in words, and ways to narrow it down."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products import grid
from catalogue.products.grid import Row
from catalogue.text import LANGUAGES, clean_line
from catalogue.web.access import requires
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.filters import Filter, Filters, Pages
from catalogue.web.desk.translate_form import LANGUAGE_NAMES
from catalogue.web.language import language
from catalogue.web.loaders import consortium_at
from catalogue.web.product_words import STATUS_NAMES
from catalogue.web.translation_words import lack_name, part_name

PAGE = 50
LONGEST_QUERY = 80
SORT_NAMES = {
    "least": _l("The least ready first"),
    "most": _l("The most ready first"),
    "changed": _l("The last changed first"),
}


@dataclass(frozen=True)
class Grid:
    """What a page of the grid shows: its rows, its filters, and where one stands."""

    filters: Filters
    rows: list[Row]
    pages: Pages | None
    found: int
    total: int
    words: str
    views: list[tuple[str, str, bool, int | None]]

    @property
    def language(self) -> str:
        """The only language that is looked at, "" for both."""
        return self.filters.chosen("language")


@blueprint.get("/<slug>/products", endpoint="products")
@requires("listing.review", load=consortium_at)
def show_products(consortium: Consortium) -> Any:
    """Every product, or those that the address narrows it to: by state, member, language, and what lacks."""
    return desk_page(
        "desk/products.html",
        consortium,
        "products",
        grid=grid_of(consortium),
        lack_name=lack_name,
        languages=LANGUAGES,
    )


def grid_of(consortium: Consortium, endpoint: str = "desk.products") -> Grid:
    """The page of the grid that this request's address names."""
    found = grid.rows(db.session, consortium)
    words = clean_line(request.args.get("q", ""))[:LONGEST_QUERY]
    filters = _filters(consortium, found, endpoint, words)
    asked = {name: filters.chosen(name) for name in ("member", "language", "missing")}
    before_state = grid.chosen(found, words=words, **asked)
    shown = grid.chosen(before_state, stage=filters.chosen("status"))
    ordered = grid.in_order(shown, filters.chosen("sort"), asked["language"])
    start = filters.start(len(ordered), PAGE)
    return Grid(
        filters=filters,
        rows=ordered[start : start + PAGE],
        pages=filters.pages(start, len(ordered), PAGE),
        found=len(ordered),
        total=len(found),
        words=words,
        views=_views(filters, before_state),
    )


def _filters(consortium: Consortium, found: list[Row], endpoint: str, words: str) -> Filters:
    side = request.args.get("language", "")
    parts = grid.counts_by_part(found, side if side in LANGUAGES else "")
    return Filters(
        endpoint,
        consortium.slug,
        (
            Filter("status", {each.value: str(name) for each, name in STATUS_NAMES.items()}),
            Filter("member", {key: each.name.in_(language()) for key, each in grid.members_of(found).items()}),
            Filter("language", {each: str(LANGUAGE_NAMES[each]) for each in LANGUAGES}),
            Filter(
                "missing", {part: f"{part_name(part, consortium)} ({count})" for part, count in parts.most_common()}
            ),
            Filter("sort", {key: str(name) for key, name in SORT_NAMES.items()}),
        ),
        {"q": words} if words else {},
    )


def _views(filters: Filters, found: list[Row]) -> list[tuple[str, str, bool, int | None]]:
    """All, or those in one state; each with how many it shows beside the other filters."""
    counts, chosen = grid.counts_by_stage(found), filters.chosen("status")
    return [
        (_("All"), filters.url(status=None), not chosen, len(found)),
        *(
            (str(name), filters.url(status=each.value), chosen == each.value, counts[each])
            for each, name in STATUS_NAMES.items()
        ),
    ]
