"""A turn is let go when somebody asks and somebody else grants it; who was not there says so in one tap."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from concerto.faces.desk.branch_register import waivers
from concerto.groundwork import clock
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1
from concerto.journal.models import Entry
from concerto.places.models import PartyGroup
from concerto.register.models import Waiver
from tests.cast import TODAY, TOWNSHIP
from tests.faces.desk.browsing import Browser, shown
from tests.papers.standing.test_workplace import change_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin_s(desk, world, home):
    return Browser(desk, world.lin)


def missed(world):
    return ["theme-day", world.branch_a.id, world.branch_a.id, f"{clock.today().year}-03"]


def test_a_waiver_is_asked_where_it_is_said_why_and_granted_by_somebody_else(desk, world, lin_s):
    assert reverse("desk:waiver-new", args=missed(world)) in lin_s.text("why", *missed(world))
    assert lin_s.send("waiver-new", *missed(world), reason="snow").status_code == 302
    row = Waiver.objects.get()
    assert (row.state, row.reason, row.owed_by, row.about) == ("asked", "snow", world.branch_a.id, None)
    assert 'value="grant"' not in lin_s.text("waiver", row.id)

    wang = Browser(desk, world.wang)
    assert "大雪" in wang.text("waivers")
    assert wang.send("waiver", row.id, answer="grant").status_code == 302
    assert Waiver.objects.get().state == "granted"
    lin = Browser(desk, world.lin)
    assert lin.open("waiver-new", *missed(world)).status_code == 404  # nothing is left to be let go


def test_why_says_that_a_request_waits_or_was_refused_and_offers_it_only_where_it_may_be_asked(desk, world, lin_s):
    offered, why = reverse("desk:waiver-new", args=missed(world)), reverse("desk:why", args=missed(world))
    assert lin_s.send("waiver-new", *missed(world), reason="snow").status_code == 302
    row = Waiver.objects.get()
    text = lin_s.text("why", *missed(world))
    assert "已申请免办，等待答复" in text
    assert reverse("desk:waiver", args=[row.id]) in text
    assert offered not in text
    assert lin_s.open("waiver-new", *missed(world)).headers["Location"] == why

    sec = Browser(desk, world.sec)  # another of the same branch sees the same
    assert offered not in sec.text("why", *missed(world))

    Browser(desk, world.wang).send("waiver", row.id, answer="refuse")
    lin = Browser(desk, world.lin)
    text = lin.text("why", *missed(world))
    assert "组织委员答复：不同意" in text
    assert "等待答复" not in text
    assert offered in text
    assert lin.send("waiver-new", *missed(world), reason="road").status_code == 302
    assert offered not in lin.text("why", *missed(world))


def test_a_row_names_the_group_it_is_about_in_the_list_and_in_what_waits(desk, world, home):
    groups = [PartyGroup.objects.create(log=TOWNSHIP, branch=world.branch_a.id, name=f"牧区{n}组") for n in "一二"]
    for group in groups:
        body = Waiver1(
            waiver=world.pen.new_id(), duty="group-meeting", owed_by=world.branch_a.id, about=group.id,
            period=f"{clock.today().year}-03", reason="snow",
        )  # fmt: skip
        item = world.pen.item(body, unit=world.branch_a.id, by=world.lin, on=TODAY)
        [receipt] = world.receive(item, by=world.lin)
        assert receipt.stands, receipt.code
    wang = Browser(desk, world.wang)
    waits, listed = wang.text("today").split('id="for-me"')[1].split("</section>")[0], wang.text("waivers")
    for group in groups:
        assert group.name in waits
        assert group.name in listed
    assert groups[1].name in wang.text("waiver", body.waiver)
    assert groups[0].name not in wang.text("waiver", body.waiver)


def test_a_form_opened_before_somebody_else_asked_is_told_so(desk, world, lin_s):
    data = lin_s.filled("waiver-new", *missed(world), reason="snow")
    assert Browser(desk, world.sec).send("waiver-new", *missed(world), reason="road").status_code == 302
    answer = Browser(desk, world.lin).post("waiver-new", *missed(world), data=data)
    assert answer.status_code == 422
    assert "已经申请过免办" in answer.content.decode()
    assert Waiver.objects.count() == 1


def test_one_that_was_sent_back_is_written_again_in_its_form_with_its_answers(desk, world, lin_s):
    duty, owner, _about, turn = missed(world)
    body = Waiver1(waiver=world.pen.new_id(), duty=duty, owed_by=owner, period=turn, reason="road")
    item = world.pen.item(body, unit=owner, by=world.lin, on=date(2030, 1, 1), at=clock.now())
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.outcome == "refused"
    mend = f"{reverse('desk:waiver-new', args=missed(world))}?instead_of={receipt.id}"
    for name in ("tray", "today"):
        assert mend in lin_s.text(name)
    answer = desk.of(world.lin).get(mend)
    assert shown(answer)["reason"] == ["road"]
    assert desk.of(world.lin).post(mend, shown(answer)).status_code == 302
    assert Waiver.objects.get().reason == "road"
    assert mend not in lin_s.text("tray")


def test_where_the_turn_is_not_to_be_let_go_any_more_it_says_so(desk, world, lin_s):
    duty, owner, _about, _turn = missed(world)
    far = reverse("desk:waiver-new", args=[duty, owner, owner, "2019-03"])
    assert desk.of(world.lin).get(far).status_code == 404
    answer = desk.of(world.lin).get(far, {"instead_of": str(uuid4())}, follow=True)
    assert "已经不需要免办了" in answer.content.decode()


def test_a_list_too_long_for_its_page_says_so_and_goes_on(desk, world, lin_s, monkeypatch):
    assert lin_s.send("waiver-new", *missed(world), reason="snow").status_code == 302
    first = Waiver.objects.get()
    for n in range(5):
        state, on = ("asked", "2026-05-01") if n < 2 else ("refused", "2026-05-02")
        asked = {**vars(first), "id": uuid4(), "state": state, "asked_on": date.fromisoformat(on)}
        Waiver.objects.create(**{name: value for name, value in asked.items() if name != "_state"})
    assert "条，共" not in lin_s.text("waivers")
    monkeypatch.setattr(waivers, "PAGE", 2)

    def lists(**asked: str) -> list[str]:
        text = desk.of(world.lin).get(reverse("desk:waivers"), asked).content.decode()
        return re.findall(r"第 \d+ 到 \d+ 条，共 \d+ 条", text)

    assert lists() == ["第 1 到 2 条，共 3 条"] * 2
    assert lists(waiting="2") == ["第 3 到 3 条，共 3 条", "第 1 到 2 条，共 3 条"]
    text = desk.of(world.lin).get(reverse("desk:waivers"), {"waiting": "2"}).content.decode()
    assert 'href="?waiting=2&amp;from=2"' in text  # to turn one list leaves the other where it is
    assert lists(waiting="900", **{"from": "x"}) == lists()


def test_a_turn_that_is_not_there_is_not_waived(lin_s, world):
    far = ["theme-day", world.branch_b.id, world.branch_b.id, "2026-03"]
    assert lin_s.open("waiver-new", *far).status_code == 404
    own = ["weekly-study", world.lin.id, world.lin.id, "2026-W10"]
    assert lin_s.open("waiver-new", *own).status_code == 404


def test_whoever_is_named_says_in_one_tap_that_they_were_not_there(desk, world, home):
    body = Visit1(
        channel="visit", households=[world.house_2.id], outcome="met", met=[], made_with=[world.sec.id]
    )  # fmt: skip
    item = world.pen.item(body, unit=world.village_a.id, by=world.lin, on=date(2026, 6, 10))
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.stands, (receipt.code, TODAY)

    assert "我没参加" not in Browser(desk, world.lin).text("entry", receipt.id)
    sec = Browser(desk, world.sec)
    assert "我没参加" in sec.text("entry", receipt.id)
    data = sec.filled("entry", receipt.id)
    assert sec.post("not-there", receipt.id, data=data).status_code == 302
    told = Entry.objects.get(kind="not_there")
    assert (told.author, told.happened_on) == (world.sec.id, date(2026, 6, 10))
    text = sec.text("entry", receipt.id)
    assert reverse("desk:entry", args=[told.id]) in text
    assert "我没参加" not in text
    assert "赛力克·别克说没有参加" not in text
    assert "赛力克·别克说没有参加" in Browser(desk, world.lin).text("entry", receipt.id)  # its author too learns of it

    back = {"kind": "not_there", "corrects": str(told.id), "saw": {f"{told.id}.wording": str(told.id)}}
    item = world.pen.item(None, unit=world.village_a.id, by=world.sec, on=date(2026, 6, 10), **back)
    assert world.receive(item, by=world.sec)[0].stands
    assert "说没有参加" not in Browser(desk, world.lin).text("entry", receipt.id)


def test_nonsense_in_the_address_of_the_list_begins_at_its_start(desk, world, home):
    for nonsense in ("9" * 30, "9" * 5000, "²", "-1"):
        answer = desk.of(world.wang).get(reverse("desk:waivers"), {"from": nonsense})
        assert answer.status_code == 200, nonsense[:9]


def test_above_the_village_no_address_tells_whether_a_household_s_turn_is_open(desk, world, home):
    month = clock.today().strftime("%Y-%m")
    turn = ["four-ones-visit", world.village_a.id, world.house_1.id, month]
    where = reverse("desk:waiver-new", args=turn)
    told = {name: desk.of(world.accounts[name]).get(where).status_code for name in ("lin", "wang")}
    assert told == {"lin": 200, "wang": 404}
    assert Browser(desk, world.wang).open("waiver-new", *missed(world)).status_code == 200
    for name in ("lin", "sec"):
        change_posting(world, name, until=clock.today() - timedelta(days=1))
    assert desk.of(world.wang).get(where).status_code == 200  # whoever stands in for the village has it to do
