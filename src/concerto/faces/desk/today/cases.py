"""Cases that wait for one person: who asks to be called, what their desk was asked, what runs, and a seal they hold.

A case stands here for whom it opens to, by its number or its sort; no name of a party is on Today. Its clocks are the
rulebook's: one line for each case, by what is due next.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.today.items import Item
from concerto.faces.desk.today.words import day_words
from concerto.journal.kinds.case_words import SORT_WORDS
from concerto.journal.kinds.words import word
from concerto.papers.cases.readers import READS
from concerto.papers.cases.seals import waiting_for_seal, waits_for_seal
from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.books import Book
from concerto.papers.standing.cases import due_of_cases
from concerto.parts.disputes.models import Case, CaseParty, CaseReader, CaseStep
from concerto.parts.disputes.states import COMING, OPEN, RESOLVED
from concerto.places.sight import Sight
from concerto.register.search import log_of
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.standing import Line

MOST = 60  # of each sort that are read, the oldest first; the board has them all
LOOK = _("Look at it")
RUNS = Q(stage__in=(COMING[0], *OPEN)) | Q(stage__in=RESOLVED, items_open__gt=0)


def cases_for_me(sight: Sight, mechanism: Mechanism, book: Book) -> Iterator[Item]:
    """List them: who asks to be called first, then by what is due soonest; they go by acting alone."""
    opens = CaseReader.objects.of(sight).filter(opens=True)
    if opens.exists():
        yield from _calls(sight, opens)
        yield from _helping(sight, opens)
        yield from _running(sight, opens, mechanism, book)
    yield from _seals(sight)


def _calls(sight: Sight, opens: Any) -> Iterator[Item]:
    asked = CaseParty.objects.filter(log=log_of(sight), called_on__isnull=False)
    asked = asked.filter(id__in=opens.filter(because__in=READS).values("id")).order_by("called_on", "id", "n")
    found = [(case, on) for case, on in asked.values_list("id", "called_on")[:MOST] if on]
    rows = {row.id: row for row in Case.objects.filter(log=log_of(sight), id__in={case for case, _ in found})}
    for case, on in found:
        party = gettext("a party of {case}").format(case=_name(rows[case]))
        title = gettext("Asks to be called: {what}").format(what=party)
        why = gettext("by the slip, since {day}").format(day=day_words(on, sight.day))
        yield _item(case, title, why)


def _helping(sight: Sight, opens: Any) -> Iterator[Item]:
    asked = opens.filter(because="helping").values("id")
    for row in Case.objects.standing().filter(log=log_of(sight), id__in=asked).order_by("opened_on", "id")[:MOST]:
        yield _item(row.id, gettext("{what}: {name}").format(what=gettext("A case"), name=_name(row)),
                    gettext("your desk is asked for help"))  # fmt: skip


def _running(sight: Sight, opens: Any, mechanism: Mechanism, book: Book) -> Iterator[Item]:
    """Say of each case that is its reader's to handle what comes next, and by when."""
    mine = opens.filter(because__in=READS).values("id")
    rows = list(Case.objects.standing().filter(RUNS, log=log_of(sight), id__in=mine).order_by("opened_on", "id")[:MOST])
    lines, unsigned = due_of_cases(book, rows, sight.day), _unsigned(sight, rows)
    found = [(next(iter(lines.get(row.id, ())), None), row) for row in rows]
    for line, row in sorted(found, key=lambda one: (one[0].due if one[0] else date.max, one[1].opened_on, one[1].id)):
        why = _why(row, line, sight, mechanism, lacks_mine=row.id in unsigned)
        if why:
            title = gettext("{what}: {name}").format(what=gettext("A case"), name=_name(row))
            yield _item(row.id, title, why, is_over=line is not None and line.due < sight.day)


def _unsigned(sight: Sight, rows: Sequence[Case]) -> set[UUID]:
    """Name the cases whose mediator the reader is and has not signed what was agreed last."""
    mine = [row.id for row in rows if row.stage == "agreed" and row.account == sight.account]
    if not mine:
        return set()
    steps = CaseStep.objects.filter(
        Q(kind="agreement") | Q(kind="signature", detail="mediator"), log=log_of(sight), id__in=mine
    )
    last = dict(steps.order_by("id", "n").values_list("id", "kind"))  # of each case the last of the two stays
    return {case for case, kind in last.items() if kind == "agreement"}


def _why(row: Case, line: Line | None, sight: Sight, mechanism: Mechanism, *, lacks_mine: bool = False) -> str:
    told: list[str] = []
    if lacks_mine:
        told.append(gettext("the agreement lacks your signature"))
    if row.sent_to in sight.desks:
        told.append(gettext("handed to your desk, not answered yet"))
    elif row.desk_state == "returned" and row.desk in sight.desks:
        told.append(gettext("came back to your desk"))
    if line is not None:
        told += [mechanism.duties[line.duty].title[tongue_read()], _due(line.due, sight.day)]
    return pgettext("clause", ", ").join(told)


def _due(due: date, asof: date) -> str:
    over = (asof - due).days
    if over > 0:
        return ngettext("{n} day over", "{n} days over", over).format(n=over)
    return gettext("due {day}").format(day=day_words(due, asof))


def _seals(sight: Sight) -> Iterator[Item]:
    """Say how many agreements wait for the seal its reader holds; of the matter they learn nothing."""
    waiting: Sequence[Any] = waiting_for_seal(sight) if waits_for_seal(sight) else ()
    if waiting:
        title = ngettext("{n} agreement waits for your seal", "{n} agreements wait for your seal", len(waiting)).format(
            n=len(waiting)
        )
        since = gettext("since {day}").format(day=day_words(waiting[0].on, sight.day))
        yield Item("open", title, since, reverse("desk:case-seals"), LOOK, None, "")


def _name(row: Case) -> str:
    """Call a case by its number, and by its sort where it has none yet."""
    return str(row.number) or word(SORT_WORDS, row.sort)


def _item(case: UUID, title: str, why: str, *, is_over: bool = False) -> Item:
    return Item("clash" if is_over else "open", title, why, reverse("desk:case", args=[case]), LOOK, None, "cases")
