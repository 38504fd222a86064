"""What people might type, made from the words of the made products: four kinds, all queries different."""

from itertools import product
from random import Random

from catalogue.consortia.sector import Term, sector
from catalogue.text import Bilingual
from tests.bench.made import vocabulary as words
from tests.bench.made.products import SECTOR, SEED

KINDS = ("one Lao word", "two Lao words", "English", "misspelt")
LATIN = "abcdefghijklmnoprstuvwy"


def queries(kind: str, many: int) -> list[str]:
    """`many` of a kind, in no order, the same each time; fewer only where there are no more."""
    found = list(
        dict.fromkeys({KINDS[0]: _one_lao, KINDS[1]: _two_lao, KINDS[2]: _english, KINDS[3]: _misspelt}[kind]())
    )
    Random(SEED).shuffle(found)
    return found[:many]


def _things() -> list[Bilingual]:
    return [each for things in words.THINGS.values() for each in things]


def _terms() -> list[Bilingual]:
    """The sector's own words."""
    trade = sector(SECTOR)
    terms: list[Term] = [*trade.categories, *trade.materials, *trade.techniques]
    terms += [choice for detail in trade.details for choice in detail.choices]
    return [each.name for each in terms]


def _one_lao() -> list[str]:
    """A word, or two that are written as one."""
    whole = [*_things(), *words.FINISHES, *words.MOTIFS, *words.FIRMS, *words.PROVINCES, *_terms()]
    return [each.lo for each in whole if " " not in each.lo] + [f"{each.lo}ເງິນ" for each in _things()]


def _two_lao() -> list[str]:
    return [f"{thing.lo} {motif.lo}" for thing, motif in product(_things(), [*words.MOTIFS, *words.FINISHES])]


def _english() -> list[str]:
    things, motifs, finishes = _things(), words.MOTIFS, words.FINISHES
    one = [each.en for each in [*things, *motifs, *finishes, *_terms()]]
    two = [f"{motif.en} {thing.en}" for thing, motif in product(things, motifs)]
    return [
        *one,
        *two[::3],
        *(f"{finish.en} silver {thing.en}" for thing, finish in list(product(things, finishes))[::3]),
    ]


def _misspelt() -> list[str]:
    """An English word with a letter exchanged, or a Lao one with its last letter gone, beside one that is right."""
    chance = Random(SEED)
    one = [each.en for each in [*_things(), *words.MOTIFS, *words.FINISHES] if len(each.en) > 3]
    wrong = [_exchanged(each, chance) for each in one for _time in range(2)]
    return [*wrong, *(f"silver {each}" for each in wrong), *(each.lo[:-1] for each in _things() if len(each.lo) > 4)]


def _exchanged(word: str, chance: Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + chance.choice(LATIN) + word[place + 1 :]
