"""Coming in: the page of the one-time slip, and where somebody lands."""

from typing import Any
from uuid import UUID

from allauth.account.utils import perform_login
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from concerto.faces.desk.frame import Frame
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, words_of
from concerto.places import slips
from concerto.places.accounts import sign_in_name
from concerto.places.models import Account

# Django says these of passwords, in a tone for machines; named here, their Chinese stands in our own room.
SAID_OF_PASSWORDS = (
    gettext_noop("Your old password was entered incorrectly. Please enter it again."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
)


@open_to()
def home(request: SignedIn) -> HttpResponse:
    """Bring somebody to the first of their places: whoever is posted to Today."""
    frame = Frame(request)
    units = [place for place in frame.rail.by_role if place.name == "units"]
    return redirect([*frame.rail.daily, *units, *frame.rail.by_role, *frame.rail.own][0].url)


class SlipForm(forms.Form):
    """Name and secret of a slip, and the password it lets its person choose."""

    login = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    secret = forms.CharField(
        label=_("The slip"),
        max_length=60,
        help_text=_("Four groups of four, as printed. Small letters will do."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    account: Account
    slip: UUID

    def clean(self) -> dict[str, Any]:
        """Compare the passwords, find whose slip it is, then hold the password against the rules shown."""
        given = self.cleaned_data
        if {"password", "again"} <= given.keys() and given["password"] != given["again"]:
            self.add_error("again", _("The two are not the same."))
        if {"login", "secret"} <= given.keys():
            self.account, self.slip = slips.find(given["login"], given["secret"], at=clock.now())
            if not self.errors:
                self._check_password(given["password"])
        return given

    def _check_password(self, password: str) -> None:
        try:
            validate_password(password, self.account)
        except forms.ValidationError as wrong:
            self.add_error("password", wrong)


@login_not_required
@never_cache
@sensitive_post_parameters("secret", "password", "again")
def slip(request: HttpRequest) -> HttpResponse:
    """Let somebody with a slip choose a password, and sign them in; the second factor is asked as ever."""
    if request.user.is_authenticated:
        return redirect("desk:home")
    tried = {"username": sign_in_name(request.POST.get("login", ""))}
    if request.method == "POST" and not AxesProxyHandler.is_allowed(request, tried):
        return _rests(request)
    form = SlipForm(request.POST or None)
    try:
        if form.is_valid():
            slips.use(form.slip, form.account, form.cleaned_data["password"], at=clock.now())
            return _come_in(request, form.account)
    except Refused as wrong:
        form.add_error(None, words_of(wrong.code, wrong.facts))
        AxesProxyHandler.user_login_failed("slip", tried, request)
        if getattr(request, "axes_locked_out", False):
            return _rests(request)
    page = {"form": form, "rules": password_validators_help_texts()}
    return render(request, "desk/places/slip.html", page, status=422 if form.is_bound else 200)


def _rests(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def _come_in(request: HttpRequest, account: Account) -> HttpResponse:
    request.session["by_slip"] = True
    answer: HttpResponse = perform_login(request, account)
    return answer
