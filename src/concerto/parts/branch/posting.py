"""The fold of the branch ledger: a meeting → a line for its form and for each thing it held, and what they prove;
a decision, pledge or branch matter → its one "opened" line."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.meeting import Decided, Meeting1
from concerto.journal.kinds.talks import HeartTalk1
from concerto.journal.kinds.visit import MatterServed
from concerto.journal.lines import numbered, start
from concerto.journal.opened import Opening, opening, part_of
from concerto.journal.said import Posting, Told, stored_in

LEDGER_VERSION = 2

# What a meeting's form and contents are called as lines and as proofs.
FORM_KINDS = {"members": "members_meeting", "committee": "committee_meeting", "group": "group_meeting"}
CONTENT_KINDS = {
    "lesson": "party_lesson",
    "theme_day": "theme_party_day",
    "organisational_life": "org_life_meeting",
    "appraisal": "democratic_appraisal",
    "rules_reviewed": "rules_reviewed",
}


@stored_in("branch_line")
class MatterRow(NamedTuple):
    """A row of `Matter`."""

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
    member: UUID | None
    words: str
    source_withdrawn: bool
    base: int | None
    present: int | None
    due: date | None


def fold(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one pledge, branch matter or decision into its line."""
    opened = opening(thing, told)
    return Posting([_opened(log, thing, opened)] if opened else [])


def _opened(log: UUID, thing: UUID, opened: Opening) -> MatterRow:
    fact, words, withdrawn = opened
    body = words.body
    if isinstance(body, Meeting1):
        decided: Decided = part_of(body.decisions, "resolution", thing)
        line = start(log, thing, fact, kind="resolution", state="opened", household=None)
        return MatterRow(*line, decided.owner, decided.words, withdrawn, None, None, decided.due)
    matter: MatterServed = part_of(body.matters, "matter", thing)  # type: ignore[union-attr]  # else a visit opened it
    household = body.households[0] if len(body.households) == 1 else None  # type: ignore[union-attr]
    line = start(log, thing, fact, kind=matter.sort, state="opened", household=household)
    return MatterRow(*line, matter.member, matter.words or "", withdrawn, None, None, None)


def fold_meeting(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one meeting into its lines and proofs; a withdrawn meeting leaves neither."""
    body = told[0].body if told else None
    if not isinstance(body, Meeting1):
        return Posting()
    state = "half_absent" if body.proves_nothing else "took_place"
    facts = (None, "", False, len(body.base), len(body.there), None)
    rows = [
        MatterRow(*start(log, thing, told[0], n=n, kind=kind, state=state, household=None), *facts)
        for n, (kind, _, _) in enumerate(_held(body))
    ]
    proven = [] if body.proves_nothing else [*_held(body), *_studied(thing, body)]
    return Posting(rows, list(numbered(told, proven)))


def _held(body: Meeting1) -> Iterator[tuple[str, UUID, int]]:
    """A meeting proves the duty of its form, and one of each of its contents."""
    if body.form != "none":
        yield FORM_KINDS[body.form], body.group or body.branch, 1
    for content in CONTENT_KINDS:
        if content in body.contents:
            yield CONTENT_KINDS[content], body.branch, 1


def _studied(meeting: UUID, body: Meeting1) -> Iterator[tuple[str, UUID, int]]:
    """Study before and in a meeting is owed for each meeting, so it proves about the meeting itself."""
    for kind in ("pre_study", "meeting_study"):
        took = getattr(body, kind)
        if took:
            yield kind, meeting, took.length


def fold_heart_talk(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a talk into a line and a proof about each of the two; its state says who the other was."""
    body = told[0].body if told else None
    if not isinstance(body, HeartTalk1):
        return Posting()
    both = zip(body.talkers, reversed(body.talkers), strict=True)
    rows = [
        MatterRow(
            *start(log, thing, told[0], n=n, kind="heart_talk", state=other.capacity, household=None),
            *(one.member, "", False, None, None, None),
        )
        for n, (one, other) in enumerate(both)
    ]
    return Posting(rows, list(numbered(told, [("heart_talk", one.member, 1) for one in body.talkers])))
