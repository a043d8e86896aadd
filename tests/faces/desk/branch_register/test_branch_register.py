"""What a branch decides about its own is dated, is changed where it stands, and says no cause."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerto.faces.desk.branch.roll import roll_of
from concerto.groundwork import clock
from concerto.places.models import PartyGroup
from concerto.register.access import sight_of
from concerto.register.models import Member
from concerto.register.seats import Grouping, Seat, Suspension
from tests.cast import TOWNSHIP
from tests.faces.desk.browsing import Browser

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 2)


@pytest.fixture
def sec_s(desk, world, home):
    return Browser(desk, world.sec)


@pytest.fixture
def member(world):
    return Member.objects.filter(branch=world.branch_a.id, standing="full").order_by("id").first()


def test_a_seat_is_taken_changed_and_ended(sec_s, world, member):
    answer = sec_s.send("seat-new", world.branch_a.id, member=str(member.id), post="secretary", since="2026-03-02")
    assert answer.status_code == 302
    row = Seat.objects.get()
    assert (row.member, row.post, row.since, row.until) == (member.id, "secretary", MARCH, None)

    assert sec_s.send("seat-change", row.id, post="deputy").status_code == 302
    assert sec_s.send("seat-change", row.id, until="2026-02-01").status_code == 422
    assert sec_s.send("seat-change", row.id, until="2026-06-30").status_code == 302
    row = Seat.objects.get()
    assert (row.post, row.until) == ("deputy", date(2026, 6, 30))
    text = sec_s.text("branch-register", world.branch_a.id)
    assert "副书记" in text
    assert "今天不算" in text


def test_a_vote_rests_and_is_given_back(sec_s, world, member):
    sec_s.send("vote-rests", member.id, since="2026-03-02")
    row = Suspension.objects.get()
    sight = sight_of(world.sec, clock.today())
    assert [one.on_roll.has_vote for one in roll_of(sight, world.branch_a, clock.today()) if one.id == member.id] == [
        False
    ]
    sec_s.send("vote-back", row.id, until="2026-06-30")
    assert [one.on_roll.has_vote for one in roll_of(sight, world.branch_a, clock.today()) if one.id == member.id] == [
        True
    ]


def test_a_group_is_changed_from_a_day_on(sec_s, world, member):
    group = PartyGroup.objects.create(log=TOWNSHIP, branch=world.branch_a.id, name="一组", since=date(2025, 1, 1))
    assert sec_s.send("member-group", member.id, group=str(group.id), since="2026-03-02").status_code == 302
    assert [(row.group, row.since) for row in Grouping.objects.filter(id=member.id)] == [(group.id, MARCH)]
    assert "一组" in sec_s.text("branch-register", world.branch_a.id)


def test_the_next_branch_is_not_there(desk, world, member):
    ma = Browser(desk, world.ma)
    assert ma.open("branch-register", world.branch_a.id).status_code == 404
    assert ma.open("vote-rests", member.id).status_code == 404
    med = Browser(desk, world.med)
    assert "添加任职" not in med.text("branch-register", world.branch_a.id)


def test_the_page_asks_the_same_however_many_sit_there(sec_s, world, member):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            sec_s.text("branch-register", world.branch_a.id)
        return len(queries)

    sec_s.text("branch-register", world.branch_a.id)
    before = asked()
    for post in ("secretary", "deputy", "seat"):
        sec_s.send("seat-new", world.branch_a.id, member=str(member.id), post=post, since="2026-03-02")
    sec_s.text("branch-register", world.branch_a.id)
    assert asked() <= before + 1
