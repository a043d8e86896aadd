"""The one door: every entry is answered by itself, the same way for ever, and nothing that comes is thrown away."""

from datetime import UTC, date, datetime

import pytest

from concerto.conductor.drafts import read_item, write_item
from concerto.conductor.receive import receive
from concerto.groundwork import canonical
from concerto.journal.kinds.households import Household1
from concerto.journal.kinds.visit import LeadHeard, NeedHeard, Visit1
from concerto.journal.models import Entry, Head, Sealed, Tray
from concerto.journal.said import Audience, Item, read_filed
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.disputes.models import Lead
from concerto.parts.study.models import Talk
from concerto.parts.visits.models import Visit
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B

pytestmark = pytest.mark.django_db


def call(
    world, house, *, by=None, unit=VILLAGE_A, on=TODAY, sealed=(), channel="visit", outcome="met", id=None, **body
):
    words = Visit1(channel=channel, households=[house.id], outcome=outcome, **body)
    return world.pen.item(words, unit=unit, by=by or world.lin, on=on, sealed=sealed, id=id)


def test_one_visit_stands_in_every_ledger_it_speaks_of(world):
    pen, house = world.pen, world.house_1
    need, lead = pen.new_id(), pen.new_id()
    wish, heard = pen.seal(need, "冬草不够"), pen.seal(lead, "羊进了地", Audience.DESK)
    item = call(
        world,
        house,
        sealed=[wish, heard],
        change="no_change",
        topics=["pension"],
        needs=[NeedHeard(need=need, sort="pasture", words=wish.digest, household=house.id)],
        leads=[LeadHeard(lead=lead, sort="livestock_damage", words=heard.digest, household=house.id)],
    )

    [receipt] = world.receive(item, by=world.lin)

    assert receipt.posted == {"study": 1, "visits": 1, "assistance": 2, "disputes": 1}
    lines = [model.objects.get(entry=receipt.id) for model in (Talk, Visit, Lead)]
    assert {line.household for line in lines} == {house.id}
    assert {line.kind for line in AssistanceLine.objects.filter(entry=receipt.id)} == {"need", "no_change"}


def test_the_same_entry_gets_the_same_receipt_for_ever(world):
    item = call(world, world.house_1, topics=["pension"])

    [first], [again] = (
        world.receive(item, by=world.lin),
        world.receive(item, by=world.lin, at=datetime(2026, 9, 1, tzinfo=UTC)),
    )

    assert (first.outcome, again.outcome) == ("accepted", "known")
    assert (first.id, first.seq, first.received_at, first.posted) == (
        again.id,
        again.seq,
        again.received_at,
        again.posted,
    )


def test_other_words_under_a_used_id_are_a_clash_and_change_nothing(world):
    entry = world.pen.new_id()
    world.receive(call(world, world.house_1, id=entry), by=world.lin)

    [receipt] = world.receive(call(world, world.house_2, id=entry), by=world.lin)

    assert (receipt.outcome, receipt.code) == ("clash", "same_id_other_words")
    assert Visit.objects.get(entry=entry).household == world.house_1.id


def test_a_refused_entry_does_not_stop_the_next_and_lies_in_the_tray(world):
    tomorrow = date(2026, 7, 2)

    refused, taken = world.receive(call(world, world.house_1, on=tomorrow), call(world, world.house_1), by=world.lin)

    assert (refused.outcome, refused.code, taken.outcome) == ("refused", "day_not_come", "accepted")
    assert Tray.objects.get(id=refused.id).item != ""


def test_a_visit_to_a_household_nobody_has_recorded_yet_waits_and_comes_in_with_it(world):
    unknown = world.pen.new_id()
    visit = world.pen.item(
        Visit1(channel="visit", households=[unknown], outcome="nobody_home"), unit=VILLAGE_A, by=world.lin, on=TODAY
    )
    [waits] = world.receive(visit, by=world.lin)
    assert (waits.outcome, Visit.objects.filter(household=unknown).count()) == ("waits", 0)

    world.receive(world.pen.item(Household1(household=unknown, village=VILLAGE_A), unit=VILLAGE_A))

    assert Visit.objects.get(household=unknown).entry == waits.id
    assert not Tray.objects.filter(id=waits.id).exists()


def test_what_waited_thirty_days_is_for_a_person_to_decide(world):
    unknown = Visit1(channel="visit", households=[world.pen.new_id()], outcome="nobody_home")
    item = world.pen.item(unknown, unit=VILLAGE_A, by=world.lin, on=TODAY)
    world.receive(item, by=world.lin)

    [receipt] = world.receive(item, by=world.lin, at=datetime(2026, 8, 1, tzinfo=UTC))

    assert (receipt.outcome, receipt.code) == ("clash", "unseen_for_long")


def test_words_not_kept_here_are_kept_by_nobody_but_their_author(world):
    words = world.pen.seal(world.house_1.id, "他是重点人员")

    [receipt] = world.receive(call(world, world.house_1, sealed=[words], words=words.digest), by=world.lin)

    assert (receipt.outcome, receipt.code) == ("refused", "not_kept_here")
    kept = Tray.objects.get(id=receipt.id)
    assert (kept.item, kept.facts) == ("", "{}")
    assert not Sealed.objects.filter(text__contains="重点").exists()


@pytest.mark.parametrize("words", ["号码 110101199003070599 在这", "１１０１０１１９９００３０７０５９９"])
def test_an_identity_number_in_words_stops_them(world, words):
    part = world.pen.seal(world.house_1.id, words)

    [receipt] = world.receive(call(world, world.house_1, sealed=[part], words=part.digest), by=world.lin)

    assert receipt.code == "identity_number_not_kept"
    assert Tray.objects.get(id=receipt.id).item == ""


def test_a_lead_that_names_somebody_of_another_household_is_refused(world):
    lead = world.pen.new_id()
    part = world.pen.seal(lead, "和王建国为草场吵过", Audience.DESK)
    heard = LeadHeard(lead=lead, sort="pasture_and_land", words=part.digest, household=world.house_1.id)

    [receipt] = world.receive(call(world, world.house_1, sealed=[part], leads=[heard]), by=world.lin)

    assert receipt.code == "other_name_in_lead"


def test_a_number_of_a_device_is_used_once(world):
    item = call(world, world.house_1)
    twin = call(world, world.house_2)
    world.receive(item, by=world.lin)
    number = Entry.objects.get(id=world.receive(item, by=world.lin)[0].id).number
    said = twin.said.replace(f'"number":{world.pen.written}', f'"number":{number}')

    [receipt] = world.receive(Item(said, twin.sealed), by=world.lin)

    assert receipt.code == "number_used_twice"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: said.replace('"kind":', '"kind": '),
        lambda said: said.replace('"version":1', '"version":1.0'),
        lambda said: said.replace('"version":1', '"version":1,"version":1'),
        lambda said: said.replace('"met"', '"\\u0000"'),
        lambda said: said[:-1],
        lambda said: said.replace('"outcome":"met"', '"outcome":"met","mood":"good"'),
        lambda said: "",
        lambda said: "[]",
    ],
)
def test_what_no_phone_would_write_is_refused_in_words(world, spoil):
    item = call(world, world.house_1)

    [receipt] = world.receive(Item(spoil(item.said)), by=world.lin)

    assert receipt.outcome == "refused"
    assert receipt.why


def test_a_part_that_was_changed_on_the_way_is_not_taken(world):
    words = world.pen.seal(world.house_1.id, "渠塌了")
    item = call(world, world.house_1, sealed=[words], words=words.digest)
    changed = write_item(item).replace("渠塌了", "渠修了")

    [receipt] = receive([read_item(changed)], brought_by=world.lin, at=NOON)

    assert (receipt.outcome, receipt.code) == ("refused", "digest_differs")


def test_an_entry_of_a_kind_this_server_does_not_know_waits(world):
    said = call(world, world.house_1).said.replace('"kind":"visit"', '"kind":"not_thought_of"')

    [receipt] = world.receive(Item(said), by=world.lin)

    assert (receipt.outcome, receipt.code) == ("waits", "unknown_kind")


def test_the_log_is_numbered_and_chained(world):
    world.receive(*[call(world, world.house_1) for _ in range(3)], by=world.lin)

    digest = ""
    entries = list(Entry.objects.filter(log=TOWNSHIP).order_by("seq"))
    for number, entry in enumerate(entries, 1):
        digest = canonical.digest(digest, entry.said, entry.filed)
        assert (entry.seq, entry.digest) == (number, digest)
    head = Head.objects.get(log=TOWNSHIP)
    assert (head.seq, head.digest) == (len(entries), digest)


def test_what_held_on_the_day_is_copied_at_the_door(world):
    [receipt] = world.receive(
        call(world, world.house_1, change="no_change", made_with=[world.sec.id], on=date(2026, 6, 28)), by=world.lin
    )

    filed = read_filed(Entry.objects.get(id=receipt.id).filed)
    assert filed.helped == [world.house_1.id]
    assert filed.acting_as == [world.postings["lin"], world.postings["sec"]]
    assert filed.late == 3


def test_a_household_without_helper_has_no_line_for_no_change(world):
    [receipt] = world.receive(call(world, world.house_2, change="no_change"), by=world.lin)

    assert receipt.posted == {"visits": 1}


# ---------------------------------------------------------------- who may


def test_nobody_records_for_a_unit_they_are_not_posted_to(world):
    [other_village] = world.receive(call(world, world.house_4, unit=VILLAGE_B), by=world.lin)
    [disguised] = world.receive(call(world, world.house_4, unit=VILLAGE_A), by=world.lin)

    assert (other_village.code, disguised.code) == ("not_posted_there", "not_in_this_unit")


def test_nobody_records_as_somebody_else(world):
    [receipt] = world.receive(call(world, world.house_1, by=world.lin), by=world.sec)

    assert (receipt.outcome, receipt.code) == ("refused", "not_the_author")
    assert Tray.objects.get(id=receipt.id).author == world.lin.id


@pytest.mark.parametrize("who", ["adm", "pri", "gao", "zhou", "newcomer", "other"])
def test_those_who_do_not_visit_record_no_visit(world, who):
    account = getattr(world, who)

    [receipt] = world.receive(call(world, world.house_1, by=account), by=account)

    assert (receipt.outcome, receipt.code) == ("refused", "not_posted_there")


def test_the_home_records_no_visit(world):
    item = world.pen.item(
        Visit1(channel="visit", households=[world.house_1.id], outcome="met"), unit=VILLAGE_A, on=TODAY
    )

    [receipt] = world.receive(item)

    assert receipt.code == "home_may_not"
