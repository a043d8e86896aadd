"""What somebody is asked to do, by no clock: call a household, ask one about its helper, read how people felt."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from concerto.faces.desk.today.asked import households_to_ask, suggestions_to_answer, treated_to_read
from concerto.faces.desk.today.items import Item
from concerto.faces.desk.today.needs import calls_for_me
from concerto.faces.desk.writing import seen
from concerto.groundwork import clock
from concerto.journal.kinds.households import Helper1, HelperChange1
from concerto.journal.kinds.needs import Asker, NeedMerger1, NeedStep1, NeedWord1
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.kinds.slips import MatterSlip1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.papers.slips.calls import calls_about
from concerto.papers.waiting import anything_waits
from concerto.parts.assistance.models import Need
from concerto.places.models import Account
from concerto.places.sight import Sight
from concerto.register.access import sight_of
from concerto.register.models import HelperLink, Posting
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.faces.resident.stepping import told_done
from tests.faces.resident.test_door import by_square, say
from tests.register.slips import given_slip, print_slips
from tests.suggestions import brought

pytestmark = pytest.mark.django_db


def sight(who: Account) -> Sight:
    return sight_of(who, clock.today())


def called_for(who: Account) -> list[str]:
    return [item.address for item in calls_for_me(sight(who))]


def today(world: World, body: Any, *, by: Account | None = None, **more: Any) -> None:
    by = by or world.lin
    item = world.pen.item(body, unit=VILLAGE_A, by=by, on=more.pop("on", clock.today()), at=clock.now(), **more)
    [receipt] = world.receive(item, by=by, at=clock.now())
    assert receipt.stands, receipt


def told(world: World, need: UUID, **more: Any) -> NeedStep1:
    household = more.pop("household", world.house_1.id)
    return NeedStep1(need=need, household=household, step="told", told_of="answer", way="phone_call", **more)


def asks(client, slip) -> None:
    assert "会给您打电话" in say(client, by_square(client, slip.code), slip.code, "call").content.decode()


def merged_into(world: World) -> UUID:
    """Let the cast's need go on under one that another household told."""
    stays = world.pen.new_id()
    words = world.pen.seal(stays, "渠也塌了")
    heard = [NeedHeard(need=stays, sort="water", words=words.digest, household=world.house_2.id)]
    today(world, Visit1(channel="visit", households=[world.house_2.id], outcome="met", needs=heard), sealed=[words])
    askers = [Asker(world.need, world.house_1.id)]
    merger = NeedMerger1(gone=world.need, stays=stays, askers=askers)
    saw = {f"{world.need}.called": None, f"{stays}.called": None}
    today(world, merger, saw=saw)
    return stays


def test_a_call_waits_until_the_household_was_told_and_not_only_until_something_was_done(client, world):
    slip = given_slip(world)
    asks(client, slip)
    here = reverse("desk:need", args=[world.need])
    assert called_for(world.lin) == [here]
    household = world.house_1.id
    today(world, NeedStep1(need=world.need, household=household, step="doing"))
    today(world, NeedStep1(need=world.need, household=household, step="asked", way="phone_call"))
    assert called_for(world.lin) == [here]
    today(world, told(world, world.need))
    assert called_for(world.lin) == []
    assert calls_about(TOWNSHIP, [world.need]) == {}
    asks(client, slip)
    assert calls_about(TOWNSHIP, [world.need]) == {world.need: clock.today()}
    today(world, NeedWord1(need=world.need, household=household, word="yes", through="phone_call"))
    assert called_for(world.lin) == []


def test_a_day_until_which_they_wait_hides_no_call(client, world):
    slip = given_slip(world)
    interim = NeedStep1(
        need=world.need, household=world.house_1.id, step="told", told_of="interim", way="visit",
        until=clock.today() + timedelta(days=10),
    )  # fmt: skip
    today(world, interim)
    asks(client, slip)
    assert len(called_for(world.lin)) == 1


def test_also_of_what_is_at_its_end_a_call_waits_for_its_owner_alone(client, desk, world):
    slip = told_done(world)
    say(client, by_square(client, slip.code), slip.code, "word", word="yes")
    assert Need.objects.get(id=world.need).state == "confirmed"
    assert (called_for(world.lin), anything_waits(sight(world.sec))) == ([], False)
    asks(client, slip)
    assert (len(called_for(world.lin)), called_for(world.sec)) == (1, [])
    assert anything_waits(sight(world.lin))
    here = reverse("desk:need", args=[world.need])
    page = desk.of(world.lin).get(here).content.decode()
    tell = reverse("desk:need-step", args=[world.need, "tell"])
    assert f'{tell}"' in page
    assert "请回电话，自" in page
    today(world, told(world, world.need))
    assert (called_for(world.lin), anything_waits(sight(world.lin))) == ([], False)
    assert Need.objects.get(id=world.need).state == "confirmed"
    assert f'{tell}"' not in desk.of(world.lin).get(here).content.decode()


def leaves(world: World, who: str) -> None:
    """End a posting of the cast with yesterday."""
    row = Posting.objects.get(id=world.postings[who])
    ended = PostingChange1(posting=row.id, until=clock.today() - timedelta(days=1))
    item = world.pen.item(ended, unit=row.unit, saw=seen(row.id, row.wordings, ["until"]))
    [receipt] = world.receive(item)
    assert receipt.stands


def test_an_owner_who_is_posted_there_no_more_leaves_the_call_to_the_post(client, world):
    slip = told_done(world)
    asks(client, slip)
    assert called_for(world.sec) == []
    leaves(world, "lin")
    assert len(called_for(world.sec)) == 1


def test_a_call_in_a_village_without_anybody_is_the_organizers(client, desk, world):
    slip = told_done(world)
    asks(client, slip)
    leaves(world, "lin")
    assert called_for(world.wang) == []
    leaves(world, "sec")
    here = reverse("desk:need", args=[world.need])
    assert (called_for(world.wang), anything_waits(sight(world.wang))) == ([here], True)
    assert here in desk.of(world.wang).get(reverse("desk:today")).content.decode()
    assert called_for(world.zhou) == []


def test_a_call_by_the_slip_of_a_need_that_went_into_another_waits_there(client, world):
    slip = given_slip(world)
    stays = merged_into(world)
    asks(client, slip)
    here = reverse("desk:need", args=[stays])
    assert (called_for(world.lin), called_for(world.sec)) == ([here], [here])
    assert called_for(world.ma) == []
    today(world, told(world, stays, household=world.house_2.id))
    assert called_for(world.lin) == [here], "the other household was told"
    today(world, told(world, stays, asker=world.need))
    assert called_for(world.lin) == []


def to_ask(who: Account) -> list[Item]:
    return list(households_to_ask(sight(who)))


def test_the_next_helper_is_to_ask_the_household_until_it_has_said_something(desk, world):
    link = Helper1(link=world.pen.new_id(), household=world.house_1.id, helper=world.sec.id, since=date(2026, 9, 1))
    before = anything_waits(sight(world.sec))
    today(world, link)
    [item] = to_ask(world.sec)
    assert (before, anything_waits(sight(world.sec))) == (False, True)
    assert item.address == reverse("desk:helper-change", args=[link.link])
    page = desk.of(world.sec).get(reverse("desk:today")).content.decode()
    assert "要问：" in page
    assert to_ask(world.lin) == []
    for said, waits in (("declined", 0), ("not_asked", 1), ("agreed", 0)):
        row = HelperLink.objects.get(id=link.link)
        change = HelperChange1(link=row.id, household=row.household, agreement=said)
        today(world, change, saw=seen(row.id, row.wordings, ["agreement"]))
        assert len(to_ask(world.sec)) == waits
    assert not anything_waits(sight(world.sec))


def test_a_household_that_a_roster_brought_unasked_is_on_nobodys_list(world):
    today(world, Helper1(link=world.pen.new_id(), household=world.house_2.id, helper=world.sec.id))
    assert to_ask(world.sec) == []


def test_suggestions_wait_for_the_townships_desks_until_each_has_an_answer_and_tell_no_number(desk, world):
    assert not anything_waits(sight(world.zhou))
    for by in (world.lin, world.ma):
        assert brought(world, by).receipt.stands
    told = [name for name, who in world.accounts.items() if list(suggestions_to_answer(sight(who)))]
    assert sorted(told) == ["wang", "zhou"]
    assert anything_waits(sight(world.zhou))
    page = desk.of(world.zhou).get(reverse("desk:today")).content.decode()
    assert page.count("有社情民意等着答复") == 1


def unread(who: Account) -> int:
    return len(list(treated_to_read(sight(who))))


def test_how_people_were_treated_waits_for_the_townships_desks_until_each_has_read_it(client, desk, world):
    slip = given_slip(world)
    for name in world.accounts:
        assert unread(world.accounts[name]) == 0
    say(client, by_square(client, slip.code), slip.code, "treated", words="等了三回")
    told = {name for name in world.accounts if unread(world.accounts[name])}
    assert told == {"wang", "zhou"}, "the organizer and the centre's desk, and nobody of a village"
    assert "还没有打开" in desk.of(world.wang).get(reverse("desk:today")).content.decode()
    assert "还没有打开" not in desk.of(world.lin).get(reverse("desk:today")).content.decode()
    there = desk.of(world.wang)
    page = there.get(reverse("desk:slips-treated")).content.decode()
    one = page.partition('name="open" value="')[2][:36]
    there.post(reverse("desk:slips-treated"), {"open": one})
    assert (unread(world.wang), unread(world.zhou)) == (0, 1)


def test_what_may_be_about_somebody_at_a_desk_waits_for_the_other_desk_alone(client, world):
    [slip] = print_slips(world, world.zhou)
    given = MatterSlip1(slip=slip.key, matter=world.need, what="need", household=world.house_1.id)
    today(world, given, by=world.zhou, saw={f"{slip.key}.given": None})
    say(client, by_square(client, slip.code), slip.code, "treated", words="等了三回")
    assert (unread(world.wang), unread(world.zhou)) == (1, 0)
    assert not anything_waits(sight(world.zhou))
