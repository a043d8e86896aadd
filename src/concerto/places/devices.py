"""The devices somebody records with: the desk in the browser, and phones; named, lost, revoked by a day."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from django.core import signing
from django.db import DEFAULT_DB_ALIAS, transaction

from concerto.groundwork import database

from .models import Account, Device


def desk_of(account: Account) -> UUID:
    """Give the key of an account's desk: all its browsers are one device, the same for ever."""
    return uuid5(account.id, "desk")


def next_number(account: Account, at: datetime) -> int:
    """Take the next running number of an account's desk; no two pages ever get the same."""
    desk = desk_of(account)
    with transaction.atomic():
        if not database.run(_COUNT, [desk]):
            first = Device(id=desk, account=account.id, is_desk=True, enrolled_at=at)
            Device.objects.bulk_create([first], ignore_conflicts=True)
            database.run(_COUNT, [desk])
        [(number,)] = database.fetch("SELECT last_number FROM device WHERE id = %s", [desk])
    return int(number)


_COUNT = "UPDATE device SET last_number = last_number + 1 WHERE id = %s"


def count_on(account: Account, number: int, at: datetime) -> None:
    """Let an account's desk count on from a number that it is known to have used, if it stands before it."""
    desk = Device(id=desk_of(account), account=account.id, is_desk=True, enrolled_at=at)
    Device.objects.bulk_create([desk], ignore_conflicts=True)
    Device.objects.filter(id=desk.id, last_number__lt=number).update(last_number=number)


def report_lost(device: Device, day: date) -> None:
    """Note that a device is lost; what it signs from then on is looked at by a person."""
    Device.objects.filter(id=device.id, lost_on__isnull=True).update(lost_on=day)


def revoke(device: Device, day: date) -> None:
    """Take a device out of use from a day on."""
    Device.objects.filter(id=device.id).update(revoked_on=day)


# ---------------------------------------------------------------- phones


_TICKET = "a device's ticket"


def enrol(account: Account, *, name: str, key: str, at: datetime) -> Device:
    """Make a phone a device of an account; `key` is the public half of what it signs with."""
    return Device.objects.create(account=account.id, name=name, signing_key=key, enrolled_at=at)


def ticket_of(device: Device) -> str:
    """Write the ticket that a phone keeps: with it a server knows the phone again that was restored without it."""
    told = {"device": str(device.id), "account": str(device.account), "key": device.signing_key, "name": device.name}
    return signing.dumps(told, salt=_TICKET, compress=True)


def known(device: UUID, ticket: str, at: datetime) -> Device | None:
    """Find a phone, by its name or else by its ticket: then it is entered anew, enrolled when that was written."""
    found = _phone(device)
    if found is not None:
        return found
    try:
        told = signing.loads(ticket, salt=_TICKET)
    except signing.BadSignature:
        return None
    account = UUID(told["account"])
    if UUID(told["device"]) != device or not Account.objects.filter(id=account).exists():
        return None
    since = min(at, _written_at(ticket))
    again = Device(id=device, account=account, name=told["name"], signing_key=told["key"], enrolled_at=since)
    Device.objects.bulk_create([again], ignore_conflicts=True)
    return Device.objects.filter(id=device).first()


_OF_PHONE = ("id", "account", "name", "is_desk", "signing_key", "last_number", "enrolled_at", "lost_on", "revoked_on")
_PHONE = f"SELECT {', '.join(_OF_PHONE)} FROM device WHERE id = %s AND NOT is_desk"  # noqa: S608  (names are ours)


def _phone(device: UUID) -> Device | None:
    """Read a phone in one plain statement: whatever phones ask begins with it."""
    for row in database.fetch(_PHONE, [device]):
        told = dict(zip(_OF_PHONE, row, strict=True))
        told |= {"id": device, "account": database.to_uuid(told["account"])}
        told |= {"enrolled_at": database.to_instant(told["enrolled_at"])}
        return Device.from_db(DEFAULT_DB_ALIAS, _OF_PHONE, list(told.values()))
    return None


def _written_at(ticket: str) -> datetime:
    """Read from a ticket, whose signature was seen to be good, when it was written."""
    return datetime.fromtimestamp(signing.b62_decode(ticket.split(":")[-2]), UTC)
