"""Numbers spelled in words, digit by digit or in pairs, in English, French, Lao, Thai and Chinese."""

import re

from catalogue.spans import Span

SHORTEST = 7

ENGLISH_ONES = "one|two|three|four|five|six|seven|eight|nine"
FRENCH_ONES = "un|deux|trois|quatre|cinq|six|sept|huit|neuf"
LAO_ONES = "[ໜຫ]?ນ?ຶ່ງ|[ໜຫ]?ນຶ່?ງ|ໜຶ່?ງ|ໜື່?ງ|ສອງ|ສາມ|ສີ່?|ຫ້?າ|ຫົກ|ເຈ[ັ]?ດ|ແປດ|ເກົ້?າ"
THAI_ONES = "หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า"
ZERO = r"zero|nought|zéro|ສູນ|ศูนย์|ซีโร่|[〇零]|(?<![a-z])oh?(?![a-z])"
ONE = (
    rf"(?:{ENGLISH_ONES}|{FRENCH_ONES})(?![a-zé])|{LAO_ONES}|{THAI_ONES}"
    r"|[一二三四五六七八九幺壹贰貳叁參叄肆伍陆陸柒捌玖]"
)
PAIR = (
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{ENGLISH_ONES})(?![a-z]))?(?![a-z])"
    r"|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?![a-z])"
    rf"|(?:vingt|trente|quarante|cinquante|soixante(?:-dix)?|quatre-vingts?(?:-dix)?)(?:(?:[- ]et)?[- ](?:{FRENCH_ONES}"
    r"|dix|onze|douze|treize|quatorze|quinze|seize)(?![a-zé]))?(?![a-zé])"
    r"|(?:dix-(?:sept|huit|neuf)|dix|onze|douze|treize|quatorze|quinze|seize)(?![a-zé])"
    rf"|(?:{LAO_ONES})?ສິບ(?:ເອັດ|{LAO_ONES})?|ຊາວ(?:ເອັດ|{LAO_ONES})?"
    rf"|(?:ยี่|{THAI_ONES})?สิบ(?:เอ็ด|{THAI_ONES})?"
)
TWICE, THRICE = r"double(?= )", r"triple(?= )"
TOKEN = re.compile(
    rf"(?P<pair>{PAIR})|(?P<zero>{ZERO})|(?P<one>{ONE})|(?P<twice>{TWICE})|(?P<thrice>{THRICE})|(?P<figure>[0-9]{{1,12}})",
    re.IGNORECASE,
)
BARE_TOKEN = re.sub(r"\?P<\w+>", "?:", TOKEN.pattern)
SPELLED = re.compile(
    rf"(?:(?:{BARE_TOKEN})(?:[ ,.;:/·\-\n]{{0,3}}(?:and |then |et |puis |ແລະ ?|ແລ້ວ ?|และ ?|แล้ว ?|再)?)){{4,}}+",
    re.IGNORECASE,
)
DIGITS_OF = {"pair": 2, "zero": 1, "one": 1, "twice": 1, "thrice": 2}
LEAST_WORDS = 4
BETWEEN = " ,.;:/·-\n"


def spelled_numbers(text: str) -> list[Span]:
    """Where at least seven digits stand in a row of which words make up the most, in order. Linear in the text.

    Pairs ("twelve thirty-four") are also how sizes are counted: with them a number begins with a nought.
    """
    runs = SPELLED.finditer(text)
    return [(run.start(), run.start() + len(run[0].rstrip(BETWEEN))) for run in runs if _is_dialled(run[0])]


def _is_dialled(words: str) -> bool:
    kinds, digits = [], 0
    for found in TOKEN.finditer(words):
        kind = found.lastgroup or ""
        kinds.append(kind)
        digits += len(found[0]) if kind == "figure" else DIGITS_OF[kind]
    if digits < SHORTEST or len(kinds) - kinds.count("figure") < LEAST_WORDS:
        return False
    return "pair" not in kinds or kinds[0] == "zero" or words.startswith("0")
