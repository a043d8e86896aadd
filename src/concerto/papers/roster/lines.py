"""One person's line: what its cells say, cleaned, and what is not clear. Nothing stands in for a bad value."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from concerto.groundwork.identity import Fault, IdentityNumber, read_identity
from concerto.groundwork.letters import packed, plain, says_nothing
from concerto.groundwork.names import clean_name, without_remark
from concerto.groundwork.phones import Phone, read_phones
from concerto.papers.roster import marks
from concerto.papers.roster.fields import Field
from concerto.papers.roster.flags import Flag
from concerto.papers.roster.grid import Sheet, Value
from concerto.papers.roster.layout import Layout
from concerto.papers.roster.marks import Membership, Unclear
from concerto.papers.roster.rows import name_in

PLACES = (
    *(Field.TOWN_HOME, Field.WINTER_PASTURE, Field.SUMMER_PASTURE),
    *(Field.ADDRESS, Field.REACHABLE_BY, Field.BEST_SEASON),
)
OF_THE_HOUSEHOLD = frozenset((*PLACES, Field.HELPED, Field.HEAD_NAME, Field.NUMBER, Field.SERIAL))
NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
T = TypeVar("T")


@dataclass(repr=False)
class Line:
    """What one row says of one person and of the household; `row` counts from 0, `blocks` are its merged cells."""

    row: int
    layout: Layout
    name: str
    relation: str = ""
    is_head: bool = False
    identity: IdentityNumber | None = None
    born: str | None = None
    sex: str | None = None
    phones: tuple[Phone, ...] = ()
    aliases: tuple[str, ...] = ()
    membership: Membership | None = None
    floating: bool = False
    number: str = ""
    serial: str = ""
    head_name: str = ""
    head_mark: str = ""
    head_identity: IdentityNumber | None = None
    head_phones: tuple[Phone, ...] = ()
    group: str = ""
    helped: bool | None = None
    places: dict[Field, str] = field(default_factory=dict)
    blocks: dict[Field, int] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Line(row={self.row})"

    def flag(self, code: str, place: int | None = None) -> None:
        """Note what a person has to look at, once."""
        if code not in {flag.code for flag in self.flags}:
            self.flags.append(Flag(self.row + 1, self.name, code, None if place is None else place + 1))


def line_at(sheet: Sheet, row: int, layout: Layout) -> Line:
    """Read the line of one person."""
    name, remark = without_remark(name_in(sheet, row, layout))
    line = Line(row, layout, name)
    _flag_the_cells(sheet, line)
    if remark:
        line.flag("name_with_remark", layout.at(Field.NAME))
    if re.search(r"[*＊]", name):
        line.flag("name_masked", layout.at(Field.NAME))
    _read_person(sheet, line)
    _read_membership(sheet, line)
    _read_household(sheet, line)
    return line


def add_to(line: Line, sheet: Sheet, row: int) -> None:
    """Add what a second row of the same person holds: further telephone numbers."""
    for place in line.layout.places.get(Field.PHONE, ()):
        line.phones += _phones(sheet.own(row, place), line, place)


def _flag_the_cells(sheet: Sheet, line: Line) -> None:
    for place, meant in line.layout.fields.items():
        if meant not in (None, Field.NOT_KEPT, Field.ASIDE) and (line.row, place) in sheet.unfilled:
            line.flag("never_calculated", place)


def _read_person(sheet: Sheet, line: Line) -> None:
    own = _reader(sheet, line)
    line.relation = plain(own(Field.RELATION))
    line.is_head = marks.is_head(line.relation) or line.layout.heads_only
    line.identity = _identity(own(Field.IDENTITY), line, line.layout.at(Field.IDENTITY))
    line.head_identity = _identity(own(Field.HEAD_IDENTITY), line, line.layout.at(Field.HEAD_IDENTITY))
    line.born = _clear(marks.born, own(Field.BORN), line, "born_unclear", line.layout.at(Field.BORN))
    line.sex = _clear(marks.sex, own(Field.SEX), line, "sex_unclear", line.layout.at(Field.SEX))
    add_to(line, sheet, line.row)
    for place in line.layout.places.get(Field.HEAD_PHONE, ()):
        line.head_phones += _phones(sheet.own(line.row, place), line, place)
    names = (clean_name(sheet.own(line.row, place)) for place in line.layout.places.get(Field.ALIAS, ()))
    line.aliases = tuple(name for name in names if name and not says_nothing(name) and name != line.name)


def _reader(sheet: Sheet, line: Line) -> Callable[[Field], Value]:
    def own(meant: Field) -> Value:
        place = line.layout.at(meant)
        if place is None:
            return ""
        return sheet.shared(line.row, place) if meant in OF_THE_HOUSEHOLD else sheet.own(line.row, place)

    return own


def _identity(raw: Value, line: Line, place: int | None) -> IdentityNumber | None:
    read = read_identity(raw)
    if isinstance(read, Fault):
        line.flag(read.value, place)
        return None
    return read


def _phones(raw: Value, line: Line, place: int) -> tuple[Phone, ...]:
    read = read_phones(raw)
    if read.fault:
        line.flag(read.fault.value, place)
    have = {phone.number for phone in (*line.phones, *line.head_phones)}
    return tuple(phone for phone in read.phones if phone.number not in have)


def _clear(judge: Callable[[object], T | None], raw: Value, line: Line, code: str, place: int | None) -> T | None:
    try:
        return judge(raw)
    except Unclear:
        line.flag(code, place)
        return None


def _read_membership(sheet: Sheet, line: Line) -> None:
    """Read all columns that speak of membership; "probationary" in any of them is more exact than "member"."""
    said: set[Membership | None] = set()
    for place in line.layout.places.get(Field.STATUS, ()):
        raw = sheet.own(line.row, place)
        said.add(_clear(marks.membership, raw, line, "membership_unclear", place))
        line.floating |= marks.is_floating(raw)
    own = _reader(sheet, line)
    at = line.layout.at
    if _clear(_is_probationary, own(Field.PROBATIONARY), line, "membership_unclear", at(Field.PROBATIONARY)):
        said.add(Membership.PROBATIONARY)
    line.floating |= bool(_clear(_is_floating, own(Field.FLOATING), line, "membership_unclear", at(Field.FLOATING)))
    exact = (Membership.PROBATIONARY, Membership.FULL)
    line.membership = next((one for one in exact if one in said), None)


def _is_probationary(raw: object) -> bool | None:
    return packed(raw) in marks.words("probationary_member") or marks.yes_or_no(raw)


def _is_floating(raw: object) -> bool | None:
    return marks.is_floating(raw) or marks.yes_or_no(raw)


def _read_household(sheet: Sheet, line: Line) -> None:
    own, at = _reader(sheet, line), line.layout.at
    line.number = packed(own(Field.NUMBER))
    line.serial = packed(own(Field.SERIAL))
    line.head_name, _ = without_remark(clean_name(own(Field.HEAD_NAME)))
    line.head_mark = packed(own(Field.HEAD_MARK))
    line.helped = _clear(marks.helped, own(Field.HELPED), line, "helped_unclear", at(Field.HELPED))
    for meant in PLACES:
        texts = (sheet.shared_text(line.row, place) for place in line.layout.places.get(meant, ()))
        if said := "；".join(dict.fromkeys(text for text in texts if not says_nothing(text))):
            line.places[meant] = said
    for meant in (Field.NUMBER, Field.SERIAL, Field.HEAD_NAME):
        place = at(meant)
        merge = sheet.merge_at(line.row, place) if place is not None else None
        if merge and merge.bottom > merge.top:
            line.blocks[meant] = merge.top


def group_of(text: object) -> str:
    """Return a village group's name with its number in digits, so that 一组, １组 and 1组 are one.

    >>> group_of("２组"), group_of("二组"), group_of("第十一村民小组")
    ('2组', '2组', '第十一村民小组')
    """
    packed_text = packed(text)
    return packed_text.translate(NUMERALS) if "十" not in packed_text else packed_text
