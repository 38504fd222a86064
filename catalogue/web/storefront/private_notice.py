"""One calm page that says what has become of a private link or an address, and nothing of the inquiry."""

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from catalogue.web.language import other_language, url_in
from catalogue.web.storefront.buyer_link import private


def notice_page(what: str, consortium: str = "") -> Response:
    """The page about `what` ("link renewed", "address asked", ...): the template has its words."""
    here = url_in(other_language()) if request.method == "GET" else None
    body = render_template("storefront/private_notice.html", what=what, office=consortium, other_language_url=here)
    return private(make_response(body))
