"""Meetings and study at the one door: the base is held against the roll of its day, and own study is nobody else's."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from concerto.conductor.rebuild import rebuild
from concerto.conductor.verify import verify_log
from concerto.journal import reading
from concerto.journal.kinds.meeting import AgendaItem, Attended, Decided, LeftOut, Meeting1, Votes
from concerto.journal.kinds.people import Member1, MemberChange1
from concerto.journal.kinds.seats import Seat1, Suspension1
from concerto.journal.kinds.study import OwnStudy1, Study1
from concerto.journal.kinds.times import Took
from concerto.journal.models import Entry, Proof
from concerto.journal.said import Audience, stand
from concerto.papers.ledgers import ledger
from concerto.parts.branch.models import Matter
from concerto.parts.study.models import StudyTime, Talk
from concerto.places.sight import Part
from concerto.register.access import sight_of
from concerto.register.fields import fields
from tests.cast import TOWNSHIP, World

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE = date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 15)


@pytest.fixture
def voters(world: World) -> list[UUID]:
    """Five members of branch A with a vote, the first of them of house_1."""
    more = [
        Member1(member=world.pen.new_id(), resident=person, branch=world.branch_a.id, standing="full")
        for person in [
            world.house_3.head,
            *list(world.house_1.people.values())[1:],
            world.house_2.head,
            world.house_3.head,
        ]
    ]
    take(world, *more)
    return [world.house_1.members[0], *(one.member for one in more)]


def take(world: World, *bodies: Any, on: date = MARCH, sealed: Any = (), by: Any = None, **more: Any) -> UUID:
    by = by or world.sec
    items = [world.pen.item(body, unit=world.branch_a.id, by=by, on=on, sealed=sealed, **more) for body in bodies]
    receipts = world.receive(*items, by=by)
    assert [receipt.code for receipt in receipts if receipt.outcome != "accepted"] == []
    return receipts[-1].id


def bring(world: World, body: Any, *, on: date = JUNE, by: Any = None, **more: Any) -> tuple[str, str]:
    by = by or world.sec
    [receipt] = world.receive(world.pen.item(body, unit=world.branch_a.id, by=by, on=on, **more), by=by)
    return receipt.outcome, receipt.code


def meeting(world: World, base: list[UUID], *others: UUID, form: str = "members", **more: Any) -> Meeting1:
    there = [Attended(member, "present") for member in dict.fromkeys([*base, *others])]
    return Meeting1(branch=world.branch_a.id, form=form, base=base, attendance=there, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the base and the roll


def test_a_meeting_with_its_whole_base_stands_in_its_ledgers_and_proves(world, voters):
    resolution = world.pen.new_id()
    words = world.pen.seal(resolution, "月底前把水渠修好")
    body = meeting(
        world, voters, contents=["theme_day"], meeting_study=Took(minutes=60),
        items=[AgendaItem(sort="vote", votes=Votes(5))],
        decisions=[Decided(resolution, words.digest, owner=voters[0], due=date(2026, 6, 30))],
    )  # fmt: skip

    entry = take(world, body, on=JUNE, sealed=[words])

    assert set(Matter.objects.values_list("kind", "state", "base", "present")) == {
        ("members_meeting", "took_place", 5, 5),
        ("theme_party_day", "took_place", 5, 5),
        ("resolution", "opened", None, None),
    }
    assert Matter.objects.get(id=resolution).due == date(2026, 6, 30)
    assert Talk.objects.get(entry=entry).minutes == 60
    assert set(Proof.objects.filter(entry=entry).values_list("kind", flat=True)) == {
        "members_meeting", "theme_party_day", "meeting_study",
    }  # fmt: skip
    assert StudyTime.objects.filter(entry=entry).count() == 5


def test_a_base_that_leaves_somebody_out_is_refused_until_that_was_approved_and_adopted(world, voters):
    *base, away = voters

    assert bring(world, meeting(world, base)) == ("refused", "base_leaves_out")

    without = [LeftOut(member=away, approved_on=MAY, adopted_by=0)]
    adopted = [AgendaItem(sort="vote", votes=Votes(4))]
    assert bring(world, meeting(world, base, left_out=without, items=adopted)) == ("accepted", "")


@pytest.mark.parametrize(
    ("how", "answer"), [("present", "left_out_is_there"), ("observer", "left_out_is_there"), ("excused", "")]
)
def test_who_was_there_is_not_left_out_of_the_count(world, voters, how, answer):
    *base, out = voters
    without = [LeftOut(member=out, approved_on=MAY, adopted_by=0)]
    adopted = [AgendaItem(sort="vote", votes=Votes(4))]
    listed = [*(Attended(one, "present") for one in base), Attended(out, how)]

    body = Meeting1(
        branch=world.branch_a.id, form="members", base=base, left_out=without, items=adopted, attendance=listed
    )

    assert bring(world, body) == ("refused" if answer else "accepted", answer)


@pytest.mark.parametrize("role", ["chair", "recorder"])
@pytest.mark.parametrize(
    ("how", "answer"),
    [("present", ""), ("absent", "chaired_from_away"), ("excused", "chaired_from_away"), (None, "")],
)
def test_who_chaired_it_or_took_its_minutes_was_there(world, voters, role, how, answer):
    [*others, one] = voters
    listed = [*(Attended(other, "present") for other in others), *([Attended(one, how)] if how else [])]

    body = Meeting1(branch=world.branch_a.id, form="members", base=voters, attendance=listed, **{role: one})

    assert bring(world, body) == ("refused" if answer else "accepted", answer)


def test_an_approval_that_came_later_is_none(world, voters):
    *base, away = voters
    without = [LeftOut(member=away, approved_on=date(2026, 6, 16), adopted_by=0)]

    body = meeting(world, base, left_out=without, items=[AgendaItem(sort="vote", votes=Votes(4))])

    assert bring(world, body) == ("refused", "left_out_without_adoption")


def test_a_probationary_member_comes_without_being_counted(world, voters):
    [probationary] = world.house_2.members

    assert bring(world, meeting(world, [*voters, probationary])) == ("refused", "counted_without_a_vote")
    assert bring(world, meeting(world, voters, probationary)) == ("accepted", "")


def test_whose_vote_rests_is_counted_on_no_day_of_it(world, voters):
    *others, resting = voters
    take(world, Suspension1(suspension=world.pen.new_id(), member=resting, since=MAY))

    assert bring(world, meeting(world, voters)) == ("refused", "counted_without_a_vote")
    assert bring(world, meeting(world, others, resting)) == ("accepted", "")
    assert bring(world, meeting(world, voters), on=MARCH) == ("accepted", "")


def test_an_exempt_member_counts_and_is_present_or_not_named(world, voters):
    exempt = voters[0]
    wordings = fields(exempt, stand(reading.about(TOWNSHIP, [exempt])[exempt]))
    saw = {f"{exempt}.exempt": str(wordings["exempt"].wording)}
    take(world, MemberChange1(member=exempt, exempt=True), saw=saw)

    def with_exempt(*rows: Attended) -> Meeting1:
        there = [Attended(member, "present") for member in voters[1:]]
        return Meeting1(branch=world.branch_a.id, form="members", base=voters, attendance=[*there, *rows])

    assert bring(world, with_exempt(Attended(exempt, "absent"))) == ("refused", "exempt_has_one_cell")
    assert bring(world, with_exempt()) == ("accepted", "")


def test_a_committee_is_its_seats_and_where_none_is_known_what_happened_is_recorded(world, voters):
    assert bring(world, meeting(world, voters[:3], form="committee")) == ("accepted", "")

    seats = [
        Seat1(seat=world.pen.new_id(), branch=world.branch_a.id, member=one, post="seat", since=MARCH)
        for one in voters[:3]
    ]
    take(world, *seats)

    assert bring(world, meeting(world, voters[:4], form="committee")) == ("refused", "not_of_this_meeting")
    assert bring(world, meeting(world, voters[:2], form="committee")) == ("refused", "base_leaves_out")
    assert bring(world, meeting(world, voters[:3], form="committee")) == ("accepted", "")


def test_members_and_their_meeting_may_come_together(world, voters):
    late = Member1(
        member=world.pen.new_id(), resident=world.house_3.head, branch=world.branch_a.id, standing="full", since=MARCH
    )  # fmt: skip

    take(world, late, meeting(world, [*voters, late.member]), on=JUNE)

    assert bring(world, meeting(world, voters)) == ("refused", "base_leaves_out")


def test_words_of_a_meeting_are_mended_without_asking_who_was_due_again(world, voters):
    body = meeting(world, voters)
    first = take(world, body, on=JUNE)
    take(world, Member1(member=world.pen.new_id(), resident=world.house_3.head, branch=world.branch_a.id,
                        standing="full", since=MARCH))  # fmt: skip
    words = world.pen.seal(first, "补记：会上念了两份材料")
    mended = Meeting1(
        branch=body.branch, form="members", base=body.base, attendance=body.attendance, words=words.digest
    )
    more = {"corrects": str(first), "saw": {f"{first}.wording": str(first)}}

    assert bring(world, mended, sealed=[words], **more) == ("accepted", "")
    assert bring(world, meeting(world, voters)) == ("refused", "base_leaves_out")


def test_a_meeting_of_another_branch_is_not_recorded_from_here(world, voters):
    body = Meeting1(branch=world.branch_b.id, form="members", base=world.house_4.members)

    assert bring(world, body) == ("refused", "not_in_this_unit")


def test_a_decision_outlives_its_meeting_only_where_something_rests_on_it(world, voters):
    resolution = world.pen.new_id()
    words = world.pen.seal(resolution, "月底前把水渠修好")
    first = take(world, meeting(world, voters, decisions=[Decided(resolution, words.digest)]), on=JUNE, sealed=[words])

    take(world, None, kind="meeting", corrects=str(first), saw={f"{first}.wording": str(first)})

    assert list(Matter.objects.filter(entry=first)) == []
    assert list(Proof.objects.filter(entry=first)) == []


def test_the_ledgers_of_meetings_and_study_are_folded_again_alike(world, voters):
    take(world, meeting(world, voters, contents=["lesson"], pre_study=Took(minutes=60)), on=JUNE)
    take(world, Study1(form="training", took=Took(begins=540, ends=720), members=voters[:2]), on=JUNE)
    tables = (Matter, Talk, StudyTime, Proof)
    before = [sorted(map(str, table.objects.values_list())) for table in tables]

    rebuild(TOWNSHIP)

    assert [sorted(map(str, table.objects.values_list())) for table in tables] == before
    assert verify_log(TOWNSHIP) is None


def test_a_meeting_gets_the_same_receipt_again(world, voters):
    body = meeting(world, voters, contents=["lesson"], pre_study=Took(minutes=60))
    item = world.pen.item(body, unit=world.branch_a.id, by=world.sec, on=JUNE)

    [first], [again] = world.receive(item, by=world.sec), world.receive(item, by=world.sec)

    assert first.posted == again.posted == {"study": 1, "branch": 2}


# ---------------------------------------------------------------- study


def test_a_lesson_at_home_proves_for_whom_it_was(world, voters):
    entry = take(world, Study1(form="home_lesson", took=Took(minutes=30), members=voters[:1]), on=JUNE, by=world.lin)

    assert list(Proof.objects.filter(entry=entry).values_list("kind", "about", "amount")) == [
        ("home_lesson", voters[0], 30)
    ]
    assert Talk.objects.get(entry=entry).kind == "home_lesson"


def own_study(world: World) -> UUID:
    entry = world.pen.new_id()
    words = world.pen.seal(entry, "读了草原法第二章", Audience.AUTHOR)
    return take(world, OwnStudy1(words=words.digest), on=JUNE, sealed=[words], id=entry, by=world.lin)


def test_own_study_has_no_line_and_proves_for_its_person_alone(world):
    entry = own_study(world)

    assert list(Proof.objects.filter(entry=entry).values_list("kind", "about")) == [("own_study", world.lin.id)]
    assert all(not ledger(part, sight_of(world.lin, JUNE)).filter(entry=entry).exists() for part in Part)
    assert not StudyTime.objects.filter(entry=entry).exists()


@pytest.mark.parametrize("name", ["sec", "med", "zhou", "wang", "gao", "adm", "pri", "ma"])
def test_own_study_is_not_there_for_anybody_else(world, name):
    entry = own_study(world)

    def seen(account: Any) -> bool:
        return Entry.objects.seen_by(sight_of(account, JUNE)).filter(id=entry).exists()

    assert (seen(world.lin), seen(getattr(world, name))) == (True, False)


def test_nobody_corrects_the_own_study_of_another(world):
    entry = own_study(world)
    more = {"kind": "own_study", "corrects": str(entry), "saw": {f"{entry}.wording": str(entry)}}

    assert bring(world, None, by=world.wang, **more) == ("refused", "not_yours_to_correct")
    assert bring(world, None, by=world.lin, **more) == ("accepted", "")
    assert not Proof.objects.filter(entry=entry).exists()
