"""Somebody hurt or afraid, at the door: who may note what, who reads it, and that nothing of it lies in a tray."""

import json
from datetime import date

import msgspec
import pytest

from concerto.conductor.rebuild import rebuild
from concerto.conductor.seeking import held
from concerto.conductor.verify import verify_log
from concerto.faces.desk.writing import seen
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds import PROTECTED_KINDS, read_body
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.models import Entry, Proof, Tray
from concerto.parts.disputes.models import Protected
from concerto.register.access import sight_of
from concerto.register.models import Posting
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.needs import county_desk
from tests.protected import Kept

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def opens_to(world: World, account) -> bool:
    return Protected.objects.seen_by(sight_of(account, DAY)).exists()


def who_reads(world: World) -> set[str]:
    return {name for name, account in world.accounts.items() if opens_to(world, account)}


def test_it_opens_to_the_centre_and_not_to_whoever_brought_it(world):
    kept = Kept(world, by=world.lin)
    assert kept.row.stage == "open"
    assert who_reads(world) == {"zhou"}
    assert not Entry.objects.seen_by(sight_of(world.lin, DAY)).filter(kind__in=PROTECTED_KINDS).exists()
    assert not Entry.objects.seen_by(sight_of(world.zhou, DAY)).filter(kind__in=PROTECTED_KINDS).exists()


def test_who_is_named_reads_and_handles_it_until_they_are_released(world):
    kept = Kept(world)
    assert kept.step("noted", by=world.med, words="不该能写") == "not_its_handler"
    assert kept.step("named", account=world.med.id) == "accepted"
    assert who_reads(world) == {"zhou", "med"}
    assert kept.step("noted", by=world.med, words="去看过") == "accepted"
    assert kept.step("released", account=world.med.id) == "accepted"
    assert who_reads(world) == {"zhou"}
    assert kept.step("noted", by=world.med, words="不该能写") == "not_its_handler"
    assert kept.step("released", account=world.med.id) == "not_named"
    for account in (world.adm, world.gao, county_desk(world)):  # who could not open it, or only once it is handed
        assert kept.step("named", account=account.id) == "unknown_account"


def test_the_county_desk_reads_it_while_it_has_it(world):
    clerk = county_desk(world)
    desk = world.county.id
    kept = Kept(world)
    assert kept.step("handed", desk=VILLAGE_A) == "unknown_unit"
    assert kept.step("handed", desk=desk) == "accepted"
    assert opens_to(world, clerk)
    assert opens_to(world, world.zhou)
    assert kept.step("told", told_of=["shelter"], by=clerk) == "accepted"
    assert kept.step("returned", desk=desk, by=clerk) == "accepted"
    assert not opens_to(world, clerk)


def test_its_author_steps_on_it_no_more_and_nobody_says_its_opening_anew(world):
    kept = Kept(world)
    first = str(kept.last)
    assert kept.step("noted", by=world.lin, words="还有") == "not_its_handler"
    for by in (world.lin, world.zhou, world.wang):
        item = world.pen.item(
            None, kind="protected_case", unit=TOWNSHIP, by=by, corrects=first, saw={f"{first}.wording": first}
        )
        [receipt] = world.receive(item, by=by)
        assert receipt.outcome == "refused"
    assert kept.path == ["opened"]


def test_a_step_is_put_right_by_whoever_recorded_it_while_they_handle_it(world):
    kept = Kept(world)
    assert kept.step("named", account=world.med.id) == "accepted"
    assert kept.step("noted", by=world.med, words="写错了") == "accepted"
    first = str(kept.last)
    anew = {"corrects": first, "saw": {f"{first}.wording": first}}
    assert kept.step("noted", words="不是我的", **anew) in ("not_its_handler", "not_yours_to_correct")
    assert kept.step("noted", by=world.med, words="改过", **anew) == "accepted"
    assert kept.path == ["opened", "named", "noted"]


def test_mediation_is_offered_only_when_the_person_seen_alone_asked_for_it(world):
    kept = Kept(world)
    assert kept.step("session", words="谈") == "mediation_not_asked"
    assert kept.step("wish", wants="mediation") == "not_seen_alone"
    assert kept.step("seen_alone", "2026-09-03") == "accepted"
    alone = kept.last
    assert kept.step("wish", "2026-09-02", wants="mediation") == "not_seen_alone"
    assert kept.step("wish", "2026-09-03", wants="mediation") == "accepted"
    assert kept.step("session", "2026-09-04") == "words_missing"
    assert kept.step("session", "2026-09-04", words="谈") == "accepted"
    gone = {"kind": "protected_step", "corrects": str(alone), "saw": {f"{alone}.wording": str(alone)}}
    assert kept.bring(None, by=world.zhou, on="2026-09-03", **gone) == "accepted"
    assert kept.step("session", "2026-09-05", words="再谈") == "mediation_not_asked"  # nobody spoke with them alone
    assert kept.step("wish", "2026-09-05", wants="no_mediation") == "accepted"
    assert kept.step("agreed", "2026-09-05", words="搬出去") == "mediation_not_asked"


def test_a_no_stands_against_an_older_yes_that_is_noted_late(world):
    kept = Kept(world)
    assert kept.step("seen_alone", "2026-09-03") == "accepted"
    assert kept.step("wish", "2026-09-05", wants="no_mediation") == "accepted"
    assert kept.step("wish", "2026-09-03", wants="mediation") == "accepted"
    assert kept.row.wants == "no_mediation"
    assert kept.step("session", "2026-09-06", words="谈") == "mediation_not_asked"


def test_how_to_reach_them_safely_is_answered_before_a_telephone_is_noted(world):
    said = {"case": str(world.pen.new_id()), "who": "adult", "summary": "0" * 64}

    def refused(**more) -> str:
        try:
            read_body("protected_case", 1, msgspec.json.encode({**said, **more}))
        except Refused as wrong:
            return wrong.code
        return ""

    assert refused(contact="not_safe") == ""
    assert refused(contact="safe", how="1" * 64, phone="2" * 64) == ""
    assert refused(contact="not_safe", phone="2" * 64) == "contact_not_safe"
    assert refused(contact="safe", phone="2" * 64) == "contact_without_way"
    assert refused(phone="2" * 64) == "not_understood"


def test_it_ends_and_goes_on_when_something_is_done_again(world):
    kept = Kept(world).lives()
    assert kept.step("ended", "2026-09-20", words="平安") == "accepted"
    assert kept.row.stage == "ended"
    assert kept.step("noted", "2026-09-21", words="回访") == "accepted"
    assert kept.row.stage == "ended"
    assert kept.step("told", "2026-09-22", told_of=["shelter"]) == "accepted"
    assert kept.row.stage == "open"
    assert verify_log(TOWNSHIP) is None
    before = list(Protected.objects.values()), kept.path
    rebuild(TOWNSHIP)
    assert (list(Protected.objects.values()), kept.path) == before


def test_what_the_door_does_not_take_lies_in_no_tray(world):
    kept = Kept(world, brings=False)
    assert kept.brought(unit=VILLAGE_A) == "unknown_unit"
    assert kept.step("noted", words="先到了") == "no_such_thing_yet"
    assert kept.brought(by=world.gao) == "not_posted_there"
    text = json.loads(kept.item_sent.said)
    assert text["kind"] == "protected_case"
    [carried] = world.receive(kept.item_sent, by=world.ma)
    assert carried.outcome == "refused"
    assert not Tray.objects.exists()


def test_nobodys_request_about_data_lists_its_words_and_it_proves_nothing(world):
    proofs = Proof.objects.count()
    Kept(world).lives()
    assert Proof.objects.count() == proofs
    found = held(world.house_3.head)
    assert not [part for part in (*found.own, *found.listed) if part.kind in PROTECTED_KINDS]


def test_where_nobody_would_read_it_it_is_refused_with_words_and_not_kept_unseen(world):
    posting = world.postings["zhou"]
    row = Posting.objects.get(id=posting)
    ends = PostingChange1(posting=posting, until=date(2026, 11, 1))
    item = world.pen.item(ends, unit=TOWNSHIP, saw=seen(posting, row.wordings, ["until"]))
    assert world.receive(item)[0].stands
    kept = Kept(world, brings=False)
    assert kept.brought() == "nobody_at_the_centre"
    assert not Entry.objects.filter(kind__in=PROTECTED_KINDS).exists()
    assert not Tray.objects.exists()
