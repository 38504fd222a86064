"""What comes slowly from a phone, read whole before the first query, which would hold the write lock meanwhile."""

from flask import abort, request

from catalogue.media.uploads import MOST_PIECE

PIECE_TYPE = "application/offset+octet-stream"


def read_piece() -> None:
    """Before any query: read a piece of a photograph, which takes seconds on a slow line. Answers 413 beyond one."""
    if request.mimetype != PIECE_TYPE:
        return
    if request.content_length is None or request.content_length > MOST_PIECE:
        abort(413)
    request.get_data()
