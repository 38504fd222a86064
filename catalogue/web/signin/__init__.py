"""Sign-in: coming in, the second factor, one's own account, going out."""

from flask import Blueprint

blueprint = Blueprint("signin", __name__)

from catalogue.web.signin import account, card, keys, link, no_digest, on_behalf, password, second_factor  # noqa: E402, F401
