"""What a phone is told of what its person owes: their own alone, ids alone, and only what it does not have."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from concerto.faces.field import owed, wire
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.kinds.visit import Visit1
from concerto.papers.standing.local import digest_of
from concerto.papers.standing.made_up import GIVEN_BY
from concerto.papers.standing.workplace import Workplace
from concerto.papers.trips import proposal
from concerto.places import leaving_out
from concerto.register.access import sight_of
from concerto.register.models import Household, Posting
from concerto.rulebook.making_good import turns_to_make_good
from concerto.rulebook.mechanism import mechanism
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B

from .phone import by, enrolled
from .pulls import Reading, post, record

pytestmark = pytest.mark.django_db(transaction=True)


class Owing(Reading):
    """A phone that shows what is owed: it names what it has."""

    def standing(self, have: str = "", **more: Any) -> owed.Standing | None:
        page = self.ask(standing=have, **more)
        self.keep(page)
        return page.standing


@pytest.fixture
def owing(world) -> Owing:
    one = Owing(enrolled(world.lin))
    one.catch_up()
    return one


def rows(standing: owed.Standing | None, duty: str) -> list[owed.Row]:
    assert standing is not None
    assert standing.rows is not None
    return [row for row in standing.rows if row.duty == duty]


def call_on(world: Any, phone: Any, house: Any) -> None:
    body = Visit1(channel="visit", households=[house.id], outcome="met", change="no_change")
    item = by(phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY))
    assert phone.push(item).receipts[0].outcome == "accepted"


def test_it_tells_the_own_debts_with_their_day_and_what_settles_them(world, owing):
    told = owing.standing()
    assert told is not None
    assert told.asof == date(2026, 7, 1)
    open_one = rows(told, "four-ones-visit")[-1]
    assert (open_one.about, open_one.unit, open_one.due) == ([world.house_1.id], VILLAGE_A, date(2026, 7, 31))
    assert (open_one.verdict, open_one.turn, open_one.have, open_one.need) == ("open", "2026-07", 0, 1)
    missed = rows(told, "four-ones-visit")[0]
    assert (missed.turn, missed.verdict, missed.until) == ("2026-06", "overdue", date(2026, 7, 31))
    duty = told.duties["four-ones-visit"]
    assert (duty.part, duty.of, duty.title["zh"]) == ("assistance", "household", "走访帮扶户")
    assert [(gives.kind, gives.about) for gives in duty.settled_by] == [("visit", "households")] * 2
    week = rows(told, "weekly-study")[-1]
    assert (week.about, told.duties["weekly-study"].settled_by) == ([], [owed.Gives("own_study")])


def test_it_tells_for_which_turns_a_record_of_a_day_around_may_count_as_the_desk_offers_them(owing):
    told = owing.standing()
    assert told is not None
    june = next(turn for turn in told.turns if turn.turn == "2026-06" and "visit" in turn.forms)
    assert (june.last, june.until) == (date(2026, 6, 30), date(2026, 7, 31))
    for form, kinds in GIVEN_BY.items():
        for n in range(-60, 60):
            day = TODAY + timedelta(days=n)
            offered = {turn.turn for turn in told.turns if form in turn.forms and turn.last < day <= turn.until}
            assert offered == {turn.name for turn in turns_to_make_good(mechanism(), kinds, day)}, (form, day)


def test_the_ways_of_the_week_come_as_the_desk_proposes_them(world, owing):
    told = owing.standing()
    assert told is not None
    place = Workplace(TOWNSHIP, world.lin.id, TODAY)
    found = proposal(sight_of(world.lin, TODAY), place)
    shown = [(way.when, way.season, [home.household for home in way.homes]) for way in told.ways]
    desk = [("week", one.home.season, [stop.home.household for stop in one.stops]) for one in found.week]
    desk += [("later", one.home.season, [stop.home.household for stop in one.stops]) for one in found.later]
    assert shown == desk != []
    owed_about = {about for row in told.rows or () for about in row.about}
    assert {home.household for way in told.ways for home in way.homes} <= owed_about


def test_whom_the_desk_leaves_out_is_named_apart_at_the_next_pull_and_still_owed(world, owing):
    before = owing.standing()
    assert before is not None
    leaving_out.leave_out(world.lin.id, TOWNSHIP, world.house_1.id, asof=TODAY)

    told = owing.standing(before.digest)

    assert told is not None
    assert [home.household for home in told.left_out] == [world.house_1.id]
    assert world.house_1.id not in {home.household for way in told.ways for home in way.homes}
    assert told.rows == before.rows
    assert owing.standing(told.digest) is None
    leaving_out.take_in(world.lin.id, TOWNSHIP, world.house_1.id, asof=TODAY)
    again = owing.standing(told.digest)
    assert again is not None
    assert (again.left_out, again.ways) == ([], before.ways)


def test_on_a_way_are_only_homes_whose_cards_lie_on_the_phone(world):
    for account in (world.lin, world.ma, world.sec, world.wang):
        sight = sight_of(account, TODAY)
        homes = {home.household for way in owed.standing(sight).ways for home in way.homes}
        assert set(Household.objects.filter(id__in=homes).values_list("village", flat=True)) <= sight.near


def test_no_name_is_in_it_but_what_duties_are_called(world, owing):
    told = msgspec.json.encode(owing.standing()).decode()
    for house in (world.house_1, world.house_2, world.house_3):
        assert not [name for name in house.people if name in told]
    assert "林晓" not in told
    assert "上泉" not in told


def test_who_shows_none_asks_for_none(owing):
    assert owing.ask().standing is None


def test_the_same_is_told_once(owing):
    told = owing.standing()
    assert told is not None
    assert owing.standing(told.digest) is None


def test_where_only_the_log_moved_on_only_its_moment_is_told(world, owing):
    before = owing.standing()
    assert before is not None
    call_on(world, owing.phone, world.house_2)  # nobody helps there
    after = owing.standing(before.digest)
    assert after is not None
    assert after.digest != before.digest
    assert (after.rows, after.duties) == (None, {})
    assert owing.standing(after.digest) is None


def test_another_day_is_another_standing(owing):
    before = owing.standing()
    assert before is not None
    after = owing.standing(before.digest, at=NOON + timedelta(days=31))
    assert {row.turn for row in rows(after, "four-ones-visit")} == {"2026-07", "2026-08"}


def test_another_edition_in_a_release_is_told_though_neither_log_nor_day_moved_on(world, owing, monkeypatch):
    before = owing.standing()
    assert before is not None
    assert owing.standing(before.digest) is None
    shipped = mechanism()
    visits = shipped.duties["four-ones-visit"]
    oftener = replace(visits, editions=tuple(replace(edition, need=edition.need + 1) for edition in visits.editions))
    released = replace(shipped, duties={**shipped.duties, visits.id: oftener})
    monkeypatch.setattr("concerto.papers.standing.local.mechanism", lambda: released)
    monkeypatch.setattr("concerto.faces.field.owed.shipped_digest", lambda: digest_of(released))
    after = owing.standing(before.digest)
    assert [row.need for row in rows(after, "four-ones-visit")] == [2] * len(rows(before, "four-ones-visit"))


def test_it_comes_with_the_last_page(world, monkeypatch):
    monkeypatch.setattr("concerto.faces.field.pulling.MOST_CARDS", 1)
    one = Owing(enrolled(world.lin))
    pages: list[wire.Pulled] = []
    while not pages or pages[-1].more:
        pages.append(one.ask(standing=""))
        one.keep(pages[-1])
    assert [page.standing is not None for page in pages] == [False] * (len(pages) - 1) + [True]
    assert len(pages) > 1


def test_nobody_else_is_told_what_is_private_or_of_another_village(world):
    for name in ("sec", "med", "ma", "wang"):
        one = Owing(enrolled(world.accounts[name]))
        told = one.standing()
        own = [row for row in (told.rows or ()) if row.about == []] if told else []
        assert name == "ma" or "weekly-study" not in (told.duties if told else {})
        assert name == "ma" or own == []
        houses = {about for row in (told.rows or ()) for about in row.about} if told else set()
        assert not houses & {world.house_1.id, world.house_2.id, world.house_3.id}, name


def test_a_posting_that_ends_takes_its_rows_along(world, owing):
    post(world, VILLAGE_B)
    before = owing.standing()
    assert before is not None
    assert rows(before, "four-ones-visit")
    row = Posting.objects.get(id=world.postings["lin"])
    wording = row.wordings.split('"')[3]
    change = PostingChange1(posting=row.id, until=date(2026, 6, 30))
    record(world, change, unit=row.unit, saw={f"{row.id}.until": wording})
    after = owing.standing(before.digest)
    assert after is not None
    assert after.rows is not None
    assert not rows(after, "four-ones-visit")


def test_what_a_phone_brings_is_settled_in_the_same_round(world, owing):
    before = owing.standing()
    assert before is not None
    call_on(world, owing.phone, world.house_1)
    assert [row.turn for row in rows(owing.standing(before.digest), "four-ones-change")] == ["2026-06"]
