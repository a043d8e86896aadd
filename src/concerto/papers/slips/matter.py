"""How the matter of a slip stands, as its page may say it: a state, an office, a day. Neither a name nor the matter."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concerto.journal.models import Entry, Touch
from concerto.parts.assistance.models import AssistanceLine
from concerto.places.models import Unit
from concerto.register.models import MatterSlip

STEPS = ("heard", "owned", "doing", "done", "word")
REACHED = {
    "heard": 1,
    "opened": 1,
    "owned": 2,
    "doing": 3,
    "reopened": 3,
    "done": 4,
    "told": 4,
    "no_answer": 4,
    "told_to_the_doer": 4,
    "not_ours": 4,
    "confirmed": 5,
    "closed": 5,
}
ASKED_FOR_WORD = frozenset({"done", "told", "no_answer", "told_to_the_doer", "confirmed", "not_ours"})
SAID_AS = {"opened": "heard"}


@dataclass(frozen=True)
class Matter:
    """What a slip's page knows of its matter."""

    log: UUID
    id: UUID  # the matter that goes on, where the one that was told went into another
    unit: UUID
    state: str
    office: str
    next_day: date | None = None

    @property
    def reached(self) -> int:
        """How many of the steps are behind."""
        return REACHED.get(self.state, 1)

    @property
    def said_as(self) -> str:
        """The state by the word that the page has for it."""
        return SAID_AS.get(self.state, self.state)

    @property
    def asks_for_word(self) -> bool:
        """Tell whether the household's word is asked for."""
        return self.state in ASKED_FOR_WORD


def matter_of(slip: MatterSlip) -> Matter | None:
    """Read how the matter of a slip stands; nothing while nobody registered the slip, or the matter is gone."""
    if slip.matter is None:
        return None
    line = AssistanceLine.objects.filter(log=slip.log, id=slip.matter, kind="need").order_by("n").first()
    if line is None:
        return None
    office = Unit.objects.filter(log=slip.log, id=line.unit).values_list("name", flat=True).first() or ""
    return Matter(slip.log, line.id, line.unit, line.state, office)


def had_a_hand_in(slip: MatterSlip) -> list[UUID]:
    """Name who wrote anything about a slip's matter, or gave the slip: what is said of them is not shown to them."""
    things = [thing for thing in (slip.matter, slip.id) if thing]
    seqs = Touch.objects.filter(log=slip.log, thing__in=things, how__gte=1).values("seq")
    found = Entry.objects.filter(log=slip.log, seq__in=seqs).exclude(kind="slip_sheet")
    return sorted({*found.values_list("author", flat=True).distinct()})
