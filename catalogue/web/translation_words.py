"""How people call the texts and parts of a product, what lacks in them, and how their translations stand."""

import re

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.products.models import Product
from catalogue.products.translation import DETAIL, Standing, Words
from catalogue.web.language import language
from catalogue.web.part_words import name_of_part
from catalogue.web.product_words import FIELD_NAMES, name_of

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


ALT_KEY = re.compile(r"photo (\d+) alt_(lo|en)")


def lack_name(key: str, consortium: Consortium) -> str:
    """What lacks, in words: "Name, in English", "Words of photograph 2, in Lao"."""
    if found := ALT_KEY.fullmatch(key):
        if found[2] == "lo":
            return _("Words of photograph %(number)s, in Lao", number=found[1])
        return _("Words of photograph %(number)s, in English", number=found[1])
    return name_of(key, sector(consortium.sector_key))


def part_name(part: str, consortium: Consortium) -> str:
    """What a part of a listing is called."""
    return name_of_part(part, sector(consortium.sector_key))
