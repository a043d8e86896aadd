"""The bench says what it can measure, and answers in one shape. What it measures is never asserted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench.measures import MEASURES, MODULES
from bench.result import p95, result, table

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = [
    *("receive-one", "receive-batch", "ledger-page", "household-card"),
    *("verify", "rebuild", "field", "standing", "needs", "disputes", "slip", "memory"),
]


def ask(*words: str) -> str:
    command = [sys.executable, "-m", "bench", *words]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=280).stdout


def test_alone_it_lists_what_can_be_measured(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bench"])
    assert bench.main() == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == NAMES


def test_every_name_is_measured_somewhere():
    assert list(MEASURES) == list(MODULES) == NAMES
    assert {name for name in MODULES.values() if not (CHECKOUT / f"bench/{name}.py").exists()} == set()


def test_a_quick_measure_answers_in_one_line_with_one_row_a_case(engine):
    [line] = ask("verify", "--quick", "--json", "--engine", engine).splitlines()
    rows: list[dict[str, Any]] = json.loads(line)
    assert {tuple(row) for row in rows} == {("name", "engine", "case", "ours", "floor", "ratio", "unit", "limit")}
    assert {(row["name"], row["engine"], row["unit"]) for row in rows} == {
        ("verify", engine, "entries/s"),
        ("verify", engine, "MB"),
    }
    assert all(row["ours"] > 0 and row["floor"] > 0 and row["ratio"] > 0 for row in rows)


def test_a_resident_s_page_is_told_in_bytes(engine):
    [line] = ask("slip", "--quick", "--json", "--engine", engine).splitlines()
    told = json.loads(line)
    assert list(told) == ["bytes"]
    assert 1_000 < told["bytes"] <= 15_000


def test_card_board_and_trip_are_told_at_each_size_and_against_the_smallest(engine):
    [line] = ask("needs", "--quick", "--json", "--engine", engine).splitlines()
    told: list[dict[str, Any]] = json.loads(line)
    pages = {row["case"].partition(",")[0] for row in told}
    assert {"household card", "needs board", "trip"} <= pages
    for page in pages:
        [flat] = [row for row in told if row["case"].startswith(f"{page},") and row["unit"] == "times"]
        assert flat["ours"] > 0
        p95s = [row["ours"] for row in told if row["case"].startswith(f"{page}, p95") and row["unit"] == "ms"]
        assert len(p95s) == 2
        assert min(p95s) > 0


def test_boards_and_numbers_of_cases_are_told_at_each_size_and_against_the_smallest(engine):
    [line] = ask("disputes", "--quick", "--json", "--engine", engine).splitlines()
    told: list[dict[str, Any]] = json.loads(line)
    pages = {row["case"].partition(",")[0] for row in told}
    assert {"board of a mediator", "board of the centre", "numbers for the centre", "open list"} <= pages
    for page in pages:
        [flat] = [row for row in told if row["case"].startswith(f"{page},") and row["unit"] == "times"]
        assert flat["ours"] > 0
        assert len([row for row in told if row["case"].startswith(f"{page}, p95") and row["limit"]]) == 2


def test_what_is_not_measurable_is_refused_by_name(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bench", "speed-of-light"])
    with pytest.raises(SystemExit):
        bench.main()
    assert "speed-of-light" in capsys.readouterr().err


def test_a_result_says_ours_by_floor():
    row = result("verify", "sqlite", "100 entries", 1234.5, 4938.0, "entries/s")
    assert (row.ours, row.floor, row.ratio) == (1234, 4938, 0.25)
    assert table([row]).splitlines()[1].split()[-3:] == ["0.25", "entries/s", "–"]


def test_one_of_twenty_takes_longer_than_p95():
    assert p95([float(n) for n in range(1, 101)]) == 96


def test_a_limit_stands_beside_what_shall_not_pass_it():
    row = result("field", "sqlite", "idle_bytes", 754, None, "bytes", limit=1000)
    assert (row.ours, row.floor, row.ratio, row.limit) == (754, None, None, 1000)
