"""What is owed, judged from the journal alone: records, waivers, local editions, and what was known when."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from concerto.journal.kinds.editions import DayTable1, Edition1, EditionAnswer1
from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.meeting import Attended, Meeting1
from concerto.journal.kinds.people import MemberChange1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.kinds.presence import NotThere1
from concerto.journal.kinds.study import OwnStudy1, Study1
from concerto.journal.kinds.talks import HeartTalk1, Talker
from concerto.journal.kinds.times import Took
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.models import Entry, Head
from concerto.journal.said import Audience
from concerto.papers.standing.asking import Township
from concerto.papers.standing.words import because
from concerto.places.models import Account
from concerto.register.models import Household, LocalEdition, Member, Waiver
from concerto.rulebook.standing import Line
from tests.asked import statements
from tests.cast import FIRST_DAY, NOON, TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B, World

pytestmark = pytest.mark.django_db
ASOF = date(2026, 9, 18)
AUTUMN = datetime(2026, 9, 17, 4, tzinfo=UTC)


def bring(world: World, body: Any, *, by: Account, on: date, unit: UUID = VILLAGE_A, **more: Any) -> UUID:
    at = more.pop("at", AUTUMN)
    item = world.pen.item(body, unit=unit, by=by, on=on, at=at, **more)
    [receipt] = world.receive(item, by=by, at=at)
    assert receipt.outcome == "accepted", (receipt.code, receipt.why)
    return receipt.id


def visit(world: World, on: date, *, house: UUID | None = None, **more: Any) -> UUID:
    made_with = more.pop("made_with", [])
    body = Visit1(
        channel="visit", households=[house or world.house_1.id], outcome="met", change="no_change", made_with=made_with
    )
    return bring(world, body, by=world.lin, on=on, **more)


def withdraw_the_visit(world: World) -> None:
    saw = {f"{world.visit}.wording": world.visit}
    bring(world, None, by=world.lin, on=date(2026, 5, 20), kind="visit", corrects=world.visit, saw=saw)


def town(**more: Any) -> Township:
    return Township(TOWNSHIP, more.pop("asof", ASOF), **more)


def line(lines: list[Line], duty: str, period: str, about: UUID | None = None) -> Line:
    [found] = [one for one in lines if (one.duty, one.period.name) == (duty, period) and about in (None, one.about)]
    return found


def test_a_helped_household_that_was_called_on_is_met_and_names_the_record(world):
    may = line(town().lines(), "four-ones-visit", "2026-05")
    assert (may.verdict, may.about, may.proof, may.have, may.need) == (
        "met", world.house_1.id, (world.visit,), 1, 1
    )  # fmt: skip
    assert str(may.by) == f"instructor@{VILLAGE_A}"
    assert line(town().lines(), "four-ones-visit", "2026-06").verdict == "missed"
    assert line(town().lines(), "four-ones-visit", "2026-09").verdict == "open"


def test_a_withdrawn_visit_proves_nothing(world):
    withdraw_the_visit(world)
    assert line(town().lines(), "four-ones-visit", "2026-05").verdict == "missed"


def test_what_counts_for_an_earlier_month_is_late_there_and_nothing_for_its_own(world):
    visit(world, date(2026, 7, 3), counts_for="2026-06")
    june, july = (line(town().lines(), "four-ones-visit", month) for month in ("2026-06", "2026-07"))
    assert (june.verdict, june.late, july.verdict) == ("met", True, "missed")


def test_who_made_it_together_and_was_not_there_leaves_it_to_the_others(world):
    entry = visit(world, date(2026, 8, 4), made_with=[world.sec.id])
    assert line(town().lines(), "four-ones-visit", "2026-08").verdict == "met"
    bring(world, NotThere1(entry=entry, what="visit"), by=world.sec, on=date(2026, 8, 4))
    assert line(town().lines(), "four-ones-visit", "2026-08").verdict == "met"


def test_a_waiver_that_was_granted_lets_a_month_go(world):
    asked = Waiver1(
        waiver=world.pen.new_id(), duty="four-ones-visit", owed_by=world.branch_a.id, period="2026-07", reason="snow"
    )
    bring(world, asked, by=world.lin, on=date(2026, 7, 30))
    assert line(town().lines(), "four-ones-visit", "2026-07").verdict == "missed"
    seen = Waiver.objects.get(id=asked.waiver).wordings.split('"')[3]
    granted = WaiverAnswer1(waiver=asked.waiver, granted=True)
    entry = bring(
        world, granted, by=world.wang, on=date(2026, 8, 1), unit=TOWNSHIP, saw={f"{asked.waiver}.answer": seen}
    )
    july = line(town().lines(), "four-ones-visit", "2026-07")
    assert july.verdict == "waived"
    assert any(reason.code == "waived" and reason.entry == entry for reason in july.because.due)


def test_an_approved_local_edition_judges_from_its_day_and_a_proposed_one_does_not(world):
    second = Posting1(
        posting=world.pen.new_id(), account=world.newcomer.id, unit=TOWNSHIP, role="township_organizer", since=FIRST_DAY
    )  # fmt: skip
    world.receive(world.pen.item(second, unit=TOWNSHIP))
    told = Edition1(
        edition=world.pen.new_id(), duty="four-ones-visit", since=date(2026, 8, 1), source="乡通知2026-2号",
        every="MONTH", times=2, proven_by=["visit"], minutes=20,
    )  # fmt: skip
    bring(world, told, by=world.wang, on=TODAY, unit=TOWNSHIP, at=NOON)
    assert line(town().lines(), "four-ones-visit", "2026-08").need == 1
    seen = LocalEdition.objects.get(id=told.edition).wordings.split('"')[3]
    answer = EditionAnswer1(edition=told.edition, approved=True)
    bring(world, answer, by=world.newcomer, on=TODAY, unit=TOWNSHIP, at=NOON, saw={f"{told.edition}.answer": seen})
    assert line(town().lines(), "four-ones-visit", "2026-08").need == 2
    assert line(town().lines(), "four-ones-visit", "2026-07").need == 1


def test_of_two_that_an_old_book_holds_approved_for_one_day_the_last_approved_judges(world):
    first, second = world.pen.new_id(), world.pen.new_id()
    earlier, later = Entry.objects.filter(log=TOWNSHIP).order_by("seq").values_list("id", flat=True)[:2]
    for n, (edition, times, approval) in enumerate(((first, 3, later), (second, 2, earlier))):
        told = (
            f'{{"every":"MONTH","minutes":20,"proven_by":["visit"],"since":"2026-08-01",'
            f'"source":"乡通知2026-{n}号","times":{times}}}'
        )
        LocalEdition.objects.create(
            log=TOWNSHIP, id=edition, duty="four-ones-visit", since=date(2026, 8, 1), told=told, state="approved",
            proposed_by=world.wang.id, proposed_on=TODAY, answered_by=world.gao.id, answered_on=TODAY,
            source_withdrawn=False, wordings=f'{{"answer":"{approval}"}}',
        )  # fmt: skip
    assert line(town().lines(), "four-ones-visit", "2026-08").need == 3


def test_days_off_come_from_the_journal_too(world):
    table = DayTable1(table=world.pen.new_id(), year=2027, source="国办通知", off=[date(2027, 1, 1)])
    assert not town().mechanism.days.knows(date(2027, 1, 1))
    bring(world, table, by=world.wang, on=TODAY, unit=TOWNSHIP, at=NOON)
    assert not town().mechanism.days.is_working(date(2027, 1, 1))


def test_by_what_was_known_then_it_stands_as_it_stood(world):
    known = Head.objects.get(log=TOWNSHIP).seq
    before = town().lines()
    visit(world, date(2026, 6, 9))
    withdraw_the_visit(world)
    assert line(town().lines(), "four-ones-visit", "2026-06").verdict == "met"
    assert line(town().lines(), "four-ones-visit", "2026-05").verdict == "missed"
    assert town(known=known).lines() == before
    assert town(known=Head.objects.get(log=TOWNSHIP).seq).lines() == town().lines()


def meeting(world: World, on: date, **more: Any) -> UUID:
    [member, probationary] = world.house_1.members[0], world.house_2.members[0]
    body = Meeting1(
        branch=world.branch_a.id,
        form="members",
        base=[member],
        attendance=[Attended(member, "present"), Attended(probationary, "present")],
        contents=["theme_day"],
        **more,
    )
    return bring(world, body, by=world.sec, on=on, unit=world.branch_a.id)


def test_a_meeting_proves_its_form_and_what_it_held_and_asks_for_the_study_around_it(world):
    entry = meeting(world, date(2026, 5, 12), pre_study=Took(minutes=60), meeting_study=Took(minutes=30))
    lines = town().lines({world.branch_a.id})
    assert line(lines, "members-meeting", "2026-Q2").proof == (entry,)
    assert line(lines, "theme-day", "2026-05").verdict == "met"
    assert line(lines, "pre-study", "2026-05-12/2026-05-12").verdict == "met"
    short = line(lines, "meeting-study", "2026-05-12/2026-05-12")
    assert (short.verdict, short.have, short.need) == ("missed", 30, 60)


def test_hours_are_one_line_a_branch_and_a_member_sees_their_own(world):
    member = world.house_1.members[0]
    took = Took(begins=9 * 60, ends=12 * 60)
    for begins in (took, Took(begins=10 * 60, ends=12 * 60)):
        study = Study1(form="training", took=begins, members=[member])
        bring(world, study, by=world.sec, on=date(2026, 4, 8), unit=world.branch_a.id)
    year = line(town().lines(), "hours-member", "2026", world.branch_a.id)
    assert (year.verdict, year.have, year.need, str(year.by)) == ("open", 0, 2, str(world.branch_a.id))
    own = line(town().lines_of_member(member), "hours-member", "2026")
    assert (own.about, own.have, own.need) == (member, 4, 32)
    assert {one.about for one in town().lines_of_member(member)} == {member}


def test_a_talk_counts_by_who_had_it(world):
    one, two = world.house_1.members[0], world.house_2.members[0]
    talk = HeartTalk1(talkers=[Talker(one, "member"), Talker(two, "member")])
    bring(world, talk, by=world.sec, on=date(2026, 4, 8), unit=world.branch_a.id)
    assert line(town().lines_of_member(two), "heart-talk-member", "2026").have == 0
    talk = HeartTalk1(talkers=[Talker(one, "secretary"), Talker(two, "member")])
    bring(world, talk, by=world.sec, on=date(2026, 4, 9), unit=world.branch_a.id)
    assert line(town().lines_of_member(two), "heart-talk-member", "2026").have == 1
    assert line(town().lines_of_member(one), "heart-talk-member", "2026").have == 0


def test_own_study_is_seen_by_its_person_alone(world):
    words = world.pen.seal(world.pen.new_id(), "学了条例", Audience.AUTHOR)
    entry = world.pen.new_id()
    words = world.pen.seal(entry, "学了条例", Audience.AUTHOR)
    item = OwnStudy1(words=words.digest)
    bring(world, item, by=world.lin, on=date(2026, 9, 16), sealed=[words], id=entry)
    assert line(town().lines_of(world.lin.id), "weekly-study", "2026-W38").proof == (entry,)
    assert not [one for one in town().lines() if one.private]
    for other in (world.sec, world.wang, world.ma):
        seen = [one for one in town().lines_of(other.id) if one.duty == "weekly-study"]
        assert all(one.by.id == other.id for one in seen)


def test_what_a_post_owes_is_seen_by_who_holds_it(world):
    assert line(town().lines_of(world.lin.id), "four-ones-visit", "2026-05")
    assert not [one for one in town().lines_of(world.ma.id) if one.duty == "four-ones-visit"]


def test_a_household_that_moved_belonged_to_its_village_before(world):
    row = Household.objects.get(id=world.house_1.id)
    body = HouseholdChange1(household=row.id, village=VILLAGE_B)
    seen = UUID(row.wordings.split('"village":"')[1][:36])
    change = world.pen.item(body, unit=VILLAGE_A, on=date(2026, 7, 10), saw={f"{row.id}.village": seen})
    [receipt] = world.receive(change, at=AUTUMN)
    assert receipt.outcome == "accepted", receipt.why
    assert line(town().lines(), "four-ones-visit", "2026-06").unit == VILLAGE_A
    assert line(town().lines(), "four-ones-visit", "2026-08").unit == VILLAGE_B


def test_a_member_exempt_since_summer_did_not_owe_as_one_before(world):
    member = Member.objects.get(id=world.house_1.members[0])
    seen = UUID(member.wordings.split('"exempt":"')[1][:36])
    body = MemberChange1(member=member.id, exempt=True)
    change = world.pen.item(body, unit=world.branch_a.id, on=date(2026, 7, 10), saw={f"{member.id}.exempt": seen})
    [receipt] = world.receive(change, at=AUTUMN)
    assert receipt.outcome == "accepted", receipt.why
    about = town().lines_of_member(member.id)
    assert [one.period.name for one in about if one.duty == "home-lesson" and one.verdict != "not_owed"] == [
        "2026-08", "2026-09"
    ]  # fmt: skip


def test_the_number_of_statements_does_not_grow_with_the_township(world):
    with statements() as few:
        town().lines()
    for day in range(1, 15):
        visit(world, date(2026, 8, day), house=world.house_2.id, made_with=[world.sec.id])
        meeting(world, date(2026, 8, day), pre_study=Took(minutes=60))
    with statements() as more:
        town().lines()
        town().lines_of(world.lin.id)
    assert len(more) == 2 * len(few)
    assert len(few) <= 19  # a table each


def test_why_a_year_is_open_lists_no_meeting_that_held_something_else(world):
    entry = meeting(world, date(2026, 6, 12))
    year = line(town().lines(), "appraisal", "2026", world.branch_a.id)
    assert entry in {reason.entry for reason in year.because.not_counted}
    with override("en"):
        assert "something else" not in because(year)
        assert "2026-06-12" in because(line(town().lines(), "theme-day", "2026-06", world.branch_a.id))
