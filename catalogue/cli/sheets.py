"""Product sheets from the command line: the template, and the import of what members filled in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from catalogue.consortia.sector import Sector, sectors
from catalogue.database import writing
from catalogue.durable import write_durably
from catalogue.extensions import db
from catalogue.products.sheets import report
from catalogue.products.sheets.findings import SheetRefused
from catalogue.products.sheets.importing import Looked, Plan, Verdict, look_at, plan
from catalogue.products.sheets.rejected import error_file
from catalogue.products.sheets.storing import house_of, known_to, member_called, store
from catalogue.products.sheets.template import template
from catalogue.web.clock import now

Command = TypeVar("Command", bound=Callable[..., Any])
LANGUAGES = ("lo", "en")


def in_a_language(command: Command) -> Command:
    """`--language lo|en`, or in short `--lo` and `--en`."""
    for flag in LANGUAGES:
        command = click.option(f"--{flag}", "shortly", flag_value=flag, help=f"The same as --language {flag}.")(command)
    choice = click.Choice(LANGUAGES)
    return click.option("--language", type=choice, default="en", help="The language of the report.")(command)


@click.command("import-products")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--member", required=True, help="The firm's slug, with its consortium's before it where needed: silver/lotus."
)
@click.option("--mapping", help="A mapping file, or one that comes with Sala: museum, shopify, woocommerce, etsy.")
@click.option("--errors", type=click.Path(path_type=Path), help="Where the rows that stay out are written.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; store nothing.")
@in_a_language
@with_appcontext
def import_products(
    file: Path, member: str, mapping: str | None, errors: Path | None, dry_run: bool, language: str, shortly: str | None
) -> None:
    """Add the products of a sheet (.xlsx, .csv) as drafts of a firm. Rows that are bad stay out, with their reasons."""
    language = shortly or language
    try:
        looked, planned = _looked_at(file, member, mapping)
        for line in report.lines_of(planned, member, language):
            click.echo(line)
        written = _write_errors(planned, file, errors, dry_run=dry_run)
        stored = None if dry_run else _store(member, looked)
    except SheetRefused as refusal:
        raise click.ClickException(refusal.text(language)) from None
    if written:
        click.echo(report.phrase("errors", language, file=written))
    if stored is None:
        click.echo(report.phrase("dry-run", language))
    else:
        click.echo(report.phrase("stored", language, count=len(stored.of(Verdict.ADD))))


@click.command("import-template")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sector", default="silver", help="silver, silk, handicraft, furniture, rice.")
@in_a_language
@with_appcontext
def import_template(file: Path, sector: str, language: str, shortly: str | None) -> None:
    """Write an empty product sheet (.xlsx or .csv) for a sector, with one example row."""
    language = shortly or language
    kind = file.suffix.casefold().removeprefix(".")
    try:
        if kind not in {"xlsx", "csv"}:
            raise SheetRefused("template-ending")
        _write(file, template(_sector(sector), kind), "template-not-written")
    except SheetRefused as refusal:
        raise click.ClickException(refusal.text(language)) from None
    click.echo(report.phrase("template", language, file=file))


def _looked_at(file: Path, member: str, mapping: str | None) -> tuple[Looked, Plan]:
    """Read, check and decide. Nothing is written, and no lock is held while the file is read."""
    with Session(db.engine) as session:
        house = house_of(member_called(session, member))
    looked = look_at(file, house, mapping)
    with Session(db.engine) as session:
        return looked, plan(looked, known_to(session, member_called(session, member)))


def _store(member: str, looked: Looked) -> Plan:
    with writing(db.engine) as session:
        return store(session, member_called(session, member), looked, by=None, at=now())


def _write_errors(planned: Plan, file: Path, errors: Path | None, *, dry_run: bool) -> Path | None:
    """The error file, before anything is stored: an import whose reasons cannot be kept does not begin."""
    if not planned.of(Verdict.BAD) or (dry_run and errors is None):
        return None
    ending = ".xlsx" if file.suffix.casefold() == ".xlsx" else file.suffix
    place = errors or file.with_name(f"{file.stem}-errors{ending}")
    _write(place, error_file(planned), "not-written")
    return place


def _write(place: Path, data: bytes, code: str) -> None:
    try:
        write_durably(place.absolute(), data)
    except OSError as fault:
        raise SheetRefused(code, file=str(place)) from fault


def _sector(key: str) -> Sector:
    known = {each.key: each for each in sectors()}
    if key not in known:
        raise SheetRefused("sector-unknown", sector=key, choices=sorted(known))
    return known[key]


def init_app(app: Flask) -> None:
    """Add the verbs."""
    app.cli.add_command(import_products)
    app.cli.add_command(import_template)
