"""Every form of the register is one entry: what it changes, what it refuses, and what a second click does."""

import json
from datetime import date, timedelta

import pytest

from concerto.groundwork import clock
from concerto.journal.models import Entry, Tray
from concerto.register.models import HelperLink, Household, Member, Membership, Resident
from tests.cast import VILLAGE_A, VILLAGE_B

from .browsing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(desk, lin, home):
    """The browser of the instructor of village A, in a home of its own keys."""
    return Browser(desk, lin)


def house(number, village=VILLAGE_A):
    """Find a household by its number."""
    return Household.objects.get(village=village, number=number)


def living_in(row):
    """The names of who lives in a household now."""
    return set(Resident.objects.filter(household=row.id).here().values_list("name", flat=True))


def recorded(kind):
    """How many entries of a kind are in the book."""
    return Entry.objects.filter(kind=kind).count()


# ---------------------------------------------------------------- a household comes in


PEOPLE = {
    "p0__name": "巴合提・沙依拉",
    "p0__phones": "100 2004 8857，0937-8221234",
    "p0__born": "1960-02-03",
    "p1__name": "𠮷ە",
    "p1__relation": "spouse",
}


def test_a_household_comes_in_with_its_people_in_one_form(mine):
    answer = mine.send("household-new", number="9", group="2组", **PEOPLE)
    row = house("9")
    assert answer.url.endswith(f"/{row.id}/")
    assert living_in(row) == {"巴合提·沙依拉", "𠮷ە"}
    head = Resident.objects.get(id=row.head)
    assert (head.name, head.born, json.loads(head.phones)) == (
        "巴合提·沙依拉",
        "1960-02-03",
        ["10020048857", "0937-8221234"],
    )


def test_a_double_click_is_the_same_household(mine):
    data = mine.filled("household-new", number="9", **PEOPLE)
    before = Entry.objects.count()
    first, second = (mine.post("household-new", data=data) for _ in range(2))
    assert first.url == second.url
    assert Entry.objects.count() == before + 3
    assert not Tray.objects.exists()


def test_more_rows_come_when_asked_and_nothing_typed_is_lost(mine):
    data = mine.filled("household-new", number="9", **PEOPLE)
    answer = mine.post("household-new", data=data | {"more": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "巴合提・沙依拉" in text
    assert 'name="p5-name"' in text
    assert recorded("household") == recorded("household")


@pytest.mark.parametrize(
    "wrong",
    [
        {"p0__name": ""},
        {"p0__name": "名" * 61},
        {"p0__name": "12345"},
        {"p0__name": "110105194912310021"},
        {"p0__phones": "123"},
        {"p0__phones": "100****7715"},
        {"p0__phones": ",".join(f"1000000000{n}" for n in range(7))},
        {"p0__born": "2999-01-01"},
        {"p0__born": "1800-01-01"},
        {"p0__born": "31.12.1960"},
        {"p0__identity": "1101051949"},
        {"p0__identity": "110105194912310021"},
        {"p0__relation": "boss"},
        {"p1__phones": "10020047715"},
        {"number": "9" * 21},
        {"village": str(VILLAGE_B)},
        {"village": "nonsense"},
        {"draft": "nonsense"},
        {"p0__draft": ""},
    ],
)
def test_a_form_that_makes_no_sense_is_told_why_and_records_nothing(mine, wrong):
    data = mine.filled("household-new", number="9", p0__name="巴合提·沙依拉")
    data |= {key.replace("__", "-"): value for key, value in wrong.items()}
    before = Entry.objects.count()
    answer = mine.post("household-new", data=data)
    assert answer.status_code == 422
    assert Entry.objects.count() == before
    assert not Tray.objects.exists()


def test_who_may_be_in_the_register_already_is_named_once_and_stops_nobody(mine):
    data = mine.filled("household-new", number="9", p0__name="王建国")
    answer = mine.post("household-new", data=data)
    assert answer.status_code == 422
    assert 'name="sure"' in answer.content.decode()
    assert mine.post("household-new", data=data | {"sure": "on"}).status_code == 302
    assert living_in(house("9")) == {"王建国"}


@pytest.mark.parametrize("number", ["9", "009"])
def test_a_number_that_a_household_of_the_village_has_is_said_once_and_stops_nobody(mine, number):
    mine.send("household-new", number="9", **PEOPLE)
    first = house("9")
    data, before = mine.filled("household-new", number=number, p0__name="赵强"), recorded("household")
    answer = mine.post("household-new", data=data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="sure"' in text
    assert f"/households/{first.id}/" in text
    assert recorded("household") == before
    assert mine.post("household-new", data=data | {"sure": "on"}).status_code == 302
    assert recorded("household") == before + 1


def test_a_number_is_free_again_once_its_household_has_left(mine):
    mine.send("household-new", number="9", **PEOPLE)
    Household.objects.filter(id=house("9").id).update(left_on=date(2026, 1, 1))
    assert mine.send("household-new", number="9", p0__name="赵强").status_code == 302


def test_of_an_identity_number_only_a_hash_is_kept_and_finds_the_same_person(mine, home):
    number = "11010519491231002X"
    mine.send("household-new", number="9", p0__name="甲", p0__identity=number)
    person = Resident.objects.get(name="甲")
    assert len(person.identity) == 64
    said = " ".join(Entry.objects.values_list("said", flat=True))
    assert number not in said
    answer = mine.send("resident-new", house("3").id, name="乙", identity="110105 19491231 002x")
    assert answer.status_code == 422
    assert "甲" in answer.content.decode()


# ---------------------------------------------------------------- what changes


def test_only_what_was_altered_is_said(mine, house_1):
    mine.send("household-change", house_1.id, group="3组", reached_by=["phone"], best_months=["1", "11"])
    row = Household.objects.get(id=house_1.id)
    assert (row.number, row.group, row.reached_by, row.best_months) == ("1", "3组", "phone", "1,11")
    said = json.loads(Entry.objects.get(kind="household_change").said)
    assert set(said["body"]) == {"household", "group", "reached_by", "best_months", "told_by"}
    assert said["body"]["told_by"] == "household"
    assert set(said["saw"]) == {f"{house_1.id}.{name}" for name in ("group", "reached_by", "best_months")}


def test_where_it_is_known_from_stands_on_the_card_with_its_day(mine, house_1):
    places = {"w1__season": "summer", "w1__since": "5", "w1__until": "9", "w1__words": "大柳沟"}
    assert mine.send("household-places", house_1.id, told_by="seen", **places).status_code == 302
    assert mine.send("resident-change", house_1.head, phones="10012340099", told_by="paper").status_code == 302
    assert mine.send("resident-change", house_1.head, told_by="seen").status_code == 422  # nothing else was altered
    card = mine.text("household", house_1.id)
    today = clock.today()
    for words in ("看了材料", "我看到的"):
        assert f"{words}，{today.year}年{today.month}月{today.day}日" in card


def test_a_form_in_which_nothing_was_altered_records_nothing(mine, house_1, world):
    for name, thing in (
        ("household-change", house_1.id),
        ("household-places", house_1.id),
        ("resident-change", house_1.head),
        ("helper-change", world.helper_link),
        ("member-change", house_1.members[0]),
    ):
        assert mine.send(name, thing).status_code == 422, name
    assert not Tray.objects.exists()


def test_usual_places_are_written_whole(mine, house_1):
    answer = mine.send(
        "household-places", house_1.id, w1__season="summer", w1__since="5", w1__until="9", w1__words="大柳沟"
    )
    assert answer.status_code == 302
    places = json.loads(Household.objects.get(id=house_1.id).places)
    assert [(p["season"], p["from"], p["to"], p["words"]) for p in places] == [
        ("town", 10, 4, "县城三区 5 号"),
        ("summer", 5, 9, "大柳沟"),
    ]
    mine.send("household-places", house_1.id, w0__words="")
    assert [p["season"] for p in json.loads(Household.objects.get(id=house_1.id).places)] == ["summer"]


@pytest.mark.parametrize("words", ["他是重点人员", "证号 11010519491231002X", "x" * 201])
def test_words_that_are_not_kept_here_stop_before_they_are_sent(mine, house_1, words):
    answer = mine.send("household-places", house_1.id, w0__words=words)
    assert answer.status_code == 422
    assert not Tray.objects.exists()


def test_a_household_moves_and_its_card_goes_with_it(mine, desk, ma, house_1):
    day = clock.today() - timedelta(days=3)
    answer = mine.send("household-move", house_1.id, village=str(VILLAGE_B), day=day.isoformat(), number="7")
    assert answer.url.endswith("/households/")
    assert Household.objects.get(id=house_1.id).village == VILLAGE_B
    assert Entry.objects.get(kind="household_change").happened_on == day
    assert mine.open("household", house_1.id).status_code == 404
    assert Browser(desk, ma).open("household", house_1.id).status_code == 200


def test_a_household_leaves_and_comes_back(mine, house_1):
    mine.send("household-left", house_1.id, day="2026-06-30")
    assert Household.objects.get(id=house_1.id).left_on == date(2026, 6, 30)
    assert str(house_1.id) not in mine.text("households")
    assert str(house_1.id) in mine.text("households", at="?state=left")
    mine.send("household-back", house_1.id)
    assert Household.objects.get(id=house_1.id).left_on is None


@pytest.mark.parametrize("day", ["2999-01-01", "1900-01-01", "", "tomorrow"])
def test_a_day_that_has_not_come_or_never_was_is_told_so(mine, house_1, day):
    assert mine.send("household-left", house_1.id, day=day).status_code == 422


def test_two_households_become_one_and_two_again(mine, house_1, house_2):
    mine.send("household-merge-with", house_1.id, house_2.id, stays=str(house_1.id))
    assert mine.open("household", house_2.id).url.endswith(f"/{house_1.id}/")
    text = mine.text("household", house_1.id)
    assert "王建国" in text
    assert str(house_2.id) in text
    mine.send("household-unmerge", house_2.id)
    assert "王建国" not in mine.text("household", house_1.id)
    assert "王建国" in mine.text("household", house_2.id)


def test_the_other_household_is_looked_for_without_an_address(mine, house_1, house_2):
    answer = mine.client.post(f"/households/{house_1.id}/merge/", {"words": "王建国"})
    assert f"/households/{house_1.id}/merge/{house_2.id}/" in answer.content.decode()
    assert mine.open("household-merge-with", house_1.id, house_1.id).status_code == 404


def test_some_live_on_their_own_and_somebody_stays(mine, house_1):
    second = house_1.people["木拉提·哈山"]
    both = [str(person) for person in house_1.people.values()]
    assert mine.send("household-split", house_1.id, who=both, head=both[0]).status_code == 422
    assert mine.send("household-split", house_1.id, who=[str(second)], head=both[0]).status_code == 422
    answer = mine.send("household-split", house_1.id, who=[str(second)], head=str(second), number="12")
    assert answer.status_code == 302
    assert living_in(house("12")) == {"木拉提·哈山"}
    assert living_in(house("1")) == {"阿依努尔·木拉提"}


# ---------------------------------------------------------------- people


def test_somebody_is_added_changed_moved_and_gone(mine, house_1, house_3):
    mine.send("resident-new", house_1.id, name="加那尔", relation="child", phones="10020047716", born="2010-09-01")
    person = Resident.objects.get(name="加那尔")
    mine.send("resident-change", person.id, name="加娜尔", aliases="加那尔, Janar")
    person = Resident.objects.get(id=person.id)
    assert (person.name, json.loads(person.aliases)) == ("加娜尔", ["加那尔", "Janar"])
    assert json.loads(person.phones) == ["10020047716"]
    mine.send("resident-move-to", person.id, house_3.id, relation="child", since="2026-06-01")
    assert Resident.objects.get(id=person.id).household == house_3.id
    stays = Membership.objects.filter(id=person.id).order_by("n").values_list("household", "until")
    assert list(stays) == [(house_1.id, date(2026, 5, 31)), (house_3.id, None)]
    mine.send("resident-left", person.id, day="2026-06-30")
    assert living_in(house("3")) == {"古丽·巴合提"}
    mine.send("resident-back", person.id)
    assert "加娜尔" in living_in(house("3"))


def test_two_names_become_one_person(mine, house_2, house_3):
    mine.send("resident-merge-with", house_2.head, house_3.head, stays=str(house_2.head))
    assert Resident.objects.get(id=house_3.head).called == house_2.head
    assert living_in(house("3")) == set()


def test_from_above_phones_are_not_asked_and_stay_as_they_are(desk, wang, house_1, home):
    browser = Browser(desk, wang)
    data = browser.filled("resident-change", house_1.head, name="阿依努尔·木拉提汗")
    assert data.keys().isdisjoint({"phones", "born"})
    assert browser.post("resident-change", house_1.head, data=data).status_code == 302
    person = Resident.objects.get(id=house_1.head)
    assert (person.name, json.loads(person.phones)) == ("阿依努尔·木拉提汗", ["10020047715"])


# ---------------------------------------------------------------- members and helpers


def test_a_member_is_added_changed_and_ends(mine, world, house_3):
    mine.send("member-new", house_3.head, standing="probationary", since="2026-06-01")
    member = Member.objects.get(resident=house_3.head)
    assert (member.branch, member.standing, member.exempt) == (world.branch_a.id, "probationary", False)
    mine.send("member-change", member.id, standing="full", exempt="on", floating="on")
    mine.send("member-change", member.id, until="2026-06-30")
    member = Member.objects.get(id=member.id)
    assert (member.standing, member.exempt, member.floating, member.until) == ("full", True, True, date(2026, 6, 30))
    assert mine.send("member-change", member.id, since="2026-07-01").status_code == 422


def test_members_of_another_branch_are_not_there(mine, house_4):
    assert mine.open("member-change", house_4.members[0]).status_code == 404
    assert "马福来" not in mine.text("members")


def test_a_helper_is_named_changed_and_ends(mine, lin, house_2):
    mine.send("helper-new", house_2.id, helper=str(lin.id), agreement="not_asked", since="2026-06-01")
    link = HelperLink.objects.get(household=house_2.id)
    mine.send("helper-change", link.id, agreement="declined", until="2026-06-30")
    link = HelperLink.objects.get(id=link.id)
    assert (link.helper, link.agreement, link.until) == (lin.id, "declined", date(2026, 6, 30))
    assert mine.send("helper-new", house_2.id, helper=str(house_2.head)).status_code == 422


def test_what_a_household_said_to_one_helper_is_not_said_to_the_next(mine, lin, sec, house_2):
    mine.send("helper-new", house_2.id, helper=str(lin.id), agreement="agreed", since="2026-06-01")
    link = HelperLink.objects.get(household=house_2.id)
    mine.send("helper-change", link.id, helper=str(sec.id), until="2026-06-14")
    link.refresh_from_db()
    assert (link.helper, link.agreement, link.until) == (lin.id, "agreed", date(2026, 6, 14))
    mine.send("helper-new", house_2.id, helper=str(sec.id), agreement="not_asked", since="2026-06-15")
    following = HelperLink.objects.get(household=house_2.id, helper=sec.id)
    assert (following.agreement, following.helps) == ("not_asked", False)
    assert "还要问这一户是否同意由这个人来帮" in mine.text("household", house_2.id)
    mine.send("helper-change", following.id, agreement="agreed", said_on="2026-06-20")
    following.refresh_from_db()
    assert (following.agreement, following.helps, following.helps_from) == ("agreed", True, date(2026, 6, 20))
    assert "还要问这一户是否同意由这个人来帮" not in mine.text("household", house_2.id)


def test_a_head_who_has_gone_is_not_taken_out_unasked(mine, house_1):
    mine.send("resident-left", house_1.head, day="2026-06-30")
    mine.send("household-change", house_1.id, group="4组")
    assert Household.objects.get(id=house_1.id).head == house_1.head


def test_who_stands_in_the_register_twice_is_offered_to_be_one(mine, house_1, house_2):
    data = mine.filled("resident-new", house_1.id, name="王建国")
    mine.post("resident-new", house_1.id, data=data | {"sure": "on"})
    twin = Resident.objects.exclude(id=house_2.head).get(name="王建国")
    assert f"/residents/{house_2.head}/merge/{twin.id}/" in mine.text("resident-change", house_2.head)
    assert "/merge/" not in mine.text("resident-change", house_1.head)


def test_the_head_is_not_asked_what_they_are_to_the_head(mine, house_1):
    page = mine.text("household-new")
    assert '<input type="hidden" name="p0-relation" value="head"' in page
    assert '<select name="p1-relation"' in page
    assert 'name="relation"' not in mine.text("resident-change", house_1.head)
    other = Resident.objects.filter(household=house_1.id).exclude(id=house_1.head).first()
    assert 'name="relation"' in mine.text("resident-change", other.id)
