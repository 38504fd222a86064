"""The sectors that this site knows, each read once from its file in the folder of sectors."""

from functools import cache
from pathlib import Path

from catalogue.consortia.sector_files import BadSectorFile, read_sector
from catalogue.consortia.trade import Certificate, Detail, Question, Rule, Sector, Term

__all__ = ("BadSectorFile", "Certificate", "Detail", "Question", "Rule", "Sector", "Term", "read_sector")

OURS = Path(__file__).parent / "sectors"

_folder = OURS


def read_from(folder: Path = OURS) -> None:
    """Read every sector from this folder from now on. Raises `BadSectorFile` where one of its files cannot be used."""
    global _folder  # one folder a process, chosen when the site is put together
    _folder = folder
    sector.cache_clear()
    sectors()


def folder() -> Path:
    """Where sectors are read from: for processes of their own, which must read the same."""
    return _folder


@cache
def sector(key: str) -> Sector:
    """The sector with this key. Raises `FileNotFoundError` when there is no such data file."""
    return read_sector(_folder / f"{key}.toml")


def sectors() -> list[Sector]:
    """Every sector there is, in its fixed order."""
    return sorted((sector(path.stem) for path in _folder.glob("*.toml")), key=lambda each: (each.sort, each.key))
