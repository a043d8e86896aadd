"""Other tools bring entries and read ledgers at the command line: each answered by itself, never with a name."""

import csv
import io
import json

import msgspec
import openpyxl
import pytest
from django.core.management import CommandError, call_command

from concerto.journal.models import Entry
from concerto.places.sight import Part
from tests.cases import Matter, panel_line
from tests.cast import TODAY, VILLAGE_A
from tests.faces.desk.ledgering import everything, told
from tests.needs import Life

FIELDS = {"id", "outcome", "code", "why", "posted", "head"}


@pytest.fixture
def bring(tmp_path, capsys):
    """Write items into a file, bring it, read the answer."""

    def run(items, **options):
        path = tmp_path / "items.json"
        path.write_text(json.dumps(items) if not isinstance(items, str) else items)
        capsys.readouterr()
        call_command("record", str(path), json=True, **options)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def ledger(capsys):
    """Print a ledger and read it."""

    def run(part, *words):
        capsys.readouterr()
        call_command("ledger", part, *words)
        return json.loads(capsys.readouterr().out)

    return run


def plain(item):
    return msgspec.to_builtins(item)


def test_each_entry_of_a_file_is_answered_by_itself(world, lin, bring):
    good, foreign = everything(world, world.house_1, TODAY), told(world, world.house_4, TODAY)
    answers = bring([plain(good), {"said": 5}, plain(foreign), plain(good), {"said": "{}"}], author="lin")
    assert [(a["outcome"], a["code"]) for a in answers] == [
        ("accepted", ""), ("refused", "not_understood"), ("refused", "not_posted_there"), ("known", ""),
        ("refused", "not_understood"),
    ]  # fmt: skip
    assert all(set(a) == FIELDS for a in answers)
    assert answers[0]["posted"] == answers[3]["posted"] == {
        "study": 1, "branch": 1, "visits": 1, "disputes": 1, "assistance": 2,
    }  # fmt: skip
    assert answers[2]["why"]


def test_a_file_may_hold_one_item_alone(world, bring):
    [answer] = bring(plain(told(world, world.house_1, TODAY)), author="lin")
    assert answer["outcome"] == "accepted"


def test_nobody_brings_a_visit_in_the_name_of_somebody_else(world, bring):
    item = plain(told(world, world.house_1, TODAY))
    for author in ("", "sec", "wang"):
        [answer] = bring([item], author=author)
        assert (answer["outcome"], answer["code"]) == ("refused", "not_the_author")


@pytest.mark.parametrize("text", ["", "{", "5", '"x"', "[1, null]", "[[]]"])
def test_a_file_that_holds_no_items_is_told_so(world, bring, text):
    try:
        answers = bring(text, author="lin")
    except CommandError:
        return
    assert {answer["code"] for answer in answers} == {"not_understood"}


def test_who_signs_in_by_no_such_name_brings_nothing(world, bring):
    with pytest.raises(CommandError):
        bring([], author="nobody")


@pytest.mark.parametrize("part", list(Part))
def test_every_line_of_a_printed_ledger_names_its_entry_and_nobody(world, lin, ledger, part):
    [receipt] = world.receive(everything(world, world.house_1, TODAY), by=lin)
    lines = ledger(part.value, "--from", TODAY.isoformat())
    assert lines
    assert {line["entry"] for line in lines} == {str(receipt.id)}
    assert {line["unit"] for line in lines} == {"620999204201"}
    text = json.dumps(lines, ensure_ascii=False)
    assert not any(word in text for word in ("阿依努尔", "林晓", "缺草", "羊进了地", "上泉"))


def test_a_ledger_is_narrowed_by_unit_and_period(world, lin, ledger):
    world.receive(everything(world, world.house_1, TODAY), by=lin)
    assert len(ledger("visits")) == 2
    assert len(ledger("visits", "--to", "2026-06-30")) == 1
    assert len(ledger("visits", "--unit", "620999204")) == 2
    assert ledger("visits", "--unit", "620999204202") == []
    with pytest.raises(CommandError, match="没有这个代码的单位"):
        ledger("visits", "--unit", "000000")


def test_who_reads_it_sees_what_they_may_and_the_keeper_reads_from_above(world, lin, ledger):
    world.receive(told(world, world.house_2, TODAY, outcome="declined"), by=lin)
    day = ("--from", TODAY.isoformat())
    states = {who: ledger("visits", *day, *(("--as", who) if who else ()))[0]["state"] for who in ("lin", "wang", "")}
    assert states == {"lin": "declined", "wang": "met", "": "met"}
    assert ledger("visits", "--as", "other") == ledger("visits", "--as", "adm") == []


def test_a_ledger_may_be_a_csv_or_a_workbook(world, tmp_path, capsys):
    call_command("ledger", "visits", "--format", "csv")
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")))
    assert row["entry"] == str(world.visit)
    path = tmp_path / "visits.xlsx"
    call_command("ledger", "visits", "--format", "xlsx", "-o", str(path))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet["A2"].value == str(world.visit)
    assert Entry.objects.filter(id=sheet["A2"].value).exists()


def test_each_case_of_the_printed_ledger_says_how_it_stands_to_whom_it_opens(world, ledger):
    line = panel_line(world, world.med, VILLAGE_A)
    case = Matter(world, by=world.lin, brings=False)
    case.settled_on_the_spot(mediator=line, account=world.med)
    said = {"state": "resolved", "channel": "people", "outcome": "oral", "level": "village"}
    for who in ("", "med"):
        [told] = [one for one in ledger("disputes", *(("--as", who) if who else ())) if one["kind"] == "case"]
        assert said.items() <= told.items()
    for who in ("lin", "zhou", "wang", "gao"):
        assert [one for one in ledger("disputes", "--as", who) if one["kind"] == "case"] == []


def test_a_table_of_the_dispute_ledger_says_that_cases_are_not_in_it(world, capsys):
    call_command("ledger", "disputes", "--format", "csv")
    assert "--format json" in capsys.readouterr().err
    call_command("ledger", "disputes")
    assert capsys.readouterr().err == ""


def test_each_need_of_a_printed_ledger_says_its_state(world, ledger):
    need = Life(world)
    need.step("done", outcome="solved")
    need.step("told", told_of="done")
    states = {line["id"]: line["state"] for line in ledger("assistance") if line["kind"] == "need"}
    assert (states[str(need.id)], states[str(world.need)]) == ("told", "heard")
