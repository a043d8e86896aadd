"""Rounds, deeds, wishes and the table of the four ones, as pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.deeds import Deed1
from concerto.journal.kinds.rounds import Round1
from concerto.journal.models import Entry
from concerto.papers.trips import week_of
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.visits.models import Round, Visit, VisitWish
from tests.cast import VILLAGE_A, VILLAGE_B

from .ledgering import told

pytestmark = pytest.mark.django_db


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def draft(text: str) -> str:
    return re.search(r'name="draft" value="([^"]+)"', text)[1]


def opened(desk, who, *villages, campaign="", day=None) -> Round:
    client, where = desk.of(who), reverse("desk:round-new")
    day = day or clock.today()
    data = {
        "draft": draft(shown(client.get(where))),
        "villages": [str(village) for village in villages],
        "since": day.isoformat(),
        "until": (day + timedelta(days=20)).isoformat(),
        "campaign": campaign,
    }
    answer = client.post(where, data)
    assert answer.status_code == 302, answer.content.decode()
    return Round.objects.order_by("-id").first()


def test_an_organizer_opens_a_round_for_many_villages_and_its_name_is_read_by_who_sees_it(desk, world):
    one = opened(desk, world.wang, VILLAGE_A, VILLAGE_B, campaign="冬季大走访")
    for who in (world.wang, world.lin, world.ma, world.zhou):
        assert "冬季大走访" in shown(desk.of(who).get(reverse("desk:rounds")))
        page = shown(desk.of(who).get(reverse("desk:round", args=[one.id])))
        assert ("上泉村" in page, "中泉村" in page) == (who is not world.ma, who is not world.lin)
    assert "冬季大走访" not in Entry.objects.get(id=one.entry).said


def test_a_round_that_is_too_long_is_refused_on_its_form(desk, world):
    client, where = desk.of(world.lin), reverse("desk:round-new")
    day = clock.today()
    data = {"draft": draft(shown(client.get(where))), "villages": [str(VILLAGE_A)], "since": day.isoformat()}
    answer = client.post(where, {**data, "until": (day + timedelta(days=45)).isoformat()})
    assert answer.status_code == 422
    assert "45" in answer.content.decode()


def test_a_round_to_come_says_when_it_begins(desk, world):
    begins = clock.today() + timedelta(days=12)
    one = opened(desk, world.wang, VILLAGE_A, VILLAGE_B, day=begins)
    for who in (world.lin, world.wang, world.zhou):
        assert f"{begins.day}日开始" in shown(desk.of(who).get(reverse("desk:round", args=[one.id])))
        shown(desk.of(who).get(reverse("desk:rounds")))
    shown(desk.of(world.lin).get(reverse("desk:round-houses", args=[one.id, VILLAGE_A])))


def test_a_round_that_is_over_is_refused_on_its_form_and_at_the_door(desk, world):
    client, where = desk.of(world.lin), reverse("desk:round-new")
    day = clock.today() - timedelta(days=400)
    data = {"draft": draft(shown(client.get(where))), "villages": [str(VILLAGE_A)], "since": day.isoformat()}
    answer = client.post(where, {**data, "until": (day + timedelta(days=19)).isoformat()})
    assert (answer.status_code, Round.objects.count()) == (422, 0)
    assert "这一轮的最后一天已经过了" in answer.content.decode()
    pen = world.pen
    body = Round1(round=pen.new_id(), villages=[VILLAGE_A], since=day, until=day)
    item = pen.item(body, unit=VILLAGE_A, by=world.lin, on=clock.today())
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.code == "round_over_already"


def test_a_second_round_over_the_same_days_is_asked_about_once(desk, world):
    opened(desk, world.lin, VILLAGE_A)
    client, where = desk.of(world.lin), reverse("desk:round-new")
    day = clock.today() + timedelta(days=20)
    data = {"draft": draft(shown(client.get(where))), "villages": [str(VILLAGE_A)], "since": day.isoformat()}
    data["until"] = (day + timedelta(days=20)).isoformat()
    asked = client.post(where, data)
    assert (asked.status_code, Round.objects.count()) == (422, 1)
    assert "已经有一轮，其中就有上泉村" in asked.content.decode()
    assert client.post(where, {**data, "besides": "on"}).status_code == 302
    assert Round.objects.count() == 2


def test_the_bar_fills_as_households_are_met_in_the_village_and_from_above_tells_no_small_number(desk, world):
    one = opened(desk, world.lin, VILLAGE_A)
    day = clock.today()
    world.receive(told(world, world.house_2, day, outcome="declined"), by=world.lin, at=clock.now())
    near, above = (shown(desk.of(who).get(reverse("desk:round", args=[one.id]))) for who in (world.lin, world.wang))
    assert 'max="3" value="1"' in near
    assert 'value="1"' not in above
    assert 'max="1" value="0"' in above


def test_a_call_from_a_later_page_leads_back_to_that_page(desk, world, monkeypatch):
    monkeypatch.setattr("concerto.faces.desk.rounds.houses.PAGE", 1)
    one = opened(desk, world.lin, VILLAGE_A)
    client, where = desk.of(world.lin), reverse("desk:round-houses", args=[one.id, VILLAGE_A])
    page = shown(client.get(f"{where}?from=2"))
    house = re.search(r'value="([0-9a-f-]{36}) met"', page)
    assert house
    answer = client.post(f"{where}?from=2", {"draft": draft(page), "tap": f"{house[1]} met"})
    assert answer["Location"] == f"{where}?from=2"


def test_a_telephone_call_of_the_round_is_one_tap(desk, world):
    one = opened(desk, world.lin, VILLAGE_A)
    client, where = desk.of(world.lin), reverse("desk:round-houses", args=[one.id, VILLAGE_A])
    page = shown(client.get(where))
    assert page.count('class="round-taps') == 2
    assert 'href="tel:' in page
    answer = client.post(where, {"draft": draft(page), "tap": f"{world.house_1.id} declined"})
    assert answer.status_code == 302
    line = Visit.objects.order_by("-id").first()
    assert (line.kind, line.state, line.household) == ("phone_call", "declined", world.house_1.id)
    page = shown(client.get(where))
    assert page.count('class="round-taps') == 1
    client.post(where, {"draft": draft(page), "tap": f"{world.house_2.id} nobody_home"})
    assert shown(client.get(where)).count('class="round-taps') == 1
    wrong = client.post(where, {"draft": draft(page), "tap": f"{world.house_4.id} met"})
    assert wrong.status_code == 404


def test_a_household_without_a_telephone_is_offered_no_call(desk, world):
    one = opened(desk, world.lin, VILLAGE_A)
    page = shown(desk.of(world.lin).get(reverse("desk:round-houses", args=[one.id, VILLAGE_A])))
    homes = re.findall(r'<p class="round-call no-print">(.*?)</li>', page, re.S)
    assert {("tel:" in home, "round-taps" in home) for home in homes} == {(True, True), (False, False)}


def test_a_household_that_does_not_agree_to_calls_is_offered_none_and_says_so(desk, world):
    one = opened(desk, world.lin, VILLAGE_A)
    body = Consent1(household=world.house_1.id, purpose="phone", answer="declined")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=clock.today(), at=clock.now())
    assert world.receive(item, by=world.lin, at=clock.now())[0].stands
    page = shown(desk.of(world.lin).get(reverse("desk:round-houses", args=[one.id, VILLAGE_A])))
    home = next(part for part in page.split('<p class="round-who">') if str(world.house_1.id) in part).split("</li>")[0]
    assert "不同意打电话" in home
    assert "tel:" not in home
    assert "round-taps" not in home


def test_a_round_is_stopped_by_who_may_and_then_offers_it_no_more(desk, world):
    one = opened(desk, world.wang, VILLAGE_A, VILLAGE_B)
    where = reverse("desk:round-stop", args=[one.id])
    assert desk.of(world.lin).get(where).status_code == 404
    client = desk.of(world.wang)
    assert client.post(where, {"draft": draft(shown(client.get(where)))}).status_code == 302
    assert set(Round.objects.filter(id=one.id).values_list("stopped_on", flat=True)) == {clock.today()}
    assert client.get(where).status_code == 404
    assert "停止" in shown(client.get(reverse("desk:round", args=[one.id])))


def test_a_deed_is_recorded_for_a_household_and_stands_in_the_ledger_without_its_words(desk, world):
    client, where = desk.of(world.lin), reverse("desk:deed-new", args=[VILLAGE_A])
    page = shown(client.get(f"{where}?house={world.house_1.id}"))
    assert f'value="{world.house_1.id}"' in page
    data = {
        "draft": draft(page), "on": clock.today().isoformat(), "line": "接通了太阳能",
        "households": [str(world.house_1.id)], "heading": "livelihood",
    }  # fmt: skip
    answer = client.post(where, data)
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:household", args=[world.house_1.id]))
    line = AssistanceLine.objects.get(kind="deed")
    assert (line.household, line.sort) == (world.house_1.id, "livelihood")
    ledger = shown(desk.of(world.wang).get(reverse("desk:ledger", args=["assistance"])))
    assert "好事实事" in ledger or "办实事" in ledger
    assert "接通了太阳能" not in ledger
    assert "生活富裕" in ledger


def test_a_deed_for_a_household_that_is_not_helped_begins_from_its_card_with_it_chosen(desk, world):
    client, house = desk.of(world.lin), world.house_2.id
    where = reverse("desk:deed-new", args=[VILLAGE_A])
    assert f'value="{house}"' not in shown(client.get(where))
    card = shown(client.get(reverse("desk:household", args=[house])))
    assert f"{where}?house={house}" in card
    page = shown(client.get(f"{where}?house={house}"))
    assert re.search(rf'value="{house}"[^>]* checked', page)
    data = {"draft": draft(page), "on": clock.today().isoformat(), "line": "帮着修了门", "households": [str(house)]}
    answer = client.post(f"{where}?house={house}", data)
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:household", args=[house]))
    assert AssistanceLine.objects.get(kind="deed").household == house


def test_of_another_village_no_household_can_be_named_in_the_address_of_a_deed(desk, world):
    client, where = desk.of(world.lin), reverse("desk:deed-new", args=[VILLAGE_A])
    for asked in (world.house_4.id, "no-key"):
        assert f'value="{asked}"' not in shown(client.get(f"{where}?house={asked}"))
    data = {"draft": draft(shown(client.get(where))), "on": clock.today().isoformat(), "line": "修路"}
    assert client.post(where, {**data, "households": [str(world.house_4.id)]}).status_code == 422


def test_how_often_a_household_wishes_a_visit_stands_on_its_card_in_the_village_alone(desk, world):
    client, where = desk.of(world.lin), reverse("desk:wish", args=[world.house_1.id])
    data = {"draft": draft(shown(client.get(where))), "often": "never", "on": clock.today().isoformat()}
    assert client.post(where, data).status_code == 302
    wish = VisitWish.objects.get()
    card = reverse("desk:household", args=[world.house_1.id])
    assert "不用来" in shown(client.get(card))
    for who in (world.wang,):
        assert "不用来" not in shown(desk.of(who).get(card))
        assert desk.of(who).get(where).status_code in (403, 404)
        assert desk.of(who).get(reverse("desk:entry", args=[wish.id])).status_code == 404
    assert shown(desk.of(world.sec).get(reverse("desk:entry", args=[wish.id])))


def test_the_table_of_the_four_ones_says_what_is_done_and_what_is_owed(desk, world):
    day = clock.today()
    words = world.pen.seal(world.house_1.id, "修了水渠")
    deed = Deed1(words=words.digest, households=[world.house_1.id])
    item = world.pen.item(deed, unit=VILLAGE_A, by=world.lin, on=day, sealed=[words])
    visited = told(world, world.house_1, day, change="no_change")
    assert all(one.stands for one in world.receive(item, visited, by=world.lin, at=clock.now()))
    page = shown(desk.of(world.lin).get(reverse("desk:four-ones")))
    assert "您帮扶的" in page
    assert "您帮扶的" not in shown(desk.of(world.sec).get(reverse("desk:four-ones")))
    assert "prints-wide" in page
    assert desk.of(world.wang).get(reverse("desk:four-ones")).status_code == 403
    other = reverse("desk:four-ones") + f"?village={VILLAGE_B}"
    assert desk.of(world.lin).get(other).status_code == 404


def test_what_is_owed_stands_beside_the_household_before_its_months(desk, world):
    page = shown(desk.of(world.lin).get(reverse("desk:four-ones")))
    row = page.partition("<tbody>")[2].partition("</tr>")[0]
    assert re.findall(r'<t[hd] (?:scope|class)="([\w-]+)"', row)[:4] == ["row", "four-owed", "four-next", "four-month"]


def test_the_table_says_when_one_meets_a_household_anyhow(desk, world):
    _monday, sunday = week_of(clock.today())
    page = shown(desk.of(world.lin).get(reverse("desk:four-ones")))
    assert "下次顺便" in page
    assert f"本周这趟路，{sunday.month}月{sunday.day}日前" in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_as_a_file_is_noted_and_names_nobody_unless_asked(desk, world, form):
    where = reverse("desk:four-ones-file")
    answer = desk.of(world.lin).post(where, {"purpose": "年终核对", "names": "without", "format": form})
    assert answer.status_code == 200
    if form == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "走访" in text
        assert "阿依努尔" not in text


def test_pages_ask_no_more_for_more_households(desk, world, django_assert_max_num_queries):
    one = opened(desk, world.lin, VILLAGE_A)
    client = desk.of(world.lin)
    for where in (
        reverse("desk:round", args=[one.id]),
        reverse("desk:round-houses", args=[one.id, VILLAGE_A]),
        reverse("desk:four-ones"),
        reverse("desk:rounds"),
    ):
        with django_assert_max_num_queries(40):
            shown(client.get(where))
