"""Letters as their readers see them."""

import re
from email.message import EmailMessage

from tests.live import Live, wait_for

LETTER_SECONDS = 60


def letters_to(live: Live, address: str, number: str, how_many: int) -> list[EmailMessage]:
    """The letters to somebody about an inquiry, the oldest first; waits for the worker until there are so many."""

    def found() -> list[EmailMessage] | None:
        mine = [each for each in live.letters() if address in str(each["To"]) and number in str(each["Subject"])]
        return mine if len(mine) == how_many else None

    return wait_for(found, LETTER_SECONDS)


def text_of(letter: EmailMessage) -> str:
    """Everything that a reader can see of a letter: its subject, and each way in which its words are given."""
    parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(letter["Subject"]), *parts])


def private_link(letter: EmailMessage, live: Live) -> str:
    """The path of the buyer's private page that a letter names."""
    found = re.search(re.escape(live.url) + r"(/(?:en|lo)/i/[a-z2-7]+)", text_of(letter))
    assert found, "the letter leads to the private page"
    return found[1]
