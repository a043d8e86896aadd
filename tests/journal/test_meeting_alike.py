"""A phone refuses of a meeting what the door refuses beyond the shape of its fields: votes that were never so."""

import random
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.meeting import Meeting1

from .phone import READ, in_node

CHECK = (
    READ
    + """
import { brokenInMeeting } from "FORMS/meeting.js";
console.log(JSON.stringify(asked.bodies.map((body) => {
  const { code, facts } = brokenInMeeting(body) ?? { code: "" };
  return { code, facts: facts ?? {} };
})));
"""
)
MEMBERS = [str(UUID(int=n + (7 << 76) + (8 << 60))) for n in range(1, 8)]
BRANCH = str(UUID(int=99 + (7 << 76) + (8 << 60)))


def a_meeting(chance: random.Random) -> dict[str, Any]:
    base = chance.sample(MEMBERS[:5], chance.choice((0, 3, 4, 5, 5)))
    others = [one for one in MEMBERS if one not in base]
    rare = ("excused", "absent", *(("observer",) if chance.random() < 0.1 else ()))
    how = {one: chance.choice(("present", "present", "present", *rare)) for one in MEMBERS}
    body: dict[str, Any] = {
        "branch": BRANCH,
        "form": "members" if base else "none",
        "contents": ["lesson"],
        "base": base,
        "attendance": [{"member": one, "how": how[one]} for one in MEMBERS],
        "items": [_item(chance, base, how) for _ in range(chance.randint(0, 3))],
    }
    if base and chance.random() < 0.3:
        named = chance.choice((others or base) if chance.random() < 0.9 else base)
        body["left_out"] = [{"member": named, "approved_on": "2026-06-01", "adopted_by": chance.randint(0, 2)}]
    return body


def _item(chance: random.Random, base: list[str], how: dict[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {"sort": chance.choice(("talk", "vote", "vote", "vote", "ballot"))}
    there = [one for one in base if how[one] == "present"]
    if chance.random() < 0.3:
        item["away"] = chance.sample(MEMBERS if chance.random() < 0.2 else there, min(1, len(there)))
    if item["sort"] == "vote" and chance.random() < 0.9:
        cast = max(0, len(there) - len(item.get("away", [])) + chance.choice((0, 0, 0, 0, -1, 1)))
        yes = chance.randint(0, cast)
        item["votes"] = {"yes": yes, chance.choice(("no", "abstain", "not_cast")): cast - yes}
    return item


def at_the_door(body: dict[str, Any]) -> dict[str, Any]:
    try:
        msgspec.convert(body, Meeting1)
    except Refused as wrong:
        return {"code": wrong.code, "facts": wrong.facts}
    return {"code": "", "facts": {}}


def test_phone_and_door_find_the_same_wrong_in_a_meeting():
    chance = random.Random(20261127)
    bodies = [a_meeting(chance) for _ in range(1500)]
    by_door = [at_the_door(body) for body in bodies]

    assert in_node(CHECK, {"bodies": bodies}) == by_door
    assert len({told["code"] for told in by_door}) >= 7
