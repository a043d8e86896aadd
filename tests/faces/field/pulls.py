"""A phone's reading side for tests: it keeps what it is told as the phone's shelf does, and asks from there."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from concerto.faces.field import pulling, wire
from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.postings import Posting1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import read_said
from concerto.places.models import Account
from concerto.register.models import Household, Resident
from tests.cast import NOON, TODAY, VILLAGE_A, World

from .phone import Phone, by


@dataclass
class Reading:
    """The cards of one phone, by village, and how far it was told."""

    phone: Phone
    boxes: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    cursors: dict[UUID, int] = field(default_factory=dict)
    epoch: str = ""
    head: wire.At | None = None
    about: wire.About | None = None

    def ask(self, *, at: datetime = NOON, session: Account | None = None, **more: Any) -> wire.Pulled:
        """Ask for one page, and keep nothing of it."""
        told = {"epoch": self.epoch, "head": self.head, "grants": self.cursors, **more}
        told.setdefault("about", self.about.digest if self.about else "")
        asked = wire.Pull(self.phone.device.id, self.phone.ticket, self.phone.owner.id, **told)
        return pulling.pull(asked, account=session or self.phone.owner, at=at)

    def keep(self, page: wire.Pulled) -> None:
        """Keep one page whole, as the shelf does: a card leaves whichever village it lay in before."""
        for grant in [grant for grant in self.cursors if grant not in page.cursors]:
            self.boxes.pop(grant, None)
        cards = [msgspec.json.decode(bytes(card)) for card in page.cards]
        for box in self.boxes.values():
            for house in [*map(str, page.gone), *(card["id"] for card in cards)]:
                box.pop(house, None)
        for card in cards:
            self.boxes.setdefault(UUID(card["village"]), {})[card["id"]] = card
        self.cursors, self.epoch, self.head = page.cursors, page.epoch, page.head
        self.about = page.about or self.about

    def catch_up(self, *, at: datetime = NOON) -> list[wire.Pulled]:
        """Ask until there is no more, and give the pages."""
        pages: list[wire.Pulled] = []
        while not pages or pages[-1].more:
            pages.append(self.ask(at=at))
            self.keep(pages[-1])
        return pages

    @property
    def cards(self) -> dict[UUID, Any]:
        """Every card it holds."""
        return {UUID(house): card for box in self.boxes.values() for house, card in box.items()}


# ---------------------------------------------------------------- what happens in the world


def take(world: World, *items: Any) -> None:
    """Let entries of the home come in."""
    refused = [(r.outcome, r.code) for r in world.receive(*items, by=None) if r.outcome != "accepted"]
    assert refused == []


def record(world: World, body: Any, *, unit: UUID = VILLAGE_A, sealed: Any = (), **more: Any) -> UUID:
    """Let the home record something, and give the entry's id."""
    item = world.pen.item(body, unit=unit, on=more.pop("on", TODAY), sealed=sealed, **more)
    take(world, item)
    return read_said(item.said).id


def move(world: World, house: Any, village: UUID, **more: Any) -> UUID:
    """Let a household move to another village."""
    saw = {f"{house.id}.village": wording(house.id, "village")}
    return record(world, HouseholdChange1(household=house.id, village=village), saw=saw, unit=village, **more)


def wording(thing: UUID, name: str) -> str | None:
    """Give the wording that gave a field its value, as a card names it."""
    row = Household.objects.filter(id=thing).first() or Resident.objects.get(id=thing)
    found: str | None = json.loads(row.wordings).get(name)
    return found


def visit(world: World, phone: Phone, house: Any, **more: Any) -> Any:
    """Let a phone bring a visit that found nobody home."""
    body = Visit1(channel="visit", households=[house.id], outcome="nobody_home")
    item = by(phone, world.pen.item(body, unit=VILLAGE_A, by=phone.owner, on=TODAY, **more))
    [receipt] = phone.push(item).receipts
    assert receipt.outcome == "accepted", receipt
    return item


def post(world: World, unit: UUID, **more: Any) -> UUID:
    """Post 林晓 to another unit."""
    body = Posting1(posting=world.pen.new_id(), account=world.lin.id, unit=unit, role="mediator",
                    since=more.pop("since", TODAY), **more)  # fmt: skip
    record(world, body, unit=unit)
    return body.posting
