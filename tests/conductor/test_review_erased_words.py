"""What was erased does not come back by another entry, by the tray, or by whoever still has a copy."""

import pytest

from concerto.conductor.erasing import erase
from concerto.conductor.verify import verify_log
from concerto.journal.kinds.households import Home, Household1
from concerto.journal.kinds.keeping import Erased, Erasure1
from concerto.journal.kinds.people import Resident1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Sealed, Tray
from concerto.journal.said import Item, read_filed
from concerto.register.models import Resident
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


def noted(world, words, household=None) -> Item:
    body = Visit1(
        channel="visit",
        households=[household or world.house_1.id],
        outcome="met",
        words=words.digest if words else None,
    )
    return world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words])


def erased(world, *digests) -> None:
    body = Erasure1(things_erased=[Erased(world.house_1.id, "household", whole=False)], digests=list(digests))
    [receipt] = world.receive(world.pen.item(body, unit=TOWNSHIP))
    assert receipt.outcome == "accepted"


def test_erased_words_that_come_again_with_another_entry_are_dropped_on_arrival(world):
    words = world.pen.seal(world.house_1.id, "渠塌了")
    world.receive(noted(world, words), by=world.lin)
    erased(world, words.digest)

    [receipt] = world.receive(noted(world, words), by=world.lin)

    assert receipt.outcome == "accepted"
    assert read_filed(Entry.objects.get(id=receipt.id).filed).erased == [words.digest]
    assert not Sealed.objects.filter(digest=words.digest).exists()
    assert verify_log(TOWNSHIP) is None


def test_erased_words_that_come_again_in_the_same_batch_are_dropped_too(world):
    who = world.pen.new_id()
    name = world.pen.seal(who, "新名字")
    gone = Erasure1(things_erased=[Erased(world.house_1.id, "household", whole=False)], digests=[name.digest])
    person = Resident1(resident=who, name=name.digest, home=Home(world.house_1.id, "child"))

    receipts = world.receive(world.pen.item(gone, unit=TOWNSHIP), world.pen.item(person, unit=VILLAGE_A, sealed=[name]))

    assert [r.outcome for r in receipts] == ["accepted"] * 2
    assert Resident.objects.get(id=who).name == ""
    assert verify_log(TOWNSHIP) is None


def test_erased_words_do_not_lie_down_in_the_tray_again(world):
    words = world.pen.seal(world.house_1.id, "渠塌了")
    world.receive(noted(world, words), by=world.lin)
    erased(world, words.digest)
    nowhere = world.pen.new_id()
    part = words.__class__(about=nowhere, audience=words.audience, salt=words.salt, text="渠塌了")
    erased(world, part.digest)

    [waits] = world.receive(noted(world, part, nowhere), by=world.lin)

    assert waits.outcome == "waits"
    assert "渠塌了" not in Tray.objects.get(id=waits.id).item


def test_what_lost_its_words_in_the_tray_comes_in_without_them(world):
    """Whoever was erased is named in a note that waited: it comes in later, as an entry without the note."""
    house = world.pen.new_id()
    words = world.pen.seal(house, "和阿依努尔·木拉提一起来的")
    item = noted(world, words, house)
    [waits] = world.receive(item, by=world.lin)
    assert waits.outcome == "waits"
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)

    world.receive(world.pen.item(Household1(household=house, village=VILLAGE_A), unit=VILLAGE_A))
    [again] = world.receive(item, by=world.lin)

    assert again.outcome == "accepted"
    assert not Sealed.objects.filter(digest=words.digest).exists()
    assert verify_log(TOWNSHIP) is None
