"""Where files are kept: a folder of this machine, or a bucket that speaks S3."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from catalogue.durable import write_durably

KEY_SHAPE = re.compile(r"(?=.{1,200}\Z)[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")


class NotStored(Exception):
    """Nothing is kept under this key."""


class UnknownStore(Exception):
    """The address names no kind of store that is known; the message says what is."""


class Store(Protocol):
    """Bytes under keys such as "3/mfrggzdf/800.avif". Every method raises `ValueError` for a key of another shape.

    What `put` has stored is whole and survives a power cut when it returns; a second `put` replaces the first.
    """

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`."""

    def get(self, key: str) -> bytes:
        """What is kept under `key`. Raises `NotStored`."""

    def has(self, key: str) -> bool:
        """Whether something is kept under `key`."""

    def delete(self, key: str) -> None:
        """Keep it no longer; no matter if it was not kept."""

    def names(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """The keys below the folder `prefix` ("incoming", or all), only those stored `before`, in no order."""


def store_for(url: str) -> Store:
    """The store of `MEDIA_URL`.

    `file:/path/of/folder`, or `s3://bucket/folder?endpoint=https://...&region=...`. The S3 key pair comes from
    `s3://id:secret@bucket` (percent-encoded) or from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; an endpoint is only
    needed outside Amazon. Raises `UnknownStore`.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path and not parts.netloc:
        return FileStore(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.hostname:
        return BucketStore(s3_at(url))
    raise UnknownStore("MEDIA_URL begins with file: or s3:// and names a folder or bucket")


def checked(key: str) -> str:
    """The key itself, when it cannot leave its store. Raises `ValueError`."""
    if not KEY_SHAPE.fullmatch(key):
        raise ValueError("not a key of a store")
    return key


@dataclass(frozen=True)
class FileStore:
    """A folder. obstore's own LocalStore syncs neither the file nor its folder, so it is not used here."""

    root: Path

    def put(self, key: str, data: bytes) -> None:
        write_durably(self.root / checked(key), data)

    def get(self, key: str) -> bytes:
        try:
            return (self.root / checked(key)).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise NotStored(key) from None

    def has(self, key: str) -> bool:
        return (self.root / checked(key)).is_file()

    def delete(self, key: str) -> None:
        (self.root / checked(key)).unlink(missing_ok=True)

    def names(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        top = self.root / checked(prefix) if prefix else self.root
        for folder, _folders, files in os.walk(top):
            for name in files:
                place = Path(folder, name)
                if not name.startswith(".") and (before is None or _stored_at(place) < before):
                    yield place.relative_to(self.root).as_posix()


def _stored_at(place: Path) -> datetime:
    try:
        return datetime.fromtimestamp(place.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class BucketStore:
    """A bucket behind an `obstore` store. obstore is loaded by those who use a bucket only."""

    bucket: Any = field(repr=False)

    def put(self, key: str, data: bytes) -> None:
        import obstore

        obstore.put(self.bucket, checked(key), data)

    def get(self, key: str) -> bytes:
        import obstore

        try:
            return bytes(obstore.get(self.bucket, checked(key)).bytes())
        except FileNotFoundError:
            raise NotStored(key) from None

    def has(self, key: str) -> bool:
        import obstore

        try:
            obstore.head(self.bucket, checked(key))
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        import obstore

        with suppress(FileNotFoundError):
            obstore.delete(self.bucket, checked(key))

    def names(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        import obstore

        for page in obstore.list(self.bucket, prefix=checked(prefix) if prefix else None):
            yield from (each["path"] for each in page if before is None or each["last_modified"] < before)


def s3_at(url: str) -> Any:
    """The `obstore` store of an `s3://` address (see `store_for`). Opens no connection yet."""
    from obstore.store import S3Store

    parts = urlsplit(url)
    options: dict[str, Any] = {"region": "us-east-1", **dict(parse_qsl(parts.query))}
    if parts.username and parts.password:
        options["access_key_id"] = unquote(parts.username)
        options["secret_access_key"] = unquote(parts.password)
    return S3Store(
        str(parts.hostname),
        prefix=parts.path.strip("/") or None,
        client_options={
            "allow_http": options.get("endpoint", "").startswith("http://"),
            "connect_timeout": "5s",
            "timeout": "60s",
        },
        **options,
    )
