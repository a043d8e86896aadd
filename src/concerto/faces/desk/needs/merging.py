"""Two needs of one village are one matter: both side by side, and which of them goes on with everybody who asked."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs import words
from concerto.faces.desk.needs.board import rows_of
from concerto.faces.desk.needs.forms import MergeForm
from concerto.faces.desk.needs.matter import Matter, matter_or_404
from concerto.faces.desk.register.changing import entry_of, write
from concerto.groundwork import clock
from concerto.journal.kinds.needs import Asker, NeedMerger1
from concerto.journal.kinds.words import word
from concerto.parts.assistance.models import Need

MOST = 40


@open_to(*READERS)
def find(request: SignedIn, need: UUID) -> HttpResponse:
    """List the other open needs of the village, those about the same first."""
    matter = _mergeable(request, need)
    row = matter.row
    rows = Need.objects.seen_by(request.sight).filter(
        log=row.log, unit=row.unit, is_open=True, called__isnull=True, source_withdrawn=False
    )
    others = sorted(rows.exclude(id=row.id).order_by("opened_on", "id")[:MOST], key=lambda one: one.sort != row.sort)
    context = {"matter": matter, "rows": rows_of(request.sight, others, matter.units)}
    return page(request, "desk/needs/find.html", None, **context)


@open_to(*READERS)
def merge(request: SignedIn, need: UUID, other: UUID) -> HttpResponse:
    """Compare two needs, and say that they are one."""
    both = [_mergeable(request, need), _mergeable(request, other)]
    if need == other or both[0].row.unit != both[1].row.unit:
        raise Http404
    saw = {**both[0].saw("called"), **both[1].saw("called")}
    names = [(str(one.row.id), _named(one)) for one in both]
    form = MergeForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, names=names)
    if form.is_valid():
        stays = form.cleaned_data["stays"]
        kept, gone = both if stays == need else reversed(both)
        askers = [Asker(asker=one.id, household=one.household) for one in gone.askers]
        body = NeedMerger1(gone=gone.row.id, stays=kept.row.id, askers=askers)
        item = entry_of(request, form.draft, body, unit=kept.row.unit)
        to = reverse("desk:need", args=[kept.row.id])
        if done := write(request, form, item, to=to, words=_("They go on as one need.")):
            return done
    context: dict[str, Any] = {"both": [(one, word(words.STATES, one.row.state)) for one in both], "matter": both[0]}
    return page(request, "desk/needs/merge.html", form, **context)


def _named(matter: Matter) -> str:
    house = matter.house.name if matter.house else gettext("a household")
    return gettext("{sort}: {house}").format(sort=matter.title, house=house)


def _mergeable(request: SignedIn, need: UUID) -> Matter:
    matter = matter_or_404(request.sight, need)
    if not matter.is_near or matter.row.called is not None or matter.row.source_withdrawn:
        raise Http404
    return matter
