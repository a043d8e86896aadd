"""For which turn a record counts: what was missed opens its form with that turn proposed, and the form asks it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from concerto.faces.desk.today.words import turn_words
from concerto.groundwork import clock
from concerto.journal.models import Proof, Tray
from concerto.register.models import Member
from concerto.rulebook.period import ONE_DAY, Every, Period, period_of
from tests.faces.desk.branching import told
from tests.faces.desk.visiting import draft_of, entry_of, visited

pytestmark = pytest.mark.django_db
TODAY = reverse("desk:today")


def month_before(n: int = 1) -> Period:
    turn = period_of(Every.MONTH, clock.today())
    for _ in range(n):
        turn = period_of(Every.MONTH, turn.first - ONE_DAY)
    return turn


def form_of(world, turn: Period | None = None) -> str:
    address = reverse("desk:visit-new", args=[world.house_1.id])
    return f"{address}?counts_for={turn.name}" if turn else address


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def chosen(text: str) -> list[str]:
    return re.findall(r'name="counts_for" value="([^"]*)"[^>]*checked', text)


def offered(text: str) -> list[str]:
    return re.findall(r'name="counts_for" value="([^"]*)"', text)


def counted(entry: str) -> set[str]:
    return set(Proof.objects.filter(entry=entry).values_list("counts_for", flat=True))


def why_of(world, turn: Period) -> str:
    return reverse("desk:why", args=["four-ones-visit", world.village_a.id, world.house_1.id, turn.name])


def test_a_missed_turn_opens_its_form_with_that_turn_from_today_why_and_the_board(desk, world, lin):
    client, turn = desk.of(lin), month_before()
    board = reverse("desk:board")
    bar = {"year": turn.last.year, "month": turn.last.month, "place": world.village_a.id}
    assert form_of(world, turn) in page(client, TODAY)
    assert form_of(world, turn) in page(client, why_of(world, turn))
    assert form_of(world, turn) in client.get(board, bar).content.decode()
    assert form_of(world, turn) not in desk.of(world.gao).get(board, bar).content.decode()


def test_what_can_no_longer_be_made_good_opens_no_form(desk, world, lin):
    assert form_of(world) not in page(desk.of(lin), why_of(world, month_before(2)))


def test_the_turn_is_proposed_and_recorded_and_settles_it_late(desk, world, lin, house_1):
    client, turn = desk.of(lin), month_before()
    text = page(client, form_of(world, turn))
    assert offered(text) == ["", turn.name]
    assert chosen(text) == [turn.name]
    entry = entry_of(visited(client, house_1, counts_for=turn.name, change="no_change"))
    assert counted(entry) == {turn.name}
    assert form_of(world, turn) not in page(client, TODAY)
    assert f'href="{form_of(world)}"' in page(client, TODAY)  # its own month is owed as before
    assert turn_words(turn) in page(client, reverse("desk:entry", args=[entry]))


def test_the_turn_can_be_changed_to_its_own(desk, world, lin, house_1):
    client = desk.of(lin)
    assert chosen(page(client, form_of(world))) == [""]
    assert counted(entry_of(visited(client, house_1, counts_for=""))) == {""}


@pytest.mark.parametrize(("back", "said"), [(2, "以前还能补"), (-1, "还没有过完"), (0, "")])
def test_beyond_grace_and_later_turns_are_refused_with_words(desk, world, lin, house_1, back, said):
    today = clock.today()
    turn = month_before(back) if back >= 0 else period_of(Every.MONTH, period_of(Every.MONTH, today).last + ONE_DAY)
    client = desk.of(lin)
    text = page(client, form_of(world, turn))
    assert said in text
    answer = visited(client, house_1, counts_for=turn.name)
    if not said:  # its own turn is nothing special
        assert counted(entry_of(answer)) == {""}
        return
    assert chosen(text) == [""]
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("nonsense", ["last month", "2026-13", "x" * 400])
def test_what_names_no_turn_is_refused_with_words(desk, world, lin, house_1, nonsense):
    client = desk.of(lin)
    assert page(client, form_of(world) + "?counts_for=" + nonsense)
    assert visited(client, house_1, counts_for=nonsense).status_code == 422


def test_a_day_within_the_turn_counts_for_it_in_time(desk, world, lin, house_1):
    turn = month_before()
    last = turn.last.isoformat()
    answer = visited(desk.of(lin), house_1, counts_for=turn.name, day="other", on=last)
    assert counted(entry_of(answer)) == {""}


def test_the_turns_offered_are_those_of_the_day_that_was_typed(desk, world, lin, sec, house_1):
    day, before = month_before().last, month_before(2)
    typed = {"day": "other", "on": day.isoformat(), "preview": "1"}
    meeting = reverse("desk:meeting-new", args=[world.branch_a.id])
    for text in (
        visited(desk.of(lin), house_1, **typed).content.decode(),
        told(desk.of(sec), meeting, form="none", contents=["theme_day"], **typed).content.decode(),
    ):
        assert before.name in offered(text)
        assert month_before().name not in offered(text)
    for nonsense in ("0001-01-01", "9999-12-31", "soon"):
        assert visited(desk.of(lin), house_1, **typed | {"on": nonsense}).status_code == 200


def test_correcting_keeps_the_turn(desk, world, lin, house_1):
    client, turn = desk.of(lin), month_before()
    entry = entry_of(visited(client, house_1, counts_for=turn.name))
    again = reverse("desk:entry-correct", args=[entry])
    opened = client.get(again)
    assert chosen(opened.content.decode()) == [turn.name]
    fields = {"day": "today", "channel": "phone_call", "met": [str(house_1.head)], "draft": draft_of(opened)}
    assert client.post(again, fields | {"counts_for": turn.name}).status_code == 302
    assert counted(entry) == {turn.name}


def test_settling_two_corrections_as_mine_keeps_the_turn(world, lin, house_1):
    client, turn = Client(), month_before()
    client.force_login(lin)
    entry = entry_of(visited(client, house_1, counts_for=turn.name))
    again = reverse("desk:entry-correct", args=[entry])
    told = {"day": "today", "met": [str(house_1.head)], "counts_for": turn.name}
    drafts = [draft_of(client.get(again)) for _ in range(2)]
    assert client.post(again, told | {"channel": "phone_call", "draft": drafts[0]}).status_code == 302
    clash = client.post(again, told | {"channel": "visit", "change": "no_change", "draft": drafts[1]}).url
    fields = {"draft": draft_of(client.get(clash)), "keep-all": "mine"}
    assert client.post(clash, fields).status_code == 302
    assert not Tray.objects.filter(outcome="clash").exists()
    assert counted(entry) == {turn.name}


def test_where_nothing_is_owed_it_is_not_asked(desk, world, lin):
    assert not offered(page(desk.of(lin), reverse("desk:visit-new", args=[world.house_3.id])))
    assert not offered(page(desk.of(lin), reverse("desk:gathering-new", args=[world.village_a.id])))
    assert not offered(page(desk.of(lin), reverse("desk:own-study-new")))


def test_a_lesson_and_a_meeting_are_asked_too(desk, world, sec):
    client, turn = desk.of(sec), month_before()
    study = reverse("desk:study-new", args=[world.branch_a.id])
    meeting = reverse("desk:meeting-new", args=[world.branch_a.id])
    for address in (study, meeting):
        assert chosen(page(client, f"{address}?counts_for={turn.name}")) == [turn.name]
    member = Member.objects.filter(branch=world.branch_a.id).order_by("id").first()
    fields = {"form": "home_lesson", "members": [str(member.id)], "minutes": "45", "counts_for": turn.name}
    entry = entry_of(told(client, study, **fields))
    assert counted(entry) == {turn.name}
    again = reverse("desk:branch-correct", args=[entry])
    assert told(client, again, **fields | {"minutes": "50"}).status_code == 302
    assert counted(entry) == {turn.name}
