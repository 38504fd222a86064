"""Products as the cards of a page, each written once for a catalogue version, a day, a language and a look."""

from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from catalogue.consortia.models import Consortium
from catalogue.products.shown import Card
from catalogue.web.content import today
from catalogue.web.marking import marked

MOST_LOOKS = 12
# Where the marked words of a search are put in: a sign that no keyboard types.
SEAM = Markup("\ue000")


def piece_at_hand(product: Card, consortium: Consortium, language: str, *, query: str = "", **look: Any) -> Markup:
    """A product as the macro `card` writes it, in the look of its other arguments; words of the query are marked.

    A card that is kept (`products.at_hand`) keeps this too. Of a search, all is kept but the name with its marks.
    """
    is_marked = bool(query) and product.name.has(language)
    place = (language, today(), is_marked, *look.items())
    written: Markup | None = product.written.get(place)
    if written is None:
        written = _write(product, consortium, language, marked=SEAM if is_marked else None, **look)
        if len(product.written) >= MOST_LOOKS:
            product.written.clear()
        product.written[place] = written
    return written.replace(SEAM, marked(product.name.in_(language), query), 1) if is_marked else written


def _write(product: Card, *given: Any, **named: Any) -> Markup:
    macros: Any = current_app.jinja_env.get_template("macros/cards.html").module
    return Markup(macros.card(product, *given, **named))  # noqa: S704 - what a template wrote


def init_app(app: Flask) -> None:
    """Give templates the cards of products."""
    app.jinja_env.globals["piece_at_hand"] = piece_at_hand
