"""Desks: a page is opened, and sent now or much later, once or twice, by whoever is still signed in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from concerto.conductor.drafts import read_item
from concerto.conductor.receive import Receipt, receive
from concerto.groundwork import database
from concerto.journal.said import Item
from concerto.places import devices
from concerto.register.models import HelperLink, Household, Member, Posting, Resident
from tests.cast import TOWNSHIP

from . import tables
from .machine import Lost, Machine, account_of
from .written import Seen, Written

TABLES: dict[str, Any] = {
    "household": Household,
    "resident": Resident,
    "member": Member,
    "link": HelperLink,
    "posting": Posting,
}


@dataclass
class Tab:
    """A page that somebody opened: what it will say is settled, whenever it is sent."""

    by: str
    account: UUID
    written: Written
    yes: bool = False

    def send(self, machine: Machine) -> Receipt | None:
        """Send it; None when no answer came. The page stays open then."""
        account = account_of(self.account)
        item = self.written.item
        try:
            [receipt] = machine.ask(lambda at: receive([item], brought_by=account, at=at, yes=self.yes))
        except Lost:
            return None
        self.written.heard.append(f"{receipt.outcome} {receipt.code}".strip())
        return receipt


def next_number(account: UUID, machine: Machine) -> tuple[UUID, int]:
    """Give somebody's desk its next number, as opening a page does."""
    owner = account_of(account)
    return devices.desk_of(owner), devices.next_number(owner, machine.now)


def seen(sort: str, thing: UUID, names: Iterable[str] | None = None) -> Seen:
    """Say which wordings a page shows of a thing; without names, of every field."""
    row = next((one for one in tables.all_of(TABLES[sort]) if one.id == thing and one.log == TOWNSHIP), None)
    known: dict[str, str] = json.loads(row.wordings) if row is not None else {}
    return {f"{thing}.{name}": known.get(name) for name in (names if names is not None else known)}


@dataclass
class Lying:
    """An entry of the tray, as its owner's page shows it."""

    id: str
    outcome: str
    code: str
    author: UUID
    unit: UUID
    item: Item | None

    @property
    def said(self) -> dict[str, Any]:
        """What it says; nothing where its words are not kept."""
        return json.loads(self.item.said) if self.item else {}


def tray(**where: Any) -> list[Lying]:
    """List what lies in the tray and is not settled, in a fixed order."""
    sql = (
        "SELECT id, outcome, code, author, unit, item FROM tray "
        "WHERE log = %s AND outcome <> 'settled' ORDER BY came_at, number, id"
    )
    rows = [
        Lying(str(database.to_uuid(i)), outcome, code, database.to_uuid(author), database.to_uuid(unit),
              read_item(item) if item else None)
        for i, outcome, code, author, unit, item in database.fetch(sql, [TOWNSHIP])
    ]  # fmt: skip
    return [row for row in rows if all(getattr(row, name) == value for name, value in where.items())]


def standing_for(row: Lying, lying: Iterable[Lying]) -> list[str]:
    """Name all that an entry closes which stands for this one: its author's own that rest on it, and what they
    stood for."""
    names, stood = {row.id}, [row]
    for other in lying:
        seen_there = set(other.said.get("saw", {}).values())
        rests = other.said.get("corrects") in names or names & seen_there
        if rests and other.author == row.author and other.id not in names:
            names.add(other.id)
            stood.append(other)
    closed = _closed()
    every = [one for there in stood for one in (*there.said.get("instead_of", ()), there.id)]
    return [one for one in dict.fromkeys(every) if one not in closed][:50]


def handed() -> set[str]:
    """Name the entries that their authors gave to the township's desk."""
    found = database.fetch("SELECT id FROM handed WHERE log = %s", [TOWNSHIP])
    return {str(database.to_uuid(one)) for (one,) in found}


def _closed() -> set[str]:
    found = database.fetch("SELECT thing FROM touch WHERE log = %s AND how = 5", [TOWNSHIP])
    return {str(database.to_uuid(one)) for (one,) in found}
