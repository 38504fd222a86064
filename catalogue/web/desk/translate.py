"""Translating listings: the queue, and one product with its source and its translation side by side."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products import listing
from catalogue.products.models import ListingStatus, Product
from catalogue.products.steps import SomebodyWasFirst
from catalogue.products.translating import translate
from catalogue.products.translation import Standing
from catalogue.products.untranslated import Translation, next_after, place_of, queue, translations
from catalogue.text import LANGUAGES
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.filters import Filter, Filters
from catalogue.web.desk.translate_form import LANGUAGE_NAMES, TranslateForm
from catalogue.web.desk.translate_rows import rows_of, turned_round, words_asked
from catalogue.web.language import language
from catalogue.web.loaders import consortium_at, product_at
from catalogue.web.signed_in import signed_in
from catalogue.web.translation_words import STANDING_KINDS, STANDING_NAMES, text_name

PAGE = 50


@blueprint.get("/<slug>/translate", endpoint="translate")
@requires("product.translate", load=consortium_at)
def show_queue(consortium: Consortium) -> Any:
    """What wants a translator: texts without translation first, then those behind their source, then machines'."""
    found = translations(db.session, consortium)
    members = {each.product.member.public_id: each.product.member for each in found}
    filters = Filters(
        "desk.translate",
        consortium.slug,
        (
            Filter("language", {each: str(LANGUAGE_NAMES[each]) for each in LANGUAGES}),
            Filter("standing", {each.value: str(words) for each, words in STANDING_NAMES.items()}),
            Filter("member", {key: each.name.in_(language()) for key, each in members.items()}),
        ),
    )
    side, standing = filters.chosen("language"), filters.chosen("standing")
    member = members.get(filters.chosen("member"))
    waiting = queue(found, side, Standing(standing) if standing else None, member.id if member else None)
    start = filters.start(len(waiting), PAGE)
    return desk_page(
        "desk/translate.html",
        consortium,
        "translate",
        filters=filters,
        views=_tabs(filters, found, side),
        waiting=waiting[start : start + PAGE],
        pages=filters.pages(start, len(waiting), PAGE),
        side=side,
        total=len(waiting),
        all_products=len(found),
        standing_names=STANDING_NAMES,
        standing_kinds=STANDING_KINDS,
        text_name=text_name,
    )


@blueprint.get("/<slug>/translate/<product_id>")
@requires("product.translate", load=product_at)
def translate_product(product: Product) -> Any:
    """Every text of a product: what was written first on the left, its translation on the right."""
    return _page(product, _form(product))


@blueprint.post("/<slug>/translate/<product_id>", endpoint="save_translation")
@requires("product.translate", load=product_at)
def save(product: Product) -> Any:
    """Save what was typed; then the same page, or the next product without translation."""
    words, form = words_asked(product), _form(product)
    if not form.validate_on_submit():
        return _page(product, form, status=422)
    try:
        is_new = translate(
            db.session, product, form.translated(words), opened_version=form.opened, by=signed_in(), at=now()
        )
    except SomebodyWasFirst:
        return _conflict(product, form)
    return _after(product, form, is_new=is_new)


def _tabs(filters: Filters, found: list[Translation], side: str) -> list[tuple[str, str, bool, int | None]]:
    """All, or what stands in one way; each with how many products it shows."""
    chosen = filters.chosen("standing")
    everything = (_("All"), filters.url(standing=None), not chosen, None)
    return [
        everything,
        *(
            (str(words), filters.url(standing=each.value), chosen == each.value, len(queue(found, side, each)))
            for each, words in STANDING_NAMES.items()
        ),
    ]


def _after(product: Product, form: TranslateForm, *, is_new: bool) -> Response:
    """Say what was done, and where to go: nobody leaves a page on which a contact was found."""
    rows = rows_of(product)
    if has_contact := any(row.leaks for row in rows):
        flash(_("Saved. A contact stands in the text: look at the marked place before it is shown."), "warning")
    elif is_new and form.show and form.show.data:
        _show(product)
    else:
        flash(_("Saved.") if is_new else _("Nothing was changed."), "success")
    if request.form.get("then") == "next" and not has_contact:
        return redirect(_next(product), 303)
    return redirect(_address(product), 303)


def _show(product: Product) -> None:
    try:
        listing.publish(db.session, product, by=signed_in(), at=now())
    except (listing.NotReady, listing.ContactInText, SomebodyWasFirst):
        flash(_("Saved, and not shown yet: see what is missing in the review."), "warning")
    else:
        flash(_("Saved, and shown to the public."), "success")


def _next(product: Product) -> str:
    side = _side()
    following = next_after(translations(db.session, product.consortium), product, side)
    if following is None:
        return url_for("desk.translate", slug=product.consortium.slug, language=side or None)
    return _address(following)


def _conflict(product: Product, form: TranslateForm) -> Any:
    """Somebody saved meanwhile: what was typed stays, what they saved stands below it, and nothing is overwritten."""
    db.session.refresh(product)
    form.opened_version.data = str(product.version)
    return _page(product, form, status=409)


def _page(product: Product, form: TranslateForm, *, status: int = 200) -> Any:
    page = desk_page(
        "desk/translate_product.html",
        product.consortium,
        "translate",
        product=product,
        version=product.working,
        form=form,
        rows=rows_of(product, form if status == 409 else None),
        changed=status == 409,
        side=_side(),
        in_queue=place_of(translations(db.session, product.consortium), product, _side()),
        action=_address(product, "desk.save_translation", **turned_round()),
        has_public=product.status is ListingStatus.PUBLISHED,
        standing_names=STANDING_NAMES,
        standing_kinds=STANDING_KINDS,
    )
    return page, status


def _form(product: Product) -> TranslateForm:
    return TranslateForm.of(words_asked(product), product.version, may_show=_may_show(product))


def _may_show(product: Product) -> bool:
    """Whether a translation alone would become public: not where the member's own changes wait as well."""
    return product.status is ListingStatus.PUBLISHED and product.proposal is None


def _side() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else ""


def _address(product: Product, endpoint: str = "desk.translate_product", **more: Any) -> str:
    values = {"language": _side() or None, **more}
    return url_for(endpoint, slug=product.consortium.slug, product_id=product.public_id, **values)
