"""The studio on a phone: what its scripts must know, and the page that opens without signal."""

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, jsonify, render_template, request
from flask_wtf.csrf import generate_csrf

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector, sectors
from catalogue.products.models import PhotoKind
from catalogue.web.access import public, requires
from catalogue.web.language import language
from catalogue.web.loaders import own_member
from catalogue.web.product_words import in_words
from catalogue.web.signed_in import acted_for, person
from catalogue.web.studio import blueprint
from catalogue.web.studio.answering import asking_of
from catalogue.web.studio.reading_back import is_in_kip, is_number

WORKER = "js/studio/worker.js"
# What the page without signal is made of; its files are in the list of all files.
PAGES = (
    "layouts/base.html",
    "layouts/studio.html",
    "macros/phone.html",
    "macros/question.html",
    "studio/on_this_phone.html",
)


@dataclass(frozen=True)
class Phone:
    """Who sends and for which firm, the token of forms, the first question of the trade, and a mark that changes with
    what the kept page shows."""

    who: str
    token: str
    first: str
    mark: str


@blueprint.app_template_global("this_phone")
def this_phone() -> Phone | None:
    """What the scripts of a studio's page must know; None where a manager acts on behalf: nothing is kept there."""
    someone, member = person(), own_member()
    if someone is None or member is None or acted_for() is not None:
        return None
    who, terms = owner_of(member), sector(member.consortium.sector_key)
    first = terms.questions[0].key if terms.questions else ""
    return Phone(who, generate_csrf(), first, _mark(f"{who}|{language()}|{terms.key}|{_release()}"))


def owner_of(member: Member) -> str:
    """Whose the things on a phone are: a person's at a firm. Another's are not sent, nor shown."""
    someone = person()
    return f"{someone.public_id if someone else ''}.{member.public_id}"


def is_of_another(member: Member) -> bool:
    """Whether what came was made by somebody else on this phone, or for another firm."""
    return request.form.get("who", owner_of(member)) != owner_of(member)


@blueprint.get("/phone")
@requires("product.list", load=own_member)
def phone(member: Member) -> Response:
    """Who is signed in, and a fresh token."""
    return jsonify(who=owner_of(member), token=generate_csrf())


@blueprint.get("/worker.js")
@public
def worker() -> Response:
    """The service worker: its own address gives it /studio/ and nothing else. Asked for anew by every page."""
    address = current_app.jinja_env.globals["asset"](WORKER)  # type: ignore[operator]
    script = f'importScripts("{address}"); // {_release()}\n'
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@blueprint.get("/on-this-phone")
@requires("product.list", load=own_member)
def on_this_phone(member: Member) -> Any:
    """The page for what is on the phone: today, photographs and the first questions of this trade. It shows no person
    and no product; a script fills it in from what the phone keeps."""
    terms = sector(member.consortium.sector_key)
    asked = [(each, asking_of(None, terms.key, each.fields, is_fresh=True)) for each in terms.questions]
    return render_template(
        "studio/on_this_phone.html",
        consortium=member.consortium,
        is_demo=member.consortium.is_demo,
        member_name=member.name,
        nav="today",
        asked=asked,
        kinds=SLOTS,
        terms={term.key: term for term in terms.categories},
        is_number=is_number,
        is_in_kip=is_in_kip,
        in_words=lambda words: in_words(words, terms, None),
    )


SLOTS = (PhotoKind.BEAUTY, PhotoKind.SCALE, PhotoKind.MARK, PhotoKind.MAKER)


def _release() -> str:
    """A mark of everything that the kept page is made of."""
    made = current_app.extensions.get("phone_release")
    if made is None:
        env = current_app.jinja_env
        sources = [env.loader.get_source(env, page)[0] for page in PAGES] if env.loader else []
        parts = [*current_app.extensions["assets"], *sources, *map(repr, sectors())]
        made = current_app.extensions["phone_release"] = _mark("|".join(parts))
    return str(made)


def _mark(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
