"""The contact detector: telephone numbers, e-mail, web addresses and handles in text that must pass one door."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from catalogue.domains import ALSO_PLACES, ALSO_WORDS, SECOND_LEVEL, SHORT_HOSTS, SURE
from catalogue.handles import handles
from catalogue.hidden_mail import hidden_addresses
from catalogue.lao import INVISIBLE, digits_to_ascii
from catalogue.spans import Span, without
from catalogue.telephones import telephone_numbers
from catalogue.typed_apart import typed_apart

Kind = Literal["email", "address", "handle", "phone"]
HIDDEN = "•••"


@dataclass(frozen=True)
class Leak:
    """A contact found: its kind ("address" is one of the web), where it stands, and as it was typed."""

    kind: Kind
    start: int
    end: int
    text: str


def find_leaks(text: str, allowed: Collection[str] = ()) -> list[Leak]:
    """The contacts in the text, in order and without overlap; `allowed` ones (the shared contact's own) are none.

    Takes time linear in the text. Sizes, weights, dates, HS codes, prices, quantities and reference numbers are no
    contacts. An allowed number is known in any spelling, an allowed web address with every page below it.
    """
    shadow, places = plain(text)
    known = {_bare(contact) for contact in allowed}
    leaks = []
    for kind, find in FINDERS.items():
        spans = list(find(shadow))
        shadow = without(shadow, spans)
        leaks += [Leak(kind, places[start], places[end - 1] + 1, "") for start, end in spans]
    found = [Leak(leak.kind, leak.start, leak.end, text[leak.start : leak.end]) for leak in leaks]
    return sorted((leak for leak in found if not _is_known(leak, known)), key=lambda leak: leak.start)


def mask(text: str, leaks: Collection[Leak]) -> str:
    """The text with "•••" in the place of each leak."""
    parts, last = [], 0
    for leak in sorted(leaks, key=lambda one: one.start):
        parts += [text[last : leak.start], HIDDEN]
        last = leak.end
    return "".join(parts) + text[last:]


# -- plain text, letter for letter --

SAME_MARK = {ord(sign): "-" for sign in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"}
SAME_MARK |= {ord("。"): ".", ord("、"): ",", ord("’"): "'", ord("×"): "x", ord("│"): "|", ord("➕"): "+"}
SAME_MARK |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
SAME_MARK |= dict.fromkeys((0x09, 0xA0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B)), " ")
SAME_MARK |= {
    code: str(unicodedata.digit(chr(code))) for code in (*range(0x2460, 0x2469), *range(0x2776, 0x277F), 0x24EA)
}
UNSEEN = re.compile(INVISIBLE.pattern[:-1] + "\u20e3]")
# Pictures between letters part them like any other mark; enclosed digits were made digits before.
PICTURE = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
STYLED = re.compile("[\u24b6-\u24e9\U0001d400-\U0001d7cb\U0001f130-\U0001f189]")
NOUGHTS = re.compile(r"(?<![A-Za-z0-9])[0-9oO]+(?![A-Za-z])")
LIKE_DIGITS = str.maketrans("oOlISBZ", "0011582")
HOLDS_DIGIT = "(?=[oOlISBZ]{0,3}[0-9]|[oO]{1,4}(?![A-Za-z]))"
DISGUISED = re.compile(  # "O2O 56l2 8834": each group holds a digit, or noughts alone
    rf"(?<![A-Za-z0-9]){HOLDS_DIGIT}[0-9oOlI](?:[0-9oOlISBZ]{{6,13}}"
    rf"|[0-9oOlISBZ]{{0,3}}(?:[ .\-/]{{1,2}}{HOLDS_DIGIT}[0-9oOlISBZ]{{1,4}}){{2,10}})(?![A-Za-z0-9])"
)


def plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in digits 0-9 and ASCII marks, without unseen characters, and for each letter its place in `text`."""
    places: Sequence[int] = range(len(text))
    if UNSEEN.search(text):
        places = [place for place, sign in enumerate(text) if not UNSEEN.match(sign)]
    seen = digits_to_ascii(UNSEEN.sub("", text)).translate(SAME_MARK)
    if not seen.isascii():
        seen = PICTURE.sub("·", STYLED.sub(_letter_of_styled, seen))
    return DISGUISED.sub(_digits_for_letters, NOUGHTS.sub(_digits_for_o, seen)), places


def _letter_of_styled(found: re.Match[str]) -> str:
    """The letter that a decorated one stands for: 𝐚, Ⓐ, 🅰."""
    sign = found[0]
    if "\U0001f130" <= sign <= "\U0001f189":
        return chr(ord("A") + (ord(sign) - 0x1F130) % 32 % 26)
    plain_letter = unicodedata.normalize("NFKC", sign)
    return plain_letter if len(plain_letter) == 1 else sign


def _digits_for_o(found: re.Match[str]) -> str:
    word = found[0]
    return re.sub("[oO]", "0", word) if any(map(str.isdigit, word)) else word


def _digits_for_letters(found: re.Match[str]) -> str:
    """A row of groups that reads as 8 to 15 digits, three of five of them digits as they stand."""
    row = found[0]
    real, letters = sum(map(str.isdigit, row)), sum(map(str.isalpha, row))
    return row.translate(LIKE_DIGITS) if 8 <= real + letters <= 15 and 2 * real >= 3 * letters else row


# -- e-mail --

LETTER = "A-Za-z0-9\u00c0-\u024f"
LABEL = f"[{LETTER}-]{{1,63}}"
LOCAL = rf"(?<![{LETTER}._%+'-])[{LETTER}._%+'-]++"
AT_LOCAL = "ແອັດ|ແອດ|ແອັທ|แอท|แอด|แอ็ด|แอ็ท|แอต|艾特|爱特|圈a"
AT_WORD = f"(?:at|arobase|arrobas?|@|{AT_LOCAL})"
AT_SIGN = rf" {{0,3}}(?:@|[(\[{{<] ?{AT_WORD} ?[)\]}}>]|arobase(?= )|{AT_LOCAL}) {{0,3}}"
DOT_LOCAL = "ຈຸດ|ດອດ|ດັອດ|ດອທ|จุด|ดอท|ดอต|ด็อ[ตท]|点"
DOT_WORD = (
    rf"(?: ?[(\[{{<] ?(?:dot|point|punkt|\.|{DOT_LOCAL}) ?[)\]}}>] ?| {{1,2}}(?:dot|point|punkt) {{1,2}}"
    rf"| ?(?:{DOT_LOCAL}) ?)"
)
DOT = rf"(?: {{0,2}}\. {{0,2}}|{DOT_WORD})"
PROVIDER = "(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|proton|qq|163|126|live|laopdr)"
EMAIL = re.compile(
    rf"{LOCAL}(?:@{LABEL}(?:\.{LABEL}){{1,6}}|(?P<loose>{AT_SIGN}{LABEL}(?:{DOT}{LABEL}){{1,5}})"
    rf"|(?P<worded> {{1,2}}at {{1,2}}{LABEL}(?:{DOT_WORD}{LABEL}){{1,4}})|{AT_SIGN}{PROVIDER}(?![{LETTER}])"
    rf"| {{1,2}}(?:at {{1,2}})?{PROVIDER}[ .]{{1,3}}(?:com|fr|co|net))",
    re.IGNORECASE,
)
NEXT_SENTENCE = re.compile(r"(?<=\.(?:com|net|org))\.[A-Z][a-z]+$")
LAST_LABEL = re.compile(rf"[{LETTER}-]+")
CLOSING = re.compile(r"[)\]}>] ?$")
SENTENCE_OVER = re.compile(r" {0,2}(?:[,;:!?)\n]|\.(?![A-Za-z0-9])|\Z)")


def _emails(text: str) -> list[Span]:
    spans = [span for span, joined in typed_apart(text) if EMAIL.search(joined)]
    spans += _written_emails(without(text, spans))
    return sorted(spans + hidden_addresses(without(text, spans)))


def _written_emails(text: str) -> Iterator[Span]:
    text = without(text, [found.span() for found in URL.finditer(text)])
    for found in EMAIL.finditer(text):
        start, end = found.span()
        if part := "loose" if found["loose"] else "worded" if found["worded"] else "":
            end = _end_of_loose(text, *found.span(part))
        elif run_on := NEXT_SENTENCE.search(text, start, end):
            end = run_on.start()
        if end and re.search("[A-Za-z0-9]", text[start:end]):
            yield start, end


def _end_of_loose(text: str, start: int, end: int) -> int:
    """Where an e-mail written with words or spaces ends: at its last known domain ending; 0 without one."""
    ends = [label.end() for label in LAST_LABEL.finditer(text, start, end) if _may_end(label, start)]
    return ends[-1] if ends else 0


def _may_end(label: re.Match[str], start: int) -> bool:
    """Whether a label ends a domain; one that is a word as well, behind a dot in brackets or before a stop."""
    if label[0].lower() in SURE:
        return True
    is_set_off = CLOSING.search(label.string, start, label.start()) or SENTENCE_OVER.match(label.string, label.end())
    return label[0].lower() in ALSO_WORDS and is_set_off is not None


# -- web addresses --

URL = re.compile(r"(?<![A-Za-z])(?:h(?:tt|xx)ps?|ftp) ?: ?/ ?/ ?[^\s<>\"]{2,300}", re.IGNORECASE)
HOST = re.compile(rf"(?<![{LETTER}_@-])[{LETTER}-]++((?:\.[{LETTER}-]++)+)((?::[0-9]{{2,5}})?[/?#][^\s<>\"]{{0,300}})?")
SPELLED_HOST = re.compile(
    rf"(?<![{LETTER}-])(?:{LABEL}(?:{DOT_WORD}{LABEL}){{0,3}}{DOT_WORD}|www[ .]{{1,3}}{LABEL}[ .]{{1,3}}"
    rf"|{LABEL}(?: ?\. |,)(?=com|net|org|co ?\.))(?P<ending>[A-Za-z]{{2,10}}|ຄອມ|คอม)(?![{LETTER}])",
    re.IGNORECASE,
)
SPOKEN_DOT = re.compile(r" (dot|point|punkt) {1,2}[a-z]+$", re.IGNORECASE)
WEB_CUE = re.compile(r"(?:web ?site|web|site|visit|ເວັບ ?ໄຊ(?:ທ໌|ທ|້)?|ເວັບ|เว็บ|网站|网址)[ :=]{0,3}$", re.IGNORECASE)


def _addresses(text: str) -> list[Span]:
    urls = [_trimmed(text, found) for found in URL.finditer(text)]
    text = without(text, urls)
    hosts = [_trimmed(text, found) for found in HOST.finditer(text) if _is_host(found)]
    text = without(text, hosts)
    apart = [span for span, joined in typed_apart(text) if any(map(_is_host, HOST.finditer(joined)))]
    text = without(text, apart)
    spelled = [found.span() for found in SPELLED_HOST.finditer(text) if _is_spelled_host(found)]
    return sorted(urls + hosts + apart + spelled)


def _is_spelled_host(found: re.Match[str]) -> bool:
    """Whether a spoken dot makes an address: not in "a dot la...", where the ending is a word of the sentence."""
    ending = found["ending"].lower()
    if ending not in SURE:
        return False
    spoken = SPOKEN_DOT.search(found[0])
    if ending not in ALSO_PLACES or spoken is None or SENTENCE_OVER.match(found.string, found.end()):
        return True
    return spoken[1].lower() == "dot" and len(LAST_LABEL.match(found[0])[0]) >= 6  # type: ignore[index]


def _trimmed(text: str, found: re.Match[str]) -> Span:
    return found.start(), found.start() + len(found[0].rstrip(".,;:!?)]}'»-"))


def _is_host(found: re.Match[str]) -> bool:
    """Whether dotted words are an address, and not the end of one sentence and the start of the next."""
    host, path = found[0].removesuffix(found[2] or ""), found[2]
    *labels, ending = host.rstrip("-").split(".")
    last = ending.lower()
    if host.lower() in SHORT_HOSTS or labels[0].lower() == "www":
        return True
    if len(labels[-1]) < 2 or (ending != last and not host.isupper() and last not in ("com", "net", "org")):
        return False
    if last in SURE:
        return True
    return last in ALSO_WORDS and bool(path or _is_marked(labels, found))


def _is_marked(labels: list[str], found: re.Match[str]) -> bool:
    name = labels[-1].lower()
    if (len(labels) > 1 and name in SECOND_LEVEL) or re.search("[a-z].*[0-9-]|[0-9-].*[a-z]", name):
        return True
    return WEB_CUE.search(found.string[max(0, found.start() - 16) : found.start()]) is not None


FINDERS: dict[Kind, Callable[[str], list[Span] | Iterator[Span]]] = {
    "email": _emails,
    "address": _addresses,
    "handle": handles,
    "phone": telephone_numbers,
}


# -- what is allowed --


def _is_known(leak: Leak, known: set[str]) -> bool:
    bare = _bare(leak.text)
    if leak.kind == "address":
        return any(bare == one or bare.startswith(f"{one}/") for one in known)
    if leak.kind == "handle":
        return bare in known or _bare(re.split(r"[:=\s]+", leak.text.strip())[-1]) in known
    return bare in known


def _bare(contact: str) -> str:
    """A contact without the ways to write it: a number without 00, 856 or 0, an address without scheme and www."""
    contact = plain(contact.strip())[0].casefold()
    digits = re.sub(r"[^0-9]", "", contact)
    if len(digits) >= 6 and not re.search("[a-z]", contact):
        return re.sub(r"^(?:00)?(?:856)?0?", "", digits)
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", contact).rstrip("/")


# -- log lines --

LOG_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++(?:@|%40)[\w.-]+")
LOG_NUMBER = re.compile(r"(?<![\w.:-])\+?\(?\d(?:[ ().\-]{0,2}\d){7,14}(?![\w-])")
LOG_FIGURE = re.compile(r"\d{4}-\d\d-\d\d(?!\d).*|\d+\.\d+|\d{1,3}(?:\.\d{1,3}){3}")


def mask_for_log(text: str) -> str:
    """A log line without e-mail addresses and telephone-like numbers; dates, durations and IP addresses stay."""
    text = LOG_EMAIL.sub("<email>", text)
    return LOG_NUMBER.sub(lambda found: found[0] if LOG_FIGURE.fullmatch(found[0]) else "<phone>", text)
