"""Needs as facts: what is told of their lives to the rulebook, step by step."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from concerto.parts.assistance.needs import NeedRow, NeedStepRow
from concerto.rulebook.facts import Id, Matter, Step

from .books import Book

NEED = "need"
AT_HOME = frozenset({"owned", "doing", "done", "not_ours"})  # the first of these shows that the village took it on
SAID_AS_IT_IS = frozenset({"returned", "not_ours", "interim_note", "yes", "partly", "no", "told_to_the_doer",
                           "no_answer", "reopened", "merged"})  # fmt: skip
BEGINS_ANEW = ("partly", "no")  # the household itself reopens by these


def needs(book: Book) -> Iterator[Matter]:
    """Tell the life of each need of which anything was told since the book begins."""
    paths: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in book.rows(NeedStepRow):
        paths[row.id].append(row)
    for row in book.rows(NeedRow):
        if row.last_on >= book.since:
            yield matter_of(row, sorted(paths[row.id], key=lambda step: step.n))


def matter_of(need: Any, path: list[Any]) -> Matter:
    """Tell the life of one need, of its row and its path in order."""
    steps = list(_steps(need, path))
    return Matter(id=need.id, subjects=frozenset({NEED}), unit=need.unit, steps=steps, sort=need.clock)


def heard(key: UUID, unit: UUID, on: date, clock: str) -> Matter:
    """Tell the life of a need of which nothing is told but that it was heard, on a day in a unit."""
    opened = SimpleNamespace(kind="opened", on=on, entry=key, names_day=None)
    return matter_of(SimpleNamespace(id=key, unit=unit, clock=clock), [opened])


def _steps(need: Any, path: list[Any]) -> Iterator[Step]:
    """Say each step in the rulebook's words; one may be several. Who holds it follows from the sendings alone."""
    n, sent_from, is_sent, is_new = 0, list[Id](), False, True
    for step in path:
        for kind, holders in _told(step, need.unit, sent_from, is_at_home=is_new and not is_sent):
            yield Step(kind=kind, on=step.on, entry=step.entry, n=n, names=step.names_day, holders=holders)
            n += 1
        is_new = is_new and step.kind not in AT_HOME
        if step.kind == "sent":
            sent_from.append(step.holder)
            is_sent = True
        elif step.kind in ("returned", "done_there"):
            is_sent = bool(sent_from and sent_from.pop()) and bool(sent_from)


def _told(step: Any, home: UUID, desks: list[Id], *, is_at_home: bool) -> Iterator[tuple[str, dict[str, Id]]]:
    if step.kind == "opened":
        yield "opened", {"desk": home}
        yield "heard", {"owner": home}
    elif step.kind == "sent":
        yield "sent", {"desk": step.holder}
    elif step.kind in ("accepted", "done_there"):
        yield "accepted", {}
    elif step.kind == "told":
        yield "told", {}
        if step.detail != "not_ours":
            yield "told_done", {}
    elif step.kind in AT_HOME or step.kind in SAID_AS_IT_IS:
        if is_at_home and step.kind in AT_HOME and step.kind != "not_ours":
            yield "accepted", {}
        if step.kind == "owned":
            yield "owned", {"owner": step.owner}
        if step.kind in SAID_AS_IT_IS:
            yield step.kind, {"desk": desks[-2] if len(desks) > 1 else home} if step.kind == "returned" else {}
        if step.kind in BEGINS_ANEW:
            yield "reopened", {}
