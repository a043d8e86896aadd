"""Asking a ledger: what page, file, filter, count and command alike may say, and to whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concerto.groundwork import database
from concerto.papers import ledgers
from concerto.papers.ledgers import Asked, Cursor
from concerto.places.sight import Part
from concerto.register.access import sight_of, sight_of_home
from tests.cast import TODAY, TOWNSHIP
from tests.faces.desk.ledgering import everything, many, told

NOT_MET = ("nobody_home", "not_now", "declined")


@pytest.fixture
def not_met(world):
    """A visit for each way of not being met, on three days in June."""
    items = [told(world, world.house_2, date(2026, 6, n), outcome=how) for n, how in enumerate(NOT_MET, start=1)]
    assert {r.outcome for r in world.receive(*items, by=world.lin)} == {"accepted"}
    return world


def states(sight, **asked):
    return [line.state for line in ledgers.gather(Part.VISITS, sight, Asked(since=date(2026, 6, 1), **asked))]


def test_in_the_village_each_way_of_not_being_met_is_itself(not_met, lin):
    sight = sight_of(lin, TODAY)
    assert states(sight) == ["declined", "not_now", "nobody_home"]
    assert states(sight, state="declined") == ["declined"]


@pytest.mark.parametrize("who", ["wang", "zhou", None])
def test_above_it_declined_reads_as_met_and_the_others_as_one_in_line_filter_and_count(not_met, who):
    sight = sight_of(getattr(not_met, who), TODAY) if who else sight_of_home(TOWNSHIP, TODAY)
    assert states(sight) == ["met", "not_met", "not_met"]
    assert (states(sight, state="not_met"), states(sight, state="met")) == (["not_met"] * 2, ["met"])
    for way in NOT_MET:
        assert states(sight, state=way) == []
        assert ledgers.counted(Part.VISITS, sight, Asked(state=way)) == 0
    assert set(ledgers.states(Part.VISITS, sight)) == {"met", "not_met"}
    shown = list(ledgers.gather(Part.VISITS, sight, Asked(since=date(2026, 6, 1))))
    assert {(str(line.more), line.late > 0) for line in shown} == {
        (f"{{'met': 0, 'told_by': '', 'change': '{change}', 'words': False}}", line.late > 0)
        for line in shown
        for change in ["no_change" if line.state == "met" else ""]
    }


def test_who_serves_one_village_and_sees_another_from_above_tells_only_their_own_apart(not_met, lin):
    sight = sight_of(lin, TODAY)
    mixed = replace(sight, units=sight.units | {not_met.village_b.id})
    assert set(ledgers.states(Part.VISITS, mixed)) == {"met", *NOT_MET, "moved", "not_met"}
    elsewhere = replace(sight, near=frozenset({not_met.village_b.id}))
    assert states(elsewhere, state="declined") == []
    assert (states(elsewhere, state="not_met"), states(elsewhere, state="met")) == (["not_met"] * 2, ["met"])


def test_a_lead_is_its_authors_and_the_desks(world, lin, sec, med, wang, zhou):
    [receipt] = world.receive(everything(world, world.house_1, TODAY), by=lin)
    seen = {a.name: ledgers.counted(Part.DISPUTES, sight_of(a, TODAY), Asked()) for a in (lin, sec, med, wang, zhou)}
    assert seen == {"lin": 1, "sec": 0, "med": 0, "wang": 0, "zhou": 1}
    stands = {a.name: Part.DISPUTES in ledgers.chords(sight_of(a, TODAY), [receipt.id])[receipt.id] for a in (lin, sec)}
    assert stands == {"lin": True, "sec": False}


def test_after_thirty_days_a_lead_is_a_bare_line_and_counted_nowhere(world, lin):
    [receipt] = world.receive(everything(world, world.house_1, TODAY - timedelta(days=40)), by=lin)
    sight = sight_of(lin, TODAY)
    [line] = ledgers.gather(Part.DISPUTES, sight, Asked())
    assert (line.state, line.kind, line.household) == ("lapsed", "", None)
    assert ledgers.counted(Part.DISPUTES, sight, Asked()) == 0
    assert list(ledgers.gather(Part.DISPUTES, sight, Asked(kind="livestock_damage"))) == []
    assert list(ledgers.gather(Part.DISPUTES, sight, Asked(state="lead"))) == []
    assert Part.DISPUTES not in ledgers.chords(sight, [receipt.id])[receipt.id]
    before = sight_of(lin, TODAY - timedelta(days=11))
    assert ledgers.counted(Part.DISPUTES, before, Asked()) == 1


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("who", ["gao", "adm", "pri", "newcomer", "other", "ma"])
def test_who_has_nothing_to_do_with_a_unit_reads_no_line_of_it(world, part, who):
    world.receive(everything(world, world.house_1, TODAY), by=world.lin)
    sight = sight_of(getattr(world, who), TODAY)
    assert list(ledgers.gather(part, sight, Asked())) == []
    assert ledgers.counted(part, sight, Asked()) == 0


def test_pages_follow_each_other_without_gap_or_double(world, lin):
    many(world, 23, last=TODAY)
    sight = sight_of(lin, TODAY)
    whole = [(line.id, line.n) for line in ledgers.gather(Part.VISITS, sight, Asked())]
    walked, after = [], None
    while piece := list(ledgers.gather(Part.VISITS, sight, Asked(after=after), most=4)):
        walked += [(line.id, line.n) for line in piece]
        after = Cursor.read(str(Cursor(piece[-1].on, piece[-1].id, piece[-1].n)))
    assert walked == whole
    assert len(whole) == 24


@pytest.mark.parametrize("text", ["", "x", "2026-13-01.a.b", "2026-01-01." + "0" * 32, "..", "2026-01-01.x.1", "\x00"])
def test_a_cursor_that_is_none_begins_at_the_start(text):
    assert Cursor.read(text) is None


def test_a_period_holds_its_first_and_its_last_day(world, lin):
    many(world, 5, last=TODAY)
    asked = Asked(since=TODAY - timedelta(days=3), until=TODAY - timedelta(days=1))
    assert ledgers.counted(Part.STUDY, sight_of(lin, TODAY), asked) == 3


def test_counting_stops_behind_a_thousand(world, lin, monkeypatch):
    monkeypatch.setattr(ledgers, "MOST_COUNTED", 3)
    many(world, 6, last=TODAY)
    assert ledgers.counted(Part.VISITS, sight_of(lin, TODAY), Asked()) == 4


def test_a_chord_names_every_ledger_with_a_statement_each_however_many_entries_there_are(world, lin):
    [receipt] = world.receive(everything(world, world.house_1, TODAY), by=lin)
    sight = sight_of(lin, TODAY)
    with database.listening() as bare:
        found = ledgers.chords(sight, [receipt.id, world.visit])
    assert len(bare) == len(Part)
    assert set(found[receipt.id]) == set(Part)
    assert set(found[world.visit]) == {Part.STUDY, Part.VISITS, Part.ASSISTANCE}
