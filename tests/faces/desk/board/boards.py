"""The demo of boards: a small year in village A, looked at on a day in September."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from concerto.faces.desk.writing import seen
from concerto.groundwork import clock
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.study import OwnStudy1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.said import Audience
from concerto.places.models import Account
from concerto.register.models import Waiver
from tests.cast import TOWNSHIP, VILLAGE_A, World

AUTUMN = datetime(2026, 9, 17, 4, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 18)


@pytest.fixture
def autumn(monkeypatch) -> None:
    """Let it be 18 September 2026."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 18, 3, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: SEPTEMBER)


def bring(world: World, body: Any, *, by: Account, on: date, unit: UUID = VILLAGE_A, **more: Any) -> UUID:
    item = world.pen.item(body, unit=unit, by=by, on=on, at=AUTUMN, **more)
    [receipt] = world.receive(item, by=by, at=AUTUMN)
    assert receipt.outcome == "accepted", (receipt.code, receipt.why)
    return receipt.id


def theme_day(world: World, on: date, **more: Any) -> UUID:
    body = Meeting1(branch=world.branch_a.id, form="none", contents=["theme_day"])
    return bring(world, body, by=world.sec, on=on, unit=world.branch_a.id, **more)


def visit(world: World, on: date, house: UUID, **more: Any) -> UUID:
    body = Visit1(channel="visit", households=[house], outcome="met", change="no_change")
    return bring(world, body, by=world.lin, on=on, **more)


def a_year(world: World) -> dict[str, UUID]:
    """Theme days: June met, July missed and made good in August, May waived, August missed, September open."""
    made = {
        "june": theme_day(world, date(2026, 6, 12)),
        "july": theme_day(world, date(2026, 8, 12), counts_for="2026-07"),
    }
    waiver = Waiver1(
        waiver=world.pen.new_id(), duty="theme-day", owed_by=world.branch_a.id, period="2026-05", reason="road"
    )
    bring(world, waiver, by=world.sec, on=date(2026, 5, 20), unit=world.branch_a.id)
    answer = WaiverAnswer1(waiver=waiver.waiver, granted=True)
    saw = seen(waiver.waiver, Waiver.objects.get(id=waiver.waiver).wordings, ["answer"])
    bring(world, answer, by=world.wang, on=date(2026, 5, 21), unit=TOWNSHIP, saw=saw)
    own = world.pen.new_id()
    words = world.pen.seal(own, "自学一课", Audience.AUTHOR)
    made["own"] = bring(
        world, OwnStudy1(words=words.digest), by=world.lin, on=date(2026, 9, 14), unit=world.branch_a.id,
        sealed=[words], id=own,
    )  # fmt: skip
    return made
