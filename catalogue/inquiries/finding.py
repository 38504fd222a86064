"""Finding a conversation by what was said in it: number, name, company, address, telephone, lines, messages and notes.

Each inquiry has one folded text (`inquiry_text`), written anew by the commit that changes anything of it. Lao is
written without gaps between words: what is typed is looked for as it stands, in any place. The same in either database.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, event, select
from sqlalchemy.orm import Session, SessionTransaction

from catalogue import lao
from catalogue.database import insert_or_update
from catalogue.inquiries.inbox_models import InquiryText
from catalogue.inquiries.models import BuyerContact, Inquiry, InquiryLine, Message
from catalogue.products.models import ProductVersion

LONGEST_QUERY = 100
MOST_WORDS = 8
# A conversation longer than this is found by its beginning, and by what was said last.
LONGEST_TEXT = 100_000
LONGEST_PHONE = 30
AROUND = 60


def words_of(query: str) -> list[str]:
    """What is looked for: at most eight folded words, of which each has to be said."""
    return lao.fold(query[:LONGEST_QUERY]).split()[:MOST_WORDS]


def says(consortium_id: int, query: str) -> ColumnElement[bool]:
    """Whether a conversation of a consortium says every word of a query. Any text may be searched for."""
    said = [InquiryText.words.contains(word, autoescape=True) for word in words_of(query)]
    found = select(InquiryText.inquiry_id).where(InquiryText.consortium_id == consortium_id, *said)
    return Inquiry.id.in_(found)


def where_said(inquiry: Inquiry, query: str) -> tuple[Message | None, str] | None:
    """The last message that says one of the words, and a line of it around them; the inquiry's own text with None.

    None where only the number, a name or a line says it: these stand in the row anyway.
    """
    words = words_of(query)
    texts: list[tuple[Message | None, str]] = [(each, each.text) for each in reversed(inquiry.messages)]
    for message, text in [*texts, (None, inquiry.message)]:
        if found := _around(text, words):
            return message, found
    return None


def index(session: Session, inquiry_ids: Iterable[int]) -> None:
    """Write what these inquiries are found by anew."""
    for inquiry_id in sorted(inquiry_ids):
        consortium_id = session.scalar(select(Inquiry.consortium_id).where(Inquiry.id == inquiry_id))
        if consortium_id is None:
            continue
        words = _folded(_said(session, inquiry_id))
        row = {"inquiry_id": inquiry_id, "consortium_id": consortium_id, "words": words}
        insert = insert_or_update(session)(InquiryText).values(row)
        session.execute(insert.on_conflict_do_update(index_elements=["inquiry_id"], set_={"words": words}))


def forget(session: Session, inquiry_ids: Iterable[int]) -> None:
    """Have these inquiries found no longer, until something is said in them again."""
    session.execute(delete(InquiryText).where(InquiryText.inquiry_id.in_(list(inquiry_ids))))


def rebuild(session: Session) -> int:
    """Write what every inquiry is found by anew, for example after a restore; how many."""
    ids = session.scalars(select(Inquiry.id).order_by(Inquiry.id)).all()
    index(session, ids)
    return len(ids)


VERSION = ProductVersion.__table__
# What is read of an inquiry, as columns: its objects may be older than what the transaction has written.
SAID = (
    select(Inquiry.number, Inquiry.city, Inquiry.named_place, Inquiry.message, Inquiry.closed_words).where(
        Inquiry.id == bindparam("id")
    ),
    select(BuyerContact.name, BuyerContact.company, BuyerContact.email, BuyerContact.phone).where(
        BuyerContact.inquiry_id == bindparam("id")
    ),
    select(InquiryLine.description, InquiryLine.note, VERSION.c.name_lo, VERSION.c.name_en)
    .outerjoin(VERSION, VERSION.c.id == InquiryLine.product_version_id)
    .where(InquiryLine.inquiry_id == bindparam("id"))
    .order_by(InquiryLine.position),
    select(Message.text, Message.translation).where(Message.inquiry_id == bindparam("id")).order_by(Message.id),
)


def _said(session: Session, inquiry_id: int) -> Iterator[str]:
    for query in SAID:
        for row in session.execute(query, {"id": inquiry_id}):
            yield from filter(None, row)


def _folded(said: Iterable[str]) -> str:
    """One text of all; a telephone number is found however it is spaced."""
    texts = list(said)
    numbers = [digits for text in texts if len(text) <= LONGEST_PHONE and len(digits := only_digits(text)) >= 6]
    text = lao.fold("\n".join([*texts, *numbers]))
    half = LONGEST_TEXT // 2
    return text if len(text) <= LONGEST_TEXT else f"{text[:half]} {text[-half:]}"


def only_digits(text: str) -> str:
    """The digits of a text, of any script, without what stands between them."""
    return "".join(filter(str.isdigit, lao.digits_to_ascii(text)))


def _around(text: str, words: list[str]) -> str:
    """The line of a text that says one of these words, cut around it; "" where none does."""
    for line in text.splitlines():
        folded = lao.fold(line)
        at = min((place for word in words if (place := folded.find(word)) >= 0), default=None)
        if at is not None:
            return _cut(line, max(0, at - AROUND), at + 2 * AROUND)
    return ""


def _cut(line: str, start: int, end: int) -> str:
    """A piece of a line, from a gap between words where one is near. Folding keeps nearly every letter in its place."""
    gap = line.find(" ", start, start + AROUND // 2) + 1 if start else 0
    start = gap or start
    return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")


# -- kept true by the session --

KEY = "inquiries to find"


def _inquiry_of(changed: Any) -> int | None:
    if isinstance(changed, Inquiry):
        return changed.id
    return changed.inquiry_id if isinstance(changed, BuyerContact | InquiryLine | Message) else None


@event.listens_for(Session, "after_flush")
def _note_changed(session: Session, _context: Any) -> None:
    changed = {_inquiry_of(each) for each in (*session.new, *session.dirty) if not isinstance(each, InquiryText)}
    session.info.setdefault(KEY, set()).update(changed - {None})


@event.listens_for(Session, "before_commit")
def _index_last(session: Session) -> None:
    session.flush()
    if changed := session.info.pop(KEY, None):
        index(session, changed)


@event.listens_for(Session, "after_soft_rollback")
def _forget_changed(session: Session, transaction: SessionTransaction) -> None:
    if not transaction.nested:
        session.info.pop(KEY, None)
