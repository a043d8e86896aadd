"""A duty's file, read: what is written where, and the first thing in it that makes no sense."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .duty import Duty, Edition, Measure, Unit, Within
from .period import Every
from .terms import BEARERS

HEAD_KEYS = {"id", "part", "title", "owed_by", "about", "post", "private", "local", "by_law", "edition"}
HEAD_MUST = ("id", "part", "title", "owed_by", "about")
EDITION_KEYS = {"since", "source", "minutes", "proven_by", "made_by", "times", "amount", "every", "grace", "after",
                "within", "until", "extended_by", "extensions", "repealed"}  # fmt: skip
PERIODIC = ("every", "grace")
RESPONSE = ("after", "within", "until", "extended_by", "extensions")
# What the parser says, in English and for programmers, and what it comes to.
BROKEN = (
    (r"overwrite|twice|redefine|mutate|Duplicate", "twice"),
    (r"Unclosed|Expected '\]", "bracket"),
    (r"Unterminated|Illegal character", "quotes"),
    (r"Expected '='", "equals"),
    (r"date|Invalid value|hex|Unescaped|Escaped", "value"),
)
SORTS = {str: "text", int: "number", bool: "truth", date: "day", list: "list", dict: "table"}


@dataclass(frozen=True, order=True)
class Nonsense:
    """One thing that makes no sense: where, a code for its words, and what they name."""

    path: str
    line: int
    code: str
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)


class Refused(Exception):
    """A file that cannot be read any further."""

    def __init__(self, nonsense: Nonsense) -> None:
        super().__init__(nonsense)
        self.nonsense = nonsense


@dataclass
class Sheet:
    """One file: its text, its name, and where each key stands."""

    path: str
    text: str
    found: list[Nonsense] = field(default_factory=list)

    def line(self, key: str, n: int | None = None) -> int:
        """Return the line of a key, in the head or in the n-th edition; of that table where the key is missing."""
        table, start = None, 1
        for at, said in enumerate(self.text.splitlines(), start=1):
            if re.match(r"\s*\[\[\s*edition\s*\]\]", said):
                table = 0 if table is None else table + 1
                start = at if table == n else start
            elif table == n and re.match(rf"""\s*(?:\[\s*edition\.)?["']?{re.escape(key)}["']?\s*[.=\]]""", said):
                return at
        return start

    def refuse(self, code: str, key: str = "", n: int | None = None, **facts: object) -> None:
        """Note one thing that makes no sense."""
        told = {name: str(value) for name, value in {"key": key, **facts}.items()}
        self.found.append(Nonsense(self.path, self.line(key, n), code, told))

    def take(self, said: Mapping[str, Any], key: str, sort: type, n: int | None = None) -> Any:
        """Return a key's value if it is of this sort; where it is not, note that and return an empty one."""
        value = said.get(key)
        fits = type(value) is sort  # neither true for a number, nor an instant for a day
        if not fits and key in said:
            self.refuse("of_another_sort", key, n, wanted=SORTS[sort])
        return value if fits else date.max if sort is date else sort()

    def words(self, said: Mapping[str, Any], key: str, n: int | None = None) -> tuple[str, ...]:
        """Return a list of words, each once."""
        listed = self.take(said, key, list, n)
        if not all(isinstance(word, str) for word in listed):
            self.refuse("of_another_sort", key, n, wanted="words")
            return ()
        if len(set(listed)) < len(listed):
            self.refuse("said_twice", key, n)
        return tuple(listed)


def open_sheet(path: Path, shown: str) -> tuple[Sheet, Mapping[str, Any]]:
    """Read a file's text and tables, or refuse it with the line where they break."""
    try:
        text = path.read_text(encoding="utf-8")
        return Sheet(shown, text), tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line, code = broken(str(problem), text)
        raise Refused(Nonsense(shown, line, "not_toml", {"problem": code})) from None
    except UnicodeDecodeError:
        raise Refused(Nonsense(shown, 1, "not_read", {"problem": "letters"})) from None
    except OSError:
        raise Refused(Nonsense(shown, 1, "not_read", {"problem": "not_opened"})) from None


def broken(problem: str, text: str) -> tuple[int, str]:
    """Say on which line the parser found something wrong, and in a code what.

    >>> broken("Expected '=' after a key in a key/value pair (at line 2, column 4)", "id = 1\\nage 3")
    (2, 'equals')
    >>> broken("Unclosed array (at end of document)", "a = [")
    (1, 'bracket')
    """
    at = re.search(r"line (\d+)", problem)
    line = int(at[1]) if at else text.count("\n") + 1
    return line, next((code for said, code in BROKEN if re.search(said, problem)), "line")


def read_duty(sheet: Sheet, said: Mapping[str, Any]) -> Duty:
    """Build the duty a file speaks of; what is wrong with its shape is noted on the sheet."""
    for key in said.keys() - HEAD_KEYS:
        sheet.refuse("key_unknown", key)
    for key in HEAD_MUST:
        if key not in said:
            sheet.refuse("key_missing", key)
    title = sheet.take(said, "title", dict)
    if "title" in said and not all(isinstance(title.get(tongue), str) and title[tongue] for tongue in ("zh", "en")):
        sheet.refuse("title_in_both", "title")
    told = said.get("edition", [])
    editions: Sequence[Mapping[str, Any]] = told if isinstance(told, list) else []
    if editions is not told:
        sheet.refuse("of_another_sort", "edition", wanted="editions")
    owed_by = sheet.take(said, "owed_by", str)
    return Duty(
        id=sheet.take(said, "id", str),
        part=sheet.take(said, "part", str),
        title=title,
        owed_by=owed_by,
        about=sheet.take(said, "about", str),
        post=sheet.take(said, "post", str) or ("instructor" if owed_by == "post" else ""),
        private=sheet.take(said, "private", bool),
        local=sheet.take(said, "local", bool),
        by_law=sheet.take(said, "by_law", bool),
        editions=tuple(read_edition(sheet, edition, n) for n, edition in enumerate(editions)),
    )


def read_edition(sheet: Sheet, said: Mapping[str, Any], n: int | None) -> Edition:
    """Build one edition; what is wrong with its shape is noted on the sheet."""
    for key in sorted(said.keys() - EDITION_KEYS):
        sheet.refuse("key_unknown", key, n)
    repealed = sheet.take(said, "repealed", bool, n)
    for key in ("since", "source") if repealed else ("since", "source", "minutes", "proven_by"):
        if not said.get(key) and said.get(key) != 0:
            sheet.refuse("key_missing", key, n)
    shape = {
        "repealed": repealed,
        "since": sheet.take(said, "since", date, n),
        "source": sheet.take(said, "source", str, n),
    }
    if repealed:
        return Edition(**shape)
    _one_shape(sheet, said, n)
    need, measure = _amount(sheet, said, n)
    return Edition(
        **shape,
        minutes=_minutes(sheet, said, n),
        proven_by=sheet.words(said, "proven_by", n),
        made_by=sheet.words(said, "made_by", n),
        need=need,
        measure=measure,
        every=_every(sheet, said, n),
        grace=_number(sheet, said, "grace", n, least=0) if "grace" in said else 1,
        after=sheet.words(said, "after", n),
        within=_within(sheet, said, n) if "within" in said else None,
        until=sheet.words(said, "until", n),
        extended_by=sheet.words(said, "extended_by", n),
        extensions=_number(sheet, said, "extensions", n) if "extensions" in said else None,
    )


def _one_shape(sheet: Sheet, said: Mapping[str, Any], n: int | None) -> None:
    periodic, response = [k for k in PERIODIC if k in said], [k for k in RESPONSE if k in said]
    if periodic and response:
        sheet.refuse("two_shapes", max(periodic[0], response[0], key=lambda key: sheet.line(key, n)), n)
    elif response:
        for key in ("after", "within", "until"):
            if key not in said or (key == "after" and said[key] == []):
                sheet.refuse("key_missing", key, n)
    elif "every" not in said:
        sheet.refuse("no_shape", "", n)
    if "times" in said and "amount" in said:
        sheet.refuse("times_or_amount", "amount", n)
    if periodic and "times" not in said and "amount" not in said:
        sheet.refuse("key_missing", "times", n)
    if "extensions" in said and "extended_by" not in said:
        sheet.refuse("key_missing", "extended_by", n)


def _amount(sheet: Sheet, said: Mapping[str, Any], n: int | None) -> tuple[int, Measure]:
    if "amount" not in said:
        return (_number(sheet, said, "times", n) if "times" in said else 1), Measure.TIMES
    table = sheet.take(said, "amount", dict, n)
    measures = [measure for measure in (Measure.MINUTES, Measure.CLASS_HOURS) if measure in table]
    if len(measures) != 1 or len(table) != 1:
        sheet.refuse("amount_of_what", "amount", n)
        return 1, Measure.TIMES
    return _number(sheet, {"amount": table[measures[0]]}, "amount", n), measures[0]


def _every(sheet: Sheet, said: Mapping[str, Any], n: int | None) -> Every | None:
    every = sheet.take(said, "every", str, n)
    if every and every not in set(Every):
        sheet.refuse("not_in_list", "every", n, value=every, may=", ".join(Every))
    return Every(every) if every in set(Every) else None


def _minutes(sheet: Sheet, said: Mapping[str, Any], n: int | None) -> Mapping[str, int]:
    """Minutes are one number for who does it, or a number for each who bears some of it."""
    told = said.get("minutes", 0)
    table = told if isinstance(told, dict) else {"": told}
    for who in table.keys() - {"", *BEARERS}:
        sheet.refuse("not_in_list", "minutes", n, value=who, may=", ".join(BEARERS))
    return {who: _number(sheet, {"minutes": value}, "minutes", n, least=0) for who, value in table.items()}


def _within(sheet: Sheet, said: Mapping[str, Any], n: int | None) -> Within | None:
    told = said["within"]
    if told in (Unit.SAME_DAY, Unit.WINDOW):
        return Within(Unit(told))
    table = dict(told) if isinstance(told, dict) else {}
    legal = table.pop("legal", False)
    if len(table) != 1 or not table.keys() <= {Unit.DAYS, Unit.WORKING_DAYS} or not isinstance(legal, bool):
        sheet.refuse("within_what", "within", n)
        return None
    [(unit, value)] = table.items()
    if legal and unit != Unit.DAYS:
        sheet.refuse("within_what", "within", n)
    by_sort = value if isinstance(value, dict) else {"": value}
    if not by_sort:
        sheet.refuse("within_what", "within", n)
    numbers = {sort: _number(sheet, {"within": number}, "within", n) for sort, number in by_sort.items()}
    return Within(Unit(unit), numbers, legal=bool(legal))


def _number(sheet: Sheet, said: Mapping[str, Any], key: str, n: int | None, *, least: int = 1) -> int:
    value: int = sheet.take(said, key, int, n)
    if isinstance(said.get(key), int) and value < least:
        sheet.refuse("too_small", key, n, least=least)
    return value
