"""The way back: from what was said to the answers that said it, for a correction and for mending what was sent back."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from .language import (
    Among,
    Clock,
    If,
    Many,
    New,
    Nth,
    One,
    Record,
    Sealed,
    SealedEach,
    Sheet,
    Slots,
    Tick,
    Value,
    Whole,
)

Found = dict[str, list[str]]


class Text(NamedTuple):
    """Words that their writer may read, and who else may."""

    text: str
    audience: str = "place"


Texts = Callable[[str], Text | None]


def answers_of(
    sheet: Sheet, body: Mapping[str, Any], texts: Texts, *, happened_on: date | None = None, today: date | None = None
) -> Found:
    """Give the answers that would say this body. What is not said of a change is not among them."""
    found: Found = {}
    late: list[tuple[Among, Any]] = []
    for name, value in sheet.fields.items():
        if sheet.changes and name not in body:
            continue
        if isinstance(value, Among):
            late.append((value, body.get(name)))
        else:
            _show(found, value, body.get(name), texts)
    for value, said in late:  # it only speaks where the other answers to its question do not
        if not found.get(value.of):
            found[value.of] = [value.shown if said == value.otherwise else str(said)]
    if sheet.happened == "asked" and happened_on is not None:
        found |= {"day": ["today"]} if happened_on == today else {"day": ["other"], "on": [happened_on.isoformat()]}
    return {name: given for name, given in found.items() if given}


def ids_of(sheet: Sheet, body: Mapping[str, Any], texts: Texts) -> dict[str, str]:
    """Give the ids that a body opened, by the names under which they are asked for."""
    found: dict[str, str] = {}
    for name, value in sheet.fields.items():
        if isinstance(value, New) and body.get(name):
            found[value.name] = body[name]
        if isinstance(value, Slots) and value.opens:
            opens = value.of[value.opens]
            assert isinstance(opens, New)
            for slot, record in zip(value.slots, _shown(value, body.get(name) or [], texts), strict=False):
                found[opens.name.replace("{n}", slot)] = record[value.opens]
    return found


def _shown(value: Slots, records: list[Mapping[str, Any]], texts: Texts) -> list[Mapping[str, Any]]:
    """Keep the records whose words may be read, or that have none."""
    if not value.words:
        return records
    return [one for one in records if not one.get(value.words) or texts(one[value.words]) is not None]


def _show(found: Found, value: Value, said: Any, texts: Texts, slot: str = "") -> None:
    """Put into `found` the answers behind one value."""

    def give(of: str, given: list[str]) -> None:
        found[of.replace("{n}", slot)] = given

    match value:
        case One(of, otherwise, blank):
            shown = otherwise if said is None else said
            give(of, [] if shown in (None, "") or (blank and shown == otherwise) else [str(shown)])
        case Whole(of, nought=nought):
            give(of, [str(said)] if said or (nought and said == 0) else [])
        case Clock(of):
            give(of, [f"{said // 60:02}:{said % 60:02}"] if said is not None else [])
        case Nth(of, slots):
            give(of, [slots[said]] if said is not None and said < len(slots) else [])
        case Many(of):
            give(of, [str(one) for one in said or []])
        case Tick(of):
            give(of, ["on"] if said else [])
        case Sealed(of):
            words = texts(said) if said else None
            give(of, [words.text] if words and words.text else [])
            if value.chosen:
                give(value.chosen, [words.audience if words else value.to])
        case SealedEach(of):
            read = [texts(digest) for digest in said or []]
            give(of, [words.text for words in read if words and words.text])
        case Record(inner):
            for name, one in inner.items():
                _show(found, one, (said or {}).get(name), texts, slot)
        case Slots():
            for at, record in zip(value.slots, _shown(value, said or [], texts), strict=False):
                _filled(found, value.filled, at)
                _show(found, Record(value.of), record, texts, at)
        case _:
            pass


def _filled(found: Found, condition: If, slot: str) -> None:
    if condition.values:
        found[condition.of.replace("{n}", slot)] = [condition.values[0]]
