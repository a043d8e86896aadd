"""Makes up bodies of every kind from their shape, sense and nonsense, so that each rule is broken and kept."""

import copy
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from concerto.journal.kinds.shapes import Shape
from concerto.journal.kinds.slips import SERIAL
from concerto.journal.kinds.waivers import DUTY_NAME, PERIOD_NAME

IDS = [str(UUID(int=n + (7 << 76) + (8 << 60))) for n in range(1, 5)]
DAYS = ["2026-07-01", "2026-06-30", "2026-07-02"]
NOT_DAYS = ["2026-02-30", "0000-01-01", "2026-7-1", "", "明天", "2026-07-01T00:00:00"]
NONSENSE: list[Any] = [
    None,
    7,
    -1,
    True,
    "",
    "x",
    "𠮷" * 21,
    [],
    [IDS[0]],
    {},
    {"x": 1},
    "2026-07-01",
    IDS[0],
    IDS[0].upper(),
]
KNOWN = ((DUTY_NAME, "theme-day"), (PERIOD_NAME, "2026-Q2"), (SERIAL, "1000008"))
WRITTEN = {pattern: [fits, "X"] for pattern, fits in KNOWN}
Body = dict[str, Any]


def a_body(shape: dict[str, Any], chance: random.Random) -> Body:
    """Make up one: most of its fields fit, and one of two has something wrong with it."""
    body = _record(shape, chance)
    if chance.random() < 0.5:
        for _ in range(chance.randint(1, 2)):
            _spoil(body, chance)
    return body


def _record(shape: dict[str, Any], chance: random.Random) -> Body:
    needs, unsaid = shape.get("needs", []), shape.get("unsaid", {})
    told = {}
    likely = chance.choice((0.15, 0.4, 0.7))
    for name, field in shape.get("of", {}).items():
        if name in needs or chance.random() < likely:
            told[name] = _value(field, chance)
        elif name in unsaid and chance.random() < 0.2:
            told[name] = copy.deepcopy(unsaid[name])  # said, although it goes without saying
    return told


def _value(shape: Shape, chance: random.Random) -> Any:
    if isinstance(shape, str):
        return {"uuid": chance.choice(IDS), "day": chance.choice(DAYS), "bool": chance.random() < 0.5}[shape]
    if shape["is"] == "or_null":
        return None if chance.random() < 0.2 else _value(shape["of"], chance)
    if shape["is"] == "list":
        least, most = shape.get("least", 0), shape.get("most", 9)
        count = chance.choice((least, 1, 1, 2, 3, most + 1 if chance.random() < 0.2 and most < 30 else least))
        made = [_value(shape["of"], chance) for _ in range(count)]
        return made if chance.random() < 0.3 else [one for n, one in enumerate(made) if one not in made[:n]]
    if shape["is"] == "record":
        return _record(shape, chance)
    if shape["is"] == "one":
        return chance.choice(shape["of"])
    if shape["is"] == "whole":
        around = (shape.get("least", 0), shape.get("most", 480))
        return chance.choice((*around, *around, 5, around[0] - 1, around[1] + 1))
    return _text(shape, chance)


def _text(shape: dict[str, Any], chance: random.Random) -> str:
    like = shape.get("like", "")
    if like.startswith("^("):
        return chance.choice(like[2:-2].split("|"))
    if like in WRITTEN:
        return chance.choice(WRITTEN[like])
    if like:
        return chance.choice("0123456789abcdef") * 64
    return chance.choice(("", "3", "三组", "𠮷" * shape.get("most", 9)))


def _spoil(body: Body, chance: random.Random) -> None:
    holder, key = chance.choice([*_places(body)] or [(body, "x")])
    how = chance.random()
    if how < 0.2 and body:
        del holder[key]
    elif how < 0.3:
        holder["more" if isinstance(holder, dict) else 0] = "x"
    else:
        holder[key] = chance.choice([*NONSENSE, *NOT_DAYS])


def _places(held: Any) -> Iterator[tuple[Any, Any]]:
    keys = held if isinstance(held, dict) else range(len(held))
    for key in list(keys):
        yield held, key
        if isinstance(held[key], dict | list):
            yield from _places(held[key])
