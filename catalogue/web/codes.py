"""Squares that a telephone's camera reads (QR), drawn into the page itself."""

import io

import segno
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """The square as SVG, as large as its place. No style, no address of its own: the page shows it under any policy."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
    return Markup(picture.getvalue().decode())  # noqa: S704 - drawn here; what was asked for is in its squares alone
