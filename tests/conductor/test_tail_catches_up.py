"""A power cut between a commit and the tail loses no entry of the tail: at the next start it is laid down."""

from datetime import timedelta

import pytest
from django.conf import settings

from concerto.conductor import refiling, tail
from concerto.conductor.catching_up import catch_up
from concerto.groundwork import boxes
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Head
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own_tail(settings, tmp_path):
    settings.CONCERTO_TAIL = tmp_path / "tail"


def make_two_visits(world) -> None:
    for said in ("水来了", "渠塌了"):
        words = world.pen.seal(world.house_1.id, said)
        body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", words=words.digest)
        world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words]), by=world.lin)


def lines() -> list[tail.Line]:
    return list(tail.read(settings.CONCERTO_TAIL, TOWNSHIP, key=boxes.operator_key(settings.CONCERTO_HOME)))


def test_what_the_tail_misses_is_laid_down_at_the_next_start(own_tail, world):
    make_two_visits(world)
    whole = lines()
    last_file = tail.files(settings.CONCERTO_TAIL, TOWNSHIP)[-1]
    last_file.write_bytes(b"".join(last_file.read_bytes().splitlines(keepends=True)[:-1]) + b'{"log": "cut')
    assert len(lines()) == len(whole) - 1

    laid = catch_up()

    assert laid == 1
    assert lines() == whole
    assert (catch_up(), lines()[-1].entries[-1][0]) == (0, Head.objects.get(log=TOWNSHIP).seq)


def test_a_backup_between_two_that_were_laid_down_together_is_followed_by_the_second(own_tail, world):
    make_two_visits(world)
    last_file = tail.files(settings.CONCERTO_TAIL, TOWNSHIP)[-1]
    last_file.write_bytes(b"".join(last_file.read_bytes().splitlines(keepends=True)[:-2]))
    assert catch_up() == 2
    head = Head.objects.get(log=TOWNSHIP)
    said = Entry.objects.get(log=TOWNSHIP, seq=head.seq - 1).said
    ends = {TOWNSHIP: refiling.End(head.epoch, head.seq - 1, said)}
    plans = refiling.plan(settings.CONCERTO_TAIL, ends, boxes.operator_key(settings.CONCERTO_HOME))
    [plan] = (one for one in plans if one.log == TOWNSHIP)
    assert [(one.first, one.last) for one in plan.stretches] == [(head.seq, head.seq)]


def test_where_the_only_line_of_a_day_was_cut_short_the_day_before_tells_how_far_the_tail_reached(own_tail, world):
    whole = lines()
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    world.receive(item, by=world.lin, at=NOON + timedelta(days=1))
    before, last_file = tail.files(settings.CONCERTO_TAIL, TOWNSHIP)
    assert (before.stem, last_file.stem) == ("2026-07-01", "2026-07-02")
    last_file.write_bytes(b'{"log": "cut')
    assert lines() == whole
    assert catch_up() == 1
    assert lines()[-1].entries[-1][0] == Head.objects.get(log=TOWNSHIP).seq


def test_a_line_of_another_copy_is_not_taken_for_what_was_filed_here(own_tail, world):
    make_two_visits(world)
    *before, first, second = lines()
    last_file = tail.files(settings.CONCERTO_TAIL, TOWNSHIP)[-1]
    last_file.write_bytes(b"".join(last_file.read_bytes().splitlines(keepends=True)[:-2]))
    elsewhere = [(seq, said + " ", filed) for line in (first, second) for seq, said, filed in line.entries]
    tail.lay_down(first._replace(entries=elsewhere, sealed=[]), "2026-07-01")
    assert catch_up() == 2
    assert lines() == [*before, first._replace(entries=elsewhere, sealed=[]), first, second]
    assert catch_up() == 0
