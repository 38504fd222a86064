"""The page on which one listing is reviewed: its rows, the decisions beside them, and what else may be done to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import clearing, listing, readiness, reviewing
from catalogue.products.models import ListingStatus, Product
from catalogue.products.reviewing import Queue
from catalogue.web.clock import in_vientiane
from catalogue.web.compared import Finding, Row, rows_of
from catalogue.web.desk.beside import desk_page, place_of_product
from catalogue.web.desk.verdicts import Verdict, suggested_verdict
from catalogue.web.figures import day
from catalogue.web.language import language
from catalogue.web.part_words import name_of_part, words_of_lacking

BEGUN = {ListingStatus.DRAFT, ListingStatus.RETURNED}


def review_page(
    product: Product,
    queue: Queue,
    *,
    verdicts: Mapping[str, Verdict] | None = None,
    problems: Sequence[tuple[str, str]] = (),
    first: str | None = None,
    status: int = 200,
) -> Any:
    """The page of one listing. `verdicts` are what was typed, `first` says who decided or saved a moment before."""
    version, trade = product.working, sector(product.consortium.sector_key)
    leaks = clearing.open_leaks(db.session, product, version) if version else {}
    rows = rows_of(_shown(product), version, product.consortium, leaks) if version else []
    page = desk_page(
        "desk/review_product.html",
        product.consortium,
        place_of_product(product),
        product=product,
        version=version,
        rows=rows,
        waits=product.stage is ListingStatus.SUBMITTED,
        is_begun=product.stage in BEGUN,
        verdicts={row.part: (verdicts or {}).get(row.part) or suggested_verdict(row) for row in rows},
        lost=_lost(product, verdicts or {}, rows, first),
        reasons={reason["field"]: reason["text"] for reason in product.returned_reasons},
        where=reviewing.place_of(db.session, queue, product),
        narrowed=narrowing(queue),
        readiness=readiness.of(version, trade) if version else None,
        missing=_missing(product),
        summary=_summary(product, len(rows)),
        warning_of=warning_of,
        problems=list(problems),
        first=first,
    )
    return page, status


def narrowing(queue: Queue) -> dict[str, Any]:
    """What narrows the queue, as an address says it."""
    said: dict[str, Any] = {"member": queue.member.slug if queue.member else "", "kind": queue.kind or ""}
    return {name: value for name, value in said.items() if value}


def warning_of(finding: Finding) -> str:
    """Why something that was found keeps a text from being published."""
    if finding.kind == "phone":
        return _("A telephone number would leave the one door.")
    if finding.kind == "email":
        return _("An e-mail address would leave the one door.")
    if finding.kind == "address":
        return _("A web address would leave the one door.")
    return _("A way to reach the firm directly would leave the one door.")


def _shown(product: Product) -> Any:
    """What the public sees, or saw last, unless that is the working text itself."""
    return None if product.published_id in (None, product.working_id) else product.published


def _missing(product: Product) -> str:
    if product.working is None or product.published_id == product.working_id:
        return ""
    trade = sector(product.consortium.sector_key)
    return words_of_lacking(listing.lacking_for_public(product, product.working), trade)


def _lost(
    product: Product, verdicts: Mapping[str, Verdict], rows: Sequence[Row], first: str | None
) -> list[tuple[str, str]]:
    """Reasons that were typed and have no place on the page any more: shown, so that they can be copied."""
    here = {row.part for row in rows} if product.stage is ListingStatus.SUBMITTED else set()
    typed = [each for each in verdicts.values() if first and not each.is_taken and each.part not in here]
    return [(name_of_part(each.part), each.reason) for each in typed if each.reason]


def _summary(product: Product, changes: int) -> str:
    """What was sent, by whom and when, and what the public sees meanwhile."""
    name, version = product.member.name.in_(language()), product.working
    if product.stage is not ListingStatus.SUBMITTED or version is None or product.submitted_at is None:
        return name
    on = day(in_vientiane(product.submitted_at).date())
    if product.published_id is None:
        return _("%(firm)s sent this new listing on %(day)s.", firm=name, day=on)
    changed = ngettext(
        "%(firm)s changed %(num)s thing on %(day)s.",
        "%(firm)s changed %(num)s things on %(day)s.",
        changes,
        firm=name,
        day=on,
    )
    if product.is_visible:
        return f"{changed} " + _("The public still sees the old text.")
    return f"{changed} " + _("It is withdrawn: taking it shows it again.")
