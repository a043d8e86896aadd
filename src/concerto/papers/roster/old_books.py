"""Looks into an .xls before it is read: how far its cells reach, and whether it is locked.

An .xls is a small file system (OLE) holding one stream of records (BIFF); only the records' heads are read here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

END, DIRECTORY_ENTRY, MINI_SECTOR = 0xFFFFFFFA, 128, 64
BOF, EOF, FILEPASS, SHEET_LIST = 0x0809, 0x000A, 0x002F, 0x0085
MANY_NUMBERS = 0x00BD
CELLS = frozenset((0x0006, 0x00FD, 0x0203, 0x027E, MANY_NUMBERS, 0x0204, 0x0205, 0x00D6))


class NotReadable(Exception):
    """The bytes begin like an .xls and do not go on like one."""


@dataclass
class Look:
    """What was seen: the sheets there are, rows and columns up to the last filled cell of each, and the lock."""

    locked: bool = False
    sheets: int = 0
    extents: list[tuple[int, int]] = field(default_factory=list)


def look(data: bytes) -> Look:
    """Look at the records of a workbook without reading its values."""
    try:
        streams = dict(_streams(data))
        if "EncryptedPackage" in streams:
            return Look(locked=True)
        book = streams.get("Workbook") or streams.get("Book")
        return _look_at(book) if book else Look()
    except (struct.error, IndexError) as broken:
        raise NotReadable from broken


def _look_at(book: bytes) -> Look:
    seen, place = Look(), 0
    while place + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, place)
        seen.locked |= kind == FILEPASS
        seen.sheets += kind == SHEET_LIST
        if kind == BOF:
            seen.extents.append((0, 0))
        elif kind in CELLS and size >= 6 and seen.extents:
            row, column = struct.unpack_from("<HH", book, place + 4)
            if kind == MANY_NUMBERS:
                [column] = struct.unpack_from("<H", book, place + 2 + size)
            rows, columns = seen.extents[-1]
            seen.extents[-1] = (max(rows, row + 1), max(columns, column + 1))
        place += 4 + size
    return seen


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    disk = _Disk(data)
    entries = list(_entries(disk.chain(disk.first_directory)))
    minis = next((disk.chain(start) for kind, _, start, _ in entries if kind == 5), b"")
    for kind, name, start, size in entries:
        if kind == 2:
            yield name, (disk.mini_chain(minis, start) if size < disk.cutoff else disk.chain(start))[:size]


def _entries(directory: bytes) -> Iterator[tuple[int, str, int, int]]:
    for place in range(0, len(directory) - DIRECTORY_ENTRY + 1, DIRECTORY_ENTRY):
        [length] = struct.unpack_from("<H", directory, place + 64)
        name = directory[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, place + 116)
        yield directory[place + 66], name, start, size


class _Disk:
    """The sectors of the file, followed along its allocation table; a chain that turns in a circle is refused."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        [shift] = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise NotReadable
        self.size = 1 << shift
        self.first_directory, self.cutoff = struct.unpack_from("<I4xI", data, 48)
        first_mini, _, first_more, _ = struct.unpack_from("<4I", data, 60)
        self.table = self._numbers(b"".join(self.sector(number) for number in self._table_sectors(first_more)))
        self.mini_table = self._numbers(self.chain(first_mini))

    def sector(self, number: int) -> bytes:
        place = (number + 1) * self.size
        return self.data[place : place + self.size]

    def chain(self, start: int) -> bytes:
        return b"".join(self.sector(number) for number in _walk(self.table, start))

    def mini_chain(self, minis: bytes, start: int) -> bytes:
        numbers = _walk(self.mini_table, start)
        return b"".join(minis[number * MINI_SECTOR : (number + 1) * MINI_SECTOR] for number in numbers)

    def _table_sectors(self, more: int) -> Iterator[int]:
        listed = list(struct.unpack_from("<109I", self.data, 76))
        seen: set[int] = set()
        while more < END and more not in seen:
            seen.add(more)
            *numbers, more = self._numbers(self.sector(more))
            listed += numbers
        return (number for number in listed if number < END)

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _walk(table: tuple[int, ...], start: int) -> Iterator[int]:
    seen: set[int] = set()
    while start < END:
        if start in seen or start >= len(table):
            raise NotReadable
        seen.add(start)
        yield start
        start = table[start]
