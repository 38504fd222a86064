"""The woven emblem of a consortium: drawn by hand for each of the five sectors, else woven from its slug."""

import hashlib
from typing import Protocol

from markupsafe import Markup

DRAWN_SECTORS = frozenset({"silver", "silk", "handicraft", "furniture", "rice"})
NETWORK = "img/emblem-sala.svg"

GROUNDS = ("#7b1e2b", "#2b3a67", "#1c5a5e", "#7a4520", "#565c1b")
THREADS = (("#f3e3bd", "#d9b06a"), ("#f1e6cf", "#cf8f86"), ("#f1e6cf", "#9cc4b4"), ("#f6e4c4", "#dca66c"), ("#fbf3d2", "#d8cb7c"))

QUARTER = 7
THREAD = 3
MARGIN = 2
SIDE = (2 * QUARTER - 1 + 2 * MARGIN) * THREAD


class HasSector(Protocol):
    slug: str
    sector: str


def drawn_emblem(consortium: HasSector | None) -> str | None:
    """The name of the drawn emblem in static/, None where one is woven."""
    if consortium is None:
        return NETWORK
    return f"img/emblem-{consortium.sector}.svg" if consortium.sector in DRAWN_SECTORS else None


def emblem_svg(slug: str, size: int = 44) -> Markup:
    """An SVG element, always the same for one slug: a lozenge field mirrored both ways, as on a shoulder cloth."""
    seed = hashlib.sha256(slug.encode()).digest()
    choice = seed[0] % len(GROUNDS)
    light, dark = THREADS[choice]
    rows = "".join(_row(seed, y, (light, dark)) for y in range(-QUARTER + 1, QUARTER))
    return Markup(
        f'<svg class="emblem" viewBox="0 0 {SIDE} {SIDE}" width="{int(size)}" height="{int(size)}" aria-hidden="true" '
        f'focusable="false" shape-rendering="crispEdges"><rect width="{SIDE}" height="{SIDE}" fill="{GROUNDS[choice]}"/>{rows}</svg>'
    )


def _row(seed: bytes, y: int, threads: tuple[str, str]) -> str:
    """One row of threads; neighbours of one colour are one path."""
    colours = [_colour(seed, abs(x), abs(y), threads) for x in range(-QUARTER + 1, QUARTER)]
    paths, start = [], 0
    for end in range(1, len(colours) + 1):
        if end == len(colours) or colours[end] != colours[start]:
            if colours[start]:
                left, top, length = (MARGIN + start) * THREAD, (MARGIN + y + QUARTER - 1) * THREAD, (end - start) * THREAD
                paths.append(f'<path fill="{colours[start]}" d="M{left} {top}h{length}v{THREAD}h-{length}z"/>')
            start = end
    return "".join(paths)


def _colour(seed: bytes, x: int, y: int, threads: tuple[str, str]) -> str:
    """The thread of one cell of a quarter: the seed weaves each ring of the lozenge and breaks it into a figure."""
    ring = x + y
    if ring >= 2 * QUARTER - 4 or (ring == QUARTER and seed[1] % 2):
        return ""
    figure = seed[8 + (min(x, y) * QUARTER + max(x, y)) % 24]
    if ring == 0 or seed[2 + ring % 6] % 3 == 0:
        return threads[0]
    return (threads[1], "", threads[0])[figure % 3]

