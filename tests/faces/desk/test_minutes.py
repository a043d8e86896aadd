"""The minutes of a meeting name who was there and leave blanks for the hand, and open only where it was held."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from concerto.journal.kinds.people import Member1
from concerto.places.models import Opening
from tests.cast import VILLAGE_A, _house, _take
from tests.faces.desk.branching import told
from tests.faces.desk.visiting import entry_of

from .test_meeting_form import new

pytestmark = pytest.mark.django_db
HAND = 'class="hand'
TALK, DECIDED, SAID = "夏季转场的路怎么修", "七月底前修好转场路", "有人想先修水渠"
NAMES = [f"陈{one}" for one in "一二三四五六七八"] + [f"郭{one}" for one in "一二三"] + ["陈九"]
EXEMPT = "陈九"


@pytest.fixture
def writer(desk, sec):
    """The secretary of branch A, reading Chinese."""
    return chinese(desk.of(sec))


def chinese(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    return client


@pytest.fixture
def members(world) -> dict[str, str]:
    """Twelve more members of branch A, each a person of their own; the last need not come."""
    _take(world, _house(world, "house_9", VILLAGE_A, "9", dict.fromkeys(NAMES, "")))
    made: dict[str, str] = {}
    for name in NAMES:
        person = world.house_9.people[name]
        body = Member1(
            member=world.pen.new_id(), resident=person, branch=world.branch_a.id, standing="full",
            exempt=name == EXEMPT, since=date(2025, 1, 1),
        )  # fmt: skip
        _take(world, [world.pen.item(body, unit=world.branch_a.id)])
        made[name] = str(body.member)
    return made


@pytest.fixture
def meeting(writer, world, members) -> str:
    """A members' meeting: one excused, one floating, one absent, one left out; who need not come did not."""
    how = {"陈二": "excused", "陈三": "floating", "陈四": "absent"}
    rows = writer.get(new(world)).context["form"].roll
    marks = {f"how_{n}": how.get(row.name, "present") for n, row in enumerate(rows) if row.name not in ("陈五", EXEMPT)}
    return entry_of(
        told(
            writer, new(world), form="members", **marks, item_1="vote", item_words_1=TALK, yes_1="8", no_1="0",
            abstain_1="0", not_cast_1="0", item_2="ballot", decision_1=DECIDED, owner_1=members["陈一"], words=SAID,
            pre_study="60", out_1=members["陈五"], out_on_1="2026-01-05", out_item_1="1",
        )
    )  # fmt: skip


def page(client, entry: str, *, opened: bool = False) -> str:
    address = reverse("desk:minutes", args=[entry])
    answer = client.post(address) if opened else client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def row(text: str, term: str) -> str:
    """What stands behind one term of the lists."""
    found = re.search(rf"<dt>{re.escape(term)}(?: \d+)?</dt><dd>(.*?)</dd>", text, re.S)
    assert found is not None, term
    return found.group(1)


def names_in(text: str) -> list[str]:
    return re.findall(r'class="name">([^<]*)<', text)


def test_each_stands_under_how_they_attended_in_the_order_of_the_roll(writer, world, meeting):
    there = {"阿依努尔·木拉提", *NAMES} - {"陈二", "陈三", "陈四", "陈五", EXEMPT}
    order = [row.name for row in writer.get(new(world)).context["form"].roll if row.name in there]
    text = page(writer, meeting)
    for name, term in (("陈二", "请假"), ("陈三", "流动"), ("陈四", "缺席"), ("王建国", "出席（不表决）")):
        assert names_in(row(text, term)) == [name], term
    assert names_in(row(text, "出席")) == order
    assert (names_in(row(text, "列席")), row(text, "列席").count(HAND)) == ([], 1)
    assert row(text, "应到实到") == "应到 12，实到 8，至少 7"


def test_the_reason_of_who_was_excused_is_a_blank_for_the_hand_and_nothing_else(writer, meeting):
    excused = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", row(page(writer, meeting), "请假"))).strip()
    assert excused == "陈二 事由"
    assert row(page(writer, meeting), "请假").count(HAND) == 1
    assert "事由" not in row(page(writer, meeting), "缺席")


def test_who_need_not_come_and_did_not_is_on_no_list(writer, world, meeting):
    assert EXEMPT in [row.name for row in writer.get(new(world)).context["form"].roll]
    text = page(writer, meeting)
    assert EXEMPT not in text
    assert "未标" not in text


def test_who_was_left_out_stands_with_the_day_and_the_vote_on_the_minutes_and_the_entry(writer, meeting):
    left_out = row(page(writer, meeting), "不计入应到")
    assert names_in(left_out) == ["陈五"]
    how = "上级党组织 2026年1月5日批准，本次会议议题 1 表决通过"
    assert how in left_out
    assert f"陈五（{how}）" in writer.get(reverse("desk:entry", args=[meeting])).content.decode()


def test_the_votes_stand_with_their_figures_and_a_ballot_with_blanks(writer, meeting):
    text = page(writer, meeting)
    assert "赞成 8，反对 0，弃权 0，未投 0" in text
    assert "应到 13，实到 8，至少 7，赞成 8，通过" in text
    ballot = text[text.index("议题 2") : text.index("发言要点")]
    assert "发出选票" in ballot
    assert ballot.count(HAND) == 5


def test_decisions_study_and_what_was_not_recorded(writer, meeting):
    text = page(writer, meeting)
    assert DECIDED in text
    decided = text[text.index(DECIDED) : text.index("会前学习")]
    assert names_in(decided) == ["陈一"]
    assert decided.count(HAND) == 1  # nobody said by when
    assert "60 分钟" in row(text, "会前学习")
    for term in ("会中学习", "地点", "主持", "记录"):
        assert HAND in row(text, term)
        assert not re.sub(r"<[^>]*>|\s", "", row(text, term)), term
    signed = text[text.index("主持人签名") :]
    assert signed[: signed.index("</section>")].count(HAND) == 3


def test_the_entry_itself_says_who_sees_to_a_decision_to_those_who_work_there(desk, world, writer, meeting):
    entry = reverse("desk:entry", args=[meeting])
    told = row(writer.get(entry).content.decode(), "决定 1")
    assert "陈一" in told
    above = chinese(desk.of(world.wang)).get(entry).content.decode()
    assert "决定 1" in above
    assert "陈一" not in row(above, "决定 1")


def test_words_of_another_are_blanks_until_opened_and_each_opening_is_noted(desk, world, meeting):
    reader = chinese(desk.of(world.lin))
    closed = page(reader, meeting)
    assert not [words for words in (TALK, DECIDED, SAID) if words in closed]
    assert Opening.objects.filter(by=world.lin.id).count() == 0
    opened = page(reader, meeting, opened=True)
    assert [words for words in (TALK, DECIDED, SAID) if words in opened] == [TALK, DECIDED, SAID]
    assert Opening.objects.filter(by=world.lin.id, what="words").count() == 3
    assert "全部打开" in closed
    assert "全部打开" not in opened


def test_ones_own_words_stand_there_and_are_no_opening(writer, world, sec, meeting):
    text = page(writer, meeting)
    assert [words for words in (TALK, DECIDED, SAID) if words in text] == [TALK, DECIDED, SAID]
    assert not Opening.objects.filter(by=sec.id).exists()


@pytest.mark.parametrize("who", ["wang", "zhou", "ma"])
def test_from_above_and_from_the_next_village_there_are_no_minutes(desk, world, meeting, who):
    client = chinese(desk.of(getattr(world, who)))
    assert client.get(reverse("desk:minutes", args=[meeting])).status_code == 404
    assert client.post(reverse("desk:minutes", args=[meeting])).status_code == 404
    entry = client.get(reverse("desk:entry", args=[meeting]))
    if entry.status_code == 200:
        text = entry.content.decode()
        assert reverse("desk:minutes", args=[meeting]) not in text
        assert "陈五" not in text
    assert not Opening.objects.exists()


def test_only_a_standing_meeting_leads_to_minutes(writer, world, meeting, members):
    where = reverse("desk:minutes", args=[meeting])
    assert where in writer.get(reverse("desk:entry", args=[meeting])).content.decode()
    study = reverse("desk:study-new", args=[world.branch_a.id])
    learnt = entry_of(told(writer, study, form="training", members=list(members.values())[:2], minutes="60"))
    assert "打印会议记录" not in writer.get(reverse("desk:entry", args=[learnt])).content.decode()
    assert writer.get(reverse("desk:minutes", args=[learnt])).status_code == 404
    take_back = reverse("desk:entry-withdraw", args=[meeting])
    told(writer, take_back)
    assert writer.get(where).status_code == 404


def test_what_a_page_says_once_is_not_printed(writer, meeting):
    text = writer.get(reverse("desk:entry", args=[meeting])).content.decode()
    assert "记下了。" in text
    assert re.search(r'class="notices no-print">[^#]*?记下了。', text, re.S)
