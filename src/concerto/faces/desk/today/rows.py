"""What is owed as rows of a page: one row for what one record settles, with its words, its day and its form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.workplace import Workplace
from concerto.rulebook.duty import Duty, Edition, Unit
from concerto.rulebook.facts import Id
from concerto.rulebook.period import ONE_DAY
from concerto.rulebook.standing import Line, Verdict

from .forms import form_address, form_of, is_about_a_household, settles_several
from .words import day_words, mark_of, sign_of, so_far, turn_words

CALLED_AFTER = frozenset({"four-ones-visit", "members-meeting", "committee-meeting", "group-meeting"})


@dataclass(frozen=True)
class Names:
    """What this reader calls units, groups, households and needs."""

    units: Mapping[UUID, str]
    groups: Mapping[UUID, str]
    houses: Mapping[UUID, str]
    needs: Mapping[UUID, str] = field(default_factory=dict)
    several: bool = False  # whether the reader's lines lie in more than one unit

    def of(self, line: Line) -> str:
        """Say about whom or what a line is: a household, a group, a need."""
        about = line.about
        if not isinstance(about, UUID):
            return ""
        return self.houses.get(about, "") or self.groups.get(about, "") or self.needs.get(about, "")

    def unit(self, line: Line) -> str:
        """Name the unit it lies in."""
        return self.units.get(line.unit, "")  # type: ignore[arg-type]  # the ids of units are keys here


@dataclass(frozen=True)
class Owed:
    """What one record settles: a line, or several that are due on the same day about the same."""

    lines: tuple[Line, ...]
    place: Workplace
    names: Names
    is_household: bool
    alike: "Owed | None" = None  # the first of its stack: but for whom they are about, they say the same

    def of(self, about: Id) -> "Owed":
        """Give the same row about another one."""
        return Owed(tuple(line.of(about) for line in self.lines), self.place, self.names, self.is_household, self)

    def named(self, names: Names) -> "Owed":
        """Give the row with the names its reader may know."""
        return replace(self, names=names)

    @cached_property
    def address(self) -> str:
        """The address of its form; of hundreds of rows only those shown have theirs made."""
        return form_address(self.place.mechanism, self.line)

    @property
    def line(self) -> Line:
        """The first of them, which gives the row its name."""
        return self.lines[0]

    @cached_property
    def duty(self) -> Duty:
        return self.place.mechanism.duties[self.line.duty]

    @property
    def part(self) -> str:
        return self.duty.part

    @property
    def mark(self) -> str:
        return mark_of(self.line)

    @cached_property
    def title(self) -> str:
        """What is to be done, and with whom."""
        return self.called(self.whom)

    @property
    def whom(self) -> str:
        """Whom or what it is about, as its reader may call them."""
        return self.names.of(self.line)

    def called(self, name: str) -> str:
        """Say what is to be done, with somebody of a name, or with nobody that has one."""
        title = self.duty.title[tongue_read()]
        return gettext("{what}: {name}").format(what=title, name=name) if name else title

    @cached_property
    def meta(self) -> str:
        """The turn, how far it has come, and where it lies."""
        if self.alike is not None:
            return self.alike.meta
        told = [turn_words(self.line.period), self._so_far(), self._where(), self._besides()]
        return pgettext("clause", ", ").join(words for words in told if words)

    def sign(self) -> SafeString:
        """Draw its part's sign and its mark, and say them."""
        return sign_of(self.mark, self.part, get_language() or "")

    @property
    def is_missed(self) -> bool:
        return self.line.verdict is Verdict.MISSED

    @property
    def is_today(self) -> bool:
        return self.line.due == self.place.asof and not self.is_missed

    @cached_property
    def due_words(self) -> str:
        """The due day, and whether it is one for certain."""
        if self.alike is not None:
            return self.alike.due_words
        if self.is_today:
            return gettext("today")
        said = day_words(self.line.due, self.place.asof)
        return gettext("{day} (provisional)").format(day=said) if self.line.provisional else said

    @cached_property
    def left_words(self) -> str:
        """How long is left, in working days where the duty counts so; for what was missed, until when it can be made
        good."""
        if self.alike is not None:
            return self.alike.left_words
        if self.is_missed:
            last = self.place.last_day(self.line)
            if last == date.max:
                return gettext("over its day, to be answered still")
            return gettext("missed; can be made good until {day}").format(day=day_words(last, self.place.asof))
        if self.is_today:
            return gettext("not recorded yet")
        if self._edition.within is not None and self._edition.within.unit is Unit.WORKING_DAYS:
            n = working_days_left(self.place, self.line.due)
            return ngettext("{n} working day left", "{n} working days left", n).format(n=n)
        n = (self.line.due - self.place.asof).days
        return ngettext("{n} day left", "{n} days left", n).format(n=n)

    @property
    def _edition(self) -> Edition:
        edition = self.duty.in_force(self.line.period.first)
        assert edition is not None
        return edition

    def _so_far(self) -> str:
        return so_far(self.line, self._edition)

    def _where(self) -> str:
        return self.names.unit(self.line) if self.names.several and not self.is_household else ""

    def _besides(self) -> str:
        others = [self.place.mechanism.duties[line.duty].title[tongue_read()] for line in self.lines[1:]]
        if not others:
            return ""
        listed = pgettext("list", ", ").join(others)
        return gettext("the same record settles: {others}").format(others=listed)


def working_days_left(place: Workplace, due: date) -> int:
    """Count the working days from tomorrow to the due day."""
    days, day, n = place.mechanism.days, place.asof, 0
    while day < due:
        day += ONE_DAY
        n += days.is_working(day)
    return n


@dataclass(frozen=True)
class Stack:
    """Rows that differ only by what they are about, by the hundred: the first of them, and about what each is."""

    row: Owed
    about: Sequence[Id]


def stacks_of(place: Workplace, names: Names) -> list[Stack]:
    """Give what is still to do as rows."""
    found = []
    for alike in place.stacks:
        lines = [line for line in alike.lines if place.is_still_to_do(line)]
        found += [Stack(row, alike.about) for row in owed_rows(place, lines, names)]
    return found


def rows_of(shown: Iterable[tuple[Stack, Id]], names: Names) -> Iterator[Owed]:
    """Give rows out of their stacks, with the names their reader may know."""
    first: dict[int, Owed] = {}
    for stack, about in shown:
        row = first.get(id(stack)) or first.setdefault(id(stack), stack.row.named(names))
        yield row if about == row.line.about else row.of(about)


def owed_rows(place: Workplace, lines: Iterable[Line], names: Names) -> list[Owed]:
    """Put together what one record settles."""
    together: dict[tuple[object, ...], list[Line]] = {}
    several: dict[tuple[str, date], bool] = {}
    for line in lines:
        asked = line.duty, line.period.first
        if asked not in several:
            several[asked] = settles_several(place.mechanism, line)
        form = form_of(place.mechanism, line)
        alone = "" if form.name and several[asked] else line.duty
        group = line.about, line.due, line.verdict, form, alone
        together.setdefault(group, []).append(line)
    return [
        Owed(tuple(_in_order(some)), place, names, is_about_a_household(place.mechanism, some[0]))
        for some in together.values()
    ]


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """What the record is called after comes first: a call before what is asked there, a meeting before its items."""
    return sorted(lines, key=lambda line: (line.duty not in CALLED_AFTER, line.duty))
