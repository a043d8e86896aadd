"""The four ones by household: what was done for each in a year, and what is still owed. Of helpers one sees oneself."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concerto.places.models import Unit
from concerto.places.sight import Sight
from concerto.register.models import HelperLink, Household, Resident
from concerto.register.search import head_of, log_of
from concerto.rulebook.standing import Line, Verdict

from .board.year import state_of, year_of

VISIT, CHANGE, TROUBLE, DEED = "four-ones-visit", "four-ones-change", "four-ones-trouble", "four-ones-deed"
MONTHLY, YEARLY = (VISIT, CHANGE), (TROUBLE, DEED)


@dataclass(frozen=True)
class Row:
    """One helped household through a year: its state a month and duty, a year and duty; what is open now."""

    id: UUID
    number: str
    name: str
    group: str
    helps: bool
    months: tuple[tuple[str, str], ...]
    year: tuple[str, str]
    owed: tuple[tuple[str, date], ...]

    @property
    def next_due(self) -> date | None:
        """The day by which the next of it is due."""
        return min((due for _duty, due in self.owed), default=None)


def table(sight: Sight, village: Unit, year: int) -> list[Row]:
    """Give the helped households of one village in the order of their numbers."""
    assert sight.log is not None
    lines: dict[UUID, list[Line]] = defaultdict(list)
    for line in year_of(sight.log, year, sight.day, {village.id}).lines:
        if line.duty in (*MONTHLY, *YEARLY) and isinstance(line.about, UUID):
            lines[line.about].append(line)
    rows = list(Household.objects.seen_by(sight).filter(id__in=lines).order_by("number", "id"))
    names = _names(rows, sight)
    mine = set(
        HelperLink.objects.on(sight.day)
        .filter(log=log_of(sight), helper=sight.account)
        .values_list("household", flat=True)
    )
    return [
        Row(
            row.id,
            row.number,
            names.get(row.id, ""),
            row.group,
            row.id in mine,
            tuple((_state(lines[row.id], VISIT, n), _state(lines[row.id], CHANGE, n)) for n in range(1, 13)),
            (_state(lines[row.id], TROUBLE, 12), _state(lines[row.id], DEED, 12)),
            tuple((line.duty, line.due) for line in lines[row.id] if line.verdict is Verdict.OPEN),
        )
        for row in rows
        if any(line.verdict is not Verdict.NOT_OWED for line in lines[row.id])
    ]


def _state(lines: Sequence[Line], duty: str, month: int) -> str:
    """Say how a duty stands that is due in a month; nothing where none is."""
    return next((state_of(line) for line in lines if line.duty == duty and line.due.month == month), "")


def _names(rows: Sequence[Household], sight: Sight) -> dict[UUID, str]:
    people: dict[UUID, list[Resident]] = defaultdict(list)
    for one in Resident.objects.filter(log=log_of(sight), household__in=[row.id for row in rows]).here().order_by("id"):
        people[one.household].append(one)
    heads = {row.id: head_of(row, people[row.id]) for row in rows}
    return {key: head.name for key, head in heads.items() if head is not None}
