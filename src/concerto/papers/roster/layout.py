"""Finds the headings of a sheet: where they stand, in how many rows, and what each column means."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from concerto.papers.roster.fields import SEVERAL, Field, heading_key, known, meaning
from concerto.papers.roster.found import Column, Fate
from concerto.papers.roster.grid import Sheet

MOST_HEADING_ROWS = 3
LONGEST_HEADING = 40
OF_PEOPLE = frozenset((Field.NAME, Field.HEAD_NAME))
ALSO_VALUES = frozenset(
    (
        *("户主", "家长", "党员", "预备党员", "流动党员", "中共党员"),
        *("帮扶户", "联系户", "帮扶", "帮扶对象", "结对帮扶", "成员", "家庭成员", "其他", "群众"),
    )
)
NO_HEADING = re.compile(r":.|花名册|登记表|统计表|一览表|明细表|汇总表|信息表|台账$|台帐$|填报|制表|\d年\d")
LOOKS_FILLED = re.compile(r"\d{5,}|^\d+([.]\d+)?$|[*]{3,}")
COUNTED_OUT = re.compile(r"^[(\[]?(\d{1,2}|[甲乙丙丁戊己庚辛壬癸]|[A-Z])[)\]]?$")
FATES = {Field.NOT_KEPT: Fate.NOT_KEPT, Field.ASIDE: Fate.ASIDE, Field.SERIAL: Fate.ASIDE, None: Fate.UNMAPPED}
TO_PERSON = {Field.HEAD_NAME: Field.NAME, Field.HEAD_IDENTITY: Field.IDENTITY, Field.HEAD_PHONE: Field.PHONE}


@dataclass(frozen=True)
class Layout:
    """The headings from row `top` to `bottom` (from 0), and the columns below them until the next headings."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    heads_only: bool = False

    @cached_property
    def places(self) -> dict[Field, tuple[int, ...]]:
        """Where (from 0) each meaning stands."""
        kept = [column for column in self.columns if column.field]
        return {
            column.field: tuple(other.place - 1 for other in kept if other.field is column.field)
            for column in kept
            if column.field
        }

    def at(self, field: Field) -> int | None:
        """Return the one column (from 0) of a meaning."""
        return self.places[field][0] if field in self.places else None

    @cached_property
    def texts(self) -> frozenset[str]:
        """The headings as they are recognised again further down."""
        return frozenset(heading_key(part) for column in self.columns for part in column.heading.split("/"))

    @cached_property
    def fields(self) -> dict[int, Field | None]:
        """The meaning of each column (from 0) that has a heading."""
        return {column.place - 1: column.field for column in self.columns}

    @cached_property
    def key(self) -> tuple[tuple[int, Field | None], ...]:
        """What makes two layouts one, however their headings are worded."""
        return tuple(sorted(self.fields.items()))

    @property
    def is_usable(self) -> bool:
        """Tell whether there is a column for people's names."""
        return Field.NAME in self.places


def layout_at(sheet: Sheet, row: int, given: Mapping[str, str], *, first: bool) -> Layout | None:
    """Return the layout whose headings begin at this row, or None when the row is no heading.

    The first headings of a sheet may be recognised by words that are values elsewhere ("户主", "党员"); further
    down such a row is rather a person.
    """
    if not _may_be_headings(sheet, row) or not (first or _speaks_of_headings(sheet, row)):
        return None
    tries = [_layout(sheet, row, bottom, given) for bottom in _bottoms(sheet, row)]
    best = max(tries, key=lambda tried: (_known(tried), tried.top - tried.bottom))
    return best if _is_certain(best, first=first) else None


def _may_be_headings(sheet: Sheet, row: int) -> bool:
    texts = [sheet.own(row, column) for column in sheet.filled(row)]
    if len(texts) < 2 or not all(isinstance(text, str) for text in texts):
        return False
    heads = [sheet.packed(row, column) for column in sheet.filled(row)]
    return not any(LOOKS_FILLED.search(t) or NO_HEADING.search(t) or len(t) > LONGEST_HEADING for t in heads)


def _speaks_of_headings(sheet: Sheet, row: int) -> bool:
    """Tell whether a row below a table has, itself, two words that are headings and nothing else: no person's row."""
    texts = [sheet.text(row, column) for column in sheet.filled(row)]
    return sum(known(text) is not None and heading_key(text) not in ALSO_VALUES for text in texts) > 1


def _bottoms(sheet: Sheet, top: int) -> list[int]:
    """Return the rows in which headings that begin at `top` may end."""
    bottoms = [top]
    while len(bottoms) < MOST_HEADING_ROWS and _goes_on(sheet, top, bottoms[-1]):
        bottoms.append(bottoms[-1] + 1)
    joined = [bottom for bottom in bottoms if _is_whole(sheet, top, bottom)]
    return joined or bottoms


def _goes_on(sheet: Sheet, top: int, bottom: int) -> bool:
    below = bottom + 1
    if below >= len(sheet.rows):
        return False
    filled = sheet.filled(below)
    if not all(isinstance(sheet.own(below, column), str) for column in filled):
        return False
    if any(LOOKS_FILLED.search(sheet.text(below, column)) for column in filled):
        return False
    if any((merge := sheet.merge_at(top, column)) and merge.bottom >= below for column in range(sheet.width)):
        return True
    under = [_is_under_a_group(sheet, bottom, column) for column in filled]
    texts = [sheet.text(below, column) for column in filled]
    if not all(is_under or known(text) for is_under, text in zip(under, texts, strict=True)):
        return False
    return any(under) or any(known(text) and heading_key(text) not in ALSO_VALUES for text in texts)


def _is_under_a_group(sheet: Sheet, above: int, column: int) -> bool:
    """Tell whether a cell stands below a group heading: merged over it, or written over its first column only."""
    merge = sheet.merge_at(above, column)
    return (merge is not None and merge.right > merge.left) or not sheet.text(above, column)


def _is_whole(sheet: Sheet, top: int, bottom: int) -> bool:
    """Tell whether no heading cell reaches below the last heading row."""
    merges = (sheet.merge_at(bottom, column) for column in range(sheet.width))
    return not any(
        merge and merge.top >= top and merge.bottom > bottom and merge.top < merge.bottom for merge in merges
    )


def _layout(sheet: Sheet, top: int, bottom: int, given: Mapping[str, str]) -> Layout:
    paths = {column: _path(sheet, top, bottom, column) for column in range(sheet.width)}
    seen: Counter[Field] = Counter()
    columns = []
    for place, path in paths.items():
        if not path:
            continue
        field = meaning(path, given)
        if field and seen[field] and field not in SEVERAL:
            field = None
        elif field:
            seen[field] += 1
        columns.append(Column(place + 1, "/".join(path), field, FATES.get(field, Fate.KEPT)))
    return _of_heads_alone(Layout(top, bottom, tuple(columns)))


def _path(sheet: Sheet, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """Return the headings over one column from top to bottom, each once."""
    texts: list[str] = []
    for row in range(top, bottom + 1):
        text = sheet.shared_text(row, column) or _carried(sheet, row, column, bottom=bottom)
        if text and text not in texts:
            texts.append(text)
    return tuple(texts)


def _carried(sheet: Sheet, row: int, column: int, *, bottom: int) -> str:
    """Return the group heading that was written once, over the first of its columns, without merging."""
    if row == bottom or not sheet.text(row + 1, column):
        return ""
    left = next((place for place in range(column - 1, -1, -1) if sheet.text(row, place)), None)
    return sheet.text(row, left) if left is not None and sheet.text(row + 1, left) else ""


def _of_heads_alone(layout: Layout) -> Layout:
    """Where only heads of households are listed, what is theirs is the person's."""
    if Field.NAME in layout.places or Field.HEAD_NAME not in layout.places:
        return layout
    columns = tuple(replace(column, field=_of_a_person(column.field, layout)) for column in layout.columns)
    return Layout(layout.top, layout.bottom, columns, heads_only=Field.RELATION not in layout.places)


def _of_a_person(field: Field | None, layout: Layout) -> Field | None:
    meant = TO_PERSON.get(field, field) if field else None
    return field if meant in layout.places else meant


def _known(layout: Layout) -> int:
    return sum(column.field is not None for column in layout.columns) - sum(
        column.field is None for column in layout.columns
    )


def _is_certain(layout: Layout, *, first: bool) -> bool:
    meant = {column.field for column in layout.columns if column.field}
    certain = {
        column.field for column in layout.columns if column.field and heading_key(column.heading) not in ALSO_VALUES
    }
    if not meant & OF_PEOPLE or sum(column.field is not None for column in layout.columns) < 2:
        return False
    if first and (len(meant) > 2 or all(column.field for column in layout.columns)):
        return True
    return len(certain) > 1 and bool(certain & (OF_PEOPLE | {Field.IDENTITY, Field.PHONE, Field.RELATION}))


def repeats(sheet: Sheet, row: int, layout: Layout) -> bool:
    """Tell whether a row says the headings again, as at the top of a printed page, or only counts the columns."""
    texts = [sheet.text(row, column) for column in sheet.filled(row)]
    same = sum(heading_key(text) in layout.texts for text in texts)
    if len(texts) > 1 and same * 2 > len(texts) and any(heading_key(t) in layout.texts - ALSO_VALUES for t in texts):
        return True
    return len(texts) > 3 and all(COUNTED_OUT.match(text) for text in texts)


def headings_to_map(sheet: Sheet) -> tuple[str, ...]:
    """Return what looks like headings where none is known: the first of several rows with several short texts."""
    rows = [row for row in range(len(sheet.rows)) if len(sheet.filled(row)) > 1]
    heads = (row for row in rows[:20] if _may_be_headings(sheet, row))
    row = next(heads, None) if len(rows) > 2 else next((row for row in heads if len(sheet.filled(row)) > 2), None)
    return tuple(sheet.text(row, column) for column in sheet.filled(row)) if row is not None else ()
