"""What its owner sees on a phone: the cards, and over them what was recorded here and has not come back with a card."""

from collections.abc import Iterable, Mapping
from typing import Any

from .rows import LIVE, Row, replaced

Card = dict[str, Any]
NAMES = frozenset({"household", "resident", "old"})


class View:
    """Cards with own entries laid over them; `but` names own entries that are left out, those being settled."""

    def __init__(self, cards: Mapping[str, Card], rows: Mapping[str, Row], but: Iterable[str] = ()) -> None:
        self.cards = dict(cards)
        self.own: dict[str, str] = {}
        self.people: dict[str, str] = {
            person["id"]: card["id"] for card in cards.values() for person in card.get("people", ())
        }
        self.new_houses: dict[str, str] = {}
        left_out = {*but, *replaced(rows.values())}
        for strand in _strands(row for row in rows.values() if row.id not in left_out).values():
            self._lay(strand)

    def _lay(self, strand: list[Row]) -> None:
        live = [row for row in strand if row.state in LIVE]
        if not live or not live[-1].said["body"] or live[-1].said["kind"] == "visit":
            return
        last = live[-1]
        body, kind = last.said["body"], last.said["kind"]
        thing = str(body.get("resident") or body.get("household") or "")
        house = str(body.get("household") or self.people.get(thing, "") or body.get("home", {}).get("household", ""))
        card = self.cards.get(house)
        if last.state == "sent" and card is not None and last.seq <= card.get("seq", 0):
            return
        if kind == "household" and card is None:
            self.new_houses[thing] = body["village"]
        elif kind == "resident" and thing not in self.people:
            self.people[thing] = body["home"]["household"]
        for name in body.keys() - NAMES:
            self.own[f"{thing}.{name}"] = _since_when(live, name)

    def wording(self, thing: str, name: str) -> str | None:
        """Give the wording that gave a field its value in this reader's eyes."""
        key = f"{thing}.{name}"
        if key in self.own:
            return self.own[key]
        worded = self._worded(thing)
        found = worded.get(name, worded.get(""))
        return str(found) if found else None

    def _worded(self, thing: str) -> dict[str, Any]:
        if thing in self.cards:
            return dict(self.cards[thing].get("w", {}))
        for card in self.cards.values():
            for one in (*card.get("people", ()), *card.get("members", ()), *card.get("helpers", ())):
                if one["id"] == thing:
                    return dict(one.get("w", {}))
        return {}

    def houses(self) -> list[tuple[str, str]]:
        """List the households that can be recorded for, each with its village, in a fixed order."""
        here = [(key, card["village"]) for key, card in sorted(self.cards.items()) if not card.get("left_on")]
        return [*here, *sorted(self.new_houses.items())]

    def people_of(self, house: str) -> list[str]:
        """List who belongs to a household."""
        return sorted(person for person, home in self.people.items() if home == house)


def _strands(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.written.first, []).append(row)
    return found


def _since_when(live: list[Row], name: str) -> str:
    last = live[-1]
    since = last.id
    for earlier in reversed(live[:-1]):
        if (earlier.said["body"] or {}).get(name) != last.said["body"][name]:
            break
        since = earlier.id
    return since
