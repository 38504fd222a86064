"""The made trade: the same for the same seed, and no rule gives more than there was."""

from random import Random

import pytest

from catalogue.routing import made_trade
from catalogue.routing.simulation import POLICIES, simulate

SMALL = {"years": 1, "members": 7}


def test_the_same_seed_is_the_same_play():
    assert simulate(**SMALL, seed=4) == simulate(**SMALL, seed=4)
    assert simulate(**SMALL, seed=4) != simulate(**SMALL, seed=5)


def test_every_rule_plays_the_same_inquiries():
    play = simulate(**SMALL, seed=1)
    assert set(play.outcomes) == set(POLICIES) >= {"by-laws", "first-come", "random", "equal", "by-price"}
    for outcome in play.outcomes.values():
        assert 0 <= outcome.unfilled < 1
        assert len(outcome.values) == 7


def test_the_cheapest_first_pays_least():
    outcomes = simulate(years=2, members=20, seed=1).outcomes
    assert min(outcomes, key=lambda name: outcomes[name].charge) == "by-price"


def test_one_member_alone_gets_the_same_from_those_who_know_no_band():
    """With nobody to divide among, the rules differ in least shares alone."""
    outcomes = simulate(years=1, members=1, seed=2).outcomes
    assert outcomes["first-come"] == outcomes["random"] == outcomes["by-price"] == outcomes["equal"]
    assert outcomes["first-come"].gini == 0


def test_answers_are_as_often_late_and_refused_as_said():
    chance = Random(1)
    made = made_trade.workshops(chance, 40, 3 * 365)
    answers = [answer for inquiry in made_trade.inquiries(chance, made, 3 * 365) for answer in inquiry.answers]
    refused = sum(1 for answer in answers if answer.absence) / len(answers)
    assert len(answers) > 1000
    assert 0.06 < refused < 0.45


@pytest.mark.parametrize("wrong", [{"years": 0, "members": 5}, {"years": 1, "members": 0}])
def test_nothing_to_play_is_refused(wrong):
    with pytest.raises(ValueError, match="at least one"):
        simulate(**wrong, seed=1)
