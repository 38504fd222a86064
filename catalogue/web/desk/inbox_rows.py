"""The rows of the inbox in words: who asks for what, what happened last, until when, and who has it in hand."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from catalogue.accounts.models import Person
from catalogue.inquiries.finding import where_said, words_of
from catalogue.inquiries.inbox import InboxRow, WaitingFor
from catalogue.inquiries.models import Inquiry, InquiryLine, Message, MessageKind
from catalogue.lao import fold
from catalogue.notices.inquiries import HELD_BECAUSE
from catalogue.web.clock import in_vientiane
from catalogue.web.content import ready
from catalogue.web.due_words import DueWords, answer_by, silent_for
from catalogue.web.figures import held
from catalogue.web.inquiry_words import CAME_BY, CLOSED_REASONS, STATUS_NAMES, country_name
from catalogue.web.language import language
from catalogue.web.moments import moment

LONGEST_NAME = 32
LONGEST_EXCERPT = 60
MOST_LINES = 2
BEFORE_THEIR_CONSONANT = "ເແໂໃໄ"


@dataclass(frozen=True)
class ShownRow:
    """One row of the inbox in words, as the macro `inbox_row` reads it. `pieces` is what was found, marked or not."""

    key: str
    href: str
    title: str
    place: str
    summary: str
    number: str
    state: str
    state_lang: str
    group: WaitingFor | None
    photo: object | None
    due_words: str
    due: str
    is_late: bool
    needed_by: str
    taken_by: str
    initials: str
    is_mine: bool
    version_of_hand: str
    found_by: str = ""
    pieces: tuple[tuple[str, bool], ...] = ()


def shown(row: InboxRow, who: Person, at: datetime, words: str = "") -> ShownRow:
    """A row as `who` reads it at this time; with the words that were looked for, the place where they were said."""
    inquiry, buyer, hand = row.inquiry, row.inquiry.buyer_contact, row.inquiry.assigned_to
    state, state_lang = _state(row)
    due = _due(row, at)
    found_by, pieces = _found(inquiry, words) if words else ("", ())
    return ShownRow(
        key=inquiry.public_id,
        href=url_for("desk.inquiry", slug=inquiry.consortium.slug, inquiry_id=inquiry.public_id),
        title=buyer.company or buyer.name,
        place=country_name(inquiry.country),
        summary=", ".join(map(_line, inquiry.lines[:MOST_LINES])) + (", …" if len(inquiry.lines) > MOST_LINES else ""),
        number=inquiry.number,
        state=state,
        state_lang=state_lang,
        group=None if inquiry.is_held else row.waiting_for,
        photo=_photo(inquiry),
        due_words=due.words,
        due=due.time,
        is_late=due.presses,
        needed_by=_day(inquiry, at) if inquiry.is_open else "",
        taken_by=hand.name if hand else "",
        initials=initials(hand.name) if hand else "",
        is_mine=hand is not None and hand.id == who.id,
        version_of_hand=hand.public_id if hand else "",
        found_by=found_by,
        pieces=pieces,
    )


def initials(name: str) -> str:
    """One or two letters that stand for a name; a Lao vowel that is written first keeps its consonant."""
    words = name.split()[:2]
    return "".join(word[: 2 if word[0] in BEFORE_THEIR_CONSONANT else 1].upper() for word in words)


def _state(row: InboxRow) -> tuple[str, str]:
    """What happened last or comes next, and the language of it where it is somebody's own words."""
    inquiry, last = row.inquiry, row.last
    if not inquiry.is_open:
        reason = {each.value: words for each, words in CLOSED_REASONS.items()}.get(inquiry.closed_reason or "")
        return str(reason or STATUS_NAMES[inquiry.status]), ""
    if inquiry.is_held:
        because = HELD_BECAUSE.get(inquiry.held_reason or "", inquiry.held_reason)
        return _("Held back: %(reason)s", reason=because), ""
    if inquiry.buyer_contact.hard_bounces:
        return _("Letters to the buyer come back: look for another way"), ""
    if last is None:
        return _("New: %(came)s, %(moment)s", came=CAME_BY[inquiry.channel], moment=moment(inquiry.created_at)), ""
    if last.kind is MessageKind.ANSWER:
        name = last.author.name if last.author else _("The office")
        return _("%(name)s answered, %(moment)s", name=name, moment=moment(last.at)), ""
    if last.held_reason:
        return _("A message with a contact in it waits for you"), ""
    return _excerpt(last.text), last.language


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= LONGEST_EXCERPT else f"“{line[:LONGEST_EXCERPT].rsplit(' ', 1)[0]}…”"


def _due(row: InboxRow, at: datetime) -> DueWords:
    inquiry = row.inquiry
    if not inquiry.is_open:
        return DueWords(_("Closed"), moment(inquiry.closed_at or inquiry.changed_at))
    if inquiry.snoozed_until and inquiry.snoozed_until > at:
        return DueWords(_("Put off until"), format_date(in_vientiane(inquiry.snoozed_until).date(), "d MMMM"))
    if row.due:
        return answer_by(row.due, at)
    if row.waiting_for is WaitingFor.BUYER and row.last:
        return silent_for(row.last.at, at)
    return DueWords(_("Came"), moment(inquiry.created_at))


def _day(inquiry: Inquiry, at: datetime) -> str:
    if inquiry.needed_by is None:
        return ""
    today = in_vientiane(at).date()
    day = held(format_date(inquiry.needed_by, "d MMMM" if inquiry.needed_by.year == today.year else "d MMM y"))
    return _("was needed by %(day)s", day=day) if inquiry.needed_by < today else _("needed by %(day)s", day=day)


def _line(line: InquiryLine) -> str:
    name = line.product_version.name.in_(language()) if line.product_version else line.description
    short = name if len(name) <= LONGEST_NAME else name.split(",")[0]
    short = short if len(short) <= LONGEST_NAME else f"{short[:LONGEST_NAME].strip()}…"
    return f"{short}\u00a0×\u00a0{line.quantity}" if line.quantity else short


def _photo(inquiry: Inquiry) -> object | None:
    photos = (photo for line in inquiry.lines if line.product_version for photo in line.product_version.photos)
    return next(iter(ready(photos)), None)


# -- where it was said --


def _found(inquiry: Inquiry, words: str) -> tuple[str, tuple[tuple[str, bool], ...]]:
    said = where_said(inquiry, words)
    if said is None:
        return "", ()
    message, line = said
    return _by(message, inquiry), tuple(marked(line, words))


def _by(message: Message | None, inquiry: Inquiry) -> str:
    if message is None or message.kind is MessageKind.BUYER:
        return inquiry.buyer_contact.name
    name = message.author.name if message.author else _("The office")
    return _("%(name)s, note", name=name) if message.kind is MessageKind.NOTE else name


def marked(line: str, query: str) -> list[tuple[str, bool]]:
    """A line in pieces, those that say what was looked for apart; whole where only its folded spelling says it."""
    words = words_of(query)
    if len(fold(line)) != len(line):
        return [(line, False)]
    folded, pieces, start = fold(line), [], 0
    while places := [(at, -len(word)) for word in words if (at := folded.find(word, start)) >= 0]:
        at, length = min(places)
        pieces += [(line[start:at], False), (line[at : at - length], True)]
        start = at - length
    return [piece for piece in [*pieces, (line[start:], False)] if piece[0]]
