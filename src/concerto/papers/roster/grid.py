"""Sheets as grids of values, with what is merged and what a formula never filled."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

import openpyxl
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from concerto.groundwork.letters import plain
from concerto.groundwork.refusals import refuse
from concerto.papers.roster.opening import MOST_CELLS, MOST_COLUMNS, checked, is_old, open_workbook

Value = str | int | float | bool | date | datetime | time | timedelta
ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"))


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged range; rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands: rows of values from the first row on, an empty cell is `""`."""

    title: str
    rows: list[list[Value]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    unfilled: frozenset[tuple[int, int]] = field(default=frozenset())

    def text(self, row: int, column: int) -> str:
        """Return one cell's own text, plain."""
        texts = self._texts[row] if 0 <= row < len(self._texts) else []
        return texts[column] if column < len(texts) else ""

    def packed(self, row: int, column: int) -> str:
        """Return one cell's own text without any space."""
        return self.text(row, column).replace(" ", "")

    def own(self, row: int, column: int) -> Value:
        """Return what stands in the cell itself."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def shared(self, row: int, column: int) -> Value:
        """Return what the cell shows: its own value, or that of the range it is merged into."""
        merge = self.merge_at(row, column)
        return self.own(merge.top, merge.left) if merge else self.own(row, column)

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged range that covers this cell."""
        return self._covered.get((row, column))

    def shared_text(self, row: int, column: int) -> str:
        """Return the text a cell shows, plain."""
        merge = self.merge_at(row, column)
        return self.text(merge.top, merge.left) if merge else self.text(row, column)

    def filled(self, row: int) -> list[int]:
        """Return the columns with something in them, those never calculated included."""
        return self._filled[row]

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, self.rows), default=0)

    @cached_property
    def _texts(self) -> list[list[str]]:
        return [[plain(value) if value != "" else "" for value in cells] for cells in self.rows]

    @cached_property
    def _filled(self) -> list[list[int]]:
        return [
            [column for column, text in enumerate(texts) if text or (row, column) in self.unfilled]
            for row, texts in enumerate(self._texts)
        ]

    @cached_property
    def _covered(self) -> dict[tuple[int, int], Merge]:
        return {
            (row, column): merge
            for merge in self.merges
            for row in range(merge.top, min(merge.bottom, len(self.rows) - 1) + 1)
            for column in range(merge.left, min(merge.right, self.width - 1) + 1)
        }


def sheets_of(data: bytes) -> list[Sheet]:
    """Read all sheets with cells of a workbook, in their order; numbers of formulas as last calculated."""
    book = open_workbook(data)
    formulas = {} if is_old(data) else _formulas(data)
    kinds = {sheet.name: sheet for sheet in book.sheets_metadata}
    return [
        _read(book, name, hidden=kinds[name].visible != SheetVisibleEnum.Visible, formulas=formulas.get(name, set()))
        for name in book.sheet_names
        if kinds[name].typ == SheetTypeEnum.WorkSheet
    ]


def _read(book: CalamineWorkbook, name: str, *, hidden: bool, formulas: set[tuple[int, int]]) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Value]] = sheet.to_python(skip_empty_area=False)
    wrong = {
        (row, column)
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if isinstance(value, str) and value in ERRORS
    }
    for row, column in wrong:
        rows[row][column] = ""
    empty = {(r, c) for r, c in formulas if r >= len(rows) or c >= len(rows[r]) or rows[r][c] == ""}
    for row, column in empty:
        _reach(rows, row, column)
    return Sheet(name, rows, _merges(sheet, len(rows)), hidden, frozenset(wrong | empty))


def _reach(rows: list[list[Value]], row: int, column: int) -> None:
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend("" for _ in range(column + 1 - len(rows[row])))


def _merges(sheet: CalamineSheet, height: int) -> tuple[Merge, ...]:
    """Return the merged ranges; a sheet whose ranges lie over each other many times is no office's work."""
    ranges = sheet.merged_cell_ranges or []
    merges = tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in ranges)
    area = sum((min(m.bottom, height) - m.top + 1) * (min(m.right, MOST_COLUMNS) - m.left + 1) for m in merges)
    refuse(area > 2 * MOST_CELLS, "workbook_damaged")
    return merges


def _formulas(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """Find the cells that hold formulas, by sheet; a workbook without any is not opened a second time."""
    book = checked(data)
    if b"<f>" not in book and b"<f " not in book:
        return {}
    opened = openpyxl.load_workbook(io.BytesIO(book), read_only=True, keep_links=False)
    return {
        sheet.title: {
            (row, column)
            for row, cells in enumerate(sheet.iter_rows())
            for column, cell in enumerate(cells)
            if cell.data_type == "f"
        }
        for sheet in opened.worksheets
    }
