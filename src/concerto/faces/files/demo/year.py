"""A year of visits, calls and gatherings in the demo township, with talks, lessons, needs, leads and matters."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any, cast
from uuid import UUID

from concerto.journal.kinds.visit import TOPICS, LeadHeard, MatterServed, NeedHeard, Visit1
from concerto.journal.said import Audience, SealedPart
from concerto.places.models import Account

from .pen import Pen
from .register import House, Register, Written
from .township import Township
from .words import CHANGE, LEADS, MATTERS, NEEDS, VISIT

VISITS = 2500
AUTHORS = (("lin", "lin", "lin", "serik", "halima"), ("nurlan", "nurlan", "nurlan", "zhang", "chen"),
           ("ma", "ma", "ma", "yang"))  # fmt: skip


class Year:
    """Writes what was recorded from the first day to the last, day by day."""

    def __init__(self, town: Township, register: Register, pen: Pen, began: date, asof: date) -> None:
        self.town, self.pen, self.chance = town, pen, pen.chance
        self.began, self.asof = began, asof
        self.register = register

    @cached_property
    def houses(self) -> list[list[House]]:
        """The households of each village, once the register is written."""
        known = [house for house in self.register.houses if not house.hidden]
        return [[house for house in known if house.village == village] for village in range(3)]

    def everything(self, visits: int = VISITS) -> Iterator[Written]:
        """Write the visits of every day; fewer in the weeks when everybody is in the mountains."""
        days = (self.asof - self.began).days
        for n in range(visits):
            on = self.began + timedelta(days=2 + n * (days - 3) // visits)
            if on.weekday() == 6 or (on.month in (7, 8) and self.chance.random() < 0.3):
                on -= timedelta(days=1)
            village = self.chance.choices(range(3), (40, 34, 26))[0]
            yield self.gathering(village, on) if self.chance.random() < 0.02 else self.visit(self._house(village), on)

    def _house(self, village: int) -> House:
        homes = self.houses[village]
        weights = [4 if house.helped else 1 for house in homes]
        return self.chance.choices(homes, weights)[0]

    def visit(self, house: House, on: date, **fixed: Any) -> Written:
        """Write one visit or call on a household."""
        chance = self.chance
        outcome = fixed.get("outcome") or self._outcome(house)
        channel = "phone_call" if on.month in (6, 7, 8, 9) and house.herds and chance.random() < 0.5 else "visit"
        plain: dict[str, Any] = {"channel": channel, "households": [house.id], "outcome": outcome}
        if outcome != "met":
            return self._written(plain, [], house.village, on)
        entry = self.pen.new_id(on)
        more, sealed = self._heard(house, on)
        return self._written({**plain, **self._told(house, channel), **more, **fixed}, sealed, house.village, on, entry)

    def _outcome(self, house: House) -> str:
        weights = (3, 3, 1, 14) if house.declined else (80, 14, 5, 1)
        return self.chance.choices(("met", "nobody_home", "not_now", "declined"), weights)[0]

    def _told(self, house: House, channel: str) -> dict[str, Any]:
        """Say what the visit was: whom it met, what was talked about, whether there was a lesson at home."""
        chance = self.chance
        met = chance.sample(house.people, min(len(house.people), chance.choice((1, 1, 2))))
        told: dict[str, Any] = {"met": met, "told_by": chance.choices(("household", "seen", "paper"), (85, 12, 3))[0]}
        if chance.random() < 0.35:
            told["topics"] = chance.sample(TOPICS, chance.choice((1, 1, 2)))
        if house.exempt and channel == "visit" and chance.random() < 0.6:
            told |= {"lesson_minutes": chance.choice((20, 30, 45, 60)), "lesson_for": list(house.exempt)}
        return told

    def _heard(self, house: House, on: date) -> tuple[dict[str, Any], list[SealedPart]]:
        """Say what was heard: words, change or none, needs, now and then a lead or a matter of the branch."""
        chance, pen = self.chance, self.pen
        told: dict[str, Any] = {}
        sealed: list[SealedPart] = []
        if chance.random() < 0.45:
            sealed.append(pen.seal(house.id, chance.choice(VISIT)))
            told["words"] = sealed[-1].digest
        if house.helped and chance.random() < 0.75:
            told |= self._change(house, sealed)
        if chance.random() < 0.09:
            told["needs"] = [self.need(house, on, sealed)]
        if chance.random() < 0.012:
            told["leads"] = [self.lead(house, on, sealed)]
        if house.members and chance.random() < 0.25:
            told["matters"] = [self._matter(house, on, sealed)]
        return told, sealed

    def _change(self, house: House, sealed: list[SealedPart]) -> dict[str, Any]:
        if self.chance.random() < 0.85:
            return {"change": "no_change"}
        sealed.append(self.pen.seal(house.id, self.chance.choice(CHANGE)))
        return {"change": "changed", "change_words": sealed[-1].digest}

    def need(self, house: House, on: date, sealed: list[SealedPart]) -> NeedHeard:
        """Write a need down."""
        sort = self.chance.choice(list(NEEDS))
        need = self.pen.new_id(on)
        sealed.append(self.pen.seal(need, self.chance.choice(NEEDS[sort])))
        return NeedHeard(need=need, sort=sort, words=sealed[-1].digest, household=house.id)

    def lead(self, house: House, on: date, sealed: list[SealedPart]) -> LeadHeard:
        """Write a lead down, for its author and the desk alone."""
        sort = self.chance.choice(list(LEADS))
        lead = self.pen.new_id(on)
        sealed.append(self.pen.seal(lead, self.chance.choice(LEADS[sort]), Audience.DESK))
        return LeadHeard(lead=lead, sort=sort, words=sealed[-1].digest, household=house.id)

    def _matter(self, house: House, on: date, sealed: list[SealedPart]) -> MatterServed:
        matter = self.pen.new_id(on)
        sealed.append(self.pen.seal(matter, self.chance.choice(MATTERS)))
        sort = self.chance.choice(("pledge", "branch_matter"))
        member = self.chance.choice(house.members)
        return MatterServed(matter, cast(Any, sort), member, sealed[-1].digest)

    def gathering(self, village: int, on: date) -> Written:
        """Write a gathering: several households hear of a policy at once."""
        homes = self.chance.sample(self.houses[village], self.chance.randrange(8, 22))
        topics = self.chance.sample(TOPICS, 2)
        facts = {"channel": "gathering", "households": [h.id for h in homes], "outcome": "met", "topics": topics}
        return self._written(facts, [], village, on)

    def _written(
        self, facts: dict[str, Any], sealed: list[SealedPart], village: int, on: date, entry: UUID | None = None
    ) -> Written:
        author = self._author(village)
        if facts["outcome"] == "met" and self.chance.random() < 0.2:
            others = [name for name in dict.fromkeys(AUTHORS[village]) if name != author.name]
            facts["made_with"] = [self.town.staff[self.chance.choice(others)].id]
        late = self.chance.choices((0, 1, 3, 9), (88, 7, 3, 2))[0]
        recorded = min(on + timedelta(days=late), self.asof - timedelta(days=1))
        unit = self.town.villages[village]
        item = self.pen.write(Visit1(**facts), on=on, unit=unit, by=author, sealed=sealed, id=entry, recorded=recorded)
        return recorded, author, item

    def _author(self, village: int) -> Account:
        return self.town.staff[self.chance.choice(AUTHORS[village])]


def chance_of(asof: date) -> Random:
    """Give the chance that everything follows from."""
    return Random(f"concerto demo {asof.isoformat()}")  # noqa: S311  (invented, not secret)
