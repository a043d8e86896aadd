"""Laws of a case's life, whatever is recorded of it by whomever, and in whatever order that comes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from concerto.parts.disputes.states import (
    FOLLOWS,
    MAY_FOLLOW,
    NATURAL,
    STAGES,
    STATE_OF,
    STATES,
    TELLING,
    TURNS,
    WINDOW,
    Agreement,
    Item,
    Life,
    Party,
    Step,
    live,
)
from concerto.rulebook.handshake import Held

HOME, CENTRE, COUNTY = (UUID(int=n) for n in (1, 2, 3))
A, A2, B, THIRD, STRANGER = (UUID(int=n) for n in (10, 11, 12, 13, 14))
PEOPLE = [UUID(int=n) for n in (20, 21, 22)]
AGREEMENTS = [UUID(int=n) for n in (30, 31)]
LINES = [UUID(int=n) for n in (50, 51)]
ITEMS = [UUID(int=n) for n in (40, 41)]
FIRST = date(2026, 9, 1)
OPENED = Step("opened", FIRST, UUID(int=99), PEOPLE[0], PEOPLE[0], 1, HOME)
SIDES = {A: "a", A2: "a", B: "b", THIRD: "third"}
BEGAN = Life(
    Held(HOME), "neighbours", "neighbours", "people", "village", PEOPLE[0],
    parties={key: Party(key, side) for key, side in SIDES.items() if key != A2}, path=(OPENED,),
)  # fmt: skip
# What brings a case on stands here oftener, so that random histories reach its end.
KINDS = ("accepted", *("consent",) * 6, *("agreement",) * 3, *("signature",) * 6, "session", "told",
         *("mediator",) * 2, "conflict", "linked",
         "weighed", "party", "not_accepted", "not_settled", "withdrawn", "refused", "between_themselves", "applied",
         "confirmed",
         "not_confirmed", "performance", "return_visit", "sent", "received", "returned", "done_there", "taken_over",
         "help_asked", "help_answered", "result_returned")  # fmt: skip


@some.composite
def a_step(draw: some.DrawFn) -> Step:
    """Make up a step of anybody's, sensible or not: the fold refuses nothing."""
    kind, by = draw(some.sampled_from(KINDS)), draw(some.sampled_from(PEOPLE))
    on = FIRST + timedelta(days=draw(some.integers(0, 45) if kind in ("applied", "signature") else some.integers(0, 6)))
    entry, number = UUID(int=draw(some.integers(1000, 2**60))), draw(some.integers(2, 500))
    desk = draw(some.sampled_from((HOME, CENTRE, COUNTY)))
    step = Step(kind, on, entry, by, by, number, desk, party=draw(some.sampled_from((A, B, B, A, A2, THIRD, STRANGER))))
    match kind:
        case "consent":
            usual = ("mediation",) * 5
            to = draw(
                some.sampled_from((*usual, "extension", "extension", "mediator", "notes", "transfer", "confirmation"))
            )
            says = draw(some.sampled_from(("agreed", "agreed", "agreed", "refused")))
            until = FIRST + timedelta(days=draw(some.integers(20, 60))) if to == "extension" else None
            return step._replace(detail=to, says=says, names_day=until)
        case "agreement":
            said = Agreement(
                draw(some.sampled_from(AGREEMENTS)),
                draw(some.sampled_from(("written", "written", "oral"))),
                tuple(draw(some.sampled_from(((A, B), (A, B), (A, A2, B), (A, A2), (B, STRANGER))))),
                (Item(draw(some.sampled_from(ITEMS)), by=FIRST + timedelta(days=30)),),
                on,
                may_be_confirmed=draw(some.booleans()),
            )
            return step._replace(agreement=said, of=said.id)
        case "signature":
            signed = draw(some.sampled_from(("party", "party", "mediator", "seal")))
            return step._replace(detail=signed, of=draw(some.sampled_from(AGREEMENTS)))
        case "party":
            return step._replace(who=Party(A2, "a"))
        case "mediator":
            return step._replace(of=draw(some.sampled_from(LINES)), account=by)
        case "conflict":
            return step._replace(of=draw(some.sampled_from(LINES)), detail="kin")
        case "linked":
            return step._replace(linked=(draw(some.sampled_from((STRANGER, THIRD))),))
        case "sent":
            channel = draw(some.sampled_from(("", "admin", "court")))
            return step._replace(to=draw(some.sampled_from((CENTRE, COUNTY))), channel=channel)
        case "help_asked":
            return step._replace(to=draw(some.sampled_from((CENTRE, COUNTY))), names_day=on)
        case "applied":
            return step._replace(parties=draw(some.sampled_from(((A, B), (A, A2, B), (A,)))))
        case "told":
            return step._replace(detail=draw(some.sampled_from(("rights", "confirmation"))))
        case "performance":
            return step._replace(detail=draw(some.sampled_from(("kept", "broken"))), of=draw(some.sampled_from(ITEMS)))
    return step


@some.composite
def a_course(draw: some.DrawFn) -> list[Step]:
    """Make up how one might go: taken on, agreed to, signed, asked of a court; here and there something is left out."""
    days = sorted(draw(some.lists(some.integers(0, 8), min_size=4, max_size=4)))
    form, may = draw(some.sampled_from(("written", "written", "oral"))), draw(some.booleans())
    item = Item(ITEMS[0], by=FIRST + timedelta(days=30))
    said = Agreement(AGREEMENTS[0], form, (A, B), (item,), FIRST + timedelta(days=days[2]), may_be_confirmed=may)
    course = [
        ("accepted", days[0], {}),
        *(("consent", days[1], {"party": one, "detail": "mediation", "says": "agreed"}) for one in (A, B)),
        ("agreement", days[2], {"agreement": said, "of": said.id}),
        *(
            ("signature", days[3] + draw(some.integers(0, 3)), {"detail": signed, "of": said.id, "party": party})
            for signed, party in (("party", A), ("party", B), ("mediator", None), ("seal", None))
        ),
        ("applied", days[3] + draw(some.integers(0, 40)), {"parties": (A, B)}),
    ]
    left_out = draw(some.sets(some.integers(0, 60)))
    by = PEOPLE[0]
    return [
        Step(kind, FIRST + timedelta(days=after), UUID(int=200 + n), by, by, 600 + n, HOME)._replace(**more)
        for n, (kind, after, more) in enumerate(course)
        if n not in left_out
    ]


@some.composite
def a_history(draw: some.DrawFn) -> list[Step]:
    """Mix such a course with whatever else anybody may record."""
    noise = draw(some.lists(a_step(), max_size=12, unique_by=lambda step: step.entry))
    return [*(draw(a_course()) if draw(some.integers(0, 4)) else []), *noise]


LIVES = a_history()
# A busy machine draws slowly: that is no fault of a case's life.
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
some_of, many_of = settings(QUIET, max_examples=150), settings(QUIET, max_examples=250)


def lived(steps: list[Step]) -> Life:
    return live(BEGAN, steps)


def as_it_went(steps: list[Step]) -> list[Life]:
    """Give the life after each of its own steps, those that follow from them included."""
    whole, lives, now = lived(steps), [BEGAN], BEGAN
    by_entry = {step.entry: step for step in steps}
    for step in whole.path[1:]:
        if step.kind not in FOLLOWS:
            now = now.after(by_entry[step.entry])
            lives.append(now)
    assert now == whole
    return lives


@given(LIVES, some.randoms())
@some_of
def test_the_order_in_which_it_comes_changes_nothing(steps, chance):
    shuffled = list(steps)
    chance.shuffle(shuffled)
    assert lived(shuffled) == lived(steps)


@given(LIVES)
@some_of
def test_a_case_always_has_a_desk_to_which_it_opens(steps):
    for life in as_it_went(steps):
        assert life.desk in (HOME, CENTRE, COUNTY)
        assert (life.desk, True) in {(one.unit, one.opens) for one in life.readers()}
        keys = [(one.unit, one.account, one.because if one.account else "") for one in life.readers()]
        assert len(keys) == len(set(keys))


@given(LIVES)
@some_of
def test_it_is_in_one_stage_of_the_list_and_once_accepted_in_exactly_one_state(steps):
    for life in as_it_went(steps):
        assert life.stage in STAGES
        assert (life.state in STATES) == (life.accepted_on is not None)
        assert life.state == "" or life.state == STATE_OF[life.stage]
        assert (life.state in ("resolved", "not_settled", "withdrawn", "refused")) <= (life.closed_on is not None)


@given(LIVES)
@many_of
def test_no_agreement_stands_without_the_consent_of_each_of_its_parties_and_both_sides(steps):
    for life in as_it_went(steps):
        if life.stage == "agreed":
            assert all(life.parties[one].willing == "agreed" for one in life.agreement.parties)
            assert {"a", "b"} <= {life.parties[one].side for one in life.agreement.parties}
    before = BEGAN
    for life in as_it_went(steps):
        if life.stage == "in_effect" and before.stage != "in_effect":
            assert all(life.parties[one].willing == "agreed" for one in life.agreement.parties)
        before = life


@given(LIVES)
@many_of
def test_none_is_in_effect_before_the_last_signature_and_the_seal(steps):
    life = lived(steps)
    if life.effect_on is None:
        assert life.stage != "in_effect"
        return
    now = life.agreement
    if now.form == "oral":
        assert life.effect_on == now.on
        return
    theirs = [one for one in steps if one.kind == "signature" and one.of == now.id and one.on >= now.on]
    for wanted, party in (*(("party", one) for one in now.parties), ("mediator", None), ("seal", None)):
        days = [one.on for one in theirs if one.detail == wanted and (party is None or one.party == party)]
        assert days
        assert min(days) <= life.effect_on
    assert life.effect_on in {now.on, *(one.on for one in theirs)}


@given(LIVES)
@many_of
def test_no_court_is_applied_to_out_of_the_window_or_where_none_confirms(steps):
    for before, life in zip(as_it_went(steps), as_it_went(steps)[1:], strict=False):
        if life.court == "applied" and before.court != "applied":
            step = next(one for one in reversed(life.path) if one.kind not in FOLLOWS)
            assert life.effect_on <= step.on <= life.effect_on + WINDOW
            assert life.agreement.may_be_confirmed
            assert set(step.parties) == set(life.agreement.parties)
    divorce = live(replace(BEGAN, sort="marriage_and_family", category="marriage_and_family"), steps)
    assert divorce.court == ""


@given(LIVES)
@some_of
def test_what_follows_an_agreement_in_effect_changes_no_state_and_an_end_is_one(steps):
    lives = as_it_went(steps)
    for at, life in enumerate(lives):
        if life.state in ("resolved", "not_settled", "withdrawn", "refused"):
            assert {one.state for one in lives[at:]} == {life.state}
            break


@given(LIVES)
@some_of
def test_what_one_side_said_in_confidence_reaches_no_third_reader(steps):
    life, author = lived(steps), UUID(int=77)
    for side in ("a", "b"):
        readers = {who for who in (*PEOPLE, author, STRANGER) if life.reads_notes(side, author, who)}
        everybody = [one for one in life.parties.values() if one.side == side]
        if not all(one.said.get("notes") == "agreed" for one in everybody):
            assert readers == {author}
        assert readers <= {author, life.mediator.account if life.mediator else author}


@given(LIVES)
@some_of
def test_it_is_put_off_while_everybody_who_takes_part_says_yes_and_to_the_earliest_day(steps):
    for life in as_it_went(steps):
        if life.state == "open":
            days = [one.until for one in life.taking_part if one.said.get("extension") == "agreed"]
            all_said_so = life.both_sides and len(days) == len(life.taking_part)
            assert life.extended_to == (min(days) if all_said_so else None)


@given(LIVES)
@some_of
def test_nobody_mediates_or_reads_by_it_against_whom_something_stands(steps):
    said = {one.entry for one in steps if one.kind == "conflict"}
    for life in as_it_went(steps):
        tied = {step.of for step in life.path if step.entry in said}
        assert life.mediator is None or life.mediator.line not in tied
        reads = {one.line for one in life.readers() if one.because == "mediator"}
        assert reads == ({life.mediator.line} if life.mediator and life.mediator.account else set())
        if life.mediator is not None:
            assert not any(one.said.get("mediator") == "refused" for one in life.taking_part)


@given(LIVES)
@some_of
def test_it_is_linked_with_each_case_once_and_that_changes_no_stage(steps):
    life = lived(steps)
    assert len(life.linked) == len(set(life.linked))
    assert {case for step in steps for case in step.linked} == set(life.linked)
    without = lived([step for step in steps if step.kind != "linked"])
    assert (life.stage, life.state, life.effect_on) == (without.stage, without.state, without.effect_on)


@given(LIVES)
@some_of
def test_every_step_stands_in_its_path(steps):
    own = [step.entry for step in lived(steps).path if step.kind not in FOLLOWS]
    assert sorted(own) == sorted([OPENED.entry, *(step.entry for step in steps)])


def test_the_tables_are_data_of_stages_and_steps_alone():
    assert {stage for turn in TURNS.values() for one in turn.items() for stage in one} <= set(STAGES)
    assert set(MAY_FOLLOW) == set(STAGES)
    assert set(STATE_OF.values()) == set(STATES)
    assert set(TELLING) <= set(NATURAL)
