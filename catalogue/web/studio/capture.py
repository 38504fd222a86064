"""Photographs first: four kinds of truth, each in its place; the first one begins the product."""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.media.keeping import Parked, keep, park
from catalogue.media.models import FileKind
from catalogue.media.recognise import FileRefused
from catalogue.products import drafting, editing
from catalogue.products.beginning import draft_of, product_of_draft
from catalogue.products.models import PhotoKind, Product, ProductPhoto
from catalogue.products.steps import hold
from catalogue.tokens import new_key
from catalogue.web.access import may, requires
from catalogue.web.attachments import READ_AT_MOST, REFUSED, store
from catalogue.web.clock import now
from catalogue.web.loaders import own_member, own_product_at
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page

DRAFT_KEY = re.compile(r"[a-z0-9][a-z0-9-]{7,39}")
FIELD = "photo-"


@dataclass(frozen=True)
class Slot:
    """A place for one kind of photograph: what is asked, a word under it, and the drawing in it while it is empty."""

    kind: PhotoKind
    label: LazyString
    hint: LazyString
    icon: str


SLOTS = (
    Slot(PhotoKind.BEAUTY, _l("The whole piece"), _l("this one first"), "camera"),
    Slot(PhotoKind.SCALE, _l("In a hand or with a ruler"), _l("so that one sees how big it is"), "hand"),
    Slot(PhotoKind.MARK, _l("Mark or underside"), _l("turn it over"), "stamp"),
    Slot(PhotoKind.MAKER, _l("Maker at work"), _l("only if you like"), "people"),
)
KINDS = {slot.kind.value for slot in SLOTS}


@blueprint.get("/products/new")
@requires("product.create", load=own_member)
def new_product(member: Member) -> Any:
    """The four places, empty: nothing is made before the first photograph or answer."""
    key = given_key(request.args.get("draft_key"))
    earlier = product_of_draft(db.session, member, key) if key else None
    if earlier:
        return redirect(url_for("studio.capture", product_id=earlier.public_id), 303)
    return _page(member, None, draft_key=key or new_key())


@blueprint.post("/products/new")
@requires("product.create", load=own_member)
def begin_product(member: Member) -> Any:
    """The first photographs make the product; the same page sent twice is one product."""
    key = given_key(request.form.get("draft_key")) or new_key()
    db.session.rollback()
    parked, problems = _park_all(key)
    member = _again(own_member())
    if parked:
        return _keep(draft_of(db.session, member, key, by=signed_in(), at=now()), parked, problems)
    if problems or "on_phone" not in request.form:
        return _page(member, None, draft_key=key, problem=" ".join(problems) or _("Take a photograph first")), 422
    # The photographs are on the phone and follow by themselves; the questions need not wait for them.
    first = sector(member.consortium.sector_key).questions[0]
    return redirect(url_for("studio.new_question", question_key=first.key, draft_key=key), 303)


@blueprint.get("/products/<product_id>/capture")
@requires("product.read", load=own_product_at)
def capture(found: Product) -> Any:
    """The photographs of a product, each in its place."""
    return _page(found.member, found, draft_key=found.draft_key or "")


@blueprint.post("/products/<product_id>/capture")
@requires("product.edit", load=own_product_at)
def add_photos(found: Product) -> Any:
    """Keep the photographs that were chosen, and go on."""
    product_id = found.public_id
    db.session.rollback()
    parked, problems = _park_all(product_id)
    found = _again(own_product_at(product_id))
    if not parked and problems:
        return _page(found.member, found, draft_key=found.draft_key or "", problem=" ".join(problems)), 422
    return _keep(found, parked, problems)


def given_key(text: str | None) -> str:
    """A draft's key as a page or phone made it; "" for anything else."""
    return text if text and DRAFT_KEY.fullmatch(text) else ""


def _again(thing: Any) -> Any:
    """A thing in a new transaction: files were stored outside of one."""
    if thing is None:
        raise LookupError("it went away")
    return thing


def _park_all(owner: str) -> tuple[list[tuple[PhotoKind, Parked]], list[str]]:
    """Store the photographs of this request by kind; in words what was wrong with the others."""
    parked: list[tuple[PhotoKind, Parked]] = []
    problems: list[str] = []
    for kind in PhotoKind:
        for upload in request.files.getlist(FIELD + kind):
            if not upload.filename:
                continue
            try:
                parked.append((kind, _park(upload, f"{owner}|{kind}")))
            except FileRefused as refusal:
                problems.append(f"{REFUSED.get(refusal.reason, REFUSED['not a picture'])}.")
    return parked, problems


def _park(upload: FileStorage, place: str) -> Parked:
    """Store one photograph under a key of its place and content, so that the same form sent twice is one photograph."""
    parked = park(store(), upload.stream.read(READ_AT_MOST), upload.filename or "", photo_only=True)
    secret = hashlib.sha256(f"{place}|{parked.sha256}".encode()).hexdigest()[: len(parked.secret)]
    known = replace(parked, secret=secret)
    store().put(known.key, store().get(parked.key))
    store().delete(parked.key)
    return known


def _keep(product: Product, parked: list[tuple[PhotoKind, Parked]], problems: list[str]) -> Response | Any:
    if not may("product.edit", product):
        return redirect(url_for("studio.product", product_id=product.public_id), 303)
    hold(db.session, product)
    for kind, each in parked:
        file = keep(db.session, each, consortium_id=product.consortium_id, kind=FileKind.PHOTO, at=now())
        if product.working and any(photo.file.root_id == file.id for photo in product.working.photos):
            continue
        try:
            editing.add_photo(db.session, product, file, by=signed_in(), at=now(), kind=kind)
        except editing.TooManyPhotos:
            problems = [*problems, _("Twelve photographs are the most.")]
            break
    return redirect(_onward(product, problems), 303)


def _onward(product: Product, problems: list[str]) -> str:
    """Back to the places, or on to the first open question for whoever pressed that button."""
    values: dict[str, Any] = {"product_id": product.public_id}
    if problems or request.form.get("next") != "questions":
        return url_for("studio.capture", **values, problem=1 if problems else None)
    question = drafting.first_unsaid(product.working, sector(product.consortium.sector_key))
    if question is None:
        return url_for("studio.told", **values)
    return url_for("studio.question", **values, question_key=question.key)


def _page(member: Member, product: Product | None, *, draft_key: str, problem: str = "") -> str:
    version, trade = product.working if product else None, sector(member.consortium.sector_key)
    photos = list(version.photos) if version else []
    if "problem" in request.args and not problem:
        problem = _("One photograph could not be taken. Take it again, or choose another.")
    unsaid = drafting.first_unsaid(version, trade)
    return studio_page(
        "studio/capture.html",
        member.consortium,
        member,
        "products",
        product=product,
        version=version,
        places=[(slot, _first_of(photos, slot.kind)) for slot in SLOTS],
        others=_others(photos),
        draft_key=draft_key,
        problem=problem,
        left=len(trade.questions) - drafting.count_said(version, trade),
        next_question=unsaid,
        is_open=product is None or may("product.edit", product),
    )


def _first_of(photos: list[ProductPhoto], kind: PhotoKind) -> ProductPhoto | None:
    return next((photo for photo in photos if photo.kind is kind), None)


def _others(photos: list[ProductPhoto]) -> list[ProductPhoto]:
    """What has no place of its own: details, and seconds of a kind."""
    firsts = {id(_first_of(photos, slot.kind)) for slot in SLOTS}
    return [photo for photo in photos if id(photo) not in firsts]
