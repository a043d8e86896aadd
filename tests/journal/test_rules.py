"""A phone refuses what the door refuses, by the same code and at the same field: bodies made up, and words."""

import json
import random
import re
from collections import Counter
from typing import Any

import pytest

from concerto.conductor.stopping import stop_text
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds import AT_THE_DOOR, KINDS, read_body
from concerto.journal.kinds.rules import RuleBroken
from concerto.journal.kinds.shapes import shape_of
from concerto.rulebook.not_kept_here import phrases

from .bodies import a_body
from .phone import READ, in_node

AS_DATA = [kind for kind in KINDS if kind.KIND not in AT_THE_DOOR]
SHAPES = {kind.KIND: shape_of(kind) for kind in AS_DATA}
EACH = 400
OF_A_VISIT = 3000
CHECK = (
    READ
    + """
import { brokenIn, stopWords } from "FORMS/rules.js";
const { shapes, bodies, texts, phrases } = asked;
const broken = bodies.map(([kind, body]) => brokenIn(shapes[kind], body));
console.log(JSON.stringify({ broken, stopped: texts.map((text) => stopWords(text, phrases)) }));
"""
)
Found = dict[str, Any] | None


@pytest.fixture(scope="module")
def bodies() -> list[tuple[str, dict[str, Any]]]:
    """Make up bodies of every kind, most of what is recorded most; a new kind leaves the others' as they are."""
    chances = {kind: random.Random(f"{kind} 20261126") for kind in SHAPES}
    kinds = [*SHAPES] * EACH + ["visit"] * OF_A_VISIT
    return [(kind, a_body(SHAPES[kind], chances[kind])) for kind in kinds]


def at_the_door(kind: str, body: dict[str, Any]) -> Found:
    """Have a body read as the door reads it, and say what it refused."""
    try:
        read_body(kind, 1, json.dumps(body).encode())
    except RuleBroken as broken:
        facts = {"facts": broken.facts} if broken.facts else {}
        return {"at": broken.field, "code": broken.code, **facts}
    except Refused as wrong:
        found = re.search(r"`\$\.?(.*)`$", wrong.facts["what"])
        at = re.sub(r"\[(\d+|\.\.\.)\]", r".\1", found[1]) if found else ""
        return {"at": at, "code": wrong.code, "facts": {"what": at}}
    return None


def on_the_phone(given: dict[str, Any]) -> dict[str, Any]:
    """Run the same through a phone's reading of the same data."""
    shapes = json.loads(json.dumps(SHAPES))
    told: dict[str, Any] = in_node(CHECK, {"shapes": shapes, "bodies": [], "texts": [], "phrases": phrases(), **given})
    return told


def alike(found: Found) -> Found:
    """Leave out what the door doesn't name: the place within a list, the list of a record that breaks its own rule."""
    if found is None:
        return None
    if found["code"] == "not_understood":
        return {"at": re.sub(r"\.(\d+|\.\.\.)(?=\.|$)", ".…", found["at"]), "code": found["code"]}
    at = found["at"].removeprefix("took.").removeprefix("absences.").lstrip("0123456789.")
    return {**found, "at": at}


def test_phone_and_door_refuse_the_same_bodies_at_the_same_field(bodies):
    assert len(bodies) >= 1500
    by_phone = on_the_phone({"bodies": bodies})["broken"]
    for (kind, body), phone in zip(bodies, by_phone, strict=True):
        assert alike(phone) == alike(at_the_door(kind, body)), (kind, body)


def test_every_rule_was_broken_and_kept(bodies):
    codes = Counter(
        (kind, (found or {"code": ""})["code"]) for kind, body in bodies for found in [at_the_door(kind, body)]
    )
    for kind in AS_DATA:
        for rule in getattr(kind, "RULES", ()):
            assert codes[kind.KIND, rule.code] >= 1, (kind.KIND, rule.code)
        assert codes[kind.KIND, ""] >= 5, (kind.KIND, codes)


SIGNS = "维稳重点人员信教言论 \u3000\u200b-—·。.，,＿_`+★\t\u2028\x1f"
NUMBERS = ["11010519491231002X", "110105 19491231 0021", "٣"]
PIECES = [
    *SIGNS,
    *NUMBERS,
    "risk",
    "level",
    "Risk  Level",
    "KEY",
    "ｋｅｙ",
    "person",
    "of",
    "interest",
    "s",
    "羊",
    "𠮷",
]


def test_phone_and_door_stop_the_same_words():
    chance = random.Random(3)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(0, 8))) for _ in range(4000)]
    texts += [chance.choice(["", "他", "a "]) + chance.choice(["", " ", "·", "\u200b"]).join(one) for one in phrases()]
    for text, phone in zip(texts, on_the_phone({"texts": texts})["stopped"], strict=True):
        try:
            stop_text(text)
            door = None
        except Refused as wrong:
            door = {"code": wrong.code, **({"facts": wrong.facts} if wrong.facts else {})}
        assert phone == door, repr(text)
