"""Why this much: whoever reads the sentences of a share can work the share out from the figures that stand in them."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from math import ceil
from typing import Any

import pytest
from flask import Flask

from catalogue.consortia.models import Consortium
from catalogue.routing.allocation import Candidate, Division, Portion, Rules, divide
from catalogue.routing.division_models import Allocation, Share
from catalogue.routing.models import Call
from catalogue.web.language import speaking
from catalogue.web.share_reasons import SAID, reasons
from catalogue.web.share_telling import Sentence, Telling
from catalogue.web.share_words import why

CONSORTIUM = Consortium(sector_key="silver", currency="USD")
CALL = Call(consortium=CONSORTIUM, category="bowls", unit="C62", quantity=600)
MONEY = ("start", "step", "level", "charge", "limit")


@pytest.fixture
def spoken(app: Flask, request: pytest.FixtureRequest) -> Iterator[str]:
    """A reader's language."""
    with app.test_request_context(), speaking(request.param):
        yield request.param


def figures_in(sentences: list[Sentence]) -> dict[str, Any]:
    return {key: value for sentence in sentences for key, value in sentence.figures.items()}


def worked_out(reason: str, figures: dict[str, Any]) -> int:
    """The share, by somebody who has only the figures that stand in the sentences."""
    n = {key: Decimal(str(value)) for key, value in figures.items()}
    lot, odd = n.get("lot", Decimal(1)), n.get("odd", Decimal(0))
    room = min(
        [n.get("offered", Decimal(0)) - n.get("held", 0), *(n[key] for key in ("capacity", "quantity") if key in n)]
    )
    in_lots = (room - odd) // lot * lot + odd
    if reason == "level":
        each = n.get("step", n.get("charge", Decimal(0)))
        short = max(Decimal(0), n["level"] - n["start"] - odd * each)
        return int(odd + ceil(short / (each * lot)) * lot + n.get("drawn", 0)) if each else 0
    if reason in ("own_lot", "smallest") and "least" in n and "left" not in n:
        return int(odd + ceil((n["least"] - odd) / lot) * lot)
    return {
        "offer": int(room),
        "capacity": int(n.get("capacity", 0)),
        "lots": 0 if {"left", "own_lot", "smallest"} & set(n) else int(in_lots),
        "first_claim": int(in_lots),
        "one_hand": int(in_lots),
        "turn": int(in_lots),
    }.get(reason, 0)


def orders(count: int) -> Iterator[tuple[Rules, list[Candidate]]]:
    """Made-up orders of every kind, the same each time."""
    draw = random.Random(14)
    for number in range(count):
        lot, smallest = draw.choice([1, 1, 5, 10]), draw.choice([1, 5, 20])
        rules = Rules(
            quantity=draw.randint(1, 60) * draw.choice([1, lot]),
            needed_in_days=draw.choice([None, 40]),
            lot=lot,
            smallest_share=smallest,
            most_makers=draw.choice([None, None, 2]),
            one_hand=draw.random() < 0.1,
            price_band=draw.choice([None, Decimal("0.15")]),
            median_history=Decimal(draw.randint(0, 900)),
            seed=f"seed {number}",
        )
        yield rules, [candidate(draw, member) for member in range(1, draw.randint(2, 7))]


def candidate(draw: random.Random, member: int) -> Candidate:
    return Candidate(
        member=member,
        weight=draw.choice([Decimal(1), Decimal(1), Decimal("1.5")]),
        history=draw.choice([None, Decimal(draw.randint(0, 2000))]),
        held=draw.choice([0, 0, 0, 10]),
        offered=draw.randint(10, 60),
        days=draw.choice([20, 30, 60]),
        charge=Decimal(draw.choice([18, 20, 22, 30])),
        own_lot=draw.choice([1, 1, 1, 30]),
        capacity=draw.choice([None, None, draw.randint(0, 40)]),
        is_maker=draw.random() < 0.1,
        absence=draw.choice([None] * 12 + ["declined", "no_answer", "handed_back", "left_out"]),
    )


@pytest.mark.parametrize("spoken", ["en"], indirect=True)
def test_every_share_can_be_worked_out_from_its_sentences(spoken: str) -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    for rules, candidates in orders(400):
        for portion in divide(rules, candidates).portions:
            said = reasons(Telling(portion.reason, portion.figures, portion.quantity, CALL))
            assert worked_out(portion.reason, figures_in(said)) == portion.quantity, (portion, said)
            seen[portion.reason, portion.quantity > 0] += 1
    assert {reason for reason, _given in seen} == set(SAID) - {"override"}
    assert min(seen[reason, True] for reason in ("level", "offer", "capacity", "lots", "first_claim", "turn")) > 5


def portion_of(member: int, rules: Rules, candidates: list[Candidate]) -> tuple[Portion, Division]:
    division = divide(rules, candidates)
    return next(portion for portion in division.portions if portion.member == member), division


def numbers_of(words: str, language: str) -> set[Decimal]:
    """Every number in a sentence, read as its language writes it."""
    point, group = (".", ",") if language == "en" else (",", ".")
    found = re.findall(r"\d[\d.,]*\d|\d", words)
    return {Decimal(number.replace(group, "").replace(point, ".")) for number in found}


@pytest.mark.parametrize("spoken", ["en", "lo"], indirect=True)
def test_each_figure_stands_in_its_sentence(spoken: str) -> None:
    for rules, candidates in orders(40):
        for portion in divide(rules, candidates).portions:
            for sentence in reasons(Telling(portion.reason, portion.figures, portion.quantity, CALL)):
                for key, value in sentence.figures.items():
                    shown = round(Decimal(str(value)), 2) if key in MONEY else Decimal(str(value))
                    assert shown in numbers_of(sentence.words, spoken), (sentence, key)


def share_of(portion: Portion, division: Division, **given: Any) -> Share:
    result = {"portions": [{"member": each.member, "figures": each.figures} for each in division.portions]}
    allocation = Allocation(call=CALL, round=1, quantity=600, result=result, overrides=given.pop("overrides", []))
    columns = {"quantity": portion.quantity, "handed_back": 0, "reason": portion.reason, "figures": portion.figures}
    return Share(allocation=allocation, member_id=portion.member, **{**columns, **given})


def six_workshops() -> tuple[Rules, list[Candidate]]:
    offers = {1: (150, 1760), 2: (120, 2200), 3: (110, 1320), 4: (100, 2420), 5: (100, 2640), 6: (90, 880)}
    rules = Rules(quantity=600, needed_in_days=90, lot=10, smallest_share=5, median_history=Decimal(1980), seed="a")
    candidates = [
        Candidate(member=member, history=Decimal(history), offered=offered, days=30, charge=Decimal(22))
        for member, (offered, history) in offers.items()
    ]
    return rules, candidates


@pytest.mark.parametrize("spoken", ["en"], indirect=True)
def test_the_six_hundred_bowls_say_why(spoken: str) -> None:
    portion, division = portion_of(2, *six_workshops())
    said = [sentence.words.replace("\u00a0", " ") for sentence in why(share_of(portion, division))]
    assert said[0] == "6 workshops offered 670 pieces in time. The buyer wants 600 pieces."
    assert any("Your earlier work counts US$2,200" in words for words in said)


@pytest.mark.parametrize("spoken", ["en"], indirect=True)
def test_of_two_who_offered_the_sum_is_not_told(spoken: str) -> None:
    rules, candidates = six_workshops()
    portion, division = portion_of(1, rules, candidates[:2])
    assert "270" not in why(share_of(portion, division))[0].words


@pytest.mark.parametrize("spoken", ["en"], indirect=True)
def test_what_was_handed_back_later_changes_no_reason(spoken: str) -> None:
    portion, division = portion_of(1, *six_workshops())
    before = why(share_of(portion, division))
    assert why(share_of(portion, division, quantity=portion.quantity - 40, handed_back=40)) == before


@pytest.mark.parametrize("spoken", ["en"], indirect=True)
def test_a_share_that_the_office_set_carries_its_reason(spoken: str) -> None:
    portion, division = portion_of(1, *six_workshops())
    overrides = [{"member": 1, "from": portion.quantity, "to": 100, "reason": "Two smiths are ill."}]
    figures = {"by_rule": portion.quantity, "offered": 150, "held": 0}
    share = share_of(portion, division, quantity=100, reason="override", figures=figures, overrides=overrides)
    words = " ".join(sentence.words for sentence in why(share))
    assert {Decimal(portion.quantity), Decimal(100)} <= numbers_of(words, spoken)
    assert "Two smiths are ill." in words
