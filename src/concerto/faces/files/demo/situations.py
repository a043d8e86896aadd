"""Situations worth showing, one of each: they are what a tour of the demo world goes to see."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from concerto.journal.kinds.households import HouseholdChange1, HouseholdSplit1, Merger1
from concerto.journal.kinds.people import MemberChange1, ResidentChange1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import SealedPart
from concerto.places.devices import desk_of
from concerto.places.models import Account, Device

from .pen import Pen, instant
from .register import House, Register, Written
from .township import Township
from .year import Year

# What the door is expected to answer: nothing else of the demo world is left lying.
EXPECTED = {"clash": 1, "refused": 1, "waits": 1}


class Situations:
    """Writes what happened to a few households, on days counted back from the last."""

    def __init__(self, town: Township, register: Register, year: Year, pen: Pen, asof: date) -> None:
        self.town, self.register, self.year, self.pen, self.asof = town, register, year, pen, asof
        self.to_erase: UUID | None = None

    def ago(self, days: int) -> date:
        """Give a day before the last."""
        return self.asof - timedelta(days=days)

    def monday(self, days: int) -> date:
        """Give the Monday of a week before the last day: what moves people comes first in its week."""
        day = self.ago(days)
        return day - timedelta(days=day.weekday())

    def staff(self, name: str) -> Account:
        """Give somebody who signs in."""
        return self.town.staff[name]

    def newcomers(self) -> Iterator[Written]:
        """Write households that only these situations speak of."""
        for number in range(201, 207):
            yield from self.register.household(0, number)
            self.register.houses[-1].hidden = True
        self.moved, self.twin, self.original, self.mistaken, self.gone, self.erased = self.register.houses[-6:]

    def everything(self) -> Iterator[Written]:
        """Write all situations."""
        yield from self._moves()
        yield from self._mergers()
        yield from self._splits()
        yield from self._leaves()
        yield from self._corrections()
        yield from self._heard()
        yield from self._left_lying()
        self.to_erase = self.erased.people[0]
        yield self._visit(self.erased, 80)

    def _visit(self, house: House, days: int, **fixed: Any) -> Written:
        return self.year.visit(house, self.ago(days), **fixed)

    def _moves(self) -> Iterator[Written]:
        """Let a household move to another village, visited before and after."""
        yield self._visit(self.moved, 200, outcome="met")
        on = self.monday(120)
        body = HouseholdChange1(household=self.moved.id, village=self.town.villages[1], number="085")
        yield on, None, self.pen.write(body, on=on, unit=self.town.villages[0])
        self.moved.village = 1
        yield self._visit(self.moved, 60, outcome="met")

    def _mergers(self) -> Iterator[Written]:
        """Let one household be known under two names and merged; and two be merged by mistake, and un-merged."""
        wang = self.staff("wang")
        for gone, days in ((self.twin, 90), (self.mistaken, 70)):
            on = self.ago(days)
            body = Merger1(sort="household", gone=gone.id, stays=self.original.id)
            entry = self.pen.new_id(on)
            yield on, wang, self.pen.write(body, on=on, unit=self.town.villages[0], by=wang, id=entry)
        on = self.ago(41)
        back = self.pen.write(None, on=on, unit=self.town.villages[0], by=wang, kind="merger", corrects=entry)
        yield on, wang, back

    def _splits(self) -> Iterator[Written]:
        """Let somebody of a household make a household of their own."""
        house, lin, on = self._with_many(0), self.staff("lin"), self.ago(100)
        leaves = house.people[-1]
        body = HouseholdSplit1(
            old=house.id,
            household=self.pen.new_id(on),
            village=self.town.villages[0],
            since=on,
            head=leaves,
            residents=[leaves],
            number="120",
        )
        yield on, lin, self.pen.write(body, on=on, unit=self.town.villages[0], by=lin)

    def _with_many(self, village: int) -> House:
        return next(h for h in self.register.houses if h.village == village and len(h.people) > 3)

    def _leaves(self) -> Iterator[Written]:
        """Let a household leave the township, and a probationary member become a full one."""
        on, sec = self.ago(50), self.staff("serik")
        body = HouseholdChange1(household=self.gone.id, left_on=on)
        yield on, sec, self.pen.write(body, on=on, unit=self.town.villages[0], by=sec)
        member = next(h.members[0] for h in self.register.houses if h.village == 0 and h.members)
        on = self.ago(33)
        next(one for one in self.register.members[0] if one.id == member).full_since = on
        change = MemberChange1(member=member, standing="full")
        yield on, sec, self.pen.write(change, on=on, unit=self.town.branches[0], by=sec)

    def _corrections(self) -> Iterator[Written]:
        """Let a visit be corrected, and another be withdrawn."""
        lin, unit = self.staff("lin"), self.town.villages[0]
        for days, outcome in ((20, "not_now"), (18, None)):
            house, on = self._helped(days), self.ago(days)
            entry = self.pen.new_id(on)
            first = Visit1(channel="visit", households=[house.id], outcome="met", met=house.people[:1])
            yield on, lin, self.pen.write(first, on=on, unit=unit, by=lin, id=entry)
            again = Visit1(channel="visit", households=[house.id], outcome=outcome) if outcome else None  # type: ignore[arg-type]
            more: dict[str, Any] = {} if again else {"kind": "visit"}
            later = self.pen.write(again, on=on, unit=unit, by=lin, corrects=entry, recorded=self.ago(days - 1), **more)
            yield self.ago(days - 1), lin, later

    def _helped(self, n: int) -> House:
        helped = [h for h in self.register.houses if h.village == 0 and h.helped and not h.hidden]
        return helped[n % len(helped)]  # how many there are differs from day to day

    def _heard(self) -> Iterator[Written]:
        """Let a fresh lead and a lapsed one be heard, and a need."""
        for days in (75, 4):
            house, on = self._helped(days % 7), self.ago(days)
            sealed: list[SealedPart] = []
            yield self._visit_by_lin(house, on, sealed, leads=[self.year.lead(house, on, sealed)])
        house, on = self._helped(8), self.ago(5)
        words: list[SealedPart] = []
        needs = [self.year.need(house, on, words)]
        yield self._visit_by_lin(house, on, words, needs=needs, change="no_change", topics=["medical_insurance"])

    def _visit_by_lin(self, house: House, on: date, sealed: list[SealedPart], **told: Any) -> Written:
        lin = self.staff("lin")
        body = Visit1(channel="visit", households=[house.id], outcome="met", met=house.people[:1], **told)
        return on, lin, self.pen.write(body, on=on, unit=self.town.villages[0], by=lin, sealed=sealed)

    def _left_lying(self) -> Iterator[Written]:
        """Leave three in the tray: a clash, a refused one, and one that waits for a household nobody has written."""
        yield from self._clash()
        ma, nurlan, on = self.staff("ma"), self.staff("nurlan"), self.ago(6)
        elsewhere = Visit1(channel="visit", households=[self._helped(1).id], outcome="nobody_home")
        yield on, ma, self.pen.write(elsewhere, on=on, unit=self.town.villages[0], by=ma)
        unknown = Visit1(channel="visit", households=[self.pen.new_id(on)], outcome="not_now")
        yield on, nurlan, self.pen.write(unknown, on=on, unit=self.town.villages[1], by=nurlan)

    def _clash(self) -> Iterator[Written]:
        """Let two people change one telephone number without knowing of each other."""
        who, on = self._with_many(0).people[0], self.ago(9)
        saw = {f"{who}.phones": self.pen.seen[f"{who}.phones"]}
        for name, phone in (("lin", "10055550101"), ("serik", "10055550202")):
            words = self.pen.seal(who, phone)
            body = ResidentChange1(resident=who, phones=[words.digest])
            by = self.staff(name)
            item = self.pen.write(body, on=on, unit=self.town.villages[0], by=by, sealed=[words], saw=saw)
            yield on, by, item

    def devices(self) -> None:
        """Give everybody's desk the numbers that were used, and one instructor a phone that was lost."""
        for account in self.town.staff.values():
            last = self.pen.numbers[desk_of(account)]
            Device.objects.create(
                id=desk_of(account), account=account.id, is_desk=True, last_number=last, enrolled_at=account.made_at
            )
        lost = self.ago(12)
        Device.objects.create(
            id=self.pen.new_id(lost),
            account=self.staff("nurlan").id,
            name="努尔兰的手机",
            enrolled_at=instant(self.ago(300), 600),
            lost_on=lost,
        )
