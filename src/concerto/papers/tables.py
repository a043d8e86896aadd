"""Filling a table: headings and rows → the bytes of a CSV or XLSX file. A cell is never a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

import xlsxwriter

BOM = "\ufeff"
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
WIDEST, NARROWEST = 40, 8


def harmless(cell: Any) -> Any:
    """Put a mark before text that a spreadsheet would run.

    >>> harmless("=1+1"), harmless("上门"), harmless(-3)
    ("'=1+1", '上门', -3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(ACTIVE) else cell


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Write a CSV that office programs open as it is: UTF-8 with its mark, days in ISO, a line at a time."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    yield BOM
    for row in chain([headings], rows):
        writer.writerow([harmless(cell.isoformat() if isinstance(cell, date) else cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """Write a workbook of one sheet, row by row, so that a long ledger needs little memory."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    bold, day = book.add_format({"bold": True, "bottom": 2}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    for at, heading in enumerate(headings):
        sheet.set_column(at, at, max(NARROWEST, min(WIDEST, 2 * len(heading) + 6)))
        sheet.write_string(0, at, heading, bold)
    for down, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(down, at, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001  (a day)
            elif isinstance(cell, int):
                sheet.write_number(down, at, cell)
            elif cell:
                sheet.write_string(down, at, cell)
    book.close()
    return made.getvalue()
