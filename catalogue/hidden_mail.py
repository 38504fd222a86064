"""E-mail addresses written around: "nina_AT_house_DOT_com", or a name beside its provider ("my gmail is nina.77")."""

import re
from collections.abc import Iterator

from catalogue.domains import SURE
from catalogue.spans import Span

LONGEST_LOCAL, LONGEST_DOMAIN = 64, 120

MARK = r"[ \t_*~|/\\<>(){}\[\]·,'\"+=#:;-]"
AT = re.compile(rf"(?<={MARK})(?:at|arobase|arrobas?)(?={MARK})", re.IGNORECASE)
BEFORE_AT = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._+-]{{0,{LONGEST_LOCAL}}}{MARK}{{1,3}}$")
DOT = rf"(?:{MARK}{{1,3}}(?:dot|point|punkt){MARK}{{1,3}}|\.)"
AFTER_AT = re.compile(rf"{MARK}{{1,3}}[A-Za-z0-9-]{{2,40}}(?:{DOT}[A-Za-z0-9-]{{1,30}}){{1,4}}", re.IGNORECASE)
LAST = re.compile(r"[A-Za-z0-9]+$")

PROVIDER = (
    r"(?:(?<![A-Za-z])(?:g-?mail|[gj]ee[ -]?mail|googlemail|hot[ -]?mail|yahoo|outlook|icloud|protonmail)(?![A-Za-z])"
    r"|ຈີເມ[ວລ]|ຮອດເມ[ວລ]|ຢາຮູ|จีเมล์?|ฮอต?เมล์?|ยาฮู|(?:谷歌|网易|雅虎|QQ|163)(?:邮箱|邮件))"
)
ACCOUNT = (
    r"(?<![A-Za-z0-9._-])(?=[A-Za-z]{0,30}[0-9._-])(?=[0-9._-]{0,30}[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{2,38}[A-Za-z0-9]"
    r"(?![A-Za-z0-9@-])"
)
LINKS = (
    r"(?:[ :=,(]|is|account|address|id|name|user|adresse|est|c'est|me|my|of|on|at|de|chez|sur|by|with"
    r"|[\u0e01-\u0e5b\u0e80-\u0eff]{1,24}|我|的|是|在|用|账号)"
)
BESIDE = re.compile(rf"{PROVIDER}{LINKS}{{1,5}}{ACCOUNT}|{ACCOUNT}{LINKS}{{1,5}}{PROVIDER}", re.IGNORECASE)
MAIL = r"(?:(?<![A-Za-z])(?:e-?mail|mail|courriel|mél)(?![A-Za-z])|ອີເມ[ວລ]|ເມ[ວລ]|อีเมล์?|เมล์?|邮箱|电邮)"
AT_PROVIDER = re.compile(
    rf"{MAIL}{LINKS}{{1,5}}[A-Za-z][A-Za-z0-9._-]{{2,38}} (?:at|@|ที่|ທີ່|ຢູ່|chez|sur|在) ?{PROVIDER}", re.IGNORECASE
)
NO_NAME = (
    "look|looks|log|logged|sign|signed|work|works|people|team|mail|account|address|check|inbox|them|someone|anyone"
)
NAME_AT = re.compile(
    rf"(?<![A-Za-z0-9._@-])(?!(?:{NO_NAME}) )[a-z0-9][a-z0-9._-]{{3,30}} (?:at|@) "
    r"(?:g-?mail|[gj]ee[ -]?mail|hot[ -]?mail|googlemail|protonmail)(?![A-Za-z0-9.])",
    re.IGNORECASE,
)
FILE = re.compile(r"\.(?:jpe?g|png|heic|pdf|xlsx?|docx?|zip|mp4)$", re.IGNORECASE)


def hidden_addresses(text: str) -> list[Span]:
    """Where plain text holds such an address, in order, without overlap. Linear in the text."""
    if "ail" not in (lowered := text.lower()) and not AT.search(text) and not re.search(PROVIDER, lowered):
        return []
    return _apart([*_marked(text), *_beside(text)])


def _marked(text: str) -> Iterator[Span]:
    """Names with "at" between marks, and behind it a domain; with blanks alone around it, the dot is a word."""
    for at in AT.finditer(text):
        before = BEFORE_AT.search(text, max(0, at.start() - LONGEST_LOCAL), at.start())
        after = AFTER_AT.match(text, at.end(), at.end() + LONGEST_DOMAIN)
        if before and after and LAST.search(after[0])[0].lower() in SURE:  # type: ignore[index]
            is_marked = {text[at.start() - 1], text[at.end()]} != {" "}
            if is_marked or "." not in after[0]:
                yield before.start(), after.end()


def _beside(text: str) -> Iterator[Span]:
    yield from (found.span() for pattern in (AT_PROVIDER, NAME_AT) for found in pattern.finditer(text))
    for found in BESIDE.finditer(text):
        if not any(FILE.search(word) for word in found[0].split()):
            yield found.span()


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
