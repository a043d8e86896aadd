"""What a phone brings: entries in its person's session, or envelopes without any; a receipt for each."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from concerto.conductor.carrying import Envelope, take_sealed
from concerto.conductor.receive import Receipt as Given
from concerto.conductor.receive import receive
from concerto.groundwork import clock, database
from concerto.groundwork.refusals import Refused
from concerto.journal.models import Handed, Tray
from concerto.places import devices
from concerto.places.models import Account, Device
from concerto.register.access import device_state

from . import wire


def push(told: wire.Push, *, account: Account | None, at: datetime) -> wire.Pushed:
    """Take a batch in and answer each entry by itself. Sent twice, or twice at once, it is answered the same."""
    if told.entries and account is None:
        raise Refused("signed_out")
    # Sealed or for no named person, a phone speaks for itself: whoever is signed in beside it is not who it is of.
    speaks = account if told.account is not None and not told.envelopes else None
    device = known_device(told.device, told.ticket, at, speaks)
    if told.entries:
        own_session(account, device, told.account)
    answer = _bare_receipt if is_lost(device, clock.day_of(at)) else _open_receipt
    receipts = [
        *(answer(given.id, given) for given in _take_open(told.entries, account, device, at)),
        *_take_sealed(told.envelopes, device, at, brought_by=None),
    ]
    whose = device.account
    owner = account if account is not None and account.id == whose else Account.objects.get(id=whose)
    if told.hand:
        _hand(told.hand, owner, at)
    return wire.Pushed(receipts, device_state(device, owner, clock.day_of(at)), clock.stamp(at), _heads(owner))


def carry(told: wire.Carry, *, account: Account, at: datetime) -> list[wire.Receipt]:
    """Take in a file of envelopes that somebody signed in brings for another device, or for none that is enrolled:
    what is not signed lies in the tray until its author says yes."""
    device = devices.known(told.device, told.ticket, at) if told.device else None
    return _take_sealed(told.envelopes, device, at, brought_by=account)


def known_device(device: UUID, ticket: str, at: datetime, account: Account | None = None) -> Device:
    """Find a phone that is enrolled, or refuse: then it shows its ticket. One that has none is a browser that keeps
    nothing: it is no device of anybody, and only the session of `account` speaks."""
    found = devices.known(device, ticket, at)
    if found is not None:
        return found
    if ticket or account is None or Device.objects.filter(id=device).exists():
        raise Refused("unknown_device")
    return Device(id=device, account=account.id, enrolled_at=at)


def own_session(account: Account | None, device: Device, named: UUID | None) -> Account:
    """Give whose session it is, if it is that of the phone's own person."""
    if account is None:
        raise Refused("signed_out")
    if account.id != device.account or (named is not None and named != account.id):
        raise Refused("other_person")
    return account


def is_lost(device: Device, day: date) -> bool:
    """Tell whether a phone was reported lost: who holds it is not known, in whatever session it speaks."""
    return device.lost_on is not None and device.lost_on <= day


def _take_open(entries: Sequence[wire.Open], account: Account | None, device: Device, at: datetime) -> list[Given]:
    if not entries:
        return []
    items, answered = [entry.item for entry in entries], [entry.answered for entry in entries]
    return receive(items, brought_by=account, at=at, device=device, answered=answered)


def _take_sealed(
    envelopes: Sequence[Envelope], device: Device | None, at: datetime, *, brought_by: Account | None
) -> list[wire.Receipt]:
    """Open envelopes and bring each to the door; what is answered says nothing of what is in them."""
    taken = take_sealed(envelopes, device, brought_by=brought_by, at=at, home=settings.CONCERTO_HOME)
    return [_bare_receipt(one.id, one.receipt) for one in taken]


def _open_receipt(id: UUID | None, given: Given) -> wire.Receipt:
    """Answer in a session: with words, and with what they name."""
    bare = _bare_receipt(id, given)
    facts = {name: value if isinstance(value, int) else str(value) for name, value in given.facts.items()}
    return wire.Receipt(**{**{n: getattr(bare, n) for n in bare.__struct_fields__}, "facts": facts, "why": given.why})


def _bare_receipt(id: UUID | None, given: Given) -> wire.Receipt:
    """Answer an envelope, or a lost phone: id, outcome, code and numbers, no word of what it says."""
    epoch = int(given.head["epoch"]) if given.head else 0
    return wire.Receipt(
        id or UUID(int=0), given.outcome, given.code, seq=given.seq, epoch=epoch, received_at=given.received_at
    )


def _hand(ids: Sequence[UUID], owner: Account, at: datetime) -> None:
    """Note which of their entries an author gives to the township's desk."""
    if owner.log is None:
        return
    lying = Tray.objects.filter(log=owner.log, id__in=ids, author=owner.id).values_list("id", flat=True)
    given = [Handed(log=owner.log, id=entry, at=at) for entry in lying]
    Handed.objects.bulk_create(given, ignore_conflicts=True)


def _heads(owner: Account) -> dict[str, wire.At]:
    found = database.fetch("SELECT epoch, seq, digest FROM head WHERE log = %s", [owner.log]) if owner.log else []
    return {str(owner.log): wire.At(int(epoch), int(seq), str(digest)) for epoch, seq, digest in found}
