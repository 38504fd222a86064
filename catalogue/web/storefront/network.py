"""The hall of all consortia: each in its colour, one search over all of them; the neutral office; privacy."""

from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products import at_hand, search, shown
from catalogue.products.shelf import Shelf, shelves
from catalogue.products.shown import Card, Photo
from catalogue.text import clean_line
from catalogue.web.access import public
from catalogue.web.content import sector_name, today
from catalogue.web.kept import kept
from catalogue.web.language import LANGUAGES, language
from catalogue.web.pager import Cursor, Page, page_of, read_cursor
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.meaning import VERY_LITTLE, meant_anywhere
from catalogue.web.storefront.showing import member_counts, show

SHOWN = 8


@dataclass(frozen=True)
class Hall:
    """One consortium on the network's page."""

    consortium: Consortium
    photo: Photo | None
    products: int
    members: int
    found: int = 0
    title: str = ""


@dataclass(frozen=True)
class Origin:
    """A consortium as it is named below a piece, where pieces of several stand together."""

    slug: str
    sector: str
    name: str


@blueprint.get("/")
@public
def front() -> Response:
    """To the language that the visitor's browser asks for."""
    lang = request.accept_languages.best_match(LANGUAGES) or "en"
    response = redirect(url_for("storefront.network", lang=lang))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/<lang>/")
@public
@kept("network", unless=("q",))
def network() -> str:
    """Every consortium, and what a search finds in all of them."""
    query = clean_line(request.args.get("q", ""))[:200]
    consortia = shown.consortia(db.session)
    return found_everywhere(consortia, query) if query else hall(consortia)


def hall(consortia: list[Consortium]) -> str:
    """The page without a search: the consortia, and pieces of each by turns."""
    standing = shelves(db.session, consortia)
    rows = [[shelf.ids[each] for each in shelf.order("turn", today())[: SHOWN + 1]] for shelf in standing.values()]
    cards = at_hand.cards(db.session, [product_id for row in rows for product_id in row], consortia)
    faces = first_with_photo(cards)
    mixed = by_turns([[card for card in cards if card.consortium_id == each.id] for each in consortia], faces)
    halls = halls_of(consortia, standing, member_counts(consortia), faces)
    return show("storefront/network.html", halls=halls, cards=mixed[:SHOWN], **beside(consortia))


def found_everywhere(consortia: list[Consortium], query: str) -> str:
    """The page of a search over all consortia."""
    hits, cursor = search.matching(db.session, None, query), read_cursor(request.args.get("page", ""), today())
    standing = shelves(db.session, consortia)
    if cursor.until is None:
        cursor = replace(cursor, until=max((shelf.newest for shelf in standing.values()), default=0))
    page = page_of(db.session, ids_by_fit(hits, standing, cursor), cursor, consortia)
    found = {each.id: sum(hit.consortium_id == each.id for hit in hits) for each in consortia}
    halls = [Hall(c, None, 0, 0, found[c.id], title_of(c, consortia)) for c in consortia if found[c.id]]
    return show(
        "storefront/network_found.html",
        **beside(consortia),
        query=query,
        page=page,
        halls=halls,
        meant=meant_anywhere(consortia, query, page.total) if page.total <= VERY_LITTLE else None,
        is_more=len(hits) > search.MOST_RANKED,
        page_urls=page_urls(page, query),
        search={"q": query},
    )


def beside(consortia: list[Consortium]) -> dict[str, Any]:
    """What both forms of the page need."""
    return {
        "by_id": {each.id: each for each in consortia},
        "origins": {each.id: Origin(each.slug, each.sector, title_of(each, consortia)) for each in consortia},
        "is_demo": any(each.is_demo for each in consortia),
    }


def halls_of(
    consortia: list[Consortium], standing: dict[int, Shelf], members: dict[int, int], faces: dict[int, Card]
) -> list[Hall]:
    """The consortia with their figures and the photograph of a piece."""
    photos = {each: card.photo for each, card in faces.items()}
    return [
        Hall(c, photos.get(c.id), len(standing[c.id]), members.get(c.id, 0), title=title_of(c, consortia))
        for c in consortia
    ]


def title_of(consortium: Consortium, among: list[Consortium]) -> str:
    """The trade where only one consortium has it ("Silver"), else the consortium's own name."""
    alike = [each for each in among if each.sector_key == consortium.sector_key]
    return sector_name(consortium) if len(alike) == 1 else consortium.name.in_(language())


def first_with_photo(cards: list[Card]) -> dict[int, Card]:
    """The first card with a photograph, by consortium."""
    found: dict[int, Card] = {}
    for card in cards:
        if card.photo:
            found.setdefault(card.consortium_id, card)
    return found


def by_turns(rows: list[list[Card]], faces: dict[int, Card]) -> list[Card]:
    """One card of each row, then the next of each: with photographs first, and without those already seen above."""
    seen = {card.id for card in faces.values()}
    waiting = [sorted((card for card in row if card.id not in seen), key=lambda card: not card.photo) for row in rows]
    longest = max(map(len, waiting), default=0)
    return [row[place] for place in range(longest) for row in waiting if place < len(row)]


def ids_by_fit(hits: list[search.Hit], standing: dict[int, Shelf], cursor: Cursor) -> list[int]:
    """The products found, the best fit first; what fits alike stands in the turn of the day."""
    rank: dict[int, int] = {}
    for consortium_id, shelf in standing.items():
        here = shelf.set_of(hit.product_id for hit in hits if hit.consortium_id == consortium_id)
        order = shelf.order("turn", cursor.on, cursor.until)
        rank |= {shelf.ids[each]: place for place, each in enumerate(shelf.in_order(here, order))}
    kept = [hit for hit in hits if hit.product_id in rank]
    return [hit.product_id for hit in sorted(kept, key=lambda hit: (hit.tier, rank[hit.product_id]))]


def page_urls(page: Page, query: str) -> dict[str, str | None]:
    """The addresses of the pages beside this one."""

    def address(cursor: str | None) -> str | None:
        return None if cursor is None else url_for("storefront.network", q=query, page=cursor or None)

    return {"next": address(page.next), "previous": address(page.previous)}


@blueprint.get("/<lang>/about")
@public
@kept("network")
def about() -> str:
    """The neutral office: who answers, by what rules."""
    consortia = shown.consortia(db.session)
    return show("storefront/about.html", consortia=consortia, is_demo=any(each.is_demo for each in consortia))


@blueprint.get("/<lang>/privacy")
@public
@kept("network")
def privacy() -> str:
    """What is kept of visitors and buyers."""
    consortia = shown.consortia(db.session)
    return show("storefront/privacy.html", consortia=consortia, is_demo=any(each.is_demo for each in consortia))
