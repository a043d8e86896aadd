"""Many invented visits at once, for lists and files."""

from datetime import date, timedelta
from typing import Any

from concerto.groundwork import clock
from concerto.journal.kinds.visit import LeadHeard, MatterServed, NeedHeard, Visit1
from concerto.journal.said import Audience, Item


def told(world: Any, house: Any, on: date, **fields: Any) -> Item:
    """One visit by lin at which somebody was met, unless fields say otherwise."""
    said = {"channel": "visit", "households": [house.id], "outcome": "met", "met": []} | fields
    return world.pen.item(Visit1(**said), unit=house.village, by=world.lin, on=on)


def everything(world: Any, house: Any, on: date) -> Item:
    """One visit that stands in all five ledgers."""
    pen, need, lead = world.pen, world.pen.new_id(), world.pen.new_id()
    heard, sign = pen.seal(need, "缺草"), pen.seal(lead, "羊进了地", Audience.DESK)
    body = Visit1(
        channel="visit",
        households=[house.id],
        outcome="met",
        met=[house.head],
        change="no_change",
        topics=["pension"],
        needs=[NeedHeard(need, "pasture", heard.digest, house.id)],
        leads=[LeadHeard(lead, "livestock_damage", sign.digest, house.id)],
        matters=[MatterServed(pen.new_id(), "pledge", member=house.members[0] if house.members else None)],
    )
    return pen.item(body, unit=house.village, by=world.lin, on=on, sealed=[heard, sign])


def many(world: Any, count: int, *, last: date, house: Any = None) -> None:
    """Record that many visits, one a day back from the last, each in all five ledgers."""
    houses = [house] if house else [world.house_1, world.house_2, world.house_3]
    items = [everything(world, houses[n % len(houses)], last - timedelta(days=n)) for n in range(count)]
    receipts = world.receive(*items, by=world.lin, at=clock.now())
    assert {receipt.outcome for receipt in receipts} == {"accepted"}, receipts[0]
