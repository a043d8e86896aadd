"""Whether the books hold: the journal by its digests and texts, the ledgers by folding every thing again.

Without heads kept elsewhere only accidents are found: whoever rewrites a log from some entry on, digests and all, or
takes away its last entries and lowers its head, leaves nothing behind that differs.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from concerto.groundwork import database
from concerto.journal.said import CompanionRow, ProofRow

from . import attachments
from .checking import Journal
from .cues import LEDGER_VERSION
from .differences import Difference, Differs, differ, shown
from .heads import HeadKept, Lost, compare_heads
from .replay import TABLES, Folded, folded

NOT_FOUND_WITHOUT_HEADS = _(
    "Without heads kept elsewhere only accidents are found: not a log rewritten from some entry on, nor last entries "
    "taken away together with the head."
)
NOT_FOUND_AT_ALL = _("What was never recorded, or recorded untruly, is not found by any comparison.")


class Verified(NamedTuple):
    """What was looked at, and the first difference, if there is one."""

    logs: int
    entries: int
    difference: Difference | None
    lost: list[Lost]


def verify(heads: Iterable[HeadKept] = ()) -> Verified:
    """Verify every log of this home, and the heads that were kept elsewhere."""
    kept, logs, entries = list(heads), all_logs(), 0
    try:
        with database.one_view():
            _check_strays(logs)
        for log in logs:
            with database.one_view():
                entries += _verify_log(log)
        with database.one_view():
            lost = compare_heads(kept)
    except Differs as differs:
        return Verified(len(logs), entries, differs.difference, [])
    return Verified(len(logs), entries, None, lost)


def verify_log(log: UUID) -> Difference | None:
    """Verify one log and give the first difference, or None when it holds."""
    try:
        with database.one_view():
            _verify_log(log)
    except Differs as differs:
        return differs.difference
    return None


def all_logs() -> list[UUID]:
    """List every log that has a head, in a fixed order."""
    return [database.to_uuid(log) for (log,) in database.fetch("SELECT log FROM head ORDER BY log")]


def _verify_log(log: UUID) -> int:
    entries = Journal(log).check()
    for code, digest in attachments.check(log):
        differ(log, code, f"attachment {digest[:16]}")
    _check_version(log)
    elsewhere = {table: Elsewhere() for table in OF_ANOTHER_THING}
    for stretch in folded(log):
        for table in TABLES:
            _compare(log, table, stretch, elsewhere.get(table))
    for table, left in elsewhere.items():
        _name_difference(log, table, list(left.expected.values()), list(left.found.values()))
    return entries


def _check_strays(logs: list[UUID]) -> None:
    """No row may belong to a log without a head."""
    known = {database.as_stored((log,))[0] for log in logs}
    tables = ["entry", "sealed", "touch", *(table.TABLE for table in TABLES)]
    for table in tables:
        for log in database.distinct_logs(table):
            if log not in known:
                differ(database.to_uuid(log), "no_head", table)


def _check_version(log: UUID) -> None:
    for (version,) in database.fetch("SELECT ledger_version FROM head WHERE log = %s", [log]):
        if version != LEDGER_VERSION:
            differ(log, "version", "head", LEDGER_VERSION, version)


# ---------------------------------------------------------------- the ledgers


# Rows that one thing leaves under the key of another: what a need proves lies under its household's word.
OF_ANOTHER_THING = (ProofRow, CompanionRow)


class Elsewhere:
    """Rows of a table that lie in another stretch than what they are folded from: each is met from both sides."""

    def __init__(self) -> None:
        self.expected: dict[tuple[Any, ...], Any] = {}
        self.found: dict[tuple[Any, ...], Any] = {}

    def lay_aside(
        self, table: Any, stretch: Folded, expected: list[Any], found: list[Any]
    ) -> tuple[list[Any], list[Any]]:
        """Keep what is folded here and lies elsewhere, and what lies here and is folded elsewhere; give the rest."""
        width, ends = len(table.KEY), database.as_stored((stretch.low, stretch.high))
        low, high = ends
        own = sorted((row for row in expected if low <= row[1] <= high), key=lambda row: row[:width])
        keys = {row[:width] for row in own}
        for row in expected:
            if row[:width] not in keys:
                _meet(row[:width], row, self.expected, self.found)
        here = [tuple(row) for row in found if tuple(row)[:width] in keys]
        for row in found:
            if tuple(row)[:width] not in keys:
                _meet(tuple(row)[:width], tuple(row), self.found, self.expected)
        return own, here


def _meet(key: tuple[Any, ...], row: Any, mine: dict[Any, Any], theirs: dict[Any, Any]) -> None:
    """Keep a row until it is met from the other side, or let both go."""
    if theirs.get(key) == row:
        del theirs[key]
    else:
        mine[key] = row


def _compare(log: UUID, table: Any, stretch: Folded, elsewhere: Elsewhere | None) -> None:
    """Compare the rows of one table between two ids with those that were folded again."""
    order = ", ".join(f'"{name}"' for name in table.KEY[1:])
    columns = ", ".join(f'"{name}"' for name in table._fields)
    sql = f'SELECT {columns} FROM "{table.TABLE}" WHERE log = %s AND id BETWEEN %s AND %s ORDER BY {order}'  # noqa: S608
    found = database.fetch(sql, [log, stretch.low, stretch.high])
    expected = [database.as_stored(row) for row in stretch.rows.get(table, ())]
    if elsewhere is not None:
        expected, found = elsewhere.lay_aside(table, stretch, expected, found)
    if found != expected:
        _name_difference(log, table, expected, found)


def _name_difference(log: UUID, table: Any, expected: list[Any], found: list[Any]) -> None:
    width = len(table.KEY)
    places = [table._fields.index(name) for name in table.KEY]
    ours, theirs = ({tuple(row[n] for n in places): tuple(row) for row in rows} for rows in (expected, found))
    for key in sorted(ours.keys() | theirs.keys()):
        where = f"{table.TABLE} {'/'.join(str(part) for part in key[1:width])}"
        if key not in theirs:
            differ(log, "row_removed", where)
        if key not in ours:
            differ(log, "row_added", where)
        if ours[key] != theirs[key]:
            differ(log, "row_changed", where, *shown(table._fields, ours[key], theirs[key]))
