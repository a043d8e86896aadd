"""A backup comes back: into an empty home, of either engine, with the tail, and without what was erased since."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from concerto.conductor import erasures, kept
from concerto.conductor.backup import write_backup
from concerto.conductor.daily import write_daily
from concerto.conductor.erasing import erase
from concerto.conductor.heads import heads
from concerto.conductor.restore import restore
from concerto.conductor.verify import verify
from concerto.groundwork import appending, closed, keyed
from concerto.groundwork.identity import IdentityNumber
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Head, Sealed, Tray
from concerto.places.models import Account, Unit
from concerto.register.models import Resident
from tests.cast import NOON, TOWNSHIP, VILLAGE_A
from tests.guards.tree import CHECKOUT

from .machines import LATER, WORDS, back_up, bring_back, destroy, silent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_of_its_own")]
NAME = "阿依努尔·木拉提"


def visit(world, words: str = "去看了看", **more):
    part = world.pen.seal(world.house_2.id, words)
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="met", words=part.digest)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date(2026, 6, 1), sealed=[part], **more)
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.outcome == "accepted", receipt
    return item, receipt


def everything() -> dict[str, list]:
    """All rows of all tables a backup holds, but for heads, which begin a new epoch."""
    return {
        model._meta.db_table: sorted(map(repr, model._default_manager.values_list()))
        for model in kept.tables()
        if model is not Head
    }


def ledgers() -> dict[str, list]:
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(kept.FOLDED - {"touch"}):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
        return found


def test_a_destroyed_home_comes_back_whole(world, home, settings):
    world.pen.written += 1000
    world.receive(world.pen.item(Visit1(channel="visit", households=[world.pen.new_id()], outcome="nobody_home"),
                                 unit=VILLAGE_A, by=world.lin), by=world.lin)  # fmt: skip
    assert Tray.objects.count() == 1
    before, lines, secret = everything(), ledgers(), b"a secret key of the server, long enough"
    (settings.CONCERTO_HOME / "secret-key").write_bytes(secret)
    file = back_up(home)
    assert file.stat().st_mode & 0o777 == 0o600
    destroy(settings)
    restored = bring_back(file)
    after = everything()
    began = [row for row in after["entry"] if "'restored'" in row]
    assert len(began) == 2, "each log began a new epoch"
    assert {**after, "entry": [row for row in after["entry"] if row not in began]} == before
    assert ledgers() == lines
    assert set(restored.epochs.values()) == {2}
    assert (settings.CONCERTO_HOME / "secret-key").read_bytes() == secret
    assert (settings.CONCERTO_HOME / "keys" / "operator.key").stat().st_mode & 0o777 == 0o600
    assert not closed.is_closed(settings.CONCERTO_HOME)
    assert verify().difference is None


def test_life_goes_on_after_a_restore(world, home, settings):
    file = back_up(home)
    before = heads()
    destroy(settings)
    bring_back(file)
    visit(world)
    assert verify(before).difference is None
    assert verify(before).lost == []


def test_yesterdays_backup_and_the_tail_lose_nothing(world, home, settings):
    file = back_up(home)
    item, receipt = visit(world, "今天才去的")
    visit(world, "第二次")
    before, last = everything(), heads()
    destroy(settings)
    restored = bring_back(file, tail=settings.CONCERTO_TAIL)
    after = everything()
    assert restored.from_tail == 2
    assert set(before["entry"]) < set(after["entry"])
    assert before["sealed"] == after["sealed"]
    assert verify(last).difference is None
    [again] = world.receive(item, by=Account.objects.get(name="lin"))
    assert (again.outcome, again.seq) == ("known", receipt.seq)


def test_a_tail_with_lines_of_before_an_earlier_restore_brings_no_lost_history(world, home, settings):
    first = back_up(home)
    for _ in range(5):
        visit(world, "这几笔在第一次恢复时丢了")
    destroy(settings)
    bring_back(first)
    visit(world, "恢复以后的")
    second = back_up(home)
    last = everything()
    destroy(settings)
    assert bring_back(second, tail=settings.CONCERTO_TAIL).from_tail == 0
    assert everything()["sealed"] == last["sealed"]
    visit(world, "第二次恢复以后的")
    visit(world, "又一笔")
    last = everything()
    destroy(settings)
    assert bring_back(second, tail=settings.CONCERTO_TAIL).from_tail == 4, (
        "two visits, and the second restore of two logs"
    )
    assert everything()["sealed"] == last["sealed"]
    assert verify().difference is None


def test_a_backup_of_before_a_restore_does_not_take_the_tail_of_after_it(world, home, settings):
    first = back_up(home).rename(home / "first")
    visit(world, "先做的")
    older = back_up(home).rename(home / "older")
    destroy(settings)
    bring_back(first)
    visit(world, "恢复以后的")
    destroy(settings)
    refused(older, "tail_of_another_history", settings, tail=settings.CONCERTO_TAIL)


def test_without_the_tail_what_is_lost_is_named(world, home, settings):
    file = back_up(home)
    visit(world)
    last = heads()
    destroy(settings)
    bring_back(file)
    told = verify(last)
    assert told.difference is None
    assert [(lost.log, lost.epoch) for lost in told.lost] == [(TOWNSHIP, 1)]


def test_what_lies_in_the_tail_and_lost_its_commit_gives_way(world, home, settings, monkeypatch):
    file = back_up(home)

    def no_disk(*_):
        raise OSError("no space left on the device")

    real = appending.sync_folder
    part = world.pen.seal(world.house_2.id, "没有提交的")
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="met", words=part.digest)
    items = [
        world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date(2026, 6, 2), sealed=[part]),
        world.pen.item(Visit1(channel="visit", households=[world.house_1.id], outcome="met"), unit=VILLAGE_A,
                       by=world.lin, on=date(2026, 6, 2)),
    ]  # fmt: skip
    before = Entry.objects.count()
    monkeypatch.setattr("concerto.conductor.tail.lay_down", lambda *given: (_lay(*given), no_disk()))
    with pytest.raises(OSError, match="no space"):
        world.receive(*items, by=world.lin)
    monkeypatch.undo()
    assert (Entry.objects.count(), appending.sync_folder) == (before, real)
    visit(world, "这一笔算数")
    rows = everything()
    destroy(settings)
    assert bring_back(file, tail=settings.CONCERTO_TAIL).from_tail == 1
    after = everything()
    assert set(rows["entry"]) < set(after["entry"])
    assert rows["sealed"] == after["sealed"]
    assert verify().difference is None


from concerto.conductor.tail import lay_down as _lay  # noqa: E402  (the real one, before a test takes its place)


def test_an_erased_person_does_not_come_back_with_the_list(world, home, settings):
    file = back_up(home)
    who = world.house_1.head
    erase(who, basis="本人要求", by=None, at=NOON)
    kept_outside = home / "erasures"
    shutil.copy(settings.CONCERTO_HOME / erasures.NAME, kept_outside)
    destroy(settings)
    restored = bring_back(file, erased=kept_outside)
    assert (restored.dropped, restored.unanswered_since) == (2, "")
    row = Resident.objects.get(log=TOWNSHIP, id=who)
    assert (row.name, row.erased) == ("", True)
    assert not Sealed.objects.filter(text=NAME).exists()
    assert Entry.objects.filter(kind="erasure").count() == 1
    assert verify().difference is None
    assert len(erasures.own_list()) >= 1


def test_the_daily_file_serves_as_the_list(world, home, settings):
    file = back_up(home)
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    daily = shutil.copy(write_daily(date(2026, 7, 1)), home / "daily.jsonl")
    destroy(settings)
    restored = bring_back(file, erased=daily)
    assert (restored.dropped, restored.unanswered_since) == (2, "2026-07-01")
    assert verify().difference is None


def test_an_erased_person_does_not_come_back_with_the_tail(world, home, settings):
    file = back_up(home)
    visit(world)
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    last = heads()
    destroy(settings)
    restored = bring_back(file, tail=settings.CONCERTO_TAIL)
    assert (restored.from_tail, restored.dropped) == (2, 2)
    assert Resident.objects.get(log=TOWNSHIP, id=world.house_1.head).name == ""
    assert Entry.objects.filter(kind="erasure").count() == 1, "the tail brought the erasure itself"
    assert verify(last).difference is None


def test_an_older_copy_of_the_tail_brings_nobody_back(world, home, settings):
    file = back_up(home)
    visit(world, f"遇见{NAME}")
    older = shutil.copytree(settings.CONCERTO_TAIL, home / "copy of the tail")
    erase(world.house_1.head, basis="本人要求", everything=True, by=None, at=NOON)
    kept_outside = shutil.copy(settings.CONCERTO_HOME / erasures.NAME, home / "erasures")
    destroy(settings)
    shutil.rmtree(settings.CONCERTO_TAIL)
    bring_back(file, erased=kept_outside, tail=older)
    assert not Sealed.objects.filter(text__contains=NAME).exists()
    assert verify().difference is None


def test_without_a_list_it_says_since_when_it_cannot_answer(world, home, settings):
    file = back_up(home)
    destroy(settings)
    assert bring_back(file).unanswered_since == "2026-07-01"


def test_the_list_of_the_backup_itself_comes_back(world, home, settings):
    erase(world.house_1.head, basis="本人要求", by=None, at=NOON)
    file = back_up(home)
    destroy(settings)
    bring_back(file)
    assert [one.person for one in erasures.own_list()] == [world.house_1.head]
    assert verify().difference is None


def test_the_key_of_identity_hashes_stays_at_home(world, home, settings):
    keyed.identity_hash(IdentityNumber("11010519491231002X"), settings.CONCERTO_HOME)
    key = (settings.CONCERTO_HOME / keyed.KEY).read_bytes()
    file = back_up(home)
    destroy(settings)
    assert not bring_back(file).finds_older
    assert not (settings.CONCERTO_HOME / keyed.KEY).exists()
    (settings.CONCERTO_HOME / keyed.KEY).write_bytes(key)
    assert keyed.finds_older(settings.CONCERTO_HOME)


# ---------------------------------------------------------------- refused before anything is touched


def refused(file: Path, code: str, settings, words: str = WORDS, **more) -> None:
    with pytest.raises(Refused) as wrong:
        restore(file, words, **{"erased": None, "tail": None, **more}, at=LATER, say=silent)
    assert wrong.value.code == code
    assert not Account.objects.exists()
    assert not Unit.objects.exists()
    assert list(settings.CONCERTO_HOME.iterdir()) == []


def test_a_wrong_passphrase_is_refused(world, home, settings):
    file = back_up(home)
    destroy(settings)
    refused(file, "safe_does_not_open", settings, words="another passphrase")
    refused(file, "passphrase_missing", settings, words="")


def test_a_file_that_is_no_backup_is_refused(world, home, settings):
    destroy(settings)
    (home / "photo").write_bytes(b"\xff\xd8" * 400)
    refused(home / "photo", "not_a_backup", settings)
    refused(home / "nothing", "no_such_backup", settings)


def test_damage_anywhere_is_found(world, home, settings, monkeypatch):
    monkeypatch.setattr("concerto.groundwork.safe.PIECE", 4096)
    file = back_up(home)
    whole = file.read_bytes()
    destroy(settings)
    places = [0, 17, 20, 40, 150, 300, len(whole) // 2, len(whole) - 9000, len(whole) - 20, len(whole) - 1]
    for place in places:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refused) as wrong:
            bring_back(file)
        assert wrong.value.code in ("not_a_backup", "safe_does_not_open", "safe_damaged"), place
    assert list(settings.CONCERTO_HOME.iterdir()) == []
    assert not Account.objects.exists()


def test_a_file_cut_short_added_to_or_shuffled_is_refused(world, home, settings, monkeypatch):
    monkeypatch.setattr("concerto.groundwork.safe.PIECE", 4096)
    file = back_up(home)
    whole = file.read_bytes()
    start = len(whole) % (4096 + 16)  # where pieces begin is the header's end; a cut at any piece's edge is a cut
    destroy(settings)
    piece = 4096 + 16
    head = whole.index(b"}") + 1
    edges = [head + piece, head + 2 * piece]
    swapped = whole[:head] + whole[edges[0] : edges[1]] + whole[head : edges[0]] + whole[edges[1] :]
    for given in (whole[: edges[0]], whole[: edges[1]], whole[:-1], whole + b"x", swapped, whole[: head + start // 2]):
        file.write_bytes(given)
        with pytest.raises(Refused):
            bring_back(file)
    assert not Account.objects.exists()


def test_a_home_where_somebody_lives_is_refused(world, home):
    file = back_up(home)
    with pytest.raises(Refused) as wrong:
        bring_back(file)
    assert wrong.value.code == "home_not_empty"


def test_a_tail_with_a_gap_is_refused(world, home, settings):
    file = back_up(home)
    visit(world)
    visit(world)
    [day] = settings.CONCERTO_TAIL.joinpath(str(TOWNSHIP)).glob("*.jsonl")
    lines = day.read_bytes().splitlines(keepends=True)
    day.write_bytes(b"".join([*lines[:-2], lines[-1]]))
    destroy(settings)
    refused(file, "tail_has_a_gap", settings, tail=settings.CONCERTO_TAIL)


def test_a_list_that_is_none_is_refused(world, home, settings):
    file = back_up(home)
    destroy(settings)
    (home / "list").write_text("a shopping list\n")
    refused(file, "not_a_list_of_erasures", settings, erased=home / "list")


# ---------------------------------------------------------------- killed, concurrent, across engines


def run(code: str, home: Path, *, here: bool = False, wait: bool = True):
    """Run Python in a process of its own, over a new SQLite home, or `here`: over the database of this test."""
    env = {**os.environ, "CONCERTO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "concerto.config.settings"}
    env |= {"CONCERTO_TAIL": str(home / "tail"), "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT / 'src'}"}
    env.pop("DATABASE_URL", None)
    at = connection.settings_dict
    if here and connection.vendor == "postgresql":
        env["DATABASE_URL"] = f"host={at['HOST']} user={at['USER']} dbname={at['NAME']}"
    elif here:
        (home / "concerto.sqlite3").symlink_to(at["NAME"])
    head = "import django; django.setup()\nfrom django.core.management import call_command\n"
    head += "" if here else "call_command('migrate', verbosity=0)\n"
    started = subprocess.Popen([sys.executable, "-c", head + code], env=env, stdout=subprocess.PIPE, text=True)
    if not wait:
        return started
    out, _ = started.communicate(timeout=120)
    assert started.returncode == 0
    return out


MAKE = """
from pathlib import Path
from tests.cast import NOON, enter
from concerto.conductor.backup import write_backup
enter()
write_backup(Path({file!r}), {words!r}, at=NOON, say=lambda _: None)
"""
BRING = """
from pathlib import Path
from tests.cast import NOON
from concerto.conductor.restore import restore
from concerto.conductor.verify import verify
from concerto.register.models import Resident
restore(Path({file!r}), {words!r}, erased=None, tail=None, at=NOON, say=print)
print("DIFFERS", verify().difference, Resident.objects.count())
"""


def test_a_backup_of_sqlite_comes_back_on_this_engine(home, settings):
    run(MAKE.format(file=str(home / "backup"), words=WORDS), home / "elsewhere")
    bring_back(home / "backup")
    assert Resident.objects.filter(name=NAME).exists()
    assert verify().difference is None


def test_a_backup_of_this_engine_comes_back_on_sqlite(world, home, settings):
    file = back_up(home)
    out = run(BRING.format(file=str(file), words=WORDS), home / "elsewhere")
    assert f"DIFFERS None {Resident.objects.count()}" in out


@pytest.mark.parametrize("moment", ["brought back", "folding the ledgers"])
def test_a_restore_that_was_killed_begins_anew(world, home, settings, moment):
    file = back_up(home)
    destroy(settings)
    slow = BRING.replace("say=print", "say=lambda words: (print(words, flush=True), __import__('time').sleep(0.3))")
    _kill_when(run(slow.format(file=str(file), words=WORDS), settings.CONCERTO_HOME, here=True, wait=False), moment)
    assert closed.is_closed(settings.CONCERTO_HOME)
    assert Account.objects.exists()
    bring_back(file)
    assert not closed.is_closed(settings.CONCERTO_HOME)
    assert set(Head.objects.values_list("epoch", flat=True)) == {2}
    assert verify().difference is None


def _kill_when(process, words: str) -> None:
    with process.stdout as out:
        assert any(words in line for line in out)
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


WRITE = """
import time
from tests.cast import Pen, VILLAGE_A, FIRST_DAY
from uuid import UUID
from concerto.conductor.receive import receive
from concerto.groundwork import clock
from concerto.journal.kinds.visit import Visit1
from concerto.places.models import Account
lin = Account.objects.get(name="lin")
pen = Pen(written=100000)
print("ready", flush=True)
end = time.monotonic() + 4
while time.monotonic() < end:
    item = pen.item(Visit1(channel="visit", households=[UUID({house!r})], outcome="met"), unit=VILLAGE_A, by=lin)
    [receipt] = receive([item], brought_by=lin, at=clock.now())
    assert receipt.outcome == "accepted", receipt
    print(receipt.seq, flush=True)
"""


def test_a_backup_is_of_one_moment_while_others_write(world, home, settings):
    writer = run(WRITE.format(house=str(world.house_1.id)), settings.CONCERTO_HOME, here=True, wait=False)
    with writer.stdout as out:
        assert out.readline() == "ready\n"
        time.sleep(0.3)
        content = write_backup(home / "backup", WORDS, at=NOON, say=lambda _: time.sleep(0.02))
        written = [int(line) for line in out]
    assert writer.wait() == 0
    assert len(written) > 5
    assert content.entries < Entry.objects.count()
    destroy(settings)
    bring_back(home / "backup")
    assert verify().difference is None


def test_the_commands_answer_in_one_line_of_json(world, home, settings, monkeypatch):
    monkeypatch.setenv("CONCERTO_PASSPHRASE", WORDS)
    out, err = StringIO(), StringIO()
    call_command("backup", str(home / "backup"), stdout=out, stderr=err)
    assert json.loads(out.getvalue())["entries"] == Entry.objects.count()
    assert "entry:" in err.getvalue()
    destroy(settings)
    out, err = StringIO(), StringIO()
    call_command("restore", str(home / "backup"), stdout=out, stderr=err)
    told = json.loads(out.getvalue())
    assert told["epochs"][str(TOWNSHIP)] == 2
    assert told["unanswered_since"] is not None
    assert "may have come back" in err.getvalue()
    assert UUID(next(iter(told["epochs"])))
