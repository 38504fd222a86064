"""PDF attachments of strangers written anew, in a process apart."""

from dataclasses import dataclass

from catalogue.media import confined
from catalogue.media.recognise import FileRefused


@dataclass
class DocumentRefused(FileRefused):
    """No document is made of the file: "broken", "encrypted", "takes too long"."""


@dataclass(frozen=True)
class Document:
    """The pages of a PDF, without author, scripts, actions and files inside it."""

    pages: int
    data: bytes


def make_document(data: bytes, *, wall_seconds: float = confined.WALL_SECONDS) -> Document:
    """Write `data` anew, apart. Raises `DocumentRefused`; `confined.ChildFailed` is worth another try."""
    try:
        made = confined.run("document", data, wall_seconds=wall_seconds)
    except FileRefused as refused:
        raise DocumentRefused(refused.reason) from None
    return Document(made.facts["pages"], made.files["original.pdf"])
