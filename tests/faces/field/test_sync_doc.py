"""Every example of `docs/sync.md` is said to the server, in order, and its answer is the one that stands there."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import Item, read_said
from tests.cast import TODAY, VILLAGE_A
from tests.guards.tree import CHECKOUT

from .phone import ask, by, enrolled, point_of

BLOCK = re.compile(r"^```json (?P<what>[^\n]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ANY = "…"


def blocks() -> list[tuple[list[str], str]]:
    """Read the examples: what each is, and its text."""
    text = (CHECKOUT / "docs" / "sync.md").read_text(encoding="utf-8")
    return [(found["what"].split(), found["text"]) for found in BLOCK.finditer(text)]


def fits(answer: Any, shown: Any) -> bool:
    """Tell whether an answer is what the document shows; "…" stands for anything."""
    if shown == ANY:
        return True
    if isinstance(shown, dict) and isinstance(answer, dict):
        return shown.keys() == answer.keys() and all(fits(answer[key], shown[key]) for key in shown)
    if isinstance(shown, list) and isinstance(answer, list):
        return len(shown) == len(answer) and all(map(fits, answer, shown))
    return bool(answer == shown)


def filled(text: str, names: dict[str, Any]) -> Any:
    """Put the world's values for the names of an example."""

    def put(value: Any) -> Any:
        if isinstance(value, dict):
            return {put(key): put(one) for key, one in value.items()}
        if isinstance(value, list):
            return [put(one) for one in value]
        if isinstance(value, str) and value.startswith("$"):
            return names[value[1:]]
        return value

    return put(json.loads(text))


def items(world, phone) -> dict[str, Item]:
    visit = Visit1(channel="visit", households=[world.house_2.id], outcome="nobody_home")
    pen, mine = world.pen, {"unit": VILLAGE_A, "by": world.lin}
    saw = {f"{world.house_2.id}.number": None}
    change = HouseholdChange1(household=world.house_2.id, number="22")
    written = {
        "1": pen.item(visit, on=TODAY, **mine),
        "2": pen.item(visit, on=TODAY, **mine),
        "tomorrow": pen.item(visit, on=TODAY + timedelta(days=800), **mine),
        "clash": pen.item(change, on=TODAY, saw=saw, **mine),
    }
    return {name: by(phone, item) for name, item in written.items()}


def named(world, phone) -> dict[str, Any]:
    """Give a value for each name the document uses."""
    names: dict[str, Any] = {name: str(account.id) for name, account in world.accounts.items()}
    names |= {"township": str(world.township.id), "village_a": str(VILLAGE_A), "never": str(world.pen.new_id())}
    names |= {"device": str(phone.device.id), "ticket": phone.ticket, "key": point_of(phone.key)}
    names["false_digest"] = "0" * 64
    for name, item in items(world, phone).items():
        envelope = phone.envelope(item)
        names |= {f"said_{name}": item.said, f"id_{name}": str(read_said(item.said).id)}
        names |= {f"box_{name}": envelope.box, f"sig_{name}": envelope.sig}
    return names


@pytest.mark.django_db(transaction=True)
def test_the_document_says_what_the_server_does(world, client):
    phone = enrolled(world.lin)
    names, answer = named(world, phone), None
    for what, text in blocks():
        match what:
            case ["ask", path, "as", who]:
                client.logout()
                if who != "nobody":
                    client.force_login(world.accounts[who])
                answer = ask(client, path, filled(text, names))
            case ["get", path]:
                answer = client.get("/field/" + path.replace("$device", names["device"]) + "/")
            case ["answer", status]:
                assert answer is not None
                shown = filled(text, names)
                assert (answer.status_code, fits(answer.json(), shown)) == (int(status), True), (answer.json(), shown)
                remember(names, answer.json())


def remember(names: dict[str, Any], answer: dict[str, Any]) -> None:
    """Keep what a later example sends back."""
    if "cursors" in answer:
        names |= {"epoch": answer["epoch"], "head": answer["head"]}
        names["cursor"] = answer["cursors"].get(names["village_a"], 0)
    if "about" in answer:
        names["about"] = answer["about"]["digest"]
    if "standing" in answer:
        names["standing"] = answer["standing"]["digest"]


def test_it_shows_every_address():
    asked = {what[1].split("/")[0] for what, _ in blocks() if what[0] in ("ask", "get")}
    assert asked == {"hello", "enrol", "push", "pull", "lacking", "attach", "carry", "device"}
