"""Printing slips: serials outside, codes inside, shown on this one answer and nowhere again.

The codes are drawn from the draft of the form under the home's key: a double click prints the same sheet. Whoever sends
the form again later is told that the codes were shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import segno
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of
from concerto.faces.desk.writing import Draft, DraftForm, record
from concerto.groundwork import clock, keyed, slip_codes
from concerto.journal.kinds.slips import PrintedSlip, SlipSheet1, slip_key
from concerto.journal.said import Audience
from concerto.papers.slips.words import LANGUAGES, words_in
from concerto.places.sight import Sight
from concerto.register.models import Posting
from concerto.register.search import log_of
from concerto.register.slips import last_serial

PAGES = (1, 2, 4, 8, 12)
ON_A_PAGE = {("normal", 1): 3, ("normal", 2): 3, ("large", 1): 2, ("large", 2): 1}  # by letters and languages
SAYS = {
    "zh": _("Chinese"),
    "zh en": _("Chinese and English"),
    "zh kk": _("Chinese and Kazakh"),
    "kk": _("Kazakh"),
    "en": _("English"),
}
DOUBLE_CLICK = timedelta(minutes=2)


@dataclass(frozen=True, repr=False)
class Slip:
    """One slip on its way to the printer: the only time its code is seen."""

    serial: str
    code: str
    square: SafeString


class PrintForm(DraftForm):
    """How many, how large, in which languages."""

    def __init__(self, *args: Any, after: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pages"] = forms.TypedChoiceField(
            label=_("Pages"), choices=[(n, str(n)) for n in PAGES], coerce=int, initial=1, widget=forms.RadioSelect
        )
        self.fields["edition"] = forms.ChoiceField(
            label=_("Letters"),
            choices=[
                ("normal", _("Usual size, three on a page")),
                ("large", _("16 points, two on a page; one in two languages")),
            ],
            initial="normal",
            widget=forms.RadioSelect,
        )
        self.fields["says"] = forms.ChoiceField(
            label=_("Languages"), choices=list(SAYS.items()), initial="zh", widget=forms.RadioSelect
        )
        self.fields["after"] = forms.CharField(required=False, max_length=9, initial=after, widget=forms.HiddenInput)

    def clean_after(self) -> str:
        """Take the serial that the sheet follows on as the page gave it."""
        after = str(self.cleaned_data["after"])
        if after and slip_codes.read_serial(after) != after:
            raise forms.ValidationError(_("This page is too old to be sent. Open it again."), code="too_old")
        return after


@open_to(*READERS)
def print_slips(request: SignedIn) -> HttpResponse:
    """Ask how many, then show the sheet once, for the printer."""
    log = log_of(request.sight)
    form = PrintForm(request.POST or None, account=request.user, at=clock.now(), after=last_serial(log))
    if not form.is_valid():
        drafts = [words.called for words in map(words_in, LANGUAGES) if words.draft_mark]
        return page(request, "desk/slips/print.html", form, drafts=drafts, here="slips")
    chosen = form.cleaned_data
    says = [words_in(language) for language in chosen["says"].split()]
    each = ON_A_PAGE[chosen["edition"], len(says)]
    count = chosen["pages"] * each
    where = resident_address(request)
    slips = list(_drawn(form.draft, log, after=chosen["after"], count=count, where=where))
    receipt = record(request, _sheet(request, form.draft, log, slips))
    if receipt.code == "already_named":
        return done(request, _("Somebody else printed just now. Print again."), "desk:slips-print", error=True)
    if not receipt.stands:
        form.sent_back(receipt, at=clock.now())
        return page(request, "desk/slips/print.html", form, drafts=[], here="slips")
    if receipt.outcome == "known" and clock.now() - datetime.fromisoformat(receipt.received_at) > DOUBLE_CLICK:
        words = _("These slips were printed, and their codes are shown only once. Print others.")
        return done(request, words, "desk:slips-print", error=True)
    context = {
        "pages": [slips[start : start + each] for start in range(0, count, each)],
        "says": says,
        "large": chosen["edition"] == "large",
        "address": where,
        "here": "slips",
    }
    return render(request, "desk/slips/sheet.html", context)


def resident_address(request: SignedIn) -> str:
    """Give the address of the residents' page as they reach it, which may be another than the office's own."""
    told: str = settings.RESIDENT_ADDRESS
    return told.rstrip("/") + reverse("resident:door") if told else request.build_absolute_uri(reverse("resident:door"))


def _drawn(draft: Draft, log: UUID, *, after: str, count: int, where: str) -> Iterator[Slip]:
    numbers = keyed.drawn_numbers(draft.seed, settings.CONCERTO_HOME, below=len(slip_codes.SIGNS))
    for serial in islice(slip_codes.serials_after(after), count):
        code = slip_codes.code_from(numbers)
        yield Slip(serial, slip_codes.written(code), _square(f"{where}{code}/"))


def _square(address: str) -> SafeString:
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=3, border=2, omitsize=True, title=None)
    return mark_safe(drawn)  # noqa: S308  (drawn by us of an address of ours)


def _sheet(request: SignedIn, draft: Draft, log: UUID, slips: list[Slip]) -> Any:
    sealed, printed = [], []
    for one in slips:
        key = slip_key(log, one.serial)
        told = keyed.code_hash(one.code.replace("-", ""), settings.CONCERTO_HOME)
        part = draft.seal(f"code {one.serial}", about=key, audience=Audience.DESK, text=told)
        sealed.append(part)
        printed.append(PrintedSlip(key, one.serial, part.digest))
    return entry_of(request, draft, SlipSheet1(slips=printed), unit=own_unit(request.sight), sealed=sealed)


def own_unit(sight: Sight) -> UUID:
    """Give the unit somebody prints for: where they are posted first."""
    found = Posting.objects.filter(log=log_of(sight), id__in=sight.postings).order_by("since", "id")
    unit: UUID | None = found.values_list("unit", flat=True).first()
    return unit or log_of(sight)
