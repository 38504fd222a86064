"""The desk: what managers and observers of a consortium meet."""

from flask import Blueprint

from catalogue.web.language import speak_to_reader

blueprint = Blueprint("desk", __name__, url_prefix="/desk")
speak_to_reader(blueprint)

from catalogue.web.desk import (  # noqa: E402
    allocation,  # noqa: F401
    allocation_change,  # noqa: F401
    another_rule,  # noqa: F401
    answering,  # noqa: F401
    answers_by_phone,  # noqa: F401
    assign,  # noqa: F401
    by_hand,  # noqa: F401
    by_laws,  # noqa: F401
    call,  # noqa: F401
    call_ledger,  # noqa: F401
    call_sending,  # noqa: F401
    calls,  # noqa: F401
    capacity,  # noqa: F401
    decided,  # noqa: F401
    edit_products,  # noqa: F401
    fairness,  # noqa: F401
    figures,  # noqa: F401
    handing_over,  # noqa: F401
    held,  # noqa: F401
    here,  # noqa: F401
    history,  # noqa: F401
    inbox,  # noqa: F401
    inquiry,  # noqa: F401
    interests,  # noqa: F401
    joining,  # noqa: F401
    leaving,  # noqa: F401
    letters,  # noqa: F401
    listing_acts,  # noqa: F401
    mail,  # noqa: F401
    maker_page,  # noqa: F401
    member,  # noqa: F401
    members,  # noqa: F401
    new_link,  # noqa: F401
    other_language,  # noqa: F401
    photos,  # noqa: F401
    privacy,  # noqa: F401
    products,  # noqa: F401
    questions,  # noqa: F401
    record_papers,  # noqa: F401
    replies,  # noqa: F401
    review,  # noqa: F401
    revise,  # noqa: F401
    rights,  # noqa: F401
    samples,  # noqa: F401
    share_follow,  # noqa: F401
    sheets,  # noqa: F401
    telling,  # noqa: F401
    translate,  # noqa: F401
    views,  # noqa: F401
)
