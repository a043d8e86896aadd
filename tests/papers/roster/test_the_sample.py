"""The sample workbook is read as the truth beside it says, number by number and row by row."""

import json
from pathlib import Path

import pytest

from concerto.papers.roster.reading import read

HERE = Path(__file__).parent / "data"
VILLAGES = {f"示范{name}村村民委员会": f"62099920420{place}" for place, name in enumerate("一二三")}
TRUTH = json.loads((HERE / "roster-sample.truth.json").read_text(encoding="utf-8"))["sheets"]


@pytest.fixture(scope="module")
def sample():
    return read((HERE / "roster-sample.xlsx").read_bytes(), villages=VILLAGES)


@pytest.mark.parametrize("village", TRUTH)
def test_the_counts_are_those_of_the_truth(sample, village):
    truth = TRUTH[village]
    [table] = [table for table in sample.tables if table.unit == truth["code"]]

    assert table.counts == {name: truth[name] for name in table.counts}
    assert table.refused == ()


@pytest.mark.parametrize("village", TRUTH)
def test_each_identity_problem_is_flagged_by_row_name_and_reason(sample, village):
    truth = TRUTH[village]
    [table] = [table for table in sample.tables if table.unit == truth["code"]]
    flagged = [{"row": flag.row, "name": flag.name, "why": flag.why} for flag in table.flagged]

    assert flagged == truth["identity_problems"]


def test_the_sheet_of_instructions_is_a_note_and_no_table(sample):
    assert sample.refused_tables == ()
    assert sample.rows["填表说明"] == {1: "note"}


def test_no_identity_number_stands_in_what_is_printed_or_reported(sample):
    said = repr(sample) + json.dumps([table.report() for table in sample.tables])

    assert "999999" not in said


def test_columns_that_may_not_come_in_are_named(sample):
    assert sample.not_kept == ("备 注", "说明", "备注")
    assert sample.unmapped == ()
