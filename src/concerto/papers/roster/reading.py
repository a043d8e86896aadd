"""Reads a whole workbook into tables of villages, and accounts for every row that is not empty."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from concerto.groundwork.identity import IdentityNumber
from concerto.groundwork.letters import packed
from concerto.papers.roster.fields import Field, heading_key
from concerto.papers.roster.flags import Flag
from concerto.papers.roster.found import Column, Fate, RefusedTable, Roster, RowKind, Table
from concerto.papers.roster.grid import Sheet, sheets_of
from concerto.papers.roster.households import are_told, gathered, settle_marks
from concerto.papers.roster.layout import Layout, headings_to_map, layout_at, repeats
from concerto.papers.roster.lines import Line, add_to, group_of, line_at
from concerto.papers.roster.rows import GROUP, kind_of
from concerto.papers.roster.villages import Villages


def read(
    data: bytes,
    *,
    villages: Mapping[str, str],
    mapping: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
) -> Roster:
    """Read a workbook. Refuses (with a code) what is none; a bad row or table never stops the others.

    `villages` are the township's villages, name → code. `mapping` is what people said of headings nobody knew,
    heading → field; `units` what they said of texts that name no village, text → code. Both are remembered by others.
    """
    given = {"/".join(map(heading_key, heading.split("/"))): meant for heading, meant in (mapping or {}).items()}
    named = Villages(villages, units)
    walks = [Walk(sheet, given, named) for sheet in sheets_of(data)]
    for walk in walks:
        walk.go()
    _settle_repeated([line for walk in walks for line in walk.lines if walk.unit_of(line.row)])
    tables: list[Table] = []
    refused: list[RefusedTable] = []
    for walk in walks:
        walk.conclude(tables, refused)
    return Roster(tuple(tables), tuple(refused), {walk.sheet.title: _from_one(walk.kinds) for walk in walks})


def _from_one(kinds: Mapping[int, RowKind]) -> dict[int, RowKind]:
    return {row + 1: kind for row, kind in sorted(kinds.items())}


def _settle_repeated(lines: list[Line]) -> None:
    """Leave an identity number with the first row that has it; each later one comes in without, and flagged."""
    seen: set[IdentityNumber] = set()
    for line in lines:
        if line.identity in seen:
            line.identity = None
            line.flag("identity_repeated", line.layout.at(Field.IDENTITY))
        elif line.identity:
            seen.add(line.identity)


@dataclass
class Walk:
    """One pass over a sheet from top to bottom, keeping what holds for the rows that follow."""

    sheet: Sheet
    given: Mapping[str, str]
    villages: Villages
    lines: list[Line] = field(default_factory=list)
    kinds: dict[int, RowKind] = field(default_factory=dict)
    refused: dict[int, Flag] = field(default_factory=dict)
    village_of: dict[int, str] = field(default_factory=dict)
    units: dict[str, str | None] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    unheaded: set[int] = field(default_factory=set)
    layout: Layout | None = None
    title: str = ""
    group: str = ""
    filled_down: dict[Field, str] = field(default_factory=dict)
    loose: list[int] = field(default_factory=list)

    def go(self) -> None:
        """Read all rows; of a hidden sheet nothing but their number."""
        rows = [row for row in range(len(self.sheet.rows)) if self.sheet.filled(row)]
        if self.sheet.hidden:
            self.kinds = dict.fromkeys(rows, RowKind.UNREAD)
            return
        self.title = self.sheet.title
        for row in rows:
            self._step(row)
        if self.layout is None:
            unread = RowKind.UNREAD if headings_to_map(self.sheet) else RowKind.NOTE
            self.kinds = dict.fromkeys(rows, unread)

    def _step(self, row: int) -> None:
        if self.layout and row <= self.layout.bottom:
            self.kinds[row] = RowKind.HEADING
        elif (fresh := layout_at(self.sheet, row, self.given, first=self.layout is None)) and fresh.is_usable:
            self._begin(row, fresh)
        elif self.layout and repeats(self.sheet, row, self.layout):
            self._begin_again(row)
        elif self.layout is None:
            self.kinds[row] = RowKind.TITLE
            self.loose.append(row)
        else:
            self._read(row, self.layout)

    def _begin(self, row: int, layout: Layout) -> None:
        if self.layout is None or self.layout.key != layout.key:
            self.filled_down = {}
        self.layout = layout
        self._begin_again(row)

    def _begin_again(self, row: int) -> None:
        """Take the loose rows above headings for the title they are, and for the village they name."""
        self.kinds[row] = RowKind.HEADING
        found = {code: text for above in self.loose for code, text in self._spoken_of(above).items()}
        for above in self.loose:
            self.kinds[above] = RowKind.TITLE
            self.refused.pop(above, None)
        self.loose = []
        if found:
            self.title = self._agreed(found)

    def _agreed(self, found: Mapping[str, str]) -> str:
        """Return the one village that title and sheet name, or both texts when they name two."""
        sheet = self.villages.named(self.sheet.title) or self.villages.spoken_of(self.sheet.title)
        if len({*found, sheet or next(iter(found))}) == 1:
            return next(iter(found))
        both = " / ".join((self.sheet.title, *found.values()))
        self.doubtful.add(both)
        return both

    def _spoken_of(self, row: int) -> dict[str, str]:
        texts = (self.sheet.text(row, column) for column in self.sheet.filled(row))
        return {code: text for text in texts if (code := self.villages.spoken_of(text))}

    def _read(self, row: int, layout: Layout) -> None:
        kind, code = (RowKind.DIVIDER, "") if self._divides(row, layout) else kind_of(self.sheet, row, layout)
        self.kinds[row] = kind
        if kind is RowKind.PERSON:
            self._take(row, layout)
        elif kind is RowKind.MORE and self.lines:
            add_to(self.lines[-1], self.sheet, row)
        elif kind is RowKind.DIVIDER:
            self._divide(row)
        elif kind is RowKind.REFUSED:
            self.refused[row] = Flag(row + 1, "", code, None, self.sheet.title)
            self.village_of[row] = self._village_at(row, layout)
        if kind in (RowKind.NOTE, RowKind.REFUSED, RowKind.DIVIDER):
            self.loose.append(row)  # it may yet be the title of headings below
        elif kind is not RowKind.SUBTOTAL:
            self.loose = []

    def _divides(self, row: int, layout: Layout) -> bool:
        """Tell whether a row holds nothing but the name of a village, for the rows that follow."""
        [first, *more] = self.sheet.filled(row)
        return not more and Field.VILLAGE not in layout.places and bool(self.villages.named(self.sheet.own(row, first)))

    def _divide(self, row: int) -> None:
        [place] = self.sheet.filled(row)
        text = self.sheet.own(row, place)
        if code := self.villages.named(text):
            self.title, self.group = code, ""
        elif GROUP.match(packed(text)):
            self.group = group_of(text)

    def _take(self, row: int, layout: Layout) -> None:
        line = line_at(self.sheet, row, layout)
        self.village_of[row] = self._village_at(row, layout)
        line.group = self._group_at(row, layout)
        self.unheaded |= set(self.sheet.filled(row)) - layout.fields.keys()
        self.lines.append(line)

    def _shared(self, row: int, layout: Layout, meant: Field) -> str:
        """Return a cell that is written once for the rows that follow."""
        place = layout.at(meant)
        if place is None:
            return ""
        text = self.sheet.shared_text(row, place)
        if text:
            self.filled_down[meant] = text
        return self.filled_down.get(meant, "")

    def _village_at(self, row: int, layout: Layout) -> str:
        """Return the text or code of the village a row belongs to: of its own column, else of the title."""
        own = self._shared(row, layout, Field.VILLAGE)
        if own:
            return own
        led = self.villages.leads(self._shared(row, layout, Field.VILLAGE_GROUP))
        return led[0] if led else self.title

    def _group_at(self, row: int, layout: Layout) -> str:
        village = self._shared(row, layout, Field.VILLAGE_GROUP)
        led = self.villages.leads(village)
        place = layout.at(Field.GROUP)
        own = self.sheet.shared_text(row, place) if place is not None else ""
        return group_of(own or (led[1] if led else village) or self.group)

    def conclude(self, tables: list[Table], refused: list[RefusedTable]) -> None:
        """Add the sheet's tables to those of the workbook, and what stays out as a whole."""
        settle_marks(self.lines)
        if self.sheet.hidden:
            refused.append(RefusedTable(self.sheet.title, "sheet_hidden", len(self.kinds)))
        elif self.layout is None:
            if headings := headings_to_map(self.sheet):
                refused.append(RefusedTable(self.sheet.title, "headings_unknown", len(self.kinds), headings=headings))
        else:
            for village, rows in self._by_village().items():
                self._conclude_one(village, rows, tables, refused)

    def _by_village(self) -> dict[str, set[int]]:
        villages: dict[str, set[int]] = defaultdict(set)
        for row, text in self.village_of.items():
            villages[self.unit_of(row) or f"?{text}"].add(row)
        return villages

    def unit_of(self, row: int) -> str | None:
        """Return the code of the village a row belongs to, None when this township has none of that name."""
        text = self.village_of.get(row, "")
        if text not in self.units:
            exact = self.villages.exact.get(packed(text))
            other = None if text in self.doubtful else self.villages.named(text) or self.villages.spoken_of(text)
            self.units[text] = exact or other
        return self.units[text]

    def _conclude_one(self, village: str, rows: set[int], tables: list[Table], refused: list[RefusedTable]) -> None:
        lines = [line for line in self.lines if line.row in rows]
        columns = self._columns(lines)
        if village.startswith("?") or (lines and not are_told(lines)):
            code = "village_unknown" if village.startswith("?") else "households_untold"
            code = "village_named_twice" if village.lstrip("?") in self.doubtful else code
            self.kinds.update(dict.fromkeys(rows, RowKind.UNREAD))
            refused.append(RefusedTable(self.sheet.title, code, len(rows), village.lstrip("?"), (), columns))
            return
        households = gathered(lines)
        kept_out = [flag for row, flag in sorted(self.refused.items()) if row in rows]
        flagged = [flag for line in lines for flag in line.flags]
        tables.append(
            Table(self.sheet.title, village, tuple(households), self._here(flagged), tuple(kept_out), columns)
        )

    def _columns(self, lines: list[Line]) -> tuple[Column, ...]:
        """Return all columns the lines stand in; one without a heading goes by its letter, and can't come in."""
        headed = dict.fromkeys(column for line in lines for column in line.layout.columns)
        letters = (Column(place + 1, get_column_letter(place + 1), None, Fate.UNMAPPED) for place in self.unheaded)
        return (*headed, *letters)

    def _here(self, flags: list[Flag]) -> tuple[Flag, ...]:
        flags = sorted(flags, key=lambda flag: flag.row)
        return tuple(Flag(flag.row, flag.name, flag.code, flag.column, self.sheet.title) for flag in flags)
