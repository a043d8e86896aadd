"""A consent on a phone: one answer to one purpose, taken at the door, and on the card the last of each."""

import json
from uuid import UUID

import pytest

from concerto.faces.desk.register.consent_words import ANSWERS, PURPOSES
from concerto.faces.field.words import consents
from concerto.journal.kinds.keeping import Restriction1
from concerto.papers.cards.cards import Reader, cards_of
from concerto.papers.cards.changed import changed_since
from concerto.register.consents import Consent
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A
from tests.faces.desk.test_blank_to_the_door import card_of, outcomes, phone

__all__ = ["phone"]
pytestmark = pytest.mark.django_db


def test_a_phone_calls_purposes_and_answers_as_the_desk_does():
    said = consents.said()
    assert said["purposes"] == {code: str(words) for code, words in PURPOSES.items()}
    assert said["consent_answers"] == {code: str(words) for code, words in ANSWERS.items()}


def told_by_card(world):
    changed, names = changed_since(TOWNSHIP, {VILLAGE_A: 0})
    [number] = [one.number for one in changed[VILLAGE_A] if one.household == world.house_1.id]
    [card] = cards_of(TOWNSHIP, {world.house_1.id: number}, names, Reader(world.ma.id, TODAY)).values()
    return number, json.loads(bytes(card)).get("consents")


def test_one_answer_to_one_purpose_is_taken_and_stands_on_the_card(world, phone):
    card, who = card_of(world.house_1.id), str(world.house_1.head)
    day = {"day": ["today"]}
    before, none = told_by_card(world)
    assert none is None
    told = phone(
        ("consent", {**day, "purpose": ["phone"], "answer": ["agreed"], "told_in": ["kazakh"], "read_aloud": ["on"]},
         {"card": card}),
        ("consent", {**day, "purpose": ["phone"], "answer": ["declined"], "who": [who], "interpreted": ["nobody"]},
         {"card": card}),
        ("consent", {**day, "purpose": ["card"], "answer": ["agreed"], "told_in": ["chinese"]}, {"card": card}),
        ("consent", {**day, "purpose": ["card"], "answer": ["withdrawn"]}, {"card": card}),
    )  # fmt: skip
    assert outcomes(world, told) == [("accepted", "")] * 4
    [first] = told[0]
    assert json.loads(first["item"]["said"])["body"] == {
        "household": str(world.house_1.id), "purpose": "phone", "answer": "agreed", "language": "kazakh",
        "read_aloud": True,
    }  # fmt: skip
    row = Consent.objects.get(id=UUID(first["id"]))
    assert (row.answer, row.language, row.interpreted, row.read_aloud) == ("agreed", "kazakh", "nobody", True)
    number, answers = told_by_card(world)
    assert number > before
    on = TODAY.isoformat()
    assert sorted(answers, key=lambda one: (one["for"], one["answer"])) == [
        {"for": "card", "answer": "withdrawn", "on": on},
        {"for": "phone", "answer": "agreed", "on": on},
        {"for": "phone", "answer": "declined", "on": on, "who": who},
    ]


def test_what_somebody_said_who_is_locked_now_lies_on_no_phone(world, phone):
    card, who = card_of(world.house_1.id), str(world.house_1.head)
    given = {"day": ["today"], "purpose": ["phone"], "answer": ["declined"]}
    told = phone(("consent", given, {"card": card}), ("consent", {**given, "who": [who]}, {"card": card}))
    assert outcomes(world, told) == [("accepted", "")] * 2
    locked = Restriction1(resident=UUID(who), restricted=True)
    item = world.pen.item(locked, unit=TOWNSHIP, by=world.pri, on=TODAY)
    assert world.receive(item, by=world.pri)[0].outcome == "accepted"
    _, answers = told_by_card(world)
    assert answers == [{"for": "phone", "answer": "declined", "on": TODAY.isoformat()}]


def test_nobody_agrees_without_having_been_told_in_a_language(world, phone):
    given = {"day": ["today"], "purpose": ["phone"], "answer": ["agreed"]}
    [missing] = phone(("consent", given, {"card": card_of(world.house_1.id)}))
    assert missing["errors"] == [{"field": "told_in", "code": "consent_without_notice"}]
