"""Talks, waivers, and who says they were not there; and which earlier period an entry counts for."""

import threading
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from concerto.conductor.rebuild import rebuild
from concerto.conductor.verify import verify_log
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.kinds.presence import NotThere1
from concerto.journal.kinds.seats import Seat1
from concerto.journal.kinds.study import OwnStudy1
from concerto.journal.kinds.talks import HeartTalk1, Talker
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.models import Companion, Proof
from concerto.parts.branch.models import Matter
from concerto.parts.visits.models import Visit
from concerto.places.models import Account
from concerto.register.access import sight_of
from concerto.register.models import Waiver
from tests.cast import FIRST_DAY, TOWNSHIP, VILLAGE_A, World

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE = date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 15)


def bring(world: World, body: Any, by: Account, *, unit: UUID | None = None, on: date = JUNE, **more: Any) -> Any:
    item = world.pen.item(body, unit=unit or world.branch_a.id, by=by, on=on, **more)
    return world.receive(item, by=by)[0]


# ---------------------------------------------------------------- talks


def test_a_talk_proves_about_each_of_the_two_and_says_who_the_other_was(world):
    [one], [other] = world.house_1.members, world.house_2.members

    receipt = bring(world, HeartTalk1(talkers=[Talker(one, "secretary"), Talker(other, "member")]), world.sec)

    assert set(Proof.objects.filter(entry=receipt.id).values_list("kind", "about")) == {
        ("heart_talk", one), ("heart_talk", other),
    }  # fmt: skip
    assert dict(Matter.objects.filter(entry=receipt.id).values_list("member", "state")) == {
        one: "member", other: "secretary",
    }  # fmt: skip


def test_nothing_of_what_was_said_can_be_kept():
    assert HeartTalk1.__struct_fields__ == ("talkers",)
    assert Talker.__struct_fields__ == ("member", "capacity")


def test_who_holds_no_seat_does_not_talk_for_the_committee(world):
    [one], [other] = world.house_1.members, world.house_2.members
    talk = HeartTalk1(talkers=[Talker(one, "member"), Talker(other, "committee_member")])
    assert bring(world, talk, world.sec).outcome == "accepted"

    seat = Seat1(seat=world.pen.new_id(), branch=world.branch_a.id, member=one, post="secretary", since=MARCH)
    bring(world, seat, world.sec, on=MARCH)

    assert bring(world, talk, world.sec).code == "talked_as_another"
    right = HeartTalk1(talkers=[Talker(one, "secretary"), Talker(other, "member")])
    assert bring(world, right, world.sec).outcome == "accepted"


# ---------------------------------------------------------------- waivers


def asked(world: World, *, by: Account, owed_by: UUID) -> UUID:
    waiver = Waiver1(
        waiver=world.pen.new_id(), duty="members-meeting", owed_by=owed_by, period="2026-Q2", reason="snow"
    )
    receipt = bring(world, waiver, by)
    assert receipt.outcome == "accepted", receipt
    return waiver.waiver


def answered(world: World, waiver: UUID, *, by: Account, granted: bool, seen: Any = None) -> Any:
    row = Waiver.objects.get(id=waiver)
    saw = {f"{waiver}.answer": seen or row.wordings.split('"')[3]}
    return bring(world, WaiverAnswer1(waiver=waiver, granted=granted), by, saw=saw)


@pytest.mark.parametrize(("granted", "state"), [(True, "granted"), (False, "refused")])
def test_a_waiver_is_asked_by_one_and_answered_by_another(world, granted, state):
    waiver = asked(world, by=world.sec, owed_by=world.branch_a.id)

    assert Waiver.objects.get(id=waiver).state == "asked"
    assert answered(world, waiver, by=world.wang, granted=granted).outcome == "accepted"
    row = Waiver.objects.seen_by(sight_of(world.sec, JUNE)).get(id=waiver)
    assert (row.state, row.asked_by, row.answered_by, row.reason) == (state, world.sec.id, world.wang.id, "snow")


@pytest.mark.parametrize(
    ("duty", "period", "code"),
    [
        ("weekly-study", "2026-W21", "no_such_duty"),  # its person's alone: no waiver may tell of it
        ("count-leads", "2026-Q2", "no_such_duty"),
        ("members-meeting", "2026-13", "no_such_period"),
    ],
)
def test_a_waiver_is_of_a_duty_that_others_may_know_of_and_of_a_period(world, duty, period, code):
    waiver = Waiver1(waiver=world.pen.new_id(), duty=duty, owed_by=world.lin.id, period=period, reason="other")

    assert bring(world, waiver, world.lin).code == code


def test_who_owes_it_never_answers_it(world):
    waiver = asked(world, by=world.lin, owed_by=world.branch_a.id)
    post = Posting1(
        posting=world.pen.new_id(), account=world.wang.id, unit=world.branch_a.id, role="branch_secretary",
        since=FIRST_DAY,
    )  # fmt: skip
    world.receive(world.pen.item(post, unit=world.branch_a.id))

    assert answered(world, waiver, by=world.wang, granted=True).code == "waived_by_who_owes"
    assert answered(world, waiver, by=world.sec, granted=True).code == "not_posted_there"


def test_who_asked_for_it_never_answers_it(world):
    waiver = asked(world, by=world.wang, owed_by=world.branch_b.id)

    assert answered(world, waiver, by=world.wang, granted=True).code == "waived_by_who_owes"


def test_two_answers_that_did_not_see_each_other_are_a_clash(world):
    waiver = asked(world, by=world.sec, owed_by=world.branch_a.id)
    seen = Waiver.objects.get(id=waiver).wordings.split('"')[3]
    answered(world, waiver, by=world.wang, granted=True, seen=seen)

    assert answered(world, waiver, by=world.wang, granted=False, seen=seen).outcome == "clash"
    assert Waiver.objects.get(id=waiver).state == "granted"


def of_turn(world: World, **more: Any) -> Waiver1:
    told = {"duty": "members-meeting", "owed_by": world.branch_a.id, "period": "2026-Q2", "reason": "snow"}
    return Waiver1(waiver=world.pen.new_id(), **(told | more))


def test_a_turn_is_asked_for_once_until_it_is_refused(world):
    first = asked(world, by=world.sec, owed_by=world.branch_a.id)
    assert bring(world, of_turn(world), world.sec).code == "waiver_asked_already"
    assert bring(world, of_turn(world, reason="road"), world.lin).code == "waiver_asked_already"  # whoever asks

    assert answered(world, first, by=world.wang, granted=False).outcome == "accepted"
    second = of_turn(world)
    assert bring(world, second, world.sec).outcome == "accepted"
    assert answered(world, second.waiver, by=world.wang, granted=True).outcome == "accepted"
    assert bring(world, of_turn(world), world.sec).code == "waiver_granted_already"


def test_another_turn_or_subject_or_owner_is_asked_for_by_itself(world):
    house, other = ({"duty": "four-ones-visit", "owed_by": VILLAGE_A, "period": "2026-05", "about": house.id} for house
                    in (world.house_1, world.house_2))  # fmt: skip
    for more in ({}, {"period": "2026-Q1"}, {"duty": "theme-day", "period": "2026-05"}, house, other):
        assert bring(world, of_turn(world, **more), world.lin).outcome == "accepted", more
    assert bring(world, of_turn(world, **house), world.sec).code == "waiver_asked_already"


def test_what_is_asked_of_all_its_owner_owes_covers_each(world):
    whole = {"duty": "four-ones-visit", "owed_by": VILLAGE_A, "period": "2026-05"}
    assert bring(world, of_turn(world, **whole), world.lin).outcome == "accepted"

    assert bring(world, of_turn(world, **whole, about=world.house_1.id), world.lin).code == "waiver_asked_already"


def test_two_of_one_batch_are_one(world):
    items = [world.pen.item(of_turn(world), unit=world.branch_a.id, by=world.sec, on=JUNE) for _ in range(2)]

    first, second = world.receive(*items, by=world.sec)

    assert (first.outcome, second.code) == ("accepted", "waiver_asked_already")


def test_one_that_was_withdrawn_or_put_right_leaves_its_turn_free(world):
    first = bring(world, body := of_turn(world), world.sec)
    other = Waiver1(**{**{n: getattr(body, n) for n in body.__struct_fields__}, "period": "2026-Q1"})
    again = {"corrects": str(first.id), "saw": {f"{first.id}.wording": str(first.id)}}
    second = bring(world, other, world.sec, **again)
    assert second.outcome == "accepted"
    assert bring(world, of_turn(world), world.sec).outcome == "accepted"
    back = {"corrects": str(first.id), "saw": {f"{first.id}.wording": str(second.id)}}
    assert bring(world, body, world.sec, **back).code == "waiver_asked_already"

    assert bring(world, None, world.sec, kind="waiver", **back).outcome == "accepted"
    assert bring(world, of_turn(world, period="2026-Q1"), world.sec).outcome == "accepted"


def test_a_refusal_is_not_taken_back_once_the_turn_was_asked_anew(world):
    first = asked(world, by=world.sec, owed_by=world.branch_a.id)
    refusal = answered(world, first, by=world.wang, granted=False)
    asked(world, by=world.sec, owed_by=world.branch_a.id)
    again = {"corrects": str(refusal.id), "saw": {f"{refusal.id}.wording": str(refusal.id)}}

    for body in (WaiverAnswer1(waiver=first, granted=True), None):
        assert bring(world, body, world.wang, kind="waiver_answer", **again).code == "waiver_asked_already"


@pytest.mark.django_db(transaction=True)
def test_of_two_that_ask_at_once_one_is_accepted(world):
    got: list[Any] = []
    items = [world.pen.item(of_turn(world), unit=world.branch_a.id, by=world.sec, on=JUNE) for _ in range(2)]

    def ask(item: Any) -> None:
        try:
            got.extend(world.receive(item, by=world.sec))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[item]) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted((receipt.outcome, receipt.code) for receipt in got) == [
        ("accepted", ""), ("refused", "waiver_asked_already"),
    ]  # fmt: skip
    assert Waiver.objects.count() == 1
    assert verify_log(TOWNSHIP) is None


# ---------------------------------------------------------------- who was not there


def visit_of_two(world: World) -> UUID:
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", made_with=[world.sec.id])
    return bring(world, body, world.lin, unit=VILLAGE_A).id


def test_one_visit_is_that_of_everybody_who_made_it(world):
    entry = visit_of_two(world)

    assert set(Proof.objects.filter(entry=entry).values_list("by", flat=True)) == {world.postings["lin"]}
    assert list(Companion.objects.filter(entry=entry).values_list("posting", flat=True)) == [world.postings["sec"]]


def test_who_was_not_there_says_so_and_the_visit_stands_for_the_other(world):
    entry = visit_of_two(world)

    receipt = bring(world, NotThere1(entry=entry, what="visit"), world.sec, unit=VILLAGE_A)

    assert receipt.outcome == "accepted"
    assert Visit.objects.filter(entry=entry).exists()
    assert Proof.objects.filter(entry=entry).exists()
    assert not Companion.objects.filter(entry=entry).exists()

    back = {"kind": "not_there", "corrects": str(receipt.id), "saw": {f"{receipt.id}.wording": str(receipt.id)}}
    assert bring(world, None, world.sec, unit=VILLAGE_A, **back).outcome == "accepted"
    assert Companion.objects.filter(entry=entry).count() == 1


def test_a_correction_of_the_visit_does_not_bring_them_back(world):
    entry = visit_of_two(world)
    bring(world, NotThere1(entry=entry, what="visit"), world.sec, unit=VILLAGE_A)

    body = Visit1(
        channel="visit", households=[world.house_1.id], outcome="met", made_with=[world.sec.id], topics=["pension"]
    )
    again = bring(
        world, body, world.lin, unit=VILLAGE_A, corrects=str(entry), saw={f"{entry}.wording": str(entry)}
    )  # fmt: skip

    assert again.outcome == "accepted"
    assert not Companion.objects.filter(entry=entry).exists()


@pytest.mark.parametrize(("who", "on"), [("med", JUNE), ("lin", JUNE), ("sec", MAY)])
def test_only_who_is_named_says_so_and_of_that_day(world, who, on):
    entry = visit_of_two(world)

    receipt = bring(world, NotThere1(entry=entry, what="visit"), getattr(world, who), unit=VILLAGE_A, on=on)

    assert receipt.code == "not_named_there"


def test_a_meeting_too_names_who_held_it_and_who_was_not_there(world):
    body = Meeting1(branch=world.branch_a.id, form="none", contents=["theme_day"], made_with=[world.lin.id])
    entry = bring(world, body, world.sec).id
    assert Companion.objects.filter(entry=entry).count() == 1

    assert bring(world, NotThere1(entry=entry, what="meeting"), world.lin).outcome == "accepted"
    assert not Companion.objects.filter(entry=entry).exists()


def test_all_of_it_folds_again_alike(world):
    entry = visit_of_two(world)
    bring(world, NotThere1(entry=entry, what="visit"), world.sec, unit=VILLAGE_A)
    visit_of_two(world)
    asked(world, by=world.sec, owed_by=world.branch_a.id)
    assert verify_log(TOWNSHIP) is None

    rebuild(TOWNSHIP)

    assert verify_log(TOWNSHIP) is None
    assert Companion.objects.count() == 1


# ---------------------------------------------------------------- the period it counts for


@pytest.mark.parametrize(
    ("counts_for", "code"),
    [
        ("2026-05", ""),
        ("2026-Q1", ""),
        ("2026-06", "period_not_over"),
        ("2026", "period_not_over"),
        ("May", "no_such_period"),
    ],
)
def test_a_visit_may_count_for_a_period_that_is_over(world, counts_for, code):
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")

    receipt = bring(world, body, world.lin, unit=VILLAGE_A, counts_for=counts_for)

    assert receipt.code == code
    found = set(Proof.objects.filter(entry=receipt.id).values_list("counts_for", flat=True))
    assert found == (set() if code else {counts_for})


def test_what_is_its_authors_alone_counts_for_its_own_period(world):
    entry = world.pen.new_id()
    words = world.pen.seal(entry, "读了草原法第二章", "author")

    receipt = bring(world, OwnStudy1(words=words.digest), world.lin, sealed=[words], id=entry, counts_for="2026-05")

    assert receipt.code == "no_such_period"
