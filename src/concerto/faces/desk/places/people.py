"""People who sign in: the administrator adds them one by one, prints their slips, closes their sign-in."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.places.posted import described
from concerto.faces.desk.writing import refused_words
from concerto.groundwork import clock
from concerto.groundwork.letters import plain
from concerto.groundwork.refusals import Refused, refuse
from concerto.places import slips
from concerto.places.accounts import add_account, close_account, reopen_account
from concerto.places.acts import noted
from concerto.places.models import Account, Device, Log
from concerto.places.sight import Role
from concerto.register.models import Posting

A_PAGE = 100
TASKS = [
    ("staff", pgettext_lazy("task", "Works in a township")),
    ("administrator", pgettext_lazy("task", "Administrator: units, people, postings; sees no household")),
    ("privacy_officer", pgettext_lazy("task", "Privacy officer: requests and erasures; sees no household")),
]


@open_to(Role.ADMINISTRATOR)
def people(request: SignedIn) -> HttpResponse:
    """List everybody who signs in, by sign-in name, township by township if asked."""
    township, words, after = (plain(request.GET.get(name, "")) for name in ("township", "q", "after"))
    found = Account.objects.filter(name__gt=after).order_by("name")
    if township:
        found = found.filter(log=_uuid(township)) if township != "none" else found.filter(log=None)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(called__icontains=words))
    shown = list(found[: A_PAGE + 1])
    older = _next_page(request, shown[A_PAGE - 1].name) if len(shown) > A_PAGE else ""
    context = {
        "people": [(account, _tasks(account, posts)) for account, posts in _with_postings(shown[:A_PAGE])],
        "townships": Log.objects.order_by("name"),
        "township": township,
        "words": words,
        "older": older,
    }
    return page(request, "desk/places/people.html", **context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _next_page(request: SignedIn, after: str) -> str:
    query = request.GET.copy()
    query["after"] = after
    return f"?{query.urlencode()}"


def _with_postings(accounts: Iterable[Account]) -> Iterable[tuple[Account, list[Posting]]]:
    known = list(accounts)
    by: defaultdict[UUID, list[Posting]] = defaultdict(list)
    for posting in Posting.objects.on(clock.today()).filter(account__in=[account.id for account in known]):
        by[posting.account].append(posting)
    return [(account, by[account.id]) for account in known]


def _tasks(account: Account, postings: Iterable[Posting]) -> str:
    roles = dict.fromkeys(Role(posting.role) for posting in postings)
    if account.is_administrator:
        roles[Role.ADMINISTRATOR] = None
    if account.is_privacy_officer:
        roles[Role.PRIVACY_OFFICER] = None
    return pgettext("list", ", ").join(role.label for role in roles)


class PersonForm(forms.Form):
    """Somebody new: name, sign-in name, what for, and where."""

    called = forms.CharField(
        label=pgettext_lazy("person", "Name"), max_length=80, help_text=_("One string, as on the posting letter.")
    )
    name = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        help_text=_("Letters or figures; the telephone number serves well."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    task = forms.ChoiceField(label=_("What for"), choices=TASKS, widget=forms.RadioSelect, initial="staff")
    township = forms.ChoiceField(label=_("Township"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser says")), *settings.LANGUAGES]
    )
    use_required_attribute = False  # the township is asked of some only

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].required = self["task"].value() == "staff"
        self.fields["task"].long = True  # type: ignore[attr-defined]  # a word to the template
        townships = list(Log.objects.order_by("name"))
        choices = [(str(log.id), log.name) for log in townships]
        self.fields["township"].choices = choices if len(choices) == 1 else [("", _("Choose one")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Whoever works in a township belongs to one; the two tasks of the home belong to none."""
        given = super().clean()
        if given is not None and given.get("task") == "staff" and not given.get("township"):
            self.add_error("township", _("Choose the township this person works in."))
        return given

    def add(self, request: SignedIn) -> Account:
        """Add the person and note it."""
        given, now = self.cleaned_data, clock.now()
        with noted("account_added", by=request.user, at=now, task=given["task"]) as act:
            account = add_account(
                given["name"],
                given["called"],
                at=now,
                log=UUID(given["township"]) if given["task"] == "staff" else None,
                is_administrator=given["task"] == "administrator",
                is_privacy_officer=given["task"] == "privacy_officer",
                language=given["language"],
            )
            act.about = account.id
        return account


@open_to(Role.ADMINISTRATOR)
def person_new(request: SignedIn) -> HttpResponse:
    """Add somebody."""
    form = PersonForm(request.POST or None, initial={"township": request.GET.get("township", "")})
    if form.is_valid():
        try:
            account = form.add(request)
            return done(
                request, _("Added. Now print a slip, with which a password is chosen."), "desk:person", account.id
            )
        except Refused as wrong:
            form.add_error("name" if "name" in wrong.code else None, refused_words(wrong))
    return page(request, "desk/places/person_new.html", form, townships=Log.objects.exists())


class ShownForm(forms.Form):
    """How somebody is shown, and in which language the house speaks to them."""

    called = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser says")), *settings.LANGUAGES]
    )


@open_to(Role.ADMINISTRATOR)
def person(request: SignedIn, person_id: UUID) -> HttpResponse:
    """Show one person: what they are posted to, their slips and devices; and change how they are shown."""
    account = get_object_or_404(Account, id=person_id)
    form = ShownForm(request.POST or None, initial={"called": account.called, "language": account.language})
    if form.is_valid():
        with noted("account_changed", by=request.user, at=clock.now(), about=account.id):
            Account.objects.filter(id=account.id).update(**form.cleaned_data)
        return done(request, _("Changed."), "desk:person", account.id)
    now = clock.now()
    context = {
        "person": account,
        "township": Log.objects.filter(id=account.log).first() if account.log else None,
        "postings": described(Posting.objects.filter(account=account.id), clock.day_of(now)),
        "slips": slips.recent(account, now),
        "now": now,
        "today": clock.day_of(now),
        "devices": Device.objects.filter(account=account.id, is_desk=False).order_by("name"),
        "is_oneself": account.id == request.user.id,
    }
    return page(request, "desk/places/person.html", form, **context)


@open_to(Role.ADMINISTRATOR)
@require_POST
def person_slip(request: SignedIn, person_id: UUID) -> HttpResponse:
    """Make a slip and show it, this once."""
    account = get_object_or_404(Account, id=person_id)
    try:
        refuse(account.id == request.user.id, "not_yourself")
        printed = slips.issue(account, by=request.user, at=clock.now())
    except Refused as wrong:
        return done_not(request, wrong, account)
    return page(request, "desk/places/slip_printed.html", slip=printed, address=request.build_absolute_uri("/slip/"))


def done_not(request: SignedIn, wrong: Refused, account: Account) -> HttpResponse:
    """Say why an act on a person was not done, on their page."""
    return done(request, refused_words(wrong), "desk:person", account.id, error=True)


@open_to(Role.ADMINISTRATOR)
@require_POST
def person_close(request: SignedIn, person_id: UUID) -> HttpResponse:
    """Close somebody's sign-in from this moment."""
    account = get_object_or_404(Account, id=person_id)
    try:
        refuse(account.id == request.user.id, "not_yourself")
    except Refused as wrong:
        return done_not(request, wrong, account)
    with noted("account_closed", by=request.user, at=clock.now(), about=account.id):
        close_account(account, at=clock.now())
    return done(request, _("Closed. What was recorded stays."), "desk:person", account.id)


@open_to(Role.ADMINISTRATOR)
@require_POST
def person_reopen(request: SignedIn, person_id: UUID) -> HttpResponse:
    """Open a closed sign-in again; a new slip is needed."""
    account = get_object_or_404(Account, id=person_id)
    with noted("account_reopened", by=request.user, at=clock.now(), about=account.id):
        reopen_account(account)
    return done(request, _("Open again. Print a slip, with which a password is chosen."), "desk:person", account.id)
