"""Files given away as one ZIP archive that is written while it is sent: never whole in memory, never stored."""

import re
import zipfile
from collections.abc import Iterable, Iterator

from catalogue.media.stores import NotStored, Store

UNSAFE = re.compile(r"[^\w\u0e80-\u0eff-]+")


class _Sent:
    """A file that can only be written to, and hands over what was written."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep it until it is taken."""
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what waits is taken."""

    def take(self) -> bytes:
        """All that was written since the last time."""
        data, self.waiting = b"".join(self.waiting), []
        return data


def entry_name(reference: str) -> str:
    """A reference as part of a name in an archive: whoever imports a sheet chose it, and it must lead to no folder."""
    return UNSAFE.sub("-", reference).strip("-.") or "product"


def zipped(store: Store, texts: Iterable[tuple[str, bytes]], stored: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """The bytes of an archive of `texts` (name and content) and of what lies in the store (name and key).

    What the store no longer holds is left out. Pictures are not compressed again. Give it no session to hold.
    """
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for name, content in texts:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
            yield sent.take()
        for name, key in stored:
            try:
                archive.writestr(name, store.get(key))
            except NotStored:
                continue
            yield sent.take()
    yield sent.take()
