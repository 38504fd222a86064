"""Keeping what a member answers, field by field, whether a page or a script sends it.

Each field comes with what stood there before (`base-<field>`; several where a script sent more than once). What is
understood is kept as such, what is not is kept as it was typed, and where somebody else answered meanwhile nothing is
overwritten: both are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import drafting
from catalogue.products.content import Content
from catalogue.products.editing import content_of
from catalogue.products.models import Product, ProductVersion
from catalogue.products.steps import hold
from catalogue.web.clock import now
from catalogue.web.fields import TypedField
from catalogue.web.product_fields import form_of, said_in
from catalogue.web.signed_in import signed_in
from catalogue.web.studio.reading_back import echo_of, is_number

BASE = "base-"


@dataclass(frozen=True)
class Clash:
    """A field that somebody else answered meanwhile: both answers as their control holds them, and as people read."""

    key: str
    label: str
    mine: str
    theirs: str
    mine_read: str
    theirs_read: str


@dataclass(frozen=True)
class Outcome:
    """What became of some answers: kept (those in `unclear` as they were typed), or nothing, because of `clashes`."""

    form: Any
    clashes: tuple[Clash, ...] = ()
    unclear: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    stands: dict[str, str] = field(default_factory=dict)


def asking(product: Product, keys: Sequence[str], *, is_fresh: bool = False) -> Any:
    """The form that asks for these fields of a product."""
    return asking_of(product.working, product.consortium.sector_key, keys, is_fresh=is_fresh)


def asking_of(version: ProductVersion | None, sector_key: str, keys: Sequence[str], *, is_fresh: bool = False) -> Any:
    """The form that asks for these fields of a version, or of none yet."""
    form = form_of(sector(sector_key), keys, version, is_fresh=is_fresh)
    if "office_price" in form:
        form["office_price"].currency = version.office_currency if version else "LAK"
    return form


def keep_answers(product: Product, keys: Sequence[str]) -> Outcome:
    """Keep what this request says of these fields. Raises `SomebodyWasFirst` where the office has the product now.

    A field that comes empty says nothing: what stands there stays.
    """
    hold(db.session, product)
    form, stands = asking(product, keys), asking(product, keys, is_fresh=True)
    form.validate()
    given = [key for key in keys if key in request.form and shown(form[key]).strip()]
    empty = tuple(key for key in keys if key not in given and not shown(stands[key]))
    if clashes := tuple(_clash(form[key], stands[key]) for key in given if _is_clash(form[key], stands[key])):
        return Outcome(form, clashes=clashes)
    unclear = tuple(key for key in given if form[key].errors)
    understood = [key for key in given if key not in unclear]
    version = product.working
    before = content_of(version) if version else Content(currency=product.consortium.currency)
    typed = {key: shown(form[key]) if key in unclear else None for key in given}
    content = said_in(form, before, understood)
    drafting.write_answer(db.session, product, content, typed, fields=given, by=signed_in(), at=now())
    now_there = asking(product, keys, is_fresh=True)
    return Outcome(form, unclear=unclear, empty=empty, stands={key: shown(now_there[key]) for key in keys})


def shown(asked: Any) -> str:
    """What a field's control holds: what was typed, or what is kept as it would be typed again."""
    if isinstance(asked, TypedField):
        return str(asked._value())
    if isinstance(asked.data, list | tuple):
        return ",".join(map(str, asked.data))
    return "" if asked.data is None else str(asked.data)


def read(asked: Any) -> str:
    """A field's answer as people read it."""
    if is_number(asked):
        echo = echo_of(asked)
        return echo.figure if echo else shown(asked)
    if hasattr(asked, "iter_choices"):
        chosen = set(asked.data if isinstance(asked.data, list) else [asked.data])
        return ", ".join(str(each.label) for each in asked.iter_choices() if each.value in chosen and each.value)
    return shown(asked)


def _is_clash(mine: Any, theirs: Any) -> bool:
    return shown(theirs) not in {shown(mine), *request.form.getlist(BASE + mine.name)} and not _is_same(mine, theirs)


def _is_same(mine: Any, theirs: Any) -> bool:
    """The same answer typed in two ways is no clash."""
    return not mine.errors and mine.data == theirs.data and shown(theirs) != ""


def _clash(mine: Any, theirs: Any) -> Clash:
    return Clash(mine.name, str(mine.label.text), shown(mine), shown(theirs), read(mine), read(theirs))
