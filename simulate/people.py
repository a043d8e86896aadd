"""What people do on their phones: record, correct, take back, settle, put right, hand over; as its pages let them."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork import clock
from concerto.journal.kinds import read_body
from concerto.journal.kinds.households import Home, Household1, HouseholdChange1
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.people import Resident1, ResidentChange1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.said import Body, SealedPart
from tests.cast import VILLAGE_A, VILLAGE_B

from .phone import Phone
from .rows import FILED, Row, replaced, resting_on, standing_for
from .view import View
from .written import Seen, Writer

GIVE_UP = frozenset({"already", "withdrawn_already", "erased_thing"})


class Hand:
    """The hand that writes on one phone."""

    def __init__(self, phone: Phone, writer: Writer, chance: Random) -> None:
        self.phone, self.writer, self.chance = phone, writer, chance
        self.narrow = False  # everything is about the same household

    def say(self, body: Body | None, *, unit: UUID | str, day: Any = None, **more: Any) -> Row:
        """Write one entry and keep it on the phone."""
        phone = self.phone
        phone.number += 1
        written = self.writer.write(
            body,
            label=f"{phone.name}#{phone.number}",
            author=(phone.is_of.owner, phone.is_of.account),
            device=phone.is_of.device,
            number=phone.number,
            unit=UUID(str(unit)),
            day=day or phone.day - timedelta(days=self.chance.choice((0, 0, 1, 3))),
            at=phone.clock,
            by_phone=phone.name,
            **more,
        )
        return phone.record(written)

    # ------------------------------------------------------------ recording

    def something(self) -> Row | None:
        """Record one thing, as far as there is anything to record it about."""
        kinds = (self.visit, self.change, self.change, self.person, self.household, self.correct, self.withdraw)
        return self.chance.choices(kinds, (5, 4, 3, 3, 1, 3, 1))[0]()

    def visit(self) -> Row | None:
        """Call on a household; words and a need are heard."""
        house = self._house()
        if house is None:
            return None
        key, need = UUID(house[0]), self.writer.new_id(self.phone.clock)
        own = self.writer.seal(key, self.writer.secret("话"))
        heard = self.writer.seal(need, self.writer.secret("难处"))
        needs = [NeedHeard(need, "water", heard.digest, key)] if self.chance.random() < 0.4 else []
        body = Visit1(channel="visit", households=[key], outcome="met", words=own.digest, needs=needs)
        return self.say(body, unit=house[1], sealed=[own, *([heard] if needs else [])])

    def change(self) -> Row | None:
        """Change one or two fields of a household."""
        house = self._house()
        if house is None:
            return None
        fields = dict(self.chance.sample(sorted(self._values().items()), self.chance.choice((1, 1, 2))))
        body = HouseholdChange1(household=UUID(house[0]), **fields)
        return self.say(body, unit=house[1], **self.eyes(self.phone.view(), house[0], fields))

    def _values(self) -> dict[str, Any]:
        n = self.chance.randrange(1, 12)
        return {"number": f"{n}号", "group": f"{n}组", "best_months": [n]}

    def person(self) -> Row | None:
        """Change somebody's telephone numbers."""
        house = self._house()
        people = self.phone.view().people_of(house[0]) if house else []
        if house is None or not people:
            return None
        who = self.chance.choice(people)
        part = self.writer.seal(UUID(who), self.writer.phone_number())
        body = ResidentChange1(resident=UUID(who), phones=[part.digest])
        return self.say(body, unit=house[1], sealed=[part], **self.eyes(self.phone.view(), who, ["phones"]))

    def household(self) -> Row | None:
        """Bring a new household into the register, and its first person."""
        villages = sorted({card["village"] for card in self.phone.cards.values()})
        if not villages:
            return None
        at = self.phone.clock
        house, who, village = self.writer.new_id(at), self.writer.new_id(at), self.chance.choice(villages)
        wrong = str(VILLAGE_B if village == str(VILLAGE_A) else VILLAGE_A)
        told = wrong if self.chance.random() < 0.15 else village  # a slip that the door refuses
        row = self.say(Household1(household=house, village=UUID(told), head=who), unit=village)
        name = self.writer.seal(who, f"新户{self.phone.number}")
        home = Home(household=house, relation="head")
        self.say(Resident1(resident=who, name=name.digest, home=home), unit=village, sealed=[name])
        return row

    def _house(self) -> tuple[str, str] | None:
        houses = self.phone.view().houses()
        return (houses[0] if self.narrow else self.chance.choice(houses)) if houses else None

    def eyes(self, view: View, thing: str, names: Iterable[str]) -> dict[str, Seen]:
        """Give what is seen of fields, and what the entry says was seen: the same, unless a bug was put in."""
        viewed = {f"{thing}.{name}": view.wording(thing, name) for name in names}
        return {"saw": self.saw(dict(viewed)), "viewed": viewed}

    def saw(self, viewed: Seen) -> Seen:
        """Say in an entry what was seen."""
        return viewed

    # ------------------------------------------------------------ saying again

    def correct(self) -> Row | None:
        """Say something own anew: the whole of it, in the place of the first."""
        found = self._own()
        if found is None:
            return None
        first, last = found
        body = dict(last.said["body"])
        if "outcome" in body:
            body["topics"] = [self.chance.choice(("pension", "employment", "machinery_subsidy"))]
        else:
            names = sorted(body.keys() & self._values().keys())
            if not names:
                return None
            body |= {name: self._values()[name] for name in names[:1]}
        return self._again(first, last, body)

    def withdraw(self) -> Row | None:
        """Take something own back."""
        found = self._own()
        return self._again(*found, None) if found else None

    def _own(self) -> tuple[str, Row] | None:
        """Choose a visit or change of this phone, with its last wording that holds."""
        gone = replaced(self.phone.rows.values())
        strands: dict[str, Row] = {}
        for row in self.phone.rows.values():
            if row.id not in gone and row.state in ("waiting", "pending", "sent"):
                strands[row.written.first] = row
        fit = {f: r for f, r in strands.items() if r.said["kind"] in ("visit", "household_change") and r.said["body"]}
        return self.chance.choice(sorted(fit.items())) if fit else None

    def _again(self, first: str, last: Row, body: dict[str, Any] | None) -> Row:
        seen = {f"{first}.wording": last.id}
        more = {"corrects": first, "saw": self.saw(dict(seen)), "viewed": seen}
        if body is None:
            return self.say(None, unit=last.said["unit"], kind=last.said["kind"], **more)
        return self.say(self._read(last.said["kind"], body), unit=last.said["unit"], **more)

    def _read(self, kind: str, body: Mapping[str, Any]) -> Body:
        return read_body(kind, 1, msgspec.json.encode(body))

    # ------------------------------------------------------------ what was not taken

    def open_rows(self) -> list[Row]:
        """List what its owner has to decide, the oldest first."""
        gone = replaced(self.phone.rows.values())
        return [row for row in self.phone.rows.values() if row.state in ("clash", "back") and row.id not in gone]

    def resolve(self, row: Row, *, give_up: bool = False) -> Row | None:
        """Decide about one entry that was not taken: keep mine, let stand, put right, hand over, let go."""
        if row.handed:
            return None
        if row.state == "clash":
            mine = not give_up and row.code not in GIVE_UP and self.chance.random() < 0.6
            return (self.keep_mine(row) if mine else None) or self.let_go(row)
        if row.code == "day_not_come" and not give_up:
            return self.mend(row)
        if row.code in ("not_in_this_unit", "not_posted_there", "unknown_unit", "not_yours_to_correct"):
            row.handed = "wanted"
            return None
        return self.let_go(row)

    def keep_mine(self, row: Row) -> Row | None:
        """Settle a clash by what I wrote, against the card without those it stands for."""
        if row.said.get("corrects"):
            return self._whole_mine(row)
        if row.said["kind"] not in ("household_change", "resident_change"):
            return None
        thing = _thing(row)
        chain = [row, *(one for one in self._resting(row) if _thing(one) == thing and one.said["body"])]
        chain = [one for one in chain if one.said["kind"] == row.said["kind"]]  # corrections of them as well
        view = self.phone.view(but=self.left_out(chain))
        house = view.people.get(thing, thing)
        if house not in view.cards and house not in view.new_houses:
            return None
        body = {name: value for one in chain for name, value in one.said["body"].items()}
        fields = [name for name in body if name not in ("household", "resident")]
        more = {"instead_of": self.instead_of(chain), "sealed": self._parts(chain, body)}
        return self.say(
            self._read(row.said["kind"], body), unit=row.said["unit"], **more, **self.eyes(view, thing, fields)
        )

    def _whole_mine(self, row: Row) -> Row | None:
        last = row.facts.get("meets")
        if not last:
            return None
        first = row.said["corrects"]
        seen = {f"{first}.wording": str(last)}
        stood = [row, *self._resting(row)]
        more = {"corrects": first, "instead_of": self.instead_of(stood), "saw": self.saw(dict(seen)), "viewed": seen}
        if row.said["body"] is None:
            return self.say(None, unit=row.said["unit"], kind=row.said["kind"], **more)
        parts = self._parts([row], row.said["body"])
        return self.say(self._read(row.said["kind"], row.said["body"]), unit=row.said["unit"], sealed=parts, **more)

    def let_go(self, row: Row) -> Row:
        """Let stand what is there, with all that rests on it."""
        stood = [row, *self._resting(row)]
        return self.say(Settled1(), unit=row.said["unit"], instead_of=self.instead_of(stood))

    def mend(self, row: Row) -> Row | None:
        """Put right what was sent back: one new entry for it and for what corrects it, with what it had seen."""
        stood = [row, *(one for one in self._resting(row) if one.said.get("corrects") == row.id)]
        last = next((one for one in reversed(stood) if one.said["body"] is not None), row)
        today = clock.day_of(self.phone.machine.now)
        seen = self.seen_again(row)
        more = {"instead_of": self.instead_of(stood), "corrects": row.said.get("corrects"), "saw": seen}
        more |= {"viewed": row.written.viewed, "day": today}
        if last.said["body"] is None:
            return self.say(None, unit=row.said["unit"], kind=row.said["kind"], **more)
        body = last.said["body"]
        return self.say(
            self._read(row.said["kind"], body), unit=row.said["unit"], sealed=self._parts(stood, body), **more
        )

    def seen_again(self, row: Row) -> Seen:
        """Say in a repair what was seen: what the entry that was sent back had."""
        return dict(row.said.get("saw", {}))

    def instead_of(self, stood: list[Row]) -> list[str]:
        """Name what an entry closes."""
        return standing_for(self.phone.rows, stood)

    def left_out(self, stood: list[Row]) -> set[str]:
        """Name own entries that the view of who settles is without."""
        return {row.id for row in stood}

    def _resting(self, row: Row) -> list[Row]:
        return [one for one in resting_on(self.phone.rows, row) if one.state not in FILED]

    def _parts(self, rows: Iterable[Row], body: Mapping[str, Any]) -> list[SealedPart]:
        named = str(body)
        return [part for row in rows for part in row.item.sealed if part.digest in named]


def _thing(row: Row) -> str:
    body = row.said["body"] or {}
    return str(body.get("resident") or body.get("household") or "")
