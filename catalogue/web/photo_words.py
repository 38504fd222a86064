"""What people read about a photograph: its kind, what may be wrong with it and the way on, why it could not be used."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from catalogue.media.models import FileState, StoredFile
from catalogue.media.pictures import Hint
from catalogue.products.models import PhotoKind, ProductPhoto
from catalogue.web.attachments import REFUSED

KIND_NAMES: dict[PhotoKind, LazyString] = {
    PhotoKind.BEAUTY: _l("The whole piece"),
    PhotoKind.DETAIL: _l("A detail"),
    PhotoKind.SCALE: _l("In a hand or beside a ruler"),
    PhotoKind.MARK: _l("Mark or underside"),
    PhotoKind.MAKER: _l("The maker at work"),
}


@dataclass(frozen=True)
class Advice:
    """What may be wrong, and what to do about it; leaving it as it is, is always allowed."""

    words: LazyString
    way_on: LazyString


HINTS: dict[Hint, Advice] = {
    Hint.DARK: Advice(
        _l("This photograph is rather dark."),
        _l("Take it again by a window, in daylight and without flash."),
    ),
    Hint.BLURRED: Advice(
        _l("This photograph is rather blurred."),
        _l("Rest the phone on something, touch the piece on the screen, and take it again."),
    ),
    Hint.SMALL: Advice(
        _l("This photograph is rather small."),
        _l("Send the photograph itself and not a copy from a chat, or frame it less closely."),
    ),
}
ANYHOW = _l("You may keep it as it is: the office will look at it.")


def hints_for(photo: ProductPhoto) -> list[Advice]:
    """What may be wrong with the photograph that is shown."""
    return [advice for hint, advice in HINTS.items() if hint in photo.file.hints]


def why_refused(file: StoredFile | None) -> LazyString | None:
    """Why a file could not be used, in words; None when it waits or is ready."""
    if file is None or file.state is not FileState.REFUSED:
        return None
    return REFUSED.get(file.refused_reason or "", REFUSED["broken"])


def init_app(app: Flask) -> None:
    """Let every page say it."""
    app.jinja_env.globals.update(
        photo_hints=hints_for, photo_anyhow=ANYHOW, why_refused=why_refused, photo_kinds=KIND_NAMES
    )
