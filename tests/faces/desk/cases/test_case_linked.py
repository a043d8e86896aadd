"""Cases handled together, a mediator who is tied to a side, a case taken over from its page, and who opened notes."""

import pytest
from django.urls import reverse

from concerto.journal.models import Tray
from concerto.parts.disputes.models import Case, CaseStep
from concerto.places.models import Opening
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

from .walking import act, draft, page_of

DAY = "2026-09-05"
pytestmark = pytest.mark.django_db


def test_two_cases_of_one_cause_are_talked_through_once_and_count_one_each(desk, world, line):
    one, other = Matter(world), Matter(world)
    one.willing(), other.willing()
    client = desk.of(world.med)
    assert act(client, one.id, "link", on=DAY, linked=[str(other.id)]).status_code == 302
    assert reverse("desk:case", args=[other.id]) in page_of(client, one)
    assert reverse("desk:case", args=[one.id]) in page_of(client, other)
    where = reverse("desk:case-step", args=[one.id, "session"])
    shown = client.get(where)
    form = shown.context["form"]
    text = shown.content.decode()
    hidden = text.split(f'name="draft_{other.id}" value="', 1)[1].split('"', 1)[0]
    assert f"there_{other.id}" in form.fields
    answer = client.post(
        where,
        {"draft": draft(shown), f"draft_{other.id}": hidden, "on": "2026-09-05", "there": [str(one.a), str(one.b)],
         f"there_{other.id}": [str(other.a)], "record": "四家一起谈，都让一步", "next_on": "2026-12-30"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode().split("<main", 1)[1][:3000]
    assert {one.row.stage, other.row.stage} == {"talking"}
    assert CaseStep.objects.filter(kind="session").values("entry").distinct().count() == 2
    assert "四家一起谈，都让一步" in page_of(client, other)
    assert Case.objects.filter(state="open").count() == 2
    assert not Tray.objects.exists()


def test_a_case_of_others_is_never_offered_to_be_linked(desk, world, line):
    mine, theirs = Matter(world), Matter(world, unit=VILLAGE_B, by=world.zhou)
    mine.willing()
    shown = desk.of(world.med).get(reverse("desk:case-step", args=[mine.id, "link"])).content.decode()
    assert str(theirs.id) not in shown


def test_who_is_tied_to_a_side_mediates_no_more_and_another_is_named(desk, world, line):
    other = panel_line(world, None, VILLAGE_A)
    matter = Matter(world).willing()
    client = desk.of(world.med)
    assert act(client, matter.id, "mediator", on=DAY, mediator=line).status_code == 302
    assert act(client, matter.id, "conflict", on=DAY, mediator=line, conflict="kin").status_code == 302
    assert matter.row.mediator is None
    text = page_of(client, matter)  # who brought it sees that it goes on, and no more
    assert "亲戚" not in text
    assert "杨春生" not in text
    client = desk.of(world.zhou)  # nobody else is at its desk
    where = reverse("desk:take-over", args=["case", matter.id])
    assert client.post(where, {"draft": draft(client.get(where))}).status_code == 302
    assert "亲戚" in page_of(client, matter)
    shown = client.get(reverse("desk:case-step", args=[matter.id, "mediator"])).content.decode()
    assert str(line) not in shown
    assert act(client, matter.id, "mediator", on=DAY, mediator=other).status_code == 302
    assert matter.row.mediator == other


def test_that_somebody_is_tied_to_a_side_is_taken_back_by_whoever_handles_the_case(desk, world, line):
    matter = Matter(world).willing()
    client = desk.of(world.med)
    assert act(client, matter.id, "mediator", on=DAY, mediator=line).status_code == 302
    assert act(client, matter.id, "conflict", on=DAY, mediator=line, conflict="kin").status_code == 302
    tied = CaseStep.objects.get(id=matter.id, kind="conflict").entry
    where = reverse("desk:case-undo", args=[matter.id, tied])
    assert client.get(where).status_code == 404
    zhou = desk.of(world.zhou)
    assert zhou.get(where).status_code == 404
    taken = reverse("desk:take-over", args=["case", matter.id])
    assert zhou.post(taken, {"draft": draft(zhou.get(taken))}).status_code == 302
    assert where in page_of(zhou, matter)
    assert zhou.post(where, {"draft": draft(zhou.get(where))}).status_code == 302
    assert matter.row.mediator == line
    assert "杨春生" in page_of(client, matter)


def test_a_case_that_nobody_answered_is_taken_over_from_its_own_page(desk, world):
    matter = Matter(world, on="2026-09-01")
    client = desk.of(world.zhou)
    answer = client.get(reverse("desk:case", args=[matter.id]))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "杨春生" not in text
    where = reverse("desk:take-over", args=["case", matter.id])
    assert where in text
    assert client.post(where, {"draft": draft(client.get(where))}).status_code == 302
    assert "杨春生" in page_of(client, matter)
    assert desk.of(world.lin).get(reverse("desk:case", args=[matter.id])).status_code == 404


def test_one_that_is_in_time_is_not_there_for_the_default_desk(desk, world):
    matter = Matter(world).willing()
    assert desk.of(world.zhou).get(reverse("desk:case", args=[matter.id])).status_code == 404


def test_a_party_that_asks_is_told_every_opening_and_nobody_elses_name(desk, world, line):
    matter = Matter(world).willing()
    for n in range(12):
        Opening(log=TOWNSHIP, at="2026-11-20T04:00:00Z", by=world.zhou.id, what="case_words", about=matter.id,
                part="0" * 64, purpose=f"看一遍 {n}").save(force_insert=True)  # fmt: skip
    client = desk.of(world.med)
    text = page_of(client, matter)
    where = reverse("desk:case-openings", args=[matter.id])
    assert where in text
    told = client.get(where).content.decode()
    assert told.count("看一遍") == 12
    for name in ("杨春生", "努尔兰·别克", "界桩"):
        assert name not in told
    assert desk.of(world.zhou).get(where).status_code == 404


def test_a_long_list_of_openings_goes_on(desk, world, line, monkeypatch):
    from concerto.faces.desk.cases import openings

    monkeypatch.setattr(openings, "PAGE", 2)
    matter = Matter(world).willing()
    for day in (1, 2, 3):
        Opening(log=TOWNSHIP, at=f"2026-11-0{day}T04:00:00Z", by=world.zhou.id, what="case_words", about=matter.id,
                part="0" * 64, purpose=f"第{day}次").save(force_insert=True)  # fmt: skip
    client = desk.of(world.med)
    text = client.get(reverse("desk:case-openings", args=[matter.id])).content.decode()
    assert ("第3次" in text, "第2次" in text, "第1次" in text) == (True, True, False)
    older = text.split('rel="next"', 1)[0].rsplit('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert "第1次" in client.get(older).content.decode()


def test_a_desk_that_helps_sees_its_own_steps_and_the_stage(desk, world, line):
    matter = Matter(world).willing()
    client = desk.of(world.med)
    assert (
        act(client, matter.id, "help", on=DAY, to=str(TOWNSHIP), words="请画核界图", by="2026-12-20").status_code == 302
    )
    text = page_of(desk.of(world.zhou), matter)
    assert "请画核界图" in text
    assert "case-lines" not in text
    assert "请答复托您这里办的事" in text
    assert str(matter.a) not in text


def test_the_privacy_officer_answers_by_the_number_on_the_paper_and_learns_nothing_else(desk, world, line):
    matter = Matter(world).willing()
    Opening(log=TOWNSHIP, at="2026-11-20T04:00:00Z", by=world.zhou.id, what="case_words", about=matter.id,
            part="0" * 64, purpose="接手前看一遍").save(force_insert=True)  # fmt: skip
    client = desk.of(world.pri)
    where = reverse("desk:case-opened")
    assert client.get(where).status_code == 200
    assert client.post(where, {"number": "17"}).status_code == 422
    assert client.post(where, {"number": "(2020)示人调字第99号"}).status_code == 422
    typed = matter.row.number.replace("(", "\uff08").replace(")", "\uff09")
    answer = client.post(where, {"number": typed})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "接手前看一遍" in text
    for secret in ("杨春生", "努尔兰·别克", "草场", "界桩"):
        assert secret not in text
    assert Opening.objects.get(what="case_openings").about == matter.id
    assert "接手前看一遍" not in desk.of(world.wang).get(where).content.decode()
