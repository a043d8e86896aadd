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
from concerto.journal.kinds import APART_KINDS
from concerto.journal.kinds import words as said
from concerto.journal.models import Entry
from concerto.papers import ledgers
from concerto.papers.ledgers import Line
from concerto.places.sight import Part, Sight
from concerto.register.search import log_of

LOOKED_AT = 200  # entries of one person in a month are fewer
SHOWN = 4


class Own(NamedTuple):
    """One entry of one's own, and where it stands."""

    entry: UUID
    kind: str
    on: date
    parts: tuple[Part, ...]


def own_entries(sight: Sight, month: date) -> list[Own]:
    """List one's own entries that stand, the newest first: of this month, and the last few before it."""
    rows = Entry.objects.filter(log=log_of(sight), author=sight.account).exclude(kind__in=APART_KINDS).order_by("-seq")
    found: dict[UUID, tuple[str, date]] = {}
    for entry, first, kind, on in rows.values_list("id", "first", "kind", "happened_on")[:LOOKED_AT]:
        if (len(found) < SHOWN or on >= month) and entry == first:
            found.setdefault(first, (kind, on))
    standing = ledgers.chords(sight, found)
    return [Own(entry, kind, on, tuple(standing.get(entry, ()))) for entry, (kind, on) in found.items()]


def sounded(entries: Iterable[Own]) -> list[Sounded]:
    """Give those that stand in a ledger as chords."""
    return [Sounded(one.on, one.parts) for one in entries if one.parts]


def visits_of(sight: Sight, entries: Iterable[Own]) -> dict[UUID, list[Line]]:
    """Read the lines of the visits and of the meetings among them, in one statement each."""
    found: dict[UUID, list[Line]] = {}
    some = list(entries)
    for kind, part in (("visit", Part.VISITS), ("meeting", Part.BRANCH)):
        wanted = [one.entry for one in some if one.kind == kind]
        columns = (*ledgers.COMMON, *ledgers.EXTRA[part])
        rows = ledgers.ledger(part, sight).filter(entry__in=wanted).values_list(*columns) if wanted else ()
        for row in rows:
            line = ledgers.as_known(part, sight, row)
            found.setdefault(line.entry, []).append(line)
    return found


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
