"""From answers to what is said: a sheet read with what the writer's device knows."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ...said import Audience, SealedPart
from ..slips import slip_key
from .language import (
    Among,
    Answers,
    Clock,
    Fixed,
    If,
    Kept,
    ListOf,
    Many,
    New,
    Nth,
    One,
    Record,
    Sealed,
    SealedEach,
    Sheet,
    Slots,
    Thing,
    Tick,
    Value,
    Whole,
    asked_in,
)

DIGEST = re.compile(r"[0-9a-f]{64}")
Body = dict[str, Any]
Seal = Callable[[str, UUID, Audience, str], SealedPart]


@dataclass(frozen=True)
class Before:
    """The last wording of what is corrected, and those of its sealed parts that its writer may read."""

    body: Mapping[str, Any]
    parts: Mapping[str, SealedPart]

    def shown(self, records: Iterable[Mapping[str, Any]], words: str) -> list[Mapping[str, Any]]:
        """Keep the records whose words are read, or that have none."""
        return [record for record in records if not record.get(words) or record[words] in self.parts]

    def hidden(self, records: Iterable[Mapping[str, Any]], words: str) -> list[Mapping[str, Any]]:
        """Keep the records whose words this writer may not read: they are said again as they are."""
        return [record for record in records if record.get(words) and record[words] not in self.parts]


@dataclass(frozen=True)
class Context:
    """What a device knows beside the answers: ids by name, the day, how it seals, what was said before or shown."""

    things: Mapping[str, UUID]
    today: date
    new_id: Callable[[str], UUID]
    seal: Seal
    before: Before | None = None
    shown: Answers = field(default_factory=dict)


class Composed(NamedTuple):
    """One entry's body, the parts sealed for it, its digests as the entry names them, its day and its unit."""

    kind: str
    version: int
    body: Body
    sealed: list[SealedPart]
    digests: list[str]
    happened_on: date
    unit: UUID


def compose(sheet: Sheet, answers: Answers, context: Context) -> Composed:
    """Write what answers say. They have been read and checked before."""
    writer = _Writer(sheet, answers, context)
    body = {name: writer.value(value, name) for name, value in sheet.fields.items() if writer.is_said(value)}
    if not sheet.changes:
        body = {name: value for name, value in body.items() if not _is_silent(sheet, name, value)}
    digests = [digest for name in sheet.parts for digest in digests_in(body.get(name))]
    unit = writer.value(sheet.unit, "")
    return Composed(
        sheet.kind, sheet.version, body, writer.parts, digests, _day(sheet, answers, context), UUID(str(unit))
    )


def compose_all(
    sheet: Sheet, answers: Answers, contexts: Callable[[int], Context], sheets: Mapping[str, Sheet]
) -> list[Composed]:
    """Write a form of several entries: its own, then one for each row of people. Each has a context of its own.

    A form that asks for slips is followed by one entry for each that was left.
    """
    if sheet.people is None:
        context = contexts(0)
        told = [compose(sheet, answers, context)]
        is_asked = sheet.slips and context.before is None
        return told + (slips_left(sheet, answers, told[0], context.things["log"]) if is_asked else [])
    rows = rows_of(sheet, answers)
    head = next((at for at, row in enumerate(rows) if holds(sheet.people.head, row)), 0)
    house = contexts(0)
    each = [contexts(at + 1) for at in range(len(rows))]
    things = {"household": house.new_id("household"), "village": UUID(answers["village"][0])}
    if rows:
        things["head"] = each[head].new_id("resident")
    told = [compose(sheet, answers, _knowing(house, things))]
    of_person = sheets[sheet.people.sheet]
    for row, context in zip(rows, each, strict=True):
        own = {**things, "resident": context.new_id("resident")}
        told.append(compose(of_person, row, _knowing(context, own)))
    return told


def slips_left(sheet: Sheet, answers: Answers, own: Composed, log: UUID) -> list[Composed]:
    """Write which slip was left for each need that this entry wrote down first."""
    needs = sheet.fields["needs"]
    assert isinstance(needs, Slots)
    there, told = [slot for slot in needs.slots if holds(needs.filled, answers, slot)], []
    for need, slot in zip(own.body.get("needs", ()), there, strict=True):
        for serial in answers.get(sheet.slips.replace("{n}", slot), ()):
            slip, what = str(slip_key(log, serial)), {"matter": need["need"], "what": "need"}
            body = {"slip": slip, **what, "household": need["household"]}
            told.append(own._replace(kind="matter_slip", version=1, body=body, sealed=[], digests=[]))
    return told


def rows_of(sheet: Sheet, answers: Answers) -> list[dict[str, list[str]]]:
    """Give the answers of each row of people that names somebody, under their own names."""
    if sheet.people is None:
        return []
    found = []
    for n in range(sheet.people.most):
        prefix = sheet.people.prefix.replace("{n}", str(n))
        row = {name.removeprefix(prefix): given for name, given in answers.items() if name.startswith(prefix)}
        if row.get(sheet.people.somebody):
            found.append(row)
    return found


def holds(condition: If, answers: Answers, slot: str = "") -> bool:
    """Tell whether a condition holds for these answers."""
    given = answers.get(condition.of.replace("{n}", slot), [])
    return any(one in condition.values for one in given) if condition.values else bool(given)


def digests_in(value: Any) -> list[str]:
    """List the digests a value names, in the order in which they stand."""
    if isinstance(value, str):
        return [value] if DIGEST.fullmatch(value) else []
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [digest for one in inner for digest in digests_in(one)]


def _answered(value: Value, answers: Answers) -> list[Any]:
    """Give the answers a value rests on; of slots, of those alone that are filled."""
    if not isinstance(value, Slots):
        return [sorted(answers.get(name, [])) for name in asked_in(value)]  # the form's order is no change
    inner = [name for one in value.of.values() for name in asked_in(one)]
    filled = [slot for slot in value.slots if holds(value.filled, answers, slot)]
    return [[answers.get(name.replace("{n}", slot), []) for name in inner] for slot in filled]


def _knowing(context: Context, things: Mapping[str, UUID]) -> Context:
    return Context(
        {**context.things, **things}, context.today, context.new_id, context.seal, context.before, context.shown
    )


def _is_silent(sheet: Sheet, name: str, value: Any) -> bool:
    of, silent = sheet.fields[name], sheet.silent.get(name)
    if isinstance(of, Whole) and of.nought and value == 0:
        return False
    return value in (None, [], 0, "") or (silent is not None and value == silent)


def _day(sheet: Sheet, answers: Answers, context: Context) -> date:
    if sheet.happened == "today":
        return context.today
    [day] = answers["day"]
    if day == "other":
        return date.fromisoformat(answers["on"][0])
    return context.today - timedelta(days=day == "yesterday")


class _Writer:
    """Writes the values of one body, and keeps the parts that were sealed on the way."""

    def __init__(self, sheet: Sheet, answers: Answers, context: Context) -> None:
        self.sheet, self.answers, self.context = sheet, answers, context
        self.things: dict[str, Any] = dict(context.things)
        self.slot = self.count = ""
        self.parts: list[SealedPart] = []

    def is_said(self, value: Value) -> bool:
        """Tell whether a field is said: of a change, only what was altered."""
        if not self.sheet.changes or self.sheet.always or not asked_in(value):
            return True
        return _answered(value, self.answers) != _answered(value, self.context.shown)

    def given(self, name: str) -> list[str]:
        return self.answers.get(self._named(name), [])

    def value(self, value: Value, field: str) -> Any:
        """Write one value; None where nothing is said."""
        match value:
            case Thing(name):
                thing = self.context.today if name == "today" else self.things.get(name)
                return str(thing) if thing else None
            case New(name):
                return str(self.things.get("opened") or self.context.new_id(self._named(name)))
            case Fixed(fixed):
                return fixed
            case Kept():
                return self.context.before.body.get(field) if self.context.before else None
            case One(of, otherwise):
                return next(iter(self.given(of)), otherwise)
            case Whole(of, otherwise):
                return next((int(one) for one in self.given(of)), otherwise)
            case Clock(of):
                return next((int(one[:2]) * 60 + int(one[3:]) for one in self.given(of)), None)
            case Nth(of, slots, filled):
                return next((self._place(one, slots, filled) for one in self.given(of)), None)
            case Many(of, but, whole):
                return [int(one) if whole else one for one in self.given(of) if one not in but]
            case Tick(of):
                return True if self.given(of) else None
            case Among(of, values, otherwise):
                return next((one for one in self.given(of) if one in values), otherwise)
            case ListOf(of):
                return [self.value(one, field) for one in of]
            case Record(of):
                return self._record(of) or None
            case Sealed():
                return self._sealed(value, field)
            case SealedEach(of, about):
                return [self._seal(f"{of}.{n}", about, "place", text) for n, text in enumerate(self.given(of))]
            case Slots():
                return self._slots(value, field)

    def _named(self, name: str) -> str:
        return name.replace("{n}", self.slot).replace("{k}", self.count)

    def _place(self, named: str, slots: Iterable[str], filled: If) -> int:
        there = [slot for slot in slots if holds(filled, self.answers, slot)]
        return there.index(named) if named in there else len(there)

    def _record(self, of: Mapping[str, Value]) -> Body:
        said = {name: self.value(value, name) for name, value in of.items()}
        return {name: value for name, value in said.items() if value is not None}

    def _sealed(self, value: Sealed, field: str) -> str | None:
        text = next(iter(self.given(value.of)), "")
        if text:
            to = next(iter(self.given(value.chosen)), value.to) if value.chosen else value.to
            return self._seal(self._named(value.name or value.of), value.about, to, text)
        before = self.context.before
        was = before.body.get(field) if before is not None and value.carried else None
        return was if before is not None and was not in before.parts else None

    def _seal(self, name: str, about: str, to: str, text: str) -> str:
        """Name the digest of words; words that were not touched keep the one they have."""
        whom, audience = UUID(str(self.things[about])), Audience(to)
        for digest, part in self.context.before.parts.items() if self.context.before else ():
            if (part.about, part.audience, part.text) == (whom, audience, text):
                return digest
        part = self.context.seal(name, whom, audience, text)
        self.parts.append(part)
        return part.digest

    def _slots(self, value: Slots, field: str) -> list[Any]:
        before = self.context.before
        was = before.body.get(field, []) if before is not None and value.opens else []
        known = before.shown(was, value.words) if before is not None else []
        carried = [*(before.hidden(was, value.words) if before is not None else []), *known[len(value.slots) :]]
        said: list[Any] = [dict(one) for one in carried]
        filled = 0
        for at, slot in enumerate(value.slots):
            if holds(value.filled, self.answers, slot):
                self.slot, self.count = slot, str(filled)
                if value.opens:
                    opens = value.of[value.opens]
                    assert isinstance(opens, New)
                    self.things["opened"] = (
                        known[at][value.opens] if at < len(known) else self.context.new_id(self._named(opens.name))
                    )
                said.append(self._record(value.of))
                filled += 1
                self.things.pop("opened", None)
        return said
