"""The catalogue of one consortium: all of it, filtered, or searched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.products import search
from catalogue.products.search import Hit
from catalogue.products.shelf import Shelf, shelf_of
from catalogue.products.shelf_rows import FACETS
from catalogue.web.access import public
from catalogue.web.content import today
from catalogue.web.kept import keep_only_as, kept, leave_unkept
from catalogue.web.language import other_language
from catalogue.web.pager import Cursor, Page, ids_in_order, is_in_step, page_of, read_cursor
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.choosing import Asked, asked_of, chips, groups
from catalogue.web.storefront.meaning import VERY_LITTLE, meant_in
from catalogue.web.storefront.nothing_found import ways_on
from catalogue.web.storefront.showing import consortium_or_404, member_count, show


@dataclass(frozen=True)
class Found:
    """What a search and the filters leave: keys in order, and how many the search found before the filters."""

    ids: Sequence[int]
    searched: int
    within: int
    is_more: bool = False


@blueprint.get("/<lang>/<slug>/products")
@public
@kept("consortium", *FACETS, "sort", "page", one_of=FACETS, unless=("q",))
def products(slug: str) -> str:
    """The list, or what can be done where nothing is found."""
    consortium = consortium_or_404(slug)
    asked, shelf = asked_of(consortium), shelf_of(db.session, consortium)
    cursor = read_cursor(asked.page, today())
    cursor = cursor if cursor.until is not None else replace(cursor, until=shelf.newest)
    keep_only_as(asked.parameters())
    found = find(asked, shelf, cursor)
    if not found.ids and not asked.is_plain:
        return show(
            "storefront/nothing_found.html", consortium, asked=asked, ways=ways_on(asked, shelf), **beside(asked)
        )
    page = page_of(db.session, found.ids, cursor, [consortium])
    if cursor.until != shelf.newest or not is_in_step(db.session, found.ids, cursor, asked.page):
        leave_unkept()
    return show(
        "storefront/products.html",
        consortium,
        asked=asked,
        page=page,
        found=found,
        meant=meant_in(asked, page.total) if page.total <= VERY_LITTLE else None,
        groups=groups(asked, shelf, found.within),
        chips=chips(asked),
        sorts=sorts(asked),
        page_urls=page_urls(asked, page),
        product_count=len(shelf),
        **beside(asked),
    )


def find(asked: Asked, shelf: Shelf, cursor: Cursor) -> Found:
    """What is asked for, in its order."""
    left, order = shelf.chosen(asked.choice), shelf.order(asked.sort or "turn", cursor.on, cursor.until)
    if not asked.query:
        return Found(ids_in_order(shelf, left, order), len(shelf), shelf.everything)
    hits = search.matching(db.session, asked.consortium, asked.query)
    is_more, hits = len(hits) > search.MOST_RANKED, hits[: search.MOST_RANKED]
    within = shelf.set_of(hit.product_id for hit in hits)
    ids = ids_in_order(shelf, within & left, order)
    return Found(ids if asked.sort else best_first(ids, hits), within.bit_count(), within, is_more)


def best_first(ids: Sequence[int], hits: list[Hit]) -> list[int]:
    """The best fit first; what fits alike keeps the order it has."""
    tiers = {hit.product_id: hit.tier for hit in hits}
    return sorted(ids, key=tiers.__getitem__)


def sorts(asked: Asked) -> list[tuple[str, str, bool]]:
    """The orders to choose from: words, address, and which one holds."""
    first = ("", _("Best fit")) if asked.query else ("", _("In turn"))
    orders = [first, ("new", _("Newest")), ("lead", _("Shortest lead time")), ("minimum", _("Smallest minimum"))]
    return [(words, asked.url(sort=sort), asked.sort == sort) for sort, words in orders]


def page_urls(asked: Asked, page: Page) -> dict[str, str | None]:
    """The addresses of the pages beside this one."""
    return {
        "next": asked.url(page=page.next) if page.next else None,
        "previous": asked.url(page=page.previous) if page.previous is not None else None,
    }


def beside(asked: Asked) -> dict[str, object]:
    """What both forms of the page need. Search engines see neither sort nor page."""
    return {
        "search": {name: value for name, value in asked.parameters().items() if name not in {"sort", "page"}},
        "other_language_url": asked.url(page=asked.page, lang=other_language()),
        "member_count": member_count(asked.consortium),
    }
