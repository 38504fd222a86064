"""The storefront: what buyers meet, without an account."""

from flask import Blueprint

from catalogue.web.language import speak_by_address

blueprint = Blueprint("storefront", __name__)
speak_by_address(blueprint)

from catalogue.web.storefront import buyer, inquiry, inquiry_list  # noqa: E402, F401
from catalogue.web.storefront import guide, home, makers, network, photo, product, products, sitemap  # noqa: E402, F401
