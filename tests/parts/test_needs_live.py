"""Laws of a need's life, whatever is recorded of it and in whatever order that comes."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from concerto.parts.assistance.states import CLOSED, OPEN, STATES, TURNS, Life, Step, live
from concerto.rulebook.handshake import Held

HOME, CENTRE, COUNTY = (UUID(int=n) for n in (1, 2, 3))
NEED, OTHER, HOUSE, SECOND = (UUID(int=n) for n in (10, 11, 12, 13))
PEOPLE = [UUID(int=n) for n in (20, 21, 22)]
SLIP = UUID(int=30)
FIRST = date(2026, 9, 1)
OPENED = Step("opened", FIRST, UUID(int=99), PEOPLE[0], PEOPLE[0], 1, HOME, NEED, clock="request")
KINDS = ("owned", "doing", "done", "told", "asked", "no_answer", "not_ours", "reopened", "interim_note",
         "yes", "partly", "no", "sent", "accepted", "returned", "done_there", "taken_over", "joined")  # fmt: skip


@some.composite
def a_step(draw: some.DrawFn) -> Step:
    """Make up a step of anybody's, sensible or not: the fold refuses nothing."""
    kind, by = draw(some.sampled_from(KINDS)), draw(some.sampled_from(PEOPLE))
    own = kind in ("yes", "partly", "no") and draw(some.booleans())
    return Step(
        kind,
        FIRST + timedelta(days=draw(some.integers(0, 6))),
        UUID(int=draw(some.integers(1000, 2**60))),
        by,
        SLIP if own else by,
        draw(some.integers(2, 500)),
        draw(some.sampled_from((HOME, CENTRE, COUNTY))),
        draw(some.sampled_from((NEED, NEED, OTHER))),
        named=frozenset(draw(some.lists(some.sampled_from(PEOPLE), max_size=1))),
        owner=draw(some.sampled_from(PEOPLE)) if kind == "owned" else None,
        detail=draw(some.sampled_from(("done", "answer", "not_ours"))) if kind == "told" else "",
        to=draw(some.sampled_from((CENTRE, COUNTY))) if kind == "sent" else None,
        own=own,
        brings={OTHER: SECOND} if kind == "joined" else {},
    )


LIVES = some.lists(a_step(), max_size=14, unique_by=lambda step: step.entry)


def lived(steps: list[Step]) -> Life:
    return live(HOME, OPENED, HOUSE, steps)


@given(LIVES, some.randoms())
@settings(max_examples=300)
def test_the_order_in_which_it_comes_changes_nothing(steps, chance):
    shuffled = list(steps)
    chance.shuffle(shuffled)
    assert lived(shuffled) == lived(steps)


@given(LIVES, some.randoms())
@settings(max_examples=300)
def test_within_a_day_no_step_stands_before_what_it_rests_on(steps, chance):
    of_a_day = [step._replace(on=FIRST, number=n, device=step.by) for n, step in enumerate(steps, 2)]
    chain = [
        step._replace(seen=frozenset({was.entry})) for was, step in zip([OPENED, *of_a_day], of_a_day, strict=False)
    ]
    shuffled = list(chain)
    chance.shuffle(shuffled)
    assert [step.entry for step in lived(shuffled).path[1:]] == [step.entry for step in chain]


@given(LIVES)
@settings(max_examples=300)
def test_a_need_always_has_an_owner_and_the_handshake_never_changes_it(steps):
    life, without = lived(steps), lived([one for one in steps if one.kind not in ("sent", "accepted", "returned")])
    assert life.held.home == HOME
    assert life.owner in (None, *PEOPLE)
    assert (life.owner is None) == (not any(one.kind == "owned" for one in steps))
    assert life.owner == without.owner
    assert isinstance(life.held, Held)
    assert life.held.desk in (HOME, CENTRE, COUNTY)


@given(LIVES)
@settings(max_examples=300)
def test_only_a_word_of_the_households_own_or_written_down_by_no_doer_confirms(steps):
    life = lived(steps)
    by_entry = {step.entry: step for step in steps}
    for asker in life.askers.values():
        if asker.word == "confirmed":
            said = by_entry[asker.word_entry]
            assert said.kind == "yes"
            assert said.own or not _had_a_hand(said.by, said, life)


def _had_a_hand(who: UUID, said: Step, life: Life) -> bool:
    """Tell whether somebody wrote a step before a word, or is named in one, by which something was done."""
    path = list(life.path)
    before = path[: next(n for n, step in enumerate(path) if step.entry == said.entry)]
    doing = ("owned", "doing", "done", "done_there", "accepted", "taken_over")
    hands = [step for step in before if step.kind in doing]
    return not hands or any(who == step.by or who in step.named for step in hands)


@given(LIVES)
@settings(max_examples=300)
def test_it_counts_as_told_or_ends_by_a_word_only_when_everybody_who_asked_was_told_or_said_theirs(steps):
    life = lived(steps)
    if life.state == "told":
        assert all(one.is_told or one.is_settled for one in life.askers.values())
    if life.state in ("confirmed", "told_to_the_doer", "no_answer"):
        assert all(one.is_settled for one in life.askers.values())
    if life.state == "confirmed":
        assert {one.word for one in life.askers.values()} == {"confirmed"}


@given(LIVES)
def test_every_step_stands_in_its_path_and_its_state_is_one_of_the_list(steps):
    life = lived(steps)
    assert sorted(step.entry for step in life.path) == sorted([OPENED.entry, *(step.entry for step in steps)])
    assert life.state in STATES
    assert life.is_open == (life.closed_on is None)


def test_the_table_of_turns_is_data_of_states_alone():
    assert {state for turn in TURNS.values() for one in turn.items() for state in one} <= {*OPEN, *CLOSED}
