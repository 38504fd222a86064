"""Mails of every sort, made by code: what a person, a machine or a forger sends, and what has to be done with each."""

from tests.mails.automatic import AUTOMATIC
from tests.mails.bounces import BOUNCES
from tests.mails.broken import BROKEN
from tests.mails.case import Case, Party
from tests.mails.forged import FORGED
from tests.mails.loops import LOOPS
from tests.mails.replies import REPLIES

SETS: dict[str, tuple[Case, ...]] = {
    "replies": REPLIES,
    "automatic": AUTOMATIC,
    "bounces": BOUNCES,
    "broken": BROKEN,
    "forged": FORGED,
    "loops": LOOPS,
}
ALL = [case for cases in SETS.values() for case in cases]

__all__ = ["ALL", "SETS", "Case", "Party"]
