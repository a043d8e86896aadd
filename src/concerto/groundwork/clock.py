"""The only room that asks what time it is; faces and commands read it here and hand it down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day it is now in China, which is the day every rule speaks of."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the day in China that an instant falls on."""
    return instant.astimezone(SHANGHAI).date()


def stamp(instant: datetime) -> str:
    """Write an instant as the journal does: UTC, milliseconds, `Z`.

    >>> stamp(datetime(2026, 7, 1, 4, 30, tzinfo=UTC))
    '2026-07-01T04:30:00.000Z'
    """
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
