"""Line sheets: a PDF of one product, a chosen few, a filtered list or the whole catalogue, made by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import abort, jsonify, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue import limits
from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.database import apart
from catalogue.extensions import csrf, db
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.media.stores import NotStored
from catalogue.printing import ordering
from catalogue.printing.models import LineSheet
from catalogue.printing.ordering import Progress, Stage, TooManyWait, Wanted
from catalogue.products.models import ListingStatus, Product
from catalogue.products.shelf import shelf_of
from catalogue.text import slug as words_of
from catalogue.web.access import public
from catalogue.web.attachments import store
from catalogue.web.clock import now
from catalogue.web.content import reference_of, term, today
from catalogue.web.language import language
from catalogue.web.pager import Cursor
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.choosing import asked_of, chips
from catalogue.web.storefront.products import find
from catalogue.web.storefront.showing import consortium_or_404, show
from catalogue.web.storefront.visitor import same_origin_only

SHEETS_AN_HOUR = 30
MOST_CHOSEN = 100
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Choice:
    """What an address asks for: products in order, what they are in words, and the address in its one fixed form."""

    product_ids: Sequence[int]
    scope: str
    parameters: dict[str, Any]
    most: int = ordering.MOST_PIECES


@blueprint.get("/<lang>/<slug>/line-sheet.pdf")
@public
def line_sheet(slug: str) -> Any:
    """The PDF; or, until the worker has made it, a page that says how far it is."""
    consortium = consortium_or_404(slug)
    choice = chosen(consortium)
    if not choice.product_ids:
        abort(404)
    if len(choice.product_ids) > choice.most:
        return too_many(consortium, choice)
    wanted = wanted_of(consortium, choice)
    sheet = ordering.sheet_of(db.session, wanted)
    if sheet is None and not is_only_looking():
        if refusal := order(wanted):
            return not_now(consortium_or_404(slug), choice, refusal)
        consortium, sheet = consortium_or_404(slug), ordering.sheet_of(db.session, wanted)
    if sheet is not None and sheet.is_ready:
        return paper(consortium, sheet, choice)
    return on_its_way(consortium, choice, sheet)


@blueprint.get("/<lang>/<slug>/line-sheet/<string(length=10):sheet_id>")
@public
def line_sheet_state(slug: str, sheet_id: str) -> Response:
    """How far a sheet is, for the script of its page."""
    consortium = consortium_or_404(slug)
    sheet = ordering.sheet_at(db.session, consortium, sheet_id) or abort(404)
    progress = ordering.progress_of(db.session, sheet, at=now())
    answer = jsonify(
        stage=progress.stage.value, words=words_for(progress), done=progress.done, of=progress.of, wait=wait(progress)
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/<lang>/<slug>/line-sheet.pdf")
@csrf.exempt
@public
@same_origin_only
def make_line_sheet_again(slug: str) -> Any:
    """Have a sheet tried again that could not be made."""
    if is_over_limit():
        return not_now(consortium_or_404(slug), chosen(consortium_or_404(slug)), too_often())
    consortium = consortium_or_404(slug)
    choice = chosen(consortium)
    if sheet := ordering.sheet_of(db.session, wanted_of(consortium, choice)):
        ordering.order_again(db.session, sheet, at=now())
    return redirect(url_for("storefront.line_sheet", slug=slug, **choice.parameters), 303)


# -- what is asked for --


def chosen(consortium: Consortium) -> Choice:
    """The products that the address names (`product=`, repeated), else those that its filters leave."""
    named = list(dict.fromkeys(request.args.getlist("product")))
    if named:
        return chosen_by_name(consortium, named)
    asked = asked_of(consortium)
    ids = find(asked, shelf_of(db.session, consortium), Cursor(today())).ids
    parameters = {name: value for name, value in asked.parameters().items() if name != "page"}
    if asked.query:
        return Choice(ids[: ordering.MOST_PIECES + 1], _("Chosen from the catalogue"), parameters)
    words = ", ".join(each[0] for each in chips(asked))
    return Choice(ids[: ordering.MOST_PIECES + 1], words or _("The whole catalogue"), parameters)


def chosen_by_name(consortium: Consortium, public_ids: list[str]) -> Choice:
    """Products by their public ids, in the order of their references; what is not shown is left out."""
    query = select(Product.id, Product.public_id).where(
        Product.consortium_id == consortium.id,
        Product.status == ListingStatus.PUBLISHED,
        Product.public_id.in_([each for each in public_ids if len(each) == 10][: MOST_CHOSEN + 1]),
    )
    rows = db.session.execute(query.order_by(Product.reference)).all()
    scope = "" if len(rows) == 1 else _("Chosen pieces")
    return Choice([row.id for row in rows], scope, {"product": [row.public_id for row in rows]}, most=MOST_CHOSEN)


def wanted_of(consortium: Consortium, choice: Choice) -> Wanted:
    """The sheet of a choice, as the catalogue and the metal stand today."""
    reference = reference_of(consortium) if sector(consortium.sector_key).priced_by_metal else None
    return Wanted(
        consortium.id,
        consortium.catalogue_version,
        language(),
        list(choice.product_ids),
        choice.scope,
        f"{reference.on} {reference.price_per_gram} {reference.currency}" if reference else "",
    )


# -- asking the worker --


def order(wanted: Wanted) -> str:
    """Put a sheet into the outbox; why not, where it cannot be."""
    if is_over_limit():
        return too_often()
    try:
        with apart(db.engine) as session:
            ordering.order(session, wanted, at=now())
    except TooManyWait:
        return _("Many line sheets are being made at this moment. Please try again in a few minutes.")
    return ""


def is_over_limit() -> bool:
    """Whether this network asked for so many sheets that it must wait. The request's own reading ends here."""
    db.session.rollback()
    with apart(db.engine) as session:
        asked = limits.hit(session, "line sheet", network_of(request.remote_addr), seconds=HOUR, at=now())
    return asked > SHEETS_AN_HOUR


def too_often() -> str:
    """What a network reads that asked too often."""
    return _("So many line sheets were asked for from your network that we ask you to wait an hour.")


def is_only_looking() -> bool:
    """Whether nobody reads the answer: a browser that fetches ahead, or a program that asks for headers alone."""
    return request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", "")


# -- answers --


def paper(consortium: Consortium, sheet: LineSheet, choice: Choice) -> Response:
    """The PDF. Under the address that names this very sheet it never changes; otherwise browsers ask each time."""
    key, etag, made = sheet.stored_key, sheet.sha256[:32], sheet.public_id
    names = file_names(consortium, choice, sheet)
    db.session.rollback()
    try:
        answer = Response(store().get(key), mimetype="application/pdf")
    except NotStored:
        abort(503)
    plain, full = names
    answer.headers["Content-Disposition"] = f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"
    answer.headers["Cache-Control"] = FOREVER if request.args.get("made") == made else "public, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.set_etag(etag)
    return answer.make_conditional(request.environ)


def file_names(consortium: Consortium, choice: Choice, sheet: LineSheet) -> tuple[str, str]:
    """What the file is called: in letters that every program knows, and in the reader's own."""
    single = db.session.get(Product, choice.product_ids[0]) if len(choice.product_ids) == 1 else None
    what = single.reference if single else choice.scope
    plain = "-".join(
        filter(None, (words_of(consortium.name.en) or consortium.slug, "line-sheet", words_of(what), sheet.language))
    )
    full = ", ".join(filter(None, (consortium.name.in_(language()), _("Line sheet"), what)))
    return f"{plain}.pdf", f"{full.replace('/', '-')}.pdf"


def on_its_way(consortium: Consortium, choice: Choice, sheet: LineSheet | None) -> Response:
    """How far it is."""
    progress = ordering.progress_of(db.session, sheet, at=now()) if sheet else Progress(Stage.WAITING)
    made: dict[str, Any] = {"made": sheet.public_id} if sheet else {}
    values = {
        "progress": progress,
        "words": words_for(progress),
        "state_url": url_for("storefront.line_sheet_state", slug=consortium.slug, sheet_id=sheet.public_id)
        if sheet
        else None,
        "ready_url": url_for("storefront.line_sheet", slug=consortium.slug, **choice.parameters, **made),
        "wait": wait(progress),
    }
    return _page(consortium, choice, 202, **values)


def words_for(progress: Progress) -> str:
    """How far a sheet is, in one sentence."""
    if progress.stage is Stage.READY:
        return _("The line sheet is ready.")
    if progress.stage is Stage.FAILED:
        return _("The line sheet could not be made.")
    if progress.stage is Stage.AGAIN:
        return _("Something came between; it is tried again in a moment.")
    if progress.stage is Stage.WAITING:
        first = ngettext("%(num)s other paper is made first.", "%(num)s other papers are made first.", progress.before)
        return first if progress.before else _("Yours is next.")
    if progress.done >= progress.of:
        return _("All pieces are laid in; the pages are being set.")
    return _("%(done)s of %(of)s pieces laid in.", done=progress.done, of=progress.of)


def wait(progress: Progress) -> int:
    """After how many milliseconds to look again."""
    return {Stage.MAKING: 700, Stage.AGAIN: 5000}.get(progress.stage, 1200)


def too_many(consortium: Consortium, choice: Choice) -> Response:
    """More pieces than a sheet holds: the kinds to choose from."""
    trade = sector(consortium.sector_key)
    kinds = [
        (
            term(consortium.sector_key, "category", each.key),
            url_for("storefront.products", slug=consortium.slug, category=each.key),
        )
        for each in trade.categories
    ]
    return _page(consortium, choice, 422, kinds=kinds, most=choice.most)


def not_now(consortium: Consortium, choice: Choice, refusal: str) -> Response:
    """Why it is not made now."""
    answer = _page(consortium, choice, 429, refusal=refusal)
    answer.headers["Retry-After"] = "600"
    return answer


def _page(consortium: Consortium, choice: Choice, status: int, **values: Any) -> Response:
    known = {"choice": choice, "search": choice.parameters, "kept": False, "count": len(choice.product_ids)}
    answer = make_response(show("storefront/line_sheet.html", consortium, **{**known, **values}), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
