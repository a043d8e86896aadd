"""The sheet of a village: what is known of it, from where and how old; "still so" is one tap after twelve months."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done
from concerto.faces.desk.frame import COUNTED_FOR, WRITERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, narrowed, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.village import words
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds.village_facts import OTHER, FactConfirmed1
from concerto.journal.models import Sealed
from concerto.parts.visits.models import VillageFact
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.places.units import in_code_order
from concerto.register.search import log_of

OLDER = 5  # values under the newest one on the whole sheet; a fact looked at alone shows all, as far as a page goes
OTHERS = 150  # facts under names of their own that the whole sheet reads
MOST_ALONE = 400
FRESH = 12  # months, after which somebody looks again


@dataclass(frozen=True)
class Value:
    """One value as it was said on its day, with its source and its age."""

    id: UUID
    says: str
    as_of: date
    source: str
    confirmed_on: date | None
    age: str
    is_old: bool


@dataclass(frozen=True)
class Known:
    """One line of the sheet: the newest value, the older ones under it."""

    what: str
    name: str
    now: Value
    older: tuple[Value, ...]
    count: int = 0

    @property
    def has_more(self) -> bool:
        """Tell whether there are older values that are not read here."""
        return self.count > len(self.older)


@open_to(*COUNTED_FOR)
def facts(request: SignedIn) -> HttpResponse:
    """List the villages whose sheets one may read, in the order of their codes; a single one is opened at once."""
    villages = in_code_order(_villages(request.sight))
    if len(villages) == 1:
        return redirect("desk:fact-sheet", villages[0].id)
    found = VillageFact.objects.seen_by(request.sight).filter(village__in=[one.id for one in villages])
    counts = dict(found.values_list("village").annotate(n=Count("what", distinct=True)))
    context = {"villages": [(one, counts.get(one.id, 0)) for one in villages]}
    return render(request, "desk/village/list.html", context)


@open_to(*COUNTED_FOR)
def fact_sheet(request: SignedIn, village: UUID) -> HttpResponse:
    """Show what is known of a village; a tap says that a fact older than twelve months is still so.

    `what` in the address looks at one fact alone, with all its older values.
    """
    sight = request.sight
    unit = village_or_404(sight, village)
    alone = request.GET.get("what", "")
    alone = alone if alone in words.FACTS else ""
    rows = list(_rows(sight, unit, alone))
    known = _known(rows, _texts(sight, unit, rows), sight.day)
    may_write = sight.has(*WRITERS) and unit.id in sight.cards
    offered = {line.now.id for line in known if line.now.is_old} if may_write else set()
    saw = {f"{row.id}.still_so": row.wording for row in rows if row.id in offered}
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    instead(request, form)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if (answer := _still_so(request, form, unit, {str(row.id): row for row in rows}, offered)) is not None:
            return answer
    written = {row.what for row in rows}
    context = {
        "unit": unit,
        "known": known,
        "form": form if offered else None,
        "offered": offered,
        "may_write": may_write,
        "missing": [(code, words.FACTS[code]) for code in words.FACTS if code not in written and code != OTHER],
        "alone": words.FACTS[alone] if alone else "",
        "more_of_others": _more_of_others(rows, alone),
        "is_cut": bool(alone) and len(rows) == MOST_ALONE,
        "only_numbers": not _reads_words(sight, unit),
        "today": sight.day,
    }
    return render(request, "desk/village/sheet.html", context, status=422 if form.errors else 200)


def _still_so(
    request: SignedIn, form: DraftForm, unit: Unit, rows: dict[str, VillageFact], offered: set[UUID]
) -> HttpResponse | None:
    """Record that a fact is still so; of one that somebody else has just confirmed there is nothing more to say."""
    row = rows.get(request.POST.get("still", ""))
    if row is None:
        raise Http404
    here = reverse("desk:fact-sheet", args=[unit.id])
    if row.id not in offered:
        return done(request, _("Somebody looked at it just now and said that it is still so."), here)
    if not form.is_valid():
        return None
    draft = narrowed(form.draft, row.id, ["still_so"])
    item = entry_of(request, draft, FactConfirmed1(fact=row.id), unit=unit.id)
    return write(request, form, item, to=here, words=_("Recorded: it is still so."))


def _rows(sight: Sight, unit: Unit, alone: str) -> "QuerySet[VillageFact]":
    """Read the newest of each fact with a few older ones, or one fact alone; `many` says how many there are of it.

    However often a fact is told, no other falls off the sheet by it. Facts under names of their own are known apart by
    words that are sealed, so the newest of all of them are read.
    """
    found = VillageFact.objects.seen_by(sight).filter(village=unit.id)
    if alone:
        return found.filter(what=alone).order_by("-as_of", "-seq")[:MOST_ALONE]
    of_each: dict[str, Any] = {"partition_by": "what"}
    ranked = found.annotate(
        n=Window(RowNumber(), order_by=[F("as_of").desc(), F("seq").desc()], **of_each),
        many=Window(Count("seq"), **of_each),
    )
    few = ranked.filter(Q(what=OTHER, n__lte=OTHERS) | (~Q(what=OTHER) & Q(n__lte=OLDER + 1)))
    return few.order_by("-as_of", "-seq")


def _more_of_others(rows: Sequence[VillageFact], alone: str) -> bool:
    """Tell whether facts under names of their own were left out of the whole sheet."""
    return not alone and any(row.what == OTHER and row.many > OTHERS for row in rows)  # type: ignore[attr-defined]  # by `_rows`


def village_or_404(sight: Sight, village: UUID) -> Unit:
    """Give a village whose sheet this reader may read; any other is not there."""
    found = _villages(sight).filter(id=village).first()
    if found is None:
        raise Http404
    return found


def _villages(sight: Sight) -> "QuerySet[Unit]":
    every = Unit.objects.filter(log=log_of(sight), kind=UnitKind.VILLAGE)
    return every if sight.has(Role.COUNTY_VIEWER) else every.filter(id__in=sight.units)


def _reads_words(sight: Sight, unit: Unit) -> bool:
    """Tell whether a reader reads the words of a sheet: who only counts reads its numbers."""
    return unit.id in sight.units


def _texts(sight: Sight, unit: Unit, rows: Sequence[VillageFact]) -> dict[str, str]:
    """Read the words of a sheet: they are about no person, and who reads the sheet of their township reads them."""
    digests = {digest for row in rows for digest in (row.words, row.name, row.paper) if digest}
    if not digests or not _reads_words(sight, unit):
        return {}
    return dict(Sealed.objects.filter(log=log_of(sight), digest__in=digests).values_list("digest", "text"))


def _known(rows: Iterable[VillageFact], texts: dict[str, str], today: date) -> list[Known]:
    """Put the values of each fact together, the newest first; the facts in their usual order, others by their names."""
    together: dict[tuple[int, str], list[VillageFact]] = defaultdict(list)
    order = list(words.FACTS)
    for row in rows:
        if row.what != OTHER or row.name in texts:
            together[order.index(row.what), texts.get(row.name, "")].append(row)
    return [
        Known(some[0].what, name or str(words.FACTS[some[0].what]), *_values(some, texts, today), _older(some))
        for (_place, name), some in sorted(together.items(), key=lambda item: item[0])
    ]


def _older(some: Sequence[VillageFact]) -> int:
    """Count the older values there are of a fact, those that were not read among them."""
    many = getattr(some[0], "many", 0) if some[0].what != OTHER else 0
    return max(many, len(some)) - 1


def _values(some: Iterable[VillageFact], texts: dict[str, str], today: date) -> tuple[Value, tuple[Value, ...]]:
    now, *older = _each(some, texts, today)
    return now, tuple(older)


def _each(some: Iterable[VillageFact], texts: dict[str, str], today: date) -> Iterator[Value]:
    for row in some:
        fresh_on = max(row.as_of, row.confirmed_on or row.as_of)
        months = months_between(fresh_on, today)
        says = words.valued(row.number, row.unit) if row.number is not None else texts.get(row.words, "")
        yield Value(row.id, says, row.as_of, _source(row, texts), row.confirmed_on, words.aged(months), months >= FRESH)


def _source(row: VillageFact, texts: dict[str, str]) -> str:
    if row.source == "paper":
        return texts.get(row.paper, "") or str(words.SOURCES["paper"])
    return str(words.ROLES[row.told_as] if row.source == "told" else words.SOURCES[row.source])


def months_between(first: date, then: date) -> int:
    """Count the whole months from one day to another."""
    return (then.year - first.year) * 12 + then.month - first.month - (then.day < first.day)
