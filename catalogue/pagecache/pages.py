"""An answer as it is kept: status, headers and the bytes of one encoding, ready to be sent again."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

Headers = list[tuple[str, str]]
ABOUT_THE_BODY = ("content-length", "content-type", "content-encoding", "content-language")
# What the objects around the bytes take: the lists and strings of some twelve headers, the key, the place in the store.
AROUND = 4096
LENGTH_BYTES = 4


class NotAPage(ValueError):
    """These bytes are no packed page."""


@dataclass(frozen=True)
class Page:
    """One answer. `etag` is empty where there is nothing to compare, because the answer is no page that is kept."""

    status: str
    headers: Headers
    body: bytes = field(repr=False)
    etag: str = ""

    @cached_property
    def unchanged(self) -> Headers:
        """The headers of the 304 that stands for this page."""
        return [(name, value) for name, value in self.headers if name.lower() not in ABOUT_THE_BODY]

    @property
    def size(self) -> int:
        """How many bytes of memory it takes, about."""
        return len(self.body) + AROUND

    def is_had(self, if_none_match: str) -> bool:
        """Whether the client that sends this header has these bytes already (RFC 9110, section 13.1.2)."""
        if not self.etag:
            return False
        tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
        return if_none_match == self.etag or any(tag in {self.etag, "*"} for tag in tags)


def page_to_keep(status: str, headers: Headers, body: bytes) -> Page:
    """The page with the strong ETag of its bytes, which differ by encoding."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    others = [(name, value) for name, value in headers if name.lower() not in {"etag", "content-length"}]
    return Page(status, [*others, ("Content-Length", str(len(body))), ("ETag", etag)], body, etag)


def is_for_everybody(status: str, headers: Headers) -> bool:
    """Whether an answer may be kept at all: what it says of itself, whoever made it."""
    said: dict[str, str] = {}
    for name, value in headers:
        said[name.lower()] = f"{said.get(name.lower(), '')},{value}".strip(",").lower()
    control = {part.strip().partition("=")[0] for part in said.get("cache-control", "").split(",")}
    varies = {part.strip() for part in said.get("vary", "").split(",")} - {"", "accept-encoding"}
    is_private = "set-cookie" in said or "public" not in control or control & {"private", "no-store", "no-cache"}
    return status.startswith("200") and not varies and not is_private


def pack(page: Page) -> bytes:
    """The page as bytes: what is said of it as JSON, its length before it, then the body."""
    said = json.dumps([page.status, page.headers, page.etag, len(page.body)]).encode()
    return len(said).to_bytes(LENGTH_BYTES, "big") + said + page.body


def unpack(packed: bytes) -> Page:
    """The page in these bytes. Raises `NotAPage` for any others, so that nothing odd is ever sent."""
    end = LENGTH_BYTES + int.from_bytes(packed[:LENGTH_BYTES], "big")
    try:
        status, headers, etag, length = json.loads(packed[LENGTH_BYTES:end])
        page = Page(str(status), [(str(name), str(value)) for name, value in headers], packed[end:], str(etag))
    except (ValueError, TypeError) as fault:
        raise NotAPage from fault
    if not etag or len(page.body) != length:
        raise NotAPage
    return page
