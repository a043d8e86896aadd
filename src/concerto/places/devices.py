"""The devices somebody records with: the desk in the browser, and phones; named, lost, revoked by a day."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from .models import Account, Device


def desk_of(account: Account) -> UUID:
    """Give the key of an account's desk: all its browsers are one device, the same for ever."""
    return uuid5(account.id, "desk")


def next_number(account: Account, at: datetime) -> int:
    """Take the next running number of an account's desk; no two pages ever get the same."""
    desk = Device(id=desk_of(account), account=account.id, is_desk=True, enrolled_at=at)
    with transaction.atomic():
        mine = Device.objects.filter(id=desk.id)
        if not mine.update(last_number=F("last_number") + 1):
            Device.objects.bulk_create([desk], ignore_conflicts=True)
            mine.update(last_number=F("last_number") + 1)
        return mine.values_list("last_number", flat=True).get()


def report_lost(device: Device, day: date) -> None:
    """Note that a device is lost; what it signs from then on is looked at by a person."""
    Device.objects.filter(id=device.id, lost_on__isnull=True).update(lost_on=day)


def revoke(device: Device, day: date) -> None:
    """Take a device out of use from a day on."""
    Device.objects.filter(id=device.id).update(revoked_on=day)
