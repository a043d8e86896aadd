"""The whole mechanism: every duty of a folder, the days, and what a class hour is."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .days import DayTable, day_table
from .duty import Duty, Edition
from .reading import Nonsense, Refused, open_sheet, read_duty
from .sense import judge

SHIPPED = Path(__file__).parent
DUTIES = SHIPPED / "duties"
VALUES = SHIPPED / "data" / "values.toml"


class Value(NamedTuple):
    """A number of the mechanism, as it stands from a day on."""

    since: date
    value: int
    source: str


@dataclass(frozen=True)
class Mechanism:
    """Duties by id, working days, and dated values such as the length of a class hour."""

    duties: Mapping[str, Duty]
    days: DayTable = field(default_factory=day_table)
    values: Mapping[str, Sequence[Value]] = field(default_factory=dict)

    def value(self, name: str, day: date) -> int:
        """Return a value as it stands on a day; before its first day, as it first stood."""
        dated = self.values[name]
        return max((told for told in dated if told.since <= day), default=dated[0]).value

    def amended(self, local: Mapping[str, Iterable[Edition]]) -> "Mechanism":
        """Return the mechanism with the local editions of some duties."""
        changed = {name: self.duties[name].amended(*editions) for name, editions in local.items()}
        return replace(self, duties={**self.duties, **changed})


def read_folder(folder: Path) -> tuple[Mechanism, list[Nonsense]]:
    """Read every duty of a folder, or of its `duties/`, and say all that makes no sense, by file and line.

    A file's name does not matter, its id does: it is how standings and local changes call the duty for ever.
    """
    place = folder / "duties" if (folder / "duties").is_dir() else folder
    duties: dict[str, Duty] = {}
    found: list[Nonsense] = []
    paths = sorted(path for path in place.glob("*.toml") if path.name != "typical-village.toml")
    for path in paths:
        try:
            sheet, said = open_sheet(path, str(path))
        except Refused as refused:
            found.append(refused.nonsense)
            continue
        duty = read_duty(sheet, said)
        judge(sheet, duty)
        if duty.id in duties:
            sheet.refuse("id_twice", "id", value=duty.id)
        duties.setdefault(duty.id, duty)
        found += sorted(sheet.found, key=lambda nonsense: nonsense.line)
    if not paths:
        found.append(Nonsense(str(place), 1, "no_duties_here"))
    return Mechanism(duties, day_table(), read_values()), found


def read_values() -> Mapping[str, Sequence[Value]]:
    """Read the dated values that ship."""
    told = tomllib.loads(VALUES.read_text(encoding="utf-8"))
    return {name: sorted(Value(**row) for row in rows) for name, rows in told.items()}


@cache
def mechanism() -> Mechanism:
    """Return the mechanism that ships; a test holds that all of it makes sense."""
    return read_folder(DUTIES)[0]
