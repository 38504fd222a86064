"""The emblem of a consortium: drawn by hand for five that bear the name of their trade, else woven from its slug."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from markupsafe import Markup

NETWORK = "emblem-sala"

# Of each trade: the ground of its cloth, its light thread and its own; a cloth of another trade lies on niello.
CLOTHS = {
    "silver": ("#7b1e2b", "#f3e3bd", "#d9b06a"),
    "silk": ("#2b3a67", "#f1e6cf", "#cf8f86"),
    "handicraft": ("#1c5a5e", "#f1e6cf", "#9cc4b4"),
    "furniture": ("#7a4520", "#f6e4c4", "#dca66c"),
    "rice": ("#565c1b", "#fbf3d2", "#d8cb7c"),
}
NIELLO = ("#1d1b20", "#f3e3bd", "#d9b06a")
THREADS = ("#d9b06a", "#cf8f86", "#9cc4b4", "#dca66c", "#a9b4dc")

# In threads: the cloth is a square of 13 around its middle, with a border of 2; one thread is 3 units of the drawing.
REACH = 6
BORDER = 2
THREAD = 3
SIDE = (2 * (REACH + BORDER) + 1) * THREAD

# How far out a cell of one quarter lies: in rings of a lozenge, of an eight-sided or of an eight-pointed figure.
Outline = Callable[[int, int], int]
OUTLINES: tuple[Outline, ...] = (
    lambda x, y: x + y,
    lambda x, y: max(x, y) + (min(x, y) + 1) // 2,
    lambda x, y: min(x + y, (3 * max(x, y) + 1) // 2),
)

# A figure says which thread crosses a cell, "" for the ground, "a" the light one, "b" the trade's own, "c" a third.
# `ring` counts from the middle, `off` from the nearer axis, both in threads.
Figure = Callable[[int, int], str]

HEARTS: tuple[Figure, ...] = (
    lambda ring, off: "c" if ring == 0 else "a",
    lambda ring, off: ("a", "", "b")[ring],
    lambda ring, off: ("a", "b", "")[ring],
    lambda ring, off: "a" if off == 0 else "b",
    lambda ring, off: ("", "a", "c")[ring],
    lambda ring, off: "c" if ring == 0 else "a" if ring == 1 or off == 1 else "",
)
MIDDLES: tuple[Figure, ...] = (
    lambda ring, off: "" if ring == 3 else "a",
    lambda ring, off: "b" if ring == 3 else "",
    lambda ring, off: ("a" if off == 0 else "c") if ring == 3 else "",
    lambda ring, off: "" if ring == 3 else "ba"[off % 2],
    lambda ring, off: ("", "b")[off % 2] if ring == 3 else ("a", "")[off % 2],
    lambda ring, off: "" if ring == 3 else "b",
)
RIMS: tuple[Figure, ...] = (
    lambda ring, off: "" if ring == 5 else "a",
    lambda ring, off: "" if ring == 5 else "ab"[off % 2],
    lambda ring, off: "b" if ring == 5 else "a",
    lambda ring, off: "" if ring == 5 or off == 0 else "a",
    lambda ring, off: "" if ring == 5 or off == 1 else "a" if off else "c",
)
# A corner's figure counts from the corner of the cloth inward, along both sides.
CORNERS: tuple[Figure, ...] = (
    lambda x, y: "b" if x + y <= 2 else "",
    lambda x, y: "a" if x <= 1 and y <= 1 else "",
    lambda x, y: "a" if x + y == 0 else "b" if x + y == 3 else "",
    lambda x, y: "b" if min(x, y) == 0 and max(x, y) <= 3 else "",
    lambda x, y: "a" if x + y <= 1 else "c" if x + y == 3 else "",
    lambda x, y: "c" if (x, y) in {(0, 0), (0, 2), (2, 0)} else "a" if (x, y) == (1, 1) else "",
    lambda x, y: "b" if min(x, y) == 0 and max(x, y) <= 3 else "a" if (x, y) == (2, 2) else "",
    lambda x, y: "a" if (x, y) == (1, 1) else "b" if abs(x - 1) + abs(y - 1) == 1 else "",
)
EXCHANGED = str.maketrans("ab", "ba")


class HasSector(Protocol):
    """What an emblem is chosen by."""

    slug: str

    @property
    def sector(self) -> str: ...


@dataclass(frozen=True)
class Weave:
    """The threads and figures that a slug chooses in the cloth of its trade."""

    ground: str
    threads: dict[str, str]
    outline: Outline
    heart: Figure
    middle: Figure
    rim: Figure
    corner: Figure

    @classmethod
    def of(cls, slug: str, sector: str) -> "Weave":
        """One slug, one weave."""
        seed = hashlib.sha256(slug.encode()).digest()
        ground, light, own = CLOTHS.get(sector, NIELLO)
        others = [each for each in THREADS if each != own]
        threads = {"a": light, "b": own, "c": others[seed[4] % len(others)]}
        outline = OUTLINES[seed[5] % len(OUTLINES)]
        figures = (
            turned(row[seed[place] % len(row)], seed[8 + place] % 2)
            for place, row in enumerate((HEARTS, MIDDLES, RIMS, CORNERS))
        )
        return cls(ground, threads, outline, *figures)

    def colour(self, x: int, y: int) -> str:
        """The thread of one cell, counted from the middle; "" for the ground."""
        x, y = abs(x), abs(y)
        ring, off = self.outline(x, y), min(x, y)
        if ring > REACH:
            return self.threads.get(self.corner(REACH - x, REACH - y), "")
        figure = self.heart if ring <= 2 else self.middle if ring <= 4 else self.rim
        return self.threads.get(figure(ring, off), "")


def turned(figure: Figure, times: int) -> Figure:
    """The same figure with its light thread and the trade's own exchanged, if `times` is 1."""
    return (lambda x, y: figure(x, y).translate(EXCHANGED)) if times else figure


def drawn_emblem(consortium: HasSector | None) -> str | None:
    """The drawn emblem, in the sprite and as static/img/<name>.svg; None where one is woven from the slug."""
    if consortium is None:
        return NETWORK
    is_drawn = consortium.sector in CLOTHS and consortium.slug == consortium.sector
    return f"emblem-{consortium.sector}" if is_drawn else None


def emblem_svg(slug: str, sector: str = "", size: int = 44) -> Markup:
    """An SVG element: a lozenge and four corners, as on a shoulder cloth, in the colours of a trade."""
    weave = Weave.of(slug, sector)
    paths = "".join(f'<path fill="{colour}" d="{drawn}"/>' for colour, drawn in _paths(weave).items())
    # Numbers and colours of this module only: nothing of the slug itself is written.
    return Markup(  # noqa: S704
        f'<svg class="emblem" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{int(size)}" '
        f'height="{int(size)}" aria-hidden="true" focusable="false" shape-rendering="crispEdges">'
        f'<path fill="{weave.ground}" d="M0 0h{SIDE}v{SIDE}H0z"/>{paths}</svg>'
    )


def _paths(weave: Weave) -> dict[str, str]:
    """What each thread draws: neighbours of one colour in a row are one stroke."""
    drawn: dict[str, str] = {}
    cells = range(-REACH, REACH + 1)
    for y in cells:
        left = BORDER * THREAD
        for colour, run in groupby(weave.colour(x, y) for x in cells):
            length = len(list(run)) * THREAD
            if colour:
                top = (y + REACH + BORDER) * THREAD
                drawn[colour] = f"{drawn.get(colour, '')}M{left} {top}h{length}v{THREAD}h-{length}z"
            left += length
    return drawn
