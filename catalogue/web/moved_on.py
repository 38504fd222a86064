"""Telling somebody that the listing moved on: what was done meanwhile, by whom and when."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.extensions import db
from catalogue.products import history
from catalogue.products.models import Product
from catalogue.web.moments import moment

ACTS: dict[str, LazyString] = {
    "leak.cleared": _l("found to be no contact"),
    "listing.discarded": _l("proposal discarded"),
    "listing.published": _l("published"),
    "listing.published_partly": _l("published in part"),
    "listing.restored": _l("an earlier version brought back"),
    "listing.returned": _l("sent back to the member"),
    "listing.revised": _l("changed by the office"),
    "listing.shown_again": _l("shown again"),
    "listing.submitted": _l("sent to the office"),
    "listing.taken_back": _l("taken back by the member"),
    "listing.withdrawn": _l("withdrawn from the catalogue"),
    "photo.added": _l("a photograph added"),
    "photo.cut": _l("a photograph cut"),
    "photo.described": _l("the words of a photograph changed"),
    "photo.ordered": _l("photographs put in another order"),
    "photo.removed": _l("a photograph taken out"),
    "photo.taken_anew": _l("a photograph taken anew"),
    "product.created": _l("begun"),
    "product.edited": _l("changed"),
    "product.translated": _l("translated"),
    "right.claimed": _l("the design claimed as its own"),
    "right.objected": _l("another firm objected"),
    "right.set": _l("the making right set"),
    "right.stands": _l("the claim stands"),
    "right.taken_back": _l("the claim taken back"),
}


def words_of_act(action: str) -> str:
    """An act of the log in the reader's words; one that nobody named stays as it is."""
    return str(ACTS.get(action, action))


def who_was_first(product: Product) -> str:
    """One sentence: somebody else acted on this listing, who, when, and what they did."""
    done = history.last_act(db.session, product)
    if done is None:
        return _("Somebody was a moment before you. This is how it stands now.")
    name = done.actor.name if done.actor else _("The site")
    return _(
        "%(name)s was a moment before you (%(moment)s: %(act)s). This is how it stands now.",
        name=name,
        moment=moment(done.at),
        act=words_of_act(done.entry.action),
    )
