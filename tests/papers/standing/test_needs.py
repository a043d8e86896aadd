"""What a need asks of the village and of the desks it goes to, from the books."""

from datetime import date

import pytest

from concerto.journal.kinds.needs import Asker, NeedMerger1
from concerto.papers.standing.asking import Township
from concerto.papers.standing.near import near
from concerto.places.models import Account
from concerto.rulebook.standing import Line
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.needs import Life, county_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(world: World) -> Life:
    return Life(world)


@pytest.fixture
def clerk(world: World) -> Account:
    return county_desk(world)


def lines(need: Life, duty: str, asof: str) -> list[Line]:
    found = Township(TOWNSHIP, date.fromisoformat(asof)).lines()
    return [line for line in found if line.duty == duty and line.about == need.id]


def how(need: Life, duty: str, asof: str) -> list[tuple[str, str, bool]]:
    return [(line.period.name, line.verdict.value, line.late) for line in lines(need, duty, asof)]


def still_to_do(need: Life, who: Account, asof: str) -> set[str]:
    day = date.fromisoformat(asof)
    return {line.duty for line in near(TOWNSHIP, who.id, day).lines_of(who.id) if line.about == need.id}


def test_heard_it_is_to_be_taken_on_and_answered_by_the_post_of_its_village(world, need):
    [accept], [reply] = (lines(need, duty, "2026-09-02") for duty in ("need-accept", "need-reply"))
    assert (accept.due, reply.due) == (date(2026, 9, 4), date(2026, 9, 8))
    assert (accept.by.id, reply.by.id) == (VILLAGE_A, VILLAGE_A)
    assert still_to_do(need, world.lin, "2026-09-02") == {"need-accept", "need-reply"}
    assert still_to_do(need, world.ma, "2026-09-02") == set()


def test_owned_it_is_taken_on_and_its_owner_answers_by_its_clock(world, need):
    need.step("owned", owner=world.sec.id, clock="hard")
    [reply] = lines(need, "need-reply", "2026-09-02")
    assert (reply.by.id, reply.due) == (world.sec.id, date(2026, 9, 21))
    assert [one[1:] for one in how(need, "need-accept", "2026-09-02")] == [("met", False)]
    assert "need-reply" in still_to_do(need, world.sec, "2026-09-02")
    assert "need-reply" not in still_to_do(need, world.lin, "2026-09-02")


def test_an_interim_note_puts_its_answer_off_once(need):
    need.step("told", "2026-09-03", told_of="interim", until=date(2026, 9, 18))
    assert lines(need, "need-reply", "2026-09-10")[0].due == date(2026, 9, 18)


def test_told_that_it_is_done_its_word_is_to_be_asked_and_a_no_begins_anew(world, need):
    need.step("owned", owner=world.lin.id)
    need.step("done", "2026-09-03", outcome="solved")
    need.step("told", "2026-09-04", told_of="done")
    assert [one[1:] for one in how(need, "need-reply", "2026-09-10")] == [("met", False)]
    assert [one[1:] for one in how(need, "need-word", "2026-09-10")] == [("open", False)]
    need.by_slip("no", "2026-09-11")
    assert [one[1:] for one in how(need, "need-word", "2026-09-14")] == [("met", False)]
    assert [one[1:] for one in how(need, "need-reply", "2026-09-14")] == [("met", False), ("open", False)]
    assert lines(need, "need-reply", "2026-09-14")[1].by.id == world.lin.id


def test_sent_it_is_the_desks_to_accept_and_the_owners_to_answer(world, need, clerk):
    county = world.county.id
    need.step("owned", owner=world.lin.id)
    need.hand("sent", "2026-09-02", to=TOWNSHIP)
    need.hand("accepted", "2026-09-03", by=world.zhou, unit=TOWNSHIP)
    need.hand("sent", "2026-09-03", by=world.zhou, unit=TOWNSHIP, to=county)
    by = [(line.by.id, line.verdict.value) for line in lines(need, "need-accept", "2026-09-04")]
    assert by == [(VILLAGE_A, "met"), (TOWNSHIP, "met"), (county, "open")]
    assert "need-accept" in still_to_do(need, clerk, "2026-09-04")
    assert [line.by.id for line in lines(need, "need-reply", "2026-09-04")] == [world.lin.id]


def test_merged_it_asks_for_nothing_more(world, need):
    other = Life(world, world.house_2.id)
    merger = NeedMerger1(gone=other.id, stays=need.id, askers=[Asker(other.id, other.house)])
    need.bring(merger, on="2026-09-02", saw=other.seen("called"))
    assert {line.verdict.value for line in lines(other, "need-reply", "2026-09-30")} == {"not_owed"}


def test_a_confirmed_need_is_the_trouble_solved_of_the_year_and_one_told_to_the_doer_is_not(world, need):
    def trouble() -> str:
        found = Township(TOWNSHIP, date(2026, 9, 30)).lines()
        return next(x.verdict.value for x in found if x.duty == "four-ones-trouble" and x.about == need.house)

    need.step("done", "2026-09-03", outcome="solved")
    need.word("yes", "2026-09-04")
    assert trouble() == "open"
    need.by_slip("yes", "2026-09-05")
    assert trouble() == "met"
