"""One open list of needs and cases: what a reader's boards hold, and nothing else; struck off by an entry."""

import re
from datetime import date

import pytest
from django.urls import reverse

from concerto.papers.open_list import Cursor
from concerto.parts.assistance.models import NeedStep
from concerto.parts.disputes.models import CaseStep
from tests.asked import statements
from tests.cases import Matter
from tests.cast import VILLAGE_B
from tests.needs import Life, county_desk

pytestmark = pytest.mark.django_db


def listed(client, **asked) -> str:
    answer = client.get(reverse("desk:open-list"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode()).split("<main", 1)[1].split("</main>")[0]


def need_page(world) -> str:
    return reverse("desk:need", args=[world.need])


def case_page(matter) -> str:
    return reverse("desk:case", args=[matter.id])


def test_needs_and_the_cases_that_open_to_a_reader_stand_in_one_list_by_their_day(desk, world):
    case = Matter(world)
    text = listed(desk.of(world.med))
    assert text.index(need_page(world)) < text.index(case_page(case))
    assert "杨春生" in text
    assert all(words in text for words in ("难易", "层级", "在谁手里"))


def test_whom_a_case_does_not_open_to_finds_nothing_of_it(desk, world):
    case = Matter(world, author=world.lin)
    for who in (world.lin, world.wang, world.zhou):
        for tab in ("", "struck"):
            text = listed(desk.of(who), list=tab)
            assert case_page(case) not in text
            assert "杨春生" not in text
        assert need_page(world) in listed(desk.of(who))


def test_a_matter_leaves_the_list_by_an_entry_and_the_second_tab_names_it(desk, world):
    case = Matter(world)
    assert case.step("ended", "2026-09-20", how="withdrawn") == "accepted"
    need = Life(world)
    for step, more in (("doing", {}), ("done", {"outcome": "solved"}), ("told", {"told_of": "done"})):
        assert need.step(step, "2026-09-05", **more) == "accepted"
    need.by_slip("yes", "2026-09-06")
    page = reverse("desk:need", args=[need.id])
    client = desk.of(world.med)
    text = listed(client)
    assert [one in text for one in (page, case_page(case), need_page(world))] == [False, False, True]
    text = listed(client, list="struck")
    [ended] = CaseStep.objects.filter(id=case.id, kind="withdrawn")
    [said] = NeedStep.objects.filter(id=need.id, kind="yes")
    entry = reverse("desk:entry", args=[said.entry])
    assert f'{case_page(case)}#step-{ended.entry}"' in text
    assert client.get(entry).status_code == 200
    assert text.index(case_page(case)) < text.index(entry)  # the last one struck off stands first


def test_it_is_narrowed_to_needs_to_disputes_and_to_a_village(desk, world):
    case = Matter(world)
    client = desk.of(world.med)
    assert case_page(case) not in listed(client, what="need")
    assert need_page(world) not in listed(client, what="case")
    assert "没有符合条件的" in listed(desk.of(world.wang), village=str(VILLAGE_B), what="case")
    assert need_page(world) not in listed(desk.of(world.wang), village=str(VILLAGE_B))


def test_it_goes_on_behind_its_last_line_in_either_direction(desk, world, monkeypatch):
    monkeypatch.setattr("concerto.faces.desk.open_list.PAGE", 2)
    cases = [Matter(world, on=f"2026-09-{n:02d}") for n in range(1, 5)]
    client = desk.of(world.med)
    seen, where = [], reverse("desk:open-list") + "?what=case"
    while where:
        text = client.get(where).content.decode()
        seen += [n for n, one in enumerate(cases) if case_page(one) in text]
        more = re.search(r'href="([^"]+)" rel="next"', text)
        where = more[1].replace("&amp;", "&") if more else ""
    assert seen == [0, 1, 2, 3]
    for n, one in enumerate(cases):
        assert one.step("ended", f"2026-09-{10 + n}", how="withdrawn") == "accepted"
    text = listed(client, list="struck", what="case")
    assert [case_page(one) in text for one in cases] == [False, False, True, True]
    assert Cursor.read("2026-09-13.nonsense") is None


def test_a_desk_of_the_county_finds_what_was_sent_to_it(desk, world):
    assert "没有待办的事" in listed(desk.of(county_desk(world)))


def test_a_long_list_asks_no_more_than_a_short_one(desk, world):
    def asked() -> int:
        with statements() as told:
            listed(client)
        return len(told)

    Matter(world)
    client = desk.of(world.med)
    listed(client)
    few = asked()
    for n in range(6):
        Matter(world, on=date(2026, 9, 2 + n).isoformat())
    assert asked() <= few
