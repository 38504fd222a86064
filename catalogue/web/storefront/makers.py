"""The makers of a consortium: who they are, where and how they work. Whoever wants to reach one asks the office."""

from flask import abort

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products import at_hand, shown
from catalogue.products.shelf import Shelf, lot, shelf_of
from catalogue.products.shown import Card, Maker, Photo
from catalogue.web.access import public
from catalogue.web.content import listed, term, today
from catalogue.web.kept import kept
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.showing import consortium_or_404, show

SHOWN = 24
TRIED = 4


@blueprint.get("/<lang>/<slug>/makers")
@public
@kept("consortium")
def makers(slug: str) -> str:
    """All makers, in the turn of the day."""
    consortium = consortium_or_404(slug)
    found = in_turn(consortium, shown.makers(db.session, consortium))
    shelf = shelf_of(db.session, consortium)
    return show(
        "storefront/makers.html",
        consortium,
        makers=found,
        pieces=shelf.members_shown,
        faces=faces_of(shelf, found),
        member_count=len(found),
    )


def faces_of(shelf: Shelf, found: list[Maker]) -> dict[int, Photo]:
    """The photograph of a piece for each maker that sent none of itself, by the maker's id."""
    tried = pieces_tried(shelf, found)
    cards = shown.cards(db.session, [each for own in tried.values() for each in own])
    return first_faces(tried, cards)


def pieces_tried(shelf: Shelf, found: list[Maker]) -> dict[int, list[int]]:
    """The first few products of each maker that sent no photograph of itself, by the maker's id."""
    tried: dict[int, list[int]] = {maker.id: [] for maker in found if maker.photo is None}
    left = sum(min(TRIED, shelf.members_shown.get(each, 0)) for each in tried)
    turn = iter(shelf.order("turn", today()))
    while left:
        position = next(turn)
        own = tried.get(shelf.members[position])
        if own is not None and len(own) < TRIED:
            own.append(shelf.ids[position])
            left -= 1
    return tried


def first_faces(tried: dict[int, list[int]], cards: list[Card]) -> dict[int, Photo]:
    """The first photograph among the products tried for each maker."""
    photos = {card.id: card.photo for card in cards}
    firsts = {maker: next((photos[each] for each in own if photos.get(each)), None) for maker, own in tried.items()}
    return {maker: photo for maker, photo in firsts.items() if photo}


def in_turn(consortium: Consortium, found: list[Maker]) -> list[Maker]:
    """The makers as they lead the catalogue: by lots drawn for each cycle, one further every day."""
    if not found:
        return []
    cycle, day = divmod(today().toordinal(), len(found))
    drawn = sorted(found, key=lambda maker: lot(consortium.rotation_key, cycle, maker.id))
    return drawn[day:] + drawn[:day]


@blueprint.get("/<lang>/<slug>/makers/<maker_slug>")
@public
@kept("consortium")
def maker(slug: str, maker_slug: str) -> str:
    """One maker, without a way around the office."""
    consortium = consortium_or_404(slug)
    everybody = shown.makers(db.session, consortium)
    found = next((each for each in everybody if each.slug == maker_slug), None) or abort(404)
    cards, total = pieces_of(consortium, found)
    return show(
        "storefront/maker.html",
        consortium,
        maker=found,
        gallery=shown.gallery(db.session, found),
        cards=cards,
        total=total,
        face=next((card for card in cards if card.photo), None),
        techniques=listed([term(consortium.sector_key, "technique", key) for key in found.techniques]),
        member_count=len(everybody),
    )


def pieces_of(consortium: Consortium, maker: Maker) -> tuple[list[Card], int]:
    """What this maker shows, as the turn of the day orders it, and of how many."""
    shelf = shelf_of(db.session, consortium)
    own = [shelf.ids[each] for each in shelf.order("turn", today()) if shelf.members[each] == maker.id]
    return at_hand.cards(db.session, own[:SHOWN], [consortium]), len(own)
