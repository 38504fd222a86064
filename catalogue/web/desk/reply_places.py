"""What the places of a ready reply are filled in with, for one inquiry and in each of the two languages."""

from collections.abc import Mapping

from babel.dates import format_date
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from catalogue.inquiries import ready_replies, terms
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.ready_replies import Reply
from catalogue.text import LANGUAGES, Bilingual
from catalogue.web.signed_in import signed_in

PLACE_WORDS: Mapping[str, LazyString] = {
    "buyer": _l("the buyer's name"),
    "number": _l("the number of the inquiry"),
    "consortium": _l("the name of the consortium"),
    "needed_by": _l("the day by which it is needed"),
    "place": _l("the place it goes to"),
    "asked": _l("how many of what"),
    "manager": _l("your own name"),
}


def filled(reply: Reply, inquiry: Inquiry) -> Reply:
    """A ready reply with everything filled in that this inquiry says; the rest stays for the writer to see."""
    texts = {lang: ready_replies.fill(reply.text.in_(lang), _values(inquiry, lang)) for lang in LANGUAGES}
    return Reply(reply.key, reply.name, Bilingual(**texts), reply.version)


def _values(inquiry: Inquiry, lang: str) -> dict[str, str]:
    country = terms.countries().get(inquiry.country)
    places = (inquiry.named_place or inquiry.city, country.name.in_(lang) if country else "")
    return {
        "buyer": inquiry.buyer_contact.name,
        "number": inquiry.number,
        "consortium": inquiry.consortium.name.in_(lang),
        "needed_by": format_date(inquiry.needed_by, "d MMMM y", locale=lang) if inquiry.needed_by else "",
        "place": ", ".join(filter(None, places)),
        "asked": "; ".join(_asked(inquiry, lang)),
        "manager": signed_in().name,
    }


def _asked(inquiry: Inquiry, lang: str) -> list[str]:
    said = []
    for line in inquiry.lines:
        name = line.product_version.name.in_(lang) if line.product_version else line.description
        unit = terms.unit_after(line.unit, line.quantity, lang) if line.quantity else ""
        said.append(f"{name}, {line.quantity}\u00a0{unit}" if line.quantity else name)
    return [each for each in said if each]
