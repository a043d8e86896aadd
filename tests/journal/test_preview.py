"""What the form says an entry will post is what the folds post, whatever is said."""

from datetime import date
from uuid import UUID, uuid4

import msgspec
from hypothesis import given
from hypothesis import strategies as some

from concerto.conductor.cues import CUES, LEDGERS
from concerto.journal.kinds.preview import answers_of, posted
from concerto.journal.kinds.visit import (
    CHANNELS,
    LEAD_SORTS,
    NEED_SORTS,
    OUTCOMES,
    TOPICS,
    LeadHeard,
    MatterServed,
    NeedHeard,
    Visit1,
)
from concerto.journal.said import Filed, Said, Told, Wording

DIGEST = "a" * 64
LOG, FIRST = UUID(int=1), UUID(int=2)


@some.composite
def visits(draw: some.DrawFn) -> Visit1:
    """Any visit that the door would take."""
    channel = draw(some.sampled_from(CHANNELS))
    outcome = draw(some.sampled_from(OUTCOMES))
    houses = [uuid4() for _ in range(draw(some.integers(2, 4)) if channel == "gathering" else 1)]
    about = some.sampled_from(houses)
    met = outcome == "met"
    asked = met and channel != "gathering"
    change = draw(some.sampled_from(["not_asked", "no_change", "changed"])) if asked else "not_asked"
    minutes = draw(some.integers(0, 90)) if met else 0
    needs = draw(some.lists(some.tuples(some.sampled_from(NEED_SORTS), about), max_size=3))
    leads = draw(some.lists(some.tuples(some.sampled_from(LEAD_SORTS), about), max_size=2))
    matters = draw(some.lists(some.sampled_from(["pledge", "branch_matter"]), max_size=2))
    return Visit1(
        channel=channel,  # type: ignore[arg-type]
        households=houses,
        outcome=outcome,  # type: ignore[arg-type]
        met=[uuid4() for _ in range(draw(some.integers(0, 3)))] if met else [],
        change=change,  # type: ignore[arg-type]
        change_words=DIGEST if change == "changed" else None,
        topics=draw(some.lists(some.sampled_from(TOPICS), unique=True, max_size=3)) if met else [],
        lesson_minutes=minutes,
        lesson_for=[uuid4()] if minutes else [],
        needs=[NeedHeard(uuid4(), sort, DIGEST, house) for sort, house in needs],
        leads=[LeadHeard(uuid4(), sort, DIGEST, house) for sort, house in leads],
        matters=[MatterServed(uuid4(), sort) for sort in matters],  # type: ignore[arg-type]
    )


def lines_of_the_folds(visit: Visit1, helped: list[UUID]) -> set[str]:
    said = Said(
        id=FIRST, kind="visit", version=1, log=LOG, unit=LOG, author=uuid4(), device=uuid4(), number=1,
        happened_on=date(2026, 7, 1), recorded_at="2026-07-01T01:00:00.000Z", body=msgspec.Raw(b"{}"),
    )  # fmt: skip
    filed = Filed(
        seq=1, first_seq=1, epoch=1, received_at="", first_received_at="", brought_by=None, shown="session",
        helped=helped,
    )  # fmt: skip
    told = [Told(FIRST, 1, (Wording(said, filed, visit, tuple(visit.things(FIRST)), {}),))]
    opened = [(touch.thing, touch.what) for touch in visit.things(FIRST) if touch.how == 3]
    rows = [row for thing, what in opened for fold in CUES[what] for row in fold(LOG, thing, told).rows]
    return {str(LEDGERS[type(row)]) for row in rows}


@given(visits(), some.booleans())
def test_the_form_says_what_the_folds_will_post(visit: Visit1, helped: bool) -> None:
    said = posted(answers_of(visit), helped=helped)
    assert {str(part) for part in said} == lines_of_the_folds(visit, visit.households if helped else [])


@given(visits())
def test_every_line_that_sounds_has_words(visit: Visit1) -> None:
    assert all(all(words) for words in posted(answers_of(visit), helped=True).values())
