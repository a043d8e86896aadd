"""A township changes the mechanism by entries: proposed by one, approved by another, always for later."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from concerto.conductor.rebuild import rebuild
from concerto.conductor.verify import verify_log
from concerto.groundwork import canonical
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.editions import DayTable1, Edition1, EditionAnswer1
from concerto.journal.kinds.postings import Posting1, PostingChange1
from concerto.journal.kinds.waivers import REASONS, Waiver1, WaiverAnswer1
from concerto.places.models import Account
from concerto.register.access import sight_of
from concerto.register.models import LocalDays, LocalEdition, Posting, Waiver
from concerto.rulebook import sense
from concerto.rulebook.days import day_table
from concerto.rulebook.duty import Unit, Within
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.telling import told_of
from concerto.rulebook.terms import terms
from tests.cast import FIRST_DAY, NOON, TODAY, TOWNSHIP, VILLAGE_A, World

pytestmark = pytest.mark.django_db
LATER = date(2026, 9, 1)
AUTUMN = datetime(2026, 9, 15, 4, tzinfo=UTC)


@pytest.fixture
def two(world: World) -> World:
    """Give the township a second organizer."""
    post = Posting1(
        posting=world.pen.new_id(), account=world.newcomer.id, unit=TOWNSHIP, role="township_organizer", since=FIRST_DAY
    )  # fmt: skip
    [receipt] = world.receive(world.pen.item(post, unit=TOWNSHIP))
    assert receipt.outcome == "accepted"
    return world


def bring(world: World, body: Any, by: Account, *, at: datetime = NOON, on: date = TODAY, **more: Any) -> Any:
    item = world.pen.item(body, **({"unit": TOWNSHIP, "by": by, "on": on} | more))
    return world.receive(item, by=by, at=at)[0]


def edition(world: World, **more: Any) -> Edition1:
    told = {
        "duty": "four-ones-visit", "since": LATER, "source": "乡通知2026-2号", "every": "MONTH", "times": 1,
        "proven_by": ["visit", "phone_call", "declined"], "minutes": 20,
    }  # fmt: skip
    return Edition1(edition=world.pen.new_id(), **(told | more))


def answer(world: World, thing: UUID, by: Account, *, approved: bool = True, **more: Any) -> Any:
    seen = LocalEdition.objects.get(id=thing).wordings.split('"')[3]
    return bring(world, EditionAnswer1(edition=thing, approved=approved), by, saw={f"{thing}.answer": seen}, **more)


def test_a_change_is_proposed_by_one_organizer_and_approved_by_another(two):
    proposed = edition(two)
    assert bring(two, proposed, two.wang).outcome == "accepted"
    assert LocalEdition.objects.get().state == "proposed"

    assert answer(two, proposed.edition, two.wang).code == "approved_by_who_proposed"
    assert answer(two, proposed.edition, two.newcomer).outcome == "accepted"

    row = LocalEdition.objects.seen_by(sight_of(two.lin, TODAY)).get()
    assert (row.state, row.proposed_by, row.answered_by) == ("approved", two.wang.id, two.newcomer.id)


def test_who_puts_a_proposal_right_after_its_author_left_does_not_approve_it(two):
    proposed = edition(two)
    first = bring(two, proposed, two.newcomer)
    posting = Posting.objects.get(account=two.newcomer.id, role="township_organizer")
    ends = PostingChange1(posting=posting.id, until=FIRST_DAY)
    saw = {f"{posting.id}.until": posting.wordings.split('"')[3]}
    assert bring(two, ends, two.wang, saw=saw).outcome == "accepted"

    other = Edition1(**{**{n: getattr(proposed, n) for n in proposed.__struct_fields__}, "minutes": 5})
    again = {"corrects": str(first.id), "saw": {f"{first.id}.wording": str(first.id)}}
    assert bring(two, other, two.wang, **again).outcome == "accepted"
    assert answer(two, proposed.edition, two.wang).code == "approved_by_who_proposed"


def test_an_answer_is_by_whom_it_was_last_worded(two):
    proposed = edition(two)
    bring(two, proposed, two.wang)
    first = answer(two, proposed.edition, two.newcomer)
    posting = Posting.objects.get(account=two.newcomer.id, role="township_organizer")
    ends = PostingChange1(posting=posting.id, until=FIRST_DAY)
    saw = {f"{posting.id}.until": posting.wordings.split('"')[3]}
    assert bring(two, ends, two.wang, saw=saw).outcome == "accepted"

    again = {"corrects": str(first.id), "saw": {f"{first.id}.wording": str(first.id)}}
    other = EditionAnswer1(edition=proposed.edition, approved=False)
    assert bring(two, other, two.gao, **again).outcome == "accepted"
    row = LocalEdition.objects.get()
    assert (row.state, row.answered_by) == ("refused", two.gao.id)


def test_it_begins_in_the_future_both_when_proposed_and_when_approved(two):
    assert bring(two, edition(two, since=TODAY), two.wang).code == "edition_begins_later"
    proposed = edition(two)
    bring(two, proposed, two.wang)

    assert answer(two, proposed.edition, two.newcomer, at=AUTUMN).code == "edition_begins_later"
    assert answer(two, proposed.edition, two.newcomer, at=AUTUMN, approved=False).outcome == "accepted"


def test_of_two_proposals_for_one_day_only_one_is_approved(two):
    first, second = edition(two), edition(two, times=2)
    for proposed in (first, second):
        assert bring(two, proposed, two.wang).outcome == "accepted"

    assert answer(two, first.edition, two.newcomer).outcome == "accepted"
    receipt = answer(two, second.edition, two.newcomer)
    assert (receipt.code, receipt.facts) == ("edition_not_later", {"since": LATER.isoformat()})
    assert answer(two, second.edition, two.newcomer, approved=False).outcome == "accepted"


def test_an_edition_begins_after_the_last_that_was_approved_for_its_duty(two):
    first = edition(two)
    bring(two, first, two.wang)
    approval = answer(two, first.edition, two.newcomer)

    for since in (date(2026, 8, 1), LATER):
        assert bring(two, edition(two, since=since), two.wang).code == "edition_not_later"
    assert bring(two, edition(two, since=date(2026, 10, 1)), two.wang).outcome == "accepted"
    assert bring(two, edition(two, duty="theme-day", proven_by=["theme_party_day"]), two.wang).outcome == "accepted"

    back = {"kind": "edition_answer", "corrects": str(approval.id), "saw": {f"{approval.id}.wording": str(approval.id)}}
    assert bring(two, None, two.newcomer, **back).outcome == "accepted"
    assert bring(two, edition(two), two.wang).outcome == "accepted"


def test_a_refusal_put_right_to_an_approval_asks_the_same(two):
    first, second = edition(two), edition(two, times=2)
    for proposed in (first, second):
        bring(two, proposed, two.wang)
    refusal = answer(two, first.edition, two.newcomer, approved=False)
    assert answer(two, second.edition, two.newcomer).outcome == "accepted"

    again = {"corrects": str(refusal.id), "saw": {f"{refusal.id}.wording": str(refusal.id)}}
    body = EditionAnswer1(edition=first.edition, approved=True)
    assert bring(two, body, two.newcomer, **again).code == "edition_not_later"


def test_two_approvals_of_one_batch_for_one_day_are_one(two):
    proposals = [edition(two), edition(two, times=2)]
    for proposed in proposals:
        bring(two, proposed, two.wang)
    items = [
        two.pen.item(
            EditionAnswer1(edition=one.edition, approved=True), unit=TOWNSHIP, by=two.newcomer, on=TODAY,
            saw={f"{one.edition}.answer": LocalEdition.objects.get(id=one.edition).wordings.split('"')[3]},
        )
        for one in proposals
    ]  # fmt: skip

    first, second = two.receive(*items, by=two.newcomer, at=NOON)

    assert (first.outcome, second.code) == ("accepted", "edition_not_later")


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"proven_by": ["lead_raised"]}, "counts_what_was_raised"),
        ({"proven_by": ["visits"]}, "nearly_in_list"),
        ({"proven_by": ["deed"]}, "nothing_wanted_must_do"),
        ({"every": None}, "no_shape"),
        ({"times": 0}, "too_small"),
        ({"times": 32}, "too_often"),
        ({"grace": 10**6}, "too_large"),
        ({"minutes": 10**9}, "too_large"),
        ({"since": date(9999, 12, 1)}, "too_large"),
    ],
)
def test_what_the_rulebook_calls_nonsense_is_refused_by_its_name(two, wrong, what):
    receipt = bring(two, edition(two, **wrong), two.wang)

    assert (receipt.code, receipt.facts["what"]) == ("edition_makes_no_sense", what)


@pytest.mark.parametrize(
    ("less", "key"),
    [
        ({"repealed": True}, "repealed"),
        ({"within": Within(Unit.WORKING_DAYS, {"": 3})}, "within"),
        ({"proven_by": ("reported", "heart_talk")}, "proven_by"),
        ({"until": ("ended",)}, "until"),
    ],
)
def test_a_township_asks_for_no_less_than_the_law_does(two, less, key):
    law = mechanism().duties["abuse-report"].editions[-1]
    asked = replace(law, since=LATER, source="乡通知2026-3号", **less)
    told = told_of(asked) if not asked.repealed else {"since": LATER, "source": asked.source, "repealed": True}
    receipt = bring(two, Edition1(edition=two.pen.new_id(), duty="abuse-report", **told), two.wang)

    assert receipt.code == "edition_makes_no_sense"
    assert (receipt.facts["what"], receipt.facts["key"]) == ("less_than_the_law", key)


def test_a_township_may_say_that_the_report_takes_longer_to_write(two):
    law = mechanism().duties["abuse-report"].editions[-1]
    told = told_of(replace(law, since=LATER, source="乡通知2026-3号", minutes={"": 40}))
    receipt = bring(two, Edition1(edition=two.pen.new_id(), duty="abuse-report", **told), two.wang)

    assert receipt.outcome == "accepted", receipt


def test_an_edition_that_nothing_recorded_today_can_meet_is_refused_by_its_name(two, monkeypatch):
    listed = terms()
    proofs = {**listed.proofs, "declined": replace(listed.proofs["declined"], given=False)}
    monkeypatch.setattr(sense, "terms", lambda: replace(listed, proofs=proofs))
    receipt = bring(two, edition(two, proven_by=["declined"]), two.wang)

    assert (receipt.code, receipt.facts["what"]) == ("edition_makes_no_sense", "no_kind_proves_it")


def test_a_duty_that_nobody_knows_is_not_changed(two):
    assert bring(two, edition(two, duty="count-leads"), two.wang).code == "no_such_duty"


def test_what_was_answered_stays_what_it_was(two):
    proposed = edition(two)
    first = bring(two, proposed, two.wang)
    approval = answer(two, proposed.edition, two.newcomer)

    other = Edition1(**{**{n: getattr(proposed, n) for n in proposed.__struct_fields__}, "minutes": 5})
    again = {"corrects": str(first.id), "saw": {f"{first.id}.wording": str(first.id)}}
    assert bring(two, other, two.wang, **again).code == "answered_already"
    assert bring(two, None, two.wang, kind="edition", **again).code == "answered_already"

    back = {"kind": "edition_answer", "corrects": str(approval.id), "saw": {f"{approval.id}.wording": str(approval.id)}}
    assert bring(two, None, two.newcomer, at=AUTUMN, **back).code == "edition_runs"
    assert bring(two, None, two.newcomer, **back).outcome == "accepted"
    assert LocalEdition.objects.get().state == "proposed"


def test_a_waiver_that_was_granted_is_not_changed_afterwards(two):
    asked = Waiver1(
        waiver=two.pen.new_id(), duty="theme-day", owed_by=two.branch_a.id, period="2026-05", reason="road"
    )  # fmt: skip
    first = bring(two, asked, two.newcomer)
    saw = {f"{asked.waiver}.answer": str(first.id)}
    assert bring(two, WaiverAnswer1(waiver=asked.waiver, granted=True), two.wang, saw=saw).outcome == "accepted"

    other = Waiver1(
        waiver=asked.waiver, duty="members-meeting", owed_by=two.branch_a.id, period="2026-Q2", reason="road"
    )  # fmt: skip
    receipt = bring(two, other, two.newcomer, corrects=str(first.id), saw={f"{first.id}.wording": str(first.id)})

    assert receipt.code == "answered_already"
    assert Waiver.objects.get().duty == "theme-day"


def waiver(world: World, **more: Any) -> Waiver1:
    told = {"duty": "theme-day", "owed_by": world.branch_a.id, "period": "2026-05", "reason": "road"}
    return Waiver1(waiver=world.pen.new_id(), **(told | more))


def test_a_waiver_is_never_about_a_person_whoever_brings_it(world):
    [member] = world.house_1.members
    resident = next(iter(world.house_1.people.values()))
    for wrong in (
        {"owed_by": world.lin.id},
        {"owed_by": world.postings["lin"]},
        {"owed_by": member},
        {"about": member},
        {"about": resident},
        {"about": world.sec.id},
        {"duty": "hours-member", "period": "2026"},
        {"duty": "hours-secretary", "period": "2026"},
    ):
        assert bring(world, waiver(world, **wrong), world.lin, unit=world.branch_a.id).code == "waiver_about_a_person"
    fine = waiver(world, duty="four-ones-visit", owed_by=VILLAGE_A, about=world.house_1.id)
    assert bring(world, fine, world.lin, unit=world.branch_a.id).outcome == "accepted"


def test_the_reason_of_a_waiver_is_one_of_the_list_or_it_does_not_come_in(world):
    for reason in ("illness", "road, and Li was ill", ""):
        item = world.pen.item(waiver(world, reason="road"), unit=world.branch_a.id, by=world.lin, on=TODAY)
        wrong = msgspec.structs.replace(item, said=item.said.replace('"road"', canonical.write(reason)))
        [receipt] = world.receive(wrong, by=world.lin)
        assert receipt.outcome == "refused", reason
    assert set(REASONS) == set(terms().waivers)
    assert not Waiver.objects.exists()


def test_a_waiver_is_asked_where_one_works(world):
    elsewhere = waiver(world, owed_by=world.branch_b.id)
    assert bring(world, elsewhere, world.lin, unit=world.branch_a.id).code == "not_in_this_unit"
    whole = waiver(world, owed_by=TOWNSHIP)
    assert bring(world, whole, world.lin, unit=world.branch_a.id).code == "not_in_this_unit"
    assert bring(world, whole, world.wang).code == "waiver_about_a_person"
    house = waiver(world, duty="four-ones-visit", owed_by=VILLAGE_A, about=world.house_4.id)
    assert bring(world, house, world.lin, unit=world.branch_a.id).code == "not_in_this_unit"


def test_an_organizer_who_stands_in_for_a_village_without_anybody_does_not_let_its_turns_go(two):
    asked = waiver(two)
    first = bring(two, asked, two.lin, unit=two.branch_a.id)
    for name in ("lin", "sec"):
        posting = Posting.objects.get(id=two.postings[name])
        saw = {f"{posting.id}.until": posting.wordings.split('"')[3]}
        ends = PostingChange1(posting=posting.id, until=FIRST_DAY)
        assert bring(two, ends, two.wang, saw=saw).outcome == "accepted"

    answer = WaiverAnswer1(waiver=asked.waiver, granted=True)
    saw = {f"{asked.waiver}.answer": str(first.id)}
    assert bring(two, answer, two.newcomer, saw=saw).code == "waived_by_who_owes"


def test_an_answer_is_put_right_by_who_stood_in_on_the_day_it_was_given(two):
    asked = waiver(two)
    first = bring(two, asked, two.lin, unit=two.branch_a.id)
    saw = {f"{asked.waiver}.answer": str(first.id)}
    granted = bring(two, WaiverAnswer1(waiver=asked.waiver, granted=True), two.newcomer, saw=saw)
    assert granted.outcome == "accepted"

    def nobody_after(day: date) -> None:
        for name in ("lin", "sec"):
            posting = Posting.objects.get(id=two.postings[name])
            saw = {f"{posting.id}.until": json.loads(posting.wordings)["until"]}
            ends = PostingChange1(posting=posting.id, until=day)
            assert bring(two, ends, two.wang, saw=saw).outcome == "accepted"

    def put_right(words: Any) -> Any:
        again = {"corrects": str(granted.id), "saw": {f"{granted.id}.wording": str(words)}, "at": AUTUMN}
        return bring(two, WaiverAnswer1(waiver=asked.waiver, granted=False), two.newcomer, **again)

    nobody_after(TODAY)
    second = put_right(granted.id)
    assert (second.outcome, Waiver.objects.get().state) == ("accepted", "refused")
    nobody_after(FIRST_DAY)
    assert put_right(second.id).code == "waived_by_who_owes"


def test_days_off_are_of_their_year_and_a_withdrawn_table_is_gone(two):
    table = DayTable1(
        table=two.pen.new_id(), year=2027, source="国办通知", off=[date(2027, 10, 1)], worked=[date(2027, 10, 9)]
    )  # fmt: skip
    first = bring(two, table, two.wang)
    row = LocalDays.objects.get()
    assert (row.year, row.off, row.worked) == (2027, "2027-10-01", "2027-10-09")

    back = {"kind": "day_table", "corrects": str(first.id), "saw": {f"{first.id}.wording": str(first.id)}}
    assert bring(two, None, two.wang, **back).outcome == "accepted"
    assert not LocalDays.objects.exists()
    with pytest.raises(Refused, match="day_of_another_year"):
        DayTable1(table=two.pen.new_id(), year=2027, source="国办通知", off=[date(2026, 10, 1)])


@pytest.mark.parametrize(
    "told", [{"off": []}, {"off": [date(2027, 10, 1)], "worked": [date(2027, 10, 8)]}], ids=["none", "a weekday"]
)
def test_a_table_that_is_no_table_of_days_off_is_refused_whoever_brings_it(two, told):
    table = DayTable1(table=two.pen.new_id(), year=2027, source="国办通知", **told)
    assert bring(two, table, two.wang).code == "days_off_make_no_sense"


def test_the_days_off_of_a_year_that_has_begun_stay_whoever_brings_others(two):
    def table(year: int) -> DayTable1:
        return DayTable1(table=two.pen.new_id(), year=year, source="国办通知", off=[date(year, 10, 1)])

    assert bring(two, table(2025), two.wang).code == "year_has_begun"
    assert bring(two, table(2026), two.wang).code == "year_has_begun"
    assert bring(two, table(2027), two.wang).outcome == "accepted"


def test_days_off_that_the_rulebook_lacks_are_brought_and_put_right_within_their_year_and_stay_after_it(two):
    early, late = datetime(2027, 1, 11, 4, tzinfo=UTC), datetime(2028, 1, 10, 4, tzinfo=UTC)
    assert 2027 not in day_table().years
    told = {"year": 2027, "source": "国办通知", "off": [date(2027, 10, 1)]}
    table = DayTable1(table=two.pen.new_id(), **told)
    first = bring(two, table, two.wang, at=early)
    assert first.outcome == "accepted"
    saw = {"saw": {f"{first.id}.wording": str(first.id)}, "kind": "day_table", "corrects": str(first.id)}
    assert bring(two, None, two.wang, at=late, **saw).code == "year_has_begun"
    backdated = DayTable1(table=two.pen.new_id(), **told)  # told of a day of 2026
    assert bring(two, backdated, two.wang, at=late, on=TODAY).code == "year_has_begun"
    assert bring(two, None, two.wang, at=early, **saw).outcome == "accepted"


def test_nobody_but_an_organizer_changes_the_mechanism(two):
    assert bring(two, edition(two), two.lin).code == "not_posted_there"
    assert bring(two, edition(two), two.zhou).code == "not_posted_there"


def test_it_folds_again_alike(two):
    proposed = edition(two)
    bring(two, proposed, two.wang)
    answer(two, proposed.edition, two.newcomer)
    before = list(LocalEdition.objects.values_list())

    rebuild(TOWNSHIP)

    assert list(LocalEdition.objects.values_list()) == before
    assert verify_log(TOWNSHIP) is None
