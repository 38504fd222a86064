"""Where a request came from, by what the browser says of it."""

from urllib.parse import urlsplit

from flask import current_app, request


def is_same_origin() -> bool:
    """Whether the browser says that one of our own pages sent this: by Sec-Fetch-Site, else Origin, else Referer."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return is_own(request.headers.get("Origin") or request.headers.get("Referer"))


def is_own(address: str | None) -> bool:
    """Whether an address is on this site."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    site = urlsplit(current_app.config["SETTINGS"].SITE_URL)
    return (parts.scheme, parts.netloc) in {(request.scheme, request.host), (site.scheme, site.netloc)}
