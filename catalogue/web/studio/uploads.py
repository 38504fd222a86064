"""Photographs that a phone sends in pieces, so that a cut costs one piece and never the photograph."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, jsonify, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.media import uploads
from catalogue.media.keeping import Parked, keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.recognise import FileRefused
from catalogue.media.stores import NotStored
from catalogue.media.upload_models import Upload
from catalogue.media.uploads import Pieces, Sender, UploadRefused, Wanted
from catalogue.products import editing
from catalogue.products.beginning import draft_of
from catalogue.products.models import PhotoKind, Product
from catalogue.web.access import may, requires
from catalogue.web.attachments import REFUSED, store
from catalogue.web.clock import now
from catalogue.web.loaders import own_member, own_product_at
from catalogue.web.origin import is_same_origin
from catalogue.web.signed_in import person, signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.phone import is_of_another

MOST_DIGITS = 9
WORDS: dict[str, LazyString] = {
    **REFUSED,
    "too many open": _l("Too many photographs are on their way. Wait until some have arrived."),
    "too much today": _l("Very many photographs came from you today. We take more tomorrow; they stay on this phone."),
    "another size": _l("This photograph is another one than was begun. Choose it again."),
    "too many photos": _l("Twelve photographs are the most. Take one out first."),
    "in review": _l("The office has this product now. Call the office to change something."),
    "gone": _l("This product is not here any more."),
}
ODD = _l("This photograph cannot be sent like this. Choose it again.")


def of_our_pages(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse what another site sent; the token of the form is asked for as everywhere."""

    @wraps(view)
    def guarded(subject: Any) -> Any:
        if not is_same_origin():
            abort(403)
        return view(subject)

    return guarded


def own_upload_at(key: str, **_others: Any) -> Upload | None:
    """An upload of this person for this firm."""
    member = own_member()
    return uploads.find(db.session, _sender(member), key) if member else None


@blueprint.post("/uploads")
@requires("photo.send", load=own_member)
@of_our_pages
def begin_upload(member: Member) -> Any:
    """Say what will be sent: key, size, piece, kind, name, and the product or the phone's own draft key."""
    if is_of_another(member):
        return jsonify(state="other"), 409
    try:
        begun = uploads.begin(db.session, _sender(member), _wanted(), at=now())
    except UploadRefused as refusal:
        return _refused(refusal.reason, 429 if refusal.reason.startswith("too m") else 422)
    return _state(begun)


@blueprint.get("/uploads/<key>")
@requires("photo.send", load=own_upload_at)
def upload_state(found: Upload) -> Any:
    """How much of it is here."""
    return _state(found)


@blueprint.patch("/uploads/<key>")
@requires("photo.send", load=own_upload_at)
@of_our_pages
def send_piece(found: Upload) -> Any:
    """Take the piece that begins where the last one ended; 409 says where that is."""
    offset, data, pieces = found.received, request.get_data(), uploads.pieces_of(found)
    if found.is_finished or request.headers.get("Upload-Offset") != str(offset):
        return _state(found, 409)
    db.session.rollback()
    try:
        uploads.store_piece(store(), pieces, offset, data)
    except ValueError:
        abort(400)
    uploads.advance(db.session, pieces, offset)
    return _state(_again(pieces))


@blueprint.post("/uploads/<key>/finish")
@requires("photo.send", load=own_upload_at)
@of_our_pages
def finish_upload(found: Upload) -> Any:
    """Make a photograph of what came, once, however often this is asked."""
    if found.is_finished:
        return _state(found)
    if found.received < found.size:
        return _state(found, 409)
    pieces, name = uploads.pieces_of(found), found.name
    db.session.rollback()
    try:
        parked = park(store(), uploads.whole(store(), pieces), name, photo_only=True)
    except FileRefused as refusal:
        return _refused(refusal.reason, 422)
    except NotStored:
        uploads.start_over(db.session, pieces)
        return _state(_again(pieces))
    return _keep(pieces, parked)


def _keep(pieces: Pieces, parked: Parked) -> Any:
    """The photograph in its product, in one transaction; where another request was first, what that one made."""
    if not uploads.claim(db.session, pieces, at=now()):
        db.session.rollback()
        store().delete(parked.key)
        return _state(_again(pieces))
    upload = _again(pieces)
    product = _product_of(upload)
    if product is None or not may("product.edit", product):
        return _refused_after(parked, "gone" if product is None else "in review")
    file = keep(db.session, parked, consortium_id=upload.consortium_id, kind=FileKind.PHOTO, at=now())
    try:
        editing.add_photo(db.session, product, file, by=signed_in(), at=now(), kind=PhotoKind(upload.kind))
    except editing.TooManyPhotos:
        return _refused_after(parked, "too many photos")
    upload.file_id, upload.product_key = file.id, product.public_id
    answer = _state(upload)
    kept_in = store()
    # After the commit: what is not deleted now is swept within a day.
    answer.call_on_close(lambda: uploads.discard_pieces(kept_in, pieces))
    return answer


def _product_of(upload: Upload) -> Product | None:
    if upload.product_key:
        return own_product_at(upload.product_key)
    member = own_member()
    if member is None or not upload.draft_key or not may("product.create", member):
        return None
    return draft_of(db.session, member, upload.draft_key, by=signed_in(), at=now())


def _wanted() -> Wanted:
    given = request.form
    kind = given.get("kind", "")
    return Wanted(
        key=given.get("key", ""),
        size=_number("size"),
        piece=_number("piece"),
        kind=kind if kind in set(PhotoKind) else PhotoKind.BEAUTY.value,
        name=given.get("name", "")[:200],
        product_key=given.get("product", "")[:10] or None,
        draft_key=given.get("draft_key") or None,
    )


def _number(name: str) -> int:
    typed = request.form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS else 0


def _sender(member: Member) -> Sender:
    someone = person()
    return Sender(someone.id if someone else 0, member.id, member.consortium_id)


def _again(pieces: Pieces) -> Upload:
    return db.session.get_one(Upload, pieces.upload_id, populate_existing=True)


def _state(upload: Upload, status: int = 200) -> Response:
    file = db.session.get(StoredFile, upload.file_id) if upload.file_id else None
    answer = jsonify(
        key=upload.key,
        state="finished" if upload.is_finished else "open",
        offset=upload.received,
        size=upload.size,
        piece=upload.piece,
        photo=file.public_id if file else None,
        product=upload.product_key,
    )
    answer.status_code = status
    answer.headers["Upload-Offset"] = str(upload.received)
    return answer


def _refused_after(parked: Parked, reason: str) -> Any:
    db.session.rollback()
    store().delete(parked.key)
    return _refused(reason, 422)


def _refused(reason: str, status: int) -> Any:
    return jsonify(state="refused", reason=reason, words=str(WORDS.get(reason, ODD))), status
