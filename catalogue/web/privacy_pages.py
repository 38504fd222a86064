"""What desk and operator show and hand out when somebody asks what is kept of them, or wants it erased."""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

from flask import Response, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, ValidationError

from catalogue.media.stores import Store, store_for
from catalogue.privacy.trail import Trail

IN_MEMORY = 1 << 20


class EraseForm(FlaskForm):
    """The one press that cannot be undone."""

    sure = BooleanField(_l("I know that this cannot be undone."))

    def validate_sure(self, field: BooleanField) -> None:
        """Nothing is erased by a slip of the finger."""
        if not field.data:
            raise ValidationError(_("Tick the box: what is erased does not come back"))


def summary(trail: Trail) -> list[str]:
    """How much is kept of a buyer, in words; empty when there is nothing."""
    return list(_counted(trail))


def _counted(trail: Trail) -> Iterator[str]:
    if count := trail.count("inquiry"):
        yield ngettext("%(num)s inquiry", "%(num)s inquiries", count)
    if count := trail.count("message"):
        yield ngettext("%(num)s message", "%(num)s messages", count)
    if count := trail.count("attachment"):
        yield ngettext("%(num)s file", "%(num)s files", count)
    if count := trail.count("received_mail"):
        yield ngettext("%(num)s e-mail as it came", "%(num)s e-mails as they came", count)


def archive(name: str, write: Callable[[Store, IO[bytes]], None]) -> Response:
    """What `write` puts into a file, as a download that nobody keeps. A large one lies on the disk until it is sent."""
    data: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, closed by `_pieces`
    write(store_for(current_app.config["SETTINGS"].media_url), data)
    size = data.tell()
    data.seek(0)
    answer = Response(_pieces(data), mimetype="application/zip")
    answer.content_length = size
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pieces(data: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces, closed at its end or when the reader goes away."""
    with data:
        while piece := data.read(IN_MEMORY):
            yield piece
