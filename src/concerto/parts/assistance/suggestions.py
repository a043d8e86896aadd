"""The fold of suggestions: what was suggested in which month, and what became of it. Of its author it keeps nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.suggestions import Suggestion1
from concerto.journal.opened import Opening, opening
from concerto.journal.said import Posting, Told, stored_in
from concerto.register.fields import fields

HEARD = "heard"
STATES = (HEARD, "passed_on", "answered", "not_followed")
# What may become of it next in each state, the likeliest first.
MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    HEARD: ("passed_on", "answered", "not_followed"),
    "passed_on": ("answered", "not_followed", "passed_on"),
    "answered": ("passed_on", "answered"),
    "not_followed": ("passed_on", "answered"),
}


@stored_in("suggestion", ("log", "id"))
class SuggestionRow(NamedTuple):
    """A row of `Suggestion`: neither author nor device, neither day nor number of the log."""

    log: UUID
    id: UUID
    month: date
    topic: str
    village: UUID | None
    words: str
    slip: UUID | None
    state: str
    reply_to: str
    reply: str
    replied_on: date | None
    reply_wording: UUID | None
    source_withdrawn: bool


def fold_suggestion(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a suggestion into its row; the last reply that stands says what became of it.

    Taken back, it is in no list any more, and keeps its slip all the same: that brings nobody else's answer.
    """
    opened = opening(thing, told) or _taken_back(thing, told)
    if opened is None:
        return Posting()
    body = opened.words.body
    assert isinstance(body, Suggestion1)
    last = fields(thing, told).get("reply")
    state, to, words = last.value if last else (HEARD, None, None)
    row = SuggestionRow(
        log,
        thing,
        opened.words.said.happened_on,
        body.topic,
        body.village,
        body.words,
        body.slip,
        state,
        to or "",
        words or "",
        replied_on=last.told_in.said.happened_on if last else None,
        reply_wording=last.wording if last else None,
        source_withdrawn=opened.source_withdrawn,
    )
    return Posting([row])


def _taken_back(thing: UUID, told: Sequence[Told]) -> Opening | None:
    for fact in told:
        words = fact.last_about(thing)
        if words is not None and isinstance(words.body, Suggestion1) and words.body.slip is not None:
            return Opening(fact, words, source_withdrawn=True)
    return None
