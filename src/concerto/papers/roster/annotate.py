"""Marks the rows to be looked at in the person's own workbook: the cell filled, and why as a comment."""

import io
from collections import defaultdict
from collections.abc import Iterable

import openpyxl
from django.utils.translation import gettext
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from concerto.groundwork.refusals import Refused
from concerto.papers.roster.flags import Flag
from concerto.papers.roster.grid import Sheet, Value, sheets_of
from concerto.papers.roster.opening import checked, is_old

PAPER = PatternFill("solid", fgColor="FFF2B8")
AUTHOR = "Concerto"
HEIGHT, WIDTH = 90, 260


def annotate(data: bytes, flags: Iterable[Flag]) -> bytes:
    """Return the workbook with every flagged cell filled and commented, as .xlsx.

    An .xlsx keeps its formulas, formats and other sheets. An .xls can't be written again: its values come in a new
    .xlsx, and only those (`keeps_all` tells beforehand). A text that begins like a formula stays a text.
    """
    book = _of_values(data) if is_old(data) else _opened(data)
    for (title, row, column), why in _by_cell(flags).items():
        if title in book.sheetnames:
            _mark(book[title], row, column, why)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def keeps_all(data: bytes) -> bool:
    """Tell whether marking keeps more than the values of this workbook."""
    return not is_old(data)


def _opened(data: bytes) -> Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(checked(data)), keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError):
        raise Refused("workbook_damaged") from None


def _by_cell(flags: Iterable[Flag]) -> dict[tuple[str, int, int], list[str]]:
    cells: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for flag in flags:
        cells[flag.sheet, flag.row, flag.column or 1].append(gettext(flag.why))
    return cells


def _mark(sheet: Worksheet, row: int, column: int, why: list[str]) -> None:
    cell = sheet.cell(row, column)
    merged = next((area for area in sheet.merged_cells.ranges if cell.coordinate in area), None)
    if merged:
        cell = sheet.cell(merged.min_row, merged.min_col)
    said = [cell.comment.text] if cell.comment else []
    cell.comment = Comment("\n".join(dict.fromkeys([*said, *why])), AUTHOR, height=HEIGHT, width=WIDTH)
    cell.fill = PAPER


def _of_values(data: bytes) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets_of(data):
        _copy(sheet, book.create_sheet(sheet.title))
    return book


def _copy(sheet: Sheet, copy: Worksheet) -> None:
    for row, cells in enumerate(sheet.rows, start=1):
        for column, value in enumerate(cells, start=1):
            if value != "":
                _write(copy, row, column, value)
    for merge in sheet.merges:
        copy.merge_cells(
            start_row=merge.top + 1, start_column=merge.left + 1, end_row=merge.bottom + 1, end_column=merge.right + 1
        )
    copy.sheet_state = "hidden" if sheet.hidden else "visible"


def _write(copy: Worksheet, row: int, column: int, value: Value) -> None:
    cell = copy.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
