"""What line sheets and shared pictures have in common: the house, texts with their languages, photographs."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import select

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.media.models import StoredFile
from catalogue.printing.contents import House, Said
from catalogue.products.shown import Photo
from catalogue.text import Bilingual
from catalogue.web.emblems import NETWORK, drawn_emblem, emblem_svg
from catalogue.web.language import language, other_language
from config import HERE

INK = "#1a191c"
# The colours of the sectors, as in static/css/tokens.css.
ACCENTS = {
    "silver": "#7b1e2b",
    "silk": "#2b3a67",
    "handicraft": "#1c5a5e",
    "furniture": "#7a4520",
    "rice": "#565c1b",
}
SVG = "http://www.w3.org/2000/svg"

# -- texts --


def said(text: Bilingual) -> Said:
    """A text in the reader's language, else in the other, which it then names."""
    return Said(text.in_(language()), text.language_of(language()))


def other(text: Bilingual) -> Said | None:
    """A text in the language that the reader may not know, for those beside."""
    lang = other_language()
    return Said(text.in_(lang), lang) if text.has(lang) and text.has(language()) else None


# -- the house --


def house(consortium: Consortium) -> House:
    """The consortium, its language first."""
    return House(
        name=said(consortium.name),
        other_name=other(consortium.name),
        tagline=said(consortium.tagline) if consortium.tagline else None,
        emblem=emblem_of(consortium),
        accent=ACCENTS.get(consortium.sector_key, INK),
    )


def emblem_of(consortium: Consortium | None) -> str:
    """The emblem of a consortium as a whole SVG document; the network's own without one."""
    drawn = drawn_emblem(consortium)
    if drawn or consortium is None:
        return _drawn(drawn or NETWORK)
    return str(emblem_svg(consortium.slug, consortium.sector)).replace("<svg ", f'<svg xmlns="{SVG}" ', 1)


@cache
def _drawn(name: str) -> str:
    return (HERE / "static" / "img" / f"{name}.svg").read_text("utf-8")


# -- photographs --


def photo_keys(photos: Iterable[Photo | None]) -> dict[str, str]:
    """Where the files of photographs lie in the store, by their public ids."""
    ids = [photo.public_id for photo in photos if photo]
    query = select(StoredFile.public_id, StoredFile.key).where(StoredFile.public_id.in_(ids))
    return dict(db.session.execute(query).all()) if ids else {}


def photo_key(photo: Photo | None, keys: dict[str, str], width: int) -> str:
    """The key of the JPEG that is about so wide; "" without a photograph."""
    if photo is None or photo.public_id not in keys:
        return ""
    nearest = min(photo.widths, key=lambda each: abs(each - width))
    return f"{keys[photo.public_id]}/{nearest}.jpg"
