"""Needs at the door: what happened is always let in, decisions only where they rest on something."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import msgspec
import pytest

from concerto.conductor.seeking import held
from concerto.conductor.verify import verify_log
from concerto.journal.kinds.needs import Asker, Handover1, NeedMerger1, NeedStep1, NeedWord1
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Proof, Tray
from concerto.papers.standing.default_desk import unanswered
from concerto.parts.assistance.models import Need
from concerto.places.models import Account
from concerto.register.access import sight_of
from tests.cast import TOWNSHIP, World
from tests.needs import Life, county_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(world: World) -> Life:
    return Life(world)


@pytest.fixture
def clerk(world: World) -> Account:
    return county_desk(world)


def confirmed(house: UUID) -> int:
    return Proof.objects.filter(log=TOWNSHIP, kind="need_confirmed", about=house).count()


def test_a_need_lives_from_the_first_word_to_the_households_own(world, need):
    assert need.state == "heard"
    assert need.step("owned", owner=world.lin.id, clock="hard") == "accepted"
    assert (need.state, need.row.owner, need.row.clock) == ("owned", world.lin.id, "hard")
    assert need.step("doing", "2026-09-02") == "accepted"
    assert need.step("done", "2026-09-08", outcome="solved") == "accepted"
    assert need.step("told", "2026-09-09", told_of="done", way="visit") == "accepted"
    assert (need.state, need.row.told_on) == ("told", date(2026, 9, 9))
    need.by_slip("yes", "2026-09-10")
    assert (need.state, need.row.is_open, need.row.closed_on) == ("confirmed", False, date(2026, 9, 10))
    assert confirmed(need.house) == 1
    assert need.path == ["opened", "owned", "doing", "done", "told", "yes"]
    assert verify_log(TOWNSHIP) is None


def test_what_a_household_said_by_its_slip_is_nobody_else_s_to_word(world, need):
    need.step("done", "2026-09-02", outcome="solved")
    need.step("told", "2026-09-03", told_of="done", way="visit")
    need.by_slip("no", "2026-09-10")
    word = need.last
    for anew in ("yes", None):
        assert need.worded_anew(word, anew, "2026-09-10", by=world.sec) == "not_yours_to_correct"
    assert (need.state, confirmed(need.house)) == ("reopened", 0)


def test_a_doer_who_words_a_colleague_s_no_anew_confirms_nothing(world, need):
    need.step("done", "2026-09-02", by=world.lin, outcome="solved")
    need.step("told", "2026-09-03", told_of="done", way="visit")
    assert need.word("no", "2026-09-10", by=world.sec) == "accepted"
    word = need.last
    Account.objects.filter(id=world.sec.id).update(is_active=False)
    assert need.worded_anew(word, "yes", "2026-09-10", by=world.lin) == "accepted"
    assert (need.state, confirmed(need.house)) == ("told_to_the_doer", 0)


def test_a_yes_that_a_doer_writes_down_is_told_to_the_doer_and_confirms_nothing(world, need):
    need.step("owned", owner=world.lin.id, helped_by=[world.sec.id])
    need.step("done", "2026-09-08", outcome="solved")
    for doer in (world.lin, world.sec):
        need.word("yes", "2026-09-10", by=doer)
        assert (need.state, confirmed(need.house)) == ("told_to_the_doer", 0)
    need.word("yes", "2026-09-11", by=world.zhou)
    assert (need.state, confirmed(need.house)) == ("confirmed", 1)


def test_a_yes_of_what_nobody_did_confirms_nothing_unless_it_is_the_households_own(need):
    need.word("yes", "2026-09-10")
    assert (need.state, confirmed(need.house)) == ("told_to_the_doer", 0)
    need.by_slip("yes", "2026-09-11")
    assert (need.state, confirmed(need.house)) == ("confirmed", 1)


@pytest.mark.parametrize("word", ["partly", "no"])
def test_partly_and_no_reopen_at_once_with_the_same_owner(world, need, word):
    need.step("owned", owner=world.lin.id)
    need.step("done", "2026-09-08", outcome="solved")
    need.step("told", "2026-09-09", told_of="done")
    need.by_slip(word, "2026-09-10")
    assert (need.state, need.row.owner, need.row.is_open, need.row.told_on) == ("reopened", world.lin.id, True, None)


def test_only_somebody_posted_where_it_lies_owns_it(world, need):
    assert need.step("owned", owner=world.ma.id) == "owner_not_posted_there"
    assert need.step("owned", owner=world.zhou.id) == "owner_not_posted_there"
    assert need.step("owned", by=world.sec, owner=world.lin.id) == "accepted"


def test_whoever_works_in_another_village_records_nothing_of_it(world, need):
    own = {"by": world.ma, "unit": world.village_b.id}
    assert need.bring(NeedStep1(need=need.id, household=need.house, step="doing"), **own) == "not_in_this_unit"
    said = NeedWord1(need=need.id, household=need.house, word="yes", through="office")
    assert need.bring(said, **own) == "not_in_this_unit"


def test_no_answer_is_recorded_by_its_owner_after_two_askings_five_working_days_apart(world, need):
    need.step("owned", owner=world.lin.id)
    need.step("done", "2026-09-08", outcome="solved")
    need.step("told", "2026-09-08", told_of="done")
    assert need.step("asked", "2026-09-09", way="phone_call") == "accepted"
    assert need.step("asked", "2026-09-15") == "accepted"
    assert need.step("no_answer", "2026-09-16") == "asked_too_little"
    need.step("asked", "2026-09-16")
    assert need.step("no_answer", "2026-09-16", by=world.sec) == "not_its_owner"
    assert need.step("no_answer", "2026-09-16") == "accepted"
    assert (need.state, need.row.is_open, confirmed(need.house)) == ("no_answer", False, 0)
    need.by_slip("yes", "2026-09-20")
    assert need.state == "confirmed"


def test_what_happened_is_let_in_in_any_state(need):
    need.step("not_ours", route="court")
    assert need.state == "not_ours"
    for step in ("doing", "asked"):
        assert need.step(step, "2026-09-03") == "accepted"
    assert need.step("done", "2026-09-03", outcome="explained") == "accepted"
    assert need.step("told", "2026-09-03", told_of="not_ours") == "accepted"
    assert need.word("partly", "2026-09-04") == "accepted"
    assert need.state == "reopened"


def test_nothing_is_done_about_a_need_or_said_of_it_before_anybody_had_told_of_it(world, need):
    assert need.step("doing", "2026-08-31") == "before_it_was_told"
    assert need.step("done", "2026-08-31", outcome="solved") == "before_it_was_told"
    assert need.word("yes", "2026-08-31") == "before_it_was_told"
    assert need.hand("sent", "2026-08-31", to=TOWNSHIP) == "before_it_was_told"
    other = Life(world, world.house_2.id)
    merger = NeedMerger1(gone=other.id, stays=need.id, askers=[Asker(other.id, other.house)])
    saw = {**need.seen("called"), **other.seen("called")}
    assert need.bring(merger, on="2026-08-31", saw=saw) == "before_it_was_told"
    assert need.path == ["opened"]
    assert need.step("doing", "2026-09-01") == "accepted"


def test_a_step_of_a_day_that_was_put_right_meanwhile_lies_in_the_tray_and_is_put_right_there(world, need):
    assert (need.told_after_all("2026-09-03"), need.row.opened_on) == ("accepted", date(2026, 9, 3))
    assert need.step("doing", "2026-09-02") == "before_it_was_told"
    lies = Tray.objects.get(id=need.last)
    assert (lies.outcome, lies.code) == ("refused", "before_it_was_told")
    body = NeedStep1(need=need.id, household=need.house, step="doing")
    assert need.bring(body, on="2026-09-03", instead_of=[str(lies.id)]) == "accepted"
    assert Tray.objects.get(id=lies.id).outcome == "settled"


def last_of(first: UUID) -> dict[str, str]:
    last = Entry.objects.filter(log=TOWNSHIP, first=first).latest("seq").id
    return {f"{first}.wording": str(last)}


def test_the_day_on_which_a_need_was_told_is_not_moved_behind_what_was_done_about_it(need):
    assert need.step("doing", "2026-09-02") == "accepted"
    step = need.last
    assert need.told_after_all("2026-09-02") == "accepted"
    assert need.told_after_all("2026-09-05") == "done_before_that_day"
    body = NeedStep1(need=need.id, household=need.house, step="doing")
    assert need.bring(body, on="2026-09-01", corrects=str(step), saw=last_of(step)) == "before_it_was_told"
    assert need.bring(body, on="2026-09-06", corrects=str(step), saw=last_of(step)) == "accepted"
    assert need.told_after_all("2026-09-05") == "accepted"
    assert need.told_after_all("2026-08-30") == "accepted"
    assert need.path == ["opened", "doing"]


def test_a_visit_that_heard_of_a_need_is_not_moved_behind_what_was_done_about_it(world):
    row = Need.objects.get(log=TOWNSHIP, id=world.need)
    life = Life(world)
    life.id, life.house = row.id, row.household
    assert life.step("doing", row.opened_on.isoformat()) == "accepted"
    said = Entry.objects.get(log=TOWNSHIP, id=world.visit).said
    visit = msgspec.json.decode(msgspec.json.encode(json.loads(said)["body"]), type=Visit1)
    more = {"corrects": str(world.visit), "saw": last_of(world.visit)}
    later = (row.opened_on + timedelta(days=1)).isoformat()
    assert life.bring(visit, on=later, **more) == "done_before_that_day"


def test_what_is_not_ours_is_confirmed_by_nobodys_yes(need):
    need.step("not_ours", route="court")
    need.by_slip("yes", "2026-09-03")
    assert need.state == "not_ours"
    assert not Proof.objects.filter(kind="need_confirmed").exists()


def test_what_is_at_its_end_is_reopened_and_nothing_else_is(need):
    assert need.step("reopened") == "need_not_closed"
    need.step("not_ours", route="court")
    assert need.step("not_ours", route="court") == "need_closed"
    assert need.hand("sent", "2026-09-02", to=TOWNSHIP) == "need_closed"
    assert need.step("reopened", "2026-09-03") == "accepted"
    assert need.state == "reopened"


def test_sent_to_the_county_and_returned_it_is_the_villages_again_and_its_owner_never_changed(world, need, clerk):
    county = world.county.id
    need.step("owned", owner=world.lin.id)
    assert need.hand("sent", "2026-09-02", to=TOWNSHIP) == "accepted"
    assert (need.row.holder, need.row.sent_to) == (None, TOWNSHIP)
    assert need.hand("accepted", "2026-09-03", by=clerk, unit=county) == "not_in_this_unit"
    assert need.hand("accepted", "2026-09-03") == "sent_to_another"
    assert need.hand("accepted", "2026-09-03", by=world.zhou, unit=TOWNSHIP) == "accepted"
    assert need.row.holder == TOWNSHIP
    assert need.hand("sent", "2026-09-02", by=world.zhou, unit=TOWNSHIP, to=county) == "before_what_it_follows"
    assert need.hand("sent", "2026-09-04", to=county) == "held_by_another"
    assert need.hand("sent", "2026-09-04", by=world.zhou, unit=TOWNSHIP, to=county) == "accepted"
    assert need.hand("sent", "2026-09-04", by=world.zhou, unit=TOWNSHIP, to=county) == "sent_already"
    assert (need.row.holder, need.row.sent_to) == (TOWNSHIP, county)
    assert need.hand("accepted", "2026-09-07", by=clerk, unit=county) == "accepted"
    assert need.row.holder == county
    assert need.hand("returned", "2026-09-08", by=clerk, unit=county) == "accepted"
    assert need.row.holder == TOWNSHIP
    assert need.hand("done", "2026-09-09", by=world.zhou, unit=TOWNSHIP) == "accepted"
    assert (need.row.holder, need.row.owner, need.state) == (None, world.lin.id, "done")
    assert need.row.outcome == "done_there"
    assert verify_log(TOWNSHIP) is None


def test_the_answer_of_an_office_without_a_desk_is_recorded_by_whoever_sent_the_paper(need):
    assert need.hand("accepted", "2026-09-02") == "nothing_sent"
    assert need.hand("sent", "2026-09-02") == "sent_nowhere"
    assert need.hand("sent", "2026-09-02", office="water") == "accepted"
    assert (need.row.office, need.row.holder, need.row.sent_to) == ("water", None, None)
    assert need.hand("returned", "2026-09-01") == "before_what_it_follows"
    assert need.hand("returned", "2026-09-08") == "accepted"
    assert need.row.office == ""


def test_it_is_sent_to_a_desk_and_not_to_a_village(world, need):
    assert need.hand("sent", "2026-09-02", to=world.village_b.id) == "unknown_unit"


def test_merged_everybody_who_asked_keeps_their_word_and_it_closes_with_the_last(world, need):
    other = Life(world, world.house_2.id)
    merger = NeedMerger1(gone=other.id, stays=need.id, askers=[Asker(other.id, other.house)])
    wrong = NeedMerger1(gone=other.id, stays=need.id, askers=[Asker(need.id, other.house)])
    assert need.bring(wrong, saw=other.seen("called")) == "askers_incomplete"
    assert need.bring(merger, on="2026-09-02", saw=other.seen("called")) == "accepted"
    assert (other.state, other.row.called, need.row.askers) == ("merged", need.id, 2)
    need.step("done", "2026-09-08", by=world.lin, outcome="solved")
    need.step("told", "2026-09-09", told_of="done")
    assert need.state == "done"
    need.step("told", "2026-09-09", told_of="done", asker=other.id)
    assert need.state == "told"
    need.word("yes", "2026-09-10", by=world.zhou)
    assert (need.state, confirmed(need.house)) == ("told", 1)
    need.word("yes", "2026-09-11", by=world.zhou, asker=other)
    assert (need.state, confirmed(other.house)) == ("confirmed", 1)
    assert verify_log(TOWNSHIP) is None


def test_a_county_desk_sees_what_it_has_and_nothing_else_and_that_until_it_returned_it(world, need, clerk):
    county, on = world.county.id, date(2026, 9, 30)
    other = Life(world)
    need.hand("sent", "2026-09-02", to=county)
    sight = sight_of(clerk, on)
    assert (sight.things, sight.units, sight.near, sight.cards) == ({need.id}, frozenset(), frozenset(), frozenset())
    assert list(Need.objects.seen_by(sight).values_list("id", flat=True)) == [need.id]
    need.hand("returned", "2026-09-03", by=clerk, unit=county)
    assert sight_of(clerk, on).things == frozenset()
    assert other.row not in Need.objects.seen_by(sight_of(clerk, on))


def test_sent_and_not_answered_for_three_working_days_it_may_be_taken_over_and_answered_in_the_desks_place(
    world, need, clerk
):
    need.hand("sent", "2026-09-23", to=world.county.id, at=datetime(2026, 9, 23, 4, tzinfo=UTC))
    assert [one.matter.id for one in unanswered(TOWNSHIP, date(2026, 9, 29)) if one.matter.id == need.id] == []
    [late] = [one for one in unanswered(TOWNSHIP, date(2026, 9, 30)) if one.matter.id == need.id]
    assert late.since == date(2026, 9, 30)
    assert need.bring(TakenOver1(matter=need.id, what="need"), by=world.zhou, on="2026-09-30") == "accepted"
    assert need.hand("returned", "2026-09-30", by=world.zhou) == "accepted"
    assert (need.row.sent_to, need.row.holder) == (None, None)


def test_what_the_desks_said_of_a_need_is_among_what_is_held_about_its_household(world, need):
    need.hand("sent", "2026-09-02", office="water")
    need.hand("returned", "2026-09-03")
    found = {part.text for part in held(need.house).listed}
    assert {"冬窝子没有水", "不属本处"} <= found
    assert "不属本处" not in {part.text for part in held(world.house_2.id).listed}


@pytest.mark.parametrize("last", ["accepted", "returned", "done"])
def test_sent_returned_sent_again_and_answered_within_one_day_it_stands_as_it_happened(world, need, clerk, last):
    county, numbers = world.county.id, {world.lin.id: count(1), clerk.id: count(1)}
    for step, who in (("sent", world.lin), ("returned", clerk), ("sent", world.lin), (last, clerk)):
        sealed = [world.pen.seal(need.id, "不属本处")] if step == "returned" else []
        body = Handover1(
            matter=need.id, what="need", step=step, to=county if step == "sent" else None,
            words=sealed[0].digest if sealed else None,
        )  # fmt: skip
        own = {"device": UUID(int=(0x7000 << 64) | who.id.int % 1000), "number": next(numbers[who.id])}
        unit = {"unit": county} if who is clerk else {}
        said = {"by": who, "on": "2026-09-02", "saw": need.seen("desk"), "sealed": sealed}
        assert need.bring(body, **said, **own, **unit) == "accepted"
    assert need.path == ["opened", "sent", "returned", "sent", {"done": "done_there"}.get(last, last)]
    assert need.row.desk_state == last
    assert need.row.holder == (county if last == "accepted" else None)
    assert sight_of(clerk, date(2026, 9, 2)).things == ({need.id} if last == "accepted" else frozenset())
    assert verify_log(TOWNSHIP) is None
