"""The doors by which mail comes to this site."""

from flask import Flask

from catalogue.extensions import db
from catalogue.inquiries.incoming import Rules
from catalogue.inquiries.mail_room import MailRoom
from catalogue.media.stores import store_for
from catalogue.tokens import TokenMaker
from catalogue.web.clock import now


def mail_room(app: Flask) -> MailRoom:
    """Where this site takes in its mail. Call it inside the application context."""
    settings = app.config["SETTINGS"]
    tokens = TokenMaker(settings.SECRET_KEY, settings.old_secrets)
    return MailRoom(db.engine, store_for(settings.media_url), Rules(settings.MAIL_DOMAIN, tokens), now)
