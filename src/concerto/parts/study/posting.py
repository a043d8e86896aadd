"""The folds of the study ledger: talks, lessons, trainings and the study of meetings → a line each, and who studied."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.study import OwnStudy1, Study1
from concerto.journal.kinds.times import Took
from concerto.journal.kinds.visit import Visit1
from concerto.journal.lines import numbered, start
from concerto.journal.said import Posting, Told, stored_in

LEDGER_VERSION = 2


@stored_in("study_line")
class TalkRow(NamedTuple):
    """A row of `Talk`."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    unit: UUID
    on: date
    kind: str
    state: str
    household: UUID | None
    by: UUID
    late: int
    topics: str
    minutes: int
    households: int


@stored_in("study_time")
class TimeRow(NamedTuple):
    """A row of `StudyTime`."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    kind: str
    person: UUID
    on: date
    begins: int | None
    ends: int | None
    minutes: int


class _Studied(NamedTuple):
    """Something that was studied together: what, how long, by whom."""

    kind: str
    took: Took
    by: Iterable[UUID]


def fold(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one visit into its lines of study; the proofs of it are the visit's own."""
    body = told[0].body if told else None
    if not isinstance(body, Visit1):
        return Posting()
    household = body.households[0] if len(body.households) == 1 else None
    rows = []
    if body.topics:
        line = start(log, thing, told[0], n=0, kind="talk", state="held", household=household)
        rows.append(TalkRow(*line, ",".join(body.topics), 0, len(body.households)))
    if body.lesson_for:
        line = start(log, thing, told[0], n=1, kind="home_lesson", state="held", household=household)
        rows.append(TalkRow(*line, "", body.lesson_minutes, len(body.lesson_for)))
    lesson = [_Studied("home_lesson", Took(minutes=body.lesson_minutes), body.lesson_for)] if body.lesson_for else []
    return Posting([*rows, *_times(log, thing, told[0], lesson)])


def fold_meeting(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn the study before and in a meeting into its lines, and into time of everybody who was there."""
    body = told[0].body if told else None
    if not isinstance(body, Meeting1):
        return Posting()
    took = {"pre_study": body.pre_study, "meeting_study": body.meeting_study}
    studied = [_Studied(kind, length, body.present) for kind, length in took.items() if length]
    lines = [
        TalkRow(*start(log, thing, told[0], n=n, kind=s.kind, state="took_place", household=None), "", s.took.length, 0)
        for n, s in enumerate(studied)
    ]
    return Posting([*lines, *_times(log, thing, told[0], studied)])


def fold_study(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a lesson at home or a training into its line, its time and its proofs."""
    body = told[0].body if told else None
    if not isinstance(body, Study1):
        return Posting()
    line = start(log, thing, told[0], kind=body.form, state="took_place", household=None)
    length = body.took.length
    rows = [TalkRow(*line, ",".join(body.topics), length, 0)]
    times = _times(log, thing, told[0], [_Studied(body.form, body.took, body.members)])
    proven = [(body.form, member, length) for member in body.members]
    return Posting([*rows, *times], list(numbered(told, proven)))


def fold_own_study(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn one's own study into its proof alone: it has no line, so no page, count or file can show it to others."""
    body = told[0].body if told else None
    if not isinstance(body, OwnStudy1):
        return Posting()
    return Posting([], list(numbered(told, [("own_study", told[0].texts[0].said.author, 1)])))


def _times(log: UUID, thing: UUID, fact: Told, studied: Iterable[_Studied]) -> list[TimeRow]:
    on = fact.last.said.happened_on
    each = [(one.kind, person, one.took) for one in studied for person in one.by]
    return [
        TimeRow(log, thing, n, fact.first, kind, person, on, took.begins, took.ends, took.length)
        for n, (kind, person, took) in enumerate(each)
    ]
