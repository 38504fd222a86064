"""Saving translations: the words, what they were made from, and whether a machine made them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.products import steps
from catalogue.products.models import Product, ProductVersion
from catalogue.products.revising import version_to_revise
from catalogue.products.translation import ALT, DETAIL, is_machine, mark_of, other, photos_of, said_in
from catalogue.text import LANGUAGES, Bilingual


@dataclass(frozen=True)
class Translated:
    """A translation as it was typed: of the text `key`, into `language`.

    `is_machine`: a machine made it and nobody has read it. `still_fits`: the source changed, and it is right as it is.
    """

    key: str
    language: str
    words: str
    is_machine: bool = False
    still_fits: bool = False

    @property
    def side(self) -> str:
        """How `translated_from` and `machine_texts` name it: "name_en"."""
        return f"{self.key}_{self.language}"


def translate(
    session: Session,
    product: Product,
    translated: Collection[Translated],
    *,
    opened_version: int,
    by: Person,
    at: datetime,
) -> bool:
    """Save what differs from what is said now; into a proposal where the public sees the product, or saw it once.

    What waits for review goes on waiting, with the translation in it: what the member sent stays as it was in the
    version before. Whether anything differed. Raises `SomebodyWasFirst` when somebody saved since `opened_version`.
    """
    steps.hold(session, product, opened_version)
    working = product.working
    new = [each for each in translated if working is not None and _is_new(working, each)]
    if not new:
        return False
    version = version_to_revise(session, product, by=by, at=at)
    for each in new:
        _say(version, each)
    steps.move(session, product, Product.id == product.id)
    _log(session, product, new, by, at)
    return True


def source_before(session: Session, product: Product, key: str, language: str) -> str:
    """The source words that the translation into `language` was made from, found among earlier versions; "" when none
    of them was kept."""
    mark = product.working.translated_from.get(f"{key}_{language}") if product.working else None
    if not mark:
        return ""
    query = select(ProductVersion).where(
        ProductVersion.product_id == product.id, ProductVersion.consortium_id == product.consortium_id
    )
    for version in session.scalars(query.order_by(ProductVersion.number.desc())):
        words: str = getattr(said_in(version).get(key, Bilingual()), other(language))
        if mark_of(words) == mark:
            return words
    return ""


def _is_new(version: ProductVersion, each: Translated) -> bool:
    said = said_in(version).get(each.key)
    if said is None:
        return False
    if getattr(said, each.language) != each.words:
        return True
    if not each.words:
        return False
    is_refreshed = each.still_fits and version.translated_from.get(each.side) != _mark(said, each)
    return is_refreshed or is_machine(version, each.key, each.language) != each.is_machine


def _say(version: ProductVersion, each: Translated) -> None:
    """Write one translation, its mark, and whether a machine made it."""
    said = said_in(version)[each.key]
    if getattr(said, each.language) != each.words or each.still_fits:
        others = (each.side, f"{each.key}_{other(each.language)}")
        marks = {side: mark for side, mark in version.translated_from.items() if side not in others}
        version.translated_from = marks | ({each.side: _mark(said, each)} if each.words else {})
    _put(version, each.key, replace(said, **{each.language: each.words}))
    texts = [side for side in _machine_texts(version) if side != each.side]
    texts += [each.side] if each.is_machine and each.words else []
    version.machine_texts = sorted(texts)
    version.machine_languages = sorted({side.rpartition("_")[2] for side in texts})


def _mark(said: Bilingual, each: Translated) -> str:
    return mark_of(getattr(said, other(each.language)))


def _machine_texts(version: ProductVersion) -> list[str]:
    """Every text that is marked, also where only its whole language was."""
    return [
        f"{key}_{language}"
        for language in LANGUAGES
        for key, said in said_in(version).items()
        if said.has(language) and is_machine(version, key, language)
    ]


def _put(version: ProductVersion, key: str, said: Bilingual) -> None:
    if key.startswith(ALT):
        photos_of(version)[key].alt = said
    elif key.startswith(DETAIL):
        detail = {"lo": said.lo, "en": said.en}
        version.details = version.details | {key.removeprefix(DETAIL): detail}
    else:
        setattr(version, key, said)


def _log(session: Session, product: Product, new: Collection[Translated], by: Person, at: datetime) -> None:
    texts = [each.side for each in new]
    machine = [each.side for each in new if each.is_machine]
    steps.record(session, "product.translated", product, by=by, at=at, texts=texts, machine=machine)
