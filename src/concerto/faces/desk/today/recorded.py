"""What one recorded oneself lately: the newest of it in words, and the whole month for its score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext, pgettext

from concerto.faces.desk.drawing import Sounded
from concerto.faces.desk.entries.facts import MORE_KINDS
from concerto.faces.desk.register.card import CHANGES
from concerto.groundwork import database
from concerto.journal.kinds import APART_KINDS
from concerto.journal.kinds import words as said
from concerto.journal.models import Entry
from concerto.papers import ledgers
from concerto.papers.bare import Reading
from concerto.papers.ledgers import Line
from concerto.places.sight import Part, Sight
from concerto.register.search import log_of

LOOKED_AT = 200  # entries of one person in a month are fewer
SHOWN = 4
ENTRIES = Reading(Entry, ("id", "first", "kind", "happened_on"))
IN_WORDS = {"visit": Part.VISITS, "meeting": Part.BRANCH}  # the kinds of which more is said than what they are


class Own(NamedTuple):
    """One entry of one's own, and where it stands."""

    entry: UUID
    kind: str
    on: date
    parts: tuple[Part, ...]


def own_entries(sight: Sight, month: date) -> list[Own]:
    """List one's own entries that stand, the newest first: of this month, and the last few before it."""
    apart = ", ".join(["%s"] * len(APART_KINDS))
    where = f"log = %s AND author = %s AND kind NOT IN ({apart}) ORDER BY seq DESC LIMIT {LOOKED_AT}"
    asked, values, _ = ENTRIES.asked((where, [log_of(sight), sight.account, *sorted(APART_KINDS)]))
    found: dict[UUID, tuple[str, date]] = {}
    for row in ENTRIES.told(database.fetch(asked, values)):
        if (len(found) < SHOWN or row.happened_on >= month) and row.id == row.first:
            found.setdefault(row.first, (row.kind, row.happened_on))
    standing = ledgers.chords(sight, found)
    return [Own(entry, kind, on, tuple(standing.get(entry, ()))) for entry, (kind, on) in found.items()]


def sounded(entries: Iterable[Own]) -> list[Sounded]:
    """Give those that stand in a ledger as chords."""
    return [Sounded(one.on, one.parts) for one in entries if one.parts]


def visits_of(sight: Sight, entries: Iterable[Own]) -> dict[UUID, list[Line]]:
    """Read the lines of the visits and of the meetings among them."""
    some = list(entries)
    wanted = {part: [one.entry for one in some if one.kind == kind] for kind, part in IN_WORDS.items()}
    return ledgers.of_entries(sight, wanted)


@dataclass(frozen=True)
class Shown:
    """One of them in words."""

    own: Own
    title: str
    meta: str


def in_words(entries: Iterable[Own], visits: Mapping[UUID, list[Line]], houses: Mapping[UUID, str]) -> list[Shown]:
    """Say the newest few: with whom, and how it went."""
    return [_shown(one, visits.get(one.entry, []), houses) for one in entries]


def _shown(one: Own, lines: list[Line], houses: Mapping[UUID, str]) -> Shown:
    what = str(CHANGES.get(one.kind) or MORE_KINDS.get(one.kind, one.kind))
    if not lines:
        return Shown(one, what, "")
    if one.kind == "meeting":
        return _meeting(one, lines, what)
    line = lines[0]
    how = said.word(said.CHANNEL_WORDS, line.kind)
    if len(lines) > 1:
        return Shown(one, how, gettext("{n} households").format(n=len(lines)))
    outcome = said.word(said.OUTCOME_WORDS, line.state) if line.state != "met" else ""
    name = houses.get(line.household, "") if line.household else ""
    if not name:
        return Shown(one, how, outcome)
    return Shown(one, name, pgettext("clause", ", ").join(words for words in (how, outcome) if words))


def _meeting(one: Own, lines: list[Line], what: str) -> Shown:
    """Call a meeting by its form, or where it has none by what it held; what it held besides stands behind."""
    held = [line for line in sorted(lines, key=lambda line: line.n) if line.id == one.entry]
    first, *others = [said.word(said.HELD_WORDS, line.kind) for line in held] or [what]
    return Shown(one, first, pgettext("list", ", ").join(others))
