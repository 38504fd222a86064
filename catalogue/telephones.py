"""Telephone numbers in running text, told from prices, sizes, dates, codes and quantities.

Works on plain text (digits 0-9, ASCII marks: see `leaks.plain`) and in linear time: digits are gathered into chains
once, and each chain is judged by its groups and by a short stretch of text on either side.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from catalogue.spans import Span, without
from catalogue.spelled import spelled_numbers

LONGEST_NUMBER = 15  # ITU-T E.164
SIDE = 48  # letters looked at before and after a chain


@dataclass(frozen=True)
class Chain:
    """Groups of digits with only telephone-like marks between them, and what stands around."""

    start: int
    end: int
    groups: tuple[str, ...]
    gaps: tuple[str, ...]
    before: str
    after: str

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def has_plus(self) -> bool:
        return re.search(r"\+[ (]{0,2}$", self.before) is not None

    @property
    def span(self) -> Span:
        opening = re.search(r"\(?\+?[ (]{0,2}$", self.before)
        return self.start - len(opening[0].lstrip() if opening else ""), self.end


def telephone_numbers(text: str) -> list[Span]:
    """Where plain text holds telephone numbers, in order, without overlap; numbers spelled in words included."""
    apart = [*spelled_numbers(text)]
    text = without(text, apart)
    by_line = list(_numbers_by_line(text))
    text = without(text, by_line)
    masked = NO_TELEPHONE.sub(lambda found: "#" * len(found[0]), text)
    return sorted(apart + by_line + [chain.span for chain in _chains(masked, text) if is_telephone(chain)])


# -- a number broken over lines --

LINES = re.compile(r"(?:^[ ·]{0,3}\+?[0-9][0-9 .\-]{0,7}[ ·]{0,3}(?:\n{1,2}|\Z)){2,}", re.MULTILINE)


def _numbers_by_line(text: str) -> Iterator[Span]:
    """Lines of nothing but a few digits that make one number when read on: it begins with a nought or a plus."""
    for block in LINES.finditer(text):
        runs = list(DIGITS.finditer(text, *block.span()))
        first = 0
        while first < len(runs):
            last = _end_of_number(text, runs, first)
            if last:
                yield runs[first].start(), runs[last - 1].end()
            first = last or first + 1


def _end_of_number(text: str, runs: list[re.Match[str]], first: int) -> int:
    """The run after the last one of the longest number that begins with the run `first`; 0 where none does."""
    has_plus = text[runs[first].start() - 1 : runs[first].start()] == "+"
    digits, end = "", 0
    for place in range(first, min(first + LONGEST_NUMBER, len(runs))):
        digits += runs[place][0]
        if len(digits) > LONGEST_NUMBER + 2:
            break
        if LAO_NUMBER.fullmatch(digits) or (NATIONAL if not has_plus else ABROAD).fullmatch(digits):
            end = place + 1
    has_own_noughts = all(run[0].startswith("0") for run in runs[first:end])
    return end if end > first + 1 and not has_own_noughts else 0


# -- gathering --

DIGITS = re.compile(r"[0-9]+")
GAP = re.compile(r"[ .\-()_*~·•]{0,4}|,|/")
GAP_AFTER_AREA = re.compile(r"(?:[^\w\n]|_){0,6}| ?(?:and |then |and then |puis |et |ແລ້ວ|ແລະ|แล้ว|และ|然后|再) ?")
AREA = re.compile(r"0[2-9][0-9]?")
GAP_AFTER_NOUGHT = re.compile(r"(?:[^\w\n]|_){0,6}")
SENTENCE_END = re.compile(r"[.] +")


def _chains(masked: str, text: str) -> Iterator[Chain]:
    runs: list[re.Match[str]] = []
    for run in DIGITS.finditer(masked):
        if runs and not _joins(runs, run, masked):
            yield _chain(runs, text)
            runs = []
        runs.append(run)
    if runs:
        yield _chain(runs, text)


def _joins(runs: list[re.Match[str]], run: re.Match[str], text: str) -> bool:
    gap = text[runs[-1].end() : min(run.start(), runs[-1].end() + 12)]
    if run[0].startswith("0") and len(run[0]) >= 3 and _is_whole("".join(one[0] for one in runs)):
        return False  # a second number begins
    if AREA.fullmatch(runs[0][0]):
        return GAP_AFTER_AREA.fullmatch(gap) is not None
    if runs[0][0] == "0" and len(run[0]) == 1:  # digit by digit, or pair by pair with the digits apart
        return GAP_AFTER_NOUGHT.fullmatch(gap) is not None
    return GAP.fullmatch(gap) is not None and SENTENCE_END.fullmatch(gap) is None


def _is_whole(digits: str) -> bool:
    return len(digits) >= (10 if digits.startswith(("0", "856")) else 8) or WHOLE.fullmatch(digits) is not None


def _chain(runs: list[re.Match[str]], text: str) -> Chain:
    start, end = runs[0].start(), runs[-1].end()
    gaps = tuple(text[one.end() : other.start()] for one, other in pairwise(runs))
    groups = tuple(run[0] for run in runs)
    return Chain(start, end, groups, gaps, text[max(0, start - SIDE) : start], text[end : end + SIDE])


# -- what is no telephone number, whatever its digits --

DAY, MONTH, YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:(?:19|20)[0-9]|25[5-7])[0-9]"
ALONE = r"(?<![0-9])(?<![0-9][ .\-/])"
NO_TELEPHONE = re.compile(
    rf"(?<![0-9]){YEAR}([-./]){MONTH}\1{DAY}(?![0-9]|\1[0-9])"
    rf"|(?<![0-9])(?<![0-9][./])(?:{DAY} ?- ?)?{DAY}( ?[-./] ?| ){DAY}\2{YEAR}(?![0-9]|[-./][0-9])"
    rf"|{ALONE}{YEAR} ?[-/] ?(?:19|20|25)?[0-9]{{2}}(?![0-9]|[-./ ][0-9])"  # years from-to
    rf"|{ALONE}[0-9]{{1,2}}[:.][0-5][0-9] ?- ?[0-9]{{1,2}}[:.][0-5][0-9](?![0-9]|[-.][0-9])"  # hours from-to
    rf"|{ALONE}{MONTH}/{YEAR} ?- ?{MONTH}/{YEAR}(?![0-9]|[-.][0-9])"  # months from-to
    rf"|{ALONE}(?:0[5-9]|1[0-2])(?:00|15|30|45) ?- ?[12][0-9](?:00|15|30|45)(?![0-9]|[-.][0-9])"
    rf"|{ALONE}[0-9]{{1,6}}/{YEAR}(?![0-9]|[ .\-][0-9])"  # the number of a letter
    r"|(?<![0-9.])[0-9]{4}\.[0-9]{2}(?:\.[0-9]{2}){0,3}(?![0-9]|\.[0-9])"  # HS code
    r"|(?<![A-Za-z])(?-i:[A-Z]{2}) ?[0-9]{3} ?[0-9]{3} ?[0-9]{3} ?(?-i:[A-Z]{2})(?![A-Za-z])"  # parcel (UPU S10)
    r"|(?<![A-Za-z0-9])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![A-Za-z0-9])"  # UUID
    r"|(?<![A-Za-z])(?:HS|HTS|tariff|ພິກັດ|海关编码)[^0-9\n]{0,20}(?!0[23]0)[0-9]{2,4}(?:[. ]?[0-9]{2}){1,4}(?![0-9])",
    re.IGNORECASE,
)

MONEY_BEFORE = re.compile(
    r"(?:[$€£¥₭฿]|(?<![A-Z])(?:USD|EUR|THB|LAK|KIP|CNY|RMB|JPY|GBP|AUD|price|prix|total)|ກີບ|ລາຄາ|ບາດ|ราคา|价格)"
    r"[ :=]{0,3}$",
    re.IGNORECASE,
)
MONEY_OR_MEASURE_AFTER = re.compile(
    r" ?(?:[$€£¥₭฿%‰×]|x ?[0-9]"
    r"|(?:kips?|LAK|USD|EUR|THB|CNY|RMB|JPY|GBP|AUD|dollars?|euros?|baht|yuan|cm|mm|m|kg|g|gr|grams?|grammes?|tons?"
    r"|tonnes?|pcs|pieces?|pièces?|sets?|units?|pairs?|boxes|bowls|days|years?)(?![A-Za-z])"
    r"|ກີບ|ບາດ|ໂດລາ|ໂດລ່າ|ຢວນ|ກຼ|ກຣາມ|ກິໂລ|ຊມ|ຊັງ|ມມ|ມິນລິ|ແມັດ|ໂຕນ|ອັນ|ໜ່ວຍ|ຫນ່ວຍ|ຊິ້ນ|ຜືນ|ຄູ່|ຊຸດ|ວົງ|ມື້|ວັນ|ປີ"
    r"|บาท|กีบ|กก|กรัม|ซม|มม|ชิ้น|อัน|ชุด|คู่|ผืน|วัน|ปี|元|人民币|件|个|公斤|克|厘米|毫米|套|年)",
    re.IGNORECASE,
)
REFERENCE_WORDS = (
    r"(?<![A-Za-z])(?:ref|réf|reference|référence|rcs(?: [a-z]+)?|reg|invoice|order|po"
    r"|item|sku|model|lot|batch(?:e)?|isbn|ean|upc|barcode"
    r"|gtin|vat|tva|tin|siret|siren|rccm|tax id|registration|commande|facture|licen[cs]e|permit|passport|certificate"
    r"|tracking|dhl|ups|fedex|ems|tnt|awb|hawb|mawb|waybill|parcel|colis|suivi|container|conteneur|seal|booking"
    r"|bill of lading|b/l|account|acct|a/c|iban|compte|swift|bic|voucher|receipt|serial|s/n|part|style|design|drawing"
    r"|article|product|customer|client|carton|ticket|quote|quotation|delivery|file|case|form|plate|room"
    r"|s[eé]rie|iso|din|astm|tis|gb/t)s?"
    r"|ເລກພັດສະດຸ|ເລກບັນຊີ|ບັນຊີ|ໃບສັ່ງຊື້|ເລກສັ່ງຊື້|ໃບບິນ|ໃບແຈ້ງໜີ້|ເລກຕູ້"
    r"|เลขพัสดุ|พัสดุ|เลขบัญชี|บัญชี|ใบสั่งซื้อ|เลขภาษี|ใบกำกับ|มอก|มผช"
    r"|订单|型号|条码|单号|账户|发票|批号|柜号|税号|快递|国标"
)
NUMBER_WORDS = r"(?<![A-Za-z])(?:no|nr|nos|code)|n[°º]|№|#|ເລກທີ|ລະຫັດ|เลขที่|รหัส|编号|账号"
IS_NUMBER = (
    r"(?:\.? ?(?:numbers?|numéro|no|nr|n[°º]|is|est|ແມ່ນ|ເລກທີ|ທີ|ສິນຄ້າ|คือ|เลขที่|ที่|สินค้า|产品|是|为|号|code)"
    r"){0,3}\.? ?[:#=]? ?"
)
CODES_BEFORE = r"(?:[0-9A-Z][0-9A-Za-z/.\-]{2,20}(?:,? (?:and|to|or|et|ແລະ|และ|和) |, ?| ?[&+;] ?)){0,4}"
REFERENCE_BEFORE = re.compile(
    rf"(?:{REFERENCE_WORDS}|{NUMBER_WORDS}){IS_NUMBER}{CODES_BEFORE}$"
    r"|[A-Za-z0-9][-_/#]$|(?-i:(?<![A-Za-z])[A-Z]{1,4}-?$)",
    re.IGNORECASE,
)
NAMED_REFERENCE = re.compile(rf"(?:{REFERENCE_WORDS}){IS_NUMBER}{CODES_BEFORE}$", re.IGNORECASE)
LOOSE_WORD = re.compile(r"(?:(?<![A-Za-z])code|ລະຫັດ|รหัส)[^0-9\n]{0,6}$", re.IGNORECASE)
CODE_GOES_ON = re.compile(r"-?[A-Z]{1,3}(?![a-z])|-[A-Za-z0-9]")

# -- what announces one --

CUE_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:tel|tél|telephone|téléphone|phone|ph|call|mobile|mob|cell|cellphone|fax|whats ?app|wa|hp"
    r"|viber|zalo|signal|telegram|hotline|portable|appele[zr]|my number|number is|numéro|sms|text me|ring me)"
    r"(?![A-Za-z])"
    r"|ໂທ(?!ນ|ລະພາບ|ລະທັດ)|ເບີ|ແຟັກ|ແຟກ|ວອດ ?ແອັບ|ວອດສ໌ແອັບ|โทร|เบอร์|มือถือ|แฟกซ์|电话|手机|传真|致电|微信)[^0-9\n]{0,18}$",
    re.IGNORECASE,
)
# -- judging --

LAO_NUMBER = re.compile(r"(?:00)?8560?(?:[23]0[0-9]{7,8}|[2-8][0-9]{6,8})|0[23]0[2-9][0-9]{6,7}")
LAO_MOBILE = re.compile("20[25789][0-9]{7}")  # its nought left out
WHOLE = re.compile(rf"{LAO_NUMBER.pattern}|{LAO_MOBILE.pattern}|0[2-8][1-9][0-9]{{6,7}}")
NATIONAL = re.compile("0[1-9][0-9]{6,10}")
ABROAD = re.compile("[1-9][0-9]{8,14}")
COUNTRIES = re.compile(r"(?:66|84|86|855|95|33|44|49|81|82|61|65|60)[1-9]")
PLAIN_DATE = re.compile(rf"{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
SHAPES = {
    *((3, 3, 4), (2, 4, 4), (3, 4, 4), (1, 3, 3, 4), (2, 3, 3, 4), (2, 3, 4), (2, 3, 5), (3, 3, 3)),
    *((4, 4), (5, 5), (2, 8), (3, 7), (3, 4)),
}


def is_telephone(chain: Chain) -> bool:
    """Whether a chain is dialled: by its prefix, by what announces it, else by shape; never money, measure or code."""
    digits = chain.digits
    if len(digits) < 6 or _is_money(chain) or _is_row_of_codes(chain):
        return False
    if _has_prefix(chain):
        return True
    if len(digits) > LONGEST_NUMBER or MONEY_OR_MEASURE_AFTER.match(chain.after) or MONEY_BEFORE.search(chain.before):
        return False
    if CUE_BEFORE.search(chain.before) and not NAMED_REFERENCE.search(chain.before):
        return not (_is_thousands(chain) and digits.endswith("000")) and not _is_row_of_sizes(chain)
    if len(digits) < 7 or _is_reference(chain):
        return False
    return _is_bare_number(digits) if len(chain.groups) == 1 else _has_shape(chain)


def _is_thousands(chain: Chain) -> bool:
    """1.250.000: groups of three after the first, one mark throughout."""
    first, *rest = chain.groups
    same = len(set(chain.gaps)) == 1 and chain.gaps[0] in (".", ",", " ")
    return same and 1 <= len(first) <= 3 and first[0] != "0" and all(len(group) == 3 for group in rest)


def _is_row_of_codes(chain: Chain) -> bool:
    """020/055/012: each with its own nought."""
    many = len(chain.groups) > 1 and min(map(len, chain.groups)) > 2
    return many and all(group.startswith("0") for group in chain.groups)


def _is_row_of_sizes(chain: Chain) -> bool:
    """52 54 56: the word that announces a telephone number announces sizes as well, which rise."""
    return len(chain.groups) > 2 and all(
        len(one) <= 2 and int(one) < int(other) for one, other in pairwise(chain.groups)
    )


def _is_money(chain: Chain) -> bool:
    around = MONEY_BEFORE.search(chain.before.rstrip("+ ")) or MONEY_OR_MEASURE_AFTER.match(chain.after)
    return around is not None and _is_thousands(chain)


def _has_prefix(chain: Chain) -> bool:
    """International, Lao, or the nought that leads national numbers; a nought before a decimal mark is none."""
    digits, first = chain.digits, chain.groups[0]
    if len(digits) > LONGEST_NUMBER + 2:
        return AREA.fullmatch(first) is not None or LAO_NUMBER.match(first) is not None
    if chain.has_plus:
        return len(digits) >= 7 and not _is_thousands(chain)
    if LAO_NUMBER.fullmatch(digits) and not all(len(group) == 2 for group in chain.groups):
        return True
    if digits.startswith("00"):
        return len(first) >= 2 and len(digits) >= 10 and digits[2] != "0" and not _is_code(chain)
    if len(digits) > 11 and len(chain.groups) == 1:
        return False  # a bar code
    return len(first) >= 2 and NATIONAL.fullmatch(digits) is not None and not _is_reference(chain)


def _is_reference(chain: Chain) -> bool:
    if CUE_BEFORE.search(chain.before) and not NAMED_REFERENCE.search(chain.before):
        return False
    if LAO_MOBILE.fullmatch(chain.digits) and LOOSE_WORD.search(chain.before):
        return False  # a mobile number that is called a code
    return REFERENCE_BEFORE.search(chain.before) is not None or CODE_GOES_ON.match(chain.after) is not None


def _is_code(chain: Chain) -> bool:
    """A reference, or the number of an account or card: all in groups of four."""
    return _is_reference(chain) or (len(chain.groups) > 2 and {len(group) for group in chain.groups} == {4})


def _is_bare_number(digits: str) -> bool:
    if re.fullmatch("1[3-9][0-9]{9}", digits):
        return True  # Chinese mobile numbers
    if digits.endswith("000") or len(set(digits)) == 1 or len(digits) == 7 or PLAIN_DATE.fullmatch(digits):
        return False
    if len(digits) == 8:
        return digits[0] in "25789"  # Lao mobile numbers without their prefix
    if len(digits) <= 11:
        return True
    return COUNTRIES.match(digits) is not None and not _is_ean(digits)


def _is_ean(digits: str) -> bool:
    """A bar code by its check digit (GS1)."""
    return len(digits) == 13 and sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0


def _has_shape(chain: Chain) -> bool:
    shape, digits = tuple(map(len, chain.groups)), chain.digits
    numbers = [int(group) for group in chain.groups]
    if set(shape) == {1}:
        is_list = any("," in gap or "/" in gap for gap in chain.gaps)
        return (not is_list or re.fullmatch("0[1-9][0-9]{7,9}", digits) is not None) and len(
            {two - one for one, two in pairwise(numbers)}
        ) > 1
    if chain.before.endswith("(") and chain.gaps[0].startswith(")"):
        return shape[0] in (2, 3, 4) and 9 <= len(digits) <= 12
    if LAO_MOBILE.fullmatch(digits) and set(shape) != {2} and shape[0] == 2:
        return True
    if shape not in SHAPES or all(group.endswith("0") for group in chain.groups):
        return False
    if set(chain.gaps) & {",", "/"} or (shape[1:] in ((4,), (5,), (7,), (8,)) and "." in chain.gaps):
        return False
    return _fits(shape, digits, numbers, chain.gaps)


def _fits(shape: tuple[int, ...], digits: str, numbers: list[int], gaps: tuple[str, ...]) -> bool:
    if shape == (3, 3, 3):
        return set(gaps) == {"-"} or (set(gaps) == {" "} and numbers != sorted(numbers) and digits[-3:] != "000")
    if shape == (3, 4):
        return gaps == ("-",)
    first = {(4, 4): "23456789", (5, 5): "6789", (2, 8): "2", (2, 3, 4): "23456789"}
    return digits[0] in first.get(shape, "123456789")
