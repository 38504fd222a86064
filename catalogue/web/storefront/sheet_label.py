"""The whole museum label of one product, as its line sheet prints it."""

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import gettext as _

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.printing.contents import Label, Said, Section
from catalogue.products.models import Product, ProductVersion
from catalogue.products.translation import is_machine
from catalogue.text import Bilingual
from catalogue.web.content import price_from, prices, reference_of, today
from catalogue.web.figures import day, days, grams, money, number, pieces
from catalogue.web.language import language
from catalogue.web.photographs import ready
from catalogue.web.storefront import label
from catalogue.web.storefront.on_paper import photo_key, photo_keys, said

SMALL = 400
MOST_PHOTOS = 3


def whole_label(consortium: Consortium, product: Product, version: ProductVersion) -> Label:
    """Everything that the page of a product says, its maker's name included and no contact but the office's."""
    priced = prices(version, consortium)
    heads, rows = label.price_table(consortium, version, priced)
    more = ready(version.photos)[1 : 1 + MOST_PHOTOS]
    keys = photo_keys(more)
    return Label(
        key_line=tuple(pair for pair in key_line(consortium, version) if pair[1]),
        key_note=key_note(consortium, version),
        rows=rows_of(
            [
                *label.identity(consortium, product.reference, version),
                maker_row(product),
                *label.trade(consortium, version, product.making_right),
            ]
        ),
        price_title=_("Price by quantity"),
        price_head=tuple(heads),
        price_rows=tuple(tuple(row) for row in rows),
        price_note=metal_words(consortium, version) if rows else "",
        sections=tuple(sections(consortium, version)),
        photos=tuple(photo_key(photo, keys, SMALL) for photo in more),
        alts=tuple(said(photo.alt if photo.alt else version.name) for photo in more),
    )


def key_line(consortium: Consortium, version: ProductVersion) -> Iterable[tuple[str, str]]:
    """Price, lead time and minimum, first under the name."""
    yield label.price_term(consortium, version), price_from(version, consortium) or _("on request")
    yield _("Lead time"), days(version.lead_time_days)
    yield _("Minimum"), pieces(version.minimum_order, version, consortium)


def key_note(consortium: Consortium, version: ProductVersion) -> str:
    """The delivery term, and what the lead time is for."""
    term = f"{consortium.incoterm} {consortium.named_place}."
    if not version.lead_time_for:
        return term
    several = pieces(version.lead_time_for, version, consortium)
    lead = _("%(days)s for %(pieces)s, counted from the deposit.", days=days(version.lead_time_days), pieces=several)
    return f"{term} {lead}"


def rows_of(rows: label.Rows) -> tuple[tuple[str, str, str], ...]:
    """Rows with the language of each value; those that say nothing fall out."""
    return tuple((str(row[0]), str(row[1]), (row[2] if len(row) > 2 else None) or language()) for row in rows if row[1])


def maker_row(product: Product) -> label.Row:
    """Who makes it, and in what province; never how to reach them."""
    member = product.member
    return _("Maker"), ", ".join(filter(None, (member.name.in_(language()), member.province.in_(language()))))


def metal_words(consortium: Consortium, version: ProductVersion) -> str:
    """How the metal's part of the price is reckoned."""
    reference = reference_of(consortium) if sector(consortium.sector_key).priced_by_metal else None
    if reference is None or version.fineness is None:
        return ""
    return _(
        "Metal: %(grams)s × %(fineness)s × %(price)s a gram, %(source)s of %(date)s. "
        "The quotation states the reference of its own day.",
        grams=grams(version.net_weight_g),
        fineness=number(Decimal(version.fineness) / 1000),
        price=money(reference.price_per_gram, reference.currency),
        source=reference.source.in_(language()),
        date=day(reference.on),
    )


def sections(consortium: Consortium, version: ProductVersion) -> Iterable[Section]:
    """What stands under the label: the piece and its use, certificates, packing, what else is known, care."""
    texts = [(field, text) for field in ("summary", "description") if (text := getattr(version, field))]
    if texts:
        words = "\n\n".join(said_with_mark(version, field) for field, _text in texts)
        yield Section(_("The piece and its use"), Said(words, texts[0][1].language_of(language())))
    for paper in label.certificate_blocks(consortium, version, today()):
        if not paper.ended:
            yield Section(paper.title, rows=rows_of(paper.rows))
    if packing := label.packing(consortium, version):
        yield Section(_("Packing"), rows=rows_of(packing))
    if details := label.details(consortium, version):
        yield Section(_("More about it"), rows=rows_of(details))
    if version.care:
        yield Section(_("Care"), Said(said_with_mark(version, "care"), version.care.language_of(language())))


def said_with_mark(version: ProductVersion, field: str) -> str:
    """A text of a version, with a line that says so where a machine translated it and nobody has read it."""
    text: Bilingual = getattr(version, field)
    words, side = text.in_(language()), text.language_of(language())
    return f"{words}\n({_('machine translation, not checked')})" if is_machine(version, field, side) else words
