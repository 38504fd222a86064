"""The time: read here, at the border, and handed to operations as `at`."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIENTIANE = ZoneInfo("Asia/Vientiane")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def in_vientiane(at: datetime) -> datetime:
    """The same moment as clocks in Vientiane show it: what desk and studio print."""
    return at.astimezone(VIENTIANE)
