"""The table that says on a phone what counts for which duty: whole, and no other than the folds."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
import pytest

from concerto.conductor.cues import CUES
from concerto.journal.said import How, ProofRow, Wording, stand
from concerto.papers.standing.settling import GIVES, OF_A_CASE, OF_A_NEED, Gives, settled_by
from concerto.parts.study.posting import TimeRow
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.terms import terms
from tests.journal.test_samples import words

OTHERWISE: dict[str, list[dict[str, Any]]] = {
    "visit": [
        {
            "channel": "phone_call",
            "outcome": "declined",
            "met": [],
            "change": "not_asked",
            "change_words": None,
            "topics": [],
            "lesson_for": [],
            "lesson_minutes": 0,
        },
        {
            "outcome": "declined",
            "met": [],
            "change": "not_asked",
            "change_words": None,
            "topics": [],
            "lesson_for": [],
            "lesson_minutes": 0,
        },
        {
            "outcome": "nobody_home",
            "met": [],
            "change": "not_asked",
            "change_words": None,
            "topics": [],
            "lesson_for": [],
            "lesson_minutes": 0,
        },
        {"channel": "phone_call", "change": "no_change", "change_words": None},
        {"lesson_for": [], "lesson_minutes": 0},
        {"wants": "nothing"},
    ],
    "meeting": [
        {"contents": ["lesson", "organisational_life", "appraisal", "rules_reviewed"]},
        {"form": "committee", "pre_study": None, "meeting_study": None},
        {"form": "none", "contents": ["theme_day"], "base": [], "left_out": [], "items": []},
        {"form": "group", "group": UUID(int=7)},
        {"attendance": [], "items": [], "left_out": []},
    ],
    "study": [{"form": "training"}],
    "own_study": [],
    "heart_talk": [],
    "deed": [{"households": []}],
}
CASES = [(kind, other) for kind, others in OTHERWISE.items() for other in ({}, *others)]


def test_every_proof_that_a_kind_gives_today_stands_in_it():
    asked = {kind for duty in mechanism().duties.values() for edition in duty.editions for kind in edition.proven_by}
    assert {kind for kind in asked if terms().proofs[kind].given} <= GIVES.keys()
    assert all(terms().proofs[kind].given for kind in GIVES)


def test_every_duty_in_force_that_something_can_settle_names_it():
    for duty in mechanism().duties.values():
        for edition in duty.editions:
            ways = [kind for kind in edition.proven_by if kind not in (*OF_A_NEED, *OF_A_CASE)]
            can_be = any(terms().proofs[kind].given for kind in ways)
            assert bool(settled_by(edition)) == can_be, duty.id


def test_a_talk_counts_only_by_whom_the_duty_asks_it_of():
    [gives] = settled_by(mechanism().duties["heart-talk-committee"].editions[-1])
    assert gives.where == {"talkers.capacity": ("secretary",)}


@pytest.mark.parametrize(("kind", "other"), CASES)
def test_it_says_what_the_folds_prove(kind, other):
    told = words(f"{kind}.1", 1)
    told = told._replace(body=msgspec.structs.replace(told.body, **other))
    assert set(by_the_table(told)) == set(by_the_folds(told))


def by_the_folds(told: Wording) -> Iterator[tuple[str, UUID]]:
    [thing] = [touch.thing for touch in told.touches if touch.what == told.said.kind and touch.how is How.OPENS]
    for fold in CUES[told.said.kind]:
        posted = fold(told.said.log, thing, stand([told]))
        for row in (*posted.rows, *posted.proofs):
            if isinstance(row, TimeRow):
                yield "study_minutes", told.said.unit  # a row a branch, on every phone
            elif isinstance(row, ProofRow) and row.kind in GIVES:
                yield row.kind, row.about


def by_the_table(told: Wording) -> Iterator[tuple[str, UUID]]:
    for kind, some in GIVES.items():
        for gives in some:
            if gives.kind == told.said.kind and counts(gives, told.body):
                for about in abouts(gives, told):
                    yield kind, told.said.unit if kind == "study_minutes" else about


def counts(gives: Gives, body: Any) -> bool:
    """Read the table as the phone does."""
    if gives.most_there and body.proves_nothing:
        return False
    for name, answers in gives.where.items():
        given = values(body, name)
        if not (set(given) & set(answers) if answers else given):
            return False
    return True


def values(body: Any, name: str) -> list[Any]:
    first, _, rest = name.partition(".")
    given = getattr(body, first)
    listed = given if isinstance(given, list) else [given] if given else []
    return [getattr(one, rest) for one in listed] if rest else listed


def abouts(gives: Gives, told: Wording) -> list[UUID]:
    if gives.about == "":
        return [told.said.author]
    return [told.said.first] if gives.about == "entry" else values(told.body, gives.about)
