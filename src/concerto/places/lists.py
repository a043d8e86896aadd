"""The public lists of divisions, five CSV files, read row by row: what is wrong with a row stops no other row."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TextIO

from .models import DivisionLevel

MOST_LETTERS = 120


class List(NamedTuple):
    """One file: its level, how long its codes are, and the column that names what stands above."""

    file: str
    level: DivisionLevel
    digits: int
    above: str


LISTS = (
    List("provinces.csv", DivisionLevel.PROVINCE, 2, ""),
    List("cities.csv", DivisionLevel.PREFECTURE, 4, "provinceCode"),
    List("areas.csv", DivisionLevel.COUNTY, 6, "cityCode"),
    List("streets.csv", DivisionLevel.TOWNSHIP, 9, "areaCode"),
    List("villages.csv", DivisionLevel.VILLAGE, 12, "streetCode"),
)


class Row(NamedTuple):
    """One place of a list, as far as the row itself can tell."""

    line: int
    code: str
    name: str
    above: str


class BadRow(NamedTuple):
    """A row that is not taken, and the code of what is wrong with it."""

    file: str
    line: int
    why: str
    given: str = ""


def rows(folder: Path, of: List) -> Iterator[Row | BadRow]:
    """Read one list, whatever wrote it: UTF-8 with or without its mark, or the older national code (GB 18030)."""
    path = folder / of.file
    with path.open(encoding=_encoding(path), newline="") as text:
        yield from _rows(text, of)


def _encoding(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _rows(text: TextIO, of: List) -> Iterator[Row | BadRow]:
    reader = csv.reader(text, strict=True)
    try:
        heading = next(reader, [])
        places = {name.strip(): n for n, name in enumerate(heading)}
        missing = [name for name in ("code", "name", of.above) if name and name not in places]
        if missing:
            yield BadRow(of.file, 1, "column_missing", ", ".join(missing))
            return
        seen: set[int] = set()
        for cells in reader:
            if cells:
                yield _row(cells, reader.line_num, of, places, width=len(heading), seen=seen)
    except (csv.Error, UnicodeDecodeError):
        yield BadRow(of.file, reader.line_num, "not_csv")


def _row(
    cells: list[str], line: int, of: List, places: Mapping[str, int], *, width: int, seen: set[int]
) -> Row | BadRow:
    if len(cells) != width:
        return BadRow(of.file, line, "columns_differ", str(len(cells)))
    code, name = cells[places["code"]].strip(), " ".join(cells[places["name"]].split())
    above = cells[places[of.above]].strip() if of.above else ""
    if not (code.isascii() and code.isdigit()):
        return BadRow(of.file, line, "code_not_digits", code[:20])
    if len(code) != of.digits:
        return BadRow(of.file, line, "code_length", code[:20])
    if not name or len(name) > MOST_LETTERS:
        return BadRow(of.file, line, "name_missing" if not name else "name_too_long", code)
    if int(code) in seen:
        return BadRow(of.file, line, "code_twice", code)
    seen.add(int(code))
    return Row(line, code, name, above)
