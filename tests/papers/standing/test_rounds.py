"""What a round asks, what answers it, what a wish for fewer visits answers, and what meets a year's good thing."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from concerto.journal.kinds.deeds import Deed1
from concerto.journal.kinds.households import HouseholdChange1, Merger1
from concerto.journal.kinds.rounds import Round1, RoundEnd1, VisitWish1
from concerto.journal.kinds.visit import Visit1
from concerto.papers.standing.asking import Township
from concerto.parts.visits.models import Round
from concerto.places.models import Account
from concerto.register.models import Household
from concerto.rulebook.standing import Line
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B, World

pytestmark = pytest.mark.django_db
ASOF = date(2026, 9, 18)
AUTUMN = datetime(2026, 9, 17, 4, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


def bring(world: World, body: Any, *, by: Account, on: date, unit: UUID = VILLAGE_A, **more: Any):
    item = world.pen.item(body, unit=unit, by=by, on=on, at=AUTUMN, **more)
    [receipt] = world.receive(item, by=by, at=AUTUMN)
    return receipt


def opened(world: World, *villages: UUID, by: Account | None = None, on: date = FIRST, **more: Any):
    body = Round1(round=world.pen.new_id(), villages=list(villages or (VILLAGE_A,)), since=FIRST, until=LAST, **more)
    receipt = bring(world, body, by=by or world.lin, on=on, unit=TOWNSHIP if by is world.wang else VILLAGE_A)
    assert receipt.outcome == "accepted", receipt.why
    return body.round, receipt.id


def met(world: World, house: UUID, on: date, channel: str = "visit", **more: Any) -> None:
    outcome = more.pop("outcome", "met")
    body = Visit1(channel=channel, households=[house], outcome=outcome, **more)  # type: ignore[arg-type]
    assert bring(world, body, by=world.lin, on=on).outcome == "accepted"


def wished(world: World, often: str, on: date, house: UUID | None = None) -> None:
    body = VisitWish1(household=house or world.house_1.id, often=often)  # type: ignore[arg-type]
    assert bring(world, body, by=world.lin, on=on).outcome == "accepted"


def lines(duty: str, *, asof: date = ASOF) -> dict[UUID, list[Line]]:
    found: dict[UUID, list[Line]] = {}
    for line in Township(TOWNSHIP, asof).lines():
        if line.duty == duty:
            found.setdefault(line.about, []).append(line)  # type: ignore[arg-type]
    return found


def verdicts(duty: str, *, asof: date = ASOF) -> dict[UUID, str]:
    return {about: some[0].verdict.value for about, some in lines(duty, asof=asof).items()}


def months(world: World, duty: str) -> dict[str, str]:
    return {line.period.name: line.verdict.value for line in lines(duty)[world.house_1.id]}


def test_a_round_asks_every_household_of_its_villages_once_by_any_channel(world):
    opened(world, VILLAGE_A, VILLAGE_B, by=world.wang)
    met(world, world.house_1.id, date(2026, 9, 3), "phone_call")
    met(world, world.house_2.id, date(2026, 9, 4), outcome="declined")
    met(world, world.house_3.id, date(2026, 9, 5), outcome="not_now")
    assert verdicts("round-contact") == {
        world.house_1.id: "met",
        world.house_2.id: "met",
        world.house_3.id: "open",
        world.house_4.id: "open",
    }
    assert verdicts("round-contact", asof=date(2026, 10, 1))[world.house_4.id] == "missed"


def test_declined_by_telephone_answers_what_a_call_that_met_somebody_does(world):
    def told(outcome: str, **more: Any) -> tuple[str, ...]:
        before = transaction.savepoint()
        met(world, world.house_1.id, date(2026, 9, 4), "phone_call", outcome=outcome, **more)
        found = (
            verdicts("round-contact")[world.house_1.id],
            months(world, "four-ones-change")["2026-09"],
            months(world, "four-ones-visit")["2026-09"],
        )
        transaction.savepoint_rollback(before)
        return found

    opened(world)
    assert told("declined") == told("met", change="no_change") == ("met", "met", "open")


def test_a_gathering_is_a_contact_in_the_round_and_no_visit_in_the_four_ones(world):
    opened(world)
    both = [world.house_1.id, world.house_2.id]
    assert bring(
        world, Visit1(channel="gathering", households=both, outcome="met"), by=world.lin, on=date(2026, 9, 8)
    ).stands
    assert verdicts("round-contact")[world.house_1.id] == "met"
    assert months(world, "four-ones-visit")["2026-09"] == "open"


def test_a_household_that_moved_away_or_was_merged_is_judged_by_itself(world):
    opened(world)
    met(world, world.house_3.id, date(2026, 9, 2))
    saw = {
        f"{house.id}.{name}": wording
        for house in (world.house_2, world.house_3)
        for name, wording in _wordings(house.id).items()
    }
    merger = Merger1(sort="household", gone=world.house_3.id, stays=world.house_2.id)
    assert bring(world, merger, by=world.lin, on=date(2026, 9, 3), saw=saw).stands
    assert verdicts("round-contact") == {world.house_1.id: "open", world.house_2.id: "met"}


def _wordings(house: UUID) -> dict[str, str]:
    return json.loads(Household.objects.get(log=TOWNSHIP, id=house).wordings)  # type: ignore[no-any-return]


@pytest.mark.parametrize(("villages", "stands"), [([VILLAGE_A], "not_owed"), ([VILLAGE_A, VILLAGE_B], "open")])
def test_a_household_that_moved_in_meanwhile_is_owed_where_the_round_covers_both_villages(world, villages, stands):
    opened(world, *villages, by=world.wang)
    saw = {f"{world.house_4.id}.village": _wordings(world.house_4.id)["village"]}
    moved = HouseholdChange1(household=world.house_4.id, village=VILLAGE_A)
    assert bring(world, moved, by=world.wang, on=date(2026, 9, 10), unit=VILLAGE_B, saw=saw).stands
    assert verdicts("round-contact")[world.house_4.id] == stands


def test_a_stopped_round_asks_for_nothing_more_and_is_stopped_once(world):
    round_, entry = opened(world)
    met(world, world.house_1.id, date(2026, 9, 3))
    saw = {f"{round_}.ended": entry}
    stop = bring(world, RoundEnd1(round=round_), by=world.lin, on=date(2026, 9, 9), saw=saw)
    assert stop.stands
    assert verdicts("round-contact") == {
        world.house_1.id: "met",
        world.house_2.id: "not_owed",
        world.house_3.id: "not_owed",
    }
    assert set(Round.objects.values_list("stopped_on", "stop")) == {(date(2026, 9, 9), stop.id)}
    again = bring(world, RoundEnd1(round=round_), by=world.lin, on=date(2026, 9, 10), saw={f"{round_}.ended": stop.id})
    assert again.code == "round_stopped_already"
    blind = bring(world, RoundEnd1(round=round_), by=world.lin, on=date(2026, 9, 10), saw=saw)
    assert blind.outcome in ("clash", "refused")


def test_a_round_is_no_longer_than_about_a_month_and_covers_ones_own_villages(world):
    body = Round1(round=world.pen.new_id(), villages=[VILLAGE_B], since=FIRST, until=LAST)
    assert bring(world, body, by=world.lin, on=FIRST).code == "not_in_this_unit"
    with pytest.raises(Exception, match="round_too_long"):
        Round1(round=world.pen.new_id(), villages=[VILLAGE_A], since=FIRST, until=date(2026, 10, 16))
    for one in (world.sec, world.med, world.zhou):
        told = Round1(round=world.pen.new_id(), villages=[VILLAGE_A], since=FIRST, until=LAST)
        assert bring(world, told, by=one, on=FIRST).code == "not_posted_there"


def test_who_opened_a_round_of_the_township_stops_it_and_no_village_does(world):
    round_, entry = opened(world, VILLAGE_A, VILLAGE_B, by=world.wang)
    saw = {f"{round_}.ended": entry}
    theirs = bring(world, RoundEnd1(round=round_), by=world.lin, on=date(2026, 9, 9), saw=saw)
    assert theirs.code == "not_in_this_unit"
    assert bring(world, RoundEnd1(round=round_), by=world.wang, on=date(2026, 9, 9), unit=TOWNSHIP, saw=saw).stands


def test_a_wish_for_fewer_visits_answers_every_month_that_it_runs_in(world):
    wished(world, "half_yearly", date(2026, 6, 15))
    stands = months(world, "four-ones-visit")
    assert [stands[f"2026-0{month}"] for month in (4, 6, 7, 8, 9)] == ["missed", "met", "met", "met", "met"]
    assert months(world, "four-ones-change")["2026-08"] == "met"
    opened(world)
    assert verdicts("round-contact")[world.house_1.id] == "open"


def test_as_usual_again_ends_it_and_what_was_said_last_on_a_day_stands(world):
    wished(world, "never", date(2026, 6, 15))
    wished(world, "quarterly", date(2026, 8, 1))
    wished(world, "as_usual", date(2026, 8, 1))
    stands = months(world, "four-ones-visit")
    assert [stands[f"2026-0{month}"] for month in (6, 7, 8, 9)] == ["met", "met", "missed", "open"]


def test_a_wish_of_a_household_that_was_merged_goes_with_it(world):
    wished(world, "yearly", date(2026, 7, 2), house=world.house_2.id)
    saw = {
        f"{house.id}.{name}": wording
        for house in (world.house_1, world.house_2)
        for name, wording in _wordings(house.id).items()
    }
    merger = Merger1(sort="household", gone=world.house_2.id, stays=world.house_1.id)
    assert bring(world, merger, by=world.lin, on=date(2026, 8, 3), saw=saw).stands
    assert months(world, "four-ones-visit")["2026-08"] == "met"


def test_a_deed_for_the_household_meets_its_year_and_one_for_the_village_does_not(world):
    for houses in ([], [world.house_1.id]):
        entry = world.pen.new_id()
        words = world.pen.seal(houses[0] if houses else entry, "修了水渠")
        body = Deed1(words=words.digest, households=houses, heading="livelihood")
        assert months(world, "four-ones-deed")["2026"] == "open"
        assert bring(world, body, by=world.lin, on=date(2026, 9, 2), id=entry, sealed=[words]).stands
    assert months(world, "four-ones-deed")["2026"] == "met"


def test_asked_and_nothing_wanted_meets_it_as_well(world):
    met(world, world.house_1.id, date(2026, 9, 2), wants="nothing")
    assert months(world, "four-ones-deed")["2026"] == "met"
