"""Where quoted history begins in a mail: the lines by which mail programs introduce what they repeat."""

import re
from dataclasses import dataclass
from enum import Enum

from catalogue.mail import mail_words
from catalogue.mail.mail_words import LONGEST, any_of, folded, label_kinds, phrases, says, undressed

QUOTED = re.compile(r"\s{0,4}[>＞](?!.*<<<)")
ADDRESS = re.compile(r"[^\s<>@\[\]()]{1,64}@[^\s<>@\[\]()]{1,250}")
TIME = re.compile(r"(?<!\d)\d{1,2}\s?(?:[:：.h時时]|uhr)\s?\d{2}(?!\d)|\d\s?[ap]\.?m\b")
YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
# "Keo <keo@silver.example> wrote:" and nothing else.
NAME_AND_ADDRESS = re.compile(
    r"[^:：.!?<>]{1,60}<[^\s<>@]{1,64}@[^\s<>@]{1,250}>\s?[^\s\d]{1,20}(?: [^\s\d]{1,20})?\s?[:：]$"
)
DIGIT = re.compile(r"\d")
DATE_FIRST = re.compile(r"\s{0,4}(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}[ ,])")
LABEL = re.compile(r"\s{0,8}[*_]{0,2}([^:：*_\n]{1,30}?)\s?[*_]{0,2}\s?[:：]\s?[*_]{0,2}\s?(.*)$", re.DOTALL)
DASHED = re.compile(r"\s{0,4}[-_=*]{2}.{0,90}[-_=*]{2}\s{0,4}$")
RULE = re.compile(r"\s{0,4}[-_=*—─━]{3,}\s{0,4}$")
# Between dashes these may be a person's own headings; a head must follow.
ONE_WORD = {"original", "reply"}
ATTRIBUTION_LINES = 4
LABEL_LINES = 14


class Kind(Enum):
    """What a mark begins: repeated words, or a mail that the person hands on."""

    HISTORY = "history"
    FORWARDED = "forwarded"


@dataclass(frozen=True)
class Mark:
    """Lines `start` up to `end` (not counted) of a mail program; `sure` where they need no quoted lines below."""

    start: int
    end: int
    kind: Kind
    sure: bool


def is_quoted(line: str) -> bool:
    """Whether the line carries the sign of quoted words."""
    return QUOTED.match(line) is not None


def has_address(words: str) -> bool:
    """Whether an e-mail address stands in the words."""
    return "@" in words and ADDRESS.search(words) is not None


def mark_ending_at(lines: list[str], at: int) -> Mark | None:
    """The "On Tuesday Keo wrote:" whose last line is this one, if it is one."""
    if len(lines[at]) > LONGEST or is_quoted(lines[at]) or not _may_end(folded(lines[at])):
        return None
    for start in range(at, max(-1, at - ATTRIBUTION_LINES), -1):
        if not lines[start].strip() or len(lines[start]) > LONGEST or (start < at and is_quoted(lines[start])):
            return None
        words = folded(" ".join(lines[start : at + 1]))
        if (sure := _introduces(words)) is not None and _may_begin(lines, start, words, of_one=start == at):
            return Mark(start, at + 1, Kind.HISTORY, sure)
    return None


def mark_beginning_at(lines: list[str], at: int) -> Mark | None:
    """The line between dashes, or the head of a mail, that begins here, if one does."""
    line = lines[at]
    if len(line) > LONGEST or is_quoted(line):
        return None
    words = undressed(line)
    if words in phrases("lines", "forwarded") and _is_set_apart(line):
        return Mark(at, at + 1, Kind.FORWARDED, True)
    if words in phrases("lines", "original") and (
        (DASHED.match(line) and words not in ONE_WORD) or _label_of(_next_written(lines, at + 1))
    ):
        return Mark(at, _end_of_introduction(lines, at + 1), Kind.HISTORY, True)
    return _head(lines, at)


def _end_of_introduction(lines: list[str], at: int) -> int:
    """The end of the "On Tuesday Keo wrote:" that may follow a line between dashes; else of the line itself."""
    first = _next_index(lines, at)
    ends = [mark_ending_at(lines, end) for end in range(first, min(first + ATTRIBUTION_LINES, len(lines)))]
    return next((mark.end for mark in ends if mark is not None), at)


def _is_set_apart(line: str) -> bool:
    return DASHED.match(line) is not None or line.rstrip().endswith((":", "："))


def _may_end(words: str) -> bool:
    return words.endswith((":", "：", "--", "—", ">")) or DATE_FIRST.match(words) is not None


def _introduces(words: str) -> bool | None:
    """True where the words surely introduce history, False where quoted lines must follow, None where they do not."""
    dashed = words.endswith("--") or DASHED.match(words) is not None
    if len(words) > LONGEST or not (dashed or "@" in words or DIGIT.search(words)):
        return None
    ends = dashed or words.endswith((":", "："))
    address, dated = has_address(words), bool(TIME.search(words) or YEAR.search(words))
    if ends and (dated or address or dashed) and says(words, "wrote"):
        return (dated and (address or words.endswith("--"))) or NAME_AND_ADDRESS.match(words) is not None
    if ends and address and dated:
        return "<" in words and bool(TIME.search(words) and YEAR.search(words))
    if address and words.endswith(">") and DATE_FIRST.match(words):
        return False
    # A short month and day ("On Nov 30, Keo wrote:") is a date as well when it begins as such lines do.
    return False if ends and any_of("opening").match(words) and says(words, "wrote") else None


def _may_begin(lines: list[str], start: int, words: str, *, of_one: bool) -> bool:
    """Whether it may begin here: after an empty line, with an opening word, or with a name before the address."""
    alone = start == 0 or not lines[start - 1].strip() or is_quoted(lines[start - 1])
    if any_of("opening").match(words.lstrip("-_ ")) or DATE_FIRST.match(words):
        return True
    name_first = of_one and re.search(r"[?!。？！]", words.partition("<")[0]) is None and has_address(words)
    return alone or (name_first and bool(TIME.search(words) or YEAR.search(words)))


# -- heads: "From: ... Sent: ... To: ... Subject: ..." --


def _label_of(line: str) -> tuple[str, str] | None:
    """A known label and what stands behind it."""
    if len(line) > LONGEST or is_quoted(line) or not (found := LABEL.match(line)):
        return None
    kind = label_kinds().get(folded(found[1]))
    return (kind, found[2]) if kind else None


def _head(lines: list[str], at: int) -> Mark | None:
    rows, end = _label_rows(lines, at)
    if len(rows) >= 2 and _is_head(rows):
        return Mark(at, end, Kind.HISTORY, True)
    return _unknown_head(lines, at)


def _label_rows(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    """The labels from this line on, a wrapped or empty line between them allowed, and the line after the last."""
    rows: dict[str, str] = {}
    end, latest = at, ""
    if _label_of(lines[at]) is None:
        return rows, end
    for here in range(at, min(at + LABEL_LINES, len(lines))):
        label = _label_of(lines[here])
        if label:
            latest, value = label
            rows[latest], end = rows.get(latest, "") + value, here + 1
        elif here - end >= 2 or is_quoted(lines[here]):
            break
        elif len(lines[here]) <= LONGEST and latest and lines[here].strip() and here == end:
            rows[latest] += " " + lines[here]
    return rows, end


def _is_head(rows: dict[str, str]) -> bool:
    """Whether labels are a mail's head, not what a person lists ("From: Vientiane, To: Hamburg")."""
    if "from" in rows and "subject" in rows:
        return True
    if "from" in rows and has_address(rows["from"]) and ("date" in rows or "to" in rows):
        return True
    return "date" in rows and TIME.search(folded(rows["date"])) is not None and any(map(has_address, rows.values()))


def _unknown_head(lines: list[str], at: int) -> Mark | None:
    """A head in a language without words here: a rule, then labels with an address and a time in the first four."""
    if not (RULE.match(lines[at]) or DASHED.match(lines[at])):
        return None
    first = _next_index(lines, at + 1)
    rows = [
        line for line in lines[first : first + 4] if len(line) <= LONGEST and LABEL.match(line) and not is_quoted(line)
    ]
    words = folded(" ".join(rows))
    if len(rows) >= 3 and has_address(rows[0]) and TIME.search(words) and YEAR.search(words):
        return Mark(at, first + len(rows), Kind.HISTORY, True)
    return None


def _next_index(lines: list[str], at: int) -> int:
    for index in range(at, min(at + 3, len(lines))):
        if lines[index].strip():
            return index
    return len(lines)


def _next_written(lines: list[str], at: int) -> str:
    index = _next_index(lines, at)
    return lines[index] if index < len(lines) else ""


def is_forward(subject: str) -> bool:
    """Whether a subject says that the mail hands another one on ("Fwd: ...", "WG: ...", "转发：...")."""
    first, colon, _rest = folded(subject[:LONGEST]).replace("：", ":").partition(":")
    return bool(colon) and first.strip() in mail_words.phrases("subjects", "forward")
