"""What is known of a visitor without an account: the list's cookies, the session's key, where a request came from."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import time
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template, request, session
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from catalogue.inquiries.lists import KEPT_FOR, visitor_hash
from catalogue.tokens import new_key
from catalogue.web.origin import is_own, is_same_origin

LIST_SECONDS = int(KEPT_FOR.total_seconds())


# -- the inquiry list's cookies --


def list_visitor() -> str | None:
    """Whose inquiry list this request may touch: the hash of the key in its cookie, None without a good one."""
    key = _list_key()
    return visitor_hash(key) if key else None


def new_list_key() -> str:
    """The key of the list that came, else of a new one."""
    return _list_key() or new_key() + new_key()


def remember_list(response: Response, key: str, lines: int) -> None:
    """Give the visitor the list's cookies for thirty days more: the signed key, and the number that scripts show."""
    shared: dict[str, Any] = {"max_age": LIST_SECONDS, "secure": _is_https(), "samesite": "Lax", "path": "/"}
    response.set_cookie(_list_cookie(), _list_signer().dumps(key), httponly=True, **shared)
    response.set_cookie("list_count", str(lines), **shared)


def count_again(response: Response, lines: int) -> None:
    """The list became shorter by something else than its own page."""
    if key := _list_key():
        remember_list(response, key, lines)


def _list_key() -> str | None:
    try:
        return str(_list_signer().loads(request.cookies.get(_list_cookie(), ""), max_age=LIST_SECONDS))
    except BadSignature:
        return None


def _list_cookie() -> str:
    return "__Host-list" if _is_https() else "list"


def _list_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_secrets(), salt="inquiry list")


# -- the visitor's own key, and the form's signed value --


@dataclass(frozen=True)
class Submission:
    """What came back with a form. `key` makes one inquiry of two clicks; `seconds` since the page, when known."""

    key: str
    seconds: float | None
    is_ours: bool


def visitor_key() -> str:
    """A random key that only this visitor's session holds."""
    if "visitor" not in session:
        session["visitor"] = new_key()
    return session["visitor"]


def new_submission() -> str:
    """The signed value of a fresh form: a random part and the time."""
    visitor_key()
    return _submission_signer().dumps([new_key(), round(time(), 3)])


def read_submission(value: str | None, content: str) -> Submission:
    """The submission that came. Where its seal is missing or broken, the content itself stands for it."""
    try:
        nonce, made = _submission_signer().loads(value or "")
        return Submission(_own(str(nonce)), time() - float(made), is_ours=True)
    except (BadSignature, TypeError, ValueError):
        return Submission(_own(hashlib.sha256(content.encode()).hexdigest()), None, is_ours=False)


def _own(nonce: str) -> str:
    return hashlib.sha256(f"{nonce}|{visitor_key()}".encode()).hexdigest()


def _submission_signer() -> URLSafeSerializer:
    return URLSafeSerializer(_secrets(), salt="inquiry submission")


# -- where a request came from --


def same_origin_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse, on a calm page, what another site sent: kept pages carry no token, so the browser's word is asked."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        if not is_same_origin():
            return render_template("storefront/refused.html", kept=False), 403
        return view(**values)

    return guarded


def way_back(otherwise: str) -> str:
    """Where to go after an act: the page it was done on, when that is one of ours, as a path."""
    referrer = request.headers.get("Referer")
    if not referrer or not is_own(referrer):
        return otherwise
    parts = urlsplit(referrer)
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path


def wants_no_page() -> bool:
    """Whether a script asked, which shows no page of the answer."""
    return request.headers.get("Sec-Fetch-Dest") == "empty"


def _is_https() -> bool:
    return bool(current_app.config["SETTINGS"].is_https)


def _secrets() -> list[str]:
    """Oldest first, as itsdangerous wants them: it signs with the last one."""
    settings = current_app.config["SETTINGS"]
    return [*reversed(settings.old_secrets), settings.SECRET_KEY]
