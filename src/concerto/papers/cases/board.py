"""The board of cases: those that open to its reader, by where they are; what is followed by that alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from concerto.groundwork import database
from concerto.papers.bare import Reading, Where, both, written
from concerto.papers.behind import Cursor
from concerto.papers.cases.numbers import LISTED
from concerto.papers.cases.readers import OPENED, READS, followed_by, opened_to, readers_of
from concerto.parts.disputes.models import Case
from concerto.parts.disputes.states import COMING, OPEN, RESOLVED
from concerto.places.sight import Sight

BROUGHT, ASKED, TALKING, AWAY, SIGNING, AFTER, ENDED = range(7)  # the groups of the board, in their order
OF_A_YEAR = "year"  # the list that a number of a year opens to
LISTS = ("open", "after", "ended", "goes_on")
NOT_ANSWERED = COMING[0]
RUNNING = (NOT_ANSWERED, *OPEN)
OF_A_LINE = (
    "log", "id", "entry", "unit", "number", "sort", "category", "difficulty", "level", "procedure", "stage", "state",
    "outcome", "desk", "sent_to", "office", "opened_on", "effect_on", "next_on",
)  # fmt: skip


def _words(words: Iterable[str]) -> str:
    """Write codes of ours into a statement."""
    return "(" + ", ".join(f"'{one}'" for one in words) + ")"


AWAY_FROM_HERE = f"stage IN {_words(OPEN)} AND (sent_to IS NOT NULL OR office <> '')"
RANK = f"""CASE WHEN stage IN {_words(RESOLVED)} THEN {AFTER} WHEN {AWAY_FROM_HERE} THEN {AWAY}
    WHEN stage = '{NOT_ANSWERED}' THEN {BROUGHT} WHEN stage = 'accepted' THEN {ASKED}
    WHEN stage = 'agreed' THEN {SIGNING} WHEN stage IN {_words(OPEN)} THEN {TALKING} ELSE {ENDED} END"""
# Settled, and still to be kept or visited.
IS_AFTER = f"""(stage IN {_words(RESOLVED)} AND (items_open > 0 OR (last_due IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM case_step s WHERE s.log = dispute_case.log AND s.id = dispute_case.id AND s.kind = 'return_visit'
))))"""  # noqa: S608  (names are ours)
IS_RUNNING = f"stage IN {_words(RUNNING)}"
LISTED_AS = {"open": IS_RUNNING, "after": IS_AFTER, "ended": f"NOT {IS_RUNNING} AND NOT {IS_AFTER}"}
LINES = Reading(Case, OF_A_LINE, rank=RANK)
LINES_IN_ORDER = {  # two lists have no groups
    OF_A_YEAR: Reading(Case, OF_A_LINE, rank=str(ENDED)),
    "goes_on": Reading(Case, OF_A_LINE, rank=str(BROUGHT)),
}
# Those of a reader by their stage, whether they are still to be kept or visited, and whether they open.
COUNTS = f"""SELECT stage,
    CASE WHEN {IS_AFTER} THEN 1 ELSE 0 END, CASE WHEN id IN ({OPENED}) THEN 1 ELSE 0 END, COUNT(*) FROM dispute_case
WHERE log = %s AND NOT source_withdrawn AND id IN (SELECT id FROM case_reader WHERE {{readers}}) {{its}}
GROUP BY 1, 2, 3"""  # noqa: S608  (names are ours)
NAMES = f"""SELECT p.id, p.side, (SELECT MAX(s.text) FROM sealed s WHERE s.log = p.log AND s.digest = p.name)
FROM case_party p WHERE p.log = %s AND p.side IN ('a', 'b') AND EXISTS (
    SELECT 1 FROM case_reader WHERE {{readers}} AND opens AND because IN {_words(READS)} AND case_reader.id = p.id
) AND p.id IN (%in) ORDER BY p.id, p.n"""  # noqa: S608  (names are ours)


@dataclass(frozen=True)
class Asked:
    """What the board is narrowed to; nothing set is all of it."""

    list: str = "open"
    unit: UUID | None = None
    category: str = ""
    difficulty: str = ""
    after: Cursor | None = None
    year: int = 0
    came_to: str = ""


def page(sight: Sight, asked: Asked, most: int) -> list[Any]:
    """Give the first cases of a list, each as far as its line and its clocks ask: the open ones by what comes next,
    each group from the oldest on."""
    where = _where(sight, asked)
    if where is None:
        return []
    lines = LINES_IN_ORDER.get(asked.list, LINES)
    if asked.after:
        where = both(where, (f"({lines.reckoned['rank']}, opened_on, id) > (%s, %s, %s)", [*asked.after]))
    sql, values, _ = lines.asked(where)
    return lines.told(database.fetch(f"{sql} ORDER BY rank, opened_on, id LIMIT %s", [*values, most]))


def _where(sight: Sight, asked: Asked) -> Where | None:
    """Write which cases a list holds; of what somebody only follows they are not told what it is about."""
    if asked.list == OF_A_YEAR:
        return written(of_a_year(sight, asked.year, asked.came_to))
    follows = asked.list == "goes_on"
    known = followed_by(sight) if follows else opened_to(sight)
    if known is None:
        return None
    its: list[Where] = [("unit = %s", [asked.unit])] if asked.unit else []
    its += [] if follows else _of_what(sight, asked)
    return both(known, *its, *([] if follows else [(LISTED_AS[asked.list], [])]))


def _of_what(sight: Sight, asked: Asked) -> list[Where]:
    """Write which sort and grade is asked for. A grade that has run out is none: the matter is to be weighed again."""
    its: list[Where] = [("category = %s", [asked.category])] if asked.category else []
    if asked.difficulty:
        its.append(("difficulty = %s AND (difficulty_until IS NULL OR difficulty_until >= %s)",
                    [asked.difficulty, sight.day]))  # fmt: skip
    return its


def of_a_year(sight: Sight, year: int, came_to: str) -> QuerySet[Case]:
    """Ask for the cases that open to a reader and that a number of a year counts."""
    taken_on = Case.objects.seen_by(sight).standing().filter(accepted_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return taken_on.filter(LISTED[came_to])


def counts(sight: Sight, asked: Asked) -> dict[str, int]:
    """Count each list under the same filters, in one statement."""
    found = dict.fromkeys(LISTS, 0)
    readers = readers_of(sight)
    if readers is None:
        return found
    opens = OPENED.format(readers=readers[0])
    its: list[Where] = [
        (f"(({where}) OR id NOT IN ({opens}))", [*values, *readers[1]])  # what is only followed is of no sort
        for where, values in _of_what(sight, asked)
    ]
    its += [("unit = %s", [asked.unit])] if asked.unit else []
    sql = COUNTS.format(readers=readers[0], its="".join(f" AND {where}" for where, _ in its))
    rows = database.fetch(sql, [*readers[1], sight.log, *readers[1], *(one for _, some in its for one in some)])
    for stage, after, opens, n in rows:
        found["goes_on" if not opens else "open" if stage in RUNNING else "after" if after else "ended"] += n
    return found


def names_of(sight: Sight, rows: Sequence[Any]) -> dict[UUID, list[tuple[str, list[str]]]]:
    """Name the two sides of cases, where their names are this reader's to read; in one statement for all."""
    readers = readers_of(sight)
    if not rows or readers is None:
        return {}
    values = [rows[0].log, *readers[1]]
    return _by_side(database.fetch_in(NAMES.format(readers=readers[0]), values, [row.id for row in rows]))


def _by_side(told: Iterable[Sequence[Any]]) -> dict[UUID, list[tuple[str, list[str]]]]:
    found: defaultdict[UUID, dict[str, list[str]]] = defaultdict(lambda: {"a": [], "b": []})
    for case, side, name in told:
        found[database.to_uuid(case)][side].append(name or "")
    return {case: list(sides.items()) for case, sides in found.items()}
