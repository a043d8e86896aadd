"""A branch's year: its turns, what was held, what is left and with whom, and which turn a late record counts for."""

import re
from datetime import date

import pytest
from django.urls import reverse

from concerto.journal.kinds.meeting import Decided, Meeting1
from tests.asked import statements

from .boards import a_year, autumn, bring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
__all__ = ["autumn"]


def page(client, branch) -> str:
    answer = client.get(reverse("desk:branch-year", args=[branch]))
    assert answer.status_code == 200
    return answer.content.decode()


def turns(text: str, duty: str) -> list[str]:
    row = next(row for row in re.findall(r"<tr>.*?</tr>", text, re.S) if f">{duty}<" in row)
    return re.findall(r"<td.*?</td>", row, re.S)


def test_a_cell_spans_its_turn_and_leads_to_its_record(desk, world):
    made = a_year(world)
    text = page(desk.of(world.sec), world.branch_a.id)
    months = turns(text, "主题党日")
    assert reverse("desk:entry", args=[made["june"]]) in months[5]
    assert "12日" in months[5]
    assert [re.findall(r'colspan="(\d+)"', cell) for cell in turns(text, "支部党员大会")][:3] == [["3"]] * 3
    assert [re.findall(r'colspan="(\d+)"', cell) for cell in turns(text, "组织生活会")] == [["12"]]


def test_the_month_a_late_record_counts_for_is_said(desk, world):
    a_year(world)
    text = page(desk.of(world.sec), world.branch_a.id)
    assert "漏了，8月12日补上，算7月的" in turns(text, "主题党日")[6]
    assert "8月12日，补记，算7月的" in text


def test_what_is_left_names_who_sees_to_it_and_leads_to_the_form(desk, world):
    a_year(world)
    left = page(desk.of(world.sec), world.branch_a.id).split('id="left"')[1].split("</section>")[0]
    assert "主题党日" in left
    assert "8月，漏了" in left
    assert "9月，要办，9月30日前" in left
    assert "4月" not in left.replace("14月", "")
    assert "由谁办：林晓、赛力克·别克" in left
    assert reverse("desk:meeting-new", args=[world.branch_a.id]) in left


def decided(world, on: date, *, due: date, n: int) -> None:
    """A theme day with n decisions, all for one day."""
    words = [world.pen.seal(world.pen.new_id(), "把水渠修好") for _ in range(n)]
    decisions = [Decided(part.about, part.digest, due=due) for part in words]
    body = Meeting1(branch=world.branch_a.id, form="none", contents=["theme_day"], decisions=decisions)
    bring(world, body, by=world.sec, on=on, unit=world.branch_a.id, sealed=words)


def test_what_was_decided_in_january_stands_beside_many_later_decisions(desk, world, django_assert_max_num_queries):
    decided(world, date(2026, 1, 5), due=date(2026, 12, 20), n=1)
    for month in range(2, 8):
        decided(world, date(2026, month, 10), due=date(2026, 9, 1), n=20)
    client = desk.of(world.sec)
    with django_assert_max_num_queries(40):
        first = page(client, world.branch_a.id).split('id="decisions"')[1]
    assert first.count("<li>") == 40
    assert "后面的议定事项" in first
    assert "前面的议定事项" not in first
    answer = client.get(reverse("desk:branch-year", args=[world.branch_a.id]), {"behind": 120})
    last = answer.content.decode().split('id="decisions"')[1]
    assert last.count("<li>") == 1
    assert "1月5日" in last
    assert "12月20日" in last
    assert "behind=80" in last


def test_what_was_held_leads_to_its_entry(desk, world):
    made = a_year(world)
    text = page(desk.of(world.lin), world.branch_a.id)
    held = text.split("开了什么")[1]
    assert reverse("desk:entry", args=[made["june"]]) in held
    assert str(made["own"]) not in text
    assert "每周自学" not in text


def test_one_branch_is_opened_at_once_and_several_are_listed(desk, world):
    here = reverse("desk:branch-years")
    assert desk.of(world.sec).get(here)["Location"] == reverse("desk:branch-year", args=[world.branch_a.id])
    text = desk.of(world.wang).get(here).content.decode()
    assert text.index("上泉党支部") < text.index("中泉党支部")


def test_who_does_not_record_has_no_form(desk, world):
    text = page(desk.of(world.zhou), world.branch_a.id)
    assert reverse("desk:meeting-new", args=[world.branch_a.id]) not in text
    for who in (world.ma, world.other):
        assert desk.of(who).get(reverse("desk:branch-year", args=[world.branch_a.id])).status_code == 404
    assert desk.of(world.gao).get(reverse("desk:branch-year", args=[world.branch_a.id])).status_code == 403


def test_more_records_ask_no_more_of_the_database(desk, world):
    client = desk.of(world.sec)
    page(client, world.branch_a.id)
    with statements() as few:
        page(client, world.branch_a.id)
    a_year(world)
    with statements() as more:
        page(client, world.branch_a.id)
    assert len(more) <= len(few) + 2
    assert len(more) < 40
