"""What one meeting may say: who counts, how a vote adds up, and what half a base absent leaves of it."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from concerto.conductor.cues import CUES, LEDGERS
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.meeting import (
    CONTENTS,
    AgendaItem,
    Attended,
    Decided,
    LeftOut,
    Meeting1,
    Votes,
)
from concerto.journal.kinds.preview import posted
from concerto.journal.kinds.preview_branch import MEETING_RULES, answers_of_meeting
from concerto.journal.kinds.times import Took
from concerto.journal.kinds.voting import Tally, half_is_absent, line_of_vote
from concerto.journal.said import Filed, Said, Told, Wording
from concerto.parts.study.hours import minutes_of_a_day

FIRST, BRANCH, DIGEST = UUID(int=9001), UUID(int=9002), "a" * 64
VOTERS = [UUID(int=n) for n in range(1, 21)]
PROBATIONARY, SUSPENDED = UUID(int=101), UUID(int=102)


def meeting(*, present: int = 15, items: list[AgendaItem] | None = None, **more: Any) -> Meeting1:
    """Twenty with a vote, of whom so many came; a probationary member and one whose vote rests came too."""
    there = [Attended(member, "present") for member in (*VOTERS[:present], PROBATIONARY, SUSPENDED)]
    body = {"branch": BRANCH, "form": "members", "base": VOTERS, "attendance": there, "items": items or [], **more}
    return Meeting1(**body)


def vote(yes: int, no: int = 0, abstain: int = 0, not_cast: int = 0, away: tuple[UUID, ...] = ()) -> AgendaItem:
    return AgendaItem(sort="vote", away=list(away), votes=Votes(yes, no, abstain, not_cast))


def told(body: Meeting1 | None, *, first: UUID = FIRST) -> list[Told]:
    said = Said(
        id=first, kind="meeting", version=1, log=BRANCH, unit=BRANCH, author=UUID(int=5), device=BRANCH, number=1,
        happened_on=date(2026, 7, 1), recorded_at="2026-07-01T01:00:00.000Z", body=msgspec.Raw(b"{}"),
    )  # fmt: skip
    filed = Filed(
        seq=1, first_seq=1, epoch=1, received_at="", first_received_at="", brought_by=None, shown="session"
    )  # fmt: skip
    return [Told(first, 1, (Wording(said, filed, body, (), {}),))]


def folded(body: Meeting1 | None) -> tuple[list[Any], list[Any]]:
    posts = [fold(BRANCH, FIRST, told(body)) for fold in CUES["meeting"]]
    return [row for one in posts for row in one.rows], [proof for one in posts for proof in one.proofs]


def proofs(body: Meeting1 | None) -> set[tuple[str, UUID, int]]:
    return {(proof.kind, proof.about, proof.amount) for proof in folded(body)[1]}


# ---------------------------------------------------------------- a vote


def test_ten_of_twenty_is_not_enough_and_eleven_is_and_the_base_is_shown():
    ten, eleven = meeting(items=[vote(10, 5)]), meeting(items=[vote(11, 4)])

    assert [body.tally(body.items[0]).outcome for body in (ten, eleven)] == ["not_passed", "passed"]
    with translation.override("zh-hans"):
        assert line_of_vote(eleven.tally(eleven.items[0])) == "应到 20，实到 15，至少 11，赞成 11，通过"
        assert line_of_vote(ten.tally(ten.items[0])) == "应到 20，实到 15，至少 11，赞成 10，未通过"


def test_who_has_no_vote_is_there_and_counted_in_no_figure():
    body = meeting(items=[vote(11, 4)])

    assert {PROBATIONARY, SUSPENDED} <= set(body.present)
    assert {PROBATIONARY, SUSPENDED}.isdisjoint(body.there)
    with pytest.raises(Refused, match="votes_do_not_add_up"):
        meeting(items=[vote(13, 4)])


def test_votes_that_do_not_come_to_all_who_were_there_are_refused_with_both_figures():
    with pytest.raises(Refused) as refused:
        meeting(items=[vote(11, 3)])
    assert (refused.value.code, refused.value.facts) == ("votes_do_not_add_up", {"given": 14, "present": 15})


def test_who_left_before_an_item_has_no_vote_in_it():
    body = meeting(items=[vote(11, 3, away=(VOTERS[0],))])

    assert body.tally(body.items[0]) == Tally(base=20, present=14, yes=11)
    with pytest.raises(Refused, match="away_who_was_not_there"):
        meeting(items=[vote(11, 3, away=(PROBATIONARY,))])


def test_with_less_than_half_there_is_no_valid_vote_and_it_is_recorded():
    body = meeting(present=9, items=[AgendaItem(sort="vote")])

    assert body.tally(body.items[0]).outcome == "no_valid_vote"
    assert folded(body)[0]
    with pytest.raises(Refused, match="figures_of_the_vote"):
        meeting(present=10, items=[AgendaItem(sort="vote")])


def test_a_ballot_on_persons_keeps_no_figures():
    assert meeting(items=[AgendaItem(sort="ballot")])
    with pytest.raises(Refused, match="ballot_keeps_no_figures"):
        AgendaItem(sort="ballot", votes=Votes(15))


@given(base=some.integers(1, 200), present=some.integers(0, 200), yes=some.integers(0, 200))
def test_whatever_passes_has_more_than_half_of_those_due_and_half_of_them_there(base, present, yes):
    present, yes = min(present, base), min(yes, present, base)
    tally = Tally(base, present, yes)

    assert (tally.outcome == "passed") == (yes >= tally.least)
    assert tally.outcome != "passed" or not half_is_absent(base=base, present=present)


# ---------------------------------------------------------------- who is left out of the count


def test_who_is_left_out_was_approved_above_and_adopted_by_a_vote_that_counts_them_in():
    base, away = VOTERS[:19], VOTERS[19]
    without = [LeftOut(member=away, approved_on=date(2026, 6, 20), adopted_by=0)]

    assert meeting(base=base, left_out=without, items=[vote(11, 4)])
    with pytest.raises(Refused, match="left_out_without_adoption"):
        meeting(base=base, left_out=without, items=[vote(10, 5)])  # enough for 19, not for the 20 that adopt it
    with pytest.raises(Refused, match="left_out_without_adoption"):
        meeting(base=base, left_out=without)


# ---------------------------------------------------------------- what it proves


def test_a_meeting_proves_its_form_and_one_of_each_content():
    body = meeting(
        contents=["lesson", "theme_day"], pre_study=Took(minutes=60), meeting_study=Took(begins=900, ends=960)
    )  # fmt: skip

    assert proofs(body) == {
        ("members_meeting", BRANCH, 1),
        ("party_lesson", BRANCH, 1),
        ("theme_party_day", BRANCH, 1),
        ("pre_study", FIRST, 60),
        ("meeting_study", FIRST, 60),
    }


def test_an_hour_that_a_meeting_and_a_theme_day_both_tell_is_one_hour_of_study():
    both = [
        meeting(meeting_study=Took(begins=900, ends=960)),
        meeting(form="none", contents=["theme_day"], base=[], meeting_study=Took(begins=900, ends=990)),
    ]
    times = [row for body in both for row in folded(body)[0] if row.TABLE == "study_time" and row.person == VOTERS[0]]

    assert minutes_of_a_day(times) == 90


def test_a_theme_day_alone_has_no_base_and_no_vote():
    assert proofs(meeting(form="none", contents=["theme_day"], base=[])) == {("theme_party_day", BRANCH, 1)}
    with pytest.raises(Refused, match="base_of_the_meeting"):
        meeting(form="none", contents=["theme_day"], base=[], items=[vote(2)])
    with pytest.raises(Refused, match="nothing_held"):
        meeting(form="none", base=[])


def test_a_group_meeting_proves_for_its_group_even_with_half_of_it_away():
    group = UUID(int=77)
    assert proofs(meeting(form="group", group=group, present=3)) == {("group_meeting", group, 1)}
    with pytest.raises(Refused, match="group_of_the_meeting"):
        meeting(form="group")


@pytest.mark.parametrize("form", ["members", "committee"])
def test_with_half_of_its_base_absent_it_is_recorded_and_proves_nothing(form):
    half, more = (meeting(form=form, present=n, contents=["lesson"]) for n in (10, 11))

    rows, _ = folded(half)
    assert {row.state for row in rows} == {"half_absent"}
    assert (proofs(half), len(proofs(more))) == (set(), 2)


def test_a_withdrawn_meeting_leaves_neither_line_nor_proof():
    assert folded(None) == ([], [])


def test_minutes_of_study_are_those_of_everybody_who_was_there_and_of_nobody_else():
    body = meeting(meeting_study=Took(minutes=60), present=12)

    times = [row for row in folded(body)[0] if row.TABLE == "study_time"]
    assert {row.person for row in times} == {*VOTERS[:12], PROBATIONARY, SUSPENDED}


@pytest.mark.parametrize("why", ["reason", "cause", "note", "why"])
def test_no_field_asks_why_somebody_did_not_come(why):
    fields = [name for kind in (Attended, LeftOut, AgendaItem, Meeting1) for name in kind.__struct_fields__]
    assert [name for name in fields if why in name] == []


# ---------------------------------------------------------------- what its form says it will post


@some.composite
def meetings(draw: some.DrawFn) -> Meeting1:
    """Any meeting that the door would take."""
    form = draw(some.sampled_from(["members", "committee", "group", "none"]))
    contents = draw(some.lists(some.sampled_from(CONTENTS), unique=True, min_size=form == "none", max_size=5))
    studied = some.one_of(some.none(), some.builds(Took, minutes=some.integers(1, 300)))
    decided = [Decided(UUID(int=500 + n), DIGEST) for n in range(draw(some.integers(0, 2)))]
    return meeting(
        form=form,
        group=UUID(int=77) if form == "group" else None,
        base=[] if form == "none" else VOTERS,
        present=draw(some.integers(0, 20)),
        contents=contents,
        pre_study=draw(studied),
        meeting_study=draw(studied),
        decisions=decided,
    )


@given(meetings())
def test_the_form_of_a_meeting_says_what_the_folds_will_post(body: Meeting1) -> None:
    opened = [(touch.thing, touch.what) for touch in body.things(FIRST) if touch.how == 3]
    rows = [row for thing, what in opened for fold in CUES[what] for row in fold(BRANCH, thing, told(body)).rows]
    lines = [str(LEDGERS[type(row)]) for row in rows if hasattr(row, "unit")]

    said = posted(answers_of_meeting(body), helped=False, rules=MEETING_RULES)

    assert {str(part) for part in said} == set(lines)
