"""The trips of a week: grouped by place and season, in the village's own order, and nothing invented or lost."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from concerto.rulebook.trips import Debt, Home, Proposal, proposed

SUNDAY = date(2026, 9, 20)
SOON, LATER = date(2026, 9, 18), date(2026, 9, 30)


def home(name: str, **more) -> Home:
    return Home(**{"household": name, "village": "V", "village_at": 0, "number": name[1:], **more})


def owed(name: str, due: date = LATER, duty: str = "four-ones-visit", **more) -> Debt:
    return Debt(name, duty, "2026-09", due, **more)


def homes(*some: Home) -> dict:
    return {one.household: one for one in some}


def stops_of(proposal: Proposal) -> list[list[str]]:
    return [[stop.home.household for stop in trip.stops] for trip in proposal.trips]


def test_homes_of_one_season_place_and_group_are_one_way_in_the_order_of_their_numbers():
    there = homes(home("h10"), home("h9"), home("h2", season="summer"), home("h3", group="2"))

    found = proposed([owed(one) for one in there], there, last=SUNDAY)

    assert stops_of(found) == [["h9", "h10"], ["h3"], ["h2"]]


def test_a_way_whose_household_is_due_this_week_is_this_weeks_and_takes_along_who_lives_there():
    there = homes(home("h1"), home("h2"), home("h3", season="summer"))

    found = proposed([owed("h1", SOON), owed("h2"), owed("h3")], there, last=SUNDAY)

    [week], [later] = found.week, found.later
    assert [(stop.home.household, stop.because) for stop in week.stops] == [
        ("h1", ("due_this_week",)),
        ("h2", ("on_the_way",)),
    ]
    assert [stop.home.household for stop in later.stops] == ["h3"]


def test_in_a_week_in_which_nothing_is_due_the_way_that_settles_most_is_proposed_and_says_so():
    there = homes(home("h1"), home("h2", season="summer"), home("h3", season="summer"))

    found = proposed([owed(one) for one in there], there, last=SUNDAY)

    [week] = found.week
    assert week.settles == 2
    assert week.because == ("same_place", "settles_most")


def test_what_was_missed_is_made_good_on_the_way_and_asks_for_no_way_by_itself():
    there = homes(home("h1"), home("h2", season="summer"))
    missed = owed("h1", date(2026, 8, 31), is_missed=True)

    found = proposed([missed, owed("h2", SOON)], there, last=SUNDAY)

    assert [trip.home.household for trip in found.week] == ["h2"]
    [later] = found.later
    assert later.stops[0].because == ("on_the_way", "can_be_made_good")


def test_a_way_on_which_all_was_missed_stands_behind_those_on_which_something_is_still_due():
    there = homes(home("h1"), home("h2", season="summer"))
    missed = owed("h1", date(2026, 8, 31), is_missed=True)

    found = proposed([missed, owed("h2")], there, last=SUNDAY)

    assert stops_of(found) == [["h2"], ["h1"]]
    assert [trip.due for trip in found.trips] == [LATER, None]


def test_a_place_of_many_homes_is_several_ways_and_says_why():
    there = homes(*(home(f"h{n}") for n in range(1, 20)))

    found = proposed([owed(one) for one in there], there, last=SUNDAY)

    assert [len(trip.stops) for trip in found.trips] == [8, 8, 3]
    assert all("too_many_for_a_day" in trip.because for trip in found.trips)


def test_who_asked_to_be_called_is_called_if_that_settles_it_and_visited_if_it_does_not():
    there = homes(home("h1", takes_visits=False), home("h2", takes_visits=False))

    found = proposed([owed("h1", by_call=True), owed("h2")], there, last=SUNDAY)

    assert [stop.home.household for stop in found.calls] == ["h1"]
    assert stops_of(found) == [["h2"]]


def test_whom_a_person_leaves_out_is_on_no_way_and_still_owed():
    there = homes(home("h1"), home("h2"))

    found = proposed([owed("h1"), owed("h2")], there, last=SUNDAY, left_out={"h1"})

    assert stops_of(found) == [["h2"]]
    assert [stop.home.household for stop in found.left_out] == ["h1"]


def test_whom_a_person_leaves_out_moves_no_other_home_to_another_way():
    there = homes(*(home(f"h{n:02}", number=f"{n:03}") for n in range(1, 12)), home("far", season="summer"))
    debts = [owed(one, due=date(2026, 12, 31)) for one in there]
    before, after = (proposed(debts, there, last=SUNDAY, left_out=out) for out in (set(), {"h01", "h02"}))

    assert [before.week[0].nth, len(before.week[0].stops), len(after.week[0].stops)] == [1, 8, 6]
    assert after.week[0].because == before.week[0].because
    assert stops_of(after) == [[one for one in way if one not in ("h01", "h02")] for way in stops_of(before)]
    gone = proposed(debts, there, last=SUNDAY, left_out=set(stops_of(before)[0]))
    assert stops_of(gone) == stops_of(before)[1:]


names = st.sampled_from([f"h{n}" for n in range(1, 31)])
debts = st.lists(
    st.builds(
        Debt,
        household=names,
        duty=st.sampled_from(["four-ones-visit", "round-contact"]),
        turn=st.sampled_from(["2026-08", "2026-09"]),
        due=st.dates(date(2026, 8, 1), date(2026, 12, 31)),
        by_call=st.booleans(),
        is_missed=st.booleans(),
    ),
    max_size=60,
)
villages = st.dictionaries(
    names,
    st.builds(
        home,
        names,
        village_at=st.integers(0, 2),
        season=st.sampled_from(["", "summer", "town"]),
        group=st.sampled_from(["", "1"]),
        takes_visits=st.booleans(),
    ),
).map(lambda found: {name: replace(one, household=name) for name, one in found.items()})


@given(debts, villages, st.sets(names), st.randoms())
def test_a_proposal_never_invents_a_duty_loses_none_and_is_the_same_in_whatever_order_they_come(
    owed_there, there, left_out, chance
):
    found = proposed(owed_there, there, last=SUNDAY, left_out=left_out)

    stops = [*(stop for trip in found.trips for stop in trip.stops), *found.calls, *found.left_out]
    assert Counter([*(debt for stop in stops for debt in stop.debts), *found.elsewhere]) == Counter(set(owed_there))
    assert all(debt.household == stop.home.household for stop in stops for debt in stop.debts)
    assert all(len({stop.home.place for stop in trip.stops}) == 1 for trip in found.trips)
    mixed = chance.sample(owed_there, len(owed_there))
    assert proposed(mixed, dict(chance.sample([*there.items()], len(there))), last=SUNDAY, left_out=left_out) == found
