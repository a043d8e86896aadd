"""What happened stays as it was on its day: who made it, who was helped, where a household lived."""

import json
from datetime import date

import pytest

from concerto.journal.kinds.households import HelperChange1, HouseholdChange1
from concerto.journal.kinds.postings import Posting1, PostingChange1
from concerto.journal.kinds.visit import MatterServed, Visit1
from concerto.journal.models import Proof
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.visits.models import Visit
from concerto.register.models import HelperLink, Household, Posting
from tests.cast import TODAY, VILLAGE_A, VILLAGE_B

pytestmark = pytest.mark.django_db
THAT_DAY = date(2026, 5, 20)


def seen(model, thing, name):
    return {f"{thing}.{name}": json.loads(model.objects.get(id=thing).wordings)[name]}


def take(world, body, by, *, unit=VILLAGE_A, on=TODAY, **more):
    [receipt] = world.receive(world.pen.item(body, unit=unit, by=by, on=on, **more), by=by)
    return receipt


def corrected(world, by):
    body = Visit1(channel="phone_call", households=[world.house_1.id], outcome="met", change="no_change")
    return take(world, body, by, on=THAT_DAY, corrects=world.visit, saw={f"{world.visit}.wording": world.visit})


def successor(world):
    ended = PostingChange1(posting=world.postings["lin"], until=date(2026, 6, 20))
    take(world, ended, world.wang, saw=seen(Posting, world.postings["lin"], "until"))
    new = Posting1(posting=world.pen.new_id(), account=world.newcomer.id, unit=world.branch_a.id, role="instructor",
                   since=date(2026, 6, 21))  # fmt: skip
    assert take(world, new, world.wang).outcome == "accepted"
    return world.newcomer


def test_a_visit_stays_theirs_who_made_it_whoever_corrects_it_later(world):
    by = successor(world)

    assert corrected(world, by).outcome == "accepted"

    line = Visit.objects.get(entry=world.visit)
    assert (line.kind, line.by) == ("phone_call", world.lin.id)
    assert set(Proof.objects.filter(entry=world.visit).values_list("by", flat=True)) == {world.postings["lin"]}


def test_a_correction_leaves_who_was_helped_as_it_was_filed(world):
    declined = HelperChange1(link=world.helper_link, household=world.house_1.id, agreement="declined")
    assert take(world, declined, world.lin, saw=seen(HelperLink, world.helper_link, "agreement")).outcome == "accepted"

    assert corrected(world, world.lin).outcome == "accepted"

    assert AssistanceLine.objects.filter(entry=world.visit, kind="no_change").exists()


def test_who_called_on_a_household_before_it_moved_may_still_say_so(world):
    moved = HouseholdChange1(household=world.house_1.id, village=VILLAGE_B)
    take(world, moved, world.lin, saw=seen(Household, world.house_1.id, "village"))
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")

    before = take(world, body, world.lin, on=date(2026, 6, 30), unit=world.branch_a.id)
    after = take(world, body, world.lin, on=TODAY, unit=world.branch_a.id)

    assert (before.outcome, after.outcome) == ("accepted", "refused")


def test_a_member_of_another_branch_is_not_taught_or_served_by_ones_own_word(world):
    member, house = world.house_4.members[0], [world.house_1.id]
    lesson = Visit1(channel="visit", households=house, outcome="met", lesson_for=[member], lesson_minutes=30)
    matter = MatterServed(matter=world.pen.new_id(), sort="pledge", member=member)
    pledge = Visit1(channel="visit", households=house, outcome="met", matters=[matter])

    assert [take(world, body, world.lin).code for body in (lesson, pledge)] == ["not_in_this_unit"] * 2
    assert not Proof.objects.filter(about=member).exists()
