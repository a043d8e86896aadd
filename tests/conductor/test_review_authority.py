"""Nobody gives themselves more than they were given: not by correcting, not by an older day, not by another's id."""

import json
from datetime import date
from uuid import uuid4

import pytest

from concerto.journal.kinds.households import Helper1, HelperChange1, HouseholdChange1
from concerto.journal.kinds.people import MemberChange1
from concerto.journal.kinds.postings import Absence, Posting1, PostingChange1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry
from concerto.parts.visits.models import Visit
from concerto.register.access import Authority, sight_of
from concerto.register.models import HelperLink, Household, Member, Posting
from tests.cast import FIRST_DAY, TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B

pytestmark = pytest.mark.django_db


def answer(world, body, by, *, unit=VILLAGE_A, on=TODAY, **more):
    return world.receive(world.pen.item(body, unit=unit, by=by, on=on, **more), by=by)[0]


def posted(world, account, role="instructor", unit=None, **more) -> Posting1:
    unit = unit or world.branch_a.id
    return Posting1(posting=world.pen.new_id(), account=account.id, unit=unit, role=role, since=FIRST_DAY, **more)


def test_an_instructor_makes_no_organizer_of_themselves_by_correcting_their_own_posting(world):
    [entry] = [e for e in Entry.objects.filter(kind="posting") if str(world.postings["lin"]) in e.said]
    better = Posting1(
        posting=world.postings["lin"], account=world.lin.id, unit=TOWNSHIP, role="township_organizer", since=FIRST_DAY
    )

    receipt = answer(
        world, better, world.lin, unit=entry.unit, corrects=entry.id, saw={f"{entry.id}.wording": entry.id}
    )

    assert receipt.outcome == "refused"
    assert Posting.objects.get(id=world.postings["lin"]).role == "instructor"


def test_nobody_posts_themselves_or_stands_in_by_their_own_word(world):
    away = Absence(since=TODAY, until=TODAY, deputy=world.wang.id)
    absent = PostingChange1(posting=world.postings["lin"], absences=[away])
    longer = PostingChange1(posting=world.postings["wang"], until=date(2030, 1, 1))

    codes = [
        answer(world, posted(world, world.wang), world.wang, unit=world.branch_a.id).code,
        answer(world, absent, world.wang, saw={f"{world.postings['lin']}.absences": None}).code,
        answer(world, longer, world.wang, saw={f"{world.postings['wang']}.until": None}).code,
    ]

    assert codes == ["not_yourself"] * 3


@pytest.mark.parametrize("who", ["adm", "pri"])
def test_administrator_and_privacy_officer_are_posted_to_nothing_and_stand_in_for_nobody(world, who):
    account = getattr(world, who)
    away = Absence(since=FIRST_DAY, until=TODAY, deputy=account.id)
    absent = PostingChange1(posting=world.postings["lin"], absences=[away])

    by_administrator = answer(world, posted(world, account), world.adm)
    by_organizer = answer(world, posted(world, account), world.wang)
    as_deputy = answer(world, absent, world.wang, saw={f"{world.postings['lin']}.absences": None})

    assert {by_administrator.code, by_organizer.code, as_deputy.code} == {"never_posted"}
    assert not sight_of(account, TODAY).units


def test_an_old_posting_of_what_became_an_administrator_records_nothing(world):
    world.lin.is_administrator = True

    assert Authority(world.lin, TOWNSHIP).acting_as(TODAY, kind="visit", unit=VILLAGE_A) is None


def test_somebody_without_an_account_here_is_posted_to_nothing(world):
    unknown = Posting1(
        posting=world.pen.new_id(), account=uuid4(), unit=world.branch_a.id, role="mediator", since=FIRST_DAY
    )

    codes = [answer(world, unknown, world.wang).code, answer(world, posted(world, world.other), world.wang).code]

    assert codes == ["unknown_account"] * 2


def test_whoever_organized_once_grants_nothing_by_writing_an_older_day(world):
    ended = PostingChange1(posting=world.postings["wang"], until=date(2026, 3, 31))
    seen = {f"{world.postings['wang']}.until": _wording(Posting, world.postings["wang"], "until")}
    assert answer(world, ended, world.adm, unit=TOWNSHIP, saw=seen).outcome == "accepted"

    receipt = answer(world, posted(world, world.newcomer), world.wang, on=date(2026, 3, 1))

    assert (receipt.outcome, receipt.code) == ("refused", "not_posted_there")


def _wording(model, thing, name):
    return json.loads(model.objects.get(id=thing).wordings)[name]


def test_a_correction_does_not_carry_a_visit_into_a_unit_its_author_is_not_posted_to(world):
    body = Visit1(channel="visit", households=[world.house_4.id], outcome="met")

    receipt = answer(
        world, body, world.lin, unit=VILLAGE_B, corrects=world.visit, saw={f"{world.visit}.wording": world.visit}
    )

    assert (receipt.outcome, receipt.code) == ("refused", "not_posted_there")
    assert not Visit.objects.filter(unit=VILLAGE_B).exists()


def test_a_helper_of_another_village_is_not_changed_under_a_household_of_ones_own(world):
    link = Helper1(link=world.pen.new_id(), household=world.house_4.id, helper=world.ma.id, agreement="agreed")
    world.receive(world.pen.item(link, unit=VILLAGE_B))
    change = HelperChange1(link=link.link, household=world.house_1.id, agreement="declined")

    receipt = answer(
        world, change, world.lin, saw={f"{link.link}.agreement": _wording(HelperLink, link.link, "agreement")}
    )

    assert (receipt.outcome, receipt.code) == ("refused", "not_in_this_unit")


def test_a_household_does_not_move_to_where_nobody_would_see_it(world):
    seen = {f"{world.house_1.id}.village": _wording(Household, world.house_1.id, "village")}

    codes = [
        answer(world, HouseholdChange1(household=world.house_1.id, village=there), world.lin, saw=seen).code
        for there in (uuid4(), world.branch_a.id, world.far_village.id)
    ]
    moved = answer(world, HouseholdChange1(household=world.house_1.id, village=VILLAGE_B), world.lin, saw=seen)

    assert (codes, moved.outcome) == (["unknown_unit"] * 3, "accepted")


def test_a_member_does_not_move_to_what_is_no_branch(world):
    member = world.house_1.members[0]
    seen = {f"{member}.branch": _wording(Member, member, "branch")}

    receipt = answer(world, MemberChange1(member=member, branch=VILLAGE_A), world.lin, saw=seen)

    assert receipt.code == "unknown_unit"


def test_who_follows_corrects_what_was_recorded_for_the_branch_about_a_household_of_its_village(world):
    visit = world.pen.item(
        Visit1(channel="visit", households=[world.house_1.id], outcome="met"),
        unit=world.branch_a.id, by=world.lin, on=date(2026, 6, 1),
    )  # fmt: skip
    [made] = world.receive(visit, by=world.lin)
    for change in (
        PostingChange1(posting=world.postings["lin"], until=date(2026, 6, 20)),
        Posting1(posting=world.pen.new_id(), account=world.newcomer.id, unit=world.branch_a.id, role="instructor",
                 since=date(2026, 6, 21)),
    ):  # fmt: skip
        seen = {f"{world.postings['lin']}.until": _wording(Posting, world.postings["lin"], "until")}
        assert answer(world, change, world.wang, unit=world.branch_a.id, saw=seen).outcome == "accepted"

    body = Visit1(channel="phone_call", households=[world.house_1.id], outcome="met")
    receipt = answer(
        world, body, world.newcomer, unit=world.branch_a.id, on=date(2026, 6, 1), corrects=made.id,
        saw={f"{made.id}.wording": made.id},
    )  # fmt: skip

    assert (receipt.outcome, receipt.code) == ("accepted", "")
