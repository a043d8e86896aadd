"""What a board is asked for: year, part, which places, one bar. It names nobody, so it stands in an address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from concerto.faces.desk.drawing import FIVE

FULL, SINGLE = 12, 40  # brackets on a page: of five lines each, or of one


@dataclass(frozen=True)
class Asked:
    """A year, maybe one part of five, the first bracket shown, and the bar that is opened with its first line shown.

    A narrow screen draws the last months alone until `all_months` are asked for, which are then moved sideways.
    """

    year: int
    part: str = ""
    first: int = 0
    as_table: bool = False
    all_months: bool = False
    place: UUID | None = None
    month: int = 0
    line: str = ""
    behind: int = 0

    @classmethod
    def read(cls, told: Mapping[str, Any], *, years: range) -> "Asked":
        """Read an address; what can't be read asks for nothing, and a year nobody kept is the last one."""
        year = _number(told.get("year", ""))
        return cls(
            year=year if year in years else years[-1],
            part=_part(told.get("part", "")),
            first=_number(told.get("first", "")),
            as_table=told.get("as") == "table",
            all_months=told.get("months") == "all",
            place=_key(told.get("place", "")),
            month=month if (month := _number(told.get("month", ""))) in range(1, 13) else 0,
            line=_part(told.get("line", "")),
            behind=_number(told.get("behind", "")),
        )

    @property
    def parts(self) -> tuple[str, ...]:
        """The lines that are drawn."""
        return (self.part,) if self.part else tuple(part.value for part in FIVE)

    @property
    def lines_opened(self) -> tuple[str, ...]:
        """The lines of the bar that is opened."""
        return (self.line,) if self.line else self.parts

    @property
    def at_once(self) -> int:
        """How many brackets a page has room for."""
        return SINGLE if self.part else FULL

    def address(self, page: str = "board", **changes: Any) -> str:
        """Write the address of the same with something changed; a bar stays open only where it is named."""
        told = replace(replace(self, place=None, month=0, line="", behind=0), **changes)
        narrowing: dict[str, Any] = {"year": told.year}
        if told.as_table:
            narrowing["as"] = "table"
        if told.all_months:
            narrowing["months"] = "all"
        for name in ("part", "first", "place", "month", "line", "behind"):
            if value := getattr(told, name):
                narrowing[name] = value
        return f"{reverse(f'desk:{page}')}?{urlencode(narrowing)}" + ("#bar" if told.month else "")


def years_of(opened_on: date, today: date) -> range:
    """List the years that a township's book may speak of."""
    return range(min(opened_on.year, today.year), today.year + 1)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _part(text: str) -> str:
    return text if text in {part.value for part in FIVE} else ""


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
