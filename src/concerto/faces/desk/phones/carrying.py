"""Carrying in: a file of envelopes that was saved on a phone comes to the door by the hand of somebody signed in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.conductor.carrying import AT_ONCE, MOST_BYTES, FileOfEnvelopes, Taken, read_file, take_sealed
from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.tray.tray import title_of
from concerto.faces.desk.writing import refused_words
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, refuse, words_of
from concerto.journal.kinds import PROTECTED_KINDS
from concerto.journal.said import read_said
from concerto.places import devices

SHORT = 12  # the end of an id tells entries apart: its beginning is the time
OUTCOMES: dict[str, tuple[str, str | Promise]] = {
    "accepted": ("met", pgettext_lazy("envelope", "Brought in")),
    "known": ("met", pgettext_lazy("envelope", "Was there already")),
    "waits": ("waiting", pgettext_lazy("envelope", "Waits")),
    "clash": ("clash", pgettext_lazy("envelope", "Two versions, its author decides")),
    "refused": ("refused", pgettext_lazy("envelope", "Sent back")),
}


class CarryForm(forms.Form):
    """One file of envelopes."""

    file = forms.FileField(
        label=_("File of envelopes"),
        help_text=_("The file that the phone saved from its outbox. What is in it stays sealed on the way."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty. Choose another one.")},
    )


@dataclass(frozen=True)
class Carried:
    """What became of one envelope. Of its content nothing is said, unless it is the reader's own."""

    id: UUID
    outcome: str
    code: str
    why: str
    title: str

    @property
    def short(self) -> str:
        """The end of its id, which tells it from the others."""
        return str(self.id)[-SHORT:]

    @property
    def mark(self) -> str:
        """Its mark on the staff."""
        return OUTCOMES[self.outcome][0]

    @property
    def words(self) -> str | Promise:
        """What became of it."""
        return OUTCOMES[self.outcome][1]


@open_to()
def carry(request: SignedIn) -> HttpResponse:
    """Ask for the file of a phone, bring what is in it to the door, and say of each envelope what became of it."""
    form = CarryForm(request.POST, request.FILES) if request.method == "POST" else CarryForm()
    if form.is_valid():
        try:
            carried = _take(request, _read(form.cleaned_data["file"]))
        except Refused as wrong:
            form.add_error("file", refused_words(wrong))
        else:
            return page(request, "desk/phones/carried.html", carried=carried, tally=_tally(carried))
    return page(request, "desk/phones/carry.html", form)


def _read(file: Any) -> FileOfEnvelopes:
    refuse(file.size > MOST_BYTES, "too_much_at_once", most=MOST_BYTES)
    return read_file(file.read())


def _take(request: SignedIn, told: FileOfEnvelopes) -> list[Carried]:
    at, envelopes = clock.now(), told.each_once
    device = devices.known(told.device, told.ticket, at) if told.device else None
    taken: list[Taken] = []
    for start in range(0, len(envelopes), AT_ONCE):
        some = envelopes[start : start + AT_ONCE]
        taken += take_sealed(some, device, brought_by=request.user, at=at, home=settings.CONCERTO_HOME)
    return list(_in_words(request, taken))


def _tally(carried: Sequence[Carried]) -> list[tuple[str | Promise, int]]:
    """Count what became of them, in the order of how well it went."""
    counts = Counter(one.outcome for one in carried)
    return [(words, counts[outcome]) for outcome, (_mark, words) in OUTCOMES.items() if counts[outcome]]


def _in_words(request: SignedIn, taken: Iterable[Taken]) -> Iterable[Carried]:
    for one in taken:
        said = read_said(one.item.said) if one.item is not None else None
        own = said is not None and said.author == request.user.id
        if said is not None and said.kind in PROTECTED_KINDS:  # of which nobody learns what it was, its author neither
            yield Carried(one.id, one.receipt.outcome, "", "", "")
            continue
        title = title_of(one.item, said, {}) if own and one.item is not None and said is not None else ""
        why = words_of(one.receipt.code, one.receipt.facts if own else None) if one.receipt.code else ""
        yield Carried(one.id, one.receipt.outcome, one.receipt.code, why, title)
