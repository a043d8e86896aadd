"""Codes that are tried at the resident's door: wrong ones slow down, and then the door rests.

What is written so that it is no code at all costs its writer next to nothing: it is no guess. A wrong code counts for
its address and for everybody; codes are looked up one after the other, so that trying many at once gains nothing. A
right one costs nothing. Of an address only a keyed hash is kept that changes every day.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import TypeVar

from django.conf import settings
from django.db.models import F

from concerto.groundwork import clock, database, keyed

from .models import Knock

T = TypeVar("T")

WRONG_A_DAY = 10  # from one address
FREE, SLOWER = 3, timedelta(minutes=10)  # after so many wrong ones that day each further one lets the address wait
MISTYPED_A_DAY = 60  # from one address
WRONG_OF_ALL_A_DAY = 9_000  # from everybody: whoever commands a thousand addresses is stopped here as well
EVERYBODY = ""


class DoorRests(Exception):
    """Too many codes were tried: nothing is looked up for now, whatever is asked for."""


def try_code(code: str | None, *, address: str, at: datetime, find: Callable[[str], T | None]) -> T | None:
    """Look a code up, unless the door rests for this address or for everybody.

    `code` is None when what was typed is no code. An empty address is one that nobody can tell from others: then only
    what counts for everybody does.
    """
    day = clock.day_of(at)
    who = keyed.address_hash(network_of(address), day.isoformat(), settings.CONCERTO_HOME) if address else EVERYBODY
    with database.writing(settings.CONCERTO_HOME, durable=False):
        everybody, own = _row(day, EVERYBODY), _row(day, who)
        if _rests(everybody, own, at):
            raise DoorRests
        if code is None:
            _count(own, "mistyped")
            return None
        found = find(code)
        if found is None:
            _count(everybody, "wrong")
            if own.who:
                _count(own, "wrong")
                _slow_down(own, at)
    return found


def network_of(address: str) -> str:
    """Give what one owner is given at once: one address of the older sort, a /64 of the newer.

    >>> network_of("10.1.2.3"), network_of("2001:db8:1:2:3:4:5:6")
    ('10.1.2.3', '2001:0db8:0001:0002')
    """
    try:
        read = ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped) if read.ipv4_mapped else ":".join(read.exploded.split(":")[:4])
    return str(read)


def _row(day: date, who: str) -> Knock:
    """Read a row and hold it until the end of the transaction."""
    row = Knock.objects.select_for_update().filter(day=day, who=who).first()
    if row is not None:
        return row
    Knock.objects.bulk_create([Knock(day=day, who=who)], ignore_conflicts=True)
    if not who:  # the first of a day
        Knock.objects.filter(day__range=(date.min, day - timedelta(days=1))).delete()
    return Knock.objects.select_for_update().get(day=day, who=who)


def _rests(everybody: Knock, own: Knock, at: datetime) -> bool:
    if everybody.wrong >= WRONG_OF_ALL_A_DAY:
        return True
    if not own.who:
        return False
    waits = own.rests_until is not None and at < own.rests_until
    return waits or own.wrong >= WRONG_A_DAY or own.mistyped >= MISTYPED_A_DAY


def _count(row: Knock, name: str) -> None:
    Knock.objects.filter(day=row.day, who=row.who).update(**{name: F(name) + 1})


def _slow_down(own: Knock, at: datetime) -> None:
    if own.wrong + 1 >= FREE:
        Knock.objects.filter(day=own.day, who=own.who).update(rests_until=at + SLOWER)
