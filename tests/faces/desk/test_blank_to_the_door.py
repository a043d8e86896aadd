"""What a phone writes with a blank form is taken at the door: every form once, corrected, chained, and mended."""

import json
import re
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.test import Client

from concerto.groundwork import clock
from concerto.journal.models import Entry, Proof
from concerto.journal.said import Item, read_said
from concerto.register.models import Household, MatterSlip, Resident
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, World
from tests.journal.phone import READ, in_node
from tests.register.slips import print_slips

pytestmark = pytest.mark.django_db
DEVICE = "00000000-0000-7000-8000-0000000000aa"
WRITE = (
    READ
    + """
import { mistakesIn } from "FORMS/checking.js";
import { entriesOf, learn } from "FORMS/fill.js";
import "FORMS/people.js";
import "FORMS/slips.js";
const told = [];
let number = asked.after;
for (const { name, scripts, answers, writing } of asked.forms) {
  learn(name, { querySelector: (wanted) => ({ textContent: scripts[wanted.replace("script#", "")] ?? "" }) });
  const own = new Map(Object.entries(writing.own ?? {}));
  const made = await entriesOf(name, answers, { ...writing, own, check: mistakesIn });
  told.push(made.errors ? made : made.entries.map((entry) => entry.write({ number: (number += 1), device: "DEVICE" })));
}
console.log(JSON.stringify(told));
""".replace("DEVICE", DEVICE)
)


def scripts(name: str) -> dict[str, str]:
    """Take the data out of a blank, as a phone finds it there."""
    page = Client().get(f"/forms/{name}/").content.decode()
    return dict(re.findall(r'<script id="([\w-]+)" type="application/json">(.*?)</script>', page, re.DOTALL))


def card_of(house: UUID) -> dict[str, Any]:
    """Give what a phone holds of a household, as far as a form asks it."""
    row = Household.objects.get(id=house)
    people = Resident.objects.filter(household=house).order_by("id")
    return {
        "id": str(row.id),
        "village": str(row.village),
        "number": row.number,
        "group": row.group,
        "head": str(row.head),
        "places": [],
        "w": json.loads(row.wordings),
        "people": [
            {
                "id": str(person.id),
                "name": person.name,
                "phones": json.loads(person.phones or "[]"),
                "relation": person.relation,
                "w": json.loads(person.wordings),
            }
            for person in people
        ],
        "helpers": [{"agreement": "agreed"}],
    }


@pytest.fixture
def phone(world: World):
    """Write forms as lin's phone does; each is (name, answers) with what the phone knows beside."""

    numbers = count(0, 100)

    def write(*forms: tuple[str, dict[str, list[str]], dict[str, Any]]) -> list[Any]:
        asked = [
            {
                "name": name,
                "scripts": scripts(name),
                "answers": answers,
                "writing": {
                    "account": str(world.lin.id),
                    "log": str(TOWNSHIP),
                    "now": clock.stamp(NOON),
                    "today": TODAY.isoformat(),
                    **more,
                },
            }
            for name, answers, more in forms
        ]
        return in_node(WRITE, {"forms": asked, "after": next(numbers)})

    return write


def items_of(told: list[Any]) -> list[Item]:
    """Read what a phone would send."""
    return [msgspec.convert(one["item"], Item) for entries in told for one in entries]


def outcomes(world: World, told: list[Any]) -> list[tuple[str, str]]:
    """Bring them to the door in the session of their author."""
    return [(receipt.outcome, receipt.code) for receipt in world.receive(*items_of(told), by=world.lin)]


def a_visit(world: World) -> dict[str, list[str]]:
    return {
        "day": ["yesterday"],
        "channel": ["visit"],
        "met": [str(world.house_1.head)],
        "change": ["changed"],
        "change_words": ["添了一个孩子"],
        "topics": ["pension"],
        "need_words_1": ["没有水"],
        "need_sort_1": ["water"],
        "lead": ["heard"],
        "lead_words": ["草场的事"],
        "words": ["自己记"],
        "words_for": ["author"],
        "matter": ["pledge"],
        "told_by": ["household"],
    }


def test_every_form_of_a_phone_is_taken_at_the_door(world, phone):
    house, two = card_of(world.house_1.id), card_of(world.house_2.id)
    three, person = card_of(world.house_3.id), list(world.house_1.people.values())[1]
    gathering = {
        "day": ["today"],
        "households": [house["id"], two["id"]],
        "topics": ["pension"],
        "words": ["人多"],
        "need_words_1": ["路坏了"],
        "need_house_1": [two["id"]],
    }
    household = {"village": [str(VILLAGE_A)], "number": ["９"], "p0-name": ["巴合提・努尔"], "p0-relation": ["head"]}
    people = {"p0-phones": ["100-7420-3556"], "p1-name": ["努尔 "], "p1-relation": ["child"], "p2-relation": ["other"]}
    places = {"w0-season": ["summer"], "w0-since": ["5"], "w0-until": ["9"], "w0-words": ["北山"]}
    spare = {"w1-season": ["town"], "w1-since": ["5"], "w1-until": ["9"]}
    newcomer = {"name": ["新人"], "relation": ["spouse"], "born": ["1990-01-02"], "since": ["2026-06-01"]}
    change = {"name": ["木拉提·哈山"], "relation": ["parent"], "phones": ["8221234"]}
    told = phone(
        ("visit", a_visit(world), {"card": house}),
        ("gathering", gathering, {"about": str(VILLAGE_A)}),
        ("household", household | people, {}),
        ("household_change", {"number": ["1"], "group": [" ３ "], "head": [house["head"]]}, {"card": house}),
        ("household_places", places | spare, {"card": two}),
        ("household_left", {"day": ["2026-06-20"]}, {"card": three}),
        ("resident", newcomer | {"aliases": ["Xin Ren，信仁"]}, {"card": house}),
        ("resident_change", change, {"card": house, "about": str(person)}),
        ("resident_left", {"day": ["2026-06-30"]}, {"card": house, "about": str(person)}),
    )
    assert [len(entries) for entries in told] == [1, 1, 3, 1, 1, 1, 1, 1, 1]
    assert outcomes(world, told) == [("accepted", "")] * 11
    assert Household.objects.get(id=world.house_1.id).group == "3"
    assert Household.objects.get(number="9").village == VILLAGE_A
    assert Resident.objects.get(name="努尔").relation == "child"
    assert told[0][0]["shows"]["parts"] == ["study", "branch", "visits", "disputes", "assistance"]


def test_a_slip_that_was_left_is_bound_to_what_was_written_down(world, phone):
    print_slips(world, world.lin, count=2)
    answers = {**a_visit(world), "need_words_2": ["路坏了"], "need_slip_1": [" 100 0008 "], "need_slip_2": ["1000013"]}
    [told] = phone(("visit", answers, {"card": card_of(world.house_1.id)}))
    assert outcomes(world, [told]) == [("accepted", "")] * 3
    needs = json.loads(told[0]["item"]["said"])["body"]["needs"]
    given = MatterSlip.objects.order_by("serial").values_list("serial", "matter", "household")
    assert list(given) == [
        (serial, UUID(need["need"]), world.house_1.id)
        for serial, need in zip(("1000008", "1000013"), needs, strict=True)
    ]
    [again] = phone(("visit", {**a_visit(world), "need_slip_1": ["1000008"]}, {"card": card_of(world.house_1.id)}))
    assert outcomes(world, [again]) == [("accepted", ""), ("refused", "slip_given_already")]
    [wrong] = phone(("visit", {**a_visit(world), "need_slip_1": ["1000009"]}, {"card": card_of(world.house_1.id)}))
    assert wrong["errors"] == [{"field": "need_slip_1", "code": "serial_wrong"}]


def test_where_something_is_known_from_is_said_of_no_field_and_changes_nothing_by_itself(world, phone):
    house, person = card_of(world.house_1.id), world.house_1.head
    seen = {"card": house, "about": str(person)}
    whole = {"name": ["木拉提·哈山"], "relation": ["parent"]}
    told = phone(
        ("resident_change", {**whole, "phones": ["8221234"], "told_by": ["seen"]}, seen),
        ("household_places", {"told_by": ["paper"]}, {"card": house}),
        ("resident", {"name": ["新来的"], "relation": ["other"], "told_by": ["household"]}, {"card": house}),
    )
    change, nothing, person_new = told
    assert nothing["errors"] == [{"field": "", "code": "nothing_changed"}]
    assert outcomes(world, [change, person_new]) == [("accepted", "")] * 2
    said = json.loads(change[0]["item"]["said"])
    assert said["body"]["told_by"] == "seen"
    assert not any(key.endswith(".told_by") for key in said["saw"])


def test_what_a_phone_writes_has_the_very_order_of_the_desk(world, phone):
    [[visit]] = phone(("visit", a_visit(world), {"card": card_of(world.house_1.id)}))
    said = json.loads(visit["item"]["said"])
    order = "id kind version log unit author device number happened_on recorded_at body sealed"
    assert list(said) == order.split()
    read = read_said(visit["item"]["said"])
    assert read.happened_on.isoformat() == "2026-06-30"


def test_a_phone_corrects_and_chains_and_mends(world, phone):
    house = card_of(world.house_1.id)
    visit, change = phone(
        ("visit", a_visit(world), {"card": house}), ("household_change", {"number": ["7"]}, {"card": house})
    )
    assert outcomes(world, [visit, change]) == [("accepted", "")] * 2
    first, said = visit[0]["id"], json.loads(visit[0]["item"]["said"])
    parts = {part.digest: part for part in items_of([visit])[0].sealed}
    readable = {d: {"about": str(p.about), "audience": p.audience.value, "salt": p.salt, "text": p.text}
                for d, p in parts.items() if p.audience != "author"}  # fmt: skip
    before = {"first": first, "last": first, "body": said["body"], "parts": readable, "happened_on": "2026-06-30"}
    again = {**a_visit(world), "words": [], "channel": ["phone_call"]}
    thing = f"{world.house_1.id}.number"
    corrected, chained = phone(
        ("visit", again, {"card": house, "before": before}),
        (
            "household_change",
            {"number": ["8"], "head": [house["head"]]},
            {"card": house, "own": {thing: change[0]["id"]}},
        ),
    )
    body = json.loads(corrected[0]["item"]["said"])["body"]
    assert body == {**said["body"], "channel": "phone_call"}
    assert corrected[0]["item"]["sealed"] == []
    assert outcomes(world, [corrected, chained]) == [("accepted", "")] * 2
    assert Household.objects.get(id=world.house_1.id).number == "8"
    # an entry that was never filed is mended: what it opened keeps its id, its words travel again
    [refused] = phone(("resident", {"name": ["新人"], "relation": ["other"]}, {"card": house}))
    was = json.loads(refused[0]["item"]["said"])
    [part] = refused[0]["item"]["sealed"]
    mends = {
        "instead_of": [was["id"]],
        "body": was["body"],
        "parts": {was["body"]["name"]: part},
        "happened_on": was["happened_on"],
    }
    [mended] = phone(("resident", {"name": ["新人"], "relation": ["child"]}, {"card": house, "before": mends}))
    new = json.loads(mended[0]["item"]["said"])
    assert (new["body"]["resident"], new["instead_of"]) == (was["body"]["resident"], [was["id"]])
    assert mended[0]["item"]["sealed"] == [part]
    assert outcomes(world, [mended]) == [("accepted", "")]
    assert Entry.objects.filter(id=new["id"]).exists()


def test_a_phone_says_for_which_turn_it_counts(world, phone):
    house = card_of(world.house_1.id)
    late, own = phone(
        ("visit", {**a_visit(world), "counts_for": ["2026-05"]}, {"card": house}),
        ("visit", {**a_visit(world), "counts_for": ["own"]}, {"card": house}),
    )
    assert outcomes(world, [late, own]) == [("accepted", "")] * 2
    turns = dict(Proof.objects.values_list("entry", "counts_for"))
    assert (turns[UUID(late[0]["id"])], turns[UUID(own[0]["id"])]) == ("2026-05", "")


def test_a_phone_says_what_is_missing(world, phone):
    house = card_of(world.house_1.id)
    nothing, same = phone(
        ("visit", {"day": ["other"], "lead": ["heard"]}, {"card": house}),
        ("household_change", {"number": ["1"], "head": [house["head"]]}, {"card": house}),
    )
    assert {(one["field"], one["code"]) for one in nothing["errors"]} == {
        ("on", "say_the_day"),
        ("channel", "choose_one"),
        ("met", "say_who_was_met"),
        ("lead_words", "write_a_few_words"),
    }
    assert same["errors"] == [{"field": "", "code": "nothing_changed"}]
