"""The security headers of every answer."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

CONTENT_SECURITY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}
ONE_YEAR = "max-age=31536000; includeSubDomains"


def add(response: Response) -> Response:
    """Add what is missing; a view may have set a stricter value."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", ONE_YEAR)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if is_private(response) else "no-cache"
    return response


def stay_here(response: Response) -> Response:
    """The router's own redirects repeat the host that the request claims; its path alone leads nowhere else."""
    if response.status_code == 308 and response.location:
        parts = urlsplit(response.location)
        response.location = "/" + parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
        response.set_data("")
    return response


def is_private(response: Response) -> bool:
    """Whether no cache may keep the answer: whatever is not a plain public page."""
    is_public_area = (request.endpoint or "").startswith(("storefront.", "machines."))
    return not is_public_area or request.method not in {"GET", "HEAD"} or "Set-Cookie" in response.headers


def init_app(app: Flask) -> None:
    """Give every answer its headers."""
    app.after_request(add)
    app.after_request(stay_here)
