"""What a firm that left takes along: its photographs and all that was written of its products, by a private link."""

import json
from dataclasses import asdict
from itertools import count

from flask import abort, make_response, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from catalogue import limits
from catalogue.consortia.maker_models import Leaving
from catalogue.consortia.maker_pages import said_by
from catalogue.consortia.models import Member
from catalogue.database import apart
from catalogue.extensions import db
from catalogue.inquiries.defences import HOUR, network_of
from catalogue.media.keeping import original_key
from catalogue.media.models import StoredFile
from catalogue.notices.addresses import token_maker
from catalogue.products.editing import content_of
from catalogue.products.leaving import files_of, leaving_of
from catalogue.products.models import Product
from catalogue.web.access import public
from catalogue.web.attachments import store
from catalogue.web.clock import now
from catalogue.web.language import other_language, url_in
from catalogue.web.storefront import blueprint
from catalogue.web.zipped import entry_name, zipped

MOST_WRONG_LINKS_AN_HOUR = 60


@blueprint.get("/<lang>/taken-along/<token>")
@public
def taken_along(token: str) -> Response:
    """What there is, and until when."""
    leaving = _found(token)
    body = render_template(
        "storefront/taken_along.html",
        leaving=leaving,
        firm=leaving.member,
        consortium=leaving.member.consortium,
        token=token,
        photographs=len(files_of(db.session, leaving.member)),
        products=len(_products(leaving.member)),
        other_language_url=url_in(other_language()),
    )
    return _private(make_response(body))


@blueprint.get("/<lang>/taken-along/<token>/all.zip")
@public
def taken_along_files(token: str) -> Response:
    """All of it, sent while it is packed."""
    member = _found(token).member
    texts, stored, name = _texts(member), _stored(member), f"{member.slug}.zip"
    db.session.rollback()
    answer = Response(zipped(store(), texts, stored), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(answer)


def _texts(member: Member) -> list[tuple[str, bytes]]:
    page = {"reference": "maker", **asdict(said_by(member))}
    said = [
        {"reference": product.reference, "status": product.status, **asdict(content_of(product.working))}
        for product in _products(member)
        if product.working
    ]
    write = {"ensure_ascii": False, "indent": 1, "default": str}
    return [
        ("workshop.json", json.dumps(page, **write).encode()),  # type: ignore[arg-type]
        ("products.json", json.dumps(said, **write).encode()),  # type: ignore[arg-type]
    ]


def _stored(member: Member) -> list[tuple[str, str]]:
    """Every photograph as it is shown and, where that is a cut, whole."""
    found = files_of(db.session, member)
    cut = {file.source_id: reference for reference, file in found if file.source_id}
    whole = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(cut))).all()
    numbers, known = count(1), {file.id for _reference, file in found}
    files = [("", *each) for each in found] + [("-whole", cut[file.id], file) for file in whole if file.id not in known]
    return [
        (f"photographs/{entry_name(reference)}-{next(numbers):03}{end}.jpg", original_key(file))
        for end, reference, file in files
        if file.is_ready
    ]


def _products(member: Member) -> list[Product]:
    query = select(Product).where(Product.member_id == member.id, Product.consortium_id == member.consortium_id)
    return list(db.session.scalars(query.options(selectinload(Product.working)).order_by(Product.reference)))


def _found(token: str) -> Leaving:
    """How a firm left, by its link; a calm 404 for a wrong one or one that is over."""
    found = leaving_of(db.session, token, token_maker(), at=now())
    if found is None:
        db.session.rollback()
        with apart(db.engine) as session:
            tries = limits.hit(session, "wrong link", network_of(request.remote_addr), seconds=HOUR, at=now())
        abort(429 if tries > MOST_WRONG_LINKS_AN_HOUR else 404)
    return found


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
