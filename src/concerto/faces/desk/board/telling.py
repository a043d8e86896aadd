"""What of a head its reader is told: all of it, how many, or of households above their village no more than rounded.

Whoever reads the ledger from above reads that a household was not met. Were it said beside it that all were done, or
that one village's only one was, the one that was not met would be known to have declined. So of households it is told
from above: under five nothing, and otherwise by fives, "all but <5" for all of them as well. While a turn runs it is
owed, done or not.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from concerto.faces.desk import shapes
from concerto.faces.desk.board import words
from concerto.faces.desk.drawing import Mark
from concerto.papers.board.year import Head, tells_lines
from concerto.papers.few import SMALL, few
from concerto.places.sight import Sight
from concerto.rulebook.duty import Duty
from concerto.rulebook.period import ONE_DAY
from concerto.rulebook.terms import terms


class Depth(Enum):
    """How much of a head is told."""

    WHOLE = auto()
    COUNTS = auto()
    ROUNDED = auto()


def depth(sight: Sight, head: Head) -> Depth:
    """Tell how much of a head a reader is told."""
    if tells_lines(sight, head):
        return Depth.WHOLE
    return Depth.ROUNDED if is_about_households(head.duty) else Depth.COUNTS


def is_about_households(duty: Duty) -> bool:
    """Tell whether a duty is owed about households."""
    return "household" in terms().subjects[duty.about].of


@dataclass(frozen=True)
class Told:
    """One head as its reader is told of it on a day."""

    head: Head
    depth: Depth
    today: date

    @property
    def state(self) -> str:
        """How it stands; "nearly" is done or all but a few, of "few" it is not told."""
        state, need = self.head.state, self.head.need
        if self.depth is not Depth.ROUNDED or not need:
            return state
        if self.today <= self.head.due:
            return "open"
        if need < SMALL:
            return "few"
        return "nearly" if need - self.head.have < SMALL else "missed"

    @property
    def late_on(self) -> date | None:
        """The last day on which something of it was made good; to whoever is told no lines none."""
        return self.head.late_on if self.depth is Depth.WHOLE else None

    @property
    def count(self) -> str:
        """How many are done of how many."""
        have, need = self.head.have, self.head.need
        if not self.head.is_counted or not need:
            return ""
        if self.depth is Depth.WHOLE:
            return _all_or(have, need)
        if need < SMALL:
            return gettext("of <{small}").format(small=SMALL)
        return self._rounded(have, need) if self.depth is Depth.ROUNDED else self._counted(have, need)

    @property
    def waived(self) -> str:
        """How many of it were let go, so that fewer were owed than there are."""
        n = self.head.waived
        if not n or self.state == "few":
            return ""
        return gettext("{n} waived").format(n=n if self.depth is Depth.WHOLE else few(n))

    def _counted(self, have: int, need: int) -> str:
        """No number under five, nor what is left to one."""
        if need - SMALL < have < need:
            return gettext("all but <{small} of {need}").format(small=SMALL, need=need)
        return _all_or(have, need, few(have))

    def _rounded(self, have: int, need: int) -> str:
        if need - have < SMALL:
            return gettext("all but <{small} of {need}").format(small=SMALL, need=need)
        if have < SMALL:
            return _all_or(have, need, f"<{SMALL}")
        return gettext("{have} or more of {need}").format(have=have - have % SMALL, need=need)

    def words(self, *, year: int) -> str:
        """Say how it stands: its state, the day where it is open or was made good late, and how many."""
        state, said = self.state, str(words.STATES[self.state])
        if state == "open":
            said = gettext("owed until {day}").format(day=words.month_day(self.head.due, year=year))
        elif state == "late" and self.late_on:
            said = gettext("missed, made good on {day}").format(day=words.month_day(self.late_on, year=year))
        count = "" if state == "few" else self.count
        if state == "nearly":  # its words say already how many are left
            count = gettext("{need} in all").format(need=self.head.need)
        return pgettext("clause", ", ").join(word for word in (said, count, self.waived) if word)

    def short(self) -> list[str]:
        """Say the same in pieces short enough for a column of a year: none of them is to be broken."""
        state = self.state
        if state == "few":
            return [pgettext("board", "under {small}").format(small=SMALL), pgettext("board", "not told")]
        if state == "nearly":
            left = pgettext("board", "<{small} left").format(small=SMALL)
            return [left, gettext("{need} in all").format(need=self.head.need)]
        is_open, known = state == "open", words.STATES["missed" if state == "late" else state]
        said = [pgettext("board column", "owed") if is_open else str(known)]
        if state == "late":
            said.append(pgettext("board", "mended"))
            said += [words.month_day(self.late_on, year=self.late_on.year)] if self.late_on else []
        if is_open and (self.head.due + ONE_DAY).day != 1:  # that of the month's end goes without saying
            said.append(words.month_day(self.head.due, year=self.head.due.year))
        return [*said, *(piece for piece in (self._figures(), self.waived) if piece)]

    def _figures(self) -> str:
        """How many are done of how many, in figures."""
        have, need = self.head.have, self.head.need
        if not self.head.is_counted or not need:
            return ""
        if self.depth is not Depth.WHOLE and need < SMALL:
            return f"<{SMALL}"
        return f"{self._done(have, need)} / {need}"

    def _done(self, have: int, need: int) -> str:
        """Tell no more than the words do: what they say alike reads alike here."""
        if self.depth is Depth.WHOLE:
            return str(have)
        if need - have < SMALL and not (self.depth is Depth.COUNTS and have == need):
            return f"{need - SMALL + 1}+"
        if self.depth is Depth.COUNTS:
            return few(have)
        return f"<{SMALL}" if have < SMALL else f"{have - have % SMALL}+"

    @property
    def drawn(self) -> SafeString:
        """Draw it in the hue of its line."""
        return draw(self.state, self.head.duty.part)


def _all_or(have: int, need: int, said: str = "") -> str:
    if have == need:
        return gettext("all {need}").format(need=need)
    return gettext("{have} of {need}").format(have=said or have, need=need)


def told(head: Head, sight: Sight) -> Told:
    """Tell of a head what its reader may know."""
    return Told(head, depth(sight, head), sight.day)


def whole(head: Head) -> Told:
    """Tell all of a head, to whoever works where it lies."""
    return Told(head, Depth.WHOLE, head.due)


def draw(state: str, part: str) -> SafeString:
    """Draw one state: what is not owed has no mark, and of a few there is none to draw."""
    if state == "few":
        return SafeString(f'<span class="score-n" aria-hidden="true">&lt;{SMALL}</span>')
    drawn = "met" if state == "nearly" else state
    return shapes.mark(Mark(drawn), part) if drawn != "not_owed" else SafeString("")
