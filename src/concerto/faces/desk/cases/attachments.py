"""Papers of a case as photos or PDF: attached whenever somebody has them, opened by whoever reads the case.

Whoever attached one opens it; anybody else says why in one line, and that is noted for the parties, as of sealed notes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.conductor import attachments as store
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.cases.bringing import bring
from concerto.faces.desk.cases.dossier import Dossier, dossier_or_404, page_left
from concerto.faces.desk.cases.reasons import why_of
from concerto.faces.desk.cases.sealed import OPENED
from concerto.faces.desk.cases.walked import undo_address
from concerto.faces.desk.cases.words import choices
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.forms import radios
from concerto.faces.desk.register.changing import DayField, entry_of
from concerto.faces.desk.today.words import day_words
from concerto.faces.desk.writing import DraftForm, with_code
from concerto.groundwork import clock
from concerto.groundwork.filetypes import MEDIA, MOST_BYTES
from concerto.groundwork.refusals import Refused, refuse, words_of
from concerto.journal.kinds.case_attachments import MOST_FILES, CaseAttachment1, Described, described
from concerto.journal.kinds.words import Words, word
from concerto.journal.said import Audience, SealedPart, Told
from concerto.papers.naming import accounts_named
from concerto.places.models import Opening

SHOWS: Words = {
    "agreement": pgettext_lazy("case attachment", "The signed agreement"),
    "record": pgettext_lazy("case attachment", "The record of a talk"),
    "consent": pgettext_lazy("case attachment", "A request or a consent"),
    "receipt": pgettext_lazy("case attachment", "A receipt"),
    "letter": pgettext_lazy("case attachment", "A letter of an office or a court"),
    "other": pgettext_lazy("case attachment", "Another paper"),
}
SORTS: Words = {
    "jpeg": pgettext_lazy("case attachment", "Photo"),
    "png": pgettext_lazy("case attachment", "Picture"),
    "pdf": pgettext_lazy("case attachment", "PDF"),
}
# What a browser may do with a file that it shows: draw it, and nothing else.
SHUT = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class File:
    """One file as a reader meets it: what it is, and whether it is here, still to come, or gone."""

    digest: str
    sort: str | Promise
    kilobytes: int
    is_here: bool
    is_gone: bool
    is_mine: bool


@dataclass(frozen=True)
class Attached:
    """What was attached at one time: what it shows, when, by whom, and its files."""

    shows: str
    day: str
    on: date
    who: str
    undo: str
    files: Sequence[File]


class Several(forms.FileInput):
    """A control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some photos or PDFs, read whole; what may not be kept is said here, while it lies on the page alone."""

    def clean(self, data: Any, initial: Any = None) -> list[tuple[Described, bytes]]:
        files = list(data or ())
        try:
            refuse(not files, "file_missing")
            refuse(len(files) > MOST_FILES, "too_many_files", most=MOST_FILES)
            refuse(any(file.size > MOST_BYTES for file in files), "file_too_large", most=MOST_BYTES // 1024 // 1024)
            read = [file.read() for file in files]
            return [(store.describe(one), one) for one in read]
        except Refused as wrong:
            raise forms.ValidationError(with_code(words_of(wrong.code, wrong.facts), wrong.code)) from None


class AttachForm(DraftForm):
    """What is attached: what it shows, the files, the day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shows"] = radios(_("What it shows"), choices(SHOWS), initial="agreement")
        self.fields["files"] = FilesField(
            label=_("Photos or PDF"),
            help_text=_("Up to 10 files of 5 MB. Of a photo the picture alone is sent, not where it was taken."),
            widget=Several(attrs={"accept": "image/*,application/pdf", "multiple": True, "data-strips": True}),
        )
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)


@open_to(*NEED_READERS)
def attachments(request: SignedIn, case: UUID) -> HttpResponse:
    """Show what is attached to a case, and attach more."""
    dossier = _readable(request, case)
    form = None
    if dossier.handles:
        form = AttachForm(request.POST or None, request.FILES or None, account=request.user, at=clock.now())
        if form.is_valid() and (gone := _attach(request, dossier, form)):
            return gone
    elif request.method == "POST":
        raise Http404
    return _show(request, dossier, form)


@open_to(*NEED_READERS)
def attachment(request: SignedIn, case: UUID, digest: str) -> HttpResponse:
    """Give one file to whoever may read it and says why; that is noted for the parties."""
    dossier = _readable(request, case)
    if request.method != "POST":  # the address alone: another language was chosen, or a sign-in lay between
        return redirect("desk:case-attachments", case)
    found = next(((one, file) for one in _of_case(dossier) for file in one.files if file.digest == digest), None)
    part = dossier.parts.get(digest)
    if found is None or part is None:
        raise Http404
    why, wrong = ("", "") if found[1].is_mine else why_of(request)
    if wrong:
        return _show(request, dossier, _fresh(request, dossier), asks=digest, wrong=wrong)
    data = store.read(dossier.row.log, digest, at=clock.now())
    if data is None:
        back = reverse("desk:case-attachments", args=[case])
        return done(request, _("This file is still to come."), back, error=True)
    if not found[1].is_mine:
        Opening(
            log=dossier.row.log, at=clock.now(), by=request.user.id, what=OPENED, about=case, part=digest, purpose=why
        ).save(force_insert=True)
    return _given(data, described(part.text), digest)


def _given(data: bytes, file: Described | None, digest: str) -> HttpResponse:
    """Answer with a file: a photo is drawn and nothing else, a PDF is saved."""
    assert file is not None
    ending = {"jpeg": "jpg"}.get(file.sort, file.sort)
    how = "attachment" if file.sort == "pdf" else "inline"
    return HttpResponse(
        data,
        MEDIA[file.sort],
        headers={
            "Content-Disposition": f'{how}; filename="{digest[:12]}.{ending}"',
            "Content-Security-Policy": SHUT,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _readable(request: SignedIn, case: UUID) -> Dossier:
    dossier = dossier_or_404(request, case)
    if not dossier.reads:
        raise Http404
    return dossier


def _fresh(request: SignedIn, dossier: Dossier) -> AttachForm | None:
    return AttachForm(account=request.user, at=clock.now()) if dossier.handles else None


def _show(
    request: SignedIn, dossier: Dossier, form: AttachForm | None, *, asks: str = "", wrong: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "dossier": dossier,
        "row": dossier.row,
        "attached": list(_of_case(dossier)),
        "asks": asks,
        "wrong": wrong,
        "up": reverse("desk:case", args=[dossier.row.id]),
        "here": "cases",
    }
    answer = page(request, "desk/cases/attachments.html", form, **context)
    answer.status_code = 422 if asks else answer.status_code
    return answer


def _attach(request: SignedIn, dossier: Dossier, form: AttachForm) -> HttpResponse | None:
    """Lay the files down, bring the entry to the door, then put them in their place: in this order, so that a server
    that stops between loses nothing. What the door refuses leaves no file behind; what waits keeps its own."""
    log, case, parts = dossier.row.log, dossier.row.id, list[SealedPart]()
    try:
        for n, (file, data) in enumerate(form.cleaned_data["files"]):
            part = form.draft.seal(f"file_{n}", about=case, audience=Audience.CASE, text=file.text)
            store.lay_down(log, part.digest, data, by=request.user.id)
            parts.append(part)
    except Refused as wrong:
        store.take_up(log, [part.digest for part in parts], by=request.user.id)
        form.not_written(wrong)
        return None
    body = CaseAttachment1(case=case, shows=form.cleaned_data["shows"], files=[part.digest for part in parts])
    unit = dossier.unit_for("attach")
    item = entry_of(request, form.draft, body, unit=unit, on=form.cleaned_data["on"], sealed=parts)
    gone = bring(request, form, item, to=lambda: page_left(request.sight, case), words=_("The papers are attached."))
    for part in parts:
        store.end_coming(log, part.digest, at=clock.now())
    if gone is None:
        store.take_up(log, [part.digest for part in parts], by=request.user.id)
    return gone


# ---------------------------------------------------------------- what is there


def facts_of(dossier: Dossier) -> list[Told]:
    """Give what was attached to a case and stands."""
    return [fact for fact in dossier.told if isinstance(fact.body, CaseAttachment1)]


def _of_case(dossier: Dossier) -> Iterator[Attached]:
    facts = facts_of(dossier)
    digests = [digest for fact in facts for digest in fact.body.files]  # type: ignore[union-attr]  # looked at above
    here = store.here(dossier.row.log, digests)
    names = accounts_named({fact.texts[0].said.author for fact in facts})
    for fact in facts:
        body, said = fact.body, fact.texts[0].said
        assert isinstance(body, CaseAttachment1)
        on = fact.last.said.happened_on
        undo = undo_address(dossier, fact.first)
        mine = said.author == dossier.account.id
        files = [_file(dossier, digest, here, is_mine=mine) for digest in body.files]
        who, day = names.get(said.author, ""), day_words(on, dossier.sight.day)
        yield Attached(word(SHOWS, body.shows), day, on, who, undo, files)


def _file(dossier: Dossier, digest: str, here: set[str], *, is_mine: bool) -> File:
    part = dossier.parts.get(digest)
    told = described(part.text) if part is not None else None
    if told is None:
        return File(digest, "", 0, is_here=False, is_gone=True, is_mine=is_mine)
    size = max(told.size // 1024, 1)
    return File(digest, word(SORTS, told.sort), size, is_here=digest in here, is_gone=False, is_mine=is_mine)
