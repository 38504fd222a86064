"""Two versions of a listing beside one another as a page shows them: part by part, both languages, words marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from catalogue.consortia.maker_models import MakerPhoto
from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.leaks import Leak
from catalogue.products import translation
from catalogue.products.models import ProductPhoto, ProductVersion
from catalogue.products.parts import PHOTOS, TEXTS, changed_parts, part_keys, part_of, value_of
from catalogue.products.wording import changed_words
from catalogue.text import LANGUAGES, Bilingual
from catalogue.web.contact_marks import cut_at_contacts
from catalogue.web.content import price_from
from catalogue.web.part_words import name_of_part, sided, words_of_part

PRICED_BY = {"net_weight_g", "fineness", "tiers"}
Photograph = ProductPhoto | MakerPhoto
PRIVATE = {"office_price", "monthly_capacity"}
Leaks = Mapping[str, list[Leak]]


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "same", "gone" or "new", and whether the contact detector found it."""

    kind: str
    text: str
    is_contact: bool = False


@dataclass(frozen=True)
class Finding:
    """A contact that was found, as a page names it and offers to clear it."""

    field: str
    kind: str
    text: str


@dataclass(frozen=True)
class Side:
    """One language of a part, or both where they are the same: its words, what was found in them, notes below."""

    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """A photograph in its place among the others: "new", "gone", "moved", "same", and its description."""

    photo: Photograph
    number: int
    was_number: int | None
    kind: str
    alt: Mapping[str, Side]
    is_alt_changed: bool


@dataclass(frozen=True)
class Row:
    """One part: how it was and how it is proposed. `both` where no language has words of its own."""

    part: str
    name: str
    is_new: bool
    is_changed: bool
    sides: Mapping[str, Side] = field(default_factory=dict)
    both: Side | None = None
    pictures: tuple[list[Picture], list[Picture]] | None = None
    notes: list[str] = field(default_factory=list)
    is_private: bool = False

    @property
    def key(self) -> str:
        """The part as a page names its controls."""
        return self.part.replace(".", "-")

    @property
    def findings(self) -> list[Finding]:
        """Every contact that was found in it."""
        shown = [*self.sides.values(), *([self.both] if self.both else [])]
        for picture in self.pictures[1] if self.pictures else []:
            shown += picture.alt.values()
        return [finding for side in shown for finding in side.findings]


def rows_of(
    before: ProductVersion | None, after: ProductVersion, consortium: Consortium, leaks: Leaks | None = None
) -> list[Row]:
    """A row for each part that changed, in which a contact was found, or of which something is not understood yet."""
    changed = changed_parts(before, after)
    wanted = {*changed, *(part_of(each) for each in leaks or ()), *(part_of(each) for each in after.typed)}
    known = part_keys(*filter(None, (before, after)))
    return [_row(part, before, after, consortium, leaks or {}, part in changed) for part in known if part in wanted]


def _row(
    part: str,
    before: ProductVersion | None,
    after: ProductVersion,
    consortium: Consortium,
    leaks: Leaks,
    is_changed: bool,
) -> Row:
    is_new = before is None or value_of(before, part) is None
    name, notes = name_of_part(part, sector(consortium.sector_key)), _notes(part, before, after, consortium)
    if part == PHOTOS:
        return Row(
            part,
            name,
            is_new,
            is_changed,
            pictures=pictures_between(before.photos if before else [], after.photos, leaks),
            notes=notes,
        )
    old = words_of_part(before, part, consortium) if before else ""
    new = words_of_part(after, part, consortium)
    if isinstance(old, str) and isinstance(new, str):
        return Row(part, name, is_new, is_changed, both=side_between(part, old, new, leaks), notes=notes)
    sides = {
        language: side_between(
            f"{part}_{language}", getattr(sided(old), language), getattr(sided(new), language), leaks
        )
        for language in LANGUAGES
    }
    for language, side in sides.items():
        side.notes.extend(_notes_of_side(part, language, before, after) if part in TEXTS else [])
    return Row(part, name, is_new, is_changed, sides, notes=notes)


def side_between(name: str, old: str, new: str, leaks: Leaks) -> Side:
    """How the words of the field `name` changed, with the contacts that were found in the new ones."""
    found = leaks.get(name, [])
    return Side(_pieces(old, new, found), [Finding(name, leak.kind, leak.text) for leak in found])


def _pieces(old: str, new: str, leaks: Iterable[Leak]) -> list[Piece]:
    """The runs of a change, cut where a contact begins and ends; a contact stands in the new words."""
    found, place, pieces = list(leaks), 0, []
    for run in changed_words(old, new):
        if run.kind == "gone":
            pieces += _marked("gone", run.text)
            continue
        for text, is_contact in cut_at_contacts(run.text, found, place):
            pieces += [Piece(run.kind, text, is_contact=True)] if is_contact else _marked(run.kind, text)
        place += len(run.text)
    return pieces


def _marked(kind: str, text: str) -> list[Piece]:
    """A run with the spaces at its ends outside of its mark, so that no mark hangs over the end of a line."""
    bare = text.strip(" ")
    if kind == "same" or not bare:
        return [Piece(kind, text)]
    start = text.index(bare)
    ends = (Piece("same", text[:start]), Piece(kind, bare), Piece("same", text[start + len(bare) :]))
    return [piece for piece in ends if piece.text]


# -- what else is to be said of a part --


def _notes(part: str, before: ProductVersion | None, after: ProductVersion, consortium: Consortium) -> list[str]:
    typed = [words for key, words in after.typed.items() if part_of(key) == part]
    notes = [_("The member typed “%(words)s”, which is not understood yet.", words=words) for words in typed]
    if before is not None and part in PRICED_BY:
        old, new = price_from(before, consortium), price_from(after, consortium)
        if old and new and old != new:
            notes.append(_("Price changes with it: from %(old)s to %(new)s", old=old, new=new))
    return notes


def _notes_of_side(part: str, language: str, before: ProductVersion | None, after: ProductVersion) -> list[str]:
    text: Bilingual = getattr(after, part)
    old: Bilingual = getattr(before, part) if before else Bilingual()
    other = translation.other(language)
    if not text.has(language):
        return [_("Lao is missing") if language == "lo" else _("English is missing")] if text.has(other) else []
    if translation.is_machine(after, part, language):
        return [_("machine translation, not checked")]
    if before is None or getattr(old, language) != getattr(text, language) or not old.has(other):
        return []
    if getattr(old, other) == getattr(text, other):
        return []
    return [_("The Lao text changed, this did not.") if other == "lo" else _("The English text changed, this did not.")]


# -- photographs --


def pictures_between(
    old: Sequence[Photograph], new: Sequence[Photograph], leaks: Leaks
) -> tuple[list[Picture], list[Picture]]:
    """The photographs before and after, each with how it stands to the others."""
    was = {photo.file_id: number for number, photo in enumerate(old, start=1)}
    alts = {photo.file_id: photo.alt for photo in old}
    kept = {photo.file_id for photo in new}
    gone = [
        _picture(photo, number, None, "same" if photo.file_id in kept else "gone", photo.alt, {})
        for number, photo in enumerate(old, start=1)
    ]
    shown = [
        _picture(photo, number, was.get(photo.file_id), _standing(photo, number, was), alts.get(photo.file_id), leaks)
        for number, photo in enumerate(new, start=1)
    ]
    return gone, shown


def _standing(photo: Photograph, number: int, was: Mapping[int, int]) -> str:
    if photo.file_id not in was:
        return "new"
    return "same" if was[photo.file_id] == number else "moved"


def _picture(
    photo: Photograph, number: int, was_number: int | None, kind: str, old: Bilingual | None, leaks: Leaks
) -> Picture:
    before = old or Bilingual()
    sides = {
        language: side_between(
            f"photo {photo.position} alt_{language}", getattr(before, language), getattr(photo.alt, language), leaks
        )
        for language in LANGUAGES
    }
    return Picture(photo, number, was_number, kind, sides, is_alt_changed=before != photo.alt)
