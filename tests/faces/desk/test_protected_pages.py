"""Somebody hurt or afraid, at the desk: noted once, read by the centre and who is named, and by nobody else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.faces.desk.protected import pages, record
from concerto.groundwork import clock
from concerto.places.models import Account, Opening
from concerto.register.models import Posting
from concerto.rulebook.period import ONE_DAY
from tests.cast import TOWNSHIP
from tests.needs import county_desk
from tests.protected import HAPPENED, HOW, NAME, Kept

from .browsing import Browser

pytestmark = pytest.mark.django_db
SAID = "她说怕回家"


def note(browser: Browser, **more) -> str:
    """Fill in the form, and give where it leads."""
    typed = {"who": "adult", "summary": SAID, "contact": "safe", "how": HOW, "phone": "10012345678", "name": NAME}
    answer = browser.send("protected-new", **{**typed, "on": clock.today().isoformat(), **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def opened(client, where: str, why: str = "约好周三见面") -> str:
    return client.post(f"{where}words/", {"why": why}).content.decode()


def test_triage_and_the_form_of_a_case_lead_to_it(desk, world):
    client = desk.of(world.lin)
    new = reverse("desk:protected-new")
    answer = client.post(reverse("desk:triage"), {"what": "violence"})
    assert f'href="{new}"' in answer.content.decode()
    answer = client.post(reverse("desk:case-new"), {"afraid": "yes", "summary": SAID})
    assert f'href="{new}"' in answer.content.decode()
    assert SAID not in answer.content.decode()
    answer = client.post(reverse("desk:triage"), {"what": "neighbours", "danger": "no", "busy": "no"})
    assert new not in answer.content.decode()


def test_whoever_notes_it_does_not_find_it_any_more(desk, world):
    browser = Browser(desk, world.lin)
    where = note(browser)
    client = browser.client
    assert where == reverse("desk:protected-left")
    page = client.get(where).content.decode()
    assert SAID not in page
    assert "110" in page
    listed = client.get(reverse("desk:protected")).content.decode()
    assert "named/0" not in listed
    assert not re.findall(r"/named/[0-9a-f]{8}-", listed)


def test_the_centre_reads_it_says_why_and_that_is_told_to_whoever_asks(desk, world):
    kept = Kept(world)
    client = desk.of(world.zhou)
    where = reverse("desk:protected-record", args=[kept.id])
    assert where in client.get(reverse("desk:protected")).content.decode()
    page = client.get(where).content.decode()
    for words in (HAPPENED, HOW, NAME, "10012345678"):
        assert words not in page
    assert client.post(f"{where}words/", {"why": " "}).status_code == 422
    assert not Opening.objects.exists()
    page = opened(client, where)
    for words in (HAPPENED, HOW, NAME, "10012345678", "约好周三见面"):
        assert words in page
    assert Opening.objects.filter(about=kept.id, what="protected", purpose="约好周三见面").count() == 1


def test_every_opening_is_counted_though_the_last_alone_are_listed(desk, world, monkeypatch):
    monkeypatch.setattr(pages, "MOST_SHOWN", 2)
    kept = Kept(world)
    client = desk.of(world.zhou)
    where = reverse("desk:protected-record", args=[kept.id])
    for n in range(2):
        page = opened(client, where, f"第{n}回")
    assert "只列出最近的" not in page
    page = opened(client, where, "第2回")
    assert "里面的话被打开过 3 次" in page
    assert "只列出最近的 2 次" in page
    assert [f"第{n}回" in page for n in range(3)] == [False, True, True]


def test_only_who_works_here_and_does_not_read_it_anyway_is_offered_and_the_page_says_when_it_lists_not_all(
    desk, world, monkeypatch
):
    kept = Kept(world)
    client = desk.of(world.zhou)
    step = reverse("desk:protected-step", args=[kept.id, "named"])
    assert "没有全列出来" not in client.get(step).content.decode()
    clerk = county_desk(world)
    Account.objects.create(log=TOWNSHIP, name="0", called="0", made_at=clock.now())
    page = client.get(step).content.decode()
    offered = [called for called in re.findall(r"<option[^>]*>([^<]+)</option>", page) if called != "—"]
    assert world.lin.called in offered
    nobody = {"0", world.zhou.called, world.gao.called, world.adm.called, clerk.called}
    assert nobody.isdisjoint(offered)
    monkeypatch.setattr(record, "MOST_PEOPLE", len(offered) - 1)
    page = client.get(step).content.decode()
    assert "没有全列出来" in page
    assert page.count("</option>") == len(offered)


def test_a_telephone_is_noted_only_where_they_may_be_reached(desk, world):
    browser = Browser(desk, world.zhou)
    typed = {"who": "adult", "summary": SAID, "on": clock.today().isoformat()}
    for more, code in (
        ({"contact": "not_safe", "phone": "10012345678"}, "contact_not_safe"),
        ({"contact": "safe", "phone": "10012345678"}, "contact_without_way"),
    ):
        answer = browser.send("protected-new", **typed, **more)
        assert answer.status_code == 422
        assert code in answer.content.decode()
    page = browser.open("protected-new").content.decode()
    assert page.index('name="contact"') < page.index('name="phone"')
    for word in ('name="a"', 'name="b"', "consent", "二维码"):
        assert word not in page


def test_a_child_brings_up_the_report_until_it_is_made(desk, world):
    kept = Kept(world, who="child", safe=False, crime=True)
    client = desk.of(world.zhou)
    where = reverse("desk:protected-record", args=[kept.id])
    assert "报告公安机关" in client.get(reverse("desk:protected")).content.decode()
    page = client.get(where).content.decode()
    assert "该报的那天已经过了" in page
    assert "身份证、伤处的照片" in page
    assert kept.step("reported", to="education") == "accepted"
    assert "该报的那天已经过了" in client.get(where).content.decode()
    assert kept.step("reported", to="police") == "accepted"
    assert "该报的那天已经过了" not in client.get(where).content.decode()
    grown = Kept(world)
    assert "要报告公安机关" not in client.get(reverse("desk:protected-record", args=[grown.id])).content.decode()


def test_mediation_is_offered_only_once_it_was_asked_for_alone(desk, world):
    kept = Kept(world)
    client = desk.of(world.zhou)
    where = reverse("desk:protected-record", args=[kept.id])

    def offers() -> set[str]:
        return set(re.findall(rf"{where}([a-z-]+)/", client.get(where).content.decode())) - {"words"}

    assert offers().isdisjoint({"wish", "session", "agreed"})
    assert kept.step("seen_alone") == "accepted"
    assert "wish" in offers()
    assert offers().isdisjoint({"session", "agreed"})
    assert client.get(f"{where}session/").status_code == 404
    assert kept.step("wish", wants="mediation") == "accepted"
    assert offers() >= {"session", "agreed"}


def test_each_act_is_recorded_by_its_form(desk, world):
    county_desk(world)
    kept = Kept(world)
    browser = Browser(desk, world.zhou)
    day = clock.today().isoformat()
    acts = [
        ("seen-alone", {"words": "在卫生院"}),
        ("told", {"told_of": ["rights", "shelter"]}),
        ("safe", {"contact": "safe", "how": "只在周三"}),
        ("reported", {"to": "police", "words": "民警王"}),
        ("wish", {"wants": "mediation"}),
        ("session", {"words": "谈过"}),
        ("agreed", {"words": "搬出去"}),
        ("named", {"account": str(world.med.id)}),
        ("handed", {"desk": str(world.county.id)}),
        ("returned", {"desk": str(world.county.id)}),
        ("released", {"account": str(world.med.id)}),
        ("noted", {"words": "平安"}),
        ("ended", {}),
    ]
    for act, typed in acts:
        answer = browser.send("protected-step", kept.id, act, **typed, on=day)
        assert answer.status_code == 302, (act, answer.content.decode())
    assert kept.path == ["opened", *(act.replace("-", "_") for act, _ in acts)]
    page = opened(browser.client, reverse("desk:protected-record", args=[kept.id]))
    for words in ("只在周三", "民警王", "搬出去", world.med.called):
        assert words in page


def test_a_step_noted_by_mistake_is_taken_back_by_its_author_alone_and_the_report_is_due_again(desk, world):
    kept = Kept(world, who="child", safe=False)
    client = desk.of(world.zhou)
    where = reverse("desk:protected-record", args=[kept.id])
    due = "专人办理：有一件要报告"
    assert kept.step("named", account=world.med.id) == "accepted"
    assert kept.step("reported", to="police", words="报错了") == "accepted"
    undo = reverse("desk:protected-undo", args=[kept.id, kept.last])
    page = client.get(where).content.decode()
    assert page.count("/undo/") == 2  # what opened it is never taken back
    assert undo in page
    assert "/undo/" not in desk.of(world.med).get(where).content.decode()
    for who, status in ((world.med, 404), (world.lin, 404), (world.wang, 404)):
        assert desk.of(who).get(undo).status_code == status
        assert desk.of(who).post(undo).status_code == status
    client = desk.of(world.zhou)
    assert client.get(reverse("desk:protected-undo", args=[kept.id, kept.row.entry])).status_code == 404
    assert due not in client.get(reverse("desk:today")).content.decode()
    asks = client.get(undo).content.decode()
    assert "公安机关" in asks
    assert "报错了" not in asks
    answer = Browser(desk, world.zhou).send("protected-undo", kept.id, kept.last)
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    assert kept.path == ["opened", "named"]
    assert "要报告公安机关" in client.get(where).content.decode()
    assert due in client.get(reverse("desk:today")).content.decode()
    assert client.get(undo).status_code == 404


def test_who_is_named_finds_it_and_whoever_lets_go_of_it_does_not(desk, world):
    kept = Kept(world, by=world.med)
    where = reverse("desk:protected-record", args=[kept.id])
    assert desk.of(world.med).get(where).status_code == 404
    assert kept.step("named", account=world.med.id) == "accepted"
    client = desk.of(world.med)
    assert client.get(where).status_code == 200
    assert where in client.get(reverse("desk:protected")).content.decode()
    assert kept.step("released", account=world.med.id) == "accepted"
    assert desk.of(world.med).get(where).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_few(desk, world):
    client = desk.of(world.zhou)

    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.get(reverse("desk:protected")).status_code == 200
        return len(told)

    Kept(world, who="child")
    client.get(reverse("desk:protected"))
    few = asked()
    for _ in range(5):
        Kept(world, who="child")
    assert asked() == few


def test_today_says_to_whom_it_opens_that_something_is_to_be_done_and_to_nobody_else(desk, world):
    def told(account) -> list[str]:
        text = desk.of(account).get(reverse("desk:today")).content.decode()
        return [words for words in ("专人办理：有新的", "专人办理：有一件要报告") if words in text]

    assert told(world.zhou) == []
    kept = Kept(world)
    assert told(world.zhou) == ["专人办理：有新的"]
    assert told(world.lin) == told(world.wang) == told(world.med) == []
    assert kept.step("named", account=world.med.id) == "accepted"
    assert told(world.zhou) == []
    child = Kept(world, who="child")
    assert told(world.zhou) == ["专人办理：有一件要报告"]
    assert child.step("named", account=world.med.id) == "accepted"
    assert told(world.med) == ["专人办理：有一件要报告"]
    assert child.step("reported", to="police") == "accepted"
    assert told(world.zhou) == told(world.med) == []


def test_an_organizer_is_asked_to_post_somebody_at_an_empty_centre_in_the_same_words_whatever_stands_with_it(
    desk, world
):
    def today(account) -> str:
        return "".join(
            re.findall(r"<main.*</main>", desk.of(account).get(reverse("desk:today")).content.decode(), re.S)
        )

    asks = "综治中心没有人在岗"
    end = reverse("desk:posting-change", args=[TOWNSHIP, world.postings["zhou"], "end"])
    warned = "先派好接手的人"
    assert asks not in today(world.wang)
    assert warned in desk.of(world.wang).get(end).content.decode()
    other = reverse("desk:posting-change", args=[TOWNSHIP, world.postings["lin"], "end"])
    assert warned not in desk.of(world.wang).get(other).content.decode()
    there = Posting.objects.filter(id=world.postings["zhou"])
    until = there.get().until
    there.update(until=clock.today() - ONE_DAY)
    without = today(world.wang)
    assert asks in without
    assert asks not in today(world.lin)
    there.update(until=until)
    Kept(world, who="child", safe=False)
    there.update(until=clock.today() - ONE_DAY)
    assert today(world.wang) == without
