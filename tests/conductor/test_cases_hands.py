"""In whose hands a case is: it never has nobody, and whoever is no longer of it neither reads nor handles it."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec import convert, structs

from concerto.conductor.verify import verify_log
from concerto.journal.kinds.case_steps import CaseHandover1
from concerto.journal.kinds.cases import Case1
from concerto.journal.kinds.postings import Posting1
from concerto.papers.standing.default_desk import unanswered
from concerto.parts.disputes.models import Case
from concerto.places.models import Account
from concerto.register.access import sight_of
from concerto.register.holding import has_centre, held_desks, held_units
from concerto.register.models import Posting
from tests.cases import AT, Matter, line_ends, panel_line, posting_ends
from tests.cast import FIRST_DAY, TOWNSHIP, VILLAGE_A, VILLAGE_B, World
from tests.needs import county_desk

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
TAKES = {"unit": TOWNSHIP}


def opens_to(account: Account, day: date = DAY) -> set[UUID]:
    return set(Case.objects.seen_by(sight_of(account, day)).values_list("id", flat=True))


def goes_on_for(account: Account, day: date = DAY) -> set[UUID]:
    return set(Case.objects.followed_by(sight_of(account, day)).values_list("id", flat=True))


def on_the_list(matter: Matter, day: date = DAY) -> Any:
    """Give the line of the default desk's list, if the case stands there."""
    return next((one for one in unanswered(TOWNSHIP, day) if one.matter.id == matter.id), None)


def posted_as(world: World, account: Account, role: str, unit: UUID) -> None:
    body = Posting1(posting=world.pen.new_id(), account=account.id, unit=unit, role=role, since=FIRST_DAY)  # type: ignore[arg-type]
    [receipt] = world.receive(world.pen.item(body, unit=unit, by=world.wang, at=AT), by=world.wang, at=AT)
    assert receipt.outcome == "accepted", receipt.why


def named_in_b(world: World, account: Account | None) -> tuple[Matter, UUID]:
    """A case of village B, where nobody is posted to mediate, brought to somebody of the panel."""
    line = panel_line(world, account, VILLAGE_B)
    matter = Matter(world, unit=VILLAGE_B, by=world.ma)
    assert matter.hand("taken_over", "2026-09-01", by_whom=world.zhou, **TAKES) == "accepted"
    more = {"account": account.id} if account else {}
    assert matter.step("accepted", "2026-09-01", by=world.zhou, unit=TOWNSHIP) == "accepted"
    assert matter.step("mediator", "2026-09-01", by=world.zhou, unit=TOWNSHIP, mediator=line, **more) == "accepted"
    return matter, line


# ---------------------------------------------------------------- a case never has nobody


def test_a_mediator_who_does_not_sign_in_holds_no_case_that_nobody_else_can_write_in(world):
    matter, _line = named_in_b(world, None)
    posting_ends(world, "zhou", date(2026, 9, 2))
    assert on_the_list(matter).may_be_taken
    assert matter.hand("taken_over", "2026-09-03", by_whom=world.wang, **TAKES) == "accepted"
    assert opens_to(world.wang) == {matter.id}
    assert verify_log(TOWNSHIP) is None


def test_a_mediator_who_signs_in_and_is_posted_holds_a_case_whose_desk_is_nobody_s(world):
    matter, line = named_in_b(world, world.ma)
    posting_ends(world, "zhou", date(2026, 9, 2))
    assert on_the_list(matter) is None
    assert matter.hand("taken_over", "2026-09-03", by_whom=world.wang, **TAKES) == "still_in_time"
    line_ends(world, line, date(2026, 10, 1))
    assert on_the_list(matter).may_be_taken
    assert matter.hand("taken_over", "2026-10-02", by_whom=world.wang, **TAKES) == "accepted"


@pytest.mark.parametrize("gone", ["closed", "posted no more"])
def test_a_mediator_who_left_holds_no_case(world, gone):
    matter, _line = named_in_b(world, world.ma)
    posting_ends(world, "zhou", date(2026, 9, 2))
    if gone == "closed":
        Account.objects.filter(id=world.ma.id).update(is_active=False)
    else:
        posting_ends(world, "ma", date(2026, 10, 1))
    assert on_the_list(matter).may_be_taken
    assert matter.hand("taken_over", "2026-10-02", by_whom=world.wang, **TAKES) == "accepted"


def test_a_case_whose_desk_can_no_longer_sign_in_is_nobody_s_though_they_are_posted_still(world):
    matter = Matter(world).willing()
    assert on_the_list(matter) is None
    Account.objects.filter(id=world.med.id).update(is_active=False)
    assert on_the_list(matter).may_be_taken
    assert matter.hand("taken_over", "2026-09-03", by_whom=world.zhou, **TAKES) == "accepted"
    assert opens_to(world.zhou) == {matter.id}


def test_a_need_whose_village_can_no_longer_sign_in_is_nobody_s(world):
    assert held_units(TOWNSHIP, [VILLAGE_A], DAY) == {VILLAGE_A}
    Account.objects.filter(id__in=Posting.objects.filter(unit=VILLAGE_A).values("account")).update(is_active=False)
    Account.objects.filter(id__in=Posting.objects.filter(unit=world.branch_a.id).values("account")).update(
        is_active=False
    )
    assert held_units(TOWNSHIP, [VILLAGE_A], DAY) == set()
    assert held_desks(TOWNSHIP, [VILLAGE_A], DAY) == set()


def test_where_the_centre_can_no_longer_sign_in_the_list_is_the_organizer_s(world):
    assert has_centre(TOWNSHIP, DAY)
    Account.objects.filter(id=world.zhou.id).update(is_active=False)
    assert not has_centre(TOWNSHIP, DAY)


def test_what_was_taken_over_by_somebody_who_left_is_taken_over_anew(world):
    matter = Matter(world, unit=VILLAGE_B, by=world.ma)
    assert matter.hand("taken_over", "2026-09-01", by_whom=world.zhou, **TAKES) == "accepted"
    line = on_the_list(matter)
    assert (line.taken_by, line.may_be_taken) == (world.zhou.id, False)
    assert matter.hand("taken_over", "2026-09-02", by_whom=world.wang, **TAKES) == "taken_over_already"
    posting_ends(world, "zhou", date(2026, 10, 1))
    line = on_the_list(matter)
    assert (line.taken_by, line.may_be_taken) == (None, True)
    assert opens_to(world.zhou) == set()
    assert matter.hand("taken_over", "2026-10-02", by_whom=world.wang, **TAKES) == "accepted"
    assert opens_to(world.wang) == {matter.id}


def test_what_was_sent_to_a_desk_of_nobody_s_stands_on_the_list_though_somebody_mediates(world):
    line = panel_line(world, world.med, VILLAGE_A)
    matter = Matter(world).willing()
    assert matter.step("mediator", mediator=line, account=world.med.id) == "accepted"
    assert on_the_list(matter) is None
    assert matter.hand("sent", "2026-09-03", to=VILLAGE_B) == "accepted"
    assert on_the_list(matter, date(2026, 9, 3)).may_be_taken


def test_the_door_and_the_list_agree_about_every_case(world):
    """Whatever the list offers the door takes, and what it does not offer the door refuses."""
    line = panel_line(world, world.med, VILLAGE_A)
    matters = [named_in_b(world, None)[0], named_in_b(world, world.ma)[0], Matter(world), Matter(world).willing()]
    matters[3].step("mediator", mediator=line, account=world.med.id)
    posting_ends(world, "zhou", date(2026, 9, 2))
    posting_ends(world, "med", date(2026, 11, 1))
    offered = {one.matter.id for one in unanswered(TOWNSHIP, DAY) if one.matter.sort == "case" and one.may_be_taken}
    takes = {"by_whom": world.wang, **TAKES}
    taken = {one.id for one in matters if one.hand("taken_over", "2026-11-20", **takes) == "accepted"}
    assert taken == offered == {matters[0].id, matters[2].id, matters[3].id}


# ---------------------------------------------------------------- and opens to nobody who is no longer of it


def test_it_opens_to_its_mediator_while_their_line_runs_and_then_they_handle_it_no_more(world):
    line = panel_line(world, world.lin, VILLAGE_A)
    matter = Matter(world).willing()
    assert matter.step("mediator", mediator=line, account=world.lin.id) == "accepted"
    line_ends(world, line, date(2026, 10, 1))
    assert opens_to(world.lin, date(2026, 10, 1)) == {matter.id}
    assert opens_to(world.lin, date(2026, 10, 2)) == goes_on_for(world.lin, date(2026, 10, 2)) == set()
    assert matter.consent(matter.a, to="notes", by=world.lin, on="2026-10-01") == "accepted"
    assert matter.consent(matter.a, to="notes", by=world.lin, on="2026-10-02") == "not_its_handler"
    assert opens_to(world.med) == {matter.id}


def test_whoever_brought_a_case_and_mediated_it_still_sees_that_it_goes_on(world):
    line = panel_line(world, world.lin, VILLAGE_A)
    matter = Matter(world, brings=False)
    assert matter.brought(author=world.lin) == "accepted"
    matter.willing()
    assert matter.step("mediator", mediator=line, account=world.lin.id) == "accepted"
    assert (opens_to(world.lin), goes_on_for(world.lin)) == ({matter.id}, set())
    line_ends(world, line, date(2026, 10, 1))
    assert (opens_to(world.lin), goes_on_for(world.lin)) == (set(), {matter.id})


def test_whoever_took_it_over_reads_and_handles_it_while_posted_to_stand_in(world):
    matter = Matter(world, unit=VILLAGE_B, by=world.ma)
    assert matter.hand("taken_over", "2026-09-01", by_whom=world.zhou, **TAKES) == "accepted"
    posted_as(world, world.zhou, "instructor", world.branch_a.id)
    assert matter.step("accepted", "2026-09-01", by=world.zhou, unit=TOWNSHIP) == "accepted"
    posting_ends(world, "zhou", date(2026, 10, 1))
    assert opens_to(world.zhou, date(2026, 10, 1)) == {matter.id}
    assert opens_to(world.zhou, date(2026, 10, 2)) == set()
    assert matter.consent(matter.a, by=world.zhou, unit=VILLAGE_A, on="2026-10-02") == "not_its_handler"


# ---------------------------------------------------------------- the number of what comes into the people's channel


def test_a_case_that_comes_into_the_peoples_channel_after_it_was_accepted_gets_its_number_then(world):
    county_desk(world)
    first = Matter(world, channel="admin")
    assert first.step("accepted") == "accepted"
    assert first.row.number == ""
    sent = {"to": TOWNSHIP, "channel": "people", "form": "told"}
    assert first.hand("sent", "2026-09-03", **sent) == "accepted"
    assert first.row.number == ""
    assert first.hand("accepted", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert (first.row.channel, first.row.number) == ("people", "(2026)示人调字第1号")
    assert first.hand("returned", "2026-09-05", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert (first.row.channel, first.row.number) == ("admin", "(2026)示人调字第1号")
    second = Matter(world)
    assert second.step("accepted") == "accepted"
    assert second.row.number == "(2026)示人调字第2号"
    assert verify_log(TOWNSHIP) is None


def test_a_case_that_comes_back_into_the_peoples_channel_gets_its_number_when_it_is_back(world):
    clerk = county_desk(world)
    matter = Matter(world)
    sent = {"to": world.county.id, "channel": "admin", "form": "told"}
    assert matter.hand("sent", "2026-09-02", **sent) == "accepted"
    assert matter.hand("accepted", "2026-09-03", by_whom=clerk, unit=world.county.id) == "accepted"
    assert matter.step("accepted", "2026-09-03", by=clerk, unit=world.county.id) == "accepted"
    assert matter.row.number == ""
    assert matter.hand("done", "2026-09-04", by_whom=clerk, unit=world.county.id) == "accepted"
    assert matter.row.number == "(2026)示人调字第1号"


def test_a_handover_said_anew_gives_no_number(world):
    clerk = county_desk(world)
    matter = Matter(world)
    sent = {"channel": "admin", "form": "told"}
    assert matter.hand("sent", "2026-09-02", to=TOWNSHIP, **sent) == "accepted"
    assert matter.hand("accepted", "2026-09-02", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert matter.step("accepted", "2026-09-02", by=world.zhou, unit=TOWNSHIP) == "accepted"
    assert matter.hand("sent", "2026-09-03", to=world.county.id, by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert matter.hand("returned", "2026-09-04", by_whom=clerk, unit=world.county.id) == "accepted"
    entry, words = matter.last, matter.words("写得更清楚")
    body = CaseHandover1(case=matter.id, step="returned", why=words.digest)
    saw = {**matter.seen("desk")["saw"], f"{entry}.wording": str(entry)}
    more = {"corrects": str(entry), "sealed": [words], "saw": saw}
    assert matter.bring(body, by=clerk, unit=world.county.id, on="2026-09-04", **more) == "accepted"
    assert (matter.row.channel, matter.row.number) == ("admin", "")


# ---------------------------------------------------------------- handled together


def test_linked_cases_stand_beside_each_other_in_both_rows_and_count_one_each(world):
    one, two = Matter(world), Matter(world)
    assert one.step("linked", linked=[two.id]) == "accepted"
    entry = one.last
    assert (one.row.linked, two.row.linked) == (str(two.id), str(one.id))
    assert two.path == ["opened", "linked"]
    assert two.stands == ("brought", "", "")
    assert one.step("linked", linked=[one.id]) == "linked_with_itself"
    assert Case.objects.filter(log=TOWNSHIP).count() == 2
    saw = {f"{entry}.wording": str(entry)}
    assert one.bring(None, on="2026-09-02", kind="case_step", corrects=str(entry), saw=saw) == "accepted"
    assert one.row.linked == two.row.linked == ""
    assert verify_log(TOWNSHIP) is None


def test_a_case_opened_beside_another_stands_in_the_row_of_both(world):
    one = Matter(world)
    two = Matter(world, linked=[one.id])
    assert (one.row.linked, two.row.linked) == (str(two.id), str(one.id))


def test_an_opening_that_links_another_is_said_anew_also_when_that_one_is_in_other_hands(world):
    one = Matter(world)
    two = Matter(world, linked=[one.id])
    opened, words = two.last, two.words("界桩被人拔了")
    assert one.hand("sent", "2026-09-02", to=TOWNSHIP) == "accepted"
    assert one.hand("accepted", "2026-09-02", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    body = convert(json.loads(two.item_sent.said)["body"], Case1)
    anew = structs.replace(body, summary=words.digest)
    sealed = [words, *(part for part in two.item_sent.sealed if part.digest != body.summary)]
    saw = {f"{opened}.wording": str(opened)}
    assert two.bring(anew, corrects=str(opened), sealed=sealed, saw=saw) == "accepted"
    assert two.row.linked == str(one.id)
    third = Matter(world, unit=VILLAGE_B, by=world.ma)
    more = structs.replace(anew, linked=[one.id, third.id])
    assert two.bring(more, corrects=str(opened), sealed=sealed, saw={f"{opened}.wording": str(two.last)}) == (
        "not_its_handler"
    )


def test_nobody_links_a_case_with_one_that_is_not_theirs(world):
    theirs = Matter(world, unit=VILLAGE_B, by=world.ma)
    mine = Matter(world)
    assert mine.step("linked", linked=[theirs.id]) == "not_its_handler"
    other = Matter(world, brings=False)
    assert other.brought(linked=[theirs.id]) == "not_its_handler"


def test_a_session_with_all_of_them_is_an_entry_of_each_and_comes_as_one_batch(world):
    matters = [Matter(world).willing(), Matter(world).willing()]
    matters[0].step("linked", linked=[matters[1].id])
    items = []
    for one in matters:
        one.bring = lambda body, at=AT, on="2026-09-01", **more: items.append(  # type: ignore[method-assign]
            world.pen.item(body, unit=VILLAGE_A, by=world.med, on=date.fromisoformat(on), at=at, **more)
        )
        one.session()
    assert [receipt.outcome for receipt in world.receive(*items, by=world.med, at=AT)] == ["accepted"] * 2
    assert [one.stands for one in matters] == [("talking", "open", "")] * 2
    assert [one.path.count("session") for one in matters] == [1, 1]


# ---------------------------------------------------------------- more time, and taken back


def test_more_time_that_one_takes_back_is_over(world):
    matter = Matter(world).willing()
    for party, until in ((matter.a, "2026-10-15"), (matter.b, "2026-10-10")):
        assert matter.consent(party, to="extension", until=until) == "accepted"
    assert matter.row.extended_to == date(2026, 10, 10)
    assert matter.consent(matter.b, "refused", "2026-09-03", to="extension") == "accepted"
    assert (matter.row.extended_to, matter.path[-1]) == (None, "extension_over")
    assert matter.consent(matter.b, on="2026-09-04", to="extension", until="2026-10-20") == "accepted"
    assert matter.row.extended_to == date(2026, 10, 15)
    assert matter.joins("a", "弟弟", "2026-09-05") == "accepted"
    assert matter.row.extended_to is None
