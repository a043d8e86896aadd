"""The board of cases: those that open to its reader, by where they are; what is followed by that alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from concerto.groundwork import database
from concerto.papers.bare import Where, written
from concerto.papers.cases.numbers import LISTED
from concerto.parts.disputes.models import Case, CaseReader, CaseStep
from concerto.parts.disputes.states import COMING, OPEN, RESOLVED
from concerto.places.sight import Sight

BROUGHT, ASKED, TALKING, AWAY, SIGNING, AFTER, ENDED = range(7)  # the groups of the board, in their order
OF_A_YEAR = "year"  # the list that a number of a year opens to
LISTS = ("open", "after", "ended", "goes_on")
AT_OTHERS = Q(sent_to__isnull=False) | ~Q(office="")
NOT_ANSWERED = COMING[0]
RUNNING = (NOT_ANSWERED, *OPEN)
READS = ("desk", "sent_to", "mediator", "taken_over")  # why names may be read; a desk that helps reads none
OF_A_LINE = (
    "log", "id", "entry", "unit", "number", "sort", "category", "difficulty", "level", "procedure", "stage", "state",
    "outcome", "desk", "sent_to", "office", "opened_on", "effect_on", "next_on",
)  # fmt: skip
MOST_NAMES = 2  # of each side, on the board


# Those of a reader by their stage, whether they are still to be kept or visited, and whether they open.
COUNTS = f"""SELECT c.stage, CASE WHEN c.stage IN ({", ".join(["%s"] * len(RESOLVED))}) AND (c.items_open > 0
    OR (c.last_due IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM case_step s WHERE s.log = c.log AND s.id = c.id AND s.kind = 'return_visit'
    ))) THEN 1 ELSE 0 END, m.opens, COUNT(*)
FROM (
    SELECT id, MAX(CASE WHEN opens THEN 1 ELSE 0 END) AS opens FROM case_reader WHERE {{readers}} GROUP BY id
) m JOIN dispute_case c ON c.id = m.id WHERE {{narrowed}} GROUP BY 1, 2, 3"""  # noqa: S608  (names are ours)

NAMES = f"""SELECT p.id, p.side, (SELECT MAX(s.text) FROM sealed s WHERE s.log = p.log AND s.digest = p.name)
FROM (
    SELECT DISTINCT id FROM case_reader WHERE {{readers}} AND opens AND because IN ({", ".join(["%s"] * len(READS))})
) m JOIN case_party p ON p.id = m.id WHERE p.log = %s AND p.id IN (%in) AND p.side IN ('a', 'b') ORDER BY p.id, p.n"""  # noqa: S608  (names are ours)


class Cursor(NamedTuple):
    """The last case of a page: the next one goes on behind it."""

    rank: int
    on: date
    id: UUID

    def __str__(self) -> str:
        return f"{self.rank}.{self.on.isoformat()}.{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read a cursor from an address; nonsense begins at the start."""
        try:
            rank, on, case = text.split(".")
            return cls(int(rank) % 10, date.fromisoformat(on), UUID(case))
        except ValueError:
            return None


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


def cases(sight: Sight, asked: Asked) -> QuerySet[Case]:
    """Ask for the cases of one list: the open ones by what comes next, each group from the oldest on."""
    rows: QuerySet[Any]
    if asked.list == OF_A_YEAR:
        rows = of_a_year(sight, asked.year, asked.came_to).annotate(rank=Value(ENDED, output_field=IntegerField()))
    elif asked.list == "goes_on":
        followed = _narrowed(sight, asked, follows=True)
        rows = followed.annotate(rank=Value(BROUGHT, output_field=IntegerField()))
    else:
        rows = _narrowed(sight, asked, follows=False).filter(_lists()[asked.list]).annotate(rank=_rank())
    if asked.after:
        rank, on, case = asked.after
        behind = Q(rank__gt=rank) | Q(rank=rank, opened_on__gt=on) | Q(rank=rank, opened_on=on, id__gt=case)
        rows = rows.filter(behind)
    return rows.order_by("rank", "opened_on", "id")


def page(sight: Sight, asked: Asked, most: int) -> list[Any]:
    """Give the first cases of a list, each as far as a line of the board and its clocks ask."""
    return list(cases(sight, asked).values_list(*OF_A_LINE, "rank", named=True)[:most])


def of_a_year(sight: Sight, year: int, came_to: str) -> QuerySet[Case]:
    """Ask for the cases that open to a reader and that a number of a year counts."""
    taken_on = Case.objects.seen_by(sight).standing().filter(accepted_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return taken_on.filter(LISTED[came_to])


@lru_cache(maxsize=64)  # to write it takes longer than to read what it asks for
def readers_of(sight: Sight) -> Where | None:
    """Write whom cases open to or who follows them, for bare statements over `case_reader`."""
    return written(CaseReader.objects.of(sight))


def counts(sight: Sight, asked: Asked) -> dict[str, int]:
    """Count each list under the same filters, in one statement."""
    found = dict.fromkeys(LISTS, 0)
    readers = readers_of(sight)
    if readers is None:
        return found
    its: list[tuple[str, Any]] = [
        (f"(m.opens = 0 OR c.{name} = %s)", value)  # of what somebody only follows they are not told what it is about
        for name, value in (("category", asked.category), ("difficulty", asked.difficulty))
        if value
    ]
    its += [("c.unit = %s", asked.unit)] if asked.unit else []
    narrowed = " AND ".join(["c.log = %s AND NOT c.source_withdrawn", *(where for where, _ in its)])
    values = [*RESOLVED, *readers[1], sight.log, *(value for _, value in its)]
    for stage, after, opens, n in database.fetch(COUNTS.format(readers=readers[0], narrowed=narrowed), values):
        found["goes_on" if not opens else "open" if stage in RUNNING else "after" if after else "ended"] += n
    return found


def _narrowed(sight: Sight, asked: Asked, *, follows: bool) -> QuerySet[Case]:
    known = Case.objects.followed_by(sight) if follows else Case.objects.seen_by(sight)
    rows: QuerySet[Case] = known.standing()
    if asked.unit:
        rows = rows.filter(unit=asked.unit)
    if asked.category and not follows:  # of what somebody only follows they are not told what it is about
        rows = rows.filter(category=asked.category)
    if asked.difficulty and not follows:
        rows = rows.filter(difficulty=asked.difficulty)
    return rows


def _lists() -> Mapping[str, Any]:
    running, after = Q(stage__in=RUNNING), _after()
    return {"open": running, "after": after, "ended": ~running & ~after}


def _after() -> Any:
    """Ask for what was settled and is still to be kept or visited."""
    visited = Exists(CaseStep.objects.filter(log=OuterRef("log"), id=OuterRef("id"), kind="return_visit"))
    return Q(stage__in=RESOLVED) & (Q(items_open__gt=0) | (Q(last_due__isnull=False) & ~visited))


def _rank() -> Choose:
    return Choose(
        When(stage__in=RESOLVED, then=Value(AFTER)),
        When(Q(stage__in=OPEN) & AT_OTHERS, then=Value(AWAY)),
        When(stage=NOT_ANSWERED, then=Value(BROUGHT)),
        When(stage="accepted", then=Value(ASKED)),
        When(stage="agreed", then=Value(SIGNING)),
        When(stage__in=OPEN, then=Value(TALKING)),
        default=Value(ENDED),
        output_field=IntegerField(),
    )


def names_of(sight: Sight, rows: Sequence[Any]) -> dict[UUID, list[tuple[str, list[str]]]]:
    """Name the two sides of cases, where their names are this reader's to read; in one statement for all."""
    readers = readers_of(sight)
    if not rows or readers is None:
        return {}
    values = [*readers[1], *READS, rows[0].log]
    return _by_side(database.fetch_in(NAMES.format(readers=readers[0]), values, [row.id for row in rows]))


def _by_side(told: Iterable[Sequence[Any]]) -> dict[UUID, list[tuple[str, list[str]]]]:
    found: defaultdict[UUID, dict[str, list[str]]] = defaultdict(lambda: {"a": [], "b": []})
    for case, side, name in told:
        found[database.to_uuid(case)][side].append(name or "")
    return {case: list(sides.items()) for case, sides in found.items()}
