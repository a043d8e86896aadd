"""A need on a phone: the same life as on the server, its card without words, its forms taken at the door."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from concerto.conductor.receive import receive
from concerto.faces.desk.needs.words import OF_OTHERS, OF_WISHES
from concerto.faces.field.words import needs as words_needs
from concerto.journal.kinds.needs import NeedWord1
from concerto.journal.models import Proof, Tray
from concerto.papers.cards.cards import Reader, cards_of
from concerto.papers.cards.changed import Names
from concerto.parts.assistance.models import Need, NeedStep
from concerto.parts.assistance.states import STATES, Asker, Life, Step, on_a_phone
from concerto.rulebook.handshake import Held
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A
from tests.faces.desk.test_blank_to_the_door import card_of, outcomes, phone
from tests.journal.phone import READ, in_node

__all__ = ["phone"]
AFTER = (
    READ
    + """
import { after } from "FORMS/../pages/life.js";
console.log(JSON.stringify(asked.cases.map(([state, step]) => after(asked.turns, state, step))));
"""
)
ID = UUID(int=7)


def on_the_server(state: str, step: str) -> str:
    """Live on from a state by one step."""
    held = Held(ID)
    life = Life(held, {ID: Asker(ID)}, "request", state=state)
    return life.after(Step(step, TODAY, ID, ID, ID, 1, ID, ID, detail="done")).state


def test_phone_and_server_say_alike_where_each_step_leads():
    turns = on_a_phone()
    cases = [(state, step) for state in STATES for step in turns]
    assert {"owned", "doing", "done", "told", "not_ours", "no_answer", "partly", "no"} == set(turns)
    told = in_node(AFTER, {"turns": json.loads(json.dumps(turns)), "cases": cases})
    assert told == [on_the_server(state, step) for state, step in cases]


def test_a_wish_ends_on_a_phone_as_it_does_at_the_desk():
    ends = words_needs.said()["need_ends"]
    assert ends == {sort: " ".join(codes) for sort, codes in {**OF_WISHES, "other": OF_OTHERS}.items()}


@pytest.mark.django_db
def test_a_card_names_open_needs_without_a_word_of_them(world):
    def needs():
        houses = {world.house_1.id: 1}
        [card] = cards_of(TOWNSHIP, houses, Names({}), Reader(world.ma.id, TODAY)).values()
        assert "没有水" not in bytes(card).decode()
        return json.loads(bytes(card)).get("needs", [])

    [need] = needs()
    row = Need.objects.get(id=world.need)
    told = {"sort": row.sort, "state": "heard", "on": row.opened_on.isoformat(), "last": str(row.entry)}
    assert need == {"id": str(world.need), **told}


@pytest.mark.django_db
def test_a_step_of_a_phone_comes_behind_what_its_card_told_of_the_day(world, phone):
    card, about, today = card_of(world.house_1.id), str(world.need), {"day": ["today"]}
    done = ("need_step", {**today, "step": ["done"], "outcome": ["solved"]})
    assert outcomes(world, phone((*done, {"card": card, "about": about}))) == [("accepted", "")]
    body = NeedWord1(need=world.need, household=world.house_1.id, word="partly", through="slip")
    item = world.pen.item(body, unit=VILLAGE_A, on=NeedStep.objects.get(id=world.need, kind="done").on)
    [receipt] = receive([item], brought_by=None, at=NOON, shown="slip")
    assert receipt.stands, receipt
    [held] = cards_of(TOWNSHIP, {world.house_1.id: 1}, Names({}), Reader(world.ma.id, TODAY)).values()
    [need] = json.loads(bytes(held))["needs"]
    seen = {f"{about}.path": need["last"]}
    assert outcomes(world, phone((*done, {"card": card, "about": about, "seen": seen}))) == [("accepted", "")]
    assert Need.objects.get(id=world.need).state == "done"


@pytest.mark.django_db
def test_steps_and_the_word_of_a_phone_are_taken_at_the_door(world, phone):
    card, about = card_of(world.house_1.id), str(world.need)
    today = {"day": ["today"]}
    seen = {f"{about}.owner": None}
    told = phone(
        ("need_step", {**today, "step": ["owned"], "owner": [str(world.lin.id)]},
         {"card": card, "about": about, "seen": seen}),
        ("need_step", {**today, "step": ["done"], "outcome": ["solved"], "words": ["修好了"]},
         {"card": card, "about": about}),
        ("need_word", {**today, "word": ["partly"], "through": ["visit"]}, {"card": card, "about": about}),
    )  # fmt: skip
    assert outcomes(world, told) == [("accepted", "")] * 3
    row = Need.objects.get(id=world.need)
    assert (row.state, row.owner) == ("reopened", world.lin.id)
    [missing] = phone(("need_step", {**today, "step": ["done"]}, {"card": card, "about": about}))
    assert missing["errors"] == [{"field": "outcome", "code": "choose_one"}]


@pytest.mark.django_db
def test_a_need_that_is_not_ours_is_noted_on_a_phone_with_whose_it_is(world, phone):
    given = {"card": card_of(world.house_1.id), "about": str(world.need), "seen": {f"{world.need}.state": None}}
    answers = {"day": ["today"], "step": ["not_ours"]}
    [missing] = phone(("need_step", answers, given))
    assert missing["errors"] == [{"field": "route", "code": "choose_one"}]
    assert outcomes(world, phone(("need_step", {**answers, "route": ["water"]}, given))) == [("accepted", "")]
    assert Need.objects.get(id=world.need).state == "not_ours"
    assert [step.kind for step in NeedStep.objects.filter(id=world.need).order_by("n")][-1] == "not_ours"


@pytest.mark.django_db
def test_a_phone_walks_a_need_to_no_answer_and_its_card_names_the_days_of_asking(world, phone):
    house, about = world.house_1.id, str(world.need)
    first = TODAY - timedelta(days=10)

    def on(day):
        return {"day": ["other"], "on": [day.isoformat()]}

    def need():
        [held] = cards_of(TOWNSHIP, {house: 1}, Names({}), Reader(world.ma.id, TODAY)).values()
        return json.loads(bytes(held))["needs"][0]

    def step(answers, **seen):
        given = {"card": card_of(house), "about": about, "seen": seen, "since": need()["on"]}
        return outcomes(world, phone(("need_step", answers, given)))

    assert step({**on(first), "step": ["done"], "outcome": ["solved"]}) == [("accepted", "")]
    assert step({**on(first), "step": ["told"], "told_of": ["done"], "way": ["visit"]}) == [("accepted", "")]
    asked = {"step": ["asked"], "way": ["visit"]}
    assert step({**on(first), **asked}) == [("accepted", "")]
    assert need()["asked"] == [first.isoformat()] * 2
    assert step({**on(TODAY), **asked}) == [("accepted", "")]
    assert (need()["state"], need()["asked"]) == ("told", [first.isoformat(), TODAY.isoformat()])
    assert step({"day": ["today"], "step": ["no_answer"]}, **{f"{about}.state": None}) == [("accepted", "")]
    assert Need.objects.get(id=world.need).state == "no_answer"


@pytest.mark.django_db
def test_a_step_before_the_need_was_told_and_a_wait_that_is_over_are_said_at_the_form(world, phone):
    given = {"card": card_of(world.house_1.id), "about": str(world.need), "since": TODAY.isoformat()}
    told = {"step": ["told"], "told_of": ["interim"], "way": ["phone_call"]}
    late, over, none = phone(
        ("need_step", {"day": ["yesterday"], **told, "until": [TODAY.isoformat()]}, given),
        ("need_step", {"day": ["today"], **told, "until": [TODAY.isoformat()]}, given),
        ("need_step", {"day": ["today"], **told}, given),
    )
    assert late["errors"] == [{"field": "day", "code": "before_it_was_told"}]
    assert over["errors"] == [{"field": "until", "code": "until_passed"}]
    assert none["errors"] == [{"field": "until", "code": "still_missing"}]
    assert not Tray.objects.exists()


@pytest.mark.django_db
def test_a_good_thing_done_is_the_years_for_its_household(world, phone):
    given = {"day": ["today"], "line": ["修好了羊圈"], "heading": ["livelihood"]}
    told = phone(("deed", given, {"card": card_of(world.house_1.id)}))
    assert outcomes(world, told) == [("accepted", "")]
    [proof] = Proof.objects.filter(entry=UUID(told[0][0]["id"]))
    assert (proof.kind, proof.about) == ("deed", world.house_1.id)
    [missing] = phone(("deed", {"day": ["today"]}, {"card": card_of(world.house_1.id)}))
    assert missing["errors"] == [{"field": "line", "code": "still_missing"}]


@pytest.mark.django_db
def test_a_good_thing_done_for_several_is_the_years_of_each(world, phone):
    houses = [str(world.house_1.id), str(world.house_2.id)]
    given = {"day": ["today"], "line": ["一起修了水渠"], "households": houses}
    of_village = {"about": str(VILLAGE_A), "unit": str(VILLAGE_A)}
    told = phone(("deeds", given, of_village))
    assert outcomes(world, told) == [("accepted", "")]
    assert {str(one.about) for one in Proof.objects.filter(entry=UUID(told[0][0]["id"]))} == set(houses)
    [one] = phone(("deeds", {**given, "households": houses[:1]}, of_village))
    assert one["errors"] == [{"field": "households", "code": "choose_two_households"}]
