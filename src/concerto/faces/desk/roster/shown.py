"""A roster that was looked at, in the words of its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from openpyxl.utils import get_column_letter

from concerto.conductor.roster.found import FoundFlag
from concerto.papers.roster.found import Table
from concerto.papers.rosters import Looked

COUNTED = (
    "households",
    "people",
    "members",
    "probationary",
    "helped",
    "added",
    "known",
    "changed",
    "flagged",
    "refused",
)
MOST_ROWS = 300


@dataclass(frozen=True)
class Row:
    """One row that a person has to look at: where it stands, who it is, why, and what happens to it."""

    sheet: str
    row: int
    name: str
    cell: str
    why: str
    comes_in: bool
    what: str


def shown(looked: Looked) -> dict[str, Any]:
    """Give what the page of a roster shows."""
    tables = [_counted(line, looked) for line in looked.report()["tables"]]
    rows = list(_rows(looked))
    return {
        "tables": tables,
        "total": {name: sum(table[name] for table in tables) for name in COUNTED},
        "rows": rows[:MOST_ROWS],
        "row_count": len(rows),
        "left_out": [(table, gettext(table.why)) for table in looked.roster.refused_tables],
        "not_kept": [" ".join(heading.split()) for heading in looked.not_kept],
        "unmapped": [" ".join(heading.split()) for heading in looked.roster.unmapped],
        "remarks": looked.has_remarks_at_phones,
        "branches": list(looked.plan.branches_to_make.values()),
        "hashes_are_known": looked.plan.hashes_are_known,
        "todo": sum(table["added"] + table["changed"] for table in tables),
    }


def _counted(line: dict[str, Any], looked: Looked) -> dict[str, Any]:
    village = looked.town.villages[line["unit"]][1]
    lists = {name: len(line[name]) for name in ("flagged", "refused")}
    return {**line, **lists, "village": village}


def _rows(looked: Looked) -> Iterator[Row]:
    for one in looked.plan.tables:
        table = one.table
        assert isinstance(table, Table)
        headings = {column.place: column.heading for column in table.columns}
        ours: list[FoundFlag] = [*table.flagged, *one.flags]
        flags: list[tuple[FoundFlag, bool]] = [(flag, True) for flag in ours]
        flags += [(flag, False) for flag in table.refused]
        for flag, comes_in in sorted(flags, key=lambda pair: pair[0].row):
            cell = _cell(flag.column, headings)
            yield Row(table.sheet, flag.row, flag.name, cell, gettext(flag.why), comes_in, _what(flag.code, comes_in))


def _cell(column: int | None, headings: dict[int, str]) -> str:
    if column is None:
        return ""
    return " ".join(headings.get(column, get_column_letter(column)).split())


def _what(code: str, comes_in: bool) -> str:  # noqa: FBT001  (private)
    if not comes_in:
        return gettext("the row stays out")
    if code.startswith("identity_") and code != "identity_differs":
        return gettext("comes in without the number")
    return gettext("comes in, to be looked at")
