"""What is measured: one row for each case, ours beside its floor."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple


class Result(NamedTuple):
    """One case on one engine. `ratio` is ours by floor: at 1 we cost what bare SQL costs. `limit` is what ours shall
    not pass, where there is one."""

    name: str
    engine: str
    case: str
    ours: float
    floor: float | None
    ratio: float | None
    unit: str
    limit: float | None = None


def result(
    name: str, engine: str, case: str, ours: float, floor: float | None, unit: str, *, limit: float | None = None
) -> Result:
    """Round a case to what a shared machine lets one say."""
    ratio = round(ours / floor, 2) if floor else None
    return Result(name, engine, case, _rounded(ours), _rounded(floor) if floor else None, ratio, unit, limit)


def p95(times: Sequence[float]) -> float:
    """Give the time that one of twenty takes longer than."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def middle(times: Sequence[float]) -> float:
    """Give the median."""
    return median(times)


def _rounded(value: float) -> float:
    return round(value) if value >= 100 else round(value, 1 if value >= 10 else 2)


def table(results: Sequence[Result]) -> str:
    """Write results for people."""
    rows = [Result._fields, *(tuple(map(_shown, row)) for row in results)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(Result._fields))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _shown(value: str | float | None) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:,}"
