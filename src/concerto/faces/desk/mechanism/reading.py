"""The mechanism as it stands for one reader: what ships, what their township changed, and who proposed and answered."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.five import LEDGERS
from concerto.papers import duty_words
from concerto.papers.standing.books import Book
from concerto.papers.standing.local import mechanism_of
from concerto.places.models import Account
from concerto.places.sight import Part, Sight
from concerto.register.models import LocalEdition
from concerto.rulebook.duty import Duty, Edition
from concerto.rulebook.mechanism import Mechanism, mechanism
from concerto.rulebook.reading import Sheet, read_edition

STATES: dict[str, str | Promise] = {
    "proposed": pgettext_lazy("edition", "proposed"),
    "approved": pgettext_lazy("edition", "approved"),
    "refused": pgettext_lazy("edition", "refused"),
}


@dataclass(frozen=True)
class Row:
    """One duty in a line of the table."""

    duty: Duty
    edition: Edition | None
    is_local: bool
    coming: Edition | None

    @property
    def title(self) -> str:
        return duty_words.title(self.duty)

    @property
    def whose(self) -> str:
        return duty_words.whose(self.duty)

    @property
    def about(self) -> str:
        return duty_words.about(self.duty)

    @property
    def asks(self) -> str:
        return duty_words.asks(self.edition) if self.edition else ""

    @property
    def ways(self) -> str:
        return duty_words.ways(self.edition) if self.edition else ""

    @property
    def minutes(self) -> str:
        return duty_words.minutes(self.edition) if self.edition else ""


@dataclass(frozen=True)
class Proposal:
    """One local edition: what it says, who proposed it and who answered."""

    row: LocalEdition
    edition: Edition
    title: str
    proposed_by: str
    answered_by: str

    @property
    def state(self) -> Any:
        return STATES[self.row.state]

    @property
    def asks(self) -> str:
        return duty_words.asks(self.edition)

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for an answer."""
        return bool(self.row.state == "proposed")


@dataclass(frozen=True)
class Past:
    """One edition in the history of a duty, shipped or local."""

    edition: Edition
    proposal: Proposal | None
    in_force: bool

    @property
    def facts(self) -> list[tuple[Any, str]]:
        """What it says, as terms and words."""
        return edition_facts(self.edition)


@dataclass(frozen=True)
class Here:
    """The mechanism in the township of a reader, on the day they look."""

    sight: Sight

    @cached_property
    def mechanism(self) -> Mechanism:
        """What is in force here; whoever is of no township reads what ships."""
        if self.sight.log is None:
            return mechanism()
        return mechanism_of(Book(self.sight.log, self.sight.day, self.sight.day))

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Every local edition that stands, in the order it was proposed."""
        rows = list(LocalEdition.objects.seen_by(self.sight).filter(source_withdrawn=False).order_by("id"))
        people = {row.proposed_by for row in rows} | {row.answered_by for row in rows if row.answered_by}
        names = dict(Account.objects.filter(id__in=people).values_list("id", "called")) if people else {}
        return [
            Proposal(
                row,
                edition_told(row.told),
                duty_words.title(self.mechanism.duties[row.duty]) if row.duty in self.mechanism.duties else row.duty,
                names.get(row.proposed_by, ""),
                names.get(row.answered_by, "") if row.answered_by else "",
            )
            for row in rows
        ]

    def rows(self, part: Part) -> list[Row]:
        """The duties of one part, those in force first, each in the order of its name."""
        duties = [duty for duty in self.mechanism.duties.values() if duty.part == part.value]
        found = [self.row(duty) for duty in sorted(duties, key=lambda duty: duty.id)]
        return sorted(found, key=lambda row: row.edition is None)

    def row(self, duty: Duty) -> Row:
        """Say one duty as it stands today, and what will stand next."""
        day, edition = self.sight.day, duty.in_force(self.sight.day)
        later = [one for one in duty.editions if one.since > day]
        coming = min(later, key=lambda one: one.since, default=None)
        return Row(duty, edition, edition is not None and self.is_local(duty, edition), coming)

    def is_local(self, duty: Duty, edition: Edition) -> bool:
        """Tell whether an edition is the township's own."""
        return edition not in mechanism().duties[duty.id].editions

    def history(self, duty: Duty) -> list[Past]:
        """Every edition of a duty, the latest first; what was proposed and not approved stands among them."""
        now = duty.in_force(self.sight.day)
        shipped = [Past(edition, None, edition == now) for edition in mechanism().duties[duty.id].editions]
        local = [
            Past(one.edition, one, one.row.state == "approved" and one.edition == now)
            for one in self.proposals
            if one.row.duty == duty.id
        ]
        return sorted([*shipped, *local], key=lambda past: past.edition.since, reverse=True)


def parts(here: Here) -> list[tuple[Part, Any, list[Row]]]:
    """Give the five parts with what they owe."""
    return [(part, LEDGERS[part], here.rows(part)) for part in Part]


def edition_told(told: str) -> Edition:
    """Read an edition as the register keeps it."""
    said: dict[str, Any] = json.loads(told)
    return read_edition(Sheet("", ""), {**said, "since": date.fromisoformat(said["since"])}, None)


def edition_facts(edition: Edition) -> list[tuple[Any, str]]:
    """Say what an edition asks, as terms and words."""
    return [
        (pgettext_lazy("edition", "Asks"), duty_words.asks(edition)),
        (pgettext_lazy("edition", "Proven by"), duty_words.ways(edition)),
        (pgettext_lazy("edition", "May be made up for"), duty_words.grace(edition)),
        (pgettext_lazy("edition", "One record takes"), duty_words.minutes(edition)),
        (pgettext_lazy("edition", "Source"), edition.source),
    ]


def differing(now: Edition, then: Edition) -> list[tuple[Any, str, str]]:
    """Say what an edition says otherwise than another, as terms and both words."""
    both = zip(edition_facts(now), edition_facts(then), strict=True)
    return [(term, was, will) for (term, was), (_term, will) in both if was != will]
