"""Addresses as letters carry them: made from `SITE_URL` and `MAIL_DOMAIN` alone, never from a request."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from catalogue.consortia.models import Consortium
from catalogue.inquiries.bouncing import bounce_token
from catalogue.inquiries.links import NO_DIGEST, NOT_ME, SAVED_LIST, SENDING_PAGE, token_of
from catalogue.inquiries.models import Inquiry, ListLink, Sending
from catalogue.inquiries.reminder_models import Digest
from catalogue.routing import answer_links
from catalogue.routing.models import Call, Candidate
from catalogue.tokens import TokenMaker
from config import Settings

LOCAL_PART = "inquiry"
BOUNCES = "bounce"


def settings() -> Settings:
    """The settings of this site."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def token_maker() -> TokenMaker:
    """What makes and checks this site's private links."""
    return TokenMaker(settings().SECRET_KEY, settings().old_secrets)


def site_address(endpoint: str, **values: Any) -> str:
    """The whole address of a page of this site, as people outside can open it."""
    site = urlsplit(settings().SITE_URL)
    there = current_app.url_map.bind(site.netloc, script_name=site.path.rstrip("/") or "/", url_scheme=site.scheme)
    return there.build(endpoint, values, force_external=True)


def buyer_page(inquiry: Inquiry, language: str) -> str:
    """The address of the buyer's private page."""
    return site_address("storefront.buyer", lang=language, token=token_of(inquiry, token_maker()))


def sending_page(sending: Sending, language: str) -> str:
    """The address of the private page that shows all inquiries of one sending; no office is ever given it."""
    return site_address("storefront.buyer", lang=language, token=token_of(sending, token_maker(), SENDING_PAGE))


def not_me_page(asked: Inquiry | Sending, language: str) -> str:
    """The address where somebody who did not ask says so."""
    return site_address("storefront.not_me", lang=language, token=token_of(asked, token_maker(), NOT_ME))


def saved_list_page(link: ListLink, language: str) -> str:
    """The address by which a visitor shows the inquiry list to others."""
    return site_address("storefront.saved_list", lang=language, token=token_of(link, token_maker(), SAVED_LIST))


def answer_page(candidate: Candidate, language: str) -> str:
    """The address where a member answers a call without signing in."""
    return site_address("storefront.offer", lang=language, token=answer_links.token_of(candidate, token_maker()))


def desk_call(call: Call) -> str:
    """The address of a call on the desk."""
    return site_address("desk.call", slug=call.consortium.slug, number=call.number)


def desk_page(inquiry: Inquiry) -> str:
    """The address of the inquiry on the desk."""
    return site_address("desk.inquiry", slug=inquiry.consortium.slug, inquiry_id=inquiry.public_id)


def desk_inbox(consortium: Consortium) -> str:
    """The address of what waits on the desk."""
    return site_address("desk.inbox", slug=consortium.slug)


def desk_letters(consortium: Consortium) -> str:
    """The address of the letters on the desk."""
    return site_address("desk.letters", slug=consortium.slug)


def no_digest_page(digest: Digest) -> str:
    """The address where a manager ends the digests of the morning, by a button or by one click of a mail program."""
    return site_address("signin.no_digest", token=token_of(digest, token_maker(), NO_DIGEST))


def office_address() -> str:
    """Where every letter comes from."""
    return f"{LOCAL_PART}@{settings().MAIL_DOMAIN}"


def answers_to(inquiry: Inquiry, purpose: str) -> str:
    """Where one party's answers about one inquiry go to."""
    return f"{LOCAL_PART}+{token_of(inquiry, token_maker(), purpose)}@{settings().MAIL_DOMAIN}"


def bounces_to(message_id: str, to: str) -> str:
    """The return path of one letter to one address: what comes back there finds its letter, and is never answered."""
    return f"{BOUNCES}+{bounce_token(message_id, to, token_maker())}@{settings().MAIL_DOMAIN}"
