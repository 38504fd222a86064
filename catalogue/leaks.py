"""The contact detector: telephone numbers, e-mail, web addresses and handles in text that must pass one door."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from catalogue.lao import INVISIBLE, digits_to_ascii
from catalogue.telephones import Span, telephone_numbers

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
        shadow = _without(shadow, spans)
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
SAME_MARK |= {ord("。"): ".", ord("、"): ",", ord("’"): "'", ord("×"): "x", ord("│"): "|"}
SAME_MARK |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
SAME_MARK |= dict.fromkeys((0x09, 0xA0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B)), " ")
SAME_MARK |= {
    code: str(unicodedata.digit(chr(code))) for code in (*range(0x2460, 0x2469), *range(0x2776, 0x277F), 0x24EA)
}
UNSEEN = re.compile(INVISIBLE.pattern[:-1] + "\u20e3]")
NOUGHTS = re.compile(r"(?<![A-Za-z0-9])[0-9oO]+(?![A-Za-z])")


def plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in digits 0-9 and ASCII marks, without unseen characters, and for each letter its place in `text`."""
    places: Sequence[int] = range(len(text))
    if UNSEEN.search(text):
        places = [place for place, sign in enumerate(text) if not UNSEEN.match(sign)]
    seen = digits_to_ascii(UNSEEN.sub("", text)).translate(SAME_MARK)
    return NOUGHTS.sub(_digits_for_o, seen), places


def _digits_for_o(found: re.Match[str]) -> str:
    word = found[0]
    return re.sub("[oO]", "0", word) if any(map(str.isdigit, word)) else word


def _without(text: str, spans: list[Span]) -> str:
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], "\n" * (end - start)]
        last = end
    return "".join(parts) + text[last:]


# -- e-mail --

LETTER = "A-Za-z0-9\u00c0-\u024f"
LABEL = f"[{LETTER}-]{{1,63}}"
LOCAL = rf"(?<![{LETTER}._%+'-])[{LETTER}._%+'-]++"
AT_WORD = "(?:at|arobase|@|ແອັດ|ແອດ|แอท|แอด|แอ็ด|艾特)"
AT_SIGN = rf" {{0,3}}(?:@|[(\[{{<] ?{AT_WORD} ?[)\]}}>]|arobase(?= )|ແອັດ|ແອດ|แอท|แอด|แอ็ด|艾特) {{0,3}}"
DOT_WORD = r"(?: ?[(\[{<] ?(?:dot|point|punkt|\.|ຈຸດ|จุด|点) ?[)\]}>] ?| {1,2}(?:dot|point|punkt) {1,2}| ?(?:ຈຸດ|จุด|点) ?)"
DOT = rf"(?: {{0,2}}\. {{0,2}}|{DOT_WORD})"
PROVIDER = "(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|proton|qq|163|126|live|laopdr)"
EMAIL = re.compile(
    rf"{LOCAL}(?:@{LABEL}(?:\.{LABEL}){{1,6}}|(?P<loose>{AT_SIGN}{LABEL}(?:{DOT}{LABEL}){{1,5}})"
    rf"| {{1,2}}at {{1,2}}{LABEL}(?:{DOT_WORD}{LABEL}){{1,4}}|{AT_SIGN}{PROVIDER}(?![{LETTER}])"
    rf"| {{1,2}}(?:at {{1,2}})?{PROVIDER}[ .]{{1,3}}(?:com|fr|co|net))",
    re.IGNORECASE,
)
NEXT_SENTENCE = re.compile(r"(?<=\.(?:com|net|org))\.[A-Z][a-z]+$")
LAST_LABEL = re.compile(rf"[{LETTER}-]+")


def _emails(text: str) -> Iterator[Span]:
    text = _without(text, [found.span() for found in URL.finditer(text)])
    for found in EMAIL.finditer(text):
        start, end = found.span()
        if found["loose"]:
            end = _end_of_loose(text, *found.span("loose"))
        elif run_on := NEXT_SENTENCE.search(text, start, end):
            end = run_on.start()
        if end and re.search("[A-Za-z0-9]", text[start:end]):
            yield start, end


def _end_of_loose(text: str, start: int, end: int) -> int:
    """Where an e-mail written with words or spaces ends: at its last known domain ending; 0 without one."""
    ends = [label.end() for label in LAST_LABEL.finditer(text, start, end) if label[0].lower() in SURE]
    return ends[-1] if ends else 0


# -- web addresses --


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


SURE = _words(
    "com net org info biz shop store online site website app asia la th vn cn kh mm jp kr sg hk tw au eu uk fr ch nl es"
    " ru io co tv cc ly gl ai dev xyz top club link page live vip pro world gallery market trade global company email"
    " cloud example jewelry edu gov int"
)
ALSO_WORDS = _words("it in is me be at so to no my us id de do am as se fi pt ca ph gold art design group")
SECOND_LEVEL = _words("co com ac go or net org edu gov gob")
SHORT_HOSTS = _words("wa.me t.me m.me fb.me line.me lin.ee youtu.be")
URL = re.compile(r"(?<![A-Za-z])(?:h(?:tt|xx)ps?|ftp) ?: ?/ ?/ ?[^\s<>\"]{2,300}", re.IGNORECASE)
HOST = re.compile(rf"(?<![{LETTER}_@-])[{LETTER}-]++((?:\.[{LETTER}-]++)+)((?::[0-9]{{2,5}})?[/?#][^\s<>\"]{{0,300}})?")
SPELLED_HOST = re.compile(
    rf"(?<![{LETTER}-])(?:{LABEL}(?:{DOT_WORD}{LABEL}){{0,3}}{DOT_WORD}|www[ .]{{1,3}}{LABEL}[ .]{{1,3}}"
    rf"|{LABEL}(?: ?\. |,)(?=com|net|org))(?P<ending>[A-Za-z]{{2,10}})(?![{LETTER}])",
    re.IGNORECASE,
)
WEB_CUE = re.compile(r"(?:web ?site|web|site|visit|ເວັບ ?ໄຊ(?:ທ໌|ທ|້)?|ເວັບ|เว็บ|网站|网址)[ :=]{0,3}$", re.IGNORECASE)


def _addresses(text: str) -> list[Span]:
    urls = [_trimmed(text, found) for found in URL.finditer(text)]
    text = _without(text, urls)
    hosts = [_trimmed(text, found) for found in HOST.finditer(text) if _is_host(found)]
    text = _without(text, hosts)
    spelled = [found.span() for found in SPELLED_HOST.finditer(text) if found["ending"].lower() in SURE]
    return sorted(urls + hosts + spelled)


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


# -- handles --

PLATFORM_WORDS = (
    r"(?<![A-Za-z])(?:what'?s ?app|we ?chat|wei ?xin|face ?book|messenger|insta(?:gram)?|telegram|viber|zalo|skype"
    r"|tik ?tok|kakao ?talk|snapchat|linked ?in|twitter|pinterest)(?![a-z])",
    r"ວ[ອັ]+ດ(?:ສ໌?)? ?ແອັ?ບ|ເຟ[ສຊດ] ?ບຸ໊?ກ|ເຟສ|ວີແຊັ?[ດທ]|(?<!ອອນ)(?<!ແອ)ໄລນ໌|ໄອຈີ|ຕິກຕອກ|ເທເລແກຣມ|ເມສເຊັນເຈີ",
    r"อินสตาแกรม|ไอจี|เฟ[ซส] ?บุ๊?[กค]|เฟ[ซส]|วอ[ตทส]ส?์? ?แอ[ปพบ]ป?|(?<!ออน)(?<!แอร์)ไลน์|วีแชท|เทเลแกรม",
    r"微信|脸书|脸谱|电报",
)
PLATFORM = f"(?:{'|'.join(PLATFORM_WORDS)})"
SHORT = "(?<![A-Za-z])(?:FB|IG|WA|TG|VX|QQ|line)(?![A-Za-z])"
CAPITALS = "(?-i:LINE|FB|IG|WA)(?![A-Za-z])"  # small letters are words of their own
NAME = r"@?[A-Za-z0-9_.\-]{3,40}"
SPECIAL_NAME = r"(?=[A-Za-z._\-]{0,40}[0-9_.@])@?(?=[^\s]{0,40}[A-Za-z])[A-Za-z0-9_.\-]{2,40}[A-Za-z0-9_]"
CALLED = "(?:id|account|user ?name|name|page|contact|ໄອດີ|ຊື່|ไอดี|ชื่อ|账号|号|compte)"
IS = "(?:is |ແມ່ນ ?|คือ ?|是 ?|est )"
MINE = "(?:ຂອງ ?(?:ຂ້ອຍ|ເຮົາ|ພວກເຮົາ|ຂ້າພະເຈົ້າ|ຮ້ານ)|ຂ້ອຍ|ຮ້ານ|ของ ?(?:ฉัน|ผม|เรา|ร้าน)|ร้าน)"
DO = "(?:add|find|contact|message|text|reach|follow|chat|write|call|ping|dm|pm|talk|join|send)"
HANDLE_WAYS = (
    # named: "Line ID: silver88", "FB: laosilver", "Instagram lao_silver", "@lao_silver"
    rf"(?:{PLATFORM}|{SHORT})(?: ?{CALLED}){{1,2}} {{0,2}}[:=]? {{0,2}}{IS}?{NAME}",
    rf"(?<![A-Za-z])(?:ID (?:line|wechat)|lineid) ?[:=]? ?{NAME}",
    rf"{PLATFORM}(?: ?{CALLED})? {{0,2}}[:=@] {{0,2}}(?![+(]?[0-9]{{3}})[^\s,;]{{2,60}}(?: (?-i:[A-Z])[a-z]+){{0,3}}",
    rf"(?:(?!(?-i:[Ll]ine)){SHORT}) ?[:=] ?@?(?![0-9.,]+(?:[ \n]|$))(?!a |an |the ){NAME}",
    rf"{PLATFORM} ?(?:-|{IS})? {{0,2}}{SPECIAL_NAME}",
    rf"(?<![A-Za-z])(?:FB|IG|QQ|VX|LINE)(?: ?[:=] ?| | is ){SPECIAL_NAME}|(?<![A-Za-z])QQ ?号? ?[0-9]{{5,12}}",
    rf"(?<![{LETTER}_.@/%+'-])@[A-Za-z_][A-Za-z0-9_.]{{2,29}}",
    # owned: "my WhatsApp", "ເຟສຂອງຮ້ານ"
    rf"(?<![A-Za-z])(?:my|our|mon|notre) (?:own |personal )?(?:{PLATFORM}|{CAPITALS}|line id)",
    rf"{PLATFORM} ?{MINE}",
    # invited: "add me on ...", "ຕິດຕໍ່ທາງ ເຟສບຸກ"
    rf"(?<![A-Za-z]){DO}(?: (?:with|to|it))?(?: (?:me|us))? (?:on |by |via |at |in |through |with |using )?"
    rf"(?:my |our )?(?:{PLATFORM}|{CAPITALS})",
    r"(?<![A-Za-z])(?:add|dm|pm) (?:me|us) (?:on|at|via) [A-Za-z]{2,20}(?![A-Za-z])",
    r"(?<![A-Za-z])(?:ajoutez|contactez|écrivez|appelez|joignez|suivez|retrouvez)[- ](?:moi|nous) (?:sur|par|via) "
    rf"(?:{PLATFORM}|{CAPITALS})",
    rf"(?:ແອັດ|ແອດ|ເພີ່ມ|ຕິດຕໍ່|ທັກ|ໂທ|ຕິດຕາມ|ຜ່ານ|ທາງ|ສົ່ງ)[\u0e80-\u0eff ]{{0,20}}?(?:{PLATFORM}|{CAPITALS})",
    rf"(?:แอด|เพิ่ม|ติดต่อ|ทัก|โทร|ผ่าน|ทาง|ส่ง)[\u0e01-\u0e5b ]{{0,20}}?(?:{PLATFORM}|{CAPITALS})",
    r"(?:加|我的|联系)(?:我|我的|一下)?(?:微信|QQ|WhatsApp|LINE|VX)",
)
# A name that follows is hidden with the invitation.
HANDLE = re.compile(rf"(?:{'|'.join(HANDLE_WAYS)})(?:[ :=]{{0,3}}{IS}?{SPECIAL_NAME})?", re.IGNORECASE)
# Every handle holds one of these; most texts hold none, and are spared the long search.
HINTS = _words(
    "@ sapp wechat wei face messenger insta telegram viber zalo skype tik kakao snapchat linked twitter pinterest"
    " ແອບ ແອັບ ບຸກ ບຸ໊ກ ເຟສ ແຊ ໄລນ໌ ໄອຈີ ຕິກຕອກ ແກຣມ ເຊັນເຈີ อินสตา ไอจี เฟ แอ ไลน์ แชท แกรม 微信 脸 电报"
)
SHORT_HINT = re.compile("s app|we chat|(?<![a-z])(?:fb|ig|wa|tg|vx|qq|line|lineid)(?![a-z])|(?:add|dm|pm) (?:me|us) ")


def _handles(text: str) -> list[Span]:
    lowered = text.lower()
    if not any(hint in lowered for hint in HINTS) and not SHORT_HINT.search(lowered):
        return []
    return [_trimmed(text, found) for found in HANDLE.finditer(text)]


FINDERS: dict[Kind, Callable[[str], list[Span] | Iterator[Span]]] = {
    "email": _emails,
    "address": _addresses,
    "handle": _handles,
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
