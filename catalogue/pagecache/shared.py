"""Pages that several processes share in Redis, with the memory of each in front: what is under a key never changes."""

import hashlib

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from catalogue.pagecache.outage import Outage
from catalogue.pagecache.pages import NotAPage, Page, pack, unpack
from catalogue.pagecache.stores import LARGEST_PART, MemoryStore

# A page stands under its day: nobody asks for it after the next midnight.
KEPT_SECONDS = 26 * 3600
# Rendering takes some milliseconds: whoever waits longer for Redis would have the page already.
TIME_OUT = 0.2
NEXT_DOOR = "redis://127.0.0.1:6379/0"


class SharedStore:
    """Pages in Redis under the name of their `release`. Where Redis is away, the memory of this process goes on."""

    def __init__(self, url: str, near: MemoryStore, release: str) -> None:
        self.near = near
        self.release = release
        self.outage = Outage("Redis")
        self._redis = Redis.from_url(
            NEXT_DOOR if url == "redis:" else url,
            socket_timeout=TIME_OUT,
            socket_connect_timeout=TIME_OUT,
            retry=Retry(NoBackoff(), 0),
        )

    def get(self, key: str) -> Page | None:
        """The page under a key, from the memory of this process or else from Redis."""
        if page := self.near.get(key):
            return page
        packed = self._ask("GET", self._name(key))
        if not isinstance(packed, bytes):
            return None
        try:
            page = unpack(packed)
        except NotAPage:
            return None
        self.near.put(key, page)
        return page

    def put(self, key: str, page: Page) -> None:
        """Keep a page here and for the other processes."""
        self.near.put(key, page)
        if page.size <= self.near.most_bytes // LARGEST_PART:
            self._ask("SET", self._name(key), pack(page), "EX", KEPT_SECONDS)

    def close(self) -> None:
        """End the connections."""
        self._redis.close()

    def _name(self, key: str) -> str:
        return f"sala:page:{hashlib.sha256(f'{self.release}|{key}'.encode()).hexdigest()}"

    def _ask(self, *command: str | bytes | int) -> object:
        """What Redis answers; None while it does not."""
        if self.outage.is_resting:
            return None
        try:
            answer: object = self._redis.execute_command(*command)
        except (RedisError, OSError) as fault:
            self.outage.begin(fault)
            return None
        self.outage.end()
        return answer
