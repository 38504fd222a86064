"""What people call the parts and states of a maker's page, and its facts as rows."""

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.maker_models import PageState
from catalogue.consortia.maker_pages import Said
from catalogue.money import format_number
from catalogue.text import Bilingual
from catalogue.web.content import listed, term
from catalogue.web.language import language

PARTS: dict[str, LazyString] = {
    "name": _l("Name"),
    "village": _l("Village"),
    "district": _l("District"),
    "province": _l("Province"),
    "story": _l("Story"),
    "techniques": _l("Techniques"),
    "people": _l("People"),
    "since": _l("Since"),
    "monthly_capacity": _l("Pieces a month"),
    "photos": _l("Photographs"),
}

STATES: dict[PageState, LazyString] = {
    PageState.DRAFT: _l("Draft"),
    PageState.SUBMITTED: _l("Sent to the office"),
    PageState.RETURNED: _l("Sent back"),
    PageState.PUBLISHED: _l("What the public reads"),
    PageState.REPLACED: _l("An earlier page"),
}


def value_of(said: Said, part: str, sector_key: str) -> Bilingual | str:
    """One part of a page as it is read: a text in both languages, or a figure or list in the reader's."""
    value = getattr(said, part)
    if isinstance(value, Bilingual):
        return value
    if part == "techniques":
        return listed([term(sector_key, "technique", key) for key in value])
    if value is None:
        return ""
    return str(value) if part == "since" else format_number(value, language())


def part_named(field: str) -> str:
    """A part in the reader's words: "story_en" becomes "Story, in English"."""
    stem, _mark, side = field.rpartition("_")
    if side in {"lo", "en"} and stem in PARTS:
        words = _("%(field)s, in Lao") if side == "lo" else _("%(field)s, in English")
        return words % {"field": PARTS[stem]}
    return str(PARTS.get(field, field))


def init_app(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.globals.update(maker_parts=PARTS, page_states=STATES, maker_value=value_of, maker_part=part_named)
