"""How the matter of a slip stands, as its page may say it: a state, an office, a day. Neither a name nor the matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concerto.journal import reading
from concerto.journal.models import Entry, Touch
from concerto.journal.said import stand
from concerto.papers.slips.calls import MOST_MERGERS
from concerto.papers.slips.case import case_of, next_day, office_of, state_of, whose_it_is
from concerto.papers.standing.books import Book
from concerto.papers.standing.local import mechanism_of
from concerto.parts.assistance.models import Need, NeedStep
from concerto.parts.assistance.needs import life_of
from concerto.parts.assistance.states import REACHED, Life
from concerto.places.models import Unit
from concerto.register.models import MatterSlip

STEPS = ("heard", "owned", "doing", "done", "word")
ASKED_FOR_WORD = frozenset({"done", "told", "no_answer", "told_to_the_doer", "confirmed"})
WAITS = frozenset({"heard", "owned", "doing", "done", "reopened"})  # they are still to hear of it
DONE = STEPS.index("done") + 1
ANEW = ("reopened", "partly", "no")


@dataclass(frozen=True)
class Matter:
    """What a slip's page knows of its matter."""

    log: UUID
    id: UUID  # the need that goes on, where the one that was told went into another
    asked_under: UUID
    unit: UUID
    state: str
    office: str
    next_day: date | None = None
    said_last: str = ""  # this household's word that stands, whichever way it was said
    last_step: UUID | None = None  # what is said now answers it, also within one day
    is_case: bool = False

    @property
    def said_yes(self) -> bool:
        """Tell whether this household said that it is done: whoever else asked, of them that is not asked again."""
        return self.said_last == "yes" and self.asks_for_word

    @property
    def shown(self) -> str:
        """The state as this household is told it: what others who asked say of it, they did not say."""
        if self.state == "reopened" and self.said_last not in ("partly", "no"):
            return "owned"
        return "confirmed" if self.said_yes else self.state

    @property
    def reached(self) -> int:
        """How many of the steps are behind."""
        return DONE if self.shown == "closed" else REACHED.get(self.shown, 1)

    @property
    def asks_for_word(self) -> bool:
        """Tell whether the household's word is asked for."""
        return self.state in ASKED_FOR_WORD


def matter_of(slip: MatterSlip, day: date) -> Matter | None:
    """Read how the matter of a slip stands; nothing while nobody registered the slip, or the matter is gone."""
    if case := case_of(slip):
        due = next_day(case, day)
        return Matter(case.log, case.id, case.id, case.unit, state_of(case), office_of(case), due, is_case=True)
    need = _goes_on(slip) if slip.matter else None
    if need is None or slip.matter is None:
        return None
    office = Unit.objects.filter(log=slip.log, id=need.unit).values_list("name", flat=True).first() or ""
    life = life_of(need.id, stand(reading.about(need.log, [need.id]).get(need.id, [])))
    said_last, last_step = (_said_last(life, slip.matter), life.path[-1].entry) if life else ("", None)
    due = _next_day(need, day)
    return Matter(slip.log, need.id, slip.matter, need.unit, need.state, office, due, said_last, last_step)


def _said_last(life: Life, asker: UUID) -> str:
    """Give the word of one of those who asked that stands: a yes until it begins anew, "partly" and "no" till it is
    said to be done once more."""
    if asker not in life.askers:
        return ""
    if life.askers[asker].word == "confirmed":
        return "yes"
    began = next((step for step in reversed(life.path) if step.kind in ANEW), None)
    return began.kind if began and began.asker == asker and life.state not in ASKED_FOR_WORD else ""


def _goes_on(slip: MatterSlip) -> Need | None:
    """Find the need that a slip's need went into, however often."""
    need = Need.objects.filter(log=slip.log, id=slip.matter or slip.id).first()
    for _ in range(MOST_MERGERS):
        if need is None or need.called is None:
            break
        need = Need.objects.filter(log=slip.log, id=need.called).first()
    return need


def _next_day(need: Need, day: date) -> date | None:
    """Say by when they hear of it: by the clock of its sort, since it began or began anew, or as an interim note says.

    What a note named was promised to them, also where it came too late to move the clock. A day that has gone by is not
    said: it would promise nothing.
    """
    if need.state not in WAITS:
        return None
    steps: Sequence[NeedStep] = list(NeedStep.objects.filter(log=need.log, id=need.id).order_by("n"))
    began = next((step for step in reversed(steps) if step.kind in ANEW), None)
    start = began.on if began else need.opened_on
    rules = mechanism_of(Book(need.log, start, day))
    edition = rules.duties["need-reply"].in_force(start)
    if edition is None or edition.within is None:
        return None
    due = edition.within.due(start, rules.days, sort=need.clock, window=None).on
    left = len(steps) if edition.extensions is None else edition.extensions
    for step in steps:
        if step.names_day and left and start <= step.on <= due < step.names_day:
            due, left = step.names_day, left - 1
    promised = max((step.names_day for step in steps if step.names_day and step.on >= start), default=due)
    last = max(due, promised)
    return last if last >= day else None


def had_a_hand_in(slip: MatterSlip) -> list[UUID]:
    """Name who wrote anything about a slip's matter, or gave the slip: what is said of them is not shown to them."""
    things = [thing for thing in (slip.matter, slip.id) if thing]
    seqs = Touch.objects.filter(log=slip.log, thing__in=things, how__gte=1).values("seq")
    found = Entry.objects.filter(log=slip.log, seq__in=seqs).exclude(kind="slip_sheet")
    owners = Need.objects.filter(log=slip.log, id__in=things, owner__isnull=False).values_list("owner", flat=True)
    case = case_of(slip)
    hands = {*found.values_list("author", flat=True).distinct(), *(one for one in owners if one)}
    return sorted(hands | (whose_it_is(case) if case else set()))
