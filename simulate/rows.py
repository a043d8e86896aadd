"""The outbox of a model phone: rows, and what becomes of them, as `docs/shelf.md` says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from concerto.conductor.admission import Answered
from concerto.faces.field import wire
from concerto.journal.said import Item

from .written import Written

STATES = {
    "accepted": "sent",
    "known": "sent",
    "refused": "back",
    "clash": "clash",
    "waits": "pending",
    "settled": "settled",
}
LIVE = frozenset({"waiting", "pending", "sent"})
FILED = frozenset({"sent", "settled"})
UNSENT = frozenset({"waiting", "pending"})
THIRTY_DAYS = timedelta(days=30)


@dataclass
class Row:
    """One entry on a phone, from recording until a copy holds it."""

    written: Written
    number: int
    item: Item
    state: str = "waiting"
    outcome: str = ""
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    seq: int = 0
    epoch: int = 0
    received_at: str = ""
    by: str = ""
    handed: str = ""
    offer: bool = False

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.written.id

    @property
    def said(self) -> dict[str, Any]:
        """What was said."""
        return self.written.said

    def take(self, told: wire.Receipt | wire.MineStands, head: wire.At, now: str) -> None:
        """Let an answer change the row."""
        state = STATES.get(told.outcome)
        if state is None:
            return
        if state == "settled":
            self._settled(told, head, now)
            return
        same = self.outcome == told.outcome and self.code == told.code and not told.facts
        self.state, self.outcome, self.code, self.by = state, told.outcome, told.code, ""
        self.facts = self.facts if same else dict(told.facts)
        if isinstance(told, wire.Receipt):
            self.seq, self.epoch = told.seq or self.seq, told.epoch or self.epoch
            self.received_at = told.received_at or self.received_at
        self.written.heard.append(f"{told.outcome} {told.code}".strip())

    def _settled(self, told: wire.Receipt | wire.MineStands, head: wire.At, now: str) -> None:
        if self.state != "settled":
            self.state, self.seq, self.epoch, self.received_at = "settled", head.seq, head.epoch, now
        self.by = str(getattr(told, "by", None) or self.by)

    def came_late(self) -> bool:
        """Tell whether it let something stand of which a part was settled before: the rest of that is open still."""
        return self.outcome == "known" and self.code == "already"

    def answer(self) -> Answered | None:
        """Give the answer it had: what was settled is offered as the clash it was, its settling may be lost."""
        if self.state == "sent":
            return Answered("accepted", seq=self.seq, epoch=self.epoch)
        return Answered("clash", self.code, self.facts) if self.outcome == "clash" else None

    def may_go(self, copied: wire.At | None, now: datetime) -> bool:
        """Tell whether it may leave: filed, thirty days ago, and in a copy of this very epoch."""
        if self.state not in FILED or copied is None or self.offer or not self.seq:
            return False
        old = now - datetime.fromisoformat(self.received_at) > THIRTY_DAYS
        return old and self.epoch == copied.epoch and self.seq <= copied.seq


def forget_words(rows: Iterable[Row], erased: Iterable[str]) -> None:
    """Let erased words leave the items of rows: what is sent from now on is without them."""
    gone = set(erased)
    for row in rows:
        kept = tuple(part for part in row.item.sealed if part.digest not in gone)
        if len(kept) < len(row.item.sealed):
            row.item = Item(row.item.said, kept)


# ---------------------------------------------------------------- as their writer reads them


def replaced(rows: Iterable[Row]) -> set[str]:
    """Name the entries for which another own one stands. What was answered "already" closed nothing."""
    return {str(one) for row in rows if not row.came_late() for one in row.said.get("instead_of", ())}


def resting_on(rows: Mapping[str, Row], row: Row) -> list[Row]:
    """Give own unfiled entries that rest on one, or on what it stands for: those that saw or correct it, and theirs."""
    gone = replaced(rows.values())
    names, found = {row.id, *row.said.get("instead_of", ())}, set[str]()
    others = [
        other for other in rows.values() if other is not row and other.state not in FILED and other.id not in gone
    ]
    before = -1
    while before != len(found):  # a later one may stand for an earlier one, on which again an earlier one rests
        before = len(found)
        for other in others:
            seen = set(other.said.get("saw", {}).values())
            if other.id not in found and (other.said.get("corrects") in names or names & seen):
                found.add(other.id)
                names |= {other.id, *other.said.get("instead_of", ())}
    return [other for other in others if other.id in found]


def standing_for(rows: Mapping[str, Row], stood: Iterable[Row]) -> list[str]:
    """Name all that an entry standing for these closes: what they stood for and is open still, then they themselves.

    What was settled, or taken in itself after all, is closed.
    """
    named = dict.fromkeys(one for row in stood for one in (*row.said.get("instead_of", ()), row.id))
    return [one for one in named if one not in rows or rows[one].state not in FILED][:50]
