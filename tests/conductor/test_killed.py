"""Killed at any moment, the database holds the whole entry with all its lines or nothing; writers leave no gap."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from concerto.conductor.verify import verify_log
from concerto.groundwork import database
from concerto.journal.models import Entry, Head
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.study.models import Talk
from concerto.parts.visits.models import Visit
from tests.cast import TOWNSHIP, World, enter

pytestmark = pytest.mark.django_db(transaction=True)

CHECKOUT = Path(__file__).resolve().parents[2]
TIMES = 15


@pytest.fixture
def world() -> World:
    return enter()


def environment() -> dict[str, str]:
    """Let another process work on the database of this test."""
    named = connection.settings_dict["NAME"]
    place = {"PYTHONPATH": str(CHECKOUT), "CONCERTO_HOME": str(settings.CONCERTO_HOME)}
    if database.is_sqlite():
        return {**os.environ, **place, "CONCERTO_TEST_SQLITE": str(named)}
    return {**os.environ, **place, "DATABASE_URL": f"{os.environ['POSTGRES_URL']} dbname={named}"}


def start(world: World, *, batch: int, times: int, threads: int) -> "subprocess.Popen[str]":
    words = [world.lin.name, world.house_1.id, batch, times, threads]
    command = [sys.executable, "-m", "tests.conductor.receiving", *map(str, words)]
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment(), stdout=subprocess.PIPE, text=True)


def answered(process: "subprocess.Popen[str]") -> list[UUID]:
    """Read what was answered; a line cut off by the kill was not."""
    assert process.stdout is not None
    with process.stdout as said:
        lines = [line for line in said.read().splitlines(keepends=True) if line.endswith("\n")]
    assert all(line.startswith("accepted ") for line in lines)
    return [UUID(line.split()[1]) for line in lines]


def stands_whole() -> None:
    """No number is missing, every entry has all its lines, every line its entry."""
    assert verify_log(TOWNSHIP) is None
    visits = set(Entry.objects.filter(log=TOWNSHIP, kind="visit").values_list("id", flat=True))
    for ledger, kinds in ((Visit, ["visit"]), (Talk, ["talk"]), (AssistanceLine, ["need"])):
        assert set(ledger.objects.filter(kind__in=kinds).values_list("entry", flat=True)) == visits


@pytest.mark.parametrize("batch", [1, 20])
def test_killed_at_any_moment_nothing_is_torn_and_nothing_answered_is_lost(world, batch):
    chance, kept = random.Random(batch), []
    for _ in range(TIMES // 2 + batch % 2):
        process = start(world, batch=batch, times=100_000, threads=1)
        assert process.stdout is not None
        first = process.stdout.readline()  # it is at work now
        time.sleep(chance.random() * 0.2)
        process.kill()
        kept += [UUID(first.split()[1]), *answered(process)]
        process.wait()
        stands_whole()
    assert set(kept) <= set(Entry.objects.filter(log=TOWNSHIP).values_list("id", flat=True))


def test_two_processes_with_four_threads_each_leave_no_gap(world):
    before = Head.objects.get(log=TOWNSHIP).seq
    processes = [start(world, batch=2, times=10, threads=4) for _ in range(2)]
    said = [answered(process) for process in processes]

    assert [process.wait() for process in processes] == [0, 0]
    assert [len(ids) for ids in said] == [80, 80]
    numbers = list(Entry.objects.filter(log=TOWNSHIP).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, before + 161))
    stands_whole()
