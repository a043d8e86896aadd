"""Where phones speak to the server: each view reads who is signed in and the clock, and hands on."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from concerto.conductor.envelopes import check_signing_key, public_key
from concerto.groundwork import clock
from concerto.groundwork.letters import plain
from concerto.groundwork.refusals import Refused, refuse
from concerto.places import devices
from concerto.places.models import Account, Device
from concerto.register.access import device_state, last_day_of

from . import attaching, pulling, pushing, wire
from .gate import answered, person_of, refused, spoken
from .words import not_posted


@spoken(wire.Nothing)
def hello(request: HttpRequest, asked: wire.Nothing) -> wire.Hello:
    """Tell the time, the key, and who is signed in in this very session."""
    who = _who(request.user) if isinstance(request.user, Account) else None
    return wire.Hello(clock.stamp(clock.now()), _server_key(), who)


@spoken(wire.Enrol)
def enrol(request: HttpRequest, asked: wire.Enrol) -> wire.Enrolled:
    """Make this phone a device of who is signed in."""
    account = person_of(request)
    check_signing_key(asked.key)
    name = plain(asked.name)
    refuse(not name, "not_understood", what="name")
    device = devices.enrol(account, name=name, key=asked.key, at=clock.now())
    return wire.Enrolled(device.id, devices.ticket_of(device), _server_key(), _who(account))


@spoken(wire.Push)
def push(request: HttpRequest, asked: wire.Push) -> wire.Pushed:
    """Take in what a phone recorded."""
    account = request.user if isinstance(request.user, Account) else None
    return pushing.push(asked, account=account, at=clock.now())


@spoken(wire.Pull)
def pull(request: HttpRequest, asked: wire.Pull) -> wire.Pulled:
    """Tell a phone what changed."""
    return pulling.pull(asked, account=person_of(request), at=clock.now())


@spoken(wire.Lacking)
def lacking(request: HttpRequest, asked: wire.Lacking) -> wire.Lacked:
    """Tell a phone which wordings the log lacks."""
    return pulling.lacking(asked, account=person_of(request), at=clock.now())


@spoken(wire.Attach)
def attach(request: HttpRequest, asked: wire.Attach) -> wire.Attached:
    """Take in a piece of a file that a phone keeps for an entry of its person."""
    return attaching.attach(asked, account=person_of(request), at=clock.now())


@spoken(wire.Carry)
def carry(request: HttpRequest, asked: wire.Carry) -> wire.Carried:
    """Take in a file of envelopes for another device."""
    return wire.Carried(pushing.carry(asked, account=person_of(request), at=clock.now()))


@login_not_required
def device(request: HttpRequest, device: UUID) -> HttpResponse:
    """Tell a phone how it stands, without a session: its name is known to it alone."""
    found = Device.objects.filter(id=device, is_desk=False).first()
    owner = Account.objects.filter(id=found.account).first() if found else None
    if found is None or owner is None:
        answer = refused(request, Refused("unknown_device"))  # a restored server may learn of it by its ticket
        answer.status_code = 404
        return answer
    return answered(request, wire.DeviceStands(device_state(found, owner, clock.today())))


def _server_key() -> wire.ServerKey:
    key = public_key(settings.CONCERTO_HOME)
    return wire.ServerKey(key.id, key.raw)


def _who(account: Account) -> wire.Who:
    has_work = device_state(Device(account=account.id), account, clock.today()) == "in_use"
    posted = has_work and not (account.is_administrator or account.is_privacy_officer)
    why = "" if posted else not_posted(last_day_of(account, clock.today()))
    return wire.Who(account.id, account.called, account.log, account.language, posted, why)
