"""Collects every text of the program into translations/messages.pot and adds what is new to the Lao file.

With --check it changes nothing, and says what is not collected, not translated or no longer used (exit code 1).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parents[1]
FOLDER = HERE / "translations"
POT = FOLDER / "messages.pot"
LAO = FOLDER / "lo" / "LC_MESSAGES" / "messages.po"
PYBABEL = Path(sys.executable).parent / "pybabel"
NOBODY = {"project": "Sala", "version": "1", "msgid_bugs_address": "", "last_translator": "", "language_team": "Lao"}
KEYWORDS = ["_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2"]


def main(arguments: list[str]) -> int:
    """Check or collect; the exit code."""
    if arguments == ["--check"]:
        faults = list(check())
        print("\n".join(faults) or "Texts are collected and translated.")
        return bool(faults)
    collect()
    return 0


def collect() -> None:
    """Write the .pot file anew, and bring the Lao file to it."""
    extract(POT)
    lao = read(LAO) if LAO.exists() else Catalog("lo", header_comment="# The Lao texts of Sala.", fuzzy=False, **NOBODY)
    lao.update(read(POT), no_fuzzy_matching=True, update_creation_date=False)
    LAO.parent.mkdir(parents=True, exist_ok=True)
    with LAO.open("wb") as file:
        write_po(file, lao, width=0, ignore_obsolete=True, include_lineno=False)


def check() -> list[str]:
    """What `make translations` would change, and what a translator still has to do."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "messages.pot"
        extract(fresh)
        found, kept = messages_of(fresh), messages_of(POT)
    lao = messages_of(LAO)
    faults = [f"not collected, run make translations: {shown(key)}" for key in found.keys() - kept.keys()]
    faults += [f"no longer used, run make translations: {shown(key)}" for key in kept.keys() - found.keys()]
    faults += [f"not in the Lao file: {shown(key)}" for key in kept.keys() - lao.keys()]
    faults += [f"without Lao: {shown(key)}" for key, message in lao.items() if not all(texts_of(message))]
    faults += [f"marked as uncertain in the Lao file: {shown(key)}" for key, message in lao.items() if message.fuzzy]
    faults += [f"cannot be compiled: {shown(key)}" for key, message in lao.items() if list(message.check())]
    return sorted(faults)


def extract(target: Path) -> None:
    """Every text in the program, without dates or line numbers, which would change with each edit."""
    keywords = [part for keyword in KEYWORDS for part in ("--keyword", keyword)]
    layout = ["--omit-header", "--sort-by-file", "--add-location=file", "--no-wrap"]
    comments = ["--add-comments", "Translators:"]
    command = ["--mapping-file", FOLDER / "babel.cfg", *keywords, *comments, *layout, "--output", target, "."]
    subprocess.run([PYBABEL, "--quiet", "extract", *command], check=True, cwd=HERE)


def messages_of(path: Path) -> dict[tuple[str, str], Message]:
    """The messages of a file by context and English text; none where there is no file."""
    if not path.exists():
        return {}
    return {(message.context or "", first(message.id)): message for message in read(path) if message.id}


def read(path: Path) -> Catalog:
    """A file of texts; a .po file tells its language."""
    with path.open("rb") as file:
        return read_po(file, locale="lo" if path.suffix == ".po" else None)


def first(text: str | list[str] | tuple[str, ...]) -> str:
    """The singular, where there are two."""
    return text if isinstance(text, str) else text[0]


def texts_of(message: Message) -> list[str]:
    """The translated forms: one, in Lao."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def shown(key: tuple[str, str]) -> str:
    """A message as a line of a report."""
    context, text = key
    return f"{text!r} ({context})" if context else repr(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
