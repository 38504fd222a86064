"""What stands below the words of a mail without being written for it: signatures, cards, notices."""

import re

from catalogue.mail.history import RULE, has_address
from catalogue.mail.mail_words import LONGEST, folded, lines_like, phrases, says, undressed

DELIMITER = re.compile(r"-- $|-{2,3}\s{0,3}$|[—–]{1,2}\s{0,3}$")
# A number to call: foreign, or with its nought, or said to be one. Prices, dates and waybills are none.
PHONE = re.compile(
    r"\+\s?\(?\d[\d\s().\-/]{5,24}\d|(?<!\w)\(?0[\d\s()-]{7,20}\d(?![\d.])"
    r"|(?:tel|phone|mob|mobile|fax|whatsapp|tél|telefon|handy|电话|手机|โทร|ໂທ)[^\d\w]{0,4}\s?\(?\d[\d\s().\-/]{5,24}\d"
)
# What stands on no card: a page, an account, a waybill.
TOLD = re.compile(r"https?://[^\s/]{1,200}/[^\s>]|\b(?:iban|swift|bic|awb|b/l|invoice|order)\b")
SITE = re.compile(r"(?:https?://|www\.)\S|\b[a-z0-9-]{2,60}\.(?:com|org|net|de|fr|cn|th|la|eu|co|io|uk|ch|at|be|it)\b")
POSTSCRIPT = re.compile(r"p\.?\s?s\.?\s?[:.]?|n\.?b\.?[:.]?\s|ປ\.?ລ\.?|ป\.?ล\.?|附言|又及")
LINK = re.compile(r"[<\[(]?\s{0,2}(?:https?://|mailto:)[^\s>\])]{1,400}\s{0,2}[>\])]?")
PROSE_WORDS = 13
CARD_LINES = 10
SIGNATURE_LINES = 15
NOTICES = 6


def end_of_words(lines: list[str]) -> int:
    """How many lines from the top are the person's own; what follows is signature."""
    end = _last_written(lines, len(lines))
    for _ in range(NOTICES):
        shorter = _last_written(lines, _without_one(lines, end))
        if shorter == end:
            return end
        end = shorter
    return end


def _without_one(lines: list[str], end: int) -> int:
    """The end after the lowest thing that is no word of the person's was taken away."""
    for cut in (_rule, _device_line, _delimited, _notice, _list_footer, _card):
        if (found := cut(lines, end)) is not None:
            return found
    return end


def _last_written(lines: list[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _rule(lines: list[str], end: int) -> int | None:
    """A rule with nothing below it."""
    return end - 1 if end and len(lines[end - 1]) < LONGEST and RULE.match(lines[end - 1]) else None


def _paragraph_start(lines: list[str], end: int) -> int:
    while end and lines[end - 1].strip():
        end -= 1
    return end


def _device_line(lines: list[str], end: int) -> int | None:
    """ "Sent from my phone", alone on its line or with its link on the next one."""
    for start in range(end - 1, max(-1, end - 3), -1):
        words = " ".join(lines[start:end])
        if len(words) > LONGEST:
            return None
        alone = not start or not lines[start - 1].strip()
        if _is_device(undressed(LINK.sub(" ", words)).strip("[]()<>. "), alone=alone):
            return start
    return None


def _is_device(words: str, *, alone: bool) -> bool:
    named = any(lines_like("below", "sent_from").fullmatch(each) for each in (words, words + "."))
    if named and says(words, "below", "devices"):
        return True
    return alone and lines_like("below", "sent_from_mine").fullmatch(words) is not None


# -- the delimiter: two dashes alone on a line --


def _delimited(lines: list[str], end: int) -> int | None:
    count = 0
    for at in range(end - 1, -1, -1):
        count += bool(lines[at].strip())
        if count > SIGNATURE_LINES + 1:
            return None
        if len(lines[at]) < 8 and DELIMITER.match(lines[at]):
            below = [line for line in lines[at + 1 : end] if line.strip()]
            asks = any(line.rstrip().endswith(("?", "？")) for line in below)
            return at if (lines[at] == "-- " and not asks) or _is_signature(below, lines[at + 1 : end]) else None
    return None


def _is_signature(below: list[str], raw: list[str]) -> bool:
    """Whether the lines below bare dashes are a signature: a card, or one or two lines of a name."""
    if not below or any(map(_is_prose, below)):
        return False
    if any(map(_is_contact, below)):
        return True
    named = not any(re.search(r"\d", line) for line in below) and not below[0][0].islower()
    return len(below) <= 3 and named and bool(raw[0].strip())


# -- the card: name, firm, telephone, below a closing --


def _card(lines: list[str], end: int) -> int | None:
    """A block with telephone or address below a closing and a name; closing and name stay."""
    written = 0
    for at in range(end - 1, -1, -1):
        written += bool(lines[at].strip())
        if written > CARD_LINES + 3:
            return None
        if _is_closing(lines[at]):
            return _card_after(lines, at + 1, end)
    return None


def _card_after(lines: list[str], start: int, end: int) -> int | None:
    first = start
    while first < end and not lines[first].strip():
        first += 1
    if first < end and not _is_contact(lines[first]):
        first += 1
    block = [line for line in lines[first:end] if line.strip()]
    contacts = sum(map(_is_contact, block))
    if not 2 <= len(block) <= CARD_LINES or not contacts or any(map(_is_prose, block)):
        return None
    return first


def _is_closing(line: str) -> bool:
    return len(line) < 80 and undressed(line).strip(" ,.!，。！") in phrases("below", "closing")


def _is_contact(line: str) -> bool:
    words = folded(line[:LONGEST])
    return bool(has_address(words) or PHONE.search(words) or SITE.search(words))


def _is_prose(line: str) -> bool:
    """Whether a line says something: a question, a postscript, a heading of what follows, or a sentence."""
    words = folded(line[:LONGEST])
    if (
        len(line) > 120
        or TOLD.search(words)
        or words.endswith(("?", "？", ":", "：", "!", "！"))
        or POSTSCRIPT.match(words)
    ):
        return True
    parts = line.split()
    small = sum(part[0].islower() for part in parts)
    return len(parts) >= PROSE_WORDS or (len(parts) >= 5 and small * 3 >= len(parts) * 2)


# -- notices of firms and lists --


def _notice(lines: list[str], end: int) -> int | None:
    start = _paragraph_start(lines, end)
    while start < end and RULE.match(lines[start]):
        start += 1
    words = undressed(" ".join(lines[start : start + 2])[:LONGEST]) if start < end else ""
    paragraph = folded(" ".join(lines[start:end])[: 8 * LONGEST])
    if any(words.startswith(row) for row in phrases("below", "disclaimer")) and says(
        paragraph, "below", "disclaimer_words"
    ):
        return _paragraph_start(lines, end)
    return None


def _list_footer(lines: list[str], end: int) -> int | None:
    """What a mailing list adds: a long rule, its name and its address."""
    start = _paragraph_start(lines, end)
    block = lines[start:end]
    for offset, line in enumerate(block[:-1]):
        if len(line) >= 30 and RULE.match(line) and "mailing list" in folded(block[offset + 1][:LONGEST]):
            return start + offset
    return None
