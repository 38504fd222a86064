"""Files that come with a form: parked at once, and kept by a signed reference while the rest is put right."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from io import BytesIO
from typing import Any

from flask import Response, current_app, request, send_file
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from catalogue.media.keeping import ORPHAN_AFTER, Parked, clean_name, original_key, park, size_key
from catalogue.media.models import StoredFile
from catalogue.media.recognise import MOST_BYTES, PDF, FileRefused
from catalogue.media.stores import Store, store_for

MOST_FILES = 5
MOST_REQUEST_BYTES = 80 * 1024 * 1024
PARKED_SECONDS = int(ORPHAN_AFTER.total_seconds()) - 3600
READ_AT_MOST = max(MOST_BYTES.values()) + 1
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif,application/pdf"

REFUSED: dict[str, LazyString] = {
    "empty": _l("The file is empty"),
    "too large": _l("The file is too large: pictures up to 15 MB, PDF up to 10 MB"),
    "unknown type": _l("Only pictures (JPEG, PNG, WebP, AVIF, GIF) and PDF can be taken"),
    "heic": _l("This phone format (HEIC) cannot be taken. Send it as JPEG"),
    "not a picture": _l("This is not a picture"),
    "too many pixels": _l("The picture has more than 50 million pixels. Send it smaller"),
    "too many frames": _l("This is a film and not a photograph. Send one picture of it"),
    "broken": _l("The file is damaged. Send it once more, or take the photograph again"),
    "takes too long": _l("The picture could not be opened in good time. Take it again, or send another"),
}


@dataclass(frozen=True)
class Attachments:
    """The files of a form: those parked, now or before, and in words what was wrong with the others."""

    parked: Sequence[Parked] = ()
    problems: Sequence[str] = ()

    def references(self, owner: str) -> list[tuple[str, str]]:
        """For each parked file its name and a signed reference, which only `owner` can bring back."""
        return [(file.name or _("File"), _signer(owner).dumps(asdict(file))) for file in self.parked]


def take(owner: str, *, field: str = "attachments", photo_only: bool = False) -> Attachments:
    """Park the files of this request, beside those that its references name. Call it outside any transaction.

    `owner` is a key of the visitor or person: another's reference is worth nothing.
    """
    parked = list(before(owner).parked)
    problems: list[str] = []
    for upload in request.files.getlist(field):
        if not upload.filename:
            continue
        if len(parked) >= MOST_FILES:
            problems.append(_("At most %(most)s files. %(name)s was left out.", most=MOST_FILES, name=_name(upload)))
            continue
        try:
            parked.append(park(store(), upload.stream.read(READ_AT_MOST), upload.filename, photo_only=photo_only))
        except FileRefused as refused:
            problems.append(f"{_name(upload)}: {REFUSED.get(refused.reason, REFUSED['unknown type'])}")
    return Attachments(tuple(parked), tuple(problems))


def before(owner: str) -> Attachments:
    """The files that were parked before, by the references that came back with the form."""
    return Attachments(tuple(_parked_before(request.form.getlist("parked"), owner)))


def without(attachments: Attachments, number: str) -> Attachments:
    """The same files but for the one of this number, which the visitor took out; its bytes are swept away later."""
    return replace(attachments, parked=[file for at, file in enumerate(attachments.parked) if str(at) != number])


def download(file: StoredFile, *, small: bool = False, name: str = "") -> Response:
    """A ready file: a picture as it was made anew, or its smallest size; a PDF to keep, never opened in the page."""
    key = size_key(file, min(file.widths, default=0), "jpg") if small else None
    data = BytesIO(store().get(key or original_key(file)))
    name, is_pdf = name or file.name or file.public_id, file.media_type == PDF
    answer = send_file(data, mimetype=file.media_type, download_name=name, as_attachment=is_pdf)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def store() -> Store:
    """Where this site keeps its files."""
    return _store_at(current_app.config["SETTINGS"].media_url)


@cache
def _store_at(url: str) -> Store:
    return store_for(url)


def _parked_before(references: Iterable[str], owner: str) -> Iterable[Parked]:
    for reference in list(dict.fromkeys(references))[:MOST_FILES]:
        try:
            parked = Parked(**_signer(owner).loads(reference, max_age=PARKED_SECONDS))
        except (BadSignature, TypeError):
            continue
        if store().has(parked.key):
            yield parked


def _name(upload: FileStorage) -> str:
    return clean_name(upload.filename or "") or _("File")


def _signer(owner: str) -> URLSafeTimedSerializer:
    settings: Any = current_app.config["SETTINGS"]
    return URLSafeTimedSerializer([*reversed(settings.old_secrets), settings.SECRET_KEY], salt=f"parked|{owner}")
