"""Study and talks of a branch are recorded in a form of few questions, and corrected in the same one."""

import json

import pytest
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from concerto.journal.models import Entry
from concerto.parts.study.hours import minutes_of_a_day
from concerto.parts.study.models import StudyTime, Talk
from concerto.register.models import Household, Member, Resident
from tests.faces.desk.branching import told
from tests.faces.desk.visiting import entry_of

pytestmark = pytest.mark.django_db
LINE = "读了草原法第二章"


def body_of(entry: str) -> dict:
    return json.loads(Entry.objects.get(id=entry).said)["body"]


def members(world, branch) -> list[str]:
    return [str(one.id) for one in Member.objects.filter(branch=branch.id).order_by("id")]


def study(world) -> str:
    return reverse("desk:study-new", args=[world.branch_a.id])


def test_one_line_is_enough_for_own_study(desk, world, lin):
    entry = entry_of(told(desk.of(lin), reverse("desk:own-study-new"), line=LINE))
    assert list(body_of(entry)) == ["words"]
    assert LINE not in json.dumps(body_of(entry), ensure_ascii=False)


@pytest.mark.parametrize("name", ["lin", "sec", "med", "zhou", "wang"])
def test_everybody_posted_may_keep_their_own_study(desk, world, name):
    entry_of(told(desk.of(getattr(world, name)), reverse("desk:own-study-new"), line=LINE))


def test_an_empty_line_of_own_study_is_not_recorded(desk, world, lin):
    assert told(desk.of(lin), reverse("desk:own-study-new"), line=" ").status_code == 422


def test_own_study_is_corrected_in_its_form(desk, world, lin):
    client = desk.of(lin)
    entry = entry_of(told(client, reverse("desk:own-study-new"), line=LINE))
    again = reverse("desk:branch-correct", args=[entry])
    assert LINE in client.get(again).content.decode()
    assert told(client, again, line="读到第三章").status_code == 302
    assert desk.of(world.sec).get(again).status_code == 404


def test_a_lesson_at_home_says_who_learnt_and_how_long(desk, world, sec):
    [first, *_] = members(world, world.branch_a)
    entry = entry_of(
        told(desk.of(sec), study(world), form="home_lesson", members=[first], minutes="45", words="学了公约")
    )
    said = body_of(entry)
    assert (said["form"], said["members"], said["took"]) == ("home_lesson", [first], {"minutes": 45})
    assert Talk.objects.filter(entry=entry).exists()


def test_hours_told_twice_of_a_training_count_once(desk, world, sec):
    [first, *_] = members(world, world.branch_a)
    for begins, ends in (("09:30", "11:00"), ("10:00", "11:30")):
        answer = told(desk.of(sec), study(world), form="training", members=[first], begins=begins, ends=ends)
        entry = entry_of(answer)
    assert body_of(entry)["took"] == {"begins": 600, "ends": 690}
    assert minutes_of_a_day(StudyTime.objects.filter(kind="training")) == 120
    shown = desk.of(sec).get(reverse("desk:branch-correct", args=[entry])).content.decode()
    assert 'value="10:00"' in shown
    assert 'value="11:30"' in shown


@pytest.mark.parametrize(
    "took",
    [
        {},
        {"begins": "09:30"},
        {"ends": "09:30"},
        {"begins": "09:30", "ends": "09:30"},
        {"begins": "09:30", "ends": "11:00", "minutes": "90"},
        {"begins": "half past nine", "ends": "11:00"},
    ],
)
def test_how_long_a_training_took_is_said_in_one_way(desk, world, sec, took):
    [first, *_] = members(world, world.branch_a)
    answer = told(desk.of(sec), study(world), form="training", members=[first], **took)
    assert answer.status_code == 422
    assert {"begins", "ends", "minutes"} & answer.context["form"].errors.keys()


def test_study_asks_what_is_missing_and_keeps_what_was_written(desk, world, sec):
    answer = told(desk.of(sec), study(world), form="training", words="学了公约")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "学了公约" in page


def test_a_member_of_another_branch_can_not_be_chosen(desk, world, sec):
    [other, *_] = members(world, world.branch_b)
    answer = told(desk.of(sec), study(world), form="training", members=[other], minutes="45")
    assert answer.status_code == 422


def test_two_who_talked_and_nothing_of_what_was_said(desk, world, sec):
    one, other = members(world, world.branch_a)[:2]
    address = reverse("desk:talk-new", args=[world.branch_a.id])
    entry = entry_of(told(desk.of(sec), address, talker_1=one, talker_as_1="member", talker_2=other))
    assert body_of(entry) == {
        "talkers": [{"member": one, "capacity": "member"}, {"member": other, "capacity": "member"}]
    }


def test_nobody_talks_with_themselves(desk, world, sec):
    [one, *_] = members(world, world.branch_a)
    address = reverse("desk:talk-new", args=[world.branch_a.id])
    assert told(desk.of(sec), address, talker_1=one, talker_2=one).status_code == 422


def test_the_page_says_what_will_be_posted(desk, world, sec):
    answer = told(desk.of(sec), study(world), form="training", preview="1")
    assert answer.status_code == 200
    assert list(answer.context["posted"]) == ["study"]


def test_record_offers_what_belongs_to_the_branch(desk, world, sec, med):
    assert study(world) in desk.of(sec).get(reverse("desk:record")).content.decode()
    page = desk.of(med).get(reverse("desk:record")).content.decode()
    assert study(world) not in page
    assert reverse("desk:own-study-new") in page


def test_two_members_of_one_name_are_told_apart_by_their_households(desk, world, sec):
    members = Member.objects.filter(branch=world.branch_a.id, until__isnull=True).values_list("resident", flat=True)
    people = Resident.objects.filter(id__in=members)
    houses = sorted(set(people.values_list("household", flat=True)))
    alike = [people.filter(household=house).order_by("id")[0].id for house in houses[:2]]
    assert len(alike) == 2
    Resident.objects.filter(id__in=alike).update(name="杨小军")
    numbers = Household.objects.filter(id__in=houses[:2]).values_list("number", flat=True)
    for form in ("study", "talk", "meeting"):
        page = desk.of(sec).get(reverse(f"desk:{form}-new", args=[world.branch_a.id])).content.decode()
        for number in numbers:
            assert f"杨小军{pgettext('clause', ', ')}{gettext('Household {number}').format(number=number)}<" in page
