"""Who mediates is a dated line of the panel, written by somebody else; a posting makes nobody a mediator."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from concerto.conductor.verify import verify
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.keeping import Erased, Erasure1
from concerto.journal.kinds.panel import PanelChange1, PanelMember1
from concerto.journal.models import Entry, Sealed
from concerto.register.access import sight_of
from concerto.register.models import PanelMember
from concerto.register.panel import lines_of, on_panel, panel_of
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B, World

pytestmark = pytest.mark.django_db
JANUARY, MAY, JUNE = date(2026, 1, 5), date(2026, 5, 1), date(2026, 6, 15)
NAME = "巴合提·努尔兰"


def line(world: World, *, by=None, unit: UUID = VILLAGE_A, told: str = NAME, account=None, **more: Any):
    """Bring one line of the panel to the door, and give its key and its receipt."""
    thing = world.pen.new_id()
    sealed = [] if account else [world.pen.seal(thing, told)]
    who = {"account": account.id} if account else {"name": sealed[0].digest}
    body = PanelMember1(panel_member=thing, unit=unit, **{"how": "elected", "since": JANUARY, **who, **more})
    by = by or world.wang
    [receipt] = world.receive(world.pen.item(body, unit=unit, by=by, on=MAY, sealed=sealed), by=by)
    return thing, receipt


def changed(world: World, thing: UUID, *, by=None, unit: UUID = VILLAGE_A, **said: Any):
    wordings = json.loads(PanelMember.objects.get(id=thing).wordings)
    saw = {f"{thing}.{name}": wordings[name] for name in said}
    by = by or world.wang
    item = world.pen.item(PanelChange1(panel_member=thing, **said), unit=unit, by=by, on=MAY, saw=saw)
    [receipt] = world.receive(item, by=by)
    return receipt


def test_a_line_holds_from_its_day_to_its_day_and_its_name_stays_out_of_the_book(world):
    thing, receipt = line(world, languages=["chinese", "kazakh"], holds_seal=True, sits_on=[4, 1])
    assert receipt.stands, receipt
    [one] = panel_of(TOWNSHIP, VILLAGE_A, JUNE)
    assert (one.id, one.name, one.languages, one.holds_seal, one.sits_on) == (
        thing, NAME, ("chinese", "kazakh"), True, (1, 4)
    )  # fmt: skip
    assert NAME not in Entry.objects.get(id=receipt.id).said

    assert changed(world, thing, until=MAY, holds_seal=False).stands

    assert panel_of(TOWNSHIP, VILLAGE_A, JUNE) == []
    assert [one.holds_seal for one in panel_of(TOWNSHIP, VILLAGE_A, MAY)] == [False]
    assert on_panel(TOWNSHIP, [thing], MAY) == {thing}
    assert on_panel(TOWNSHIP, [thing], JUNE) == set()
    assert verify().difference is None


def test_being_posted_as_mediator_makes_nobody_one(world):
    assert lines_of(TOWNSHIP, world.med.id, TODAY) == set()
    assert panel_of(TOWNSHIP, VILLAGE_A, TODAY) == []

    thing, receipt = line(world, account=world.med, how="engaged")

    assert receipt.stands, receipt
    assert lines_of(TOWNSHIP, world.med.id, TODAY) == {thing}
    assert [one.name for one in panel_of(TOWNSHIP, VILLAGE_A, TODAY)] == [world.med.called]


def test_a_village_has_its_own_mediators_first_and_then_the_townships(world):
    town, _ = line(world, unit=TOWNSHIP, told="甲", post="director")
    own, _ = line(world, told="乙")
    head, _ = line(world, told="丙", post="director", since=MAY)
    line(world, unit=VILLAGE_B, told="丁")

    assert [one.id for one in panel_of(TOWNSHIP, VILLAGE_A, JUNE)] == [head, own, town]


def test_nobody_writes_their_own_line_or_gives_themselves_the_seal(world):
    assert line(world, by=world.sec, account=world.sec)[1].code == "panel_line_of_ones_own"
    thing, receipt = line(world, account=world.sec)
    assert receipt.stands
    assert changed(world, thing, by=world.sec, holds_seal=True).code == "panel_line_of_ones_own"
    assert changed(world, thing, by=world.zhou, holds_seal=True).stands


def test_the_secretary_writes_for_the_own_village_alone_and_a_mediator_by_posting_for_none(world):
    assert line(world, by=world.sec)[1].stands
    assert line(world, by=world.sec, unit=VILLAGE_B)[1].code == "not_posted_there"
    assert line(world, by=world.sec, unit=TOWNSHIP)[1].code == "not_posted_there"
    assert line(world, by=world.med)[1].code == "not_posted_there"
    thing, _ = line(world, unit=VILLAGE_B)
    assert changed(world, thing, by=world.sec, post="director").code == "not_in_this_unit"


def test_a_line_is_of_a_committee_and_of_one_person(world):
    assert line(world, unit=world.branch_a.id)[1].code == "panel_without_committee"
    with pytest.raises(Refused, match="panel_without_anybody"):
        PanelMember1(panel_member=world.pen.new_id(), unit=VILLAGE_A, how="elected", since=MAY)
    with pytest.raises(Refused, match="panel_names_two"):
        PanelMember1(
            panel_member=world.pen.new_id(),
            unit=VILLAGE_A,
            how="elected",
            since=MAY,
            account=world.med.id,
            name="0" * 64,
        )
    assert line(world, account=world.adm)[1].code == "never_posted"


def test_who_sees_the_panel_are_those_who_work_in_its_village_or_the_township(world):
    here, _ = line(world)
    there, _ = line(world, unit=VILLAGE_B)
    town, _ = line(world, unit=TOWNSHIP)

    def seen(account) -> set[UUID]:
        return set(PanelMember.objects.seen_by(sight_of(account, TODAY)).values_list("id", flat=True))

    assert seen(world.lin) == seen(world.med) == {here, town}
    assert seen(world.zhou) == seen(world.wang) == {here, there, town}
    assert seen(world.gao) == seen(world.adm) == seen(world.pri) == seen(world.other) == set()


def test_a_name_that_is_erased_leaves_the_line(world):
    thing, receipt = line(world)
    row = Entry.objects.get(id=receipt.id)
    digest = Sealed.objects.get(log=row.log, seq=row.seq).digest
    body = Erasure1(things_erased=[Erased(thing, "panel_member")], digests=[digest])
    [gone] = world.receive(world.pen.item(body, unit=TOWNSHIP, on=TODAY), at=NOON)
    assert gone.stands, gone
    assert [one.name for one in panel_of(TOWNSHIP, VILLAGE_A, JUNE)] == [""]
    assert verify().difference is None
