"""Erasing a person: their words leave the book, the ledgers, the tray, the tail, the files and the engine."""

import json
import os
import sqlite3
import subprocess
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from concerto.conductor import erasures, tail
from concerto.conductor.erasing import erase
from concerto.conductor.seeking import held
from concerto.conductor.verify import verify
from concerto.groundwork import boxes, database
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.households import Home
from concerto.journal.kinds.people import Resident1, ResidentChange1
from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.models import Entry, Sealed, Tray
from concerto.journal.said import Audience
from concerto.places.models import Opening, RosterFlag
from concerto.register.models import Resident
from tests.cast import NOON, TOWNSHIP, VILLAGE_A

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
NAME, PHONE = "阿依努尔·木拉提", "10020047715"


def written_anywhere(home, words: str) -> list[str]:
    """Every file of the home and of the database that holds the words as bytes; sealed tails are opened."""
    files = [path for path in home.rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files += [path for path in map(type(home), (name, name + "-wal")) if path.exists()]
    found = [path.name for path in files if words.encode() in path.read_bytes()]
    if connection.vendor == "postgresql" and words in dump():
        found.append("a dump")
    for log in tail.logs(home / "tail"):
        found += [
            "tail"
            for line in tail.read(home / "tail", log, key=boxes.operator_key(home))
            for p in line.sealed
            if words in p[-1]
        ]
    return found


def dump() -> str:
    at = connection.settings_dict
    command = ["pg_dump", "-h", at["HOST"], "-U", at["USER"], at["NAME"]]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout


def answer(*words: str) -> dict:
    out = StringIO()
    call_command(*words, stdout=out)
    return json.loads(out.getvalue())


def seen_words(world, text: str, *, on=date(2026, 6, 1), audience=Audience.PLACE):
    """A visit to house 2 with these words."""
    part = world.pen.seal(world.house_2.id, text, audience)
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="met", words=part.digest)
    [receipt] = world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=on, sealed=[part]), by=world.lin)
    assert receipt.outcome == "accepted", receipt
    return part


def test_a_person_is_written_nowhere_afterwards(world, home):
    assert "tail" in written_anywhere(home, NAME)
    for text in (NAME, PHONE):
        assert written_anywhere(home, text)
    done = erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    assert (done.erased, len(done.entries), done.engine_clean) == (2, 1, True)
    assert written_anywhere(home, NAME) == written_anywhere(home, PHONE) == []
    row = Resident.objects.get(log=TOWNSHIP, id=world.house_1.head)
    assert (row.name, row.phones, row.search, row.erased) == ("", "[]", "", True)
    assert verify().difference is None


def test_the_others_of_the_household_keep_their_words(world):
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    others = Resident.objects.filter(log=TOWNSHIP).exclude(id=world.house_1.head)
    assert not others.filter(name="").exists()
    assert not others.filter(erased=True).exists()


def test_old_names_and_merged_names_go_too(world):
    who, pen = world.house_2.head, world.pen
    row = Resident.objects.get(log=TOWNSHIP, id=who)
    new = pen.seal(who, "王建邦")
    change = pen.item(
        ResidentChange1(resident=who, name=new.digest),
        unit=VILLAGE_A,
        sealed=[new],
        saw={f"{who}.name": json.loads(row.wordings)["name"]},
    )
    assert world.receive(change)[0].outcome == "accepted"
    assert {part.text for part in held(who).own} == {"王建国", "王建邦", "10031112222"}


def test_words_that_name_them_are_listed_and_wait_for_a_decision(world, home):
    told = seen_words(world, "在路上遇见 阿依努尔 木拉提，她说渠修好了")
    rung = seen_words(world, "电话 100-2004-7715 打不通")
    other = seen_words(world, "羊都转场了")
    found = held(world.house_1.head)
    assert {(part.digest, part.why) for part in found.listed} >= {(told.digest, "named"), (rung.digest, "named")}
    assert other.digest not in {part.digest for part in found.listed}
    said = answer("erase", str(world.house_1.head), "--basis", "本人要求", "--also", told.digest)
    assert told.digest not in {line["digest"] for line in said["listed"]}
    assert not Sealed.objects.filter(digest=told.digest).exists()
    assert Sealed.objects.filter(digest=rung.digest).exists()
    assert "阿依努尔" not in json.dumps(said, ensure_ascii=False)
    later = answer("erase", str(world.house_1.head), "--basis", "又想了想", "--also", rung.digest)
    assert later["erased"] == 1


def test_words_about_the_household_are_listed(world):
    found = held(world.house_1.head)
    assert {(part.sort, part.why, part.kind) for part in found.listed} == {
        ("household", "household", "household"),
        ("household", "household", "visit"),
        ("need", "household", "visit"),
    }
    done = erase(world.house_1.head, basis="本人要求", everything=True, by=None, at=NOON)
    assert done.erased == 2 + len(found.listed)
    assert done.left == []
    assert verify().difference is None


def test_the_household_lives_on_and_takes_records(world):
    erase(world.house_1.head, basis="本人要求", everything=True, by=None, at=NOON)
    part = world.pen.seal(world.house_1.id, "又去了一次")
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", words=part.digest)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date(2026, 6, 20), sealed=[part])
    assert world.receive(item, by=world.lin)[0].outcome == "accepted"


def test_nothing_more_is_recorded_of_an_erased_person_and_no_word_of_it_stays(world, home):
    who = world.house_1.head
    erase(who, basis="本人要求", by=None, at=NOON)
    part = world.pen.seal(who, NAME)
    item = world.pen.item(ResidentChange1(resident=who, name=part.digest), unit=VILLAGE_A, sealed=[part])
    [receipt] = world.receive(item)
    assert (receipt.outcome, receipt.code) == ("refused", "erased_thing")
    assert written_anywhere(home, NAME) == []


def test_what_lies_in_the_tray_is_emptied_and_its_answer_stays(world, home):
    who, pen = world.house_1.head, world.pen
    part = pen.seal(who, "阿依努尔古丽")
    waiting = Resident1(resident=who, name=part.digest, home=Home(household=pen.new_id(), relation="head"))
    [receipt] = world.receive(pen.item(waiting, unit=VILLAGE_A, sealed=[part]))
    assert receipt.outcome != "accepted"
    assert written_anywhere(home, "阿依努尔古丽") or connection.vendor == "postgresql"
    done = erase(who, basis="本人要求", by=None, at=NOON)
    assert done.reached["tray"] == 1
    row = Tray.objects.get(id=receipt.id)
    assert (row.item, row.code) == ("", "erased_thing")
    assert written_anywhere(home, "阿依努尔古丽") == []
    assert part.digest in {digest for one in erasures.own_list() for digest in one.digests}


def test_files_of_the_home_that_mention_them_go(world, home):
    for folder in ("uploads", "previews", "feedback"):
        (home / folder).mkdir(exist_ok=True)
    (home / "previews" / "a.json").write_text(json.dumps({"name": NAME}, ensure_ascii=False))
    (home / "previews" / "b.json").write_text("{}")
    (home / "uploads" / "roster.xlsx").write_bytes(b"PK\x03\x04\xff\xfe\x00")
    (home / "feedback" / "c.txt").write_text(f"call {PHONE}")
    done = erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    assert done.reached["files"] == 3
    assert [path.name for path in home.glob("previews/*")] == ["b.json"]


def test_rows_of_a_roster_that_wait_about_them_are_dropped(world):
    for who in (world.house_1.head, world.house_2.head):
        RosterFlag.objects.create(
            log=TOWNSHIP, batch=who, sheet="1", row=7, code="identity_damaged", resident=who, came_at=NOON
        )
    assert erase(world.house_1.head, basis="本人要求", by=None, at=NOON).reached["roster_rows"] == 1
    assert [flag.resident for flag in RosterFlag.objects.all()] == [world.house_2.head]


def test_a_purpose_that_names_them_is_cleared(world, lin):
    Opening.objects.create(log=TOWNSHIP, at=NOON, by=lin.id, what="export", purpose=f"给{NAME}看")
    assert erase(world.house_1.head, basis="本人要求", by=None, at=NOON).reached["notes"] == 1
    assert Opening.objects.get().purpose == ""


@pytest.mark.parametrize(
    ("basis", "code"),
    [
        ("阿依努尔 木拉提本人要求", "basis_names_the_person"),
        ("电话 100 2004 7715 打来要求", "basis_names_the_person"),
        ("证号 11010519491231002X 的人要求", "identity_number_not_kept"),
        ("  ", "words_missing"),
    ],
)
def test_the_reason_names_nobody(world, basis, code):
    with pytest.raises(Refused) as refused:
        erase(world.house_1.head, basis=basis, by=None, at=NOON)
    assert refused.value.code == code
    assert Resident.objects.get(log=TOWNSHIP, id=world.house_1.head).name == NAME


def test_the_list_of_erasures_is_on_the_disk_with_every_digest(world, home):
    gone = {part.digest for part in held(world.house_1.head).own}
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    [one] = erasures.own_list()
    assert (set(one.digests), one.log, one.on, one.person) == (gone, TOWNSHIP, date(2026, 7, 1), world.house_1.head)


def test_what_was_recorded_while_it_was_decided_goes_too(world, home, monkeypatch):
    who, pen, found = world.house_1.head, world.pen, held(world.house_1.head)
    row = Resident.objects.get(log=TOWNSHIP, id=who)
    part = pen.seal(who, "1980-03-04")
    saw = {f"{who}.born": json.loads(row.wordings)["born"]}
    change = ResidentChange1(resident=who, born=part.digest)
    assert world.receive(pen.item(change, unit=VILLAGE_A, sealed=[part], saw=saw))[0].outcome == "accepted"
    monkeypatch.setattr("concerto.conductor.erasing.held", lambda thing: found)
    assert erase(who, basis="本人要求", by=None, at=NOON).erased == 3
    assert Resident.objects.get(log=TOWNSHIP, id=who).born == ""
    assert not Sealed.objects.filter(digest=part.digest).exists()
    assert verify().difference is None


def test_once_more_changes_nothing(world):
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    before = Entry.objects.count()
    done = erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    assert (done.erased, done.entries, Entry.objects.count()) == (0, [], before)


def test_a_tail_left_behind_by_a_crash_is_cleaned_the_next_time(world, home, monkeypatch):
    monkeypatch.setattr("concerto.conductor.erasing.forget_in_tail", lambda *_: 0)
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    assert written_anywhere(home, NAME) == ["tail"]
    monkeypatch.undo()
    later = erase(world.house_2.head, basis="本人要求", by=None, at=NOON)
    assert later.reached["tail"] == 4
    assert written_anywhere(home, NAME) == []


def test_a_long_reader_delays_the_engine_and_the_next_run_cleans_up(world, home):
    if connection.vendor == "sqlite":
        reader = sqlite3.connect(connection.settings_dict["NAME"])
        reader.execute("BEGIN").execute("SELECT count(*) FROM sealed").fetchone()
        assert not erase(world.house_1.head, basis="本人要求", by=None, at=NOON).engine_clean
        assert written_anywhere(home, NAME) != []
        reader.close()
    else:
        erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    answer("retire", "--asof", "2026-07-01")
    assert written_anywhere(home, NAME) == []
    assert not (home / database.UNCLEAN).exists()


def test_a_household_can_be_erased_with_its_words(world):
    done = erase(world.house_1.id, basis="一户要求", everything=True, by=None, at=NOON)
    assert done.erased == 3
    assert Resident.objects.get(log=TOWNSHIP, id=world.house_1.head).name == NAME


def test_the_privacy_officer_erases_in_their_own_name_and_nobody_else(world, pri):
    with pytest.raises(CommandError):
        answer("erase", str(world.house_1.head), "--basis", "要求", "--as", "wang")
    answer("erase", str(world.house_1.head), "--basis", "本人要求", "--as", "pri")
    assert Entry.objects.get(kind="erasure").author == pri.id


def test_an_unknown_id_is_refused(world):
    with pytest.raises(Refused) as refused:
        erase(world.pen.new_id(), basis="要求", by=None, at=NOON)
    assert refused.value.code == "nobody_of_this_id"


def lead(world, on: date):
    pen, thing = world.pen, world.pen.new_id()
    words = pen.seal(thing, f"听说羊进了地 {on}", Audience.DESK)
    body = Visit1(
        channel="visit",
        households=[world.house_1.id],
        outcome="met",
        leads=[LeadHeard(lead=thing, sort="livestock_damage", words=words.digest, household=world.house_1.id)],
    )
    [receipt] = world.receive(pen.item(body, unit=VILLAGE_A, by=world.lin, on=on, sealed=[words]), by=world.lin)
    assert receipt.outcome == "accepted", receipt
    return words, receipt


def test_words_of_a_lead_go_thirty_days_after_it_happened_once(world, home):
    today = date(2026, 7, 1)
    old, _ = lead(world, today - timedelta(days=31))
    young, _ = lead(world, today - timedelta(days=30))
    assert answer("retire", "--asof", "2026-07-01")["leads"] == 1
    assert answer("retire", "--asof", "2026-07-01")["leads"] == 0
    assert {p.digest for p in Sealed.objects.filter(audience="desk")} == {young.digest}
    assert written_anywhere(home, old.text) == []
    assert verify().difference is None


def test_a_visit_whose_lead_lapsed_can_still_be_corrected(world):
    _, receipt = lead(world, date(2026, 5, 1))
    answer("retire", "--asof", "2026-07-01")
    entry = Entry.objects.get(id=receipt.id)
    body = Visit1(
        **{**json.loads(entry.said)["body"], "channel": "phone_call", "leads": []}  # type: ignore[arg-type]
    )
    item = world.pen.item(
        body, unit=VILLAGE_A, by=world.lin, on=date(2026, 5, 1), corrects=receipt.id,
        saw={f"{receipt.id}.wording": str(receipt.id)},
    )  # fmt: skip
    assert world.receive(item, by=world.lin)[0].outcome == "accepted"


def test_uploads_older_than_a_day_are_removed(world, home):
    (home / "uploads").mkdir(exist_ok=True)
    old, new = home / "uploads" / "old.xlsx", home / "uploads" / "new.xlsx"
    for file in (old, new):
        file.write_bytes(b"PK")
    os.utime(old, (1, 1))
    assert answer("retire")["uploads"] == 1
    assert (old.exists(), new.exists()) == (False, True)
