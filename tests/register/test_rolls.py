"""Seats, votes that rest and groups are dated, and who was on a branch's roll on a day follows from the book alone."""

from datetime import date
from uuid import UUID

import pytest

from concerto.journal import reading
from concerto.journal.kinds.people import MemberChange1
from concerto.journal.kinds.seats import Seat1, SeatChange1, Suspension1, SuspensionChange1
from concerto.journal.said import stand
from concerto.register.fields import fields
from concerto.register.models import Grouping, Seat, Suspension
from concerto.register.rolls import OnRoll, roll_on
from concerto.register.seating import SeatRow, SuspensionRow
from tests.cast import TOWNSHIP, World

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE = date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 15)
ONE, TWO = UUID(int=1), UUID(int=2)


def seat_of(world: World, member: UUID, *, post: str = "seat", until: date | None = None) -> UUID:
    seat = Seat1(
        seat=world.pen.new_id(), branch=world.branch_a.id, member=member, post=post, since=MARCH, until=until  # type: ignore[arg-type]
    )  # fmt: skip
    [receipt] = world.receive(world.pen.item(seat, unit=world.branch_a.id, by=world.sec), by=world.sec)
    assert receipt.outcome == "accepted", receipt
    return seat.seat


def change(world: World, thing: UUID, body, *, on: date = MAY):
    told = stand(reading.about(TOWNSHIP, [thing])[thing])
    saw = {f"{thing}.{name}": str(fields(thing, told)[name].wording) for name in body.changes(thing)}
    [receipt] = world.receive(world.pen.item(body, unit=world.branch_a.id, by=world.sec, on=on, saw=saw), by=world.sec)
    return receipt


def roll(world: World, day: date) -> dict[UUID, OnRoll]:
    members = [*world.house_1.members, *world.house_2.members, *world.house_4.members]
    found = reading.about(TOWNSHIP, members)
    seats = [SeatRow(*row) for row in Seat.objects.values_list(*SeatRow._fields)]
    resting = [SuspensionRow(*row) for row in Suspension.objects.values_list(*SuspensionRow._fields)]
    told = {member: stand(words) for member, words in found.items()}
    return {one.member: one for one in roll_on(world.branch_a.id, day, members=told, seats=seats, suspensions=resting)}


def test_a_seat_holds_from_its_day_to_its_day(world):
    [member] = world.house_1.members
    seat = seat_of(world, member)

    receipt = change(world, seat, SeatChange1(seat=seat, post="secretary", until=MAY))

    assert receipt.outcome == "accepted"
    [row] = Seat.objects.all()
    assert (row.member, row.post, row.since, row.until) == (member, "secretary", MARCH, MAY)
    assert [roll(world, day)[member].post for day in (date(2026, 2, 1), MARCH, JUNE)] == ["", "secretary", ""]


def test_a_vote_rests_without_why_and_is_given_back(world):
    [member] = world.house_1.members
    resting = Suspension1(suspension=world.pen.new_id(), member=member, since=MARCH)
    world.receive(world.pen.item(resting, unit=world.branch_a.id, by=world.sec), by=world.sec)

    change(world, resting.suspension, SuspensionChange1(suspension=resting.suspension, until=MAY))

    assert [roll(world, day)[member].has_vote for day in (date(2026, 2, 1), MARCH, JUNE)] == [True, False, True]
    assert set(Suspension1.__struct_fields__) == {"suspension", "member", "since", "until"}


def test_a_seat_of_another_branch_is_not_recorded_from_here(world):
    [member] = world.house_4.members
    seat = Seat1(seat=world.pen.new_id(), branch=world.branch_b.id, member=member, post="seat", since=MARCH)

    [receipt] = world.receive(world.pen.item(seat, unit=world.branch_a.id, by=world.sec), by=world.sec)

    assert (receipt.outcome, receipt.code) == ("refused", "not_in_this_unit")


def test_the_roll_of_a_branch_is_its_own_and_a_probationary_member_has_no_vote(world):
    [full], [probationary] = world.house_1.members, world.house_2.members

    found = roll(world, JUNE)

    assert set(found) == {full, probationary}
    assert (found[full].has_vote, found[probationary].has_vote, found[probationary].is_full) == (True, False, False)


def test_a_probationary_member_votes_from_the_day_they_became_full(world):
    [member] = world.house_2.members

    change(world, member, MemberChange1(member=member, standing="full"), on=MAY)

    assert [roll(world, day)[member].has_vote for day in (MARCH, MAY, JUNE)] == [False, True, True]


def test_who_is_gone_is_on_no_later_roll(world):
    [member] = world.house_1.members

    change(world, member, MemberChange1(member=member, until=MAY), on=JUNE)

    assert [member in roll(world, day) for day in (MARCH, MAY, JUNE)] == [True, True, False]


def test_a_member_belongs_to_a_group_up_to_the_day_before_the_next(world):
    [member] = world.house_1.members

    change(world, member, MemberChange1(member=member, group=ONE), on=MARCH)
    change(world, member, MemberChange1(member=member, group=TWO), on=MAY)
    change(world, member, MemberChange1(member=member, group=None), on=JUNE)

    rows = Grouping.objects.filter(id=member).order_by("n").values_list("group", "since", "until")
    assert list(rows) == [(ONE, MARCH, date(2026, 4, 30)), (TWO, MAY, date(2026, 6, 14))]
    assert [roll(world, day)[member].group for day in (MARCH, MAY, JUNE)] == [ONE, TWO, None]


def test_a_seat_taken_back_leaves_no_seat(world):
    [member] = world.house_1.members
    seat = Seat1(seat=world.pen.new_id(), branch=world.branch_a.id, member=member, post="seat", since=MARCH)
    [first] = world.receive(world.pen.item(seat, unit=world.branch_a.id, by=world.sec), by=world.sec)

    back = world.pen.item(
        None,
        kind="seat",
        unit=world.branch_a.id,
        by=world.sec,
        corrects=first.id,
        saw={f"{first.id}.wording": first.id},
    )
    [receipt] = world.receive(back, by=world.sec)

    assert receipt.outcome == "accepted"
    assert list(Seat.objects.on(JUNE)) == []
    assert roll(world, JUNE)[member].post == ""
