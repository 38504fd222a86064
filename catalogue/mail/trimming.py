"""What a person wrote now, parted from quoted history and signature. When in doubt, it was written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.mail.history import DASHED, RULE, Kind, Mark, is_forward, is_quoted, mark_beginning_at, mark_ending_at
from catalogue.mail.mail_words import LONGEST, folded, says
from catalogue.mail.signatures import end_of_words

LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# "Yes. On Tue, May 12, 2026 at 10:22 AM, Keo wrote:" in one line, as some programs send it.
SHARED = re.compile(
    r"(?<=\S)\s{0,3}(?=-{0,6}\s?On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}, .{4,300}\bwrote\b\s?:?\s{0,3}$)"
)
SHARED_LONGEST = 600
TORN_LINK = re.compile(r"[(<]https?://[^\s()<>]{1,500}$")
LINK_ALONE = re.compile(r"\s{0,4}[(<]https?://[^\s()<>]{1,500}[)>]\s?>?\s{0,3}$")
SAYS_BELOW_LINES = 12
SIGNS = " \t\u00a0>＞"
SENTENCE_END = re.compile(r"[.!?]\s|[。！？]")
# Whoever writes more above the history has it kept whole.
LINES_LOOKED_AT = 5_000
# Our own letters carry one of these lines on top: all below it is ours.
MARKER = {"en": "Please write your answer above this line", "lo": "ກະລຸນາຂຽນຄຳຕອບໄວ້ເໜືອແຖວນີ້"}
# So much quoted on purpose, without a line that introduces it, belongs to the answer below it.
CHOSEN_LINES = 8
# Fewer lines with the sign at the end, and nothing that introduces them, may be the person's own.
HISTORY_LINES = 3


@dataclass(frozen=True)
class Trimmed:
    """One mail's text in two parts: what was written now, and all that was cut off."""

    text: str
    rest: str


def trimmed(text: str, subject: str = "") -> Trimmed:
    """Part a plain text mail. The subject tells a mail handed on ("Fwd: ..."), of which nothing is cut.

    Answers between quoted lines keep those lines. When nothing would be left, all of it counts as written. Every line
    comes back in one part or the other; time grows with the length of the text alone.
    """
    lines = [part for line in LINE_END.split(text) for part in _parted(line)]
    keep = [True] * len(lines) if is_forward(subject) else _kept(lines)
    if not any(line.strip() for line, kept in zip(lines, keep, strict=True) if kept):
        keep = [True] * len(lines)
    return Trimmed(_joined(lines, keep, True), _joined(lines, keep, False))


def _parted(line: str) -> list[str]:
    if len(line) > SHARED_LONGEST or "wrote" not in line or is_quoted(line):
        return [line]
    return SHARED.split(line, maxsplit=1)


def _joined(lines: list[str], keep: list[bool], wanted: bool) -> str:
    """The kept or the cut lines, with one empty line at most where some between them are missing."""
    chosen: list[str] = []
    latest = -1
    for at, line in enumerate(lines):
        if keep[at] is wanted:
            if not (at > latest + 1 and not line.strip() and chosen and not chosen[-1].strip()):
                chosen.append(line.rstrip())
            latest = at
    return "\n".join(chosen).strip("\n")


# -- the whole mail: written above, history below --


def _kept(lines: list[str]) -> list[bool]:
    """Of each line, whether it was written now."""
    quoted = _quoted(lines)
    intro, end, hands_on = _scan(lines, quoted)
    written = [line for at, line in enumerate(lines[:end]) if line.strip() and not quoted[at] and not intro[at]]
    if (end < len(lines) and not written) or _says_below(written):
        return [True] * len(lines)
    own = end if hands_on else _above_signature(lines, end, quoted, intro)
    keep = _without_quotes(lines[:own], quoted[:own], intro[:own])
    _cut_signatures_above_history(lines, keep)
    return keep + [hands_on] * (len(lines) - own)


def _quoted(lines: list[str]) -> list[bool]:
    """Of each line, whether it is quoted: by its sign, or as the torn-off rest of a link in a quoted line."""
    quoted = [is_quoted(line) for line in lines]
    for at in range(1, len(lines)):
        if quoted[at - 1] and not quoted[at] and len(lines[at]) < SHARED_LONGEST:
            torn = TORN_LINK.search(lines[at - 1][-SHARED_LONGEST:]) and " " not in lines[at].strip()
            quoted[at] = bool(torn) or LINK_ALONE.match(lines[at]) is not None
    return quoted


def _says_below(written: list[str]) -> bool:
    """Whether a short word at the top says that the answers stand within the history ("see below, in red")."""
    if len(written) > SAYS_BELOW_LINES:
        return False
    sentences = SENTENCE_END.split(folded(" ".join(written)[: 4 * LONGEST]))
    return any(says(one, "answers_below") or (says(one, "in_colour") and says(one, "answers")) for one in sentences)


def _scan(lines: list[str], quoted: list[bool]) -> tuple[list[bool], int, bool]:
    """Which lines introduce quoted ones; where unquoted history, or a mail handed on (then True), begins."""
    intro = [False] * len(lines)
    follows = _quoted_follows(lines, quoted)
    latest = 0
    for mark in _marks(lines, quoted):
        if is_quoted(lines[mark.start]) and latest and not any(line.strip() for line in lines[latest : mark.start]):
            continue
        if mark.kind is Kind.FORWARDED:
            return intro, mark.start, True
        if mark.end < len(lines) and follows[mark.end]:
            for at in range(_above(lines, mark.start), mark.end):
                intro[at] = True
            latest = mark.end
        elif mark.sure:
            return intro, _above(lines, mark.start), False
    return intro, len(lines), False


def _marks(lines: list[str], quoted: list[bool]) -> Iterator[Mark]:
    """Every mark outside quoted lines, from the top down, and a mail handed on within them."""
    for at, line in enumerate(lines[:LINES_LOOKED_AT]):
        if not line.strip():
            continue
        if quoted[at]:
            if not (at and quoted[at - 1]) and (mark := mark_beginning_at([line.lstrip(SIGNS)], 0)):
                if mark.kind is Kind.FORWARDED:
                    yield Mark(at, at + 1, Kind.FORWARDED, True)
        elif _is_marker(line):
            yield Mark(_above_marker(lines, at), at + 1, Kind.HISTORY, True)
        elif mark := mark_beginning_at(lines, at) or mark_ending_at(lines, at):
            yield mark


def _quoted_follows(lines: list[str], quoted: list[bool]) -> list[bool]:
    """Of each line, whether it or the next one with words is quoted."""
    follows = [False] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        follows[at] = quoted[at] or (not lines[at].strip() and follows[at + 1])
    return follows


def _above(lines: list[str], start: int) -> int:
    """Where history begins when a rule stands above the line that introduces it."""
    at = start
    while at and start - at < 3 and (not lines[at - 1].strip() or _is_rule(lines[at - 1])):
        at -= 1
    return next((here for here in range(at, start) if lines[here].strip()), start)


def _is_rule(line: str) -> bool:
    return len(line) < SHARED_LONGEST and (RULE.match(line) or DASHED.match(line)) is not None


def _is_marker(line: str) -> bool:
    words = " ".join(line.split()) if len(line) < 200 else ""
    return any(marker in words for marker in MARKER.values()) and not is_quoted(line)


def _above_marker(lines: list[str], at: int) -> int:
    """The start of what a mail program wrote directly above our marker, in whatever language, if it looks so."""
    end = at
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip() and end - start < 4:
        start -= 1
    words = " ".join(lines[start:end])[:2000].rstrip()
    return start if "@" in words and words.endswith((":", "：", ">", "-")) else at


# -- quoted lines within what is left --


def _without_quotes(lines: list[str], quoted: list[bool], intro: list[bool]) -> list[bool]:
    """Keep what was written, and the quoted lines that it answers one by one."""
    keep = [not introduces for introduces in intro]
    runs = list(_quoted_runs(lines, quoted, intro))
    unanswered = bool(runs) and not any(line.strip() for line in lines[runs[-1][1] :])
    answered = len(runs) - unanswered
    for number, (start, end) in enumerate(runs):
        introduced = any(intro[start:end]) or _is_introduced_inside(lines, start, end)
        if number < answered:
            stays = answered > 1 or (not introduced and sum(quoted[start:end]) <= CHOSEN_LINES)
        else:
            stays = not introduced and (end - start < HISTORY_LINES or _is_list(lines[start:end]))
        if not stays:
            keep[start:end] = [False] * (end - start)
    return keep


def _quoted_runs(lines: list[str], quoted: list[bool], intro: list[bool]) -> Iterator[tuple[int, int]]:
    """Runs of quoted lines with what introduces them and the empty lines within."""
    start = end = -1
    for at, line in enumerate(lines):
        if quoted[at] or intro[at]:
            start, end = (at if start < 0 else start), at + 1
        elif line.strip() and start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def _is_introduced_inside(lines: list[str], start: int, end: int) -> bool:
    """Whether the quoted lines themselves begin with the line that introduces them."""
    inner = [line.lstrip(SIGNS) for line in lines[start : min(end, start + 6)]]
    return any(
        inner[at].strip() and (mark_beginning_at(inner, at) or mark_ending_at(inner, at)) for at in range(len(inner))
    )


def _is_list(lines: list[str]) -> bool:
    """Whether lines use the sign for "more than": "> 500 pieces"."""
    return all(line.lstrip(SIGNS)[:1].isdigit() for line in lines if line.strip())


# -- signatures --


def _above_signature(lines: list[str], end: int, quoted: list[bool], intro: list[bool]) -> int:
    """The end of what was written, without the signature below the last words or below the quoted lines."""
    start = end
    while start and not (quoted[start - 1] or intro[start - 1]):
        start -= 1
    return start + end_of_words(lines[start:end])


def _cut_signatures_above_history(lines: list[str], keep: list[bool]) -> None:
    stops = [at for at in range(1, len(keep)) if keep[at - 1] and not keep[at]]
    stops += [len(keep)] if keep and keep[-1] else []
    for stop in stops:
        start = stop
        while start and keep[start - 1]:
            start -= 1
        own = start + end_of_words(lines[start:stop])
        if not any(line.strip() for line in lines[own:stop]):
            continue
        keep[own:stop] = [False] * (stop - own)
