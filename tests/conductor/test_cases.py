"""Cases at the door: who handles one, what a decision rests on, and that what happened is let in."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest

from concerto.conductor.rebuild import rebuild
from concerto.conductor.seeking import held
from concerto.conductor.verify import verify_log
from concerto.journal.kinds import CASE_KINDS, read_body
from concerto.journal.kinds.case_steps import CaseSignature1, CaseStep1
from concerto.journal.kinds.cases import Case1
from concerto.journal.models import Entry, Sealed, Tray
from concerto.papers.standing.default_desk import unanswered
from concerto.parts.disputes.models import Case, CaseNumber, CaseReader
from concerto.places.models import Account
from concerto.register.access import sight_of
from tests.cases import AT, Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B, World
from tests.needs import county_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
LATE = datetime(2026, 11, 26, 4, tzinfo=UTC)  # four working days after what the cast brings came


@pytest.fixture
def line(world: World) -> UUID:
    """The mediator of village A's line on the panel, with the seal."""
    return panel_line(world, world.med, VILLAGE_A, holds_seal=True)


@pytest.fixture
def matter(world: World, line: UUID) -> Matter:
    return Matter(world)


def opens_to(world: World, account) -> set[UUID]:
    return set(Case.objects.seen_by(sight_of(account, DAY)).values_list("id", flat=True))


def listed(day: date) -> set[UUID]:
    """Name what stands on the default desk's list, and may be taken over."""
    return {one.matter.id for one in unanswered(TOWNSHIP, day) if one.may_be_taken}


def goes_on_for(world: World, account) -> set[UUID]:
    return set(Case.objects.followed_by(sight_of(account, DAY)).values_list("id", flat=True))


def test_a_case_lives_from_the_first_word_to_the_return_visit(world, matter, line):
    assert matter.stands == ("brought", "", "")
    assert matter.step("accepted") == "accepted"
    assert matter.stands == ("accepted", "open", "")
    assert matter.row.number == "(2026)示人调字第1号"
    assert matter.consent(matter.a) == "accepted"
    assert matter.stands[0] == "accepted"
    assert matter.consent(matter.b) == "accepted"
    assert matter.stands == ("willing", "open", "")
    assert matter.session() == "accepted"
    assert matter.agree() == "accepted"
    assert matter.stands == ("agreed", "open", "")
    assert matter.sign("party", "2026-09-05", of=matter.a) == "accepted"
    assert matter.sign("party", "2026-09-06", of=matter.b) == "accepted"
    assert matter.sign("seal", "2026-09-09", of=line) == "accepted"
    assert matter.stands[0] == "agreed"
    assert matter.sign("mediator", "2026-09-05", of=line) == "accepted"
    assert matter.stands == ("in_effect", "resolved", "written")
    assert (matter.row.effect_on, matter.row.last_due) == (date(2026, 9, 9), date(2026, 9, 30))
    assert matter.performed("partly") == "accepted"
    assert matter.visited() == "accepted"
    assert matter.stands == ("in_effect", "resolved", "written")
    assert matter.path[-3:] == ["in_effect", "performance", "return_visit"]
    assert verify_log(TOWNSHIP) is None


def test_it_touches_no_household_and_stands_on_no_list_of_entries(world, matter):
    assert not Entry.objects.seen_by(sight_of(world.med, DAY)).filter(kind__startswith="case").exists()
    assert not Entry.objects.seen_by(sight_of(world.zhou, DAY)).filter(kind__startswith="case").exists()


# ---------------------------------------------------------------- settled on the spot


def test_a_goat_quarrel_is_one_entry(world, line):
    quarrel = Matter(world, by=world.lin, brings=False)
    assert quarrel.settled_on_the_spot(mediator=line, account=world.med) == "accepted"
    assert quarrel.stands == ("in_effect", "resolved", "oral")
    row = quarrel.row
    assert row.opened_on == row.accepted_on == row.effect_on == row.closed_on == date(2026, 9, 1)
    assert (row.level, row.channel, row.number) == ("village", "people", "(2026)示人调字第1号")
    assert quarrel.path == ["opened", "accepted", "agreement", "in_effect"]


def test_without_the_panel_they_settled_it_between_themselves(world):
    quarrel = Matter(world, by=world.lin, brings=False)
    assert quarrel.settled_on_the_spot(wanted=(False, False)) == "accepted"
    assert quarrel.stands == ("between_themselves", "resolved", "between_themselves")


def test_a_side_that_wanted_nobody_has_no_mediator(world, line):
    quarrel = Matter(world, by=world.lin, brings=False)
    settled = quarrel.settled_on_the_spot(mediator=line, account=world.med, wanted=(True, False))
    assert settled == "side_wanted_no_help"


def test_a_cadre_who_is_not_on_the_panel_is_no_mediator(world, line):
    quarrel = Matter(world, by=world.lin, brings=False)
    assert quarrel.settled_on_the_spot(mediator=line, account=world.lin) == "not_on_the_panel"


def test_a_family_takes_the_long_path(world):
    quarrel = Matter(world, by=world.lin, brings=False)
    quarrel.altered = {"sort": "inheritance"}
    assert quarrel.settled_on_the_spot() == "family_takes_the_long_path"


@pytest.mark.parametrize("form", ["spot", "case"])
def test_of_somebody_afraid_nothing_is_kept_not_even_in_the_tray(world, form):
    before = Entry.objects.count()
    hurt = Matter(world, by=world.lin, brings=False)
    hurt.altered = {"afraid": "yes"}
    said = hurt.settled_on_the_spot() if form == "spot" else hurt.brought()
    assert said == "protected_by_hand"
    assert Entry.objects.count() == before
    assert not Tray.objects.exists()


def test_of_somebody_afraid_nothing_is_kept_either_when_another_carries_it_in(world):
    hurt = Matter(world, by=world.lin, brings=False)
    hurt.altered = {"afraid": "yes"}
    assert hurt.brought() == "protected_by_hand"
    [receipt] = world.receive(hurt.item_sent, by=world.ma, at=AT)
    assert receipt.outcome == "refused"
    assert not Tray.objects.exists()


# ---------------------------------------------------------------- who handles it


def test_it_opens_to_the_desk_that_has_it_and_whoever_brought_it_sees_that_it_goes_on(world, line):
    told = Matter(world, brings=False)
    assert told.brought(author=world.lin) == "accepted"
    assert opens_to(world, world.med) == {told.id}
    for other in (world.lin, world.sec, world.ma, world.zhou, world.wang, world.gao):
        assert opens_to(world, other) == set()
    assert goes_on_for(world, world.lin) == {told.id}
    assert goes_on_for(world, world.med) == goes_on_for(world, world.sec) == set()


def test_whoever_brought_it_records_nothing_more(world, line):
    told = Matter(world, brings=False)
    told.brought(author=world.lin)
    assert told.step("accepted", by=world.lin) == "not_its_handler"
    assert told.consent(told.a, by=world.lin) == "not_its_handler"
    assert told.step("accepted") == "accepted"


def test_the_mediator_named_handles_it_and_nobody_who_is_not_on_the_panel(world, matter, line):
    second = panel_line(world, world.lin, VILLAGE_A)
    assert matter.step("mediator", mediator=world.pen.new_id()) == "no_such_thing_yet"
    assert matter.step("mediator", mediator=second, account=world.sec.id) == "not_on_the_panel"
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "accepted"
    assert opens_to(world, world.lin) == {matter.id}
    assert matter.consent(matter.a, by=world.lin) == "accepted"


def test_a_case_goes_from_desk_to_desk_and_both_see_where_it_is(world, matter):
    clerk = county_desk(world)
    assert matter.hand("sent", to=TOWNSHIP, level="township") == "accepted"
    assert (matter.row.desk, matter.row.sent_to, matter.row.level) == (VILLAGE_A, TOWNSHIP, "village")
    assert opens_to(world, world.zhou) == opens_to(world, world.med) == {matter.id}
    assert matter.step("accepted", by=world.zhou, unit=TOWNSHIP) == "not_its_handler"
    assert matter.hand("accepted", "2026-09-03", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert (matter.row.desk, matter.row.level) == (TOWNSHIP, "township")
    assert opens_to(world, world.med) == set()
    assert goes_on_for(world, world.med) == {matter.id}
    assert matter.step("accepted", "2026-09-03", by=world.zhou, unit=TOWNSHIP) == "accepted"
    sent = {"to": world.county.id, "level": "county", "channel": "admin", "form": "told"}
    assert matter.hand("sent", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP, **sent) == "accepted"
    assert matter.hand("accepted", "2026-09-05", by_whom=clerk, unit=world.county.id) == "accepted"
    assert (matter.row.channel, matter.row.level) == ("admin", "county")
    assert matter.path[-1] == "channel_changed"
    assert opens_to(world, clerk) == {matter.id}
    assert matter.hand("returned", "2026-09-06", by_whom=clerk, unit=world.county.id) == "accepted"
    assert (matter.row.channel, matter.row.desk) == ("people", TOWNSHIP)
    assert verify_log(TOWNSHIP) is None


def test_a_channel_that_asks_for_consent_is_taken_with_everybodys(world, matter):
    clerk = county_desk(world)
    matter.willing()
    sent = {"to": world.county.id, "channel": "admin", "form": "transferred"}
    assert matter.hand("sent", "2026-09-03", **sent) == "consent_missing"
    assert matter.consent(matter.a, to="transfer") == "accepted"
    assert matter.hand("sent", "2026-09-03", **sent) == "consent_missing"
    assert matter.consent(matter.b, to="transfer") == "accepted"
    assert matter.hand("sent", "2026-09-03", **sent) == "accepted"
    assert opens_to(world, clerk) == {matter.id}


def test_another_desk_helps_with_one_thing_and_reads_until_it_answered(world, matter):
    assert matter.help("asked", to=TOWNSHIP, by=date(2026, 9, 10)) == "accepted"
    assert opens_to(world, world.zhou) == {matter.id}
    assert matter.consent(matter.a, by=world.zhou, unit=TOWNSHIP) == "not_its_handler"
    assert matter.help("asked", to=TOWNSHIP, by=date(2026, 9, 11)) == "asked_for_help_already"
    assert matter.help("answered", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert opens_to(world, world.zhou) == set()
    assert matter.help("answered", by_whom=world.zhou, unit=TOWNSHIP) == "not_asked_for_help"


def test_what_its_desk_does_not_answer_is_taken_over(world, matter):
    soon = datetime(2026, 9, 2, 4, tzinfo=UTC)
    taken = {"unit": TOWNSHIP}
    assert matter.hand("taken_over", "2026-09-02", by_whom=world.wang, at=soon, **taken) == "still_in_time"
    assert matter.hand("taken_over", "2026-09-10", by_whom=world.lin, unit=VILLAGE_A) == "not_its_handler"
    assert opens_to(world, world.wang) == set()
    assert matter.hand("taken_over", "2026-09-10", by_whom=world.wang, at=LATE, **taken) == "accepted"
    assert opens_to(world, world.wang) == {matter.id}
    assert matter.step("accepted", "2026-09-11", by=world.wang, unit=TOWNSHIP) == "accepted"
    assert matter.hand("taken_over", "2026-09-12", by_whom=world.zhou, **taken) == "taken_over_already"


def test_what_is_typed_of_a_day_long_ago_was_not_left_unanswered_since(world, matter):
    """Brought on 2026-11-20 of 2026-09-01: its desk has three working days from when it came."""
    takes = {"by_whom": world.wang, "unit": TOWNSHIP}
    assert matter.id not in listed(date(2026, 11, 25))
    assert matter.hand("taken_over", "2026-09-10", **takes) == "still_in_time"
    assert matter.hand("sent", "2026-09-03", to=TOWNSHIP, at=LATE) == "accepted"
    assert matter.id not in listed(date(2026, 11, 30))
    assert matter.id in listed(date(2026, 12, 2))
    assert matter.hand("taken_over", "2026-11-26", at=LATE, **takes) == "still_in_time"
    later = datetime(2026, 12, 2, 4, tzinfo=UTC)
    assert matter.hand("taken_over", "2026-12-02", at=later, **takes) == "accepted"
    assert verify_log(TOWNSHIP) is None


def test_what_somebody_took_over_and_left_is_unanswered_since_it_came(world, matter):
    takes = {"unit": TOWNSHIP, "at": LATE}
    assert matter.hand("taken_over", "2026-11-26", by_whom=world.wang, **takes) == "accepted"
    Account.objects.filter(id=world.wang.id).update(is_active=False)
    assert matter.id in listed(date(2026, 11, 26))
    assert matter.hand("taken_over", "2026-11-26", by_whom=world.zhou, **takes) == "accepted"


def test_in_a_village_without_a_mediator_it_is_nobodys_and_taken_over_at_once(world):
    told = Matter(world, unit=VILLAGE_B, by=world.ma)
    assert opens_to(world, world.ma) == set()
    assert told.hand("taken_over", "2026-09-01", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert opens_to(world, world.zhou) == {told.id}


# ---------------------------------------------------------------- what decisions rest on


def test_nobody_consents_for_two_and_no_agreement_is_without_each(world, matter, line):
    assert matter.agree() == "case_not_accepted"
    matter.step("accepted")
    assert matter.agree() == "consent_missing"
    matter.consent(matter.a)
    assert matter.agree() == "consent_missing"
    matter.consent(matter.b)
    assert matter.agree(parties=[matter.a, matter.joins("a", "弟弟") and matter.joined]) == "consent_missing"
    matter.consent(matter.joined)
    assert matter.agree(parties=[matter.a, matter.joined]) == "one_side_missing"
    assert matter.agree(parties=[matter.a, matter.b, matter.joined], form="oral") == "oral_without_mediator"
    assert matter.step("mediator", mediator=line, account=world.med.id) == "accepted"
    assert matter.agree(parties=[matter.a, matter.b, matter.joined], form="oral") == "accepted"
    assert matter.stands == ("in_effect", "resolved", "oral")


def test_another_channel_has_its_own_people_who_stand_on_no_panel(world, line):
    matter = Matter(world, channel="admin").willing()
    assert matter.agree(form="oral") == "accepted"
    assert matter.stands == ("in_effect", "resolved", "oral")


def test_sides_who_settle_it_themselves_end_it_so_and_owe_nothing_of_what_nobody_signed(world, matter):
    assert matter.step("ended", how="between_themselves") == "case_not_accepted"
    matter.willing()
    assert matter.agree() == "accepted"
    assert matter.row.items_open == 1
    assert matter.step("ended", "2026-09-06", how="between_themselves") == "accepted"
    assert matter.stands == ("between_themselves", "resolved", "between_themselves")
    assert (matter.row.closed_on, matter.row.effect_on) == (date(2026, 9, 6), None)
    assert (matter.row.items_open, matter.row.last_due) == (0, None)
    assert matter.sign("party", "2026-09-07", of=matter.a) == "no_such_agreement"
    assert matter.step("applied", "2026-09-08", parties=[matter.a, matter.b]) == "not_in_effect"
    assert matter.agree("2026-09-08") == "case_closed"


def test_fifteen_wage_claims_are_one_case_and_each_says_yes_by_itself(world, line):
    site = Matter(world, sort="migrant_wages")
    workers = [site.a, *(site.joins("a", f"工人{n}") and site.joined for n in range(2, 16))]
    site.step("accepted")
    for one in (*workers, site.b):
        assert site.stands[0] == "accepted"
        assert site.consent(one) == "accepted"
    assert site.stands[0] == "willing"
    assert site.consent(workers[3], "refused", "2026-09-03") == "accepted"
    assert site.stands[0] == "willing"
    assert site.agree(parties=[*workers, site.b]) == "consent_missing"
    rest = [one for one in workers if one != workers[3]]
    assert site.step("mediator", mediator=line, account=world.med.id) == "accepted"
    assert site.agree(parties=[*rest, site.b], form="oral") == "accepted"
    assert Case.objects.filter(log=TOWNSHIP).count() == 1


def test_one_sides_refusal_is_an_honourable_end(world, matter):
    matter.step("accepted")
    matter.consent(matter.a)
    assert matter.step("ended", how="refused") == "nobody_refused"
    matter.consent(matter.b, "refused")
    matter.altered = {"how": "not_settled", "routes": []}
    assert matter.step("ended", how="refused") == "routes_not_told"
    matter.altered = {}
    assert matter.step("ended", how="refused", routes=["court"]) == "accepted"
    assert matter.stands == ("refused", "refused", "refused")
    assert matter.step("ended", how="withdrawn") == "case_closed"


def test_a_minor_says_it_through_who_represents_them(world, matter):
    matter.joins("a", "小军", minor=True)
    assert matter.consent(matter.joined) == "minor_needs_representative"
    assert matter.consent(matter.joined, spoken_by="representative") == "accepted"


def test_it_is_put_off_only_with_everybodys_yes_to_the_same_day(world, matter):
    matter.willing()
    assert matter.consent(matter.a, to="extension") == "extension_without_day"
    matter.consent(matter.a, to="extension", until="2026-10-15")
    assert matter.row.extended_to is None
    matter.consent(matter.b, to="extension", until="2026-10-10")
    assert matter.row.extended_to == date(2026, 10, 10)
    assert "extension_agreed" in matter.path


def test_one_signature_left_off_leaves_it_without_effect(world, matter, line):
    matter.willing()
    matter.agree()
    for party in (matter.a, matter.b):
        matter.sign("party", of=party)
    matter.sign("mediator", of=line)
    assert matter.stands[0] == "agreed"
    assert matter.step("applied", "2026-09-06", parties=[matter.a, matter.b]) == "not_in_effect"
    assert matter.sign("seal", "2026-09-03", of=line) == "signed_before_it_was_made"
    other = panel_line(world, world.zhou, TOWNSHIP, holds_seal=True)
    without = panel_line(world, world.sec, VILLAGE_A)
    assert matter.sign("seal", of=other) == "seal_is_not_theirs"
    assert matter.sign("seal", by=world.sec, of=without) == "seal_is_not_theirs"
    assert matter.sign("seal", of=line) == "accepted"
    assert matter.stands[0] == "in_effect"


@pytest.mark.parametrize(("day", "said"), [("2026-10-05", "accepted"), ("2026-10-06", "confirmation_out_of_time")])
def test_both_apply_together_until_the_thirtieth_day_however_late_it_is_written_down(world, matter, line, day, said):
    matter.willing().signed(line)
    both = [matter.a, matter.b]
    assert matter.step("applied", day, parties=both) in ("consent_missing", "confirmation_out_of_time")
    for party in both:
        matter.consent(party, to="confirmation", on="2026-09-06")
    assert matter.step("applied", day, parties=[matter.a]) in ("not_jointly", "confirmation_out_of_time")
    assert matter.step("confirmed", day) == "not_applied"
    assert matter.step("applied", day, parties=both) == said
    if said == "accepted":
        assert matter.step("confirmed", "2026-10-20") == "accepted"
        assert matter.row.court == "confirmed"


@pytest.mark.parametrize("more", [{"sort": "marriage_and_family"}, {"settles": ["ownership"]}])
def test_no_court_confirms_a_divorce_or_who_owns_what(world, line, more):
    case = Matter(world, sort=more.get("sort", "pasture_boundary")).willing()
    case.agree(settles=more.get("settles", []))
    for party in (case.a, case.b):
        case.sign("party", of=party)
    case.sign("mediator", of=line)
    case.sign("seal", of=line)
    assert case.stands[0] == "in_effect"
    assert case.step("applied", "2026-09-10", parties=[case.a, case.b]) == "confirmed_by_no_court"


def test_a_decision_is_of_no_day_before_what_it_rests_on(world, matter, line):
    assert matter.step("accepted", "2026-09-05") == "accepted"
    assert matter.step("ended", "2026-09-04", how="withdrawn") == "before_what_it_rests_on"
    for party in (matter.a, matter.b):
        matter.consent(party, on="2026-09-08")
    assert matter.step("mediator", "2026-09-06", mediator=line, account=world.med.id) == "accepted"
    assert matter.agree("2026-09-07", form="oral") == "before_what_it_rests_on"
    assert matter.agree("2026-09-08", form="oral") == "accepted"
    assert matter.stands == ("in_effect", "resolved", "oral")


def test_two_browsers_end_one_case_differently_and_a_person_decides(world, matter):
    matter.willing()
    before = matter.seen("state")
    assert matter.step("ended", how="not_settled", routes=["court"]) == "accepted"
    other = CaseStep1(case=matter.id, step="ended", how="withdrawn")
    assert matter.bring(other, on="2026-09-02", **before) in ("case_closed", "seen_differently")
    assert matter.stands == ("not_settled", "not_settled", "not_settled")


def test_what_happened_is_let_in_at_any_stage(world, matter, line):
    matter.willing().signed(line)
    assert matter.session("2026-09-20") == "accepted"
    assert matter.consent(matter.a, to="notes", on="2026-09-21") == "accepted"
    assert matter.step("told", "2026-09-21", party=matter.a, told_of="confirmation") == "accepted"
    assert matter.step("told", "2026-09-22", party=matter.b, told_of="confirmation") == "accepted"
    assert matter.path[-1] == "told_to_each_side"
    assert matter.session("2026-08-31") == "before_it_was_told"


# ---------------------------------------------------------------- numbers


def test_a_number_is_given_once_and_never_again_even_of_what_was_taken_back(world, line):
    first, second, third = (Matter(world, by=world.lin, brings=False) for _ in range(3))
    for one, number in ((first, 1), (second, 2)):
        one.settled_on_the_spot(mediator=line, account=world.med)
        assert one.row.number == f"(2026)示人调字第{number}号"
    entry = second.row.entry
    taken_back = world.pen.item(
        None, unit=VILLAGE_A, by=world.lin, on=date(2026, 9, 1), at=AT, kind="spot_settlement", corrects=str(entry),
        saw={f"{entry}.wording": str(entry)},
    )  # fmt: skip
    [receipt] = world.receive(taken_back, by=world.lin, at=AT)
    assert receipt.outcome == "accepted", receipt.why
    assert not Case.objects.filter(id=second.id).exists()
    third.settled_on_the_spot(mediator=line, account=world.med)
    assert third.row.number == "(2026)示人调字第3号"
    rebuild(TOWNSHIP)
    assert set(CaseNumber.objects.values_list("serial", flat=True)) == {1, 2, 3}
    assert verify_log(TOWNSHIP) is None


def test_cases_that_come_in_one_batch_get_different_numbers(world, line):
    quarrels = [Matter(world, by=world.lin, brings=False) for _ in range(3)]
    items = []
    for one in quarrels:
        one.bring = lambda body, at=AT, on="2026-09-01", **more: items.append(  # type: ignore[method-assign]
            world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date.fromisoformat(on), at=at, **more)
        )
        one.settled_on_the_spot(mediator=line, account=world.med)
    assert [receipt.outcome for receipt in world.receive(*items, by=world.lin, at=AT)] == ["accepted"] * 3
    assert {one.row.number for one in quarrels} == {f"(2026)示人调字第{n}号" for n in (1, 2, 3)}


def test_whom_it_opens_to_is_one_query(world, matter, django_assert_num_queries):
    sight = sight_of(world.med, DAY)
    with django_assert_num_queries(1):
        assert [one.id for one in Case.objects.seen_by(sight)] == [matter.id]
    assert CaseReader.objects.filter(id=matter.id, opens=True).count() == 1


def test_no_request_of_a_person_finds_the_words_of_a_case(world, matter):
    name = "阿依努尔·木拉提"
    told = matter.words(f"{name}家的羊")
    assert matter.joins("b", name) == "accepted"
    assert (
        matter.bring(
            CaseStep1(case=matter.id, step="accepted", words=told.digest), sealed=[told], **matter.seen("state")
        )
        == "accepted"
    )
    assert Sealed.objects.filter(digest=told.digest).exists()
    found = held(world.house_1.head)
    assert name in found.sought.plain
    assert {part.kind for part in (*found.own, *found.listed)} & CASE_KINDS == set()


def test_nothing_that_was_agreed_is_due_before_it_was_agreed(world):
    matter = Matter(world).willing()
    assert matter.agree("2026-09-04", until="2026-09-03") == "due_before_agreed"
    assert matter.agree("2026-09-04", until="2026-09-04") == "accepted"
    assert matter.performed("kept", "2026-09-03") == "done_before_agreed"
    assert matter.performed("kept", "2026-09-04") == "accepted"


def test_what_was_settled_on_the_spot_is_due_no_day_before(world, line):
    quarrel = Matter(world, by=world.lin, brings=False)
    due = {"until": date(2026, 8, 31), "item": world.pen.new_id()}
    assert quarrel.settled_on_the_spot(mediator=line, account=world.med, **due) == "due_before_agreed"


def test_a_day_that_is_still_to_come_is_not_before_the_one_it_was_named_on(world, matter):
    matter.willing()
    past = date(2026, 9, 1)
    assert matter.help("asked", "2026-09-02", to=TOWNSHIP, by=past) == "names_a_day_before"
    assert matter.hand("sent", "2026-09-02", to=TOWNSHIP, by=past) == "names_a_day_before"
    extension = {"to": "extension", "until": "2026-09-01"}
    assert matter.consent(matter.a, on="2026-09-02", **extension) == "names_a_day_before"
    assert matter.consent(matter.a, on="2026-09-02", to="extension") == "extension_without_day"
    matter.altered = {"next_on": "2026-09-02"}
    assert matter.session("2026-09-03") == "names_a_day_before"


def test_a_grade_is_looked_at_again_on_no_day_before(world, matter):
    weighed = {"difficulty": "hard", "until": date(2026, 9, 1)}
    assert matter.step("weighed", "2026-09-02", **weighed) == "names_a_day_before"


def test_an_opening_is_of_no_day_after_what_followed_it(world, matter):
    opened, sealed = matter.last, matter.item_sent.sealed
    body = msgspec.convert(json.loads(matter.item_sent.said)["body"], Case1)
    matter.step("accepted", "2026-09-03")

    def of(day: str) -> str:
        return matter.bring(body, on=day, corrects=str(opened), saw={f"{opened}.wording": str(opened)}, sealed=sealed)

    assert of("2026-09-04") == "rests_on_it"
    assert of("2026-09-03") == "accepted"


def test_an_opening_that_is_of_a_later_day_already_may_have_its_words_mended(world, matter):
    opened, sealed = matter.last, matter.item_sent.sealed
    body = msgspec.convert(json.loads(matter.item_sent.said)["body"], Case1)
    assert matter.bring(body, on="2026-09-05", corrects=str(opened), saw={f"{opened}.wording": str(opened)},
                        sealed=sealed) == "accepted"  # fmt: skip
    last = matter.last
    early = matter.step("accepted", "2026-09-05")
    assert early == "accepted"
    saw = {f"{opened}.wording": str(last)}
    assert matter.bring(body, on="2026-09-05", corrects=str(opened), saw=saw, sealed=sealed) in (
        "accepted", "nothing_changed")  # fmt: skip


def test_what_was_settled_by_word_on_the_spot_is_confirmed_in_writing_only(world, line):
    quarrel = Matter(world, by=world.lin, brings=False)
    quarrel.settled_on_the_spot(mediator=line, account=world.med)
    parties = {"parties": [quarrel.a, quarrel.b]}
    assert quarrel.step("applied", "2026-09-02", by=world.med, **parties) == "confirmed_in_writing_only"


def test_nobody_helped_before_they_were_asked(world, matter):
    assert matter.help("asked", "2026-09-08", to=TOWNSHIP, by=date(2026, 9, 10)) == "accepted"
    answers = {"by_whom": world.zhou, "unit": TOWNSHIP}
    assert matter.help("answered", "2026-09-05", **answers) == "before_what_it_follows"
    assert matter.help("answered", "2026-09-08", **answers) == "accepted"


# ---------------------------------------------------------------- said anew, taken back


def test_another_day_is_asked_what_the_first_was_asked(world):
    def on(day: str) -> str:
        return matter.bring(body, on=day, corrects=str(first), saw={f"{first}.wording": str(first)})

    matter = Matter(world).willing()
    line = panel_line(world, world.med, VILLAGE_A, holds_seal=True)
    matter.signed(line)
    seal, sealed = matter.last, CaseSignature1(matter.id, matter.agreement, "seal", member=line)
    for party in (matter.a, matter.b):
        assert matter.consent(party, on="2026-09-20", to="confirmation") == "accepted"
    body, first = sealed, seal
    assert on("2026-09-03") == "signed_before_it_was_made"
    assert matter.step("applied", "2026-09-25", parties=[matter.a, matter.b]) == "accepted"
    applied = matter.last
    assert on("2026-10-01") == "rests_on_it"
    body, first = CaseStep1(matter.id, "applied", parties=[matter.a, matter.b]), applied
    assert on("2026-10-20") == "confirmation_out_of_time"
    assert on("2026-09-26") == "accepted"


def taken_back(matter: Matter, entry: UUID, kind: str, *, by=None, on: str = "2026-09-01") -> str:
    """Take an entry of a case back, as its author or whoever follows would."""
    wording = json.loads(Entry.objects.get(id=entry).said)["id"]
    saw = {"saw": {f"{entry}.wording": wording}}
    return matter.bring(None, by=by, on=on, kind=kind, corrects=str(entry), **saw)


def agreed(matter: Matter) -> dict[str, UUID]:
    """Bring a case as far as a written agreement in effect, and give the entries it rests on."""
    entries = {}
    assert matter.step("accepted") == "accepted"
    entries["accepted"] = matter.last
    for name in ("a", "b"):
        assert matter.consent(getattr(matter, name)) == "accepted"
        entries[f"consent_{name}"] = matter.last
    assert matter.agree() == "accepted"
    entries["agreement"] = matter.last
    return entries


def test_what_an_agreement_rests_on_is_not_taken_back(world, line, matter):
    entries = agreed(matter)
    assert taken_back(matter, entries["accepted"], "case_step", on="2026-09-02") == "rests_on_it"
    assert taken_back(matter, entries["consent_a"], "case_consent", on="2026-09-02") == "rests_on_it"
    assert Case.objects.get(id=matter.id).stage == "agreed"
    assert taken_back(matter, entries["agreement"], "case_agreement", on="2026-09-04") == "accepted"
    assert taken_back(matter, entries["consent_a"], "case_consent", on="2026-09-02") == "accepted"
    assert Case.objects.get(id=matter.id).stage == "accepted"


def test_a_signed_agreement_is_neither_said_anew_nor_taken_back(world, line, matter):
    entries = agreed(matter)
    signature = CaseSignature1(case=matter.id, agreement=matter.agreement, signed="party", party=matter.a)
    assert matter.bring(signature, on="2026-09-05") == "accepted"
    body = read_body(
        "case_agreement", 1, json.dumps(json.loads(Entry.objects.get(id=entries["agreement"]).said)["body"]).encode()
    )
    other = msgspec.structs.replace(body, items=[msgspec.structs.replace(body.items[0], by=date(2027, 1, 1))])
    anew = matter.bring(other, on="2026-09-04", corrects=str(entries["agreement"]),
                        saw={f"{entries['agreement']}.wording": entries["agreement"]})  # fmt: skip
    assert anew == "rests_on_it"
    assert taken_back(matter, entries["agreement"], "case_agreement", on="2026-09-04") == "rests_on_it"


def test_who_does_not_handle_a_case_any_more_takes_nothing_of_it_back(world, line, matter):
    entry = matter.last
    assert matter.step("accepted") == "accepted"
    assert taken_back(matter, entry, "case", by=world.lin) != "accepted"
    assert taken_back(matter, entry, "case") == "rests_on_it"


def test_a_case_just_brought_is_taken_back_by_whoever_brought_it(world, line):
    matter = Matter(world, by=world.lin)
    assert taken_back(matter, matter.last, "case", by=world.lin) == "accepted"
    assert not Case.objects.standing().filter(id=matter.id).exists()
