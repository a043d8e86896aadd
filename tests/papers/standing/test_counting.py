"""Counting reads no more than what is asked about needs, and no less."""

import json
from datetime import date
from uuid import UUID

import pytest

from concerto.groundwork import database
from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.people import Member1
from concerto.journal.kinds.seats import Seat1
from concerto.papers.standing.books import ALL_OF_IT
from concerto.papers.standing.cases import ABOUT_CASES
from concerto.papers.standing.counting import count
from concerto.papers.standing.gathering import facts_of
from concerto.papers.standing.protected import SUSPECTED
from concerto.places.units import add_group
from concerto.register.models import CHANGED, Household
from concerto.rulebook.duty import Duty
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.owing import SUBJECTS, spans_of
from tests.asked import statements
from tests.cast import FIRST_DAY, TOWNSHIP, World
from tests.papers.standing.test_from_the_books import meeting, town, visit

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1), date(2026, 7, 31)


def let_there_be_every_subject(world: World) -> None:
    """Give branch A a seat on its committee, a group, and a member who need not come."""
    pen, branch = world.pen, world.branch_a
    [member], resident = world.house_1.members, list(world.house_1.people.values())[-1]
    seat = Seat1(seat=pen.new_id(), branch=branch.id, member=member, post="seat", since=FIRST_DAY)
    exempt = Member1(
        member=pen.new_id(), resident=resident, branch=branch.id, standing="full", exempt=True, since=FIRST_DAY
    )
    receipts = world.receive(*(pen.item(body, unit=branch.id) for body in (seat, exempt)))
    assert all(receipt.stands for receipt in receipts), receipts
    add_group(branch, "一组", since=FIRST_DAY)


@pytest.mark.parametrize("about", SUBJECTS)
def test_all_that_tells_of_a_subject_is_read(world, about):
    let_there_be_every_subject(world)
    duty = Duty(id="a-duty", part="branch", title={}, owed_by="branch", about=about)
    narrow = town().book.narrowed(ALL_OF_IT._replace(subjects=frozenset({about}), proofs={}))
    whole = spans_of(duty, town().facts)
    assert whole
    assert spans_of(duty, facts_of(narrow)) == whole


def test_every_subject_that_somebody_owes_about_is_told_of_by_a_table_or_is_a_matter():
    asked = {duty.about for duty in mechanism().duties.values() if duty.editions}
    assert asked <= {*SUBJECTS, "members_meeting", "need", *ABOUT_CASES, SUSPECTED}


def test_a_months_count_of_one_duty_reads_no_meeting_and_no_member(world):
    with statements() as asked:
        counted = count(town(), JULY, duties={"four-ones-visit"})
    assert counted
    assert not [sql for sql in asked if 'FROM "member"' in sql or 'FROM "proof"' in sql]


def test_a_meeting_on_the_last_day_asked_for_is_counted_and_one_the_day_after_is_not(world):
    meeting(world, date(2026, 7, 31))
    meeting(world, date(2026, 8, 1))
    counted = count(town(), JULY, duties={"pre-study"})
    assert sum(counted.values()) == 1


def test_who_was_called_on_twice_is_done_once(world):
    visit(world, date(2026, 7, 3))
    visit(world, date(2026, 7, 4))
    counted = count(town(), JULY, duties={"four-ones-visit"})
    assert [(case.verdict, n) for case, n in counted.items() if case.verdict == "met"] == [("met", 1)]


def test_households_can_be_left_out_by_name_however_many(world):
    every = set(Household.objects.filter(log=TOWNSHIP).values_list("id", flat=True))
    without, values = database.not_among("id", every - {world.house_1.id})
    found = database.fetch(f"SELECT id FROM household WHERE log = %s AND {without}", [TOWNSHIP, *values])
    assert [database.to_uuid(one) for (one,) in found] == [world.house_1.id]
    assert database.not_among("id", []) == ("1 = 1", [])


def test_households_can_be_asked_for_by_name_however_many(world):
    within, values = database.among("id", [world.house_1.id])
    found = database.fetch(f"SELECT id FROM household WHERE log = %s AND {within}", [TOWNSHIP, *values])
    assert [database.to_uuid(one) for (one,) in found] == [world.house_1.id]
    within, values = database.among("id", [])
    assert database.fetch(f"SELECT id FROM household WHERE {within}", values) == []


def test_the_households_that_something_changed_of_are_told_from_their_wordings_in_the_database_as_here(world):
    house = Household.objects.get(id=world.house_1.id)
    told = json.loads(house.wordings)
    world.receive(
        world.pen.item(
            HouseholdChange1(household=house.id, number="77"),
            unit=house.village,
            saw={f"{house.id}.number": UUID(told["number"])},
        )
    )
    several = {row.id for row in Household.objects.all() if len(set(json.loads(row.wordings).values())) > 1}
    assert several == set(Household.objects.filter(CHANGED).values_list("id", flat=True)) >= {house.id}
