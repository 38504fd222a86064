"""The home of one consortium."""

from collections.abc import Iterable

from flask import abort

from catalogue.extensions import db
from catalogue.products import at_hand, shown
from catalogue.products.shelf import shelves
from catalogue.products.shown import Card
from catalogue.routing.together import Together, together
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.content import today
from catalogue.web.kept import kept
from catalogue.web.storefront import blueprint, structured
from catalogue.web.storefront.makers import first_faces, in_turn, pieces_tried
from catalogue.web.storefront.network import first_with_photo, halls_of
from catalogue.web.storefront.showing import member_counts, show

SHOWN = 9
CATEGORIES = 6
HANDS = 3
FIGURES = 4


@blueprint.get("/<lang>/<slug>/")
@public
@kept("network")  # the other consortia stand below
def home(slug: str) -> str:
    """What the consortium shows today, how one asks, and the other consortia."""
    consortia = shown.consortia(db.session)
    consortium = next((each for each in consortia if each.slug == slug), None) or abort(404)
    standing = shelves(db.session, consortia)
    shelf = standing[consortium.id]
    own = [shelf.ids[each] for each in shelf.order("turn", today())[: 2 * SHOWN]]
    others = [each for each in consortia if each.id != consortium.id]
    faces = [standing[c.id].ids[each] for c in others for each in standing[c.id].order("turn", today())[:4]]
    hands = in_turn(consortium, shown.makers(db.session, consortium))[:HANDS]
    tried = pieces_tried(shelf, hands)
    of_hands = [each for row in tried.values() for each in row]
    cards = at_hand.cards(db.session, list(dict.fromkeys(own + faces + of_hands)), consortia)
    members = member_counts(consortia)
    mine = [card for card in cards if card.id in set(own)]
    return show(
        "storefront/home.html",
        consortium,
        cards=led_by_a_photo(mine)[:SHOWN],
        more_cards=mine,
        hero=shown.heroes(db.session, [consortium]).get(consortium.id),
        halls=halls_of(others, standing, members, first_with_photo(cards)),
        product_count=len(shelf),
        member_count=members.get(consortium.id, 0),
        robots_facts=structured.organization(consortium),
        together=by_category(together(db.session, consortium, at=now())),
        hands=hands,
        faces=first_faces(tried, cards),
        categories=largest(shelf.counts("category", shelf.everything)),
    )


def led_by_a_photo(cards: list[Card]) -> list[Card]:
    """The same cards in their turn; the large place at the front goes to the first that has a photograph."""
    lead = next((card for card in cards if card.photo), None)
    return [lead, *(card for card in cards if card is not lead)] if lead else cards


def by_category(rows: Iterable[Together]) -> dict[str, list[Together]]:
    """What the members make together, a row for each unit, of the categories that most of them make."""
    found: dict[str, list[Together]] = {}
    for row in rows:
        if row.category in found or len(found) < FIGURES:
            found.setdefault(row.category, []).append(row)
    return found


def largest(counts: dict[str, int]) -> list[str]:
    """The categories with the most products, for the links below the search."""
    return sorted(counts, key=lambda key: -counts[key])[:CATEGORIES]
