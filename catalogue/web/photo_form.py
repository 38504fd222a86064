"""The form of one photograph: how it is turned and framed, its kind, and its words for those who do not see it."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice

from catalogue.media.cuts import SMALLEST_PERCENT, Cut, Frame
from catalogue.media.models import StoredFile
from catalogue.products.arranging import Arrangement
from catalogue.products.models import PhotoKind
from catalogue.text import Bilingual
from catalogue.web.fields import AtMost, LineField
from catalogue.web.photo_words import KIND_NAMES

LONGEST_ALT = 240
FRAMED, WHOLE = "frame", "whole"


class SliderField(IntegerField):
    """A whole number between two others; what lies outside is brought inside, and what is none changes nothing."""

    def __init__(self, label: Any, *, least: int = 0, most: int = 100, **given: Any) -> None:
        super().__init__(label, **given)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        if typed.isascii() and typed.isdecimal() and len(typed) < 5:
            self.data = min(max(int(typed), self.least), self.most)


class PhotoForm(FlaskForm):
    """Everything that is decided about one photograph. `opened` carries how it stood when the page was opened."""

    opened = HiddenField()
    turn = HiddenField()
    shape = RadioField(
        _l("What is shown"),
        choices=[SelectChoice(WHOLE, _l("All of it")), SelectChoice(FRAMED, _l("What lies in the frame"))],
    )
    size = SliderField(_l("How much"), least=SMALLEST_PERCENT)
    across = SliderField(_l("To the left or right"))
    down = SliderField(_l("Up or down"))
    kind = RadioField(
        _l("What it shows"), choices=[SelectChoice(kind.value, words) for kind, words in KIND_NAMES.items()]
    )
    alt_lo = LineField(_l("In words, in Lao"), [AtMost(LONGEST_ALT)])
    alt_en = LineField(_l("In words, in English"), [AtMost(LONGEST_ALT)])

    @classmethod
    def of(cls, stands: Arrangement, root: StoredFile) -> "PhotoForm":
        """The form as the photograph stands, or as it came back filled in."""
        width, height = size_of(root)
        frame = stands.cut.frame(width=width, height=height) if stands.cut.is_framed else Frame()
        return cls(
            opened=stands.mark,
            turn=str(stands.cut.turn),
            shape=FRAMED if stands.cut.is_framed else WHOLE,
            size=frame.size,
            across=frame.across,
            down=frame.down,
            kind=stands.kind.value,
            alt_lo=stands.alt.lo,
            alt_en=stands.alt.en,
        )

    def arrangement(self, stands: Arrangement, root: StoredFile) -> Arrangement:
        """What was decided, by the fields and by the button that was pressed."""
        alt = Bilingual(self.alt_lo.data or "", self.alt_en.data or "")
        return Arrangement(PhotoKind(self.kind.data), alt, self._cut(stands, root))

    def _cut(self, stands: Arrangement, root: StoredFile) -> Cut:
        if "undo" in request.form:
            return Cut()
        turn, by = _quarters(self.turn.data), _quarters(request.form.get("turn_by"))
        turned = (turn + by) % 4
        if self.shape.data != FRAMED:
            return Cut(turn=turned)
        frame = Frame(self.size.data, self.across.data, self.down.data)
        width, height = size_of(root)
        if not by and (turn, frame) == (stands.cut.turn, stands.cut.frame(width=width, height=height)):
            return stands.cut if stands.cut.is_framed else Cut.framed(frame, width=width, height=height, turn=turn)
        # A frame that stood upright lies elsewhere in what is turned: it begins in the middle again.
        return Cut.framed(Frame(frame.size) if by else frame, width=width, height=height, turn=turned)


def size_of(file: StoredFile) -> tuple[int, int]:
    """Width and height in pixels of a photograph; one pixel while they are not known."""
    return file.width or 1, file.height or 1


def _quarters(typed: str | None) -> int:
    return int(typed) if typed in {"0", "1", "2", "3"} else 0
