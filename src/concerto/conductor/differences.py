"""What `verify` may find: each difference has a code, the place it is in, and what was expected there and found.

It never shows personal data: of a ledger row it names the columns, and shows only ids, codes, days and numbers.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

# Columns of text that hold codes alone; every other text may hold somebody's words.
CODES = frozenset({"kind", "state", "change", "told_by", "sort", "role", "agreement", "standing", "relation", "parts",
                   "topics", "counts_for", "digest", "received_at", "what"})  # fmt: skip

FOUND = {
    # the journal
    "gap": _("a number is missing, or the order was changed"),
    "unreadable": _("the text can't be read"),
    "chain": _("the digest does not follow from the entry before and the two texts"),
    "column": _("a column says something else than the text"),
    "numbers": _("what was filed does not fit the place it stands in"),
    "part_changed": _("a sealed part does not have the digest it lies under"),
    "part_unnamed": _("a sealed part lies here that no entry names"),
    "part_gone": _("a sealed part is gone, and no erasure names it"),
    "part_there": _("a sealed part is there that was erased"),
    "file_unnamed": _("a file lies here that no entry names, or whose words were erased"),
    "file_gone": _("a file that came whole is gone, and no erasure names it"),
    "file_changed": _("a file is not the one its part describes"),
    "touch": _("what the entry touches is not what its text says"),
    "head": _("the log's head is not its last entry"),
    "no_head": _("there are rows of a log that has no head"),
    # the ledgers
    "version": _("the ledgers are those of another release: run `concerto migrate`"),
    "row_changed": _("a row is not what its entries say"),
    "row_added": _("a row is there that no entry made"),
    "row_removed": _("a row is missing that its entries make"),
    # heads kept elsewhere
    "head_lost": _("entries that were there when the head was written down are gone"),
    "head_rewritten": _("an entry is not the one that was there when the head was written down"),
    "head_later": _("the head was written down in an epoch that this log does not know"),
    "log_lost": _("the whole log is gone"),
}


class Difference(NamedTuple):
    """One thing that is not as the journal says."""

    log: UUID
    code: str
    where: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        values = f": {self.expected or '–'} ≠ {self.found or '–'}" if self.expected or self.found else ""
        return f"{self.log} {self.where}: {FOUND[self.code]}{values}"

    def as_facts(self) -> dict[str, str]:
        """Give the difference for a machine to read."""
        return {
            "log": str(self.log),
            "code": self.code,
            "where": self.where,
            "what": str(FOUND[self.code]),
            "expected": self.expected,
            "found": self.found,
        }


class Differs(Exception):
    """A log does not hold."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(str(difference))
        self.difference = difference


def differ(log: UUID, code: str, where: str, expected: Any = "", found: Any = "") -> None:
    """Stop at a difference. The values given are ids, codes, days or numbers, never words."""
    raise Differs(Difference(log, code, where, _plain(expected), _plain(found)))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def shown(columns: Sequence[str], one: Sequence[Any], other: Sequence[Any]) -> tuple[str, str]:
    """Show the columns in which two rows differ, with the values that may be shown."""
    different = [n for n, name in enumerate(columns) if one[n] != other[n]]
    return _values(columns, one, different), _values(columns, other, different)


def _values(columns: Sequence[str], row: Sequence[Any], which: Sequence[int]) -> str:
    return ", ".join(f"{columns[n]} {_value(columns[n], row[n])}" for n in which)


def _value(column: str, value: Any) -> str:
    if value is None or isinstance(value, bool | int | date | UUID):
        return str(value)
    return str(value) if column in CODES or _is_id(value) else "…"


def _is_id(value: str) -> bool:
    return len(value) == 32 and all(digit in "0123456789abcdef" for digit in value)
