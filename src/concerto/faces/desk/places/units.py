"""Townships and their units: opened from the divisions, branches made, names changed from a day, closed with a day."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.conductor.opening import county_desk_key, open_log, open_township
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.phones.alarms import unseen_alarms
from concerto.faces.desk.places.lists import in_words, take_sent
from concerto.faces.desk.places.posted import described
from concerto.faces.desk.places.unit_forms import BranchForm, ClosingForm, CodeForm, GroupForm, RenameForm, UnitForm
from concerto.faces.desk.writing import refused_words
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, words_of
from concerto.places import divisions
from concerto.places.acts import noted
from concerto.places.models import DivisionLevel, Log, PartyGroup, Unit, UnitKind, UnitName
from concerto.places.sight import Role
from concerto.places.units import (
    add_group,
    add_unit,
    close_unit,
    end_group,
    in_code_order,
    rename_unit,
    set_branch,
)
from concerto.register.models import Posting


@open_to(Role.ADMINISTRATOR)
def units(request: SignedIn) -> HttpResponse:
    """List the townships of this home; where there is one, its units at once."""
    logs = list(Log.objects.order_by("name", "id"))
    if len(logs) == 1:
        return redirect("desk:unit-list", logs[0].id)
    codes = dict(Unit.objects.filter(id__in=[log.id for log in logs]).values_list("id", "code"))
    townships = sorted(((codes.get(log.id, ""), log) for log in logs), key=lambda pair: (pair[0], str(pair[1].id)))
    return page(request, "desk/places/townships.html", townships=townships, alarms=unseen_alarms())


@open_to(Role.ADMINISTRATOR)
def unit_list(request: SignedIn, log: UUID) -> HttpResponse:
    """List the units of one township, in the order of their codes, closed ones last."""
    township, day = get_object_or_404(Log, id=log), clock.today()
    everything = in_code_order(Unit.objects.of_log(log))
    villages = {unit.id: unit.name for unit in everything}
    listed = [(unit, villages.get(unit.village, "") if unit.village else "") for unit in everything]
    context = {
        "township": township,
        "units": [(u, village) for u, village in listed if u.until is None or u.until >= day],
        "closed": [(u, village) for u, village in listed if u.until is not None and u.until < day],
        "several": Log.objects.count() > 1,
        "alarms": unseen_alarms(),
    }
    return page(request, "desk/places/units.html", **context)


@open_to(Role.ADMINISTRATOR)
def unit_open(request: SignedIn) -> HttpResponse:
    """Search the divisions, and open a township (or a county's desk) from what is found."""
    day = clock.today()
    if "lists" in request.FILES:
        return _took_lists(request)
    if request.method == "POST" and "division" in request.POST:
        return _opened(request, request.POST.get("division", ""), day)
    words = request.GET.get("q", "").strip()[:60]
    found = divisions.search(words, day, level=DivisionLevel.TOWNSHIP)
    found += divisions.search(words, day, level=DivisionLevel.COUNTY)
    found = found or divisions.search(words, day)
    here = set(Log.objects.values_list("id", flat=True))
    listed = [(one, _can_open(one), one.id in here or county_desk_key(one.code) in here) for one in found]
    context = {
        "words": words,
        "found": listed[: divisions.MOST_FOUND],
        "more": len(found) > divisions.MOST_FOUND,
        "known": divisions.are_known(),
    }
    return page(request, "desk/places/unit_open.html", **context)


def _took_lists(request: SignedIn) -> HttpResponse:
    try:
        return done(request, in_words(take_sent(request.FILES.getlist("lists"), request.user)), "desk:unit-open")
    except Refused as wrong:
        return done(request, words_of(wrong.code, wrong.facts), "desk:unit-open", error=True)


def _can_open(one: divisions.Found) -> bool:
    return one.level in (DivisionLevel.TOWNSHIP, DivisionLevel.COUNTY)


def _opened(request: SignedIn, division: str, day: date) -> HttpResponse:
    try:
        found = divisions.by_id(UUID(division), day)
    except ValueError:
        found = None
    if found is None or not _can_open(found):
        raise Http404
    with noted("township_opened", by=request.user, at=clock.now(), name=found.name, code=found.code) as act:
        if found.level is DivisionLevel.TOWNSHIP:
            act.about = open_township(found.code, day).log
        else:
            name = _("Desk of {county}").format(county=found.name)
            desk = county_desk_key(found.code)
            act.about = open_log(desk, found.code, str(name), on=day, kind=UnitKind.COUNTY_DESK).log
    return done(request, _("Open. Its villages are there; branches come next."), "desk:unit-list", act.about)


@open_to(Role.ADMINISTRATOR)
def unit_division(request: SignedIn, division: UUID) -> HttpResponse:
    """Show a division: its names and codes with their days; and give it another code."""
    day = clock.today()
    found = divisions.by_id(division, day)
    if found is None:
        raise Http404
    form = CodeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with noted("code_added", by=request.user, at=clock.now(), about=division, code=given["code"]):
                divisions.add_code(division, given["code"], source=given["source"], since=given["since"])
            return done(request, _("The place is found by this code too."), "desk:unit-division", division)
        except Refused as wrong:
            form.add_error("code", refused_words(wrong))
    context = {
        "division": found,
        "names": divisions.names_of(division),
        "codes": divisions.codes_of(division),
        "under": divisions.under(division, day),
    }
    return page(request, "desk/places/division.html", form, **context)


@open_to(Role.ADMINISTRATOR)
def unit_new(request: SignedIn, log: UUID) -> HttpResponse:
    """Make a branch or a village."""
    township = get_object_or_404(Log, id=log)
    form = UnitForm(request.POST or None, log=log)
    if form.is_valid():
        given = form.cleaned_data
        is_branch = given["kind"] == UnitKind.BRANCH
        try:
            with noted("unit_added", by=request.user, at=clock.now(), name=given["name"]) as act:
                unit = add_unit(
                    log,
                    UnitKind(given["kind"]),
                    given["name"],
                    code="" if is_branch else given["code"],
                    village=UUID(given["village"]) if is_branch and given["village"] else None,
                    has_committee=is_branch and given["has_committee"],
                    since=given["since"],
                )
                act.about = unit.id
            return done(request, _("Added."), "desk:unit", log, unit.id)
        except Refused as wrong:
            form.add_error("name", refused_words(wrong))
    return page(request, "desk/places/unit_new.html", form, township=township)


FORMS = ("rename", "close", "branch", "group")


@open_to(Role.ADMINISTRATOR)
def unit(request: SignedIn, log: UUID, unit_id: UUID) -> HttpResponse:
    """Show a unit, and take one change of it: the button pressed says which."""
    one = get_object_or_404(Unit, log=log, id=unit_id)
    day = clock.today()
    asked = request.POST.get("change", "")
    given = {name: request.POST if name == asked else None for name in FORMS}
    shown = {
        "rename": RenameForm(given["rename"], prefix="rename", initial={"on": day}),
        "close": ClosingForm(given["close"], prefix="close", initial={"on": day}),
        "branch": BranchForm(
            given["branch"],
            prefix="branch",
            log=log,
            initial={"village": str(one.village or ""), "has_committee": one.has_committee},
        ),
        "group": GroupForm(given["group"], prefix="group", initial={"since": day}),
    }
    form = shown.get(asked)
    if form is not None and form.is_valid():
        try:
            return _changed(request, one, asked, form.cleaned_data)
        except Refused as wrong:
            form.add_error(None, refused_words(wrong))
    context = {
        "unit": one,
        "forms": shown,
        "sent": form,
        "township": Log.objects.get(id=log),
        "names": UnitName.objects.filter(log=log, unit=unit_id).order_by("-until"),
        "groups": PartyGroup.objects.filter(log=log, branch=unit_id).order_by("until", "name"),
        "village": Unit.objects.filter(log=log, id=one.village).first() if one.village else None,
        "branches": Unit.objects.filter(log=log, village=unit_id).order_by("name"),
        "postings": described(Posting.objects.filter(log=log, unit=unit_id), day),
        "is_branch": one.kind == UnitKind.BRANCH,
        "is_township": one.kind in (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK),
        "division": divisions.by_id(unit_id, day),
        "today": day,
    }
    return page(request, "desk/places/unit.html", form, **context)


def _changed(request: SignedIn, one: Unit, asked: str, given: dict[str, Any]) -> HttpResponse:
    """Do what one of a unit's forms asks, and note it."""
    now = clock.now()
    acts = {"rename": "unit_renamed", "close": "unit_closed", "branch": "branch_changed", "group": "group_added"}
    with noted(acts[asked], by=request.user, at=now, about=one.id, name=one.name):
        if asked == "rename":
            rename_unit(one, given["name"], on=given["on"], today=clock.day_of(now))
        elif asked == "close":
            close_unit(one, on=given["on"])
        elif asked == "branch":
            village = UUID(given["village"]) if given["village"] else None
            set_branch(one, village=village, has_committee=given["has_committee"])
        else:
            add_group(one, given["name"], since=given["since"])
    return done(request, _("Changed."), "desk:unit", one.log, one.id)


@open_to(Role.ADMINISTRATOR)
@require_POST
def unit_group_end(request: SignedIn, log: UUID, group_id: UUID) -> HttpResponse:
    """Let a group end today."""
    group = get_object_or_404(PartyGroup, log=log, id=group_id)
    with noted("group_ended", by=request.user, at=clock.now(), about=group.branch, name=group.name):
        end_group(group, on=clock.today())
    return done(request, _("Ended. It is kept with its days."), "desk:unit", log, group.branch)
