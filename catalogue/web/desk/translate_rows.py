"""The rows of the translator's page: source with the glossary's words marked, what changed in it, contacts found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from markupsafe import Markup, escape

from catalogue.consortia.sector import Sector, sector
from catalogue.extensions import db
from catalogue.leaks import find_leaks
from catalogue.products import clearing
from catalogue.products.glossary import Entry, Found, glossary
from catalogue.products.models import Product
from catalogue.products.translating import source_before
from catalogue.products.translation import Standing, Words, other, words_of
from catalogue.products.wording import Run, changed_words
from catalogue.text import LANGUAGES
from catalogue.web.desk.translate_form import TranslateForm, name_of
from catalogue.web.translation_words import text_name

MOST_TURNED = 50


@dataclass(frozen=True)
class Row:
    """One text. `changes` says how its source came to be what it is since it was translated, `leaks` what of the
    translation looks like a contact, `saved` what somebody else saved while this page stood open."""

    words: Words
    title: str
    field: str
    source: Markup
    terms: tuple[Entry, ...]
    changes: Sequence[Run]
    leaks: tuple[str, ...]
    switch_url: str | None
    saved: str | None = None


def words_asked(product: Product) -> list[Words]:
    """The texts of a product, each from its own source or from the language that the address asks for."""
    if product.working is None:
        return []
    sources = {key: name.removeprefix("from_") for name, keys in turned_round().items() for key in keys}
    trade = sector(product.consortium.sector_key)
    return words_of(product.working, trade, shown=product.published, sources=sources)


def turned_round() -> dict[str, list[str]]:
    """The texts that the address starts from another language, as it says it: `from_en=name`."""
    return {f"from_{side}": request.args.getlist(f"from_{side}")[:MOST_TURNED] for side in LANGUAGES}


def rows_of(product: Product, typed: TranslateForm | None = None) -> list[Row]:
    """A row for each text; `typed` is a form that came too late."""
    cleared = clearing.cleared_texts(db.session, product)
    trade = sector(product.consortium.sector_key)
    return [_row(product, each, trade, cleared, typed) for each in words_asked(product)]


def _row(product: Product, words: Words, trade: Sector, cleared: frozenset[str], typed: TranslateForm | None) -> Row:
    found = glossary(trade, words.source).in_text(words.source_words)
    leaks = find_leaks(words.target_words, product.consortium.public_contacts)
    return Row(
        words=words,
        title=text_name(words, product),
        field=name_of(words),
        source=marked(words.source_words, found),
        terms=tuple(dict.fromkeys(each.entry for each in found)),
        changes=_changes(product, words),
        leaks=tuple(leak.text for leak in leaks if leak.text not in cleared),
        switch_url=_switched(product, words),
        saved=_saved(words, typed),
    )


def marked(text: str, found: Sequence[Found]) -> Markup:
    """The text with <mark> around the glossary's words."""
    written, end = Markup(), 0
    for each in found:
        written += escape(text[end : each.start]) + Markup("<mark>%s</mark>") % text[each.start : each.end]
        end = each.end
    return written + escape(text[end:])


def _changes(product: Product, words: Words) -> Sequence[Run]:
    if words.standing is not Standing.CHANGED:
        return ()
    before = words.before or source_before(db.session, product, words.key, words.target)
    return changed_words(before, words.source_words) if before else ()


def _switched(product: Product, words: Words) -> str | None:
    """The same page with this text the other way round, where there is something to start from on that side."""
    if not words.said.has(words.target):
        return None
    rest = {name: [key for key in keys if key != words.key] for name, keys in turned_round().items()}
    rest[f"from_{other(words.source)}"] = [*rest[f"from_{other(words.source)}"], words.key]
    values: dict[str, Any] = {"slug": product.consortium.slug, "product_id": product.public_id, **rest}
    side = request.args.get("language")
    return url_for("desk.translate_product", **values, language=side, _anchor=f"text-{words.key}")


def _saved(words: Words, typed: TranslateForm | None) -> str | None:
    if typed is None or name_of(words) not in typed:
        return None
    return words.target_words if typed[name_of(words)].data != words.target_words else None
