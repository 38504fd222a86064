"""Searching from the command line: what the public would find."""

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
from catalogue.products.search import matching


@dataclass(frozen=True)
class Row:
    """One product found, as it is printed."""

    consortium: str
    reference: str
    id: str
    lo: str
    en: str


@click.command("search")
@click.argument("query")
@click.option("--consortium", "slug", help="Search this consortium alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@with_appcontext
def search(query: str, slug: str | None, as_json: bool) -> None:
    """Print the products found for QUERY, the best fit first, one a line."""
    with Session(db.engine) as session:
        rows = found(session, query, slug)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row.consortium} {row.reference} {row.id} {row.lo} | {row.en}")


def found(session: Session, query: str, slug: str | None) -> list[Row]:
    """The products found in one consortium or in all. Raises `click.BadParameter` for a slug that nobody has."""
    slugs = {each.id: each.slug for each in shown.consortia(session)}
    consortium = session.scalar(select(Consortium).where(Consortium.slug == slug)) if slug else None
    if slug and consortium is None:
        raise click.BadParameter(f"there is no consortium {slug!r}", param_hint="--consortium")
    cards = shown.cards(session, [hit.product_id for hit in matching(session, consortium, query)])
    return [
        Row(slugs[card.consortium_id], card.reference, card.public_id, card.name.lo, card.name.en) for card in cards
    ]


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(search)
