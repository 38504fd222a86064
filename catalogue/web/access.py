"""Closed by default: a view says who may open it, or opens for nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, request

from catalogue import policy
from catalogue.web import standing_in
from catalogue.web.signed_in import actor, is_shut_out, must_confirm_second_factor

View = Callable[..., Any]


def public(view: View) -> View:
    """Open the view to everybody."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def requires(action: str, load: Callable[..., Any]) -> Callable[[View], View]:
    """Open the view only to those whom `policy` allows `action` on what `load(**url values)` finds.

    The view gets the found thing alone. Answers 401 when nobody is signed in, 404 when nothing is found,
    403 when it is not allowed, or a deputy asks for what was not
    handed over; 404 comes before 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**url_values: Any) -> Any:
            someone = actor()
            if someone is None or must_confirm_second_factor() or is_shut_out():
                abort(401)
            subject = load(**url_values)
            if subject is None:
                abort(404)
            if not policy.allows(someone, action, subject) or standing_in.is_closed_to(someone, action, subject):
                abort(403)
            return view(subject)

        guarded.access = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def may(action: str, subject: Any) -> bool:
    """Whether whoever is signed in may do it: for pages that leave out what would not open."""
    someone = actor()
    if someone is None or not policy.allows(someone, action, subject):
        return False
    return not standing_in.is_closed_to(someone, action, subject)


def refuse_undeclared() -> None:
    """Before each request: a view that declares nothing opens for nobody."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and not hasattr(view, "access"):
        abort(403)


def init_app(app: Any) -> None:
    """Close every view that does not say who may open it."""
    app.before_request(refuse_undeclared)
    app.jinja_env.globals["may"] = may
