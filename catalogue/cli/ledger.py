"""The ledger from the command line: every decision over a call with its grounds, worked out again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from catalogue.activity.models import Entry
from catalogue.extensions import db
from catalogue.routing import proving
from catalogue.routing.division_models import Allocation
from catalogue.routing.ledger import allocations_of
from catalogue.routing.models import Call

Account = dict[str, Any]


@click.command("ledger")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array, an object a call.")
@with_appcontext
def ledger(number: str, as_json: bool) -> None:
    """Print how the call NUMBER, or each call of the inquiry NUMBER, was divided, and work it out again.

    Exit code 1 where anything does not agree. What is sealed stays sealed.
    """
    at = datetime.now(UTC)
    with Session(db.engine) as session:
        accounts = [account_of(session, call, at) for call in proving.calls_named(session, number)]
    if not accounts:
        raise click.BadParameter(f"there is no call and no called inquiry {number!r}", param_hint="NUMBER")
    if as_json:
        click.echo(json.dumps(accounts, ensure_ascii=False))
    else:
        for account in accounts:
            click.echo("\n".join(lines_of(account)))
    if any(account["faults"] for account in accounts):
        raise SystemExit(1)


def account_of(session: Session, call: Call, at: datetime) -> Account:
    """Everything that is kept of a call, as plain data."""
    offers = proving.offers_of(session, call, at)
    return {
        "call": call.number,
        "inquiry": call.inquiry.number,
        "line": call.line.position + 1,
        "consortium": call.consortium.slug,
        "state": call.state.value,
        "quantity": call.quantity,
        "unit": call.unit,
        "by_laws": call.by_laws.number,
        "price_rule": call.price_rule.value,
        "seed": call.seed,
        "sent_at": _moment(call.sent_at),
        "closes_at": _moment(call.closes_at),
        "closed_at": _moment(call.closed_at),
        "closed_how": call.closed_how.value if call.closed_how else None,
        "closed_reason": call.closed_reason,
        "members": {each.member_id: each.member.slug for each in call.candidates},
        "not_asked": [_not_asked(each) for each in call.candidates if not each.is_called],
        "offers": None if offers is None else {offer.candidate.member_id: offer.seal for offer in offers},
        "divisions": [_division(each) for each in allocations_of(session, [call.id])],
        "log": [_entry(each) for each in proving.entries_of(session, call)],
        "faults": proving.faults_of(session, call, at),
    }


def lines_of(account: Account) -> Iterator[str]:
    """An account in lines that people read."""
    yield f"{account['call']}: {account['quantity']} {account['unit']}, line {account['line']} of {account['inquiry']}"
    yield f"  {account['state']}, by-laws {account['by_laws']}, charges {account['price_rule']}"
    yield f"  seed {account['seed'] or '-'}"
    yield f"  sent {account['sent_at']}, closed {account['closed_at'] or '-'} {account['closed_how'] or ''}".rstrip()
    for each in account["not_asked"]:
        yield f"  not asked: {each['member']}: {each['left_out'] or each['reasons']}"
    if account["offers"] is None:
        yield "  offers: sealed"
    for division in account["divisions"]:
        yield from _division_lines(account, division)
    yield "  log:"
    for entry in account["log"]:
        yield f"    {entry['seq']} {entry['at']} {entry['actor']} {entry['action']} {entry['subject']} {entry['data']}"
    yield from (f"  DOES NOT AGREE: {fault}" for fault in account["faults"])
    if not account["faults"]:
        yield "  worked out again: all agrees"


def _division_lines(account: Account, division: Account) -> Iterator[str]:
    yield f"  round {division['round']}: {division['quantity']} to divide, {division['unfilled']} without a maker"
    yield f"    confirmed {division['confirmed_at']} by {division['confirmed_by']}, rule {division['algorithm']}"
    yield f"    {division['state']}, held until {division['held_until']}, level {division['level']}"
    yield f"    rules {json.dumps(division['inputs']['rules'], sort_keys=True)}"
    portions = {each["member"]: each for each in division["result"]["portions"]}
    for row in division["inputs"]["candidates"]:
        portion, slug = portions[row["member"]], account["members"].get(row["member"], row["member"])
        given = {key: value for key, value in row.items() if key != "member" and value is not None}
        yield f"    {slug}: {json.dumps(given)}"
        yield f"      -> {portion['quantity']} ({portion['reason']}) {json.dumps(portion['figures'])}"
    for each in division["overrides"]:
        yield f"    changed: {account['members'].get(each['member'])} {each['from']} -> {each['to']}: {each['reason']}"
    for share in division["shares"]:
        back = f", {share['handed_back']} handed back" if share["handed_back"] else ""
        yield f"    share of {share['member']}: {share['quantity']} {share['state']}{back}"


def _division(allocation: Allocation) -> Account:
    return {
        "round": allocation.round,
        "state": allocation.state.value,
        "quantity": allocation.quantity,
        "unfilled": allocation.unfilled,
        "algorithm": allocation.algorithm,
        "inputs": allocation.inputs,
        "result": allocation.result,
        "overrides": allocation.overrides,
        "level": str(allocation.level),
        "confirmed_at": _moment(allocation.confirmed_at),
        "confirmed_by": f"person:{allocation.confirmed_by_id}" if allocation.confirmed_by_id else "system",
        "held_until": allocation.held_until.isoformat(),
        "awarded_at": _moment(allocation.awarded_at),
        "shares": [
            {
                "member": share.member.slug,
                "quantity": share.quantity,
                "state": share.state.value,
                "value": str(share.value),
                "reason": share.reason,
                "handed_back": share.handed_back,
                "due_on": share.due_on.isoformat(),
            }
            for share in allocation.shares
        ],
    }


def _not_asked(candidate: Any) -> Account:
    return {"member": candidate.member.slug, "left_out": candidate.left_out_reason, "reasons": candidate.reasons}


def _entry(entry: Entry) -> Account:
    return {
        "seq": entry.seq,
        "at": _moment(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "data": entry.data,
        "text": entry.said.text if entry.said else None,
        "hash": entry.hash,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(ledger)
