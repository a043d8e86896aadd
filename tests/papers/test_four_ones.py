"""The next natural occasion in the table of the four ones: the soonest that the books know, or none."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from concerto.journal.kinds.households import HouseholdChange1, UsualPlace
from concerto.journal.kinds.rounds import Round1, VisitWish1
from concerto.papers.four_ones import Row, table
from concerto.places.models import Account, Unit
from concerto.register.access import sight_of
from concerto.register.models import Household
from concerto.rulebook.occasions import Occasion
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.papers.standing.test_from_the_books import visit
from tests.papers.standing.test_links_that_follow import changed, passed_on

pytestmark = pytest.mark.django_db
FRIDAY, SUNDAY = date(2026, 9, 18), date(2026, 9, 20)
AT = datetime(2026, 9, 17, 4, tzinfo=UTC)


def row(world: World, who: Account, day: date = FRIDAY) -> Row:
    village = Unit.objects.get(log=TOWNSHIP, id=VILLAGE_A)
    return next(one for one in table(sight_of(who, day), village, 2026) if one.id == world.house_1.id)


def bring(world: World, body: Any, **more: Any) -> None:
    [receipt] = world.receive(
        world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date(2026, 9, 1), at=AT, **more), by=world.lin, at=AT
    )
    assert receipt.outcome == "accepted", receipt.why


def moves(world: World, *places: tuple[str, int, int]) -> None:
    house = world.house_1.id
    sealed = [world.pen.seal(house, season) for season, _since, _until in places]
    usual = [
        UsualPlace(season, since, until, part.digest)  # type: ignore[arg-type]
        for (season, since, until), part in zip(places, sealed, strict=True)
    ]
    saw = {f"{house}.places": json.loads(Household.objects.get(log=TOWNSHIP, id=house).wordings).get("places")}
    bring(world, HouseholdChange1(household=house, places=usual), saw=saw, sealed=sealed)


def test_the_trip_of_the_week_stops_there(world):
    assert row(world, world.lin).occasion == Occasion("trip", SUNDAY)


def test_a_round_that_runs_and_a_move_of_the_season_are_occasions_for_whoever_goes_on_no_trip(world):
    stranger_to_trips = world.med
    assert VILLAGE_A in sight_of(stranger_to_trips, FRIDAY).near
    moves(world, ("summer", 1, 12))
    assert row(world, stranger_to_trips).occasion is None
    moves(world, ("summer", 6, 9), ("winter", 11, 3), ("autumn", 10, 10))
    assert row(world, stranger_to_trips).occasion == Occasion("move", date(2026, 10, 1), "autumn")
    bring(
        world, Round1(round=world.pen.new_id(), villages=[VILLAGE_A], since=date(2026, 9, 1), until=date(2026, 9, 30))
    )
    assert row(world, stranger_to_trips).occasion == Occasion("round", date(2026, 9, 30))


def test_what_owes_nothing_needs_no_occasion(world):
    bring(world, VisitWish1(household=world.house_1.id, often="never"))
    found = row(world, world.lin)
    assert "four-ones-visit" not in {duty for duty, _due in found.owed}
    assert (found.occasion is not None) == bool(found.owed)


def test_what_was_done_stays_done_while_the_next_helper_is_not_asked_yet(world):
    visit(world, date(2026, 7, 3))
    july = row(world, world.lin).months[6]
    assert july == ("met", "met")
    link = passed_on(world)
    visit(world, date(2026, 8, 3))
    found = row(world, world.lin)
    assert found.months[6] == july
    assert found.months[7] == ("", "")  # of a time in which nobody helped nothing goes to the four ones
    assert {duty for duty, _due in found.owed} == set()
    changed(world, link.id, on=date(2026, 7, 28), agreement="agreed")
    assert row(world, world.lin).months[6] == july
