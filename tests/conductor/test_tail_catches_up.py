"""A power cut between a commit and the tail loses no entry of the tail: at the next start it is laid down."""

import pytest
from django.conf import settings

from concerto.conductor import tail
from concerto.conductor.catching_up import catch_up
from concerto.groundwork import boxes
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Head
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own_tail(settings, tmp_path):
    settings.CONCERTO_TAIL = tmp_path / "tail"


def lines() -> list[tail.Line]:
    return list(tail.read(settings.CONCERTO_TAIL, TOWNSHIP, key=boxes.operator_key(settings.CONCERTO_HOME)))


def test_what_the_tail_misses_is_laid_down_at_the_next_start(own_tail, world):
    for said in ("水来了", "渠塌了"):
        words = world.pen.seal(world.house_1.id, said)
        body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", words=words.digest)
        world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words]), by=world.lin)
    whole = lines()
    last_file = tail.files(settings.CONCERTO_TAIL, TOWNSHIP)[-1]
    last_file.write_bytes(b"".join(last_file.read_bytes().splitlines(keepends=True)[:-1]) + b'{"log": "cut')
    assert len(lines()) == len(whole) - 1

    laid = catch_up()

    assert laid == 1
    assert lines() == whole
    assert (catch_up(), lines()[-1].entries[-1][0]) == (0, Head.objects.get(log=TOWNSHIP).seq)
