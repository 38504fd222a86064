"""Where nothing is found: what to leave out, what to look for instead, and where else to look."""

from dataclasses import dataclass, field, replace

from flask import url_for

from catalogue.extensions import db
from catalogue.products import at_hand, search, shown
from catalogue.products.search import Hit
from catalogue.products.shelf import Choice, Shelf
from catalogue.products.shown import Card
from catalogue.text import Bilingual
from catalogue.web.content import listed, today
from catalogue.web.pager import ids_in_order
from catalogue.web.storefront.choosing import Asked, name_of
from catalogue.web.storefront.meaning import OtherSpelling, meant_in

BESIDE = 4
ELSEWHERE = 3


@dataclass(frozen=True)
class Way:
    """One thing to try: its words, its address, how many products are there, and in which consortium, if another."""

    words: str
    href: str
    count: int
    place: Bilingual | None = None


@dataclass
class Ways:
    """Everything to try, and some products that come close."""

    searched: str = ""
    meant: OtherSpelling | None = None
    without: list[Way] = field(default_factory=list)
    words_alone: list[Way] = field(default_factory=list)
    elsewhere: list[Way] = field(default_factory=list)
    close_to: str = ""
    cards: list[Card] = field(default_factory=list)


def ways_on(asked: Asked, shelf: Shelf) -> Ways:
    """What leads to something from here."""
    alone = search.found_alone(db.session, asked.query) if asked.query else {}
    within = shelf.set_of(own(alone.get(asked.query, []), asked)) if asked.query else shelf.everything
    ways = Ways(
        searched(asked), None if asked.query in alone else meant_in(asked), filters_to_leave_out(asked, shelf, within)
    )
    sets = {word: shelf.set_of(own(hits, asked)) for word, hits in alone.items() if word != asked.query}
    some = {word: bits for word, bits in sets.items() if bits}
    ways.words_alone = [Way(word, alone_url(asked, word), bits.bit_count()) for word, bits in some.items()]
    ways.elsewhere = other_consortia(asked, alone)
    if ways.meant:
        some = {ways.meant.words: shelf.set_of(own(ways.meant.hits, asked))} | some
    ways.close_to, close = next(iter(some.items()), ("", within or shelf.everything))
    near = ids_in_order(shelf, close, shelf.order("turn", today()))[:BESIDE]
    ways.cards = at_hand.cards(db.session, near, [asked.consortium])
    return ways


def searched(asked: Asked) -> str:
    """What was asked for in one line: “lotus lamp”, up to 15 days."""
    names = [name_of(facet, key, asked.consortium) for facet, key in asked.choice.all]
    return listed([*([f"“{asked.query}”"] if asked.query else []), *names])


def own(hits: list[Hit], asked: Asked) -> list[int]:
    """Those found in the consortium that was asked."""
    return [hit.product_id for hit in hits if hit.consortium_id == asked.consortium.id]


def alone_url(asked: Asked, word: str) -> str:
    """The address of a search for one word without filters."""
    return asked.url(query=word, choice=Choice(), sort="")


def filters_to_leave_out(asked: Asked, shelf: Shelf, within: int) -> list[Way]:
    """Each filter without which something is found."""
    found = []
    for facet, key in asked.choice.all:
        rest = replace(asked.choice, **{facet: tuple(each for each in asked.choice.of(facet) if each != key)})
        if count := (shelf.chosen(rest) & within).bit_count():
            found.append(Way(name_of(facet, key, asked.consortium), asked.url(choice=rest), count))
    if not found and len(asked.choice.all) > 1 and within:
        found.append(Way("", asked.url(choice=Choice()), within.bit_count()))
    return found


def other_consortia(asked: Asked, alone: dict[str, list[Hit]]) -> list[Way]:
    """Other consortia where the whole query is found, else one of its words."""
    names = {each.id: each for each in shown.consortia(db.session) if each.id != asked.consortium.id}
    for words, hits in alone.items():
        counts = {each: sum(hit.consortium_id == each for hit in hits) for each in names}
        best = sorted((each for each in names if counts[each]), key=lambda each: -counts[each])[:ELSEWHERE]
        if best:
            urls = [url_for("storefront.products", slug=names[each].slug, q=words) for each in best]
            return [Way(words, url, counts[each], names[each].name) for each, url in zip(best, urls, strict=True)]
    return []
