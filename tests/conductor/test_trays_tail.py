"""What came and was not filed outlives the database too: a phone that handed over and forgot has nothing to offer."""

from datetime import date

import pytest
from django.conf import settings

from concerto.conductor import trays_tail
from concerto.groundwork import boxes
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Tray
from concerto.places.models import Account
from tests.cast import TOWNSHIP, VILLAGE_A

from .machines import back_up, bring_back, destroy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_of_its_own")]


def too_early(world, words: str = "明天才去", day: date = date(2027, 1, 1)):
    part = world.pen.seal(world.house_2.id, words)
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="met", words=part.digest)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=day, sealed=[part])
    [receipt] = world.receive(item, by=world.lin)
    assert (receipt.outcome, receipt.code) == ("refused", "day_not_come")
    return item, receipt.id


def lines() -> list[bytes]:
    folder = settings.CONCERTO_TAIL / str(TOWNSHIP) / "tray"
    return [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_bytes().splitlines()]


def test_what_lay_in_the_tray_after_the_backup_comes_back_with_the_tail(world, home):
    file = back_up(home)
    item, key = too_early(world)
    row = Tray.objects.filter(id=key).values().get()
    destroy(settings)
    bring_back(file, tail=settings.CONCERTO_TAIL)
    assert Tray.objects.filter(id=key).values().get() == row
    [again] = world.receive(item, by=Account.objects.get(name="lin"))
    assert again.code == "day_not_come"
    assert Tray.objects.filter(id=key).count() == 1


def test_words_lie_there_under_the_operators_key(world, home):
    too_early(world, "只有操作员能开")
    [line] = [one for one in lines() if b"rows" in one]
    assert "只有操作员能开".encode() not in line
    assert trays_tail.read_all(settings.CONCERTO_TAIL, boxes.operator_key(settings.CONCERTO_HOME))


def test_offered_again_with_the_same_answer_it_is_not_written_again(world, home):
    item, _ = too_early(world)
    before = len(lines())
    world.receive(item, by=world.lin)
    assert len(lines()) == before


def test_what_was_settled_after_the_backup_is_settled_when_it_comes_back(world, home):
    file = back_up(home)
    _, key = too_early(world)
    stood = world.pen.item(Settled1(), unit=VILLAGE_A, by=world.lin, instead_of=[key])
    [receipt] = world.receive(stood, by=world.lin)
    assert receipt.outcome == "accepted", receipt
    destroy(settings)
    bring_back(file, tail=settings.CONCERTO_TAIL)
    assert Tray.objects.get(id=key).outcome == "settled"


def test_what_was_filed_in_the_end_does_not_lie_there_too(world, home):
    file = back_up(home)
    unknown = world.pen.new_id()
    body = Visit1(channel="visit", households=[unknown], outcome="nobody_home")
    [waits] = world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin), by=world.lin)
    assert waits.outcome == "waits"
    let_go = world.pen.item(Settled1(), unit=VILLAGE_A, by=world.lin, instead_of=[waits.id])
    world.receive(let_go, by=world.lin)
    filed = set(Entry.objects.values_list("id", flat=True))
    destroy(settings)
    bring_back(file, tail=settings.CONCERTO_TAIL)
    assert filed <= set(Entry.objects.values_list("id", flat=True))
    assert not Tray.objects.exclude(outcome="settled").exists()


def test_erased_words_leave_the_lines_too(world, home):
    file = back_up(home)
    item, key = too_early(world, "不该留下")
    digest = item.sealed[0].digest
    assert trays_tail.forget(TOWNSHIP, {digest}) == 1
    destroy(settings)
    bring_back(file, tail=settings.CONCERTO_TAIL)
    lying = Tray.objects.get(id=key)
    assert (lying.item, lying.code) == ("", "erased_thing")
