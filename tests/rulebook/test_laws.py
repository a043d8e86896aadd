"""What holds of every world: more proof never hurts, order means nothing, periods follow each other."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from concerto.rulebook.duty import Duty, Edition, Unit, Within
from concerto.rulebook.facts import Absence, Facts, Link, Matter, Posting, Proof, Stay, Step
from concerto.rulebook.mechanism import Mechanism, mechanism
from concerto.rulebook.period import Every, Period, named, period_of
from concerto.rulebook.standing import Line, Verdict, open_to, standing

BEGUN, TITLE = date(2024, 1, 1), {"zh": "一", "en": "one"}
VISIT = Edition(since=BEGUN, source="s", every=Every.MONTH, need=2, proven_by=("visit", "declined"))
STUDY = Edition(since=BEGUN, source="s", every=Every.WEEK, proven_by=("own_study",))
ANSWER = Edition(
    since=BEGUN,
    source="s",
    after=("sent",),
    within=Within(Unit.WORKING_DAYS, {"": 3}),
    until=("withdrawn",),
    proven_by=("accepted",),
)
DUTIES = {
    duty.id: duty
    for duty in (
        Duty(
            id="visit",
            part="assistance",
            title=TITLE,
            owed_by="post",
            post="instructor",
            about="helped_household",
            editions=(VISIT,),
        ),
        Duty(
            id="study",
            part="study",
            title=TITLE,
            owed_by="person",
            about="instructor",
            private=True,
            editions=(STUDY,),
        ),
        Duty(id="accept", part="assistance", title=TITLE, owed_by="desk", about="need", editions=(ANSWER,)),
    )
}
MECHANISM = Mechanism(DUTIES, mechanism().days, mechanism().values)
WORSE_TO_BETTER = (Verdict.MISSED, Verdict.OPEN, Verdict.WAIVED, Verdict.NOT_OWED, Verdict.MET)

days = st.dates(date(2025, 11, 1), date(2026, 6, 30))
maybe = st.none() | days
proofs = st.builds(
    Proof,
    entry=st.uuids().map(str),
    kind=st.sampled_from(["visit", "declined", "phone_call", "own_study", "accepted"]),
    about=st.sampled_from(["house-3", "lin", "need-1"]),
    on=days,
    counts_for=st.sampled_from(["", "2026-01", "2026-02", "2026-W08", "nonsense"]),
)
steps = st.builds(
    Step,
    kind=st.sampled_from(["sent", "accepted", "withdrawn"]),
    on=days,
    entry=st.uuids().map(str),
    n=st.integers(0, 3),
)
absences = st.builds(lambda since, n: Absence(since, since + timedelta(days=n)), days, st.integers(0, 20))
worlds = st.builds(
    Facts,
    postings=st.lists(
        st.builds(
            Posting,
            account=st.just("lin"),
            role=st.just("instructor"),
            unit=st.just("V"),
            since=days,
            until=maybe,
            absences=st.lists(absences, max_size=3),
        ),
        max_size=3,
    ),
    stays=st.just([Stay(household="house-3", village="V")]),
    links=st.lists(st.builds(Link, household=st.just("house-3"), since=maybe, until=maybe), max_size=3),
    proofs=st.lists(proofs, max_size=8),
    matters=st.lists(steps, max_size=6, unique_by=lambda step: step.entry).map(
        lambda told: [Matter(id="need-1", subjects=frozenset(["need"]), unit="V", steps=told)]
    ),
)


def key(line: Line) -> tuple:
    return line.duty, str(line.about), line.period.first


@given(world=worlds, more=proofs, asof=days)
def test_one_more_proof_of_an_existing_debt_never_makes_it_worse(world, more, asof):
    more = replace(more, counts_for="")
    before = {key(line): line for line in standing(MECHANISM, world, asof=asof)}
    after = {key(line): line for line in standing(MECHANISM, replace(world, proofs=[*world.proofs, more]), asof=asof)}
    assert before.keys() == after.keys()
    for name, line in before.items():
        assert WORSE_TO_BETTER.index(after[name].verdict) >= WORSE_TO_BETTER.index(line.verdict)
        assert after[name].have >= line.have
        assert after[name].late <= line.late or line.verdict is not Verdict.MET


@given(world=worlds, asof=days, chance=st.randoms())
def test_the_order_of_arrival_changes_nothing(world, asof, chance):
    def mixed(told):
        return chance.sample(list(told), len(told))

    other = Facts(
        postings=[replace(posting, absences=mixed(posting.absences)) for posting in mixed(world.postings)],
        stays=world.stays,
        links=mixed(world.links),
        proofs=mixed(world.proofs),
        matters=[replace(matter, steps=mixed(matter.steps)) for matter in world.matters],
    )
    assert standing(MECHANISM, other, asof=asof) == standing(MECHANISM, world, asof=asof)


@given(world=worlds, gone=proofs, asof=days)
def test_a_withdrawn_record_proves_nothing(world, gone, asof):
    told = replace(world, proofs=[*world.proofs, replace(gone, withdrawn=True)])
    without = [replace(line, because=None) for line in standing(MECHANISM, world, asof=asof)]
    assert [replace(line, because=None) for line in standing(MECHANISM, told, asof=asof)] == without


@given(world=worlds, asof=days)
def test_nobodys_own_duty_covers_a_day_before_their_posting_or_an_absence_on_its_first_or_last_day(world, asof):
    own = [line for line in standing(MECHANISM, world, asof=asof) if line.duty == "study"]
    for line in own:
        if line.verdict is Verdict.NOT_OWED:
            continue
        for day in (line.period.first, min(line.period.last, asof)):
            assert any(
                posting.runs(day) and not any(away.since <= day <= away.until for away in posting.absences)
                for posting in world.postings
            )


@given(world=worlds, asof=days)
def test_a_debt_is_owed_once(world, asof):
    lines = standing(MECHANISM, world, asof=asof)
    visits = [(line.about, line.period) for line in lines if line.duty == "visit"]
    assert len(visits) == len(set(visits))


@given(world=worlds, asof=days)
def test_private_lines_are_seen_by_their_person_alone(world, asof):
    lines = standing(MECHANISM, world, asof=asof)
    assert all(line.duty != "study" for line in open_to(lines, None) + open_to(lines, "chen"))
    assert open_to(lines, "lin") == lines


edition_days = st.lists(st.dates(date(2024, 1, 1), date(2026, 6, 1)), min_size=1, max_size=5, unique=True)


@given(since=edition_days, every=st.lists(st.sampled_from(Every), min_size=5, max_size=5))
def test_periods_never_overlap_and_leave_no_gap_whatever_editions_do(since, every):
    editions = tuple(replace(VISIT, since=day, every=how) for day, how in zip(sorted(since), every, strict=False))
    duty = replace(DUTIES["visit"], editions=editions)
    told = [period for period, _ in duty.periods(date(2028, 12, 31))]
    assert told[0].first >= min(since)
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(told))
    assert told[-1].last >= date(2028, 12, 31)
    for period, edition in duty.periods(date(2028, 12, 31)):
        assert edition == duty.in_force(period.first)
        assert period.every is edition.every


@given(day=days, every=st.sampled_from(Every))
def test_a_period_is_found_again_by_its_name(day, every):
    period = period_of(every, day)
    assert named(period.name) == period
    assert period.holds(day)


def test_a_repealed_duty_is_owed_no_more_and_can_begin_anew():
    again = replace(VISIT, since=date(2026, 3, 10))
    duty = replace(
        DUTIES["visit"], editions=(VISIT, Edition(since=date(2026, 1, 15), source="s", repealed=True), again)
    )
    told = [period.name for period, _ in duty.periods(date(2026, 5, 1)) if period.first >= date(2025, 12, 1)]
    assert told == ["2025-12", "2026-01", "2026-04", "2026-05"]
    assert Period(date(2026, 1, 1), date(2026, 1, 3)).name == "2026-01-01/2026-01-03"
