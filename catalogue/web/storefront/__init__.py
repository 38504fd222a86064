"""The storefront: what buyers meet, without an account."""

from flask import Blueprint

from catalogue.web.language import speak_by_address

blueprint = Blueprint("storefront", __name__)
speak_by_address(blueprint)

from catalogue.web.storefront import (  # noqa: E402, F401
    ask_all,
    buyer,
    buyer_acts,
    guide,
    home,
    inquiry,
    inquiry_list,
    line_sheet,
    makers,
    network,
    new_address,
    not_me,
    offer,
    photo,
    product,
    products,
    saved_list,
    share,
    share_picture,
    sitemap,
    suggestions,
    taken_along,
)
