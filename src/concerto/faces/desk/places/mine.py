"""My page: password, language, size of letters, devices, second factor, and what is held about me."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.places.held import held_about
from concerto.faces.desk.places.posted import described
from concerto.groundwork import clock
from concerto.groundwork.speaking import language_cookie
from concerto.places import slips
from concerto.places.devices import report_lost, revoke
from concerto.places.models import Account, Device, Log
from concerto.places.sight import Part, Role
from concerto.register.models import Posting

SIZES = [
    ("m", pgettext_lazy("size", "Usual")),
    ("l", pgettext_lazy("size", "Large")),
    ("xl", pgettext_lazy("size", "Largest")),
]


class MyForm(forms.Form):
    """How the house speaks to me, and how large."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As the browser says")), *settings.LANGUAGES],
        widget=forms.RadioSelect,
    )
    text_size = forms.ChoiceField(label=_("Size of letters"), choices=SIZES, widget=forms.RadioSelect)


@open_to()
def my_page(request: SignedIn) -> HttpResponse:
    """Show what is mine to set, and set language and size."""
    me = request.user
    form = MyForm(request.POST or None, initial={"language": me.language, "text_size": me.text_size})
    if form.is_valid():
        return _set(request, form.cleaned_data)
    now = clock.now()
    context = {
        "township": Log.objects.filter(id=me.log).first() if me.log else None,
        "postings": described(Posting.objects.filter(account=me.id), clock.day_of(now)),
        "slips": [(slip, _maker(slip.made_by)) for slip in slips.recent(me, now)],
        "now": now,
        "devices": Device.objects.filter(account=me.id, is_desk=False, revoked_on=None).order_by("name"),
        "second": Authenticator.objects.filter(user=me, type=Authenticator.Type.TOTP).exists(),
    }
    return page(request, "desk/places/my_page.html", form, **context)


def _maker(account: UUID | None) -> str:
    found = Account.objects.filter(id=account).first() if account else None
    return found.called if found else gettext("the command line of this home")


def _set(request: SignedIn, given: dict[str, Any]) -> HttpResponse:
    Account.objects.filter(id=request.user.id).update(**given)
    with translation.override(given["language"] or translation.get_language()):
        answer = done(request, gettext("Changed."), "desk:my-page")
    if given["language"]:
        answer.set_cookie(**language_cookie(given["language"]))
    else:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return answer


@open_to()
def my_device(request: SignedIn, device_id: UUID) -> HttpResponse:
    """Name one of my devices."""
    device = get_object_or_404(Device, id=device_id, account=request.user.id, is_desk=False, revoked_on=None)
    form = NamingForm(request.POST or None, initial={"name": device.name})
    if form.is_valid():
        Device.objects.filter(id=device.id).update(name=form.cleaned_data["name"])
        return done(request, _("Changed."), "desk:my-page")
    return page(request, "desk/places/my_device.html", form, device=device)


class NamingForm(forms.Form):
    """What a device is called."""

    name = forms.CharField(label=_("Name of the device"), max_length=60)


@open_to()
@require_POST
def my_device_lost(request: SignedIn, device_id: UUID) -> HttpResponse:
    """Report one of my devices lost."""
    device = get_object_or_404(Device, id=device_id, account=request.user.id, is_desk=False, revoked_on=None)
    report_lost(device, clock.today())
    return done(request, _("Reported. Your administrator takes it out of use."), "desk:my-page")


@open_to()
def my_device_end(request: SignedIn, device_id: UUID) -> HttpResponse:
    """Ask once more, then take one of my own devices out of use from today on."""
    device = get_object_or_404(Device, id=device_id, account=request.user.id, is_desk=False, revoked_on=None)
    if request.method == "POST":
        revoke(device, clock.today())
        return done(
            request, _("Out of use. What is still on it waits for your yes under To be settled."), "desk:my-page"
        )
    return page(request, "desk/places/my_device_end.html", device=device)


@open_to()
def my_held(request: SignedIn) -> HttpResponse:
    """Show what this system holds about me."""
    held = held_about(request.user, clock.now())
    roles = {role.value: role.label for role in Role} | {part.value: part.label for part in Part}
    for posting in held["postings"]:
        posting["role"] = roles[posting["role"]]
        posting["parts"] = pgettext("list", ", ").join(roles[part] for part in posting["parts"])
    return page(request, "desk/places/my_held.html", held=held)


@open_to()
def my_held_file(request: SignedIn) -> HttpResponse:
    """Give the same as a file."""
    answer = JsonResponse(held_about(request.user, clock.now()), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="held-about-me.json"'
    return answer
