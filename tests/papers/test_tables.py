"""A table as a file: opened by an office program as it is, and never run by it."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from concerto.papers.tables import as_csv, as_xlsx, harmless

ROWS = [[1, date(2026, 7, 1), "阿依努尔·木拉提", "=cmd|'/c calc'!A1"], [2, date(2026, 7, 2), "", "+86"]]
HEADINGS = ["号", "日期", "户", "备注"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_marked(text):
    assert harmless(text) == f"'{text}"


def test_a_csv_is_read_back_as_it_was_written():
    made = "".join(as_csv(HEADINGS, ROWS))
    assert made.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(made.removeprefix("\ufeff"))))
    assert read == [
        HEADINGS,
        ["1", "2026-07-01", "阿依努尔·木拉提", "'=cmd|'/c calc'!A1"],
        ["2", "2026-07-02", "", "'+86"],
    ]


def test_a_workbook_holds_text_days_and_numbers_and_no_formula():
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(HEADINGS, ROWS, title="走访台账"))).active
    assert sheet is not None
    assert sheet.title == "走访台账"
    assert [cell.value for cell in sheet[1]] == HEADINGS
    number, day, name, remark = sheet[2]
    assert (number.value, day.value.date(), name.value) == (1, date(2026, 7, 1), "阿依努尔·木拉提")
    assert (remark.data_type, remark.value) == ("s", "=cmd|'/c calc'!A1")


def test_an_empty_table_has_its_headings():
    assert "".join(as_csv(HEADINGS, [])) == "\ufeff号,日期,户,备注\r\n"
    assert as_xlsx(HEADINGS, [], title="x")
