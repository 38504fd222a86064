"""Made products of silver: any number, the same each time, the first thousand the same in every catalogue."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from catalogue.consortia.sector import Sector, sector
from catalogue.consortia.trade import DETAILS
from catalogue.products.content import Content, Tier
from catalogue.text import Bilingual
from tests.bench.made import vocabulary as words

SECTOR = "silver"
SEED = 20_261_121
MEMBERS = 50
FINENESSES = (925, 950, 999)
SAID = {"number": 100, "yes-no": True, "date": "2026-03-02"}
MINIMUMS = (2, 5, 10, 20, 50, 100)
LEAD_TIMES = (10, 15, 21, 30, 45, 60, 75, 90)


@dataclass(frozen=True)
class Made:
    """One made product: what is said of it, its reference, and the number of its member (from 0)."""

    number: int
    reference: str
    member: int
    content: Content


def made_product(number: int) -> Made:
    """The product with this number, from 0; the same for every catalogue size."""
    chance = Random(SEED * 1_000_003 + number)
    content = _content(chance, sector(SECTOR))
    return Made(number, f"MB-{number + 1:05}", chance.randrange(MEMBERS), content)


def _content(chance: Random, trade: Sector) -> Content:
    category = chance.choice(trade.categories).key
    thing, finish, motif = (chance.choice(each) for each in (words.THINGS[category], words.FINISHES, words.MOTIFS))
    grams = Decimal(chance.randrange(*(10 * each for each in words.WEIGHTS.get(category, words.OTHER_WEIGHTS)))) / 10
    minimum, days = chance.choice(MINIMUMS), chance.choice(LEAD_TIMES)
    filling = {
        "thing": thing,
        "finish": finish,
        "motif": motif,
        "village": chance.choice(words.VILLAGES),
        "days": chance.randrange(2, 30),
        "pieces": 5 * minimum,
        "grams": grams,
    }
    said = [_filled(each, filling) for each in chance.sample(words.SENTENCES, 6)]
    return Content(
        name=_name(thing, finish, motif, chance.randrange(6, 40)),
        summary=said[0],
        description=_joined(said[1:]),
        care=words.CARE,
        category=category,
        materials=["silver", *chance.sample([each.key for each in trade.materials[1:]], chance.random() < 0.2)],
        techniques=chance.sample([each.key for each in trade.techniques], chance.randrange(1, 4)),
        details=_details(chance, trade),
        net_weight_g=grams,
        weight_tolerance_percent=Decimal(5),
        fineness=chance.choice(FINENESSES),
        minimum_order=minimum,
        lead_time_days=days,
        lead_time_for=2 * minimum,
        monthly_capacity=chance.choice((40, 100, 250)),
        sample_available=chance.random() < 0.7,
        tiers=_tiers(chance, minimum),
        **_lengths(chance),
    )


def _name(thing: Bilingual, finish: Bilingual, motif: Bilingual, centimetres: int) -> Bilingual:
    return Bilingual(
        f"{thing.lo}ເງິນ{finish.lo}ລາຍ{motif.lo} {centimetres} ຊມ",
        f"{finish.en} silver {thing.en} with {motif.en}, {centimetres} cm".capitalize(),
    )


def _filled(sentence: Bilingual, filling: dict[str, Any]) -> Bilingual:
    """A sentence with each word in its own language."""

    def in_(language: str) -> dict[str, Any]:
        return {
            name: getattr(each, language) if isinstance(each, Bilingual) else each for name, each in filling.items()
        }

    return Bilingual(sentence.lo.format(**in_("lo")), sentence.en.format(**in_("en")))


def _joined(sentences: list[Bilingual]) -> Bilingual:
    return Bilingual(" ".join(each.lo for each in sentences), " ".join(each.en for each in sentences))


def _details(chance: Random, trade: Sector) -> dict[str, Any]:
    choices = [each for each in trade.details if each.kind == "choice"]
    said = {each.key: chance.choice(each.choices).key for each in choices if chance.random() < 0.6}
    return needed_details(trade) | said


def needed_details(trade: Sector) -> dict[str, Any]:
    """Some answer to everything that a sector may need before it shows a product."""
    return {key: _needed(trade.asked[DETAILS + key]) for key in _needed_keys(trade)}


def _needed_keys(trade: Sector) -> list[str]:
    keys = {*trade.publishing, *(key for each in trade.conditions for key in each.needs)}
    return sorted(key.removeprefix(DETAILS) for key in keys if key.startswith(DETAILS))


def _needed(asked: Any) -> Any:
    if asked.must is not None:
        return asked.must
    if asked.kind == "choice":
        return asked.choices[0].key
    return SAID.get(asked.kind, "Demonstration")


def _tiers(chance: Random, minimum: int) -> tuple[Tier, ...]:
    cents = chance.randrange(400, 9000)
    steps = ((1, 100), (5, 90), (10, 82))
    return tuple(Tier(minimum * many, Decimal(cents * percent // 100) / 100) for many, percent in steps)


def _lengths(chance: Random) -> dict[str, Decimal]:
    names = chance.choice((("diameter_mm", "height_mm"), ("length_mm", "width_mm", "height_mm"), ("length_mm",)))
    return {name: Decimal(chance.randrange(30, 4000)) / 10 for name in names}
