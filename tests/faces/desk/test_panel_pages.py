"""The panel of mediators on its page: who stands on it, who writes it, who sits when."""

import re
from typing import Any

import pytest
from django.urls import reverse

from concerto.journal.models import Entry
from concerto.register.models import PanelMember
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

pytestmark = pytest.mark.django_db
PANEL = "/panel/"
NAME = "巴合提·努尔兰"


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def draft(text: str) -> str:
    return re.search(r'name="draft" value="([^"]+)"', text)[1]


def added(client, unit=VILLAGE_A, **told: Any):
    where = reverse("desk:panel-new", args=[unit])
    data = {"draft": draft(shown(client.get(where))), "who": "else", "name": NAME, "how": "elected", "post": "member"}
    return client.post(where, {**data, "since": "2026-01-05", **told})


def changed(client, line, **told: Any):
    where = reverse("desk:panel-change", args=[line])
    text = shown(client.get(where))
    was = dict(re.findall(r'name="(initial-\w+)" value="([^"]*)"', text))
    now = {"how": "elected", "post": "member", "since": "2026-01-05"}
    return client.post(where, {"draft": draft(text), **was, **now, **told})


def test_somebody_who_does_not_sign_in_stands_on_the_panel_by_name(desk, world):
    client = desk.of(world.wang)
    answer = added(client, languages=["kazakh"], sits_on=["1", "4"], holds_seal="on", post="director")
    assert answer.status_code == 302
    row = PanelMember.objects.get()
    assert (row.name, row.languages, row.sits_on, row.holds_seal) == (NAME, "kazakh", "1,4", True)
    assert not any(NAME in entry.said for entry in Entry.objects.all())
    page = shown(client.get(reverse("desk:panel")))
    assert page.count(NAME) >= 3  # its line, and two days at the centre
    assert "星期四" in page


def test_a_name_is_asked_of_whoever_does_not_sign_in_and_days_stand_in_order(desk, world):
    client = desk.of(world.wang)
    assert 'id="id_name' in added(client, name="").content.decode()
    assert added(client, until="2025-01-01").status_code == 422
    assert not PanelMember.objects.exists()


def test_the_last_day_ends_a_line_and_it_stands_as_not_today(desk, world):
    client = desk.of(world.wang)
    added(client)
    row = PanelMember.objects.get()
    assert changed(client, row.id).status_code == 422  # nothing was altered
    assert changed(client, row.id, until="2026-03-01").status_code == 302
    assert PanelMember.objects.get().until.isoformat() == "2026-03-01"
    assert "is-spare" in shown(client.get(reverse("desk:panel")))


def test_a_secretary_writes_the_own_village_and_nobody_their_own_line(desk, world):
    client = desk.of(world.sec)
    assert added(client).status_code == 302
    assert client.get(reverse("desk:panel-new", args=[VILLAGE_B])).status_code == 404
    assert client.get(reverse("desk:panel-new", args=[TOWNSHIP])).status_code == 404
    text = shown(client.get(reverse("desk:panel-new", args=[VILLAGE_A])))
    assert str(world.sec.id) not in text
    assert str(world.med.id) in text
    assert desk.of(world.med).get(reverse("desk:panel-new", args=[VILLAGE_A])).status_code == 403


def test_the_entry_says_what_was_recorded_and_not_the_name(desk, world):
    client = desk.of(world.lin)
    added(desk.of(world.wang), languages=["kazakh"])
    entry = Entry.objects.get(kind="panel_member")
    text = shown(client.get(reverse("desk:entry", args=[entry.id])))
    assert "哈萨克语" in text
    assert NAME not in text


def test_the_page_asks_as_often_for_many_as_for_few(desk, world, django_assert_max_num_queries):
    client = desk.of(world.wang)
    for n in range(3):
        added(client, name=f"某{n}", sits_on=["1"])
    client.get(reverse("desk:panel"))
    with django_assert_max_num_queries(14):
        client.get(reverse("desk:panel"))
