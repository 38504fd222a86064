"""The woven emblem of a consortium: drawn by hand for each of the five sectors, else woven from its slug."""

import hashlib
from typing import Protocol

from markupsafe import Markup

DRAWN_SECTORS = frozenset({"silver", "silk", "handicraft", "furniture", "rice"})
NETWORK = "emblem-sala"

GROUNDS = ("#7b1e2b", "#2b3a67", "#1c5a5e", "#7a4520", "#565c1b", "#1d1b20")
LIGHT = "#f3e3bd"
THREADS = ("#d9b06a", "#cf8f86", "#9cc4b4", "#dca66c", "#d8cb7c", "#a9b4dc")

# In threads: the cloth is a square of 13 around its middle, with a border of 2; one thread is 3 units of the drawing.
REACH = 6
BORDER = 2
THREAD = 3
SIDE = (2 * (REACH + BORDER) + 1) * THREAD


class HasSector(Protocol):
    slug: str
    sector: str


def drawn_emblem(consortium: HasSector | None) -> str | None:
    """The drawn emblem, in the sprite and as static/img/<name>.svg; None where one is woven from the slug."""
    if consortium is None:
        return NETWORK
    return f"emblem-{consortium.sector}" if consortium.sector in DRAWN_SECTORS else None


def emblem_svg(slug: str, size: int = 44) -> Markup:
    """An SVG element in five colours: a lozenge and four corners, as on a shoulder cloth; one slug, one drawing."""
    seed = hashlib.sha256(slug.encode()).digest()
    rows = "".join(_row(seed, y) for y in range(-REACH, REACH + 1))
    ground = GROUNDS[seed[0] % len(GROUNDS)]
    # Numbers and colours of this module only: nothing of the slug itself is written.
    return Markup(  # noqa: S704
        f'<svg class="emblem" viewBox="0 0 {SIDE} {SIDE}" width="{int(size)}" height="{int(size)}" aria-hidden="true" '
        f'focusable="false" shape-rendering="crispEdges"><rect width="{SIDE}" height="{SIDE}" fill="{ground}"/>'
        f"{rows}</svg>"
    )


def _row(seed: bytes, y: int) -> str:
    """One row; neighbours of one colour are one path."""
    colours = [_colour(seed, abs(x), abs(y)) for x in range(-REACH, REACH + 1)]
    top = (y + REACH + BORDER) * THREAD
    paths, start = [], 0
    for end in range(1, len(colours) + 1):
        if end == len(colours) or colours[end] != colours[start]:
            if colours[start]:
                left, length = (start + BORDER) * THREAD, (end - start) * THREAD
                paths.append(f'<path fill="{colours[start]}" d="M{left} {top}h{length}v{THREAD}h-{length}z"/>')
            start = end
    return "".join(paths)


def _colour(seed: bytes, x: int, y: int) -> str:
    """The thread of one cell of the upper right quarter, "" for the ground."""
    first = seed[1] % len(THREADS)
    threads = (LIGHT, *(THREADS[(first + step) % len(THREADS)] for step in (0, 1 + seed[2] % 2, 3 + seed[3] % 2)))
    ring = x + y
    if ring <= REACH:
        return _lozenge(seed, ring, min(x, y), threads)
    corner = 2 * REACH - ring
    if corner > 2 + seed[4] % 3:
        return ""
    return threads[(corner + seed[5]) % 4] if corner % 2 == seed[6] % 2 else ""


def _lozenge(seed: bytes, ring: int, off_axis: int, threads: tuple[str, ...]) -> str:
    """Rings of the middle figure: each its own thread, hooks where the seed breaks it, a light rim and a heart."""
    if ring in (0, REACH):
        return threads[0]
    if ring == REACH - 1 or (off_axis > 0 and seed[8 + ring] % 3 == 0 and (off_axis + ring) % 2):
        return ""
    return threads[seed[16 + ring] % 4] if off_axis or seed[7] % 2 else threads[1 + seed[24] % 3]
