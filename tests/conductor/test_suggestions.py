"""Suggestions passed upward at the door: a month and no day, nobody's name, and nothing of theirs in a tray."""

from datetime import date
from uuid import uuid4

import msgspec
import pytest

from concerto.conductor import suggestions as door
from concerto.conductor.rebuild import rebuild
from concerto.conductor.verify import verify_log
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.slips import MatterSlip1
from concerto.journal.kinds.suggestions import Suggestion1, SuggestionReply1
from concerto.journal.models import Entry, Tray
from concerto.journal.said import Audience
from concerto.parts.assistance.models import Suggestion
from concerto.parts.assistance.suggestions import MAY_FOLLOW, STATES
from concerto.register.access import sight_of
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A
from tests.register.slips import given_slip, print_slips
from tests.suggestions import JUNE, brought, replied

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_of_its_month_and_its_row_keeps_nothing_of_whose_it_was(world):
    one = brought(world, world.lin)
    assert one.receipt.stands, one.receipt
    row = Suggestion.objects.get()
    assert (row.month, row.topic, row.state, row.village) == (JUNE, "water_and_roads", "heard", None)
    kept = {str(value) for value in row.__dict__.values()}
    entry = Entry.objects.get(kind="suggestion")
    assert not kept & {str(world.lin.id), str(entry.id), str(entry.device), str(entry.author)}
    assert "seq" not in {field.name for field in Suggestion._meta.get_fields()}


@pytest.mark.parametrize("name", ["lin", "ma", "sec", "med", "zhou", "wang"])
def test_whoever_works_in_the_township_passes_one_upward(world, name):
    assert brought(world, getattr(world, name)).receipt.stands


@pytest.mark.parametrize("name", ["gao", "newcomer", "adm", "pri", "other"])
def test_nobody_else_does(world, name):
    assert brought(world, getattr(world, name)).receipt.code == "not_posted_there"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"on": date(2026, 6, 2)}, "day_of_a_suggestion"),
        ({"unit": VILLAGE_A}, "not_in_this_unit"),
        ({"about": "house"}, "suggestion_about_somebody"),
        ({"village": VILLAGE_A}, "village_too_small"),
        ({"words": "{name}家门口的路该修了"}, "suggestion_names_somebody"),
        ({"words": "有事打 138 0013 8000"}, "suggestion_holds_a_phone"),
        ({"words": "我的身份证 11010519491231002X"}, "identity_number_not_kept"),
    ],
)
def test_what_would_tell_of_somebody_is_not_taken_and_lies_in_no_tray(world, more, code):
    if "about" in more:
        more = {"about": world.house_1.id}
    if "words" in more:
        more = {"words": more["words"].format(name=next(iter(world.house_1.people)))}
    assert brought(world, world.lin, **more).receipt.code == code
    assert not Tray.objects.exists()
    assert not Suggestion.objects.exists()


def test_a_village_is_named_from_twenty_households_on(world, monkeypatch):
    assert door.FEWEST_HOUSEHOLDS == 20
    monkeypatch.setattr(door, "FEWEST_HOUSEHOLDS", 1)
    assert brought(world, world.lin, village=VILLAGE_A).receipt.stands
    assert brought(world, world.ma, village=VILLAGE_A).receipt.code == "not_in_this_unit"


def test_who_came_in_the_middle_of_a_month_passes_one_upward_all_the_same(world):
    assert brought(world, world.lin, on=date(2026, TODAY.month, 1)).receipt.stands


def test_the_township_replies_and_the_last_reply_that_was_seen_counts(world):
    one = brought(world, world.lin)
    assert replied(world, one, world.lin, "answered").code == "not_posted_there"
    passed = replied(world, one, world.zhou, "passed_on", to="县交通局")
    assert passed.stands, passed
    assert replied(world, one, world.wang, "answered").outcome == "clash"
    assert replied(world, one, world.wang, "answered", saw=passed.id).stands
    row = Suggestion.objects.get()
    assert (row.state, bool(row.reply), row.reply_to) == ("answered", True, "")


def test_what_does_not_follow_is_not_taken(world):
    one = brought(world, world.lin)
    done = replied(world, one, world.zhou, "not_followed")
    assert replied(world, one, world.zhou, "not_followed", saw=done.id).code == "reply_does_not_follow"


def test_every_state_but_the_first_is_reached_and_leads_on():
    assert MAY_FOLLOW.keys() == set(STATES)
    assert {after for following in MAY_FOLLOW.values() for after in following} == {*STATES} - {"heard"}


def test_a_reply_says_to_whom_or_what():
    with pytest.raises(Refused, match="passed_on_to_nobody"):
        SuggestionReply1(suggestion=uuid4(), state="passed_on")
    with pytest.raises(Refused, match="reply_says_nothing"):
        SuggestionReply1(suggestion=uuid4(), state="answered")


def test_a_slip_brings_the_answer_back_and_stays_nobodys_for_the_office(world):
    free, other = print_slips(world, world.lin, count=2)
    given_slip(world, other)
    assert brought(world, world.lin, slip=free.key).receipt.stands
    assert brought(world, world.ma, slip=free.key).receipt.code == "slip_given_already"
    assert brought(world, world.ma, slip=other.key).receipt.code == "slip_given_already"
    assert brought(world, world.ma, slip=uuid4()).receipt.code == "slip_not_printed"


def test_a_slip_that_brings_an_answer_back_goes_to_nothing_else(world):
    [free] = print_slips(world, world.lin)
    one = brought(world, world.lin, slip=free.key)
    body = MatterSlip1(slip=free.key, matter=world.need, what="need", household=world.house_1.id)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.sec, on=TODAY, saw={f"{free.key}.given": None})
    assert world.receive(item, by=world.sec)[0].code == "slip_given_already"
    saw = {f"{one.receipt.id}.wording": str(one.receipt.id)}
    other = {"corrects": one.receipt.id, "saw": saw}
    part = world.pen.seal(one.body.suggestion, "那条路", Audience.PLACE)
    changed = msgspec.structs.replace(one.body, slip=None, words=part.digest)
    item = world.pen.item(changed, unit=TOWNSHIP, by=world.lin, on=JUNE, sealed=[part], **other)
    assert world.receive(item, by=world.lin)[0].code == "slip_keeps_its_matter"
    gone = world.pen.item(None, kind="suggestion", unit=TOWNSHIP, by=world.lin, on=JUNE, **other)
    assert world.receive(gone, by=world.lin)[0].stands
    assert brought(world, world.lin, slip=free.key).receipt.code == "slip_given_already", "its paper is still about"


def test_no_entry_of_the_sort_is_read_by_anybody_as_an_entry_and_verify_and_rebuild_agree(world):
    one = brought(world, world.lin)
    replied(world, one, world.zhou, "answered")
    for account in world.accounts.values():
        sight = sight_of(account, TODAY)
        assert not Entry.objects.seen_by(sight).filter(kind__startswith="suggestion").exists()
    before = list(Suggestion.objects.values())
    rebuild(TOWNSHIP)
    assert list(Suggestion.objects.values()) == before
    assert verify_log(TOWNSHIP) is None


def test_the_order_of_a_list_is_not_the_order_in_which_they_came(world):
    came = [brought(world, world.lin).body.suggestion for _ in range(8)]
    listed = list(Suggestion.objects.seen_by(sight_of(world.wang, TODAY)).values_list("id", flat=True))
    assert sorted(came) == sorted(listed)
    assert listed == sorted(listed)
    assert all(one.version == 4 for one in listed)


def test_its_body_names_no_household():
    assert not {"household", "households", "resident", "about"} & set(Suggestion1.__struct_fields__)
