"""Counts what became of every inquiry, from the senders' own logs, the database and the out-tray alone.

python -m tests.endurance.counting LOGS DATABASE OUTTRAY
"""

import email
import email.policy
import json
import re
import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"endurance-\d+-\d+")


@dataclass(frozen=True)
class Count:
    """What was found; `problems` is empty when the promise was kept."""

    sent: int
    stored: int
    letters: int
    doubled_letters: int
    problems: tuple[str, ...]


def count(logs: Path, database: Path, outtray: Path) -> Count:
    """Each inquiry that a sender saw accepted is stored once, with one letter to the office and one to the buyer."""
    accepted = _accepted(logs)
    stored, numbers = _stored(database)
    letters = _letters(outtray)
    problems = [f"{mark}: accepted, not stored" for mark in accepted if mark not in stored]
    problems += [f"{mark}: stored {times} times" for mark, times in stored.items() if times != 1]
    problems += [f"number {number} given twice" for number, times in Counter(numbers).items() if times > 1]
    problems += _missing_letters(accepted, numbers, letters)
    doubled = sum(times - 1 for times in letters.ids.values())
    return Count(len(accepted), sum(stored.values()), sum(letters.ids.values()), doubled, tuple(problems))


@dataclass(frozen=True)
class Letters:
    """The out-tray: how often each Message-ID lies in it, and to whom and for which inquiry each distinct one is."""

    ids: Counter[str]
    to: Counter[str]
    about: Counter[str]


def _accepted(logs: Path) -> set[str]:
    rows = [json.loads(line) for log in logs.glob("*.jsonl") for line in log.read_text("utf-8").splitlines()]
    return {row["mark"] for row in rows if "mark" in row}


def _stored(database: Path) -> tuple[Counter[str], list[str]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT message, number FROM inquiry WHERE message LIKE '%endurance-%'").fetchall()
    return Counter(MARK.search(message)[0] for message, _ in rows), [number for _, number in rows]  # type: ignore[index]


def _letters(outtray: Path) -> Letters:
    ids: Counter[str] = Counter()
    to: Counter[str] = Counter()
    about: Counter[str] = Counter()
    for file in outtray.glob("*.eml"):
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        message_id = str(letter["Message-ID"])
        ids[message_id] += 1
        if ids[message_id] == 1:
            to[str(letter["To"])] += 1
            about.update(set(re.findall(r"[A-Z]{2,5}-\d{4}-\d{4,}", str(letter["Subject"]))))
    return Letters(ids, to, about)


def _missing_letters(accepted: set[str], numbers: list[str], letters: Letters) -> list[str]:
    to = Counter({mark[0]: times for address, times in letters.to.items() if (mark := MARK.search(address))})
    wrong = [f"{mark}: {to[mark]} letters to the buyer" for mark in accepted if to[mark] != 1]
    return wrong + [f"{number}: {letters.about[number]} letters" for number in numbers if letters.about[number] != 2]


def main() -> None:
    """Print the count; exit 1 when something was lost or doubled."""
    found = count(*map(Path, sys.argv[1:]))
    print(
        f"{found.sent} inquiries accepted, {found.stored} stored, {found.letters} letters in the out-tray, "
        f"{found.doubled_letters} of them doubled with the same Message-ID, {len(found.problems)} problems"
    )
    for problem in found.problems:
        print(f"  {problem}")
    sys.exit(bool(found.problems))


if __name__ == "__main__":
    main()
