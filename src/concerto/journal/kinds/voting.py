"""How a vote at a meeting is counted: against those who should be there (应到), never against those who are.

Pure arithmetic, the same for the door, the ledger, the page and the printed minutes.
"""

from typing import Literal, NamedTuple

from django.utils.translation import gettext, pgettext

Outcome = Literal["passed", "not_passed", "no_valid_vote"]


class Tally(NamedTuple):
    """One vote: how many should be there, how many with a vote were, and how many said yes."""

    base: int
    present: int
    yes: int = 0

    @property
    def least(self) -> int:
        """The fewest yes votes that carry it: more than half of those who should be there."""
        return self.base // 2 + 1

    @property
    def outcome(self) -> Outcome:
        """Say what came of it.

        >>> Tally(base=20, present=15, yes=11).outcome, Tally(base=20, present=15, yes=10).outcome
        ('passed', 'not_passed')
        >>> Tally(base=20, present=9, yes=9).outcome
        'no_valid_vote'
        """
        if not may_vote(base=self.base, present=self.present):
            return "no_valid_vote"
        return "passed" if 2 * self.yes > self.base else "not_passed"


def may_vote(*, base: int, present: int) -> bool:
    """Tell whether enough are there for a vote: half of those who should be."""
    return base > 0 and 2 * present >= base


def half_is_absent(*, base: int, present: int) -> bool:
    """Tell whether half of those who should be there are not: such a meeting was held, and proves nothing."""
    return 2 * (base - present) >= base


def line_of_vote(tally: Tally) -> str:
    """Say one vote in one line, with the base it was counted against."""
    outcome = tally.outcome
    if outcome == "no_valid_vote":
        words = pgettext("vote", "due {base}, present {present}, too few for a vote")
        return words.format(base=tally.base, present=tally.present)
    result = gettext("passed") if outcome == "passed" else gettext("not passed")
    words = pgettext("vote", "due {base}, present {present}, at least {least}, in favour {yes}, {result}")
    return words.format(base=tally.base, present=tally.present, least=tally.least, yes=tally.yes, result=result)
