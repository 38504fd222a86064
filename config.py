"""Settings: read once from the environment, frozen, passed in."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
DEFAULT_SECRET = "only for this machine"
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class UnsafeSettings(Exception):
    """The settings would open a hole; the message says which and what to set instead."""


@dataclass(frozen=True)
class Settings:
    """Every setting of Sala; each name is the name of its environment variable.

    `VAR` is the folder for everything the running site writes. Empty `DATABASE_URL`, `MEDIA_URL` and `MAIL_URL` mean
    SQLite, files and an out-tray inside it. `SITE_URL` follows `PORT` where the environment does not name it.
    """

    SECRET_KEY: str = DEFAULT_SECRET
    SECRET_KEY_OLD: str = ""
    VAR: str = str(HERE / "var")
    DATABASE_URL: str = ""
    MEDIA_URL: str = ""
    CACHE_URL: str = "memory:"
    MAIL_URL: str = ""
    MAIL_IN: str = ""
    MAIL_DOMAIN: str = "sala.example"
    PORT: str = "8000"
    SITE_URL: str = "http://127.0.0.1:8000"
    TRUSTED_PROXIES: str = ""
    SECTORS: str = ""
    DEMO: str = ""
    TESTING: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """The settings of this process. Raises `UnsafeSettings` for combinations that must not run."""
        names = {field.name for field in fields(cls)} - {"TESTING"}
        given: dict[str, Any] = {name: environ[name] for name in names if environ.get(name)}
        given.setdefault("SITE_URL", f"http://127.0.0.1:{given.get('PORT', cls.PORT)}")
        settings = cls(**given)
        settings.refuse_unsafe()
        return settings

    @property
    def var(self) -> Path:
        """The folder that the site writes into."""
        return Path(self.VAR)

    @property
    def port(self) -> int:
        """The port to listen on, on this machine. Raises `UnsafeSettings` for what is no port."""
        if not self.PORT.isdecimal() or not 0 < int(self.PORT) < 65536:
            raise UnsafeSettings(f"PORT is {self.PORT!r}: it must be a number from 1 to 65535.")
        return int(self.PORT)

    @property
    def database_url(self) -> str:
        """The database, with its default filled in."""
        return self.DATABASE_URL or f"sqlite:///{self.var / 'sala.db'}"

    @property
    def media_url(self) -> str:
        """The store of photographs and attachments, with its default filled in."""
        return self.MEDIA_URL or f"file:{self.var / 'media'}"

    @property
    def mail_url(self) -> str:
        """Where letters go, with its default filled in."""
        return self.MAIL_URL or f"outtray:{self.var / 'outtray'}"

    @property
    def sectors(self) -> Path | None:
        """The folder of the sectors' files; None for those that come with the site."""
        return Path(self.SECTORS) if self.SECTORS else None

    @property
    def is_local(self) -> bool:
        """Whether the site is only reached from this machine."""
        return urlsplit(self.SITE_URL).hostname in LOCAL_HOSTS

    @property
    def is_https(self) -> bool:
        """Whether visitors come by https, so that cookies can be Secure."""
        return self.SITE_URL.startswith("https:")

    @property
    def old_secrets(self) -> tuple[str, ...]:
        """Secrets that still open old links, newest first."""
        return tuple(filter(None, re.split(r"[,\s]+", self.SECRET_KEY_OLD)))

    def refuse_unsafe(self) -> None:
        """Raises `UnsafeSettings` where a site that others can reach would run with defaults meant for one machine."""
        if self.TRUSTED_PROXIES and not self.TRUSTED_PROXIES.isdecimal():
            raise UnsafeSettings("TRUSTED_PROXIES is a number: how many proxies stand in front of the site.")
        if not re.fullmatch(r"memory:\d{0,5}|(redis|rediss|unix):.*", self.CACHE_URL):
            raise UnsafeSettings("CACHE_URL must be memory:, memory:64 (megabytes) or redis://host:port/0.")
        if self.MAIL_IN and not re.match(
            r"(lmtp|imaps)://[^/]|imap://([^/@]*@)?(localhost|127\.0\.0\.1)([:/?]|$)", self.MAIL_IN
        ):
            raise UnsafeSettings(
                "MAIL_IN must be lmtp://, imaps:// or empty; imap:// only for a mailbox of this machine."
            )
        if self.is_local:
            return
        if self.SECRET_KEY == DEFAULT_SECRET or len(self.SECRET_KEY) < 32:
            raise UnsafeSettings("SITE_URL is not this machine: set SECRET_KEY to at least 32 random characters.")
        if self.DEMO:
            raise UnsafeSettings("SITE_URL is not this machine: demonstration accounts must not run there; unset DEMO.")
        if not self.is_https:
            raise UnsafeSettings("SITE_URL is not this machine: it must begin with https://.")
