"""Trying the rule on made trade from the command line."""

import json
from dataclasses import asdict
from decimal import Decimal

import click
from flask import Flask

from catalogue.routing.simulation import Outcome, Play, simulate

WIDTH = 40
BARS = "▁▂▃▄▅▆▇█"
COLUMNS = "{:<12}{:>8}{:>8}{:>10}{:>8}{:>9}"
KEYS = ("gini", "jain", "unfilled", "makers", "charge")


@click.command("simulate")
@click.option("--years", default=3, show_default=True, type=click.IntRange(1, 30))
@click.option("--members", default=20, show_default=True, type=click.IntRange(1, 500))
@click.option("--seed", default=1, show_default=True, help="The same number draws the same inquiries.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate_command(years: int, members: int, seed: int, as_json: bool) -> None:
    """Play made inquiries through the allocation and four other rules; needs no database."""
    play = simulate(years=years, members=members, seed=seed)
    if as_json:
        click.echo(json.dumps(_as_json(play, years, members, seed)))
        return
    played = f"{play.inquiries} inquiries, {play.pieces:,} pieces"
    click.echo(f"{_some(years, 'year')}, {_some(members, 'member')}, seed {seed}: {played}\n")
    click.echo("\n".join([*_table(play), "", *_evenness(play), "", *_spread(play)]))


def _some(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _as_json(play: Play, years: int, members: int, seed: int) -> dict[str, object]:
    policies = {
        name: {key: float(value) for key, value in asdict(outcome).items() if key in KEYS}
        for name, outcome in play.outcomes.items()
    }
    asked = {"years": years, "members": members, "seed": seed, "inquiries": play.inquiries, "pieces": play.pieces}
    return {"policies": policies, **asked}


def _table(play: Play) -> list[str]:
    head = COLUMNS.format("policy", "Gini", "Jain", "unfilled", "makers", "charge")
    rows = [
        COLUMNS.format(
            name,
            f"{outcome.gini:.3f}",
            f"{outcome.jain:.3f}",
            f"{outcome.unfilled:.1%}",
            f"{outcome.makers:.1f}",
            f"{outcome.charge:.2f}",
        )
        for name, outcome in play.outcomes.items()
    ]
    return [head, *rows]


def _evenness(play: Play) -> list[str]:
    """A bar a policy, the shortest first to see."""
    longest = max(outcome.gini for outcome in play.outcomes.values()) or 1
    bars = [f"{name:<12}{'█' * round(WIDTH * outcome.gini / longest)}" for name, outcome in play.outcomes.items()]
    return ["Gini: the shorter, the more evenly work was given out", *bars]


def _spread(play: Play) -> list[str]:
    lines = [f"{name:<12}{_members(outcome)}" for name, outcome in play.outcomes.items()]
    return ["What each member was given, least to most (a full block: twice the average or more)", *lines]


def _members(outcome: Outcome) -> str:
    """A block a member, or every so many members where there are more than fit a line."""
    values = sorted(outcome.values)[:: -(-len(outcome.values) // (2 * WIDTH))]
    top = 2 * sum(outcome.values, Decimal(0)) / len(outcome.values)
    return "".join(BARS[min(len(BARS) - 1, int(len(BARS) * value / top))] if top else BARS[0] for value in values)


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(simulate_command)
