"""Puts the lines of one village together into households, wherever in the sheet their people stand.

What tells a household, the first that the sheet has: its number (filled once, repeated, merged, or again further down
for somebody added later); the name of its head; merged cells; the head's own line, after which the others follow.
"""

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from concerto.papers.roster import marks
from concerto.papers.roster.fields import Field
from concerto.papers.roster.found import Household, Person
from concerto.papers.roster.lines import Line
from concerto.papers.roster.marks import Unclear


@dataclass(eq=False)
class Group:
    """A household while its lines are being gathered."""

    lines: list[Line] = field(default_factory=list)

    @property
    def head(self) -> Line | None:
        """The line marked as the head's."""
        return next((line for line in self.lines if line.is_head), None)

    @property
    def head_name(self) -> str:
        """The head's name, by their own line or by the column that repeats it."""
        named = (line.head_name for line in self.lines if line.head_name)
        return next(named, "") or (self.head.name if self.head else "")


def settle_marks(lines: list[Line]) -> None:
    """Decide, over all lines of a layout, what a column can only tell as a whole.

    A column headed "head of household" may hold names or ticks; a column of running numbers may number households or
    persons.
    """
    by_layout: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        by_layout[line.layout.key].append(line)
    for some in by_layout.values():
        _settle_heads(some)
        if not any(line.number for line in some) and _numbers_households(some):
            for line in some:
                line.number = line.serial
                if Field.SERIAL in line.blocks:
                    line.blocks[Field.NUMBER] = line.blocks[Field.SERIAL]


def _settle_heads(lines: list[Line]) -> None:
    written = [line.head_name for line in lines if line.head_name]
    if written and all(_is_a_mark(text) for text in written):
        for line in lines:
            line.head_mark, line.head_name = line.head_mark or line.head_name, ""
    for line in lines:
        if line.head_mark:
            line.is_head |= marks.is_head(line.head_mark) or _ticked(line.head_mark)


def _is_a_mark(text: str) -> bool:
    try:
        return marks.is_head(text) or marks.yes_or_no(text) is not None
    except Unclear:
        return False


def _ticked(text: str) -> bool:
    try:
        return bool(marks.yes_or_no(text))
    except Unclear:
        return False


def _numbers_households(lines: list[Line]) -> bool:
    """Tell whether running numbers number households: merged, left out for others than heads, or one per head."""
    numbers = [line.serial for line in lines]
    if not any(numbers):
        return False
    twice_running = any(one == other != "" for one, other in itertools.pairwise(numbers))
    if twice_running or any(Field.SERIAL in line.blocks for line in lines):
        return True
    if not all(numbers):
        heads = [line for line in lines if line.is_head]
        return not heads or sum(bool(line.serial) for line in heads) * 2 > len(heads)
    of_heads = [line.serial for line in lines if line.is_head]
    return len(set(numbers)) < len(numbers) and len(set(of_heads)) == len(of_heads) and set(of_heads) == set(numbers)


def are_told(lines: list[Line]) -> bool:
    """Tell whether anything in the lines says who belongs to which household."""
    return any(line.number or line.head_name or line.blocks or line.is_head or line.relation for line in lines)


@dataclass(eq=False)
class Found:
    """The households found so far, and again by their number and by the name of their head."""

    groups: list[Group] = field(default_factory=list)
    by_number: dict[str, list[Group]] = field(default_factory=lambda: defaultdict(list))
    by_head: dict[str, list[Group]] = field(default_factory=lambda: defaultdict(list))

    def add(self, line: Line, group: Group) -> None:
        """Add a line to its household, a new one where it is the first."""
        if not group.lines:
            self.groups.append(group)
        group.lines.append(line)
        for index, key in ((self.by_number, line.number), (self.by_head, group.head_name)):
            if key and group not in index[key]:
                index[key].append(group)


def gathered(lines: list[Line]) -> list[Household]:
    """Gather the lines of one village, in the order of the sheet, into households."""
    found = Found()
    current: Group | None = None
    for line in lines:
        current = _place(line, current, found)
        found.add(line, current)
    for group in found.groups:
        _judge(group)
    return [_household(group) for group in found.groups]


def _place(line: Line, current: Group | None, found: Found) -> Group:
    """Return the household a line belongs to: the one before, an earlier one, or a new one."""
    last = current.lines[-1] if current else None
    if current and last and _same_block(line, last):
        return current
    if line.number:
        return _by_number(line, current, found)
    if line.head_name:
        return _by_head_name(line, current, found)
    if current is None or line.is_head:
        return Group()
    if _apart(line, current):
        line.flag("household_unclear")
        return Group()
    return current


def _same_block(line: Line, last: Line) -> bool:
    return any(last.blocks.get(meant) == top for meant, top in line.blocks.items())


def _apart(line: Line, current: Group) -> bool:
    """Tell whether a line that names no household can't simply belong to the one above it."""
    last = current.lines[-1]
    merged_before = last.blocks and not line.blocks
    return line.layout.key != last.layout.key or bool(merged_before)


def _by_number(line: Line, current: Group | None, found: Found) -> Group:
    if current and _goes_on(line, current):
        return current
    same = _narrowed(found.by_number.get(line.number, []), line)
    if not same or (line.is_head and all(group.head for group in same)):
        return Group()
    if len(same) > 1:
        line.flag("household_unclear")
        return Group()
    return same[0]


def _goes_on(line: Line, current: Group) -> bool:
    """Tell whether a line carries on the household above: the same number, and no other group of the village."""
    last = current.lines[-1]
    groups = {line.group, last.group, current.lines[0].group} - {""}
    return last.number == line.number and last.layout.key == line.layout.key and len(groups) < 2


def _narrowed(groups: list[Group], line: Line) -> list[Group]:
    """Keep those of several households that also agree in group and in the name of the head."""
    if line.group:
        groups = [group for group in groups if group.lines[0].group == line.group] or groups
    if line.head_name:
        groups = [group for group in groups if group.head_name == line.head_name]
    return groups


def _by_head_name(line: Line, current: Group | None, found: Found) -> Group:
    if current and current.head_name == line.head_name and not (line.is_head and current.head):
        return current
    if line.is_head:
        return Group()
    same = found.by_head.get(line.head_name, [])
    if len(same) > 1 and line.group:
        same = [group for group in same if group.lines[0].group == line.group] or same
    if len(same) > 1:
        line.flag("household_unclear")
    return same[0] if len(same) == 1 else Group()


def _judge(group: Group) -> None:
    """Settle who the head is, add the head's own columns to the head, and flag what does not agree."""
    first = group.lines[0]
    heads = [line for line in group.lines if line.is_head]
    if not heads:
        heads = [line for line in group.lines if line.head_name and line.name == line.head_name][:1]
    if not heads and _has_own_columns(first):
        heads = [_head_apart(group)]
    if len(heads) > 1:
        heads[1].flag("household_with_two_heads")
    elif not heads and first.head_name:
        first.flag("head_not_listed")
    elif not heads and Field.RELATION in first.layout.places:
        first.flag("household_without_head")
    for line in group.lines:
        line.is_head = bool(heads) and line is heads[0]
    if heads:
        _take_over(heads[0], group)


def _has_own_columns(line: Line) -> bool:
    return bool(line.head_name) and bool({Field.HEAD_IDENTITY, Field.HEAD_PHONE} & line.layout.places.keys())


def _head_apart(group: Group) -> Line:
    """Make a line for a head who stands only in columns of their own, beside the other people of the household."""
    first = next(line for line in group.lines if line.head_name)
    head = Line(first.row, first.layout, first.head_name, is_head=True, number=first.number, group=first.group)
    group.lines.insert(0, head)
    return head


def _take_over(head: Line, group: Group) -> None:
    head.identity = head.identity or next((line.head_identity for line in group.lines if line.head_identity), None)
    phones = [phone for line in group.lines for phone in line.head_phones]
    have = {phone.number for phone in head.phones}
    head.phones += tuple({phone.number: phone for phone in phones if phone.number not in have}.values())


def _household(group: Group) -> Household:
    first = group.lines[0]
    places: dict[Field, str] = {}
    for line in group.lines:
        places = {**line.places, **places}
    by_hand = first.number if Field.NUMBER in first.layout.places else ""
    return Household(
        row=min(line.row for line in group.lines) + 1,
        people=tuple(_person(line) for line in group.lines),
        number=by_hand,
        group=next((line.group for line in group.lines if line.group), ""),
        helped=_helped(group),
        places=places,
    )


def _helped(group: Group) -> bool:
    """Return whether the household is helped; where its lines say both, nobody guesses."""
    said = Counter(line.helped for line in group.lines if line.helped is not None)
    if len(said) > 1:
        group.lines[0].flag("helped_unclear", group.lines[0].layout.at(Field.HELPED))
        return False
    return said[True] > 0


def _person(line: Line) -> Person:
    return Person(
        row=line.row + 1,
        name=line.name,
        relation=line.relation,
        is_head=line.is_head,
        identity=line.identity,
        born=line.born,
        sex=line.sex,
        phones=line.phones,
        aliases=line.aliases,
        membership=line.membership,
        floating=line.floating,
    )
