"""One product in the studio: how it stands, what is still to say of it, and what the office sent back."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import editing, listing, mending, readiness
from catalogue.products.content import Content
from catalogue.products.models import ListingStatus, Product
from catalogue.products.parts import PHOTOS, part_of
from catalogue.products.to_do import fields_of
from catalogue.web.access import may, requires
from catalogue.web.clock import now
from catalogue.web.content import listed
from catalogue.web.language import language
from catalogue.web.loaders import own_product_at
from catalogue.web.part_words import name_of_part, names_of_parts
from catalogue.web.product_fields import form_of, said_in
from catalogue.web.product_words import lacking
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page
from catalogue.web.studio.short_list import short_list


@blueprint.get("/products/<product_id>")
@requires("product.read", load=own_product_at)
def product(found: Product) -> Any:
    """How it stands; where the office sent it back, its reasons beside the fields (`?all=1`: everything else too)."""
    is_sent_back = found.stage is ListingStatus.RETURNED and may("product.edit", found)
    if is_sent_back and "all" not in request.args:
        return _returned_page(found, _mending_form(found))
    return _product_page(found)


@blueprint.post("/products/<product_id>")
@requires("product.edit", load=own_product_at)
def edit_product(found: Product) -> Any:
    """Save what was mended beside the office's reasons, and send it again where that was asked."""
    form = _mending_form(found)
    if not form.validate_on_submit():
        return _returned_page(found, form, status=422)
    try:
        _save(found, form)
    except editing.ChangedMeanwhile:
        return _returned_page(found, form, status=409, changed=True)
    if request.form.get("then") == "send":
        return _send(found)
    flash(_("Saved."), "success")
    return _back(found)


@blueprint.route("/products/<product_id>/about/<group_id>", methods=["GET", "POST"])
@requires("product.edit", load=own_product_at)
def product_group(found: Product) -> Any:
    """One short group of questions; what was said before stands in it."""
    trade, key = sector(found.consortium.sector_key), str((request.view_args or {})["group_id"])
    keys = fields_of(key, trade)
    if keys is None:
        abort(404)
    form = form_of(trade, keys, found.working)
    if not form.validate_on_submit():
        return _group_page(found, key, form, status=422 if form.errors else 200)
    try:
        _save(found, form)
    except editing.ChangedMeanwhile:
        return _group_page(found, key, form, status=409, changed=True)
    flash(_("Saved."), "success")
    return _back(found)


@blueprint.post("/products/<product_id>/submit")
@requires("product.submit", load=own_product_at)
def submit_product(found: Product) -> Any:
    """Send it to the office, which completes, translates and publishes it."""
    return _send(found)


# -- parts of these views --


def _save(found: Product, form: Any) -> None:
    """Keep what was typed. Raises `ChangedMeanwhile`."""
    before = editing.content_of(found.working) if found.working else Content(currency=found.consortium.currency)
    typed = (form.opened_version.data or "")[:9]
    opened = int(typed) if typed.isdecimal() else 0
    editing.edit(db.session, found, said_in(form, before), opened_version=opened, by=signed_in(), at=now())
    if found.working:
        asked = {field.name for field in form.asked}
        found.working.typed = {key: words for key, words in found.working.typed.items() if key not in asked}


def _send(found: Product) -> Response:
    trade = sector(found.consortium.sector_key)
    try:
        listing.submit(db.session, found, by=signed_in(), at=now())
    except listing.NotReady as refusal:
        words = ", ".join(lacking(refusal.missing, trade))
        flash(_("Kept, but not sent yet. Still missing: %(fields)s", fields=words), "error")
        return _back(found)
    except listing.SomebodyWasFirst:
        address = _back(found)
        db.session.rollback()
        flash(_("It was sent already."), "error")
        return address
    flash(_("Sent to the office."), "success")
    return redirect(url_for("studio.today"), 303)


def _product_page(found: Product) -> Any:
    trade, version = sector(found.consortium.sector_key), found.working
    ready = readiness.of(version, trade) if version else None
    return _page(
        "studio/product.html",
        found,
        rows=short_list(found, trade),
        before_sending=", ".join(lacking(ready.sending if ready else trade.sending, trade)),
        office_adds=names_of_parts(dict.fromkeys(map(part_of, ready.office)), trade) if ready else "",
        is_open=may("product.edit", found),
    )


def _group_page(found: Product, key: str, form: Any, *, status: int = 200, changed: bool = False) -> Any:
    trade = sector(found.consortium.sector_key)
    group = trade.group(key)
    title = group.title.in_(language()) if group else _("The first questions")
    page = _page("studio/group.html", found, group=group, title=title, form=form, changed=changed)
    return page, status


def _mending_form(found: Product) -> Any:
    trade = sector(found.consortium.sector_key)
    keys = [key for mend in mending.mends_of(db.session, found, trade) for key in mend.fields]
    return form_of(trade, keys, found.working)


def _returned_page(found: Product, form: Any, *, status: int = 200, changed: bool = False) -> Any:
    trade = sector(found.consortium.sector_key)
    mends = mending.mends_of(db.session, found, trade)
    good = mending.good_parts(found.working, trade, mends) if found.working else ()
    page = _page(
        "studio/returned.html",
        found,
        form=form,
        mends=mends,
        part_names={mend.part: name_of_part(mend.part, trade) for mend in mends},
        good=listed([name_of_part(part, trade) for part in good if part != PHOTOS]),
        good_photos=len(found.working.photos) if found.working and PHOTOS in good else 0,
        sent_back=mending.sent_back(db.session, found),
        changed=changed,
    )
    return page, status


def _page(template: str, found: Product, **values: Any) -> str:
    return studio_page(
        template,
        found.consortium,
        found.member,
        "products",
        product=found,
        version=found.working,
        name=found.working.name.in_(language()) if found.working and found.working.name else _("Without a name"),
        **values,
    )


def _back(found: Product) -> Response:
    return redirect(url_for("studio.product", product_id=found.public_id), 303)
