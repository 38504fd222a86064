"""What stays of an erased inquiry: a column in which somebody could be named is emptied, or known to name nobody."""

from sqlalchemy import JSON, String

from catalogue import models
from catalogue.privacy.erasing import BLANK_CONTACT, BLANK_INQUIRY, BLANK_LINE, BLANK_MAIL, KEPT
from catalogue.privacy.trail import steps

# Codes, numbers of the office, and keys of links that are closed.
OF_NOBODY = {
    "inquiry": {
        "public_id",
        "number",
        "status",
        "channel",
        "language",
        "link_key",
        "country",
        "incoterm",
        "currency",
        "order_type",
        "closed_reason",
    },
    "inquiry_line": {"unit"},
    "buyer_contact": set(),
    "sending_part": set(),
    "received_mail": {"public_id", "key", "sha256", "source", "action", "reason", "party", "identity"},
}
EMPTIED = {
    "inquiry": BLANK_INQUIRY,
    "buyer_contact": BLANK_CONTACT,
    "inquiry_line": BLANK_LINE,
    "sending_part": {},
    "received_mail": BLANK_MAIL,
}


def test_every_word_of_a_kept_row_is_emptied_or_names_nobody():
    for name in KEPT:
        columns = models.Base.metadata.tables[name].columns
        words = {column.name for column in columns if isinstance(column.type, String | JSON)}
        assert words - set(EMPTIED[name]) == OF_NOBODY[name], name


def test_whatever_refers_to_an_inquiry_is_on_the_trail():
    found = {table.name for table, _columns in steps()}
    assert {"message", "attachment", "question", "received_mail", "draft", "telling", "inquiry_text"} <= found
    assert not {"person", "consortium", "product", "stored_file"} & found
