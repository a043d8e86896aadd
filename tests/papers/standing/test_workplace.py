"""What one person sees owed is what the township's books say of it, read from a few statements."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from concerto.journal.kinds.households import Helper1, HouseholdChange1, Merger1
from concerto.journal.kinds.postings import Absence, Posting1, PostingChange1
from concerto.papers.standing.asking import Township
from concerto.papers.standing.workplace import Workplace, turns_of
from concerto.places.models import Account
from concerto.register.models import Household, Posting
from concerto.rulebook.standing import Line, Verdict
from tests.asked import statements
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.papers.standing.conftest import in_short
from tests.papers.standing.test_from_the_books import bring, meeting, visit, withdraw_the_visit

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 2, 28), date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1), date(2026, 9, 18))


def to_do(world: World, account: Account, day: date) -> list[Line]:
    place = Workplace(TOWNSHIP, account.id, day)
    lines = [line for line in place.lines if place.is_still_to_do(line)]
    return [line for line in lines if day.year in (line.period.first.year, line.due.year)]


def by_the_books(account: Account, day: date) -> list[Line]:
    place = Workplace(TOWNSHIP, account.id, day)
    return [line for line in Township(TOWNSHIP, day).lines_of(account.id) if place.is_still_to_do(line)]


def alike_for_everybody(world: World, days: Sequence[date] = DAYS) -> None:
    for name in ("lin", "ma", "sec", "med", "zhou", "wang", "newcomer"):
        for day in days:
            account = world.accounts[name]
            assert in_short(to_do(world, account, day)) == in_short(by_the_books(account, day)), (name, day)


def change_posting(world: World, name: str, **fields: object) -> None:
    row = Posting.objects.get(id=world.postings[name])
    wording = row.wordings.split('"')[3]
    body = PostingChange1(posting=row.id, **fields)  # type: ignore[arg-type]
    saw = {f"{row.id}.{field}": wording for field in fields}
    [receipt] = world.receive(world.pen.item(body, unit=row.unit, saw=saw))
    assert receipt.stands, receipt


def test_it_says_what_the_books_of_the_township_say(world):
    visit(world, date(2026, 6, 9))
    visit(world, date(2026, 7, 3), counts_for="2026-06")
    meeting(world, date(2026, 8, 12))
    alike_for_everybody(world)


def test_also_when_a_household_was_merged_or_moved_and_a_visit_withdrawn(world):
    withdraw_the_visit(world)
    gone, stays = (Household.objects.get(id=house.id) for house in (world.house_1, world.house_2))
    saw = {f"{row.id}.{name}": wording for row in (gone, stays) for name, wording in _wordings(row).items()}
    world.receive(world.pen.item(Merger1(sort="household", gone=gone.id, stays=stays.id), unit=VILLAGE_A, saw=saw))
    visit(world, date(2026, 6, 20), house=world.house_1.id)
    visit(world, date(2026, 7, 2), house=world.house_2.id)
    alike_for_everybody(world)
    row = Household.objects.get(id=world.house_2.id)
    moved = HouseholdChange1(household=row.id, village=world.village_b.id)
    saw = {f"{row.id}.village": _wordings(row)["village"]}
    bring(world, moved, by=world.wang, on=date(2026, 7, 1), saw=saw)
    assert Household.objects.get(id=row.id).village == world.village_b.id
    alike_for_everybody(world, DAYS[-1:])  # where it lives now is where it is looked for


def _wordings(row: Household) -> dict[str, str]:
    return dict(json.loads(row.wordings))


def test_who_is_away_sees_nothing_of_the_post_and_the_deputy_does(world):
    away = Absence(since=date(2026, 6, 28), until=date(2026, 7, 20), deputy=world.ma.id)
    change_posting(world, "lin", absences=[away])
    assert [line for line in to_do(world, world.lin, date(2026, 7, 1)) if line.by.sort != "person"] == []
    assert any(line.about == world.house_1.id for line in to_do(world, world.ma, date(2026, 7, 1)))
    alike_for_everybody(world)


def test_a_post_that_is_vacant_is_the_secretarys_then_the_organizers(world):
    change_posting(world, "lin", until=date(2026, 6, 30))
    assert any(line.about == world.house_1.id for line in to_do(world, world.sec, date(2026, 7, 1)))
    change_posting(world, "sec", until=date(2026, 6, 30))
    assert any(line.about == world.house_1.id for line in to_do(world, world.wang, date(2026, 7, 1)))
    alike_for_everybody(world)


def test_own_study_is_its_persons_alone(world):
    own = [line for line in to_do(world, world.lin, date(2026, 7, 1)) if line.private]
    assert {line.by.id for line in own} == {world.lin.id}
    assert not any(line.private for line in to_do(world, world.sec, date(2026, 7, 1)))


def test_a_turn_that_was_missed_stands_there_until_it_can_no_longer_be_made_good(world):
    def june(day: date) -> list[Line]:
        return [line for line in to_do(world, world.lin, day) if line.period.name == "2026-06"]

    assert {line.verdict for line in june(date(2026, 7, 31))} == {"missed"}
    assert june(date(2026, 8, 1)) == []


def test_it_asks_as_often_however_much_was_recorded(world):
    def often() -> int:
        with statements() as asked:
            assert Workplace(TOWNSHIP, world.lin.id, date(2026, 9, 18)).lines
        return len(asked)

    visit(world, date(2026, 8, 3))
    meeting(world, date(2026, 8, 12))
    few = often()
    for day in range(1, 15):
        visit(world, date(2026, 8, day))
        meeting(world, date(2026, 6, day))
    assert often() == few <= 28


def test_a_posting_that_changes_on_the_15th_hands_the_month_on_as_it_stands(world):
    change_posting(world, "lin", until=date(2026, 6, 15))
    follows = Posting1(
        posting=world.pen.new_id(), account=world.newcomer.id, unit=world.branch_a.id, role="instructor",
        since=date(2026, 6, 16),
    )  # fmt: skip
    world.receive(world.pen.item(follows, unit=world.branch_a.id))
    june = date(2026, 6, 20)
    assert {line.by.sort for line in to_do(world, world.lin, june)} == {"person"}
    assert any(line.about == world.house_1.id for line in to_do(world, world.newcomer, june))
    visit(world, date(2026, 6, 10))
    assert not any(
        line.about == world.house_1.id and line.period.name == "2026-06" for line in to_do(world, world.newcomer, june)
    )


def test_two_helpers_of_a_household_owe_one_call_between_them(world):
    link = Helper1(
        link=world.pen.new_id(), household=world.house_1.id, helper=world.sec.id, agreement="agreed",
        since=date(2026, 7, 10),
    )  # fmt: skip
    [receipt] = world.receive(world.pen.item(link, unit=VILLAGE_A))
    assert receipt.stands, receipt
    visit(world, date(2026, 9, 3))
    alike_for_everybody(world)
    about = [line for line in to_do(world, world.lin, date(2026, 9, 18)) if line.about == world.house_1.id]
    assert [(line.duty, line.period.name) for line in about if line.duty == "four-ones-visit"] == [
        ("four-ones-visit", "2026-08")
    ]


def test_a_record_of_february_typed_in_march_makes_february_good_and_leaves_march_open(world):
    march = date(2026, 3, 10)

    def turns() -> set[tuple[str, str]]:
        lines = [line for line in to_do(world, world.lin, march) if line.duty == "four-ones-visit"]
        return {(line.period.name, line.verdict) for line in lines}

    assert turns() == {("2026-02", "missed"), ("2026-03", "open")}
    visit(world, date(2026, 3, 5), counts_for="2026-02")
    assert turns() == {("2026-03", "open")}


def test_a_february_of_29_days_ends_with_its_29th(world):
    leap = date(2028, 2, 29)
    lines = [line for line in to_do(world, world.lin, leap) if line.duty == "four-ones-visit"]
    assert {line.due for line in lines if line.period.name == "2028-02"} == {leap}
    assert in_short(to_do(world, world.lin, leap)) == in_short(by_the_books(world.lin, leap))


def test_a_week_over_new_year_is_found_by_its_name_from_either_side(world):
    for asof in (date(2026, 12, 30), date(2027, 1, 2)):
        [week] = [
            line
            for line in Workplace(TOWNSHIP, world.lin.id, asof).lines
            if line.duty == "weekly-study" and line.period.holds(asof)
        ]
        assert (week.period.name, week.period.first) == ("2026-W53", date(2026, 12, 28))
        assert week in of_the_year(world, asof, "weekly-study", week.period.name)


def test_a_turn_of_a_year_long_past_is_judged_by_what_was_recorded_in_it(world):
    visit(world, date(2026, 6, 9))
    for asof in (date(2026, 7, 1), date(2029, 7, 1)):
        lines = of_the_year(world, asof, "four-ones-visit", "2026-06", house=world.house_1.id)
        assert [line.verdict for line in lines if line.period.name == "2026-06"] == [Verdict.MET], asof


def of_the_year(world: World, asof: date, duty: str, period: str, house: UUID | None = None) -> list[Line]:
    units = {world.village_a.id, world.branch_a.id}
    return turns_of(TOWNSHIP, asof, reader=world.lin.id, duty=duty, period=period, units=units, household=house)[1]
