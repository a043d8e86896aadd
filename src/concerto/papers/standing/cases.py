"""Cases as facts: their lives, agreements and items told to the rulebook; and what runs of those a reader may open.

They are in no book of a whole township: what is owed about a case is listed where the case opens, and nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from concerto.groundwork import database
from concerto.papers.bare import Reading
from concerto.parts.disputes.models import CaseItem, CaseStep
from concerto.parts.disputes.states import CONFIRMED_BY_NO_COURT, ENDED, HANDSHAKE
from concerto.places.models import Unit
from concerto.register.amending import DaysRow, EditionRow
from concerto.register.posting import PostingRow
from concerto.rulebook.facts import Id, Matter, Step
from concerto.rulebook.handshake import Held, Pass
from concerto.rulebook.standing import Line, Verdict, standing

from .books import Book
from .gathering import places_of
from .local import mechanism_of

RUNNING = (Verdict.OPEN, Verdict.MISSED)
CASE, PEOPLES, ENTRUSTED = "case", "peoples_case", "entrusted_case"
CONFIRMABLE, INSTALMENT, WITH_A_DEADLINE = "confirmable_agreement", "instalment", "agreement_with_a_deadline"
ABOUT_CASES = frozenset({CASE, PEOPLES, ENTRUSTED, CONFIRMABLE, INSTALMENT, WITH_A_DEADLINE})
SAID_AS_IT_IS = frozenset({"not_accepted", "returned", "in_effect", "channel_changed", "result_returned"})
WHAT_CASES_REST_ON = (Unit, PostingRow, EditionRow, DaysRow)
STEPS = Reading(
    CaseStep, ("id", "n", "entry", "kind", "on", "by", "desk", "detail", "names_day", "holder", "office", "of")
)
ITEMS = Reading(CaseItem, ("id", "item", "by"))
ANSWERING = frozenset({"intake", "sent", "received", "accepted", "not_accepted", "returned", "withdrawn"})


def due_of_cases(book: Book, rows: Sequence[Any], asof: date) -> dict[UUID, list[Line]]:
    """List for each of these cases what is still to be done by when, the soonest first; in a few statements for all."""
    if not rows:
        return {}
    book.ahead(*WHAT_CASES_REST_ON)
    matters, whose = [], dict[Id, UUID]()
    for row, path, items in _read(rows):
        for matter in matters_of(row, path, items):
            matters.append(matter)
            whose[matter.id] = row.id
    whole = mechanism_of(book)
    about = {name: duty for name, duty in whole.duties.items() if duty.about in ABOUT_CASES}
    facts = replace(places_of(book), matters=matters)
    first = min(row.opened_on for row in rows)
    found: defaultdict[UUID, list[Line]] = defaultdict(list)
    days = first, asof.replace(year=asof.year + 1, day=1)
    for line in standing(replace(whole, duties=about), facts, asof=asof, between=days):
        if line.verdict in RUNNING and line.about in whose:
            found[whose[line.about]].append(line)
    return {case: sorted(lines, key=lambda line: (line.period.last, line.duty)) for case, lines in found.items()}


def _read(rows: Sequence[Any]) -> Iterator[tuple[Any, list[Any], list[Any]]]:
    log, ids = rows[0].log, [row.id for row in rows]
    of_case = "log = %s AND id IN (%in) ORDER BY id, n", [log]
    steps, items = database.fetch_together(*((*reads.asked(of_case)[:2], ids) for reads in (STEPS, ITEMS)))
    paths, agreed = _by_case(STEPS.told(steps)), _by_case(ITEMS.told(items))
    for row in rows:
        yield row, paths[row.id], agreed[row.id]


def _by_case(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.id].append(row)
    return found


def matters_of(case: Any, path: Sequence[Any], items: Sequence[Any]) -> Iterator[Matter]:
    """Tell a case, and what of it has clocks of its own: its agreement, and each item with a day.

    One that was settled on the spot met its own on that day.
    """
    steps = list(_steps(case, path))
    answers = [_renamed(step) for step in steps if step.kind in ANSWERING]
    yield Matter(id=case.id, subjects=frozenset({CASE}), unit=case.unit, steps=answers)
    yield Matter(
        id=_beside(case.id, 3),
        subjects=frozenset({ENTRUSTED if case.procedure else PEOPLES}),
        unit=case.unit,
        steps=[step for step in steps if step.kind not in ("intake", "sent", "returned")],
        sort=case.procedure,
    )
    if case.effect_on is None and case.stage != "between_themselves":
        return
    holders = {"lead_desk": case.desk}
    entry = next(
        (step.entry for step in reversed(path) if step.kind in ("in_effect", "between_themselves")), case.entry
    )
    if case.category not in CONFIRMED_BY_NO_COURT and case.outcome == "written":
        yield _agreement(case, path, entry, holders)
    dated = [item for item in items if item.by is not None]
    asked: defaultdict[UUID, list[Any]] = defaultdict(list)
    for step in path:
        if step.kind == "performance":
            asked[step.of].append(step)
    for item in dated:
        due = Step(kind="instalment_due", on=item.by, entry=entry, holders=holders)
        told = [
            Step(kind=s.detail, on=max(s.on, item.by), entry=s.entry, n=n) for n, s in enumerate(asked[item.item], 1)
        ]
        yield Matter(id=item.item, subjects=frozenset({INSTALMENT}), unit=case.unit, steps=[due, *told])
    if dated:
        last = max(item.by for item in dated)
        visits = [
            Step(kind="return_visit", on=max(step.on, last), entry=step.entry, n=n)
            for n, step in enumerate(path)
            if step.kind == "return_visit"
        ]
        due = Step(kind="last_due", on=last, entry=entry, n=-1, holders=holders)
        deadline = _beside(case.id, 1)
        yield Matter(id=deadline, subjects=frozenset({WITH_A_DEADLINE}), unit=case.unit, steps=[due, *visits])


def _agreement(case: Any, path: Sequence[Any], entry: UUID, holders: Mapping[str, Id]) -> Matter:
    steps = [Step(kind="in_effect", on=case.effect_on, entry=entry, n=-1, holders=holders)]
    steps += [
        Step(kind="told_to_each_side", on=max(step.on, case.effect_on), entry=step.entry, n=n)
        for n, step in enumerate(path)
        if step.kind in ("told_to_each_side", "applied")  # who applies together knows
    ]
    agreement = _beside(case.id, 2)
    return Matter(id=agreement, subjects=frozenset({CONFIRMABLE}), unit=case.unit, steps=steps)


def _beside(case: UUID, n: int) -> UUID:
    """Name what is judged beside a case by a key that is nothing's."""
    return UUID(int=case.int ^ n)


def _renamed(step: Step) -> Step:
    """Let a desk that took on what was sent to it have answered, as one does that takes a case on."""
    return replace(step, kind="accepted") if step.kind == "received" else step


def _steps(case: Any, path: Sequence[Any]) -> Iterator[Step]:
    """Say each step in the rulebook's words; one may be several. Who has it is what the case's own life says."""
    n, held, is_accepted, put_off = 0, Held(case.unit), False, _putting_off(path)
    for step in path:
        if step.kind in HANDSHAKE:
            held = held.after(Pass(HANDSHAKE[step.kind], step.desk, step.by, step.holder, step.office))
        is_accepted = is_accepted or step.kind == "accepted"
        here = {"desk": held.waits_for or held.desk, "lead_desk": held.desk}
        told = ["extension_agreed"] if step in put_off else _told(step, case, is_accepted=is_accepted)
        for kind in told:
            yield Step(kind=kind, on=step.on, entry=step.entry, n=n, names=step.names_day, holders=here)
            n += 1


def _putting_off(path: Sequence[Any]) -> list[Any]:
    """Give the steps by which it is put off as it stands: what was taken back, or agreed anew to an earlier day,
    puts nothing off."""
    stand: list[Any] = []
    for step in path:
        if step.kind == "extension_over":
            stand = []
        elif step.kind == "extension_agreed":
            stand = [one for one in stand if one.names_day <= step.names_day]
            stand += [] if stand and stand[-1].names_day == step.names_day else [step]
    return stand


def _told(step: Any, case: Any, *, is_accepted: bool) -> Iterator[str]:
    if step.kind == "opened":
        yield "intake"
    elif step.kind == "sent" and step.holder:
        yield "sent"
    elif step.kind == "received" and is_accepted:  # before, whoever received it has still to take it on
        yield "received"
    elif step.kind == "accepted":
        yield "accepted"
        if case.procedure:
            yield "papers_accepted"
    elif step.kind == "between_themselves":
        yield "in_effect"
    elif step.kind in ENDED:
        yield "ended"
        if step.kind == "withdrawn":
            yield "withdrawn"
    elif step.kind in SAID_AS_IT_IS:
        yield step.kind
