"""A slip's life at the door: printed, given, asked by, lost; and what comes back by it."""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import msgspec
import pytest

from concerto.conductor.rebuild import rebuild
from concerto.conductor.receive import receive
from concerto.conductor.verify import verify_log
from concerto.groundwork import slip_codes
from concerto.journal import reading
from concerto.journal.kinds.slips import (
    CallAsked1,
    MatterSlip1,
    MatterSlipVoid1,
    PrintedSlip,
    SlipSheet1,
    Treated1,
    slip_key,
)
from concerto.journal.models import Entry
from concerto.journal.said import Audience, stand
from concerto.register.access import sight_of
from concerto.register.giving import fold_matter_slip
from concerto.register.models import MatterSlip
from concerto.register.slips import by_code, last_serial
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B, World
from tests.register.slips import PaperSlip, given_slip, other_need, print_slips

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 15)


def bring(world: World, body, by, *, unit: UUID = VILLAGE_A, **more):
    [receipt] = world.receive(world.pen.item(body, unit=unit, by=by, on=JUNE, **more), by=by)
    return receipt


def by_slip(world: World, body, **more):
    item = world.pen.item(body, unit=more.pop("unit", VILLAGE_A), on=JUNE, **more)
    [receipt] = receive([item], brought_by=None, at=NOON, shown="slip")
    return receipt


def test_slips_are_printed_ahead_and_belong_to_nobody(world):
    print_slips(world, world.lin, count=3)

    assert MatterSlip.objects.to_give().count() == 3
    assert MatterSlip.objects.given().count() == 0
    assert last_serial(TOWNSHIP) == max(MatterSlip.objects.values_list("serial", flat=True))


def test_a_serial_names_one_slip_for_ever_and_a_wrong_digit_none(world):
    [one] = print_slips(world, world.lin)
    part = world.pen.seal(one.key, "0" * 64, Audience.DESK)
    again = SlipSheet1(slips=[PrintedSlip(one.key, one.serial, part.digest)])
    assert bring(world, again, world.lin, sealed=[part]).code == "already_named"
    wrong = one.serial[:-1] + str((int(one.serial[-1]) + 1) % 10)
    key = slip_key(TOWNSHIP, wrong)
    part = world.pen.seal(key, "0" * 64, Audience.DESK)
    sheet = SlipSheet1(slips=[PrintedSlip(key, wrong, part.digest)])
    assert bring(world, sheet, world.lin, sealed=[part]).code == "serial_wrong"
    key = world.pen.new_id()
    part = world.pen.seal(key, "0" * 64, Audience.DESK)
    sheet = SlipSheet1(slips=[PrintedSlip(key, next(slip_codes.serials_after(one.serial)), part.digest)])
    assert bring(world, sheet, world.lin, sealed=[part]).code == "serial_wrong"


def giving(slip: PaperSlip, need: UUID, house: UUID) -> MatterSlip1:
    return MatterSlip1(slip=slip.key, matter=need, what="need", household=house)


def test_a_slip_is_given_once_and_who_notes_it_for_another_household_is_told_to_take_another(world):
    slip, neighbours = given_slip(world), other_need(world)
    row = MatterSlip.objects.get(id=slip.key)
    assert (row.matter, row.household, row.given_by) == (world.need, world.house_1.id, world.lin.id)
    saw = {f"{slip.key}.given": None}
    again = giving(slip, neighbours, world.house_2.id)
    receipt = bring(world, again, world.sec, saw=saw)
    assert (receipt.outcome, receipt.code) == ("refused", "slip_given_already")
    given = Entry.objects.get(kind="matter_slip")
    for seen in (given.id, None):
        settles = bring(world, again, world.sec, saw={f"{slip.key}.given": seen}, instead_of=[receipt.id])
        assert settles.code == "slip_given_already", "whoever settles gives it no other matter"
    assert MatterSlip.objects.get(id=slip.key).matter == world.need


def test_the_same_slip_noted_twice_for_the_same_need_is_one_slip_and_nothing_more_to_do(world):
    slip = given_slip(world)
    again = giving(slip, world.need, world.house_1.id)
    assert bring(world, again, world.sec, saw={f"{slip.key}.given": None}).code == "slip_noted_already"
    assert MatterSlip.objects.get(id=slip.key).given_by == world.lin.id


def test_a_correction_leaves_a_slip_its_matter(world):
    slip, neighbours = given_slip(world), other_need(world)
    [other] = print_slips(world, world.lin)
    given = Entry.objects.get(kind="matter_slip")
    saw = {f"{given.id}.wording": str(given.id)}
    for body in (giving(slip, neighbours, world.house_2.id), giving(other, world.need, world.house_1.id)):
        assert bring(world, body, world.lin, corrects=given.id, saw=saw).code == "slip_keeps_its_matter"
    same = giving(slip, world.need, world.house_1.id)
    assert bring(world, same, world.lin, corrects=given.id, saw=saw).outcome == "accepted", "its day may be put right"


def test_a_slip_whose_giving_is_taken_back_opens_nothing_and_goes_to_nobody_else(world):
    slip, neighbours = given_slip(world), other_need(world)
    given = Entry.objects.get(kind="matter_slip")
    back = world.pen.item(
        None, kind="matter_slip", unit=VILLAGE_A, by=world.lin, on=JUNE, corrects=given.id,
        saw={f"{given.id}.wording": str(given.id)},
    )  # fmt: skip
    [receipt] = world.receive(back, by=world.lin)
    assert receipt.outcome == "accepted", receipt
    assert by_code(slip.code) is None
    assert not MatterSlip.objects.to_give().exists()
    again = giving(slip, neighbours, world.house_2.id)
    assert bring(world, again, world.lin, saw={f"{slip.key}.given": None}).code == "slip_void"
    before = MatterSlip.objects.values().get(id=slip.key)
    rebuild(TOWNSHIP)
    assert MatterSlip.objects.values().get(id=slip.key) == before


def test_a_slip_is_given_for_what_its_own_household_told(world):
    [slip] = print_slips(world, world.lin)
    body = giving(slip, world.need, world.house_2.id)
    assert bring(world, body, world.lin, saw={f"{slip.key}.given": None}).code == "slip_for_another_household"


def test_the_first_giving_counts_whatever_the_book_of_an_older_edition_holds(world):
    slip, neighbours = given_slip(world), other_need(world)
    told = Entry.objects.get(kind="matter_slip")
    [first] = stand(reading.about(TOWNSHIP, [slip.key])[slip.key])[-1:]
    words = first.last
    later = words._replace(
        said=msgspec.structs.replace(words.said, id=world.pen.new_id()),
        filed=msgspec.structs.replace(words.filed, seq=words.filed.seq + 1, first_seq=words.filed.seq + 1),
        body=giving(slip, neighbours, world.house_2.id),
    )
    every = reading.about(TOWNSHIP, [slip.key])[slip.key]
    [row] = fold_matter_slip(TOWNSHIP, slip.key, stand([*every, later])).rows
    assert (row.matter, row.given_by, told.author) == (world.need, world.lin.id, world.lin.id)


def test_a_slip_lost_twice_is_lost(world):
    slip = given_slip(world)
    lost = MatterSlipVoid1(slip=slip.key, household=world.house_1.id)
    saw = {f"{slip.key}.void": None}
    assert bring(world, lost, world.lin, saw=saw).outcome == "accepted"
    assert bring(world, lost, world.sec, saw=saw).code == "slip_void_already"


def test_a_slip_that_nobody_printed_waits(world):
    key = slip_key(TOWNSHIP, next(slip_codes.serials_after("")))
    body = MatterSlip1(slip=key, matter=world.need, what="need", household=world.house_1.id)
    assert bring(world, body, world.lin, saw={f"{key}.given": None}).outcome == "waits"


def test_who_does_not_work_in_the_village_gives_no_slip_there_and_voids_none(world):
    [slip] = print_slips(world, world.lin)
    body = MatterSlip1(slip=slip.key, matter=world.need, what="need", household=world.house_1.id)
    saw = {f"{slip.key}.given": None}
    assert bring(world, body, world.ma, unit=VILLAGE_B, saw=saw).code == "not_in_this_unit"
    assert bring(world, body, world.lin, saw=saw).outcome == "accepted"
    lost = MatterSlipVoid1(slip=slip.key, household=world.house_1.id)
    saw = {f"{slip.key}.void": None}
    assert bring(world, lost, world.ma, unit=VILLAGE_B, saw=saw).code == "not_in_this_unit"
    assert bring(world, lost, world.lin, saw=saw).outcome == "accepted"


def test_a_lost_slip_opens_nothing_is_not_given_again_and_another_takes_its_place(world):
    lost, other = given_slip(world), print_slips(world, world.lin)[0]
    bring(world, MatterSlipVoid1(slip=lost.key), world.lin, saw={f"{lost.key}.void": None})
    assert not MatterSlip.objects.given().exists()
    [spare] = print_slips(world, world.lin)
    bring(world, MatterSlipVoid1(slip=spare.key), world.lin, saw={f"{spare.key}.void": None})
    body = MatterSlip1(slip=spare.key, matter=world.need, what="need", household=world.house_1.id)
    assert bring(world, body, world.lin, saw={f"{spare.key}.given": None}).code == "slip_void"
    given_slip(world, other)
    assert [row.serial for row in MatterSlip.objects.given()] == [other.serial]


def test_a_slip_in_hand_outlives_the_sheet_it_was_printed_on(world):
    kept, spare = print_slips(world, world.lin, count=2)
    given_slip(world, kept)
    sheet = Entry.objects.get(kind="slip_sheet")
    gone = world.pen.item(
        None, kind="slip_sheet", unit=VILLAGE_A, by=world.lin, on=JUNE, corrects=sheet.id,
        saw={f"{sheet.id}.wording": str(sheet.id)},
    )  # fmt: skip
    [receipt] = world.receive(gone, by=world.lin)
    assert receipt.outcome == "accepted", receipt
    assert [row.serial for row in MatterSlip.objects.given()] == [kept.serial]
    assert not MatterSlip.objects.to_give().filter(id=spare.key).exists()


def test_only_what_comes_by_a_slip_is_written_down_by_the_home(world):
    slip = given_slip(world)
    asks = CallAsked1(slip=slip.key, household=world.house_1.id)
    assert bring(world, asks, None).code == "home_may_not"
    assert bring(world, asks, world.lin).code == "not_posted_there"
    assert by_slip(world, asks).outcome == "accepted"
    assert Entry.objects.get(kind="call_asked").filed.count('"shown":"slip"') == 1
    assert MatterSlip.objects.get(id=slip.key).call_asked_on == JUNE
    opens = SimpleNamespace(body=SlipSheet1(slips=[PrintedSlip(slip.key, slip.serial, "0" * 64)]))
    assert by_slip(world, opens.body).code == "home_may_not"


def test_how_somebody_was_treated_is_in_no_list_of_entries(world):
    first = world.pen.new_id()
    words = world.pen.seal(first, "等了三回", Audience.DESK)
    body = Treated1(village=VILLAGE_A, words=words.digest, not_to=[world.lin.id])
    assert by_slip(world, body, unit=TOWNSHIP, id=first, sealed=[words]).outcome == "accepted"
    for name in ("lin", "sec", "med", "zhou", "wang", "gao", "pri", "adm"):
        sight = sight_of(getattr(world, name), TODAY)
        assert not Entry.objects.seen_by(sight).filter(kind="treated").exists(), name


def test_slips_fold_again_to_what_they_were(world):
    slip = given_slip(world)
    by_slip(world, CallAsked1(slip=slip.key, household=world.house_1.id))
    before = MatterSlip.objects.values().get(id=slip.key)
    assert verify_log(TOWNSHIP) is None
    rebuild(TOWNSHIP)
    assert MatterSlip.objects.values().get(id=slip.key) == before
