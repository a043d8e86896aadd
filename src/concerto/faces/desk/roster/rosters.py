"""Rosters come in: sent, looked at before anything is written, taken in step by step, and what came of it."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from concerto.conductor.roster import township, uploads, waiting
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to, township_of
from concerto.faces.desk.roster.answers import keep_answers, questions_of
from concerto.faces.desk.roster.shown import shown
from concerto.faces.desk.roster.taking import take_a_step
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, words_of
from concerto.papers.rosters import Looked, look, read_for
from concerto.places.models import RosterImport
from concerto.places.sight import Role

ORGANIZER = Role.TOWNSHIP_ORGANIZER
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 20 * 1024 * 1024
MOST_SHOWN = 12


class RosterForm(forms.Form):
    """One workbook."""

    book = forms.FileField(
        label=_("Workbook"),
        help_text=_("Excel (.xlsx or .xls), 20 MB at most. One sheet per village, or one sheet with a village column."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={"required": _("Choose the workbook."), "empty": _("The file is empty. Choose another one.")},
    )


@open_to(ORGANIZER)
def roster(request: SignedIn) -> HttpResponse:
    """Ask for a workbook; list those that were sent before."""
    log = township_of(request)
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if form.is_valid() and (batch := _send(request, form, log)):
        return redirect("desk:roster-look", batch)
    sent = RosterImport.objects.filter(log=log).order_by("-sent_at")[:MOST_SHOWN]
    here = [(one, _state(one)) for one in sent]
    context = {"sent": here, "waiting": waiting.count(log)}
    return page(request, "desk/roster/send.html", form, **context)


def _state(one: RosterImport) -> str:
    """Say how far an import has come."""
    if one.done_at is not None:
        return "done"
    if not uploads.is_here(settings.CONCERTO_HOME, one.id, clock.now()):
        return "stopped" if one.begun_at else "gone"
    return "begun" if one.begun_at else "sent"


def _send(request: SignedIn, form: RosterForm, log: UUID) -> UUID | None:
    """Keep the workbook where it can be read; what is none is refused at once, and kept nowhere."""
    book = form.cleaned_data["book"]
    try:
        if book.size > MOST_BYTES:
            raise Refused("workbook_too_big", most="20 MB")
        data = book.read()
        read_for(data, township.of_log(log, request.sight.day))
    except Refused as wrong:
        form.add_error("book", words_of(wrong.code, wrong.facts))
        return None
    batch, now = uuid4(), clock.now()
    uploads.keep(settings.CONCERTO_HOME, batch, data, book.name)
    RosterImport(log=log, id=batch, by=request.user.id, sent_at=now).save(force_insert=True)
    return batch


@open_to(ORGANIZER)
def roster_look(request: SignedIn, batch: UUID) -> HttpResponse:
    """Show what a workbook says and what would come of it; take answers to what nobody knew."""
    sent = _sent(request, batch)
    if sent.done_at is not None:
        return redirect("desk:roster-done", batch)
    if sent.begun_at is not None and uploads.is_here(settings.CONCERTO_HOME, batch, clock.now()):
        return _going(request, sent)
    looked = _looked(request, sent)
    if looked is None:
        return render(request, "desk/roster/gone.html", {"sent": sent})
    if request.method == "POST":
        keep_answers(request.POST, looked, sent)
        return redirect("desk:roster-look", batch)
    context: dict[str, Any] = {"sent": sent, "name": uploads.name(settings.CONCERTO_HOME, batch), **shown(looked)}
    return render(request, "desk/roster/look.html", {**context, "questions": questions_of(looked, sent)})


def _going(request: SignedIn, sent: RosterImport) -> HttpResponse:
    """Show how far it has come; the page sends itself on where it can."""
    todo, left = sent.given["todo"], sent.given["left"]
    context = {"sent": sent, "name": uploads.name(settings.CONCERTO_HOME, sent.id), "todo": todo, "left": left}
    return render(request, "desk/roster/going.html", {**context, "came": todo - left})


def _sent(request: SignedIn, batch: UUID) -> RosterImport:
    found = RosterImport.objects.filter(log=township_of(request), id=batch).first()
    if found is None:
        raise Http404
    return found


def _looked(request: SignedIn, sent: RosterImport) -> Looked | None:
    data = uploads.read(settings.CONCERTO_HOME, sent.id, clock.now())
    if data is None:
        return None
    town = township.of_log(sent.log, request.sight.day)
    units = sent.given.get("villages", {})
    return look(data, town, home=settings.CONCERTO_HOME, day=request.sight.day, units=units)


@require_POST
@open_to(ORGANIZER)
def roster_take(request: SignedIn, batch: UUID) -> HttpResponse:
    """Take a roster in, as far as one step goes; sent again, it goes on where it stopped."""
    sent = _sent(request, batch)
    if sent.done_at is not None:
        return redirect("desk:roster-done", batch)
    data = uploads.read(settings.CONCERTO_HOME, batch, clock.now())
    if data is None:
        return redirect("desk:roster-look", batch)
    try:
        is_done = take_a_step(sent, data, by=request.user, day=request.sight.day)
    except Refused as wrong:
        return done(request, words_of(wrong.code, wrong.facts), "desk:roster-look", batch, error=True)
    return redirect("desk:roster-done" if is_done else "desk:roster-look", batch)


@open_to(ORGANIZER)
def roster_done(request: SignedIn, batch: UUID) -> HttpResponse:
    """Say what came of an import."""
    sent = _sent(request, batch)
    if sent.done_at is None:
        return redirect("desk:roster-look", batch)
    columns = (
        "households",
        "people",
        "members",
        "probationary",
        "helped",
        "added",
        "known",
        "changed",
        "flagged",
        "refused",
    )
    total = {name: sum(table.get(name, 0) for table in sent.tables) for name in columns}
    context = {"sent": sent, "tables": sent.tables, "total": total, "waiting": waiting.count(sent.log)}
    return render(request, "desk/roster/done.html", context)


@open_to(ORGANIZER)
def roster_file(request: SignedIn, batch: UUID) -> HttpResponse:
    """Give the person's own workbook back, with the cells marked; it is made for this answer and kept nowhere."""
    sent = _sent(request, batch)
    looked = _looked(request, sent)
    if looked is None:
        raise Http404
    answer = HttpResponse(looked.annotated(), content_type=XLSX)
    called = uploads.name(settings.CONCERTO_HOME, batch).rsplit(".", 1)[0]
    marked = " ".join([called, pgettext("roster file", "marked")]) + ".xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=marked) or ""
    return answer


@require_POST
@open_to(ORGANIZER)
def roster_drop(request: SignedIn, batch: UUID) -> HttpResponse:
    """Leave a workbook: it is deleted, and nothing was written."""
    sent = _sent(request, batch)
    if sent.begun_at is None:
        uploads.drop(settings.CONCERTO_HOME, batch)
        RosterImport.objects.filter(log=sent.log, id=batch).delete()
        return done(request, _("The workbook is deleted. Nothing was taken in."), "desk:roster")
    return redirect("desk:roster-look", batch)
