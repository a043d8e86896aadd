"""Trying codes is hopeless, and who has a slip hardly ever notices that it is made so."""

from datetime import UTC, datetime, timedelta

import pytest

from concerto.groundwork import slip_codes
from concerto.places import knocks
from concerto.places.knocks import DoorRests, try_code
from concerto.places.models import Knock

NOON = datetime(2026, 9, 16, 4, 0, tzinfo=UTC)
HERE = "10.0.0.1"
LIVING, ADDRESSES, A_YEAR = 20_000, 1_000, 366


def nothing(code: str) -> None:
    return None


def wrong(*, address: str = HERE, at: datetime = NOON) -> None:
    assert try_code(slip_codes.draw_code(), address=address, at=at, find=nothing) is None


def test_guessing_is_hopeless():
    a_day = min(ADDRESSES * knocks.WRONG_A_DAY, knocks.WRONG_OF_ALL_A_DAY)
    expected = a_day * A_YEAR * LIVING / slip_codes.possible_codes()
    assert expected < 0.01


@pytest.mark.django_db
def test_the_limit_of_a_day_holds_however_patiently_one_tries():
    let_in = 0
    for minute in range(0, 12 * 60, 2):
        try:
            wrong(at=NOON + timedelta(minutes=minute))
            let_in += 1
        except DoorRests:
            continue
    assert let_in == knocks.WRONG_A_DAY
    wrong(address="10.0.0.2")
    wrong(at=NOON + timedelta(days=1))


@pytest.mark.django_db
def test_wrong_codes_slow_down_and_a_right_one_waits_as_well():
    for _ in range(knocks.FREE):
        wrong()
    for at in (NOON, NOON + knocks.SLOWER - timedelta(seconds=1)):
        with pytest.raises(DoorRests):
            try_code(slip_codes.draw_code(), address=HERE, at=at, find=lambda code: code)
    assert try_code("ACDEF23456", address=HERE, at=NOON + knocks.SLOWER, find=lambda code: code) == "ACDEF23456"


@pytest.mark.django_db
def test_a_right_code_and_a_slip_of_the_pen_cost_nothing():
    for _ in range(knocks.MISTYPED_A_DAY - 1):
        assert try_code(None, address=HERE, at=NOON, find=nothing) is None
        assert try_code("ACDEF23456", address=HERE, at=NOON, find=lambda code: code)
    assert Knock.objects.get(who="").wrong == 0
    try_code(None, address=HERE, at=NOON, find=nothing)
    with pytest.raises(DoorRests):
        try_code(None, address=HERE, at=NOON, find=nothing)


@pytest.mark.django_db
def test_many_addresses_are_stopped_together_and_so_are_those_that_nobody_can_tell_apart():
    wrong()
    Knock.objects.filter(who="").update(wrong=knocks.WRONG_OF_ALL_A_DAY)
    for address in ("10.9.9.9", "2001:db8::1", ""):
        with pytest.raises(DoorRests):
            wrong(address=address)


@pytest.mark.django_db
def test_one_network_is_one_address():
    for last in range(knocks.FREE):
        wrong(address=f"2001:db8:0:1::{last}")
    with pytest.raises(DoorRests):
        wrong(address="2001:db8:0:1:ffff::9")
    wrong(address="2001:db8:0:2::1")


@pytest.mark.django_db
def test_no_address_is_kept_and_none_is_known_again_on_another_day():
    for day in range(3):
        wrong(at=NOON + timedelta(days=day))
    rows = list(Knock.objects.values_list("day", "who"))
    assert HERE not in str(rows)
    assert len({who for _day, who in rows if who}) == len([who for _day, who in rows if who])
    assert {day for day, _who in rows} == {(NOON + timedelta(days=2)).date()}
