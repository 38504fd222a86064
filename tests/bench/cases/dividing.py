"""An order divided among 20 and among 200 makers by the allocation, each in a plain, a narrow and an uneven case."""

import time
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from catalogue.routing.allocation import Candidate, Rules, divide
from tests.bench.bench import Bench
from tests.bench.figures import Budget, Figure, median

CASE = "division"
FULL, QUICK = 15, 3
AT_MOST = Budget(50)
MEMBERS = (20, 200)
LOTS_EACH = 20
KINDS = {
    "plain": {},
    "at most a tenth of the makers": {"most_makers": 0},
    "lots of seven, an odd rest": {"lot": 7, "smallest_share": 30},
}


def dividing(bench: Bench) -> Iterator[Figure]:
    """CPU of one division, twenty lots a member: the median, and the longest of all that were made."""
    for kind in KINDS:
        for members in MEMBERS:
            taken = [_taken(kind, members, seed) for seed in range(bench.times(FULL, QUICK))]
            yield Figure(CASE, f"{kind}: {members} makers, CPU, median", median(taken), "ms", None, AT_MOST)
            yield Figure(CASE, f"{kind}: {members} makers, CPU, longest", max(taken), "ms", None, AT_MOST)


def _taken(kind: str, members: int, seed: int) -> float:
    chance = Random(seed)
    rules, candidates = _rules(kind, members), [_candidate(chance, member) for member in range(members)]
    began = time.thread_time()
    divide(rules, candidates)
    return (time.thread_time() - began) * 1000


def _rules(kind: str, members: int) -> Rules:
    changed = dict(KINDS[kind])
    if "most_makers" in changed:
        changed["most_makers"] = members // 10
    lot = changed.get("lot", 1)
    return Rules(**{
        "quantity": members * LOTS_EACH * lot + lot // 2,
        "needed_in_days": 60,
        "smallest_share": 5,
        "price_band": Decimal("0.15"),
        "median_history": Decimal(1000),
        "seed": "bench",
        **changed,
    })  # fmt: skip


def _candidate(chance: Random, member: int) -> Candidate:
    return Candidate(
        member=member,
        weight=Decimal(chance.choice(["1", "1.5", "2"])),
        history=Decimal(chance.randint(0, 3000)),
        offered=chance.randint(40, 400),
        days=chance.choice([20, 40, 60, 61]),
        charge=Decimal(chance.randint(80, 120)) / 10,
        own_lot=chance.choice([1, 1, 5, 20]),
        capacity=chance.choice([None, 50, 200]),
    )
