"""Files of this machine written so that they are whole or not there, and survive a power cut."""

import os
import secrets
from pathlib import Path


def write_durably(place: Path, data: bytes) -> None:
    """Write `data` beside its place, sync it, and move it there; folders that are missing are made, for us alone."""
    make_folder(place.parent)
    beside = place.with_name(f".{secrets.token_hex(8)}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        beside.rename(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(place.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each entry synced."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Have the entries of a folder written to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
