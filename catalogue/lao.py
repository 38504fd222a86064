"""Lao writing: one spelling to keep, one to search by, syllables, and dictionary order.

The rules follow the Unicode block U+0E80-0EFF and Lao orthography since 1975; all work in time linear in the text.
"""

import re
import unicodedata

LAO = re.compile(r"[\u0E80-\u0EFF]")
THAI = re.compile(r"[\u0E01-\u0E3A\u0E40-\u0E5B]")  # without the baht sign, which everyone types
INVISIBLE = re.compile(r"[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE0F\uFEFF]")

# -- one spelling to keep --

# Combining signs in the order they are stored: subscript lo, vowel, niggahita, tone. The cancellation mark stays put.
STORED_ORDER = {sign: rank for rank, sign in enumerate("\u0eba\u0ebc\u0eb1\u0eb4\u0eb5\u0eb6\u0eb7\u0eb8\u0eb9\u0ebb")}
STORED_ORDER |= {"\u0ecd": 20} | dict.fromkeys("\u0ec8\u0ec9\u0eca\u0ecb", 21)
SIGNS = "".join(STORED_ORDER)
SIGN_RUN = re.compile(f"[{SIGNS}\u0eb2\u0eb3]+")


def normalise(text: str) -> str:
    """The text as it is kept and shown: NFC, ແ and ຳ as one letter, tone after its vowel, nothing of zero width U+200B.

    ຫນ and ໜ stay as they were typed (both are right); NFKC would tear ຳ apart and is never used. Idempotent.
    """
    text = unicodedata.normalize("NFC", text.replace("\u200b", "")).replace("ເເ", "ແ")
    return unicodedata.normalize("NFC", SIGN_RUN.sub(_in_stored_order, text))


def _in_stored_order(found: re.Match[str]) -> str:
    run = found[0].replace("\u0eb3", "\u0ecd\u0eb2")
    signs = "".join(sorted(dict.fromkeys(run.replace("\u0eb2", "")), key=STORED_ORDER.__getitem__))
    tail = "\u0eb2" * run.count("\u0eb2")
    if tail and "\u0ecd" in signs:
        return signs.replace("\u0ecd", "") + "\u0eb3" + tail[1:]
    return signs + tail


# -- one spelling to search by --

SAME_SOUND = str.maketrans({"ໜ": "ຫນ", "ໝ": "ຫມ", "ຣ": "ລ", "\u0ebc": "ລ", "\u0ecc": ""})
SAME_LETTER = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
ACCENT = re.compile(r"[\u0300-\u036F]")
FOREIGN_DIGIT = re.compile(r"[^\D0-9]")


def fold(text: str) -> str:
    """The text as it is searched and compared for uniqueness: spelling variants, case, accents and digits made one."""
    text = normalise(INVISIBLE.sub("", text)).casefold()
    plain = ACCENT.sub("", unicodedata.normalize("NFD", text)).translate(SAME_SOUND).translate(SAME_LETTER)
    # Once more, since a sign that was taken out may have stood between two that belong together.
    return " ".join(digits_to_ascii(normalise(plain)).split())


def digits_to_ascii(text: str) -> str:
    """Digits of any script (໑, ๑, full-width) as 0-9, one for one: the length stays."""
    return FOREIGN_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


# -- what sounds alike --

# Long and short vowels, and letters of one sound; each row is written as its first sign. Tone marks are left out.
ALIKE = ("ິີ", "ຸູ", "ຶື", "ັາ", "ຄຂ", "ສຊ", "ທຖ", "ພຜ", "ຟຝ", "ຫຮ", "ໄໃ", "ຍຢ")
HEARD_AS = str.maketrans({sign: row[0] for row in ALIKE for sign in row} | dict.fromkeys("່້໊໋໌", ""))


def heard(text: str) -> str:
    """Folded text roughly as it sounds: two spellings that people mix up give the same."""
    return text.translate(HEARD_AS)


# -- which script --


def has_lao(text: str) -> bool:
    return LAO.search(text) is not None


def has_thai(text: str) -> bool:
    """Whether Thai letters were typed; ฿ alone is none."""
    return THAI.search(text) is not None


PLAIN_WORDS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ'’-]*[\s,.;:()/0-9]*)*+")


def looks_like_old_font(text: str) -> bool:
    """Whether a Lao column holds what an 8-bit Lao font of old left behind ("¥þ¼ºÒ©À´ó"): asked of Lao columns only.

    No standard code page ever existed, so nothing is guessed from it. Words such as "café" or "Élan" are not meant.
    """
    if has_lao(text) or has_thai(text):
        return False
    letters = [sign for sign in text if not sign.isspace()]
    high = sum("\u00a1" <= sign <= "\u00ff" for sign in letters)
    return high > 0 and high * 10 >= len(letters) * 3 and PLAIN_WORDS.fullmatch(text) is None


# -- syllables --

CONSONANT = "[\u0e81-\u0eae\u0edc-\u0edf]"
VOWEL_SIGN = "[\u0eb1\u0eb4-\u0eb9\u0ebb\u0ecd]"
TONE = "[\u0ec8-\u0ecb]"
OWNED = "[\u0eb0-\u0ebd\u0ec8-\u0ecb\u0ecd]"  # a sign that makes the letter before it begin a syllable
# ອ and ວ are vowels inside a syllable (ນອນ, ສວນ) unless they carry a vowel of their own (ອາ, ວັນ).
BEGINS = f"(?:{OWNED}|ອ(?!{OWNED}|[ອວ])|ວ(?!{OWNED}|[ອວ]))"
FINAL = f"(?:(?!ກວ{TONE}?[ະາ])(?:[ກງຍດນບມວ](?!{BEGINS})|[ຄຈຊຕທປພຟຣລສ](?!{BEGINS}|[ຣລວ]))\u0ecc?)"
SILENT = f"(?:{CONSONANT}[\u0eb4\u0eb8]?\u0ecc)?"
LEADING_ONSET = f"(?:ຫ[ງຍນມຣລວ]|[ກຂຄ]ວ(?=ຽ|{TONE}(?![ະາ])|{FINAL})|[ກຂຄຕທປຜພບຟສ][ຣລ](?={FINAL})|{CONSONANT}\u0ebc?)"
ONSET = f"(?:ຫ[ງຍນມຣລວ]|{CONSONANT}[ວຣລ](?={OWNED})|{CONSONANT}\u0ebc?)"
SYLLABLE = re.compile(
    f"ເ{LEADING_ONSET}(?:[\u0eb6\u0eb7]{TONE}?ອ(?!{OWNED}){FINAL}?|\u0eb1{TONE}?ຽ?ະ?{FINAL}?|\u0ebb{TONE}?າ"
    f"|{TONE}?(?:າະ?|ະ|ຍ(?!{BEGINS})|ຽ{FINAL}?)|{VOWEL_SIGN}?{TONE}?{FINAL}?){SILENT}"
    f"|[ແໂ]{LEADING_ONSET}\u0eb1?{TONE}?(?:ະ|{FINAL})?{SILENT}"
    f"|[ໃໄ]{LEADING_ONSET}{TONE}?{SILENT}"
    f"|{ONSET}(?:\u0eb1{TONE}?ວະ|{TONE}?(?:ຳ|ະ|າ{FINAL}?|[ຽອວ](?!{OWNED}){FINAL}?)"
    f"|{VOWEL_SIGN}?{TONE}?{FINAL}?){SILENT}"
    "|[\u0ed0-\u0ed9]+"
    "|[\u0e80-\u0eff][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]*"
    "|(?:(?![\u0e80-\u0eff_])\\w|[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])+"
)


def syllables(text: str) -> list[str]:
    """The syllables of Lao text in order, by rule; words of other scripts and numbers stay whole, the rest is left out.

    Takes normalised or folded text. What is no Lao syllable comes out letter by letter, so that nothing is lost.
    """
    return SYLLABLE.findall(text)


# -- dictionary order --

LEADING_VOWEL = re.compile(f"([\u0ec0-\u0ec4])({CONSONANT})")
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzກຂຄຆງຈຉສຊຌຎ\u0edfຍຏຐຑຒຓດຕຖທຘນບປຜຝພຟຠມຢຣລວຨຩຫຬອ\u0edeຮ"
VOWELS = "".join(map(chr, (*range(0x0EAF, 0x0EBE), *range(0x0EC0, 0x0EC5))))
# Two hexadecimal digits a letter; 00 parts the levels, 01 is a space, ff begins a letter of another script.
RANK = {letter: f"{rank:02x}" for rank, letter in enumerate(LETTERS + VOWELS, start=2)} | {" ": "01"}
TONE_RANK = {tone: f"{rank:02x}" for rank, tone in enumerate("\u0ec8\u0ec9\u0eca\u0ecb\u0ecc\u0ecd", start=2)}


def sort_key(text: str) -> str:
    """A key of 0-9 and a-f that puts Lao in dictionary order, Latin before it; alike under every database collation.

    The leading vowel counts after its consonant, tones only between words otherwise the same, as in Unicode's root
    collation. Letters of other scripts follow by code point; punctuation and case do not count.
    """
    swapped = LEADING_VOWEL.sub(r"\2\1", _plain_letters(text))
    return _levels(swapped.replace("ໜ", "ຫນ").replace("ໝ", "ຫມ"))


def _plain_letters(text: str) -> str:
    text = normalise(INVISIBLE.sub("", text)).casefold()
    return digits_to_ascii(ACCENT.sub("", unicodedata.normalize("NFD", text)).translate(SAME_LETTER))


def _levels(text: str) -> str:
    first: list[str] = []
    second: list[str] = []
    for sign in text:
        if sign in TONE_RANK:
            second.append(f"{max(255 - len(first), 0):02x}{TONE_RANK[sign]}")  # an earlier tone weighs more
        elif sign in RANK:
            first.append(RANK[sign])
        elif sign.isalpha():
            first.append(f"ff{ord(sign):06x}")
    return "".join(first) + "00" + "".join(second)
