"""What may follow while somebody types into a search box, as data for its script: words, kinds of product, products."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from flask import jsonify, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from catalogue import lao
from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import Term, sector
from catalogue.extensions import db
from catalogue.products import completing, shown
from catalogue.products.analyser import readable
from catalogue.products.shelf import shelf_of
from catalogue.products.shown import Card
from catalogue.products.vocabulary import vocabulary
from catalogue.text import clean_line
from catalogue.web.access import public
from catalogue.web.content import product_url
from catalogue.web.figures import number
from catalogue.web.language import language
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.showing import consortium_or_404

SHORTEST, LONGEST = 2, 60
MOST_KINDS = 3
TRIED = 3


@dataclass(frozen=True)
class Suggestion:
    """One line to choose: its words and their language, a smaller note beside them, and where it leads."""

    words: str
    lang: str
    href: str
    note: str = ""


@blueprint.get("/<lang>/suggestions")
@public
def suggestions_everywhere() -> Response:
    """For the search over all consortia."""
    typed, consortia = typed_text(), shown.consortia(db.session)
    if len(typed) < SHORTEST:
        return answer({})
    slugs = {each.id: each.slug for each in consortia}
    words = completing.completions(vocabulary(db.session, consortia), typed)
    cards = completing.products_beginning(db.session, None, [typed, *words[:TRIED]])
    return answer({_("Words"): words_of(words, "storefront.network"), _("Products"): products_of(cards, slugs)})


@blueprint.get("/<lang>/<slug>/suggestions")
@public
def suggestions(slug: str) -> Response:
    """For the search in one catalogue."""
    typed, consortium = typed_text(), consortium_or_404(slug)
    if len(typed) < SHORTEST:
        return answer({})
    words = completing.completions(vocabulary(db.session, [consortium]), typed)
    cards = completing.products_beginning(db.session, consortium, [typed, *words[:TRIED]])
    return answer(
        {
            _("Words"): words_of(words, "storefront.products", slug=slug),
            _("Kinds"): kinds_of(consortium, typed),
            _("Products"): products_of(cards, {consortium.id: slug}),
        }
    )


def typed_text() -> str:
    """What was typed so far."""
    return clean_line(request.args.get("q", "")[: 4 * LONGEST])[:LONGEST]


def answer(groups: dict[str, list[Suggestion]]) -> Response:
    """The groups that hold anything, and how many there are in all, in words for a screen reader."""
    some = [{"title": title, "options": [asdict(one) for one in each]} for title, each in groups.items() if each]
    count = sum(map(len, groups.values()))
    says = ngettext("%(num)s suggestion", "%(num)s suggestions", count) if count else _("No suggestions")
    response = jsonify(says=says, groups=some)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def words_of(words: Iterable[str], endpoint: str, **place: Any) -> list[Suggestion]:
    """Queries that are complete."""
    return [Suggestion(each, "lo" if lao.has_lao(each) else "en", url_for(endpoint, q=each, **place)) for each in words]


def kinds_of(consortium: Consortium, typed: str) -> list[Suggestion]:
    """The categories that are named so in either language, with how many products they hold."""
    shelf, begun = shelf_of(db.session, consortium), readable(typed)
    counts = shelf.counts("category", shelf.everything)
    named = [each for each in sector(consortium.sector_key).categories if each.key in counts and is_named(each, begun)]
    return [
        Suggestion(
            each.name.in_(language()),
            each.name.language_of(language()),
            url_for("storefront.products", slug=consortium.slug, category=each.key),
            number(counts[each.key]),
        )
        for each in named[:MOST_KINDS]
    ]


def is_named(category: Term, begun: str) -> bool:
    """Whether a word of the category's name begins so; in Lao, whether the name holds it."""
    english, in_lao = readable(category.name.en), readable(category.name.lo)
    return any(word.startswith(begun) for word in english.split()) or (lao.has_lao(begun) and begun in in_lao)


def products_of(cards: list[Card], slugs: dict[int, str]) -> list[Suggestion]:
    """Products by name, with their reference."""
    return [
        Suggestion(
            card.name.in_(language()),
            card.name.language_of(language()),
            product_url(card, slug=slugs[card.consortium_id]),
            card.reference,
        )
        for card in cards
    ]
