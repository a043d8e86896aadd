"""What offices write for yes and no, for membership, sex and days; what is not clear stays not clear."""

import re
import tomllib
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from concerto.groundwork.letters import packed, says_nothing

TICKS = frozenset("√✓✔☑🗹v●■◉⊙")
CROSSES = frozenset("×✗✘x☐□○◯〇✕✖")
SOLID_DAY = re.compile(r"^(\d{4})(\d{2})?(\d{2})?$")
PARTED_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?)?[日号]?(?:00:00:00)?$")


class Membership(StrEnum):
    """Whether a person is a member of the party, as a roster can tell it."""

    FULL = "full"
    PROBATIONARY = "probationary"


@lru_cache
def words(name: str) -> frozenset[str]:
    """Return one list of the words that lie beside this module."""
    table = tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))
    return frozenset(table[name])


@lru_cache
def _sexes() -> dict[str, str]:
    table = tomllib.loads((Path(__file__).parent / "marks.toml").read_text(encoding="utf-8"))["sex"]
    return {word: name for name, listed in table.items() for word in listed}


class Unclear(Exception):
    """The cell holds something that is neither clearly one thing nor clearly another."""


def yes_or_no(raw: object) -> bool | None:
    """Return what a mark says, None when the cell is empty.

    >>> [yes_or_no(mark) for mark in ("√", "是", 1.0, "×", "否", "/", "")]
    [True, True, True, False, False, False, None]
    """
    text = packed(raw).lower()
    if not text:
        return None
    if text in words("yes") or set(text) <= TICKS:
        return True
    if text in words("no") or says_nothing(text) or set(text) <= CROSSES:
        return False
    raise Unclear


def helped(raw: object) -> bool | None:
    """Return whether a household is a helped one, None when the cell is empty."""
    text = packed(raw)
    if text in words("helped") | words("not_helped"):
        return text in words("helped")
    return yes_or_no(raw)


def membership(raw: object) -> Membership | None:
    """Return the membership a cell states: by a word, or by a tick under a heading for members."""
    text = packed(raw)
    if text in words("probationary_member"):
        return Membership.PROBATIONARY
    if text in words("full_member"):
        return Membership.FULL
    if text in words("no_member"):
        return None
    return Membership.FULL if yes_or_no(raw) else None


def is_floating(raw: object) -> bool:
    """Tell whether a cell under "floating member" or "membership" says that the member lives elsewhere."""
    return packed(raw) == "流动党员"


def sex(raw: object) -> str | None:
    """Return "male" or "female", None when the cell is empty."""
    text = packed(raw).lower()
    if not text or says_nothing(text):
        return None
    if text not in _sexes():
        raise Unclear
    return _sexes()[text]


def born(raw: object) -> str | None:
    """Return a date of birth as it is known: a day, a month or a year, in ISO form.

    >>> born("1970年1月2日"), born(19700102.0), born("1970.01"), born("1970")
    ('1970-01-02', '1970-01-02', '1970-01', '1970')
    """
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = packed(raw)
    if not text or says_nothing(text):
        return None
    found = SOLID_DAY.match(text) or PARTED_DAY.match(text)
    if found is None:
        raise Unclear
    return _iso(*(int(part) if part else None for part in found.groups()))


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    try:
        known = date(year or 0, month or 1, day or 1).isoformat()
    except ValueError:
        raise Unclear from None
    if month is None:
        return known[:4]
    return known if day is not None else known[:7]


def is_head(relation: object) -> bool:
    """Tell whether a relation says that this person is the head of the household."""
    return packed(relation) in words("head")
