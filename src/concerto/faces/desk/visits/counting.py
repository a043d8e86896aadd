"""For which turn a record counts: that of its day, or an earlier one that can still be made good, late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.today.words import day_words, turn_words
from concerto.papers.standing.books import Book
from concerto.papers.standing.local import mechanism_of
from concerto.papers.standing.made_up import GIVEN_BY
from concerto.rulebook.making_good import last_day_for, turns_to_make_good
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import ONE_DAY, Every, Period, named, period_of

EARLIEST = 2000  # a day in an earlier year is mistyped


class TurnField(forms.ChoiceField):
    """The turn it counts for. What is no choice is not simply wrong: the form says why, in words."""

    def valid_value(self, value: Any) -> bool:
        """Take any; `Turns.refused` judges it by the day of the record."""
        return True


@dataclass(frozen=True)
class Turns:
    """The turns that a form may count for: `asked` in its address, and `kept`, which the last wording says already."""

    mechanism: Mechanism
    kinds: frozenset[str]
    day: date
    today: date
    asked: str = ""
    kept: str = ""

    @property
    def is_asked(self) -> bool:
        """Tell whether there is anything to choose or to say."""
        return bool(self._offered or self.asked or self.kept)

    @property
    def _offered(self) -> list[Period]:
        offered = turns_to_make_good(self.mechanism, self.kinds, self.day)
        kept = named(self.kept) if self.kept else None
        return [*offered, *([kept] if kept and kept not in offered else [])]

    def field(self) -> TurnField:
        """Give the question, with the turn that was asked for proposed; where it can't be, it says why."""
        wrong = self.refused(self.asked, self.day) if self.asked else ""
        late = [(turn.name, gettext("{turn}, late").format(turn=turn_words(turn))) for turn in self._offered]
        return TurnField(
            label=_("Counts for"),
            choices=[("", self._own_words()), *late],
            widget=forms.RadioSelect,
            required=False,
            initial=self.kept or ("" if wrong else self.asked),
            help_text=wrong or _("Made up for an earlier turn, it no longer counts for its own."),
        )

    def _own_words(self) -> str:
        if any(turn.every is not Every.MONTH for turn in self._offered):
            return gettext("Its own turn, by its day")
        month = turn_words(period_of(Every.MONTH, self.day))
        if self.day == self.today:
            return gettext("Its own month ({month}, if it was today)").format(month=month)
        return gettext("Its own month ({month})").format(month=month)

    def is_own(self, name: str, day: date) -> bool:
        """Tell whether a turn is the one a day lies in: then there is nothing to say."""
        turn = named(name)
        return turn is not None and turn.holds(day)

    def refused(self, name: str, day: date) -> str:
        """Say why a record of a day can't count for a turn; nothing where it can, or where the turn is its own."""
        turn = named(name)
        if turn is None:
            return gettext("There is no such turn. It counts for its own.")
        if turn.holds(day) or (name == self.kept and turn.last < day):
            return ""
        if turn.last >= day:
            return gettext("{turn} is not over yet on that day: it can only count for an earlier turn.").format(
                turn=turn_words(turn)
            )
        last = last_day_for(self.mechanism, self.kinds, turn)
        if last is None:
            return gettext("Nothing that this records is owed in that turn: {turn}.").format(turn=turn_words(turn))
        if day > last:
            return gettext(
                "{turn} could be made good until {day}. After that it counts for its own turn alone."
            ).format(turn=turn_words(turn), day=day_words(last, self.today))
        return ""


def typed_day(request: SignedIn) -> date | None:
    """Say which day was chosen in a form that was sent, as far as it can be read."""
    chosen, today = request.POST.get("day"), request.sight.day
    if chosen == "other":
        try:
            on = date.fromisoformat(request.POST.get("on", ""))
        except ValueError:
            return None
        return min(on, today) if on.year >= EARLIEST else None
    return {"today": today, "yesterday": today - ONE_DAY}.get(chosen or "")


def turns(request: SignedIn, sheet: str, *, on: date | None = None, kept: str | None = None) -> Turns | None:
    """Say what a form may count for: by the day typed in it, else by `on`, the day it speaks of already, else today.

    `kept` is the turn of its last wording.
    """
    sight = request.sight
    if sheet not in GIVEN_BY or sight.log is None:
        return None
    found = Turns(
        mechanism_of(Book(sight.log, sight.day, sight.day)),
        GIVEN_BY[sheet],
        typed_day(request) or on or sight.day,
        sight.day,
        request.GET.get("counts_for", "")[:24],
        kept or "",
    )
    return found if found.is_asked else None
