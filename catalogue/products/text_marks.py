"""What is known of how a version's texts came about, taken along when parts of one version go into another."""

from collections.abc import Callable, Collection

from catalogue.products.models import ProductVersion
from catalogue.products.parts import DETAIL, PHOTOS
from catalogue.products.translation import ALT, is_machine, said_in
from catalogue.products.translation import DETAIL as DETAIL_TEXT
from catalogue.text import LANGUAGES


def copy_marks(source: ProductVersion, target: ProductVersion, parts: Collection[str]) -> None:
    """Have the texts of these parts marked in `target` as in `source`: by a machine, and translated from which words.

    Call it before the texts themselves are copied.
    """
    machine = _machine(target, lambda key: part_of_text(key) not in parts)
    machine |= _machine(source, lambda key: part_of_text(key) in parts)
    target.machine_texts = sorted(machine)
    target.machine_languages = sorted({field.rpartition("_")[2] for field in machine})
    kept = {field: mark for field, mark in target.translated_from.items() if _part(field) not in parts}
    target.translated_from = kept | {
        field: mark for field, mark in source.translated_from.items() if _part(field) in parts
    }


def part_of_text(key: str) -> str:
    """The part that a text belongs to: "alt-..." to the photographs, "detail-finish" to its detail."""
    if key.startswith(ALT):
        return PHOTOS
    return DETAIL + key.removeprefix(DETAIL_TEXT) if key.startswith(DETAIL_TEXT) else key


def _part(field: str) -> str:
    return part_of_text(field.rpartition("_")[0])


def _machine(version: ProductVersion, is_wanted: Callable[[str], bool]) -> set[str]:
    return {
        f"{key}_{language}"
        for key, said in said_in(version).items()
        for language in LANGUAGES
        if is_wanted(key) and said.has(language) and is_machine(version, key, language)
    }
