"""The pages of a product's photographs, as the studio and the desk both show them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from catalogue.extensions import db
from catalogue.media.cuts import Cut, turned_size
from catalogue.media.keeping import Parked, clean_name, keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.recognise import FileRefused
from catalogue.products import arranging
from catalogue.products.arranging import Arrangement
from catalogue.products.content import MOST_PHOTOS
from catalogue.products.models import Product, ProductPhoto, ProductVersion
from catalogue.web.access import may
from catalogue.web.attachments import READ_AT_MOST, REFUSED, store
from catalogue.web.clock import now
from catalogue.web.photo_form import PhotoForm, size_of
from catalogue.web.photographs import photo_address
from catalogue.web.signed_in import signed_in

LOOKED_AT = 800


@dataclass(frozen=True)
class Place:
    """Where these pages stand for one product.

    `templates` show all photographs and one of them; `values` are those of its addresses; `find` finds the product
    again, `page` shows it, and `edited` locks it and gives the version that whoever is signed in may write into; `edit`
    is the action that `policy` knows for this.
    """

    area: str
    templates: tuple[str, str]
    edit: str
    values: dict[str, str]
    find: Callable[[], Product | None]
    page: Callable[..., str]
    edited: Callable[[Product], ProductVersion]

    def url(self, endpoint: str, **more: Any) -> str:
        """The address of one of these pages or acts."""
        values: dict[str, Any] = {**self.values, **more}
        return url_for(f"{self.area}.{endpoint}", **values)

    def again(self) -> Product:
        """The same product in a new transaction."""
        found = self.find()
        if found is None:
            raise LookupError("the product went away")
        return found


@dataclass(frozen=True)
class Framing:
    """A photograph as an SVG draws it without making it anew: turned, whole, and with its frame. Lengths in pixels."""

    address: str
    sent: tuple[int, int]
    turn: int
    whole: tuple[int, int]
    box: tuple[int, int, int, int]
    is_framed: bool

    @classmethod
    def of(cls, root: StoredFile, cut: Cut) -> "Framing | None":
        """How a cut looks; None until the photograph that was sent is ready."""
        if not root.is_ready or not root.widths:
            return None
        sent = size_of(root)
        whole = turned_size(*sent, cut.turn)
        width = min(root.widths, key=lambda each: abs(each - LOOKED_AT))
        return cls(photo_address(root.public_id, width), sent, cut.turn, whole, cut.box(*whole), cut.is_framed)

    @property
    def transform(self) -> str:
        """How the picture is laid so that it stands turned with its corner at nought."""
        width, height = self.sent
        moved = {0: (0, 0), 1: (height, 0), 2: (width, height), 3: (0, width)}[self.turn]
        return f"translate({moved[0]} {moved[1]}) rotate({90 * self.turn})"

    @property
    def view(self) -> str:
        """The part that is shown, as a view box."""
        left, top, right, bottom = self.box
        return f"{left} {top} {right - left} {bottom - top}"


# -- all of a product --


def photos_page(place: Place, product: Product, *, problem: str | None = None, status: int = 200) -> Any:
    """All photographs in their order, what may be wrong with them, and a place to add some."""
    photos = arranging.photos_of(db.session, product.working) if product.working else ()
    page = place.page(
        place.templates[0],
        product,
        here=place,
        photos=photos,
        order=",".join(arranging.root_of(photo).public_id for photo in photos),
        waits=any(photo.file.state == "waiting" for photo in photos),
        is_open=may(place.edit, product),
        room=MOST_PHOTOS - len(photos),
        problem=problem,
    )
    return page, status


def bring_photos(place: Place, product: Product, back: str) -> Any:
    """Put the photographs of a form behind the others, as many as there is room for; a sentence says what was left."""
    given = [each for each in request.files.getlist("photo") if each.filename]
    if not given:
        return photos_page(place, product, problem=_("Choose a photograph first"), status=422)
    room = MOST_PHOTOS - (len(product.working.photos) if product.working else 0)
    db.session.rollback()
    parked, problems = _parked(given, room)
    product, added = place.again(), 0
    version = place.edited(product)
    for each in parked:
        file = keep(db.session, each, consortium_id=product.consortium_id, kind=FileKind.PHOTO, at=now())
        try:
            arranging.add(db.session, version, file, by=signed_in(), at=now())
        except arranging.TooManyPhotos:
            problems = [*problems, too_many(len(parked) - added)]
            break
        added += 1
    if not added:
        db.session.rollback()
        return photos_page(place, place.again(), problem=" ".join(problems), status=422)
    for problem in problems:
        flash(problem, "error")
    return redirect(back, 303)


def order_photos(place: Place, product: Product) -> Any:
    """Put them in the order that was sent, or move the one whose button was pressed."""
    opened = _named("opened")
    wanted = moved(opened, request.form["move"]) if "move" in request.form else _named("order")
    try:
        arranging.put_in_order(db.session, place.edited(product), wanted, opened=opened, by=signed_in(), at=now())
    except arranging.PhotoChangedMeanwhile:
        db.session.rollback()
        said = _("Somebody changed the photographs meanwhile. This is how they lie now; nothing was moved.")
        return photos_page(place, place.again(), problem=said, status=409)
    return redirect(place.url("photos"), 303)


def moved(order: Sequence[str], step: str) -> list[str]:
    """The order after a step such as "ab12cd34ef-earlier"; also "-later" and "-first". As it was for any other."""
    name, _mark, where = step.partition("-")
    if name not in order:
        return list(order)
    at = order.index(name)
    to = {"earlier": max(0, at - 1), "later": at + 1, "first": 0}.get(where, at)
    others = [each for each in order if each != name]
    return [*others[:to], name, *others[to:]]


def too_many(left_out: int) -> str:
    """That a product has no room for more."""
    most = _("Twelve photographs are the most.")
    return most + " " + ngettext("One was left out.", "%(num)s were left out.", left_out)


# -- one of them --


def photo_page(
    place: Place,
    product: Product,
    photo: ProductPhoto,
    form: PhotoForm | None = None,
    *,
    status: int = 200,
    changed: bool = False,
    problem: str | None = None,
) -> Any:
    """One photograph: how it looks, how it may be turned and framed, its kind and its words."""
    stands, root = Arrangement.of(photo), arranging.root_of(photo)
    page = place.page(
        place.templates[1],
        product,
        here=place,
        photo=photo,
        root=root,
        number=1 + [each.id for each in arranging.photos_of(db.session, photo.version)].index(photo.id),
        of=len(photo.version.photos),
        stands=stands,
        framing=Framing.of(root, stands.cut),
        is_replaced=arranging.is_being_replaced(photo),
        form=form or PhotoForm.of(stands, root),
        is_open=may(place.edit, product),
        changed=changed,
        problem=problem,
    )
    return page, status


def arrange_photo(place: Place, product: Product, public_id: str) -> Any:
    """Save what was decided, unless somebody changed the photograph after this page was opened."""
    photo = found_photo(product, public_id)
    stands, root = Arrangement.of(photo), arranging.root_of(photo)
    form = PhotoForm.of(stands, root)
    if not form.validate_on_submit():
        return photo_page(place, product, photo, form, status=422)
    wanted, name = form.arrangement(stands, root), root.public_id
    try:
        arranging.arrange(
            db.session,
            place.edited(product),
            public_id,
            wanted,
            opened=form.opened.data or "",
            by=signed_in(),
            at=now(),
        )
    except arranging.PhotoChangedMeanwhile:
        db.session.rollback()
        product = place.again()
        photo = found_photo(product, public_id)
        form.opened.data = Arrangement.of(photo).mark
        return photo_page(place, product, photo, form, status=409, changed=True)
    flash(_("Saved."), "success")
    return redirect(place.url("photo", file_id=name), 303)


def take_photo_anew(place: Place, product: Product, public_id: str) -> Any:
    """Another photograph in the place of this one; the one before stays until it is ready."""
    photo, given = found_photo(product, public_id), request.files.get("photo")
    if given is None or not given.filename:
        return photo_page(place, product, photo, status=422, problem=_("Choose a photograph first"))
    db.session.rollback()
    parked, problems = _parked([given], 1)
    product = place.again()
    photo = found_photo(product, public_id)
    if not parked:
        return photo_page(place, product, photo, status=422, problem=problems[0])
    file = keep(db.session, parked[0], consortium_id=product.consortium_id, kind=FileKind.PHOTO, at=now())
    arranging.take_anew(db.session, place.edited(product), public_id, file, by=signed_in(), at=now())
    flash(_("The new photograph is being prepared. The one before stays until it is ready."), "success")
    return redirect(place.url("photos"), 303)


def take_photo_out(place: Place, product: Product, public_id: str, back: str) -> Any:
    """Out of the version that is worked on; twice is once."""
    try:
        arranging.remove(db.session, place.edited(product), public_id, by=signed_in(), at=now())
    except arranging.NoSuchPhoto:
        db.session.rollback()
    return redirect(back, 303)


def found_photo(product: Product, public_id: str) -> ProductPhoto:
    """The photograph that an address names in what is worked on, else 404."""
    return arranging.photo_at(db.session, product.working, public_id) or abort(404)


def _parked(given: Sequence[FileStorage], room: int) -> tuple[list[Parked], list[str]]:
    """Store as many as there is room for, one after another; in words what was wrong with the others."""
    parked: list[Parked] = []
    problems: list[str] = []
    for at, each in enumerate(given):
        if len(parked) == room:
            problems.append(too_many(len(given) - at))
            break
        try:
            parked.append(park(store(), each.stream.read(READ_AT_MOST), each.filename or "", photo_only=True))
        except FileRefused as refusal:
            words = REFUSED.get(refusal.reason, REFUSED["not a picture"])
            problems.append(f"{clean_name(each.filename or '')}: {words}." if len(given) > 1 else f"{words}.")
    return parked, problems


def _named(field: str) -> list[str]:
    return [name for name in request.form.get(field, "")[:200].split(",") if name]
