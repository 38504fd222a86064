"""How a photograph is turned and framed: kept as numbers beside it, so that it can be changed or undone."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

# Catalogue pages show photographs in 4:5.
ACROSS, DOWN = 4, 5
WHOLE = 10_000
SMALLEST_PERCENT = 30


@dataclass(frozen=True)
class Frame:
    """A 4:5 frame as people set it, in percent: its size beside the largest one that fits, and where it lies."""

    size: int = 100
    across: int = 50
    down: int = 50


@dataclass(frozen=True)
class Cut:
    """Quarters to turn by, clockwise, and what is kept of the turned picture, in ten-thousandths of its sides."""

    turn: int = 0
    left: int = 0
    top: int = 0
    width: int = WHOLE
    height: int = WHOLE

    @classmethod
    def of(cls, numbers: Sequence[int] | None) -> "Cut":
        """What was kept as a list; all of the picture for None. Raises `ValueError` for what lies outside of it."""
        cut = cls(*numbers) if numbers else cls()
        is_inside = min(cut.left, cut.top) >= 0 and max(cut.left + cut.width, cut.top + cut.height) <= WHOLE
        if cut.turn not in range(4) or min(cut.width, cut.height) < 1 or not is_inside:
            raise ValueError("a frame outside of its picture")
        return cut

    @classmethod
    def framed(cls, frame: Frame, *, width: int, height: int, turn: int = 0) -> "Cut":
        """The cut that a frame makes of a picture so many pixels wide and high, turned by `turn` quarters first."""
        most_across, most_down = _largest(*turned_size(width, height, turn))
        size = min(max(frame.size, SMALLEST_PERCENT), 100) / 100
        across, down = round(most_across * size), round(most_down * size)
        left, top = (WHOLE - across) * _share(frame.across), (WHOLE - down) * _share(frame.down)
        return cls(turn, round(left), round(top), across, down)

    def frame(self, *, width: int, height: int) -> Frame:
        """The frame that people set to get this cut."""
        most_across, _most_down = _largest(*turned_size(width, height, self.turn))
        return Frame(
            min(round(100 * self.width / most_across), 100),
            _percent(self.left, WHOLE - self.width),
            _percent(self.top, WHOLE - self.height),
        )

    @property
    def is_nothing(self) -> bool:
        """Whether the picture stays as it was sent."""
        return self == Cut()

    @property
    def is_framed(self) -> bool:
        """Whether something of the picture is left out."""
        return min(self.width, self.height) < WHOLE

    @property
    def numbers(self) -> list[int]:
        """The cut as it is kept."""
        return list(astuple(self))

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in a picture of so many pixels, which has been turned already."""
        left, right = _pixels(self.left, self.width, width)
        top, bottom = _pixels(self.top, self.height, height)
        return left, top, right, bottom


def _pixels(start: int, length: int, of: int) -> tuple[int, int]:
    """Where a part of a side begins and ends: one pixel at least, and never outside."""
    first = min(round(of * start / WHOLE), of - 1)
    return first, max(round(of * (start + length) / WHOLE), first + 1)


def turned_size(width: int, height: int, turn: int) -> tuple[int, int]:
    """Width and height after so many quarters."""
    return (height, width) if turn % 2 else (width, height)


def _largest(width: int, height: int) -> tuple[int, int]:
    """Width and height of the largest 4:5 frame, in ten-thousandths of the sides."""
    if width * DOWN > height * ACROSS:
        return max(1, round(WHOLE * height * ACROSS / (width * DOWN))), WHOLE
    return WHOLE, max(1, round(WHOLE * width * DOWN / (height * ACROSS)))


def _share(percent: int) -> float:
    return min(max(percent, 0), 100) / 100


def _percent(part: int, of: int) -> int:
    return round(100 * part / of) if of else 50
