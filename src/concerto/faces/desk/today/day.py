"""All that one page of Today is made of, each asked for once."""

import json
from collections import Counter
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404

from concerto.faces.desk.drawing import Mark, Sounded
from concerto.faces.desk.today import recorded
from concerto.faces.desk.today.forms import is_about_a_household
from concerto.faces.desk.today.score import NOT_PLAYED, Month
from concerto.faces.desk.today.words import mark_of
from concerto.papers.standing.books import WHAT_NEAR_RESTS_ON, Book
from concerto.papers.standing.near import book_of
from concerto.papers.standing.workplace import Workplace
from concerto.places.models import Account, UnitKind
from concerto.places.sight import Part, Role, Sight
from concerto.places.units import in_code_order
from concerto.register.posting import PostingRow
from concerto.rulebook.facts import Dated
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import Every, period_of
from concerto.rulebook.standing import Line


class Day:
    """One reader's day."""

    def __init__(self, sight: Sight) -> None:
        if sight.log is None:
            raise Http404
        self.sight, self.asof, self.log = sight, sight.day, sight.log

    @cached_property
    def place(self) -> Workplace:
        """What its reader sees owed."""
        return Workplace(self.log, self.sight.account, self.asof, self.book)

    @cached_property
    def book(self) -> Book:
        """The books of its township, each table of which is read once: what every line rests on in one trip."""
        book = book_of(self.log, self.asof)
        book.ahead(*WHAT_NEAR_RESTS_ON)
        return book

    def tells(self, mechanism: Mechanism, line: Line) -> bool:
        """Tell whether its reader is told of a line by itself.

        Of a household, above its village, only whoever has it to do themselves: nobody else there is told why of one.
        """
        if not is_about_a_household(mechanism, line) or line.unit in self.sight.near:
            return True
        return self.sight.account in self.place.town.seen_by(line.by)

    @cached_property
    def units(self) -> dict[UUID, str]:
        """The units of the township by name, in the order of their codes."""
        return {unit.id: unit.name for unit in in_code_order(self.book.units)}

    @property
    def villages_here(self) -> list[str]:
        """The villages its reader works in by name, in the order of their codes."""
        here = [unit for unit in self.book.units if unit.kind == UnitKind.VILLAGE and unit.id in self.sight.near]
        return [unit.name for unit in sorted(here, key=lambda unit: unit.code or "")]

    @cached_property
    def groups(self) -> dict[UUID, str]:
        """The party groups by name."""
        return {group.id: group.name for group in self.book.groups}

    @cached_property
    def own(self) -> list[recorded.Own]:
        """What its reader recorded lately."""
        return recorded.own_entries(self.sight, self.asof.replace(day=1))

    @cached_property
    def score(self) -> Month:
        """The month drawn: what was recorded, and what is owed on its day."""
        duties, month = self.place.mechanism.duties, period_of(Every.MONTH, self.asof)
        owed: Counter[Sounded] = Counter()
        for alike in self.place.stacks:
            for line in alike.lines:
                if month.holds(line.due) and (mark := mark_of(line)) in NOT_PLAYED:
                    owed[Sounded(line.due, (Part(duties[line.duty].part),), Mark(mark))] += len(alike.about)
        return Month.of(recorded.sounded(self.own), owed, asof=self.asof)

    @cached_property
    def away(self) -> dict[str, Any] | None:
        """Its reader's own days away that run today: the last of them, and who stands in."""
        own = [row for row in self.book.rows(PostingRow) if row.account == self.sight.account]
        held = [row for row in own if Dated(since=row.since, until=row.until).runs(self.asof)]
        on = self.asof.isoformat()
        running = [one for row in held for one in json.loads(row.absences)]
        running = [one for one in running if one["since"] <= on <= one["until"]]
        if not running:
            return None
        last = max(running, key=lambda one: str(one["until"]))
        deputy = (
            Account.objects.filter(id=last["deputy"]).values_list("called", flat=True) if last.get("deputy") else ()
        )
        return {"until": self.asof.fromisoformat(last["until"]), "deputy": next(iter(deputy), "")}

    @property
    def is_day_off(self) -> bool:
        """Tell whether nobody is at work today: what counts working days stands still."""
        return not self.place.mechanism.days.is_working(self.asof)

    @property
    def takes_years_in(self) -> bool:
        """Tell whether its reader takes the days off of a year in."""
        return self.sight.has(Role.TOWNSHIP_ORGANIZER)

    @property
    def missing_year(self) -> int | None:
        """The running year or the next, where its days off are not known yet."""
        return self.place.mechanism.days.missing_year(self.asof)
