"""What may be wrong with a photograph, measured on its pixels: a hint to its sender, never a refusal.

Loads Pillow: it runs in the process of `child` only. The limits were found on 89 good photographs and on the same ones
made worse: two to four stops less light with the noise of a phone, and blurred by 1 to 6 pixels at 1500 pixels height.

- brightest hundredth of all pixels: good 169 to 254; two stops less 93 to 135, three 68 to 99. Below 120 is dark.
- twentieth part: good 98 to 241; three stops less 51 to 93. Below 80 is dark, although something in it gleams.
- sharpest edges in a hundredth of the contrast: good 9.9 and more, with noise or without; blurred by one pixel 9.0 and
  more, by four pixels 3.5 to 7.6, with noise 4.8 to 9.1. Below 9 is blurred. A hand that shook in one direction is
  found one time in four.
- a telephone shows a photograph over its whole width, 390 points of two pixels each: a 4:5 frame below 800 is small.
"""

from PIL import Image, ImageFilter

from catalogue.media.cuts import ACROSS, DOWN
from catalogue.media.pictures import Hint

BRIGHTEST_BELOW = 120
BRIGHT_BELOW = 80
SHARPEST_BELOW = 9.0
NARROWEST = 800
LOOKED_AT = 800
LEAST_CONTRAST = 24
# Differences of each pixel from its four neighbours, around a middle grey.
EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def hints_of(picture: Image.Image) -> list[Hint]:
    """What may be wrong with an upright RGB picture, as it is kept."""
    grey = picture.convert("L")
    grey.thumbnail((LOOKED_AT, LOOKED_AT), Image.Resampling.LANCZOS)
    found = {
        Hint.DARK: _level(grey.histogram(), 0.99) < BRIGHTEST_BELOW or _level(grey.histogram(), 0.95) < BRIGHT_BELOW,
        Hint.BLURRED: sharpness(grey) < SHARPEST_BELOW,
        Hint.SMALL: min(picture.width, picture.height * ACROSS // DOWN) < NARROWEST,
    }
    return [hint for hint, holds in found.items() if holds]


def sharpness(grey: Image.Image) -> float:
    """How strong the sharpest edges of a grey picture are, noise smoothed away, in hundredths of its contrast."""
    if min(grey.size) < 8:
        return 100.0
    levels = grey.histogram()
    contrast = max(LEAST_CONTRAST, _level(levels, 0.99) - _level(levels, 0.01))
    edges = grey.filter(ImageFilter.BoxBlur(1)).filter(EDGES).crop((3, 3, grey.width - 3, grey.height - 3))
    strengths = [0] * 129
    for level, pixels in enumerate(edges.histogram()):
        strengths[abs(level - 128)] += pixels
    return 100 * _level(strengths, 0.998) / contrast


def _level(histogram: list[int], share: float) -> int:
    """The level that so large a share of the pixels does not pass."""
    wanted, seen = share * sum(histogram), 0
    for level, pixels in enumerate(histogram):
        seen += pixels
        if seen >= wanted:
            return level
    return len(histogram) - 1
