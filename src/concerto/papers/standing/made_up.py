"""For which earlier turns the record of a form may count: what each form's record may prove, and until when."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from concerto.rulebook.making_good import latest_of, turns_before
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.terms import terms

GIVEN_BY: Mapping[str, frozenset[str]] = {
    "visit": frozenset({"visit", "phone_call", "declined", "change", "no_change", "nothing_wanted", "home_lesson"}),
    "gathering": frozenset({"gathering"}),
    "study": frozenset({"home_lesson", "study_minutes"}),
    "meeting": frozenset(
        kind for kind, proof in terms().proofs.items() if {"branch", "group"} & set(proof.of) and proof.given
    ),
}
BACK, AHEAD = timedelta(days=92), timedelta(days=62)  # days that a phone may record without having heard of others


class Turn(NamedTuple):
    """A turn that a record of these forms may count for, of the days after its last one until a day."""

    turn: str
    last: date
    until: date
    forms: list[str]


def turns_around(mechanism: Mechanism, asof: date) -> Iterator[Turn]:
    """List the turns that records of the days around this one may count for, late, the latest first."""
    found: dict[tuple[str, date, date], list[str]] = {}
    for period, days in turns_before(mechanism, asof + AHEAD, since=asof - BACK):
        for form, kinds in GIVEN_BY.items():
            until = latest_of(days, kinds)
            if until and until >= asof - BACK:
                found.setdefault((period.name, period.last, until), []).append(form)
    for (turn, last, until), forms in sorted(found.items(), key=lambda one: (one[0][1], one[0][0]), reverse=True):
        yield Turn(turn, last, until, forms)
