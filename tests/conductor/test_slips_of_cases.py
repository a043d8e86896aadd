"""A slip of a case is one party's: given by who handles the case, for no family matter, and a call by it waits."""

import json
from datetime import UTC, date, datetime

import pytest
from msgspec import convert

from concerto.conductor.rebuild import rebuild
from concerto.conductor.receive import receive
from concerto.conductor.verify import verify_log
from concerto.journal.kinds.case_slips import CaseCall1, CaseSlip1
from concerto.journal.kinds.cases import Case1
from concerto.journal.kinds.slips import MatterSlip1, MatterSlipVoid1
from concerto.journal.models import Entry, Touch
from concerto.parts.disputes.models import CaseParty
from concerto.register.models import MatterSlip
from tests.cases import Matter
from tests.cast import TOWNSHIP, VILLAGE_A
from tests.register.slips import JUNE, given_slip, print_slips

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture
def slip(world):
    return print_slips(world, world.lin)[0]


def give(matter: Matter, slip, party=None, on: str = "2026-09-02", **more) -> str:
    body = CaseSlip1(case=matter.id, slip=slip.key, party=party or matter.a)
    return matter.bring(body, on=on, saw={f"{slip.key}.given": None}, **more)


def call(matter: Matter, slip, party=None, on: str = "2026-09-10") -> None:
    body = CaseCall1(case=matter.id, slip=slip.key, party=party or matter.a)
    item = matter.world.pen.item(body, unit=matter.unit, on=date.fromisoformat(on), at=LATE)
    [receipt] = receive([item], brought_by=None, at=LATE, shown="slip")
    assert receipt.outcome == "accepted", receipt


def waits(matter: Matter) -> dict:
    return dict(CaseParty.objects.filter(id=matter.id, called_on__isnull=False).values_list("party", "called_on"))


def test_each_party_has_a_slip_of_its_own_and_no_household_is_named(world):
    matter = Matter(world)
    one, other = print_slips(world, world.lin, count=2)
    assert give(matter, one) == "accepted"
    assert give(matter, other, matter.b) == "accepted"
    rows = MatterSlip.objects.filter(matter=matter.id).order_by("serial")
    assert [(row.what, row.party, row.household) for row in rows] == [
        ("case", matter.a, None),
        ("case", matter.b, None),
    ]
    entries = Entry.objects.filter(kind="case_slip").values("seq")
    assert not Touch.objects.filter(log=TOWNSHIP, seq__in=entries, what__in=("household", "resident")).exists()
    assert matter.path == ["opened"]


def test_who_does_not_handle_the_case_gives_none_and_reports_none_lost(world, slip):
    matter = Matter(world)
    assert give(matter, slip, by=world.lin) == "not_its_handler"
    assert give(matter, slip, world.pen.new_id()) == "no_such_thing_yet"
    assert give(matter, slip) == "accepted"
    lost = MatterSlipVoid1(slip=slip.key)
    saw = {"saw": {f"{slip.key}.void": None}}
    assert matter.bring(lost, by=world.lin, **saw) == "not_its_handler"
    assert matter.bring(lost, **saw) == "accepted"
    assert MatterSlip.objects.get(id=slip.key).void


def test_a_slip_is_one_party_s_for_ever_and_never_a_need_s_besides(world, slip):
    matter = Matter(world)
    assert give(matter, slip) == "accepted"
    assert give(matter, slip) == "slip_noted_already"
    assert give(matter, slip, matter.b) == "slip_given_already"
    body = MatterSlip1(slip=slip.key, matter=world.need, what="need", household=world.house_1.id)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=JUNE, saw={f"{slip.key}.given": None})
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.code == "slip_given_already"
    assert give(matter, given_slip(world)) == "slip_given_already"


def test_of_a_matter_within_a_family_no_slip_is_given(world, slip):
    assert give(Matter(world, sort="marriage_and_family"), slip) == "no_slip_for_this"
    assert give(Matter(world, sort="inheritance"), slip) == "no_slip_for_this"
    assert MatterSlip.objects.get(id=slip.key).matter is None


def test_what_a_party_has_a_slip_of_becomes_no_family_matter_until_that_is_lost(world, slip):
    matter = Matter(world)
    opened, sealed = matter.last, matter.item_sent.sealed
    body = convert({**json.loads(matter.item_sent.said)["body"], "sort": "inheritance"}, Case1)

    def anew() -> str:
        saw = {f"{opened}.wording": str(opened)}
        return matter.bring(body, corrects=str(opened), saw=saw, sealed=sealed)

    assert give(matter, slip) == "accepted"
    assert anew() == "slip_in_hand"
    lost = MatterSlipVoid1(slip=slip.key)
    assert matter.bring(lost, **{"saw": {f"{slip.key}.void": None}}) == "accepted"
    assert anew() == "accepted"
    assert matter.row.category == "marriage_and_family"


def test_a_giving_that_is_taken_back_leaves_a_slip_that_opens_nothing(world, slip):
    matter = Matter(world)
    assert give(matter, slip) == "accepted"
    saw = {f"{matter.last}.wording": str(matter.last)}
    assert matter.bring(None, kind="case_slip", corrects=str(matter.last), saw=saw) == "accepted"
    assert MatterSlip.objects.get(id=slip.key).void


def test_a_call_waits_until_this_party_was_told_or_asked_something(world, slip):
    matter = Matter(world).willing()
    assert give(matter, slip) == "accepted"
    call(matter, slip)
    assert waits(matter) == {matter.a: date(2026, 9, 10)}
    assert matter.step("told", "2026-09-12", told_of="how_it_goes", party=matter.b, at=LATE) == "accepted"
    assert matter.step("weighed", "2026-09-12", difficulty="hard", at=LATE) == "accepted"
    assert waits(matter)
    assert matter.step("told", "2026-09-09", told_of="how_it_goes", party=matter.a, at=LATE) == "accepted"
    assert waits(matter)
    assert matter.step("told", "2026-09-10", told_of="how_it_goes", party=matter.a, at=LATE) == "accepted"
    assert waits(matter) == {}
    call(matter, slip)
    assert waits(matter) == {matter.a: date(2026, 9, 10)}
    assert matter.session("2026-09-11", at=LATE) == "accepted"
    assert waits(matter) == {}


def test_nobody_asks_for_a_call_in_a_party_s_place(world, slip):
    matter = Matter(world)
    assert give(matter, slip) == "accepted"
    assert matter.bring(CaseCall1(case=matter.id, slip=slip.key, party=matter.a)) == "not_posted_there"


def test_the_same_follows_when_everything_is_folded_again(world, slip):
    matter = Matter(world)
    assert give(matter, slip) == "accepted"
    call(matter, slip)
    before = list(CaseParty.objects.order_by("id", "n").values()), list(MatterSlip.objects.order_by("id").values())
    rebuild(TOWNSHIP)
    assert before == (
        list(CaseParty.objects.order_by("id", "n").values()),
        list(MatterSlip.objects.order_by("id").values()),
    )
    assert verify_log(TOWNSHIP) is None
