"""The site put together: reads like a list of contents."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from catalogue import cli
from catalogue.accounts.sessions import LASTS_BY_CARD
from catalogue.consortia import sector
from catalogue.extensions import csrf, db
from catalogue.web import (
    access,
    assets,
    compression,
    content,
    errors,
    headers,
    interest_errors,
    journal,
    kept,
    language,
    letter_words,
    maker_words,
    moments,
    photo_words,
    pieces,
    presence,
    product_words,
    signed_in,
    templates,
    transactions,
)
from catalogue.web.desk import blueprint as desk
from catalogue.web.loaders import KeyConverter
from catalogue.web.machines import blueprint as machines
from catalogue.web.operator import blueprint as operator
from catalogue.web.signin import blueprint as signin
from catalogue.web.storefront import blueprint as storefront
from catalogue.web.studio import blueprint as studio
from config import HERE, Settings

# In this order: what is set up first acts first on a request, and last on its answer.
SHARED = (
    compression,
    journal,
    headers,
    language,
    presence,
    transactions,
    signed_in,
    access,
    content,
    moments,
    letter_words,
    pieces,
    maker_words,
    photo_words,
    product_words,
    errors,
    interest_errors,
)
AREAS = (storefront, signin, studio, desk, operator, machines)


def create_app(settings: Settings) -> Flask:
    """The site with these settings. Opens no connection before the first request.

    Raises `BadSectorFile` where the file of a sector cannot be used.
    """
    sector.read_from(settings.sectors)
    app = Flask(__name__, template_folder=str(HERE / "templates"), static_folder=None)
    app.config.from_mapping(flask_settings(settings))
    app.url_map.converters["int"] = KeyConverter

    templates.init_app(app)
    db.init_app(app)
    csrf.init_app(app)

    for shared in SHARED:
        shared.init_app(app)
    for area in AREAS:
        app.register_blueprint(area)
    cli.init_app(app)

    assets.init_app(app)
    trust_proxies(app, settings)
    kept.init_app(app)
    return app


def flask_settings(settings: Settings) -> dict[str, object]:
    """What Flask and its extensions read, made from our own settings."""
    prefix = "__Host-" if settings.is_https else ""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.SECRET_KEY,
        "SECRET_KEY_FALLBACKS": list(settings.old_secrets),
        "TESTING": settings.TESTING,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # What was being written when a statement failed is personal data: the log gets the statement alone.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "TRANSLATIONS": str(HERE / "translations"),
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # The cookie outlives every session; the row that it opens says how long one lasts.
        "PERMANENT_SESSION_LIFETIME": LASTS_BY_CARD,
        # Sent when it changes only: not beside photographs and pages that caches keep for everybody.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        # Every message of a form is our own; WTForms' catalogues would be asked for each field.
        "WTF_I18N_ENABLED": False,
        "MAX_CONTENT_LENGTH": 60 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 1000,
    }


def trust_proxies(app: Flask, settings: Settings) -> None:
    """Believe X-Forwarded-* only as many proxies deep as `TRUSTED_PROXIES` says."""
    if settings.TRUSTED_PROXIES:
        depth = int(settings.TRUSTED_PROXIES)
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=depth, x_proto=depth, x_host=0)  # type: ignore[method-assign]
