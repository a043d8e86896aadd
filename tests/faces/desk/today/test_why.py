"""Why: due because, counted because, not counted because, each with its record, and never more than one may know."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.meeting import Attended, Meeting1
from concerto.journal.kinds.talks import HeartTalk1, Talker
from concerto.journal.kinds.visit import Visit1
from concerto.papers import duty_words
from concerto.places.models import PartyGroup
from concerto.rulebook.terms import terms
from tests.cast import TOWNSHIP, World
from tests.papers.standing.test_from_the_books import bring, visit
from tests.papers.standing.test_workplace import change_posting

pytestmark = pytest.mark.django_db
MONTH = clock.today().strftime("%Y-%m")


def why(world: World, duty: str = "four-ones-visit", turn: str = MONTH, about: UUID | None = None) -> str:
    return reverse("desk:why", args=[duty, world.village_a.id, about or world.house_1.id, turn])


def text_of(desk, account, address: str) -> str:
    answer = desk.of(account).get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def entry_link(entry: UUID) -> str:
    return reverse("desk:entry", args=[entry])


def call(world: World, outcome: str, **more) -> UUID:
    body = Visit1(channel="visit", households=[world.house_1.id], outcome=outcome)
    return bring(world, body, by=world.lin, on=clock.today(), at=clock.now(), **more)


def test_what_is_open_says_its_source_and_what_would_meet_it(desk, world):
    text = text_of(desk, world.lin, why(world))
    assert "四个一" in text
    assert "Still to do" in text
    assert reverse("desk:visit-new", args=[world.house_1.id]) in text


def test_what_counted_is_linked_and_flips_when_it_is_withdrawn(desk, world):
    entry = visit(world, clock.today(), at=clock.now())
    text = text_of(desk, world.lin, why(world))
    assert "Done." in text
    assert entry_link(entry) in text
    saw = {f"{entry}.wording": entry}
    bring(world, None, by=world.lin, on=clock.today(), at=clock.now(), kind="visit", corrects=entry, saw=saw)
    text = text_of(desk, world.lin, why(world))
    assert "Still to do" in text
    assert "It was withdrawn." in text
    assert entry_link(entry) in text


def test_a_call_that_met_nobody_is_listed_and_does_not_count(desk, world):
    entry = call(world, "nobody_home")
    text = text_of(desk, world.lin, why(world))
    assert "Nobody was met." in text
    assert entry_link(entry) in text


def test_a_call_outside_of_the_turn_is_named_as_such(desk, world):
    first = clock.today().replace(day=1)
    entry = visit(world, first - timedelta(days=1), at=clock.now())
    text = text_of(desk, world.lin, why(world))
    assert "It lies outside of this turn." in text
    assert entry_link(entry) in text


def test_a_visit_that_asked_of_no_change_says_so_where_the_change_is_owed(desk, world):
    call(world, "met")
    assert "Whether anything had changed was not asked." in text_of(desk, world.lin, why(world, "four-ones-change"))


def test_above_the_village_nobody_is_told_that_a_household_declined(desk, world):
    call(world, "declined")  # the ledger of visits says "not met" there: that it counts would tell
    for account in (world.wang, world.zhou):
        assert desk.of(account).get(why(world)).status_code == 404


def test_whoever_stands_in_for_the_village_is_told_days_and_no_record(desk, world):
    entry, nobody = call(world, "declined"), call(world, "nobody_home")
    for name in ("lin", "sec"):
        change_posting(world, name, until=clock.today() - timedelta(days=1))
    text = text_of(desk, world.wang, why(world))
    assert "Done." in text
    for hidden in (entry_link(entry), entry_link(nobody), "Nobody was met."):
        assert hidden not in text


def test_whom_it_does_not_concern_it_is_not_there(desk, world):
    for account in (world.ma, world.gao, world.other):
        assert desk.of(account).get(why(world)).status_code == 404
    nonsense = (why(world, turn="2026-99"), why(world, "no-such-duty"), why(world, about=world.house_2.id))
    for address in (*nonsense, why(world, turn="2026-01-99..2026")):
        assert desk.of(world.lin).get(address).status_code == 404, address


def test_own_study_says_why_to_its_person_alone(desk, world):
    today = clock.today()
    year, week, _ = today.isocalendar()
    address = reverse("desk:why", args=["weekly-study", world.lin.id, world.lin.id, f"{year}-W{week:02}"])
    assert "yours alone" in text_of(desk, world.lin, address)
    for name in ("sec", "wang", "zhou"):
        assert desk.of(world.accounts[name]).get(address).status_code == 404


def test_the_line_of_a_branch_is_open_to_its_secretary(desk, world):
    turn = f"{clock.today().year}-Q{(clock.today().month + 2) // 3}"
    address = reverse("desk:why", args=["members-meeting", world.branch_a.id, world.branch_a.id, turn])
    assert reverse("desk:meeting-new", args=[world.branch_a.id]) in text_of(desk, world.sec, address)


def test_of_members_it_is_told_how_many_records_count_and_whose_is_listed_nowhere(desk, world):
    today = clock.today()
    at = ["heart-talk-member", world.branch_a.id, world.branch_a.id, str(today.year)]
    one, two = world.house_1.members[0], world.house_2.members[0]
    assert "No record of this turn" not in text_of(desk, world.sec, reverse("desk:why", args=at))
    talk = HeartTalk1(talkers=[Talker(one, "secretary"), Talker(two, "member")])
    entry = bring(world, talk, by=world.sec, on=today, at=clock.now(), unit=world.branch_a.id)
    text = text_of(desk, world.sec, reverse("desk:why", args=at))
    assert "1 record counts for the members who have done it." in text
    assert entry_link(entry) not in text


def test_a_visit_that_counts_for_the_turn_before_says_so(desk, world):
    before = (clock.today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    entry = visit(world, clock.today(), at=clock.now(), counts_for=before)
    text = text_of(desk, world.lin, why(world))
    assert entry_link(entry) in text
    assert "It says that it counts for an earlier turn." in text
    assert "It proves something else." not in text


def test_meetings_that_held_something_else_are_no_near_misses(desk, world):
    today = clock.today()
    member = world.house_1.members[0]
    body = Meeting1(
        branch=world.branch_a.id,
        form="members",
        base=[member],
        attendance=[Attended(member, "present")],
        contents=["theme_day"],
    )
    entry = bring(world, body, by=world.sec, on=today, at=clock.now(), unit=world.branch_a.id)
    year = reverse("desk:why", args=["appraisal", world.branch_a.id, world.branch_a.id, str(today.year)])
    text = text_of(desk, world.sec, year)
    assert entry_link(entry) not in text
    assert "No record of this turn" in text


def test_of_a_groups_turn_its_own_meeting_of_the_turn_before_is_named_and_no_other_groups(desk, world):
    one, other = (
        PartyGroup.objects.create(log=TOWNSHIP, branch=world.branch_a.id, name=name, since=date(2025, 1, 1))
        for name in ("一组", "二组")
    )
    before = clock.today().replace(day=1) - timedelta(days=1)
    member = world.house_1.members[0]
    held = [
        bring(
            world,
            Meeting1(
                branch=world.branch_a.id,
                form="group",
                group=group.id,
                base=[member],
                attendance=[Attended(member, "present")],
            ),
            by=world.sec,
            on=before,
            at=clock.now(),
            unit=world.branch_a.id,
        )
        for group in (one, other)
    ]
    text = text_of(desk, world.sec, reverse("desk:why", args=["group-meeting", world.branch_a.id, one.id, MONTH]))
    assert [entry_link(entry) in text for entry in held] == [True, False]
    assert "No record of this turn" not in text


def test_what_counts_names_every_way_also_one_that_no_form_records_yet(desk, world, monkeypatch):
    listed = terms()
    for given, said in ((False, "wish for fewer visits (not recorded here yet)."), (True, "wish for fewer visits.")):
        proofs = {**listed.proofs, "wish": replace(listed.proofs["wish"], given=given)}
        monkeypatch.setattr(duty_words, "terms", lambda proofs=proofs: replace(listed, proofs=proofs))
        for duty in ("four-ones-visit", "four-ones-change"):
            text = text_of(desk, world.lin, why(world, duty))
            assert f"declined, {said}" in text
