"""Writes the entries of the demo world: every id, salt and number follows from the chance it was given."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork import canonical, clock
from concerto.groundwork.ids import place_key, uuid7
from concerto.journal.said import HOME, Audience, Body, Item, SealedPart
from concerto.places.devices import desk_of
from concerto.places.models import Account

HOME_DEVICE = place_key("demo world")


class Pen:
    """One hand that writes for everybody, with a running number for each of their desks."""

    def __init__(self, log: UUID, chance: Random) -> None:
        self.log, self.chance = log, chance
        self.numbers: defaultdict[UUID, int] = defaultdict(int)
        self.seen: dict[str, UUID] = {}

    def new_id(self, on: date) -> UUID:
        """Name something that comes up on a day."""
        return uuid7(instant(on, self.chance.randrange(24 * 60)), self.chance.randbytes(10))

    def seal(self, about: UUID, text: str, audience: Audience = Audience.PLACE) -> SealedPart:
        """Seal words."""
        return SealedPart(about=about, audience=audience, salt=self.chance.randbytes(16).hex(), text=text)

    def write(
        self,
        body: Body | None,
        *,
        on: date,
        unit: UUID,
        by: Account | None = None,
        sealed: Sequence[SealedPart] = (),
        id: UUID | None = None,
        recorded: date | None = None,
        **more: Any,
    ) -> Item:
        """Write one entry; `saw` is what the last entry about each field it changes left there."""
        entry = id or self.new_id(on)
        device = desk_of(by) if by else HOME_DEVICE
        self.numbers[device] += 1
        first = more.get("corrects") or entry
        saw = more.pop("saw", None) or self._saw(body, first)
        said: dict[str, Any] = {
            "id": entry,
            "kind": body.KIND if body else more.pop("kind"),
            "version": body.VERSION if body else 1,
            "log": self.log,
            "unit": unit,
            "author": by.id if by else HOME,
            "device": device,
            "number": self.numbers[device],
            "happened_on": on,
            "recorded_at": clock.stamp(instant(recorded or on, 19 * 60 + self.numbers[device] % 60)),
            "body": body,
            "sealed": [rule.digest for rule in body.sealed_parts(first)] if body else [],
            "saw": saw,
            **more,
        }
        self._remember(body, entry, first)
        plain = {key: value for key, value in said.items() if value not in ([], {}) or key == "body"}
        return Item(canonical.write(msgspec.to_builtins(plain)), tuple(sealed))

    def _saw(self, body: Body | None, first: UUID) -> dict[str, UUID | None]:
        wording = self.seen.get(f"{first}.wording")
        if wording is not None:
            return {f"{first}.wording": wording}
        changed = [t.thing for t in body.things(first) if t.how == 2] if body else []
        if body is not None and body.KIND == "merger":
            return {key: value for key, value in self.seen.items() if UUID(key.split(".")[0]) in changed}
        keys = [f"{thing}.{name}" for thing in changed for name in body.changes(thing)] if body else []
        return {key: self.seen.get(key) for key in keys}

    def _remember(self, body: Body | None, entry: UUID, first: UUID) -> None:
        self.seen[f"{first}.wording"] = entry
        for touch in body.things(first) if body else ():
            for name in body.changes(touch.thing) if touch.how in (2, 3) and body else ():
                self.seen[f"{touch.thing}.{name}"] = entry


def instant(on: date, minutes: int) -> datetime:
    """Give an instant of a day, so many minutes after it began in China."""
    return datetime.combine(on, time(), UTC) - timedelta(hours=8) + timedelta(minutes=minutes)
