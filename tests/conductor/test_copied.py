"""A backup has left the machine: phones may let go of what it holds, once it was found to be of this history."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from concerto.conductor.backup import write_backup
from concerto.conductor.copied import heads_in, note_copied
from concerto.conductor.heads import HeadKept, heads
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Head
from tests.cast import ELSEWHERE, NOON, TODAY, TOWNSHIP, VILLAGE_A

from .machines import WORDS, back_up, bring_back, destroy, silent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_of_its_own")]


def copied() -> dict:
    return {one.log: (one.copied_epoch, one.copied_seq) for one in Head.objects.all()}


def said(file=None, *, head=()) -> dict:
    out = StringIO()
    call_command("copied", *([str(file)] if file else []), head=list(head), stdout=out)
    return json.loads(out.getvalue())


def visit(world):
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="nobody_home")
    [receipt] = world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY), by=world.lin)
    assert receipt.stands


def test_a_backup_that_left_is_noted_up_to_its_heads_and_no_further(world, home, monkeypatch):
    monkeypatch.setenv("CONCERTO_PASSPHRASE", WORDS)
    file = back_up(home)
    stood = {head.log: (head.epoch, head.seq) for head in heads()}
    visit(world)
    assert copied() == {TOWNSHIP: (0, 0), ELSEWHERE: (0, 0)}
    answer = said(file)
    assert copied() == stood
    assert {log: (one["epoch"], one["seq"]) for log, one in answer["copied"].items()} == {
        str(log): at for log, at in stood.items()
    }
    assert all(one["news"] for one in answer["copied"].values())


def test_said_again_it_changes_nothing_and_an_older_one_takes_nothing_back(world, home, monkeypatch):
    monkeypatch.setenv("CONCERTO_PASSPHRASE", WORDS)
    older = back_up(home)
    visit(world)
    write_backup(home / "newer", WORDS, at=NOON, say=silent)
    said(home / "newer")
    stood = copied()
    for file in (home / "newer", older):
        assert not any(one["news"] for one in said(file)["copied"].values())
        assert copied() == stood


def test_after_a_restore_the_backup_it_came_from_is_of_this_history_still(world, home, settings):
    file = back_up(home)
    destroy(settings)
    bring_back(file)
    note_copied(heads_in(file, WORDS)[1])
    assert {epoch for epoch, _ in copied().values()} == {1}


def test_a_backup_whose_end_a_restore_lost_is_of_another_history(world, home, settings):
    older = back_up(home)
    visit(world)
    write_backup(home / "lost", WORDS, at=NOON, say=silent)
    lost = (home / "lost").read_bytes()
    destroy(settings)
    bring_back(older)
    (home / "lost").write_bytes(lost)
    with pytest.raises(Refused, match="backup_of_another_history"):
        note_copied(heads_in(home / "lost", WORDS)[1])
    assert set(copied().values()) == {(0, 0)}


def test_of_two_logs_of_which_one_is_foreign_none_is_noted(world, home):
    [good, bad] = sorted(heads(), key=lambda head: head.log == ELSEWHERE)
    with pytest.raises(Refused) as wrong:
        note_copied([good, bad._replace(digest="0" * 64)])
    assert (wrong.value.code, wrong.value.facts["log"]) == ("backup_of_another_history", str(bad.log))
    assert set(copied().values()) == {(0, 0)}


@pytest.mark.parametrize("more", [{"seq": 100_000}, {"epoch": 7}, {"log": VILLAGE_A}])
def test_a_head_that_is_not_in_the_log_is_refused(world, home, more):
    [head] = [one for one in heads() if one.log == TOWNSHIP]
    with pytest.raises(Refused, match="backup_of_another_history"):
        note_copied([head._replace(**more)])


def test_a_wrong_passphrase_and_no_file_are_refused(world, home, monkeypatch):
    file = back_up(home)
    monkeypatch.setenv("CONCERTO_PASSPHRASE", "another passphrase")
    for asked, code in ((file, "safe_does_not_open"), (home / "nowhere", "no_such_backup"), (None, "no_such_backup")):
        with pytest.raises(Refused) as wrong:
            said(asked)
        assert wrong.value.code == code
    assert set(copied().values()) == {(0, 0)}


def test_a_copy_made_otherwise_is_named_by_its_head(world, home):
    [head] = [one for one in heads() if one.log == TOWNSHIP]
    said(head=[f"{head.log}:{head.epoch}:{head.seq}:{head.digest}"])
    assert copied() == {TOWNSHIP: (head.epoch, head.seq), ELSEWHERE: (0, 0)}
    with pytest.raises(Refused, match="not_a_heads_file"):
        said(head=["nonsense"])


def test_an_empty_log_is_in_any_backup(world, home):
    assert note_copied([HeadKept(TOWNSHIP, 1, 0, "")]) == []
