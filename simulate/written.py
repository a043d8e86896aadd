"""What people wrote, kept by the simulator itself: the measure that journal, tray and phones are held against."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork import clock
from concerto.groundwork.ids import uuid7
from concerto.journal.said import Audience, Body, Item, SealedPart
from tests.cast import TOWNSHIP

Seen = dict[str, str | None]  # "THING.field" or "FIRST.wording": the wording that its author had before their eyes


@dataclass
class Written:
    """One entry as it was written, and what its author saw then, whatever the entry itself says of it."""

    id: str
    label: str
    author: str
    item: Item
    said: dict[str, Any]
    viewed: Seen
    by_phone: str = ""
    heard: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its kind."""
        return str(self.said["kind"])

    @property
    def first(self) -> str:
        """The entry that it says anew, or itself."""
        return str(self.said.get("corrects") or self.id)


@dataclass
class Writer:
    """Names and seals whatever is new in one history; every choice is drawn from `chance`."""

    chance: Random
    all: dict[str, Written] = field(default_factory=dict)
    phones_given: int = 0
    secrets: list[str] = field(default_factory=list)

    def new_id(self, at: datetime) -> UUID:
        """Name something new."""
        return uuid7(at, self.chance.randbytes(10))

    def seal(self, about: UUID, text: str, audience: Audience = Audience.PLACE) -> SealedPart:
        """Seal words about something."""
        return SealedPart(about=about, audience=audience, salt=self.chance.randbytes(16).hex(), text=text)

    def secret(self, of: str) -> str:
        """Write words that no card may show, each once in a history."""
        self.secrets.append(f"{of}{len(self.secrets)}号秘言")
        return self.secrets[-1]

    def phone_number(self) -> str:
        """Give a telephone number that no other person of the history has."""
        self.phones_given += 1
        return f"1009{self.phones_given:07d}"

    def write(
        self,
        body: Body | None,
        *,
        label: str,
        author: tuple[str, UUID],
        device: UUID,
        number: int,
        unit: UUID,
        day: date,
        at: datetime,
        saw: Mapping[str, str | None] | None = None,
        viewed: Mapping[str, str | None] | None = None,
        sealed: Sequence[SealedPart] = (),
        by_phone: str = "",
        **more: Any,
    ) -> Written:
        """Write one entry, and keep what its author saw (`viewed`) beside what it says they saw (`saw`)."""
        entry = self.new_id(at)
        kind = {"kind": body.KIND, "version": body.VERSION} if body else {"kind": more.pop("kind"), "version": 1}
        first = UUID(str(more.get("corrects") or entry))
        said = {
            "id": str(entry),
            **kind,
            "log": str(TOWNSHIP),
            "unit": str(unit),
            "author": str(author[1]),
            "device": str(device),
            "number": number,
            "happened_on": day.isoformat(),
            "recorded_at": clock.stamp(at),
            "body": msgspec.to_builtins(body) if body else None,
            **({"sealed": [rule.digest for rule in body.sealed_parts(first)]} if body else {}),
            **{name: value for name, value in more.items() if value},
            **({"saw": dict(sorted(saw.items()))} if saw else {}),
        }
        item = Item(json.dumps(said, ensure_ascii=False, separators=(",", ":")), tuple(sealed))
        written = Written(str(entry), label, author[0], item, said, dict(viewed or saw or {}), by_phone)
        self.all[written.id] = written
        return written
