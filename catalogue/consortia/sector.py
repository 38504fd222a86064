"""The sectors that this site knows, each read once from its file in the folder of sectors."""

from functools import cache
from pathlib import Path

from catalogue.consortia.sector_files import BadSectorFile, read_sector
from catalogue.consortia.trade import Certificate, Detail, Question, Rule, Sector, Term

__all__ = ("BadSectorFile", "Certificate", "Detail", "Question", "Rule", "Sector", "Term", "read_sector")

OURS = Path(__file__).parent / "sectors"

_folder = OURS


def read_from(place: Path | None) -> None:
    """Read every sector from this folder from now on; None: from our own, as before the first call.

    Raises `BadSectorFile` with all that is wrong with any of its files, or where the folder holds none.
    """
    global _folder  # one folder a process, chosen when the site is put together
    if (place or OURS) == _folder and sector.cache_info().currsize:
        return
    _folder = place or OURS
    sector.cache_clear()
    paths = sorted(_folder.glob("*.toml"))
    if not paths:
        raise BadSectorFile([(str(_folder), "", "is no folder with a file for a sector in it")])
    if problems := [problem for path in paths for problem in _problems_of(path)]:
        raise BadSectorFile(problems)


def folder() -> Path:
    """Where sectors are read from: for processes of their own, which must read the same."""
    return _folder


def _problems_of(path: Path) -> tuple[tuple[str, str, str], ...]:
    try:
        sector(path.stem)
    except BadSectorFile as refusal:
        return refusal.problems
    return ()


@cache
def sector(key: str) -> Sector:
    """The sector with this key. Raises `FileNotFoundError` when there is no such data file."""
    return read_sector(_folder / f"{key}.toml")


def sectors() -> list[Sector]:
    """Every sector there is, in its fixed order."""
    return sorted((sector(path.stem) for path in _folder.glob("*.toml")), key=lambda each: (each.sort, each.key))
