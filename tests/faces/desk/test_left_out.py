"""Somebody with a vote is left out of the count: approved above, adopted at the meeting, and both are recorded."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.meeting import AgendaItem, Attended, LeftOut, Meeting1, Votes
from concerto.journal.models import Entry, Proof
from tests.faces.desk.branching import told
from tests.faces.desk.visiting import entry_of

from .browsing import Browser
from .test_meeting_form import attendance, body_of, new, twenty

__all__ = ["twenty"]
pytestmark = pytest.mark.django_db
VOTE = {"item_1": "vote", "yes_1": "11", "no_1": "5"}


@pytest.fixture
def writer(desk, sec):
    """The secretary of branch A, reading Chinese."""
    one = desk.of(sec)
    one.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    return one


@pytest.fixture
def at_desk(desk, sec):
    """The same as a browser that fills forms."""
    return Browser(desk, sec)


def last() -> dict[str, Any]:
    """What the newest entry says."""
    said: dict[str, Any] = json.loads(Entry.objects.order_by("-seq")[0].said)
    return said


@pytest.fixture
def out(twenty) -> str:
    """One full member who may be absent for long."""
    return next(one for one in twenty["voters"] if one not in twenty["exempt"])


def leaving(out: str, **more: str) -> dict[str, Any]:
    """Leave somebody out by the vote on the first item."""
    return {"out_1": out, "out_on_1": "2026-01-05", "out_item_1": "1", **more}


def held(writer, world, twenty, **more: Any) -> Any:
    """Record a meeting of 20 with a vote, of whom four are absent."""
    return told(writer, new(world), form="members", **attendance(writer, world, twenty, absent=4), **more)


def test_both_facts_are_recorded_and_the_base_is_smaller(writer, world, twenty, out):
    said = body_of(entry_of(held(writer, world, twenty, **VOTE, **leaving(out))))
    assert said["left_out"] == [{"member": out, "approved_on": "2026-01-05", "adopted_by": 0}]
    assert (len(said["base"]), out in said["base"]) == (19, False)


def test_the_vote_is_told_by_its_place_among_those_that_were_taken(writer, world, twenty, out):
    votes = {"item_3": "vote", "yes_3": "16", "item_2": "talk"}
    said = body_of(entry_of(held(writer, world, twenty, **votes, **leaving(out, out_item_1="3"))))
    assert said["left_out"][0]["adopted_by"] == 1


def test_the_line_of_each_vote_says_the_base_that_it_counts_against(writer, world, twenty, out):
    there = attendance(writer, world, twenty, absent=4)
    votes = {**VOTE, "item_2": "vote", "yes_2": "10", "no_2": "6"}
    page = told(writer, new(world), form="members", preview="1", **there, **votes, **leaving(out)).content.decode()
    assert "应到 20，实到 16，至少 11，赞成 11，通过<" in page
    assert "应到 19，实到 16，至少 10，赞成 10，通过<" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"out_on_1": ""}, "out_on_1"),
        ({"out_item_1": ""}, "out_item_1"),
        ({"out_item_1": "2"}, "out_item_1"),
        ({"yes_1": "10", "no_1": "6"}, "out_item_1"),
        ({"day": "other", "on": "2026-01-04"}, "out_on_1"),
    ],
)
def test_without_both_it_is_refused_at_the_question_and_nothing_is_lost(writer, world, twenty, out, wrong, field):
    answer = held(writer, world, twenty, **{**VOTE, **leaving(out), **wrong})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'value="{out}" selected' in answer.content.decode()


@pytest.mark.parametrize("how", ["present", "observer"])
def test_who_was_there_is_counted_and_the_form_says_so_at_the_name(writer, world, twenty, out, how):
    form = writer.get(new(world)).context["form"]
    [at] = [n for n, row in enumerate(form.roll) if str(row.id) == out]
    there = attendance(writer, world, twenty, absent=4) | {f"how_{at}": how}
    answer = told(writer, new(world), form="members", **there, **VOTE, **leaving(out))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["out_1"]
    assert "有表决权的人到了会，却没有计入应到人数" in answer.content.decode()


def test_the_page_of_the_entry_says_the_vote_in_one_line_and_who_is_not_counted(writer, world, twenty, out):
    entry = entry_of(held(writer, world, twenty, **VOTE, **leaving(out)))
    page = writer.get(reverse("desk:entry", args=[entry])).content.decode()
    assert "应到 20，实到 16，至少 11，赞成 11，通过" in page
    assert "上级党组织 2026年1月5日批准，本次会议议题 1 表决通过" in page
    assert "应到 19，实到 16" in page


def test_correcting_keeps_who_was_left_out_and_can_count_them_again(at_desk, writer, world, twenty, out):
    entry = entry_of(held(writer, world, twenty, **VOTE, **leaving(out)))
    data = at_desk.filled("meeting-correct", entry, day="today")
    assert {name: data[name] for name in leaving(out)} == {name: [given] for name, given in leaving(out).items()}
    assert at_desk.post("meeting-correct", entry, data=data).status_code == 302
    assert last()["body"] == body_of(entry)
    data = at_desk.filled("meeting-correct", entry, day="today", **dict.fromkeys(leaving(out), ""))
    assert at_desk.post("meeting-correct", entry, data=data).status_code == 302
    said = last()["body"]
    assert ("left_out" in said, len(said["base"])) == (False, 20)


def test_mending_keeps_who_was_left_out_and_for_which_turn_it_counts(at_desk, world, sec, twenty, out):
    today = clock.today()
    base = [one for one in twenty["voters"] if one != out]
    body = Meeting1(
        branch=world.branch_a.id, form="members", base=base,
        left_out=[LeftOut(out, today - timedelta(days=40), 0)],
        attendance=[Attended(one, "present") for one in base],
        items=[AgendaItem("vote", votes=Votes(yes=19))],
    )  # fmt: skip
    turn = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    soon = today + timedelta(days=366)
    item = world.pen.item(body, unit=world.branch_a.id, by=sec, on=soon, counts_for=turn)
    [receipt] = world.receive(item, by=sec, at=clock.now())
    assert receipt.outcome == "refused"
    mend = f"?instead_of={receipt.id}"
    data = at_desk.filled("meeting-new", world.branch_a.id, at=mend, day="today")
    assert (data["out_1"], data["out_item_1"], data["counts_for"]) == ([out], ["1"], [turn])
    assert at_desk.post("meeting-new", world.branch_a.id, data=data).status_code == 302
    said = last()
    assert (said["counts_for"], said["body"]["left_out"][0]["member"]) == (turn, out)
    assert set(Proof.objects.filter(entry=said["id"]).values_list("counts_for", flat=True)) == {turn}
