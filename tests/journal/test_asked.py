"""A phone writes what the desk writes: the same sheet, the same answers, the same body, parts and way back."""

import json
import random
from typing import Any

import msgspec
import pytest

from concerto.groundwork.identity import holds_identity_number
from concerto.groundwork.letters import plain
from concerto.groundwork.names import clean_name
from concerto.groundwork.phones import read_phones
from concerto.journal.kinds.asked import SHEETS, answers_of, as_data, compose_all, ids_of, read_answers
from concerto.journal.kinds.asked.language import Sheet
from concerto.journal.kinds.asked.showing import Text

from .asking import (
    NAMES,
    NUMBERS,
    PEOPLE,
    SIGNS,
    TODAY,
    Raw,
    answers,
    before_of,
    context_of,
    sensible,
    some_day,
)
from .phone import READ, in_node

ASKED = [name for name in SHEETS if name != "person"]
EACH = 130
COMPOSE = (
    READ
    + """
import { createHash } from "node:crypto";
import { composeAll } from "FORMS/compose.js";
import { answersOf, idsOf } from "FORMS/showing.js";
import { readAnswers } from "FORMS/answers.js";
import "FORMS/people.js";
import "FORMS/slips.js";
const md5 = (text) => createHash("md5").update(text).digest("hex");
const named = (text) => md5(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const { sheets, cases, today, people } = asked;
const told = [];
for (const { case: n, name, raw, before, shown } of cases) {
  const sheet = sheets[name];
  const { answers, faults } = readAnswers(sheet, raw, today, sheets);
  if (faults.length > 0) { told.push({ answers, faults }); continue; }
  const [first, household, village, log, need] = ["first", "household", "village", "log", "need"].map(named);
  const things = { first, household, village, log, need, resident: people[0] };
  const context = (at) => ({
    things, today, before, shown,
    newId: (name) => named(`id ${n} ${at} ${name}`), saltOf: (name) => md5(`salt ${n} ${at} ${name}`),
  });
  const composed = (await composeAll(sheet, answers, context, sheets)).map(({ saw, asked, ...entry }) => entry);
  const texts = (digest) => before?.parts[digest] ?? null;
  const back = before && answersOf(sheet, before.body, texts, { happened_on: before.on, today });
  told.push({ answers, faults, composed, back, ids: before && idsOf(sheet, before.body, texts) });
}
console.log(JSON.stringify(told));
"""
)


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    """Make up forms as they are filled, and forms that correct or change what others said."""
    chance = random.Random(20260701)
    made: list[dict[str, Any]] = []
    for name in ASKED:
        sheet, earlier = SHEETS[name], None
        for n in range(EACH):
            case: dict[str, Any] = {"case": len(made), "name": name, "raw": _raw(sheet, chance), "before": None}
            case["shown"] = read_answers(sheet, sensible(sheet, chance), TODAY, SHEETS).answers if n % 2 else {}
            if earlier is not None and not sheet.changes and n % 3:
                case["before"] = before_of(*earlier, chance)
                case["on"] = some_day(chance)
            told = by_desk(case)
            if "composed" in told:
                body, parts = told["composed"][0].body, told["composed"][0].sealed
                earlier = body, [*parts, *(case["before"].parts.values() if case["before"] else ())]
            made.append({**case, "told": told})
    return made


def _raw(sheet: Sheet, chance: random.Random) -> Raw:
    return sensible(sheet, chance) if chance.random() < 0.8 else answers(sheet, chance)


def by_desk(case: dict[str, Any]) -> dict[str, Any]:
    """Read and write one case as the desk does."""
    sheet, before = SHEETS[case["name"]], case["before"]
    read = read_answers(sheet, case["raw"], TODAY, SHEETS)
    if read.faults:
        return {"answers": read.answers, "faults": read.faults}
    told: dict[str, Any] = {"answers": read.answers, "faults": []}
    told["composed"] = compose_all(sheet, read.answers, context_of(case["case"], before, case["shown"]), SHEETS)
    if before is not None:

        def texts(digest: str) -> Text | None:
            part = before.parts.get(digest)
            return Text(part.text, part.audience.value) if part else None

        told["back"] = answers_of(sheet, before.body, texts, happened_on=case["on"], today=TODAY)
        told["ids"] = ids_of(sheet, before.body, texts)
    return told


def plainly(told: dict[str, Any]) -> dict[str, Any]:
    """Write what the desk tells as a phone does."""
    one: dict[str, Any] = {"back": None, "ids": None, **told}
    one["faults"] = [fault._asdict() for fault in told["faults"]]
    if "composed" in told:
        one["composed"] = [msgspec.to_builtins(entry._asdict()) for entry in told["composed"]]
        return one
    return {name: value for name, value in one.items() if name in ("answers", "faults")}


def as_sent(case: dict[str, Any]) -> dict[str, Any]:
    """Write one case for a phone."""
    before = case["before"]
    parts = {digest: msgspec.to_builtins(part) for digest, part in before.parts.items()} if before else {}
    said = {"body": before.body, "parts": parts, "on": case["on"].isoformat()} if before else None
    return {"case": case["case"], "name": case["name"], "raw": case["raw"], "shown": case["shown"], "before": said}


def test_phone_and_desk_make_the_same_of_the_same_answers(cases):
    sheets = {name: as_data(sheet) for name, sheet in SHEETS.items()}
    asked = {"sheets": sheets, "cases": [as_sent(case) for case in cases], "today": TODAY.isoformat(), "people": PEOPLE}
    by_phone = in_node(COMPOSE, asked)
    for case, phone in zip(cases, by_phone, strict=True):
        desk = plainly(case["told"])
        assert phone == desk, case
        assert json.dumps(phone) == json.dumps(reordered(desk, phone)), case


def reordered(desk: dict[str, Any], phone: dict[str, Any]) -> dict[str, Any]:
    """Keep of the order that which counts: the fields within a body."""
    return {name: desk[name] for name in phone}


def test_enough_of_what_was_made_up_makes_sense(cases):
    written = {name: sum("composed" in case["told"] for case in cases if case["name"] == name) for name in ASKED}
    assert min(written.values()) > EACH // 2, written
    assert sum(case["before"] is not None and "composed" in case["told"] for case in cases) > EACH // 2


LETTERS = (
    READ
    + """
import { plain } from "FORMS/letters.js";
import { holdsIdentityNumber } from "FORMS/identity.js";
import { cleanName } from "FORMS/names.js";
import { readPhones } from "FORMS/phones.js";
const read = (text) => [plain(text), cleanName(text), holdsIdentityNumber(text), readPhones(text)];
console.log(JSON.stringify(asked.map(read)));
"""
)


def test_phone_and_desk_read_names_and_numbers_alike():
    chance = random.Random(11)
    pieces = [*NAMES, *NUMBERS, *SIGNS, "110105194912310021", "110105491231002", "身份证110105 19491231 002X号"]
    texts = ["".join(chance.choices(pieces, k=chance.randint(0, 8))) for _ in range(6000)]
    texts += ["".join(chance.choices("0123456789-* ()+86转/", k=chance.randint(5, 30))) for _ in range(6000)]
    for text, phone in zip(texts, in_node(LETTERS, texts), strict=True):
        read = read_phones(text)
        numbers = {"numbers": [one.number for one in read.phones], "fault": str(read.fault or "")}
        assert phone == [plain(text), clean_name(text), holds_identity_number(text), numbers], repr(text)
