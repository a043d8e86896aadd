"""A workbook of rosters beside the register of its township: what it says, what would come of it, what came of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from concerto.conductor.roster import township
from concerto.conductor.roster.flags import RowFlag
from concerto.conductor.roster.importing import Refusal
from concerto.conductor.roster.planning import ADDED, CHANGED, KNOWN, Plan, TablePlan, plan
from concerto.conductor.roster.township import Township
from concerto.groundwork import keyed

from .roster.annotate import annotate
from .roster.fields import Field
from .roster.found import Column, Fate, Roster, Table
from .roster.reading import read

NEVER_HELD = frozenset({Field.SEX})  # the register has no place for it


@dataclass(frozen=True)
class Looked:
    """A workbook that was read and compared with its township; nothing is written by looking."""

    town: Township
    roster: Roster
    plan: Plan
    data: bytes = field(repr=False)

    @property
    def not_kept(self) -> list[str]:
        """The headings of columns that do not come in, each once."""
        headings = (column.heading for column in self._columns if _stays_out(column))
        return list(dict.fromkeys(headings))

    @property
    def _columns(self) -> list[Column]:
        taken = [column for table in self.roster.tables for column in table.columns]
        return taken + [column for table in self.roster.refused_tables for column in table.columns]

    @property
    def has_remarks_at_phones(self) -> bool:
        """Tell whether words stand beside telephone numbers; the numbers come in, the words do not."""
        return any(phone.remark for table in self.roster.tables for one in table.people for phone in one.phones)

    def annotated(self) -> bytes:
        """Give the person's own workbook with the cells marked that somebody has to look at."""
        return annotate(self.data, [*self.roster.flags, *(flag for one in self.plan.tables for flag in one.flags)])  # type: ignore[list-item]

    def report(self, refused: list[Refusal] | None = None) -> dict[str, Any]:
        """Say what came of it, a table per village; without what was refused, what would come of it."""
        tables = [_line(one, _table(one), refused or []) for one in self.plan.tables]
        return {
            "tables": tables,
            "refused_tables": [table.line() for table in self.roster.refused_tables],
            "not_kept": self.not_kept,
            "unmapped": list(self.roster.unmapped),
            "branches_added": list(self.plan.branches_to_make.values()),
        }


def look(data: bytes, town: Township, *, home: Path, day: date, units: Mapping[str, str] | None = None) -> Looked:
    """Read a workbook of a township and compare it with the register. Refuses, with a code, what is none."""
    return compared(read_for(data, town, units=units), data, town, home=home, day=day)


def read_for(data: bytes, town: Township, *, units: Mapping[str, str] | None = None) -> Roster:
    """Read a workbook with what the people of a township have said of their headings and villages."""
    return read(data, villages=town.named, mapping=township.mapping_of(town.log), units=units)


def compared(roster: Roster, data: bytes, town: Township, *, home: Path, day: date) -> Looked:
    """Compare what was read with the register as it is now."""
    hashes_are_known = keyed.finds_older(home)
    planned = plan(town, roster.tables, key=hashing_key(home), hashes_are_known=hashes_are_known, day=day)
    return Looked(town, roster, planned, data)


def hashing_key(home: Path) -> bytes:
    """Give the key of identity hashes; where there is none yet, one that finds nobody, since looking makes none."""
    return keyed.identity_key(home) if (home / keyed.KEY).exists() else os.urandom(32)


def _stays_out(column: Column) -> bool:
    return column.fate is Fate.NOT_KEPT or column.field in NEVER_HELD


def _table(one: TablePlan) -> Table:
    assert isinstance(one.table, Table)
    return one.table


def _line(one: TablePlan, table: Table, refused: list[Refusal]) -> dict[str, Any]:
    here = [refusal for refusal in refused if refusal.table is one]
    added = one.count(ADDED) - sum(refusal.opened for refusal in here)
    line = table.report(added=added, known=one.count(KNOWN), changed=one.count(CHANGED))
    line["flagged"] = sorted([*_lines(line["flagged"]), *map(_flag, one.flags)], key=lambda flag: flag["row"])
    line["refused"] = [*_lines(line["refused"]), *map(_flag, here)]
    return line


def _lines(flags: object) -> list[dict[str, Any]]:
    return list(flags) if isinstance(flags, list) else []


def _flag(flag: RowFlag | Refusal) -> dict[str, Any]:
    return {"row": flag.row, "name": flag.name, "code": flag.code, "why": flag.why}
