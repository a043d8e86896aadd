"""Ledger lines for other tools: ids and codes, never a name."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from concerto.places.sight import Part, Sight

from .ledgers import COMMON, EXTRA, Asked, Line, gather, numbers

AT_ONCE = 900


def headings(part: Part) -> list[str]:
    """Name the fields of a ledger's lines, the entry first."""
    return ["entry", "number", "unit", *(name for name in COMMON if name not in ("entry", "unit")), *EXTRA[part]]


def plain(part: Part, sight: Sight, asked: Asked, codes: dict[UUID, str]) -> Iterator[dict[str, Any]]:
    """Give a ledger's lines one by one as plain fields; `codes` are the units' codes."""
    for lines in _in_pieces(gather(part, sight, asked)):
        seqs = numbers(sight, {line.entry for line in lines})
        for line in lines:
            yield _plain(line, codes, seqs)


def _plain(line: Line, codes: dict[UUID, str], seqs: dict[UUID, int]) -> dict[str, Any]:
    facts = {
        "entry": str(line.entry),
        "number": seqs.get(line.entry),
        "unit": codes.get(line.unit) or str(line.unit),
        "id": str(line.id),
        "n": line.n,
        "on": line.on.isoformat(),
        "kind": line.kind,
        "state": line.state,
        "household": _id(line.household),
        "by": str(line.by),
        "late": line.late,
    }
    return facts | {name: _id(value) if isinstance(value, UUID) else value for name, value in line.more.items()}


def _id(value: UUID | None) -> str | None:
    return str(value) if value else None


def _in_pieces(lines: Iterable[Line]) -> Iterator[list[Line]]:
    piece: list[Line] = []
    for line in lines:
        piece.append(line)
        if len(piece) == AT_ONCE:
            yield piece
            piece = []
    if piece:
        yield piece
