"""The language of a sheet: closed and small, so that a phone reads it too. `{n}` stands for the slot one is in."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

Answers = Mapping[str, list[str]]


class Node(msgspec.Struct, frozen=True, omit_defaults=True):
    """One word of the language."""


class If(Node, frozen=True):
    """Holds when the question got one of these answers; without values, when it got any."""

    of: str
    values: tuple[str, ...] = ()


class Thing(Node, frozen=True, tag="thing"):
    """An id that was known before: of the household, the village, the entry's first, what a slot opens."""

    name: str


class New(Node, frozen=True, tag="new"):
    """An id that the entry itself gives, to what it opens."""

    name: str


class Fixed(Node, frozen=True, tag="fixed"):
    """The same whatever is answered."""

    value: str


class Kept(Node, frozen=True, tag="kept"):
    """What the form does not ask: a correction says it again as it was."""


class One(Node, frozen=True, tag="one"):
    """The one answer to a question, or else `otherwise`, which with `blank` is shown again as no answer."""

    of: str
    otherwise: str | None = None
    blank: bool = False


class Whole(Node, frozen=True, tag="whole"):
    """The answer as a whole number. With `nought` none is an answer as well: it is said, and shown again."""

    of: str
    otherwise: int | None = None
    nought: bool = False


class Clock(Node, frozen=True, tag="clock"):
    """The answer, a time of day, as minutes since midnight."""

    of: str


class Nth(Node, frozen=True, tag="nth"):
    """Which of the filled slots of a list the answer names, from nought; past the last where it is not filled."""

    of: str
    slots: tuple[str, ...]
    filled: If


class Many(Node, frozen=True, tag="many"):
    """All answers but those that mean something else; as whole numbers where they are."""

    of: str
    but: tuple[str, ...] = ()
    whole: bool = False


class Tick(Node, frozen=True, tag="tick"):
    """True where the question was ticked, and nothing else."""

    of: str


class Among(Node, frozen=True, tag="among"):
    """The first answer that is one of these, else `otherwise`; shown again as `shown`."""

    of: str
    values: tuple[str, ...]
    otherwise: str
    shown: str


class Sealed(Node, frozen=True, tag="sealed"):
    """The digest of words. `to` is who may read them, or with `chosen` the question that says so.

    `carried`: words whose text the writer may not read stay as they are, unless other words are written.
    """

    of: str
    about: str
    to: str = "place"
    chosen: str = ""
    carried: bool = False
    name: str = ""


class SealedEach(Node, frozen=True, tag="sealed_each"):
    """The digests of several texts."""

    of: str
    about: str


class Record(Node, frozen=True, tag="record"):
    """Several values that are right only together; what has none is left out."""

    of: "dict[str, Value]"


class ListOf(Node, frozen=True, tag="list"):
    """A list of exactly this."""

    of: "tuple[Value, ...]"


class Slots(Node, frozen=True, tag="slots"):
    """A record for each slot that is filled. `{k}` counts those that are.

    What a slot `opens` gets the id it had before; what was said before and is not shown is said again as it was.
    """

    slots: tuple[str, ...]
    filled: If
    of: "dict[str, Value]"
    opens: str = ""
    words: str = ""


Given = One | Whole | Clock | Nth | Many | Tick | Among | Sealed | SealedEach  # what rests on one question
Value = Thing | New | Fixed | Kept | Given | Record | ListOf | Slots


class Ask(Node, frozen=True):
    """How an answer is read: what keyboards hid in it is taken out, and what can't be meant is named.

    `free` text is sealed words: no identity number may stand in it.
    """

    read: Literal[
        "one",
        "many",
        "words",
        "plain",
        "name",
        "names",
        "phones",
        "day",
        "ahead",
        "born",
        "whole",
        "time",
        "serial",
    ] = "one"
    most: int = 0
    least: int = 0
    free: bool = False


class Check(Node, frozen=True):
    """Something is missing when `when` holds: an answer, one `among` the answers to another question, or `least`.

    Nothing is where `unless` holds: another question got the answer.
    """

    of: str
    code: str
    when: If | None = None
    values: tuple[str, ...] = ()
    among: str = ""
    least: int = 1
    unless: If | None = None


class People(Node, frozen=True):
    """Rows of people, each an entry of its own after the sheet's: `p0-name`, `p1-name` and so on."""

    sheet: str
    prefix: str
    most: int
    somebody: str
    head: If
    found_as: str


class Sheet(Node, frozen=True, kw_only=True):
    """One form: which kind it says, about what, in which unit, on which day, and how each field follows.

    `parts` are the fields with sealed words in the order in which an entry names their digests; `changes` names the
    thing of which only altered fields are said, or with `always` whatever is asked; `silent` holds values that go
    without saying; `slips` is the question that asks, of each need, for the number of the slip that was left for it.
    """

    name: str
    kind: str
    version: int = 1
    about: str
    fields: dict[str, Value]
    asks: dict[str, Ask]
    unit: Value = Thing("village")
    happened: Literal["asked", "today"] = "today"
    parts: tuple[str, ...] = ()
    changes: str = ""
    always: bool = False
    silent: dict[str, str] = {}
    checks: tuple[Check, ...] = ()
    people: People | None = None
    slips: str = ""


def as_data(sheet: Sheet) -> dict[str, Any]:
    """Write a sheet as a phone reads it."""
    data: dict[str, Any] = msgspec.to_builtins(sheet)
    return data


def asked_in(value: Value) -> tuple[str, ...]:
    """Name the questions a value rests on."""
    if isinstance(value, Record):
        return tuple(name for inner in value.of.values() for name in asked_in(inner))
    if isinstance(value, Slots):
        inner_names = [value.filled.of, *(name for inner in value.of.values() for name in asked_in(inner))]
        return tuple(name.replace("{n}", slot) for slot in value.slots for name in inner_names)
    return (value.of,) if isinstance(value, Given) else ()
