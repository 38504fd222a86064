"""How people call the texts of a product and how their translations stand."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.sector import sector
from catalogue.products.models import Product
from catalogue.products.translation import DETAIL, Standing, Words
from catalogue.web.language import language
from catalogue.web.product_words import FIELD_NAMES

STANDING_NAMES: dict[Standing, LazyString] = {
    Standing.MISSING: _l("Not translated"),
    Standing.CHANGED: _l("The source has changed since"),
    Standing.MACHINE: _l("By a machine, not read yet"),
}
STANDING_KINDS = {Standing.MISSING: "new", Standing.CHANGED: "wait", Standing.MACHINE: "info", Standing.DONE: "ok"}


def text_name(words: Words, product: Product) -> str:
    """What a text is: "Description", "Photograph 2", the label of a detail."""
    if words.photo is not None:
        return _("Photograph %(number)s", number=words.photo.position)
    if words.key.startswith(DETAIL):
        key = words.key.removeprefix(DETAIL)
        found = next((each for each in sector(product.consortium.sector_key).details if each.key == key), None)
        return found.label.in_(language()) if found else key
    return str(FIELD_NAMES[words.key])
