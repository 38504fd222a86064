"""The first questions, one a page: each answer is kept at once, read back, and asked about where it is unclear."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import Question, Sector
from catalogue.extensions import db
from catalogue.products import drafting
from catalogue.products.beginning import draft_of, product_of_draft
from catalogue.products.examples import example_photos
from catalogue.products.models import Product, ProductVersion
from catalogue.products.steps import SomebodyWasFirst
from catalogue.web.access import may, requires
from catalogue.web.clock import now
from catalogue.web.loaders import own_member, own_product_at
from catalogue.web.product_words import in_words
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.answering import BASE, Outcome, asking_of, keep_answers, shown
from catalogue.web.studio.beside import studio_page
from catalogue.web.studio.capture import given_key
from catalogue.web.studio.reading_back import echo_of, is_in_kip, is_number, readings_of, unclear_words

SEEN = "seen-"
NEW = "/products/new/questions/<question_key>"
ONE = "/products/<product_id>/questions/<question_key>"


# -- before there is a product: the first answer makes it --


@blueprint.get(NEW)
@requires("product.create", load=own_member)
def new_question(member: Member) -> Any:
    """A question about a product of which nothing came yet; where something did, its own page."""
    key, question = given_key(request.args.get("draft_key")), _asked_in(member)
    if not key:
        return redirect(url_for("studio.new_product"), 303)
    if earlier := product_of_draft(db.session, member, key):
        return redirect(_page_of(earlier, question), 303)
    return _page(member, None, question, key)


@blueprint.post(NEW)
@requires("product.create", load=own_member)
def answer_new(member: Member) -> Any:
    """Make the product with its first answer; sent twice it is one product."""
    key, question = given_key(request.form.get("draft_key")), _asked_in(member)
    if not key:
        return redirect(url_for("studio.new_product"), 303)
    earlier = product_of_draft(db.session, member, key)
    if earlier is None and not any(request.form.get(field, "").strip() for field in question.fields):
        return redirect(_next_new(member, question, key), 303)
    found = earlier or draft_of(db.session, member, key, by=signed_in(), at=now())
    if not may("product.edit", found):
        return redirect(url_for("studio.product", product_id=found.public_id), 303)
    return _answered(found, question)


# -- of a product --


@blueprint.get(ONE)
@requires("product.edit", load=own_product_at)
def question(found: Product) -> Any:
    """One question with what was answered, or typed and not understood yet."""
    return _page(found.member, found, _asked_in(found.member), found.draft_key or "")


@blueprint.post(ONE)
@requires("product.edit", load=own_product_at)
def answer_question(found: Product) -> Any:
    """Keep the answer and go on, unless something is unclear, missing or answered by somebody else meanwhile."""
    return _answered(found, _asked_in(found.member))


def _answered(found: Product, question: Question) -> Any:
    try:
        outcome = keep_answers(found, question.fields)
    except SomebodyWasFirst:
        db.session.rollback()
        return redirect(url_for("studio.product", product_id=found.public_id), 303)
    if outcome.clashes:
        return _clash_page(found, question, outcome), 409
    return redirect(_after(found, question, outcome), 303)


def _after(found: Product, question: Question, outcome: Outcome) -> str:
    """Where the member goes on."""
    if "skip" not in request.form:
        if outcome.unclear:
            return _page_of(found, question)
        if outcome.empty:
            return _page_of(found, question, missing=1)
        if any(not _was_read_back(each) for each in outcome.form.asked):
            return _page_of(found, question, said=1)
    if request.form.get("then") == "told":
        return url_for("studio.told", product_id=found.public_id)
    following = drafting.question_after(question, _trade(found.member))
    if following is None:
        return url_for("studio.told", product_id=found.public_id)
    return url_for("studio.question", product_id=found.public_id, question_key=following.key)


def _was_read_back(asked: Any) -> bool:
    """Whether the member saw this number read back as it was typed, by script or on the page before."""
    return not is_number(asked) or not shown(asked) or request.form.get(SEEN + asked.name) == shown(asked)


# -- pages --


def _page(member: Member, found: Product | None, question: Question, draft_key: str) -> str:
    version = found.working if found else None
    form = asking_of(version, member.consortium.sector_key, question.fields, is_fresh=True)
    _say_what_is_wrong(form, version)
    return _show("studio/question.html", member, found, question, form, draft_key=draft_key)


def _clash_page(found: Product, question: Question, outcome: Outcome) -> str:
    theirs = {clash.key: clash.theirs for clash in outcome.clashes}
    bases = {each.name: theirs.get(each.name, shown(each)) for each in outcome.form.asked}
    values = {"clashes": outcome.clashes, "bases": bases, "base": BASE}
    return _show("studio/clash.html", found.member, found, question, outcome.form, **values)


def _show(template: str, member: Member, found: Product | None, question: Question, form: Any, **values: Any) -> str:
    trade, version = _trade(member), found.working if found else None
    return studio_page(
        template,
        member.consortium,
        member,
        "products",
        product=found,
        version=version,
        question=question,
        number=1 + trade.questions.index(question),
        of=len(trade.questions),
        form=form,
        trade=trade,
        words=lambda said: in_words(said, trade, version),
        fields=[_shown_field(each) for each in form.asked],
        terms={each.key: each for each in trade.categories},
        photos=example_photos(db.session, member.consortium, trade) if "category" in question.fields else {},
        is_said="said" in request.args,
        then=request.values.get("then", ""),
        kept_at=drafting.last_kept_at(db.session, found) if found else None,
        back=_back(found, question, trade),
        **values,
    )


def _shown_field(asked: Any) -> dict[str, Any]:
    """A field with what stands in it, what it is read back as, and the two readings of an unclear number."""
    readings = readings_of(asked, shown(asked)) if is_number(asked) else ()
    return {
        "field": asked,
        "shown": shown(asked),
        "is_number": is_number(asked),
        "is_in_kip": is_in_kip(asked),
        "echo": echo_of(asked),
        "readings": readings,
    }


def _say_what_is_wrong(form: Any, version: ProductVersion | None) -> None:
    """The sentences beside what was typed once and is not understood, and what was left empty."""
    typed = version.typed if version else {}
    for asked in form.asked:
        if asked.name in typed:
            asked.data = None
            asked.errors = [_sentence(asked, typed[asked.name])]
        elif "missing" in request.args and not shown(asked):
            asked.errors = [_("Answer this, or press “I do not know yet”.")]


def _sentence(asked: Any, raw: str) -> str:
    """Why what was typed is not understood."""
    if is_number(asked):
        if readings := readings_of(asked, raw):
            return unclear_words(raw, readings)
        try:
            asked.meant(raw)
        except ValueError as problem:
            return str(problem)
    return _("This is too long, or not written as it should be.")


def _asked_in(member: Member) -> Question:
    """The question that the address names, else 404."""
    return _trade(member).question((request.view_args or {})["question_key"]) or abort(404)


def _trade(member: Member) -> Sector:
    return sector(member.consortium.sector_key)


def _next_new(member: Member, question: Question, key: str) -> str:
    """On without an answer, while there is no product: to the next question, and then to the photographs."""
    following = drafting.question_after(question, _trade(member))
    if following is None:
        return url_for("studio.new_product", draft_key=key)
    return url_for("studio.new_question", question_key=following.key, draft_key=key)


def _page_of(found: Product, question: Question, **more: Any) -> str:
    if then := request.values.get("then"):
        more["then"] = then
    return url_for("studio.question", product_id=found.public_id, question_key=question.key, **more)


def _back(found: Product | None, question: Question, trade: Sector) -> str:
    """The page before: the question before, or the photographs."""
    at = trade.questions.index(question)
    if found is None:
        return url_for("studio.new_product")
    if request.values.get("then") == "told":
        return url_for("studio.told", product_id=found.public_id)
    if at == 0:
        return url_for("studio.capture", product_id=found.public_id)
    return url_for("studio.question", product_id=found.public_id, question_key=trade.questions[at - 1].key)
