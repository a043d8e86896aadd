"""Devices of others: an administrator takes a lost one out of use, from a day on."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.places.unit_forms import ClosingForm
from concerto.groundwork import clock
from concerto.places.acts import noted
from concerto.places.devices import revoke
from concerto.places.models import Account, Device
from concerto.places.sight import Role

A_PAGE = 100


@open_to(Role.ADMINISTRATOR)
def devices(request: SignedIn) -> HttpResponse:
    """List phones, those reported lost first; the desk in the browser is no device to lose."""
    found = Device.objects.filter(is_desk=False, revoked_on=None).order_by("-lost_on", "name", "id")
    listed = list(found.filter(lost_on__isnull=False)[:A_PAGE]) + list(found.filter(lost_on=None)[:A_PAGE])
    called: dict[UUID, Any] = Account.objects.in_bulk([device.account for device in listed])
    return page(request, "desk/places/devices.html", devices=[(d, called.get(d.account)) for d in listed])


@open_to(Role.ADMINISTRATOR)
def device_revoke(request: SignedIn, device_id: UUID) -> HttpResponse:
    """Ask from which day a device is out of use, and take it out."""
    device = get_object_or_404(Device, id=device_id, is_desk=False)
    form = RevokingForm(request.POST or None, initial={"on": device.lost_on or clock.today()})
    if form.is_valid():
        with noted("device_revoked", by=request.user, at=clock.now(), about=device.id):
            revoke(device, form.cleaned_data["on"])
        return done(request, _("Out of use. What it sends from that day on is looked at first."), "desk:devices")
    person = Account.objects.get(id=device.account)
    return page(request, "desk/places/device_revoke.html", form, device=device, person=person)


class RevokingForm(ClosingForm):
    """The first day a device counts no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("From")
