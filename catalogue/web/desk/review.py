"""Reviewing what members sent: the queue, one proposal part by part, and the one button that decides over it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.maker_pages import submitted_pages
from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import Sector
from catalogue.extensions import db
from catalogue.products import clearing, deciding, listing, reviewing
from catalogue.products.deciding import Decided
from catalogue.products.models import Product
from catalogue.products.parts import part_of
from catalogue.products.reviewing import Kind, Queue
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.listing_acts import opened_version
from catalogue.web.desk.review_page import narrowing, review_page
from catalogue.web.desk.verdicts import Verdict, problems_in, reasons_in, typed_verdicts, without_suggestion
from catalogue.web.loaders import consortium_at, product_at
from catalogue.web.moved_on import who_was_first
from catalogue.web.part_words import words_of_lacking
from catalogue.web.signed_in import signed_in


@blueprint.get("/<slug>/review", endpoint="review")
@requires("listing.review", load=consortium_at)
def show_queue(consortium: Consortium) -> Any:
    """What waits, the longest wait first: all, or one firm's, or one kind."""
    queue = queue_asked_for(consortium)
    everything = reviewing.waiting(db.session, Queue(consortium, member=queue.member))
    counts = {None: len(everything)} | {
        kind: sum((each.published_id is None) == (kind is Kind.NEW) for each in everything) for kind in Kind
    }
    return desk_page(
        "desk/review.html",
        consortium,
        "review",
        products=reviewing.waiting(db.session, queue) if queue.kind else everything,
        members=reviewing.members_waiting(db.session, consortium),
        pages=() if queue.kind or queue.member else submitted_pages(db.session, consortium),
        queue=queue,
        counts=counts,
        narrowed=narrowing(queue),
    )


@blueprint.get("/<slug>/review/<product_id>")
@requires("listing.review", load=product_at)
def review_product(product: Product) -> Any:
    """Field by field what changed against what the public sees, with a decision beside each."""
    return review_page(product, queue_asked_for(product.consortium))


@blueprint.post("/<slug>/review/<product_id>")
@requires("listing.decide", load=product_at)
def decide(product: Product) -> Any:
    """Publish what is taken and send the rest back; or note first that something is no contact."""
    queue, verdicts = queue_asked_for(product.consortium), typed_verdicts(request.form)
    if "clear" in request.form:
        return _clear(product, queue, verdicts)
    if problems := problems_in(verdicts):
        return review_page(product, queue, verdicts=verdicts, problems=problems, status=422)
    return _carry_out(product, queue, verdicts, lambda opened: _decide(product, verdicts, opened))


@blueprint.post("/<slug>/review/<product_id>/publish")
@requires("listing.publish", load=product_at)
def publish(product: Product) -> Any:
    """Show the working text as it is, where it does not wait for review: a draft of the office's own."""
    return _carry_out(product, queue_asked_for(product.consortium), {}, lambda opened: _publish(product, opened))


def _decide(product: Product, verdicts: Mapping[str, Verdict], opened: int) -> Decided:
    reasons = reasons_in(verdicts)
    return deciding.decide(db.session, product, reasons, opened_version=opened, by=signed_in(), at=now())


def _publish(product: Product, opened: int) -> Decided:
    listing.publish(db.session, product, by=signed_in(), at=now(), opened_version=opened)
    return Decided(published=1, returned=0)


def _carry_out(
    product: Product, queue: Queue, verdicts: Mapping[str, Verdict], decide_from: Callable[[int], Decided]
) -> Any:
    """Take the decision and go on to what waits next; a refused one shows the page with everything that was typed."""
    following = reviewing.place_of(db.session, queue, product)
    try:
        decided = decide_from(opened_version() or 0)
    except listing.NotReady as refusal:
        problem = _(
            "Not published yet. Still missing: %(fields)s", fields=words_of_lacking(refusal.missing, _trade(product))
        )
        return review_page(product, queue, verdicts=verdicts, problems=[("main", problem)], status=422)
    except listing.ContactInText as refusal:
        problem = _("A contact stands in the text. It cannot be published like this.")
        place = f"part-{part_of(next(iter(refusal.leaks))).replace('.', '-')}"
        return review_page(product, queue, verdicts=verdicts, problems=[(place, problem)], status=422)
    except listing.SomebodyWasFirst:
        return _was_first(product, queue, verdicts)
    flash(_words_of(decided), "success")
    return _next(queue, following.next if following else None)


def _clear(product: Product, queue: Queue, verdicts: Mapping[str, Verdict]) -> Any:
    """Record that what was found is no contact, and show the page again with everything that was typed."""
    place, _mark, text = request.form["clear"].replace("\r\n", "\n").partition("|")
    try:
        clearing.clear(db.session, product, place, text, by=signed_in(), at=now())
    except clearing.NotFoundThere:
        return _was_first(product, queue, verdicts)
    return review_page(product, queue, verdicts=without_suggestion(verdicts, part_of(place)))


def _was_first(product: Product, queue: Queue, verdicts: Mapping[str, Verdict]) -> Any:
    """How it stands now, who was first, and what was about to be decided: nothing typed is lost."""
    db.session.rollback()
    return review_page(product, queue, verdicts=verdicts, first=who_was_first(product), status=409)


def _trade(product: Product) -> Sector:
    return sector(product.consortium.sector_key)


def _words_of(decided: Decided) -> str:
    if not decided.returned:
        return _("Published.")
    if not decided.published:
        return _("Sent back to the member.")
    return _("Published %(published)s, sent back %(returned)s.", published=decided.published, returned=decided.returned)


def _next(queue: Queue, product_id: str | None) -> Response:
    """To what waits next, else to the queue."""
    slug, narrowed = queue.consortium.slug, narrowing(queue)
    if product_id is None:
        return redirect(url_for("desk.review", slug=slug, **narrowed), 303)
    return redirect(url_for("desk.review_product", slug=slug, product_id=product_id, **narrowed), 303)


def queue_asked_for(consortium: Consortium) -> Queue:
    """The queue that an address narrows by `?member=` and `?kind=`."""
    asked, kind = request.args.get("member", ""), request.args.get("kind", "")
    waiting = reviewing.members_waiting(db.session, consortium) if asked else ()
    member = next((each for each in waiting if each.slug == asked), None)
    return Queue(consortium, member, Kind(kind) if kind in set(Kind) else None)
