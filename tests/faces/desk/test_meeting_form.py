"""A meeting is recorded in five minutes: who was there, how it voted; and completed later in the same form."""

import json
import random
import re
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from concerto.faces.desk.branch.meetings import vote_words
from concerto.faces.desk.today.forms import Form
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.meeting import AgendaItem, Attended, LeftOut, Meeting1, Votes
from concerto.journal.kinds.people import Member1
from concerto.journal.kinds.seats import Seat1, Suspension1
from concerto.journal.kinds.voting import Tally, line_of_vote
from concerto.journal.models import Entry
from concerto.places.models import PartyGroup
from concerto.register.models import Member
from tests.faces.desk.branching import told
from tests.faces.desk.visiting import entry_of
from tests.journal.phone import in_node

pytestmark = pytest.mark.django_db
COUNT = """
import { readFileSync } from "node:fs";
import { lineOf } from "FORMS/../../../desk/js/voting.js";
const { votes, words } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(votes.map(([base, present, yes]) => lineOf({ base, present, yes }, words))));
"""


def new(world) -> str:
    return reverse("desk:meeting-new", args=[world.branch_a.id])


def body_of(entry: str) -> dict:
    return json.loads(Entry.objects.get(id=entry).said)["body"]


def join(world, standing: str = "full", exempt: bool = False) -> str:
    """Let one more person become a member of branch A."""
    pen, house = world.pen, world.house_1
    member = Member1(
        member=pen.new_id(), resident=house.head, branch=world.branch_a.id, standing=standing, exempt=exempt,
        since=date(2025, 1, 1),
    )  # fmt: skip
    [receipt] = world.receive(pen.item(member, unit=world.branch_a.id))
    assert receipt.stands, receipt
    return str(member.member)


@pytest.fixture
def twenty(world) -> dict[str, list[str]]:
    """Branch A with 20 who have a vote, 2 of them exempt; one probationary, one whose vote rests."""
    full = [str(m.id) for m in Member.objects.filter(branch=world.branch_a.id, standing="full")]
    probationary = [str(m.id) for m in Member.objects.filter(branch=world.branch_a.id, standing="probationary")]
    exempt = [join(world, exempt=True) for _ in range(2)]
    voters = [*full, *exempt, *(join(world) for _ in range(18 - len(full)))]
    resting = join(world)
    suspended = Suspension1(suspension=world.pen.new_id(), member=resting, since=date(2026, 1, 1))
    [receipt] = world.receive(world.pen.item(suspended, unit=world.branch_a.id))
    assert receipt.stands, receipt
    assert len(voters) == 20
    return {"voters": voters, "exempt": exempt, "others": [*probationary[:1], resting]}


def rows(page: str) -> list[str]:
    """The names of the rows of the roll."""
    return re.findall(r'data-how="(how_\d+)"', page)


def attendance(client, world, twenty, absent: int = 3) -> dict[str, str]:
    """Tap: three of those who must come are absent, everybody else is present."""
    form = client.get(new(world)).context["form"]
    away = [one for one in twenty["voters"] if one not in twenty["exempt"]][:absent]
    return {f"how_{n}": "absent" if str(row.id) in away else "present" for n, row in enumerate(form.roll)}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh-hans", "应到 20，实到 17，至少 11，赞成 {}，"),
        ("en", "due 20, present 17, at least 11, in favour {}, "),
    ],
)
def test_ten_of_twenty_do_not_carry_and_eleven_do(desk, world, sec, twenty, language, line):
    client = desk.of(sec)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    there = attendance(client, world, twenty)
    for yes, passed in ((10, False), (11, True)):
        vote = {"item_1": "vote", "yes_1": str(yes), "no_1": str(17 - yes)}
        page = told(client, new(world), form="members", preview="1", **there, **vote).content.decode()
        with translation.override(language):
            result = gettext("passed") if passed else gettext("not passed")
        assert f"{line.format(yes)}{result}<" in page


def test_the_base_is_who_has_a_vote_and_nobody_else(desk, world, sec, twenty):
    client = desk.of(sec)
    there = attendance(client, world, twenty)
    entry = entry_of(told(client, new(world), form="members", item_1="vote", yes_1="11", no_1="6", **there))
    said = body_of(entry)
    assert sorted(said["base"]) == sorted(twenty["voters"])
    assert not set(said["base"]) & set(twenty["others"])
    assert said["items"] == [{"sort": "vote", "votes": {"yes": 11, "no": 6, "abstain": 0, "not_cast": 0}}]


def test_who_need_not_come_has_one_cell(desk, world, sec, twenty):
    form = desk.of(sec).get(new(world)).context["form"]
    cells = {str(row.id): [code for code, _ in form.fields[f"how_{n}"].choices] for n, row in enumerate(form.roll)}
    assert all(cells[one] == ["present"] for one in twenty["exempt"])


def test_votes_that_do_not_add_up_are_refused_and_nothing_is_lost(desk, world, sec, twenty):
    client = desk.of(sec)
    there = attendance(client, world, twenty)
    matter = {"item_1": "vote", "item_words_1": "轮牧公约", "yes_1": "11", "no_1": "2"}
    answer = told(client, new(world), form="members", **there, **matter)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "轮牧公约" in page
    assert page.count("checked") >= len(there)
    [why] = answer.context["form"].errors["yes_1"]
    assert why.startswith(gettext("Item %(n)s of the agenda") % {"n": 1})
    assert words_of("votes_do_not_add_up", {"given": 13, "present": 17}) in why
    no_verdict = vote_words()["open"].format(base=20, present=17, least=11)
    assert f"{no_verdict}<" in page
    assert 'href="#id_yes_1"' in page


@pytest.mark.parametrize("role", ["chair", "recorder"])
def test_who_chaired_it_or_took_its_minutes_does_not_stand_as_away(desk, world, sec, twenty, role):
    client = desk.of(sec)
    there = attendance(client, world, twenty)
    roll = client.get(new(world)).context["form"].roll
    by_how = {how: str(roll[int(name.removeprefix("how_"))].id) for name, how in there.items()}
    answer = told(client, new(world), form="members", **there, **{role: by_how["absent"]})
    assert answer.status_code == 422
    assert answer.context["form"].errors[role] == [words_of("chaired_from_away")]
    assert entry_of(told(client, new(world), form="members", **there, **{role: by_how["present"]}))


def test_with_too_few_there_is_no_valid_vote_and_it_is_recorded(desk, world, sec, twenty):
    client = desk.of(sec)
    there = attendance(client, world, twenty, absent=11)
    entry = entry_of(told(client, new(world), form="members", item_1="vote", **there))
    assert body_of(entry)["items"] == [{"sort": "vote"}]


def test_the_rest_is_added_later_and_attendance_stands(desk, world, sec, twenty):
    client = desk.of(sec)
    there = attendance(client, world, twenty)
    entry = entry_of(told(client, new(world), form="members", contents=["theme_day"], **there))
    again = reverse("desk:meeting-correct", args=[entry])
    form = client.get(again).context["form"]
    shown = {name: str(form[name].value() or "") for name in there}
    assert shown == there
    more = {"decision_1": "修水渠", "minutes": "90", "meeting_study": "60", "words": "会开得短"}
    assert told(client, again, form="members", contents=["theme_day"], **there, **more).status_code == 302
    [last] = Entry.objects.filter(said__contains=f'"corrects":"{entry}"')
    said = json.loads(last.said)["body"]
    assert (said["took"], said["meeting_study"], len(said["decisions"])) == ({"minutes": 90}, {"minutes": 60}, 1)


@pytest.mark.parametrize("more", ["items", "left_out"])
def test_a_meeting_that_holds_more_than_the_form_is_not_opened_in_it(desk, world, sec, twenty, more):
    voters = [UUID(one) for one in twenty["voters"]]
    there = [Attended(member=one, how="present") for one in voters]
    told = {"base": voters, "attendance": there, "items": [AgendaItem(sort="talk")] * 5}
    if more == "left_out":
        gone = [LeftOut(member=one, approved_on=date(2026, 6, 1), adopted_by=0) for one in voters[:6]]
        vote = AgendaItem(sort="vote", votes=Votes(yes=14))
        told = {"base": voters[6:], "attendance": there[6:], "items": [vote], "left_out": gone}
    meeting = Meeting1(branch=world.branch_a.id, form="members", **told)
    [receipt] = world.receive(world.pen.item(meeting, unit=world.branch_a.id, by=sec, on=date(2026, 6, 30)), by=sec)
    assert receipt.stands, receipt
    client = desk.of(sec)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get(reverse("desk:meeting-correct", args=[receipt.id]), follow=True)
    assert answer.redirect_chain == [(reverse("desk:entry", args=[receipt.id]), 302)]
    assert "so that nothing of it is lost it is not put right here" in answer.content.decode()


def test_a_new_meeting_starts_without_anybody_present(desk, world, sec, twenty):
    client = desk.of(sec)
    entry_of(told(client, new(world), form="members", **attendance(client, world, twenty)))
    form = client.get(new(world)).context["form"]
    assert not any(form.how(n) for n in range(len(form.roll)))


def taps(form) -> dict[str, str]:
    """Everybody on the drawn roll is present, each named as the page names them."""
    rows = {f"who_{n}": str(row.id) for n, row in enumerate(form.roll)}
    return rows | {f"how_{n}": "present" for n in range(len(form.roll))}


def test_that_nobody_is_marked_is_asked_once_and_then_recorded(desk, world, sec, twenty):
    client = desk.of(sec)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    held = {"form": "none", "contents": ["theme_day"]}
    asked = told(client, new(world), **held)
    page = asked.content.decode()
    assert (asked.status_code, Entry.objects.filter(kind="meeting").count()) == (422, 0)
    assert "还没有标记任何人到会，尚未记下" in page
    [again] = re.findall(r'<input type="hidden" name="nobody_marked" value="(\w+)">', page)
    assert "attendance" not in body_of(entry_of(told(client, new(world), nobody_marked=again, **held)))


def test_the_roll_of_another_day_is_drawn_and_what_was_filled_in_stays(desk, world, sec, twenty):
    client = desk.of(sec)
    there = taps(client.get(new(world)).context["form"])
    before = {"day": "other", "on": "2025-06-01", "words": "会开得短"}  # nobody's vote rested then
    page = told(client, new(world), preview="roll", **before, **there)
    form = page.context["form"]
    assert page.status_code == 200
    assert not form.errors
    assert "会开得短" in page.content.decode()
    assert [form.how(n) for n in range(len(form.roll))] == ["present"] * len(form.roll)


def test_a_tap_follows_its_member_to_the_roll_of_another_day(desk, world, sec, twenty):
    client = desk.of(sec)
    there = taps(client.get(new(world)).context["form"])
    first, second = there["who_0"], there["who_1"]
    told_of = {name: one for name, one in there.items() if name not in ("who_0", "how_0")} | {"how_1": "excused"}
    answer = told(client, new(world), form="members", **told_of)
    form = answer.context["form"]
    how = {str(row.id): form.how(n) for n, row in enumerate(form.roll)}
    assert answer.status_code == 422
    assert (how[first], how[second], set(list(how.values())[2:])) == ("", "excused", {"present"})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_browser_counts_a_vote_as_the_door_does(language):
    chance = random.Random(5)
    votes = [(base, chance.randint(0, base), chance.randint(0, 40)) for base in range(40) for _ in range(8)]
    with translation.override(language):
        lines = [line_of_vote(Tally(*vote)) for vote in votes]
        assert in_node(COUNT, {"votes": votes, "words": vote_words()}) == lines


def test_all_others_are_marked_by_one_tap_where_a_script_runs(desk, world, sec):
    page = desk.of(sec).get(new(world)).content.decode()
    [tool] = re.findall(r'<div data-others hidden>.*?<button type="([a-z]+)"', page, re.DOTALL)
    assert tool == "button"  # it sends nothing, and without a script it is not there


def seat(world, member: str) -> None:
    """Give a member a seat on the committee of branch A."""
    branch, since = world.branch_a.id, date(2026, 1, 1)
    said = Seat1(seat=world.pen.new_id(), branch=branch, member=UUID(member), post="seat", since=since)
    [receipt] = world.receive(world.pen.item(said, unit=world.branch_a.id))
    assert receipt.stands, receipt


def split(page) -> tuple[set[str], set[str]]:
    """Who stands on the roll itself, and who in its fold."""
    before, fold = page.content.decode().split("data-rest-rows", 1)
    return (set(re.findall(r'data-member="([^"{]+)"', before)), set(re.findall(r'data-member="([^"{]+)"', fold)))


def test_of_a_committees_meeting_its_seats_stand_first_and_the_rest_in_a_fold(desk, world, sec, twenty):
    seated, others = set(twenty["voters"][:3]), {*twenty["voters"][3:], *twenty["others"]}
    for member in seated:
        seat(world, member)
    client = desk.of(sec)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    own, rest = split(client.get(f"{new(world)}?form=committee"))
    assert (own, others <= rest, own & rest) == (seated, True, set())
    assert split(client.get(f"{new(world)}?form=members"))[1] == set()
    marked = taps(client.get(new(world)).context["form"])
    page = told(client, new(world), form="committee", preview="1", **marked)
    assert split(page) == (own, rest)
    assert f"其中已标记 <strong data-n>{len(rest)}</strong> 人" in page.content.decode()


def test_who_is_marked_in_the_fold_is_recorded_and_not_counted(desk, world, sec, twenty):
    seated, onlooker = twenty["voters"][2:5], twenty["others"][0]
    for member in seated:
        seat(world, member)
    client = desk.of(sec)
    form = client.get(f"{new(world)}?form=committee").context["form"]
    how = {**dict.fromkeys(seated, "present"), onlooker: "observer"}
    rows = {str(row.id): n for n, row in enumerate(form.roll)}
    there = {f"how_{rows[member]}": one for member, one in how.items()}
    said = body_of(entry_of(told(client, new(world), form="committee", **there)))
    assert sorted(said["base"]) == sorted(seated)
    assert {one["member"]: one["how"] for one in said["attendance"]} == how


def test_without_a_seat_in_the_register_everybody_stands_on_the_roll(desk, world, sec, twenty):
    own, rest = split(desk.of(sec).get(f"{new(world)}?form=committee"))
    assert (set(twenty["voters"]) <= own, rest) == (True, set())


def test_the_link_of_a_groups_meeting_chooses_the_form_and_the_group(desk, world, sec):
    group = PartyGroup.objects.create(log=world.branch_a.log, branch=world.branch_a.id, name="一组")
    address = Form("desk:meeting-new", (world.branch_a.id,), group=group.id).address
    assert address == f"{new(world)}?group={group.id}"
    form = desk.of(sec).get(address).context["form"]
    assert (form["form"].value(), form["group"].value()) == ("group", str(group.id))
    assert desk.of(sec).get(f"{new(world)}?group=nonsense").status_code == 200
