"""Opens a workbook that somebody sent, after looking at its size, its lock and its shape; refuses the rest with a code.

A workbook is a packed thing: a small file may unfold to gigabytes, and one stray cell in the last row of the last
column makes a reader lay out a grid of billions. So everything is measured before a reader sees it, and an .xlsx is
packed anew from the bytes that were measured.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from concerto.groundwork.refusals import Refused, refuse
from concerto.papers.roster import old_books

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_FILES = 2_000
MOST_SHEETS = 100
MOST_ROWS = 60_000
MOST_COLUMNS = 400
MOST_CELLS = 3_000_000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET_FILE = re.compile(r"(?i)^xl/worksheets/[^/]+\.xml$")
FILLED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>")


def is_old(data: bytes) -> bool:
    """Tell whether these are the bytes of an .xls, which can be read but not written again."""
    return data.startswith(OLE)


def open_workbook(data: bytes) -> CalamineWorkbook:
    """Return the workbook, or refuse: not one, locked, damaged, too big, too long, too wide."""
    book = checked(data)
    try:
        opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    except PasswordError:
        raise Refused("workbook_locked") from None
    except (CalamineError, OSError, ValueError):
        raise Refused("workbook_damaged") from None
    refuse(len(opened.sheet_names) > MOST_SHEETS, "workbook_too_big", most=f"{MOST_SHEETS} sheets")
    return opened


def checked(data: bytes) -> bytes:
    """Return bytes that are safe to give to a reader: the same ones, or for .xlsx the same files packed anew."""
    refuse(len(data) > MOST_BYTES, "workbook_too_big", most=f"{MOST_BYTES // 1024**2} MB")
    if is_old(data):
        return _checked_old(data)
    refuse(not data.startswith(ZIP), "workbook_not_one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _packed_anew(archive)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused("workbook_damaged") from None


def _checked_old(data: bytes) -> bytes:
    try:
        seen = old_books.look(data)
    except old_books.NotReadable:
        raise Refused("workbook_damaged") from None
    refuse(seen.locked, "workbook_locked")
    refuse(seen.sheets == 0, "workbook_not_one")
    for rows, columns in seen.extents:
        _refuse_extent(rows, columns)
    refuse(sum(rows * columns for rows, columns in seen.extents) > MOST_CELLS, "workbook_too_long", most=MOST_ROWS)
    return data


def _packed_anew(archive: zipfile.ZipFile) -> bytes:
    entries = archive.infolist()
    refuse(len(entries) > MOST_FILES, "workbook_too_big", most=f"{MOST_FILES} files")
    refuse("xl/workbook.xml" not in {entry.filename for entry in entries}, "workbook_not_one")
    left, made = MOST_UNPACKED, io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as safe:
        for entry in entries:
            refuse(bool(entry.flag_bits & 1), "workbook_locked")
            with archive.open(entry) as stream:
                unpacked = stream.read(left + 1)
            left -= len(unpacked)
            refuse(left < 0, "workbook_too_big", most=f"{MOST_UNPACKED // 1024**2} MB")
            _look_at(entry.filename, unpacked)
            safe.writestr(entry.filename, unpacked)
    return made.getvalue()


def _look_at(name: str, unpacked: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    refuse(b"<!DOCTYPE" in unpacked or b"<!ENTITY" in unpacked, "workbook_damaged")  # no office program writes these
    if SHEET_FILE.match(name):
        cells = list(_filled(unpacked))
        _refuse_extent(max((row for row, _ in cells), default=0), max((column for _, column in cells), default=0))


def _filled(unpacked: bytes) -> Iterator[tuple[int, int]]:
    columns: dict[bytes, int] = {}
    for letters, row in FILLED_CELL.findall(unpacked):
        if letters not in columns:
            columns[letters] = _column(letters)
        yield int(row), columns[letters]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_extent(rows: int, columns: int) -> None:
    refuse(rows > MOST_ROWS, "workbook_too_long", most=MOST_ROWS)
    refuse(columns > MOST_COLUMNS, "workbook_too_wide", most=MOST_COLUMNS)
    refuse(rows * columns > MOST_CELLS, "workbook_too_long", most=MOST_ROWS)
