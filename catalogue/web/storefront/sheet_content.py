"""What a line sheet says, in its reader's words: composed by the worker, with the language of the sheet in `g`."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from flask_babel import gettext as _
from flask_babel import ngettext

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.notices.addresses import site_address
from catalogue.printing.contents import Piece, Said, Section, Sheet
from catalogue.printing.models import LineSheet
from catalogue.products import shown
from catalogue.products.shown import Card
from catalogue.web.content import card_facts, price_from, reference_of, today
from catalogue.web.figures import day, days, money, pieces
from catalogue.web.language import language
from catalogue.web.storefront.on_paper import INK, house, other, photo_key, photo_keys, said
from catalogue.web.storefront.sheet_label import whole_label

# The width of a photograph on paper, in pixels: a whole label has room for more than one of many in a grid.
WIDE, NARROW, MANY, SMALL = 1200, 800, 48, 400


def sheet_content(wanted: LineSheet) -> Sheet:
    """Everything that the PDF shows of these products, as they stand now."""
    consortium = wanted.consortium
    found = shown.cards(db.session, wanted.product_ids)
    product = shown.product_at(db.session, consortium, found[0].public_id) if len(found) == 1 else None
    version = product.published if product else None
    width = WIDE if version else NARROW if len(found) <= MANY else SMALL
    keys = photo_keys([card.photo for card in found])
    count = ngettext("%(num)s product", "%(num)s products", len(found))
    return Sheet(
        language=language(),
        title=": ".join((_("Line sheet"), title_of(found, wanted, consortium))),
        heading=_("Line sheet"),
        scope=found[0].reference if version else " · ".join(filter(None, (wanted.scope, count))),
        made_on=today(),
        made_words=day(today()),
        house=house(consortium),
        notes=tuple(notes(consortium)),
        foot=foot(consortium),
        page_words="{page} / {pages}",
        scan_words=_("Scan for the page of this piece"),
        no_photo_words=_("No photograph yet"),
        pieces=tuple(piece(card, consortium, keys, width) for card in found),
        label=whole_label(consortium, product, version) if product and version else None,
        notice=_("Demonstration: everything shown here is made up.") if consortium.is_demo else "",
    )


def title_of(found: Sequence[Card], wanted: LineSheet, consortium: Consortium) -> str:
    """What the file is called by."""
    if len(found) == 1:
        return found[0].name.in_(language())
    return ", ".join(filter(None, (consortium.name.in_(language()), wanted.scope)))


# -- the house and its terms --


def notes(consortium: Consortium) -> Iterable[Section]:
    """The terms: prices, minimum and lead time, how to order, the one contact."""
    yield note(_("Prices"), price_words(consortium))
    yield note(
        _("Minimum and lead time"),
        _(
            "The minimum is the smallest order that one member makes; you may ask for fewer. "
            "The lead time counts from the deposit. A larger order is divided among members."
        ),
    )
    home = site_address("storefront.home", slug=consortium.slug, lang=language())
    yield note(
        _("How to order"),
        _("Scan a code, gather pieces and ask once, or write their references to the office. You get one quotation."),
    )
    contact = [consortium.shared_contact_email, consortium.shared_contact_phone, without_scheme(home)]
    yield note(_("One shared contact"), "\n".join(filter(None, contact)))


def price_words(consortium: Consortium) -> str:
    """Currency, delivery term and, where metal is priced apart, its reference with source and date."""
    first = _(
        "In %(currency)s, %(incoterm)s %(place)s, for the largest quantity named in the catalogue.",
        currency=consortium.currency,
        incoterm=consortium.incoterm,
        place=consortium.named_place,
    )
    reference = reference_of(consortium) if sector(consortium.sector_key).priced_by_metal else None
    if reference is None:
        guide = _("They are a guide; the quotation is what counts.")
        return f"{first} {guide}"
    metal = _(
        "Metal at %(price)s a gram, %(source)s of %(date)s; the quotation states the reference of its own day.",
        price=money(reference.price_per_gram, reference.currency),
        source=reference.source.in_(language()),
        date=day(reference.on),
    )
    return f"{first} {metal}"


def foot(consortium: Consortium) -> str:
    """The line at the foot of every page."""
    return " · ".join(filter(None, (consortium.name.in_(language()), *consortium.public_contacts)))


def note(title: str, text: str) -> Section:
    """A heading with words of ours."""
    return Section(title, Said(text, language()))


def without_scheme(address: str) -> str:
    """An address as people write it down."""
    return address.partition("://")[2].rstrip("/")


# -- pieces --


def piece(card: Card, consortium: Consortium, keys: dict[str, str], width: int) -> Piece:
    """A product as one of many, or as the head of its own label."""
    address = site_address("storefront.product", slug=consortium.slug, lang=language(), product_id=card.public_id)
    price = price_from(card, consortium)
    least = pieces(card.minimum_order, card, consortium)
    return Piece(
        name=said(card.name),
        other_name=other(card.name),
        reference=card.reference,
        url=address,
        qr=qr(address),
        facts=tuple(card_facts(card, consortium)),
        price=_("from %(price)s", price=price) if price else _("price on request"),
        terms=tuple(filter(None, (_("min. %(quantity)s", quantity=least) if least else "", days(card.lead_time_days)))),
        photo=photo_key(card.photo, keys, width),
        alt=said(card.photo.alt) if card.photo and card.photo.alt else None,
    )


def qr(address: str) -> str:
    """A QR code as an SVG, without a quiet zone: the paper around it is white."""
    import segno

    written = BytesIO()
    segno.make_qr(address, error="m").save(written, kind="svg", border=0, xmldecl=False, dark=INK, svgns=True)
    return written.getvalue().decode()
