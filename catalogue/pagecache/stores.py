"""Where pages are kept: in the memory of the process, within a bound of bytes; the least used go first."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Protocol

from catalogue.pagecache.pages import Page

MEGABYTE = 1024 * 1024
# About 2,500 compressed pages. A process with everything loaded stays below 110 MB with them.
MEMORY_MEGABYTES = 24
# No single page may push out more than this part of the others.
LARGEST_PART = 8


class Store(Protocol):
    """Keeps pages under keys. A key names everything that a page depends on, so what is under it never changes."""

    def get(self, key: str) -> Page | None:
        """The page under a key, None when it is not kept, or no longer."""

    def put(self, key: str, page: Page) -> None:
        """Keep a page, if there is room."""

    def close(self) -> None:
        """Let go of what lies behind it."""


class MemoryStore:
    """Pages in memory, `most_bytes` of them at most."""

    def __init__(self, most_bytes: int = MEMORY_MEGABYTES * MEGABYTE) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: str) -> Page | None:
        """The page under a key; it is now the last that would go."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page

    def put(self, key: str, page: Page) -> None:
        """Keep a page, and let those go that were not asked for the longest."""
        if page.size > self.most_bytes // LARGEST_PART:
            return
        with self._lock:
            if earlier := self._pages.pop(key, None):
                self.bytes -= earlier.size
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self.bytes -= self._pages.popitem(last=False)[1].size

    def close(self) -> None:
        """Let all pages go."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0


def store_for(url: str, release: Callable[[], str]) -> Store:
    """The store that `CACHE_URL` names: "memory:", "memory:64" (megabytes) or "redis:...".

    `release` tells the program and site apart that share a Redis with others; it is only asked for where one is shared.
    """
    kind, _colon, rest = url.partition(":")
    if kind == "memory":
        return MemoryStore(int(rest or MEMORY_MEGABYTES) * MEGABYTE)
    from catalogue.pagecache.shared import SharedStore  # its import takes a tenth of a second that most sites need not

    return SharedStore(url, MemoryStore(), release())
