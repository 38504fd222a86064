"""Searching from the command line: what the public would find, how well it fits, and why."""

import json
from dataclasses import asdict, dataclass

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products import shown
from catalogue.products.explaining import Reason, reasons, score
from catalogue.products.search import matching


@dataclass(frozen=True)
class Row:
    """One product found, as it is printed."""

    consortium: str
    reference: str
    id: str
    lo: str
    en: str
    score: float
    why: list[Reason]


@click.command("search")
@click.argument("query")
@click.option("--consortium", "slug", help="Search this consortium alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@with_appcontext
def search(query: str, slug: str | None, as_json: bool) -> None:
    """Print the products found for QUERY with score and reasons, the best fit first, one a line."""
    with Session(db.engine) as session:
        rows = found(session, query, slug)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        why = ", ".join(map(str, row.why))
        click.echo(f"{row.score:.2f} {row.consortium} {row.reference} {row.id} {row.lo} | {row.en} ({why})")


def found(session: Session, query: str, slug: str | None) -> list[Row]:
    """The products found in one consortium or in all. Raises `click.BadParameter` for a slug that nobody has."""
    slugs = {each.id: each.slug for each in shown.consortia(session)}
    consortium = session.scalar(select(Consortium).where(Consortium.slug == slug)) if slug else None
    if slug and consortium is None:
        raise click.BadParameter(f"there is no consortium {slug!r}", param_hint="--consortium")
    hits = {hit.product_id: hit for hit in matching(session, consortium, query)}
    why, cards = reasons(session, list(hits.values()), query), shown.cards(session, list(hits))
    return [
        Row(
            slugs[card.consortium_id],
            card.reference,
            card.public_id,
            card.name.lo,
            card.name.en,
            score(hits[card.id]),
            why[card.id],
        )
        for card in cards
    ]


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(search)
