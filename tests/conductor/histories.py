"""Random histories of a township: everything that may be recorded, right and wrong, late, twice and out of order."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from concerto.conductor.opening import open_log
from concerto.conductor.receive import Receipt, receive
from concerto.groundwork import database
from concerto.groundwork.ids import place_key
from concerto.journal.kinds.households import (
    Helper1,
    HelperChange1,
    Home,
    Household1,
    HouseholdChange1,
    HouseholdSplit1,
    Merger1,
    UsualPlace,
)
from concerto.journal.kinds.keeping import Erased, Erasure1, Restriction1, Settled1
from concerto.journal.kinds.people import Member1, MemberChange1, Resident1, ResidentChange1
from concerto.journal.kinds.postings import Absence, Posting1, PostingChange1
from concerto.journal.kinds.visit import LeadHeard, MatterServed, NeedHeard, Visit1
from concerto.journal.models import Sealed
from concerto.journal.said import Audience, Body, Item, SealedPart
from concerto.places.divisions import Found
from concerto.places.models import Account, DivisionLevel, Unit, UnitKind
from concerto.register.models import HelperLink, Household, Member, Resident
from tests.cast import FIRST_DAY, NOON, TODAY, Pen

VILLAGES = (place_key("620999301201"), place_key("620999301202"))
BRANCH = place_key("branch of 620999301201")
NAMES = ("阿依努尔·木拉提", "王建国", "古丽·巴合提", "马福来", "别克·努尔兰", "李秀英")


@dataclass
class Fact:
    """Something that was said and may be said again: the last body sent and the last wording known to stand."""

    body: Body
    unit: UUID
    by: str
    wording: UUID


@dataclass
class History:
    """One log and what was said in it; every choice is drawn from `chance`."""

    log: UUID
    people: dict[str, Account]
    chance: Random
    pen: Pen = field(default_factory=Pen)
    facts: dict[UUID, Fact] = field(default_factory=dict)
    sent: dict[UUID, tuple[str, Item]] = field(default_factory=dict)
    held: list[tuple[str, Item]] = field(default_factory=list)
    pending: list[tuple[str, Item]] = field(default_factory=list)
    clashes: list[UUID] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    households: list[UUID] = field(default_factory=list)
    residents: list[UUID] = field(default_factory=list)
    members: list[UUID] = field(default_factory=list)
    links: list[UUID] = field(default_factory=list)
    postings: list[UUID] = field(default_factory=list)

    def open(self) -> "History":
        """Open the log with its units and the postings of those who record."""
        open_place(self.log)
        for name, role, unit in (
            ("lin", "instructor", BRANCH),
            ("org", "township_organizer", self.log),
            ("aside", "mediator", VILLAGES[1]),
        ):
            key = self.pen.new_id()
            self.postings.append(key)
            account = self.people.get(name, self.people["lin"]).id
            body = Posting1(posting=key, account=account, unit=unit, role=role, since=FIRST_DAY)  # type: ignore[arg-type]
            self.say(body, by="home", unit=unit)
        for _ in range(3):
            self.household()
            self.resident()
        self.flush()
        return self

    # ------------------------------------------------------------ sending

    def say(self, body: Body | None, *, by: str, unit: UUID, sealed: Sequence[SealedPart] = (), **more: Any) -> UUID:
        """Write an entry and lay it with those to be sent; now and then it stays behind for a while."""
        entry = self.pen.new_id()
        author = None if by == "home" else self.people[by]
        on = TODAY - timedelta(days=self.chance.randrange(40))
        item = self.pen.item(body, unit=unit, by=author, log=self.log, on=on, sealed=sealed, id=entry, **more)
        self.sent[entry] = (by, item)
        (self.held if self.chance.random() < 0.06 else self.pending).append((by, item))
        return entry

    def flush(self) -> None:
        """Send what is pending, author by author, in batches of any size."""
        while self.pending:
            by = self.pending[0][0]
            size = self.chance.choice((1, 2, 5, 50))
            batch = [item for who, item in self.pending if who == by][:size]
            self.pending = [one for one in self.pending if not any(one[1] is item for item in batch)]
            self._answered(self.send(batch, by))

    def send(self, batch: Sequence[Item], by: str) -> list[Receipt]:
        """Bring entries to the door."""
        return receive(batch, brought_by=None if by == "home" else self.people[by], at=NOON)

    def _answered(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            self.outcomes.append(receipt.outcome)
            said = msgspec.json.decode(self.sent[receipt.id][1].said) if receipt.id else {}
            first = UUID(said["corrects"]) if said.get("corrects") else receipt.id
            if receipt.outcome == "accepted" and first in self.facts:
                self.facts[first].wording = receipt.id
            elif receipt.outcome == "clash" and receipt.id:
                self.clashes.append(receipt.id)

    # ------------------------------------------------------------ what may happen

    def step(self) -> None:
        """Let one thing happen, and sometimes send what has come together."""
        happenings: list[tuple[int, Callable[[], object]]] = [
            (3, self.household), (4, self.resident), (2, self.member), (2, self.helper), (3, self.household_change),
            (4, self.resident_change), (2, self.helper_change), (2, self.member_change), (1, self.split),
            (2, self.merger), (9, self.visit), (6, self.correct), (3, self.withdraw), (2, self.erase),
            (1, self.restrict), (1, self.settle), (2, self.resend), (2, self.bring_late), (1, self.posting_change),
        ]  # fmt: skip
        weights = [weight for weight, _ in happenings]
        self.chance.choices([happening for _, happening in happenings], weights)[0]()
        if self.chance.random() < 0.35:
            self.flush()

    def household(self) -> None:
        house, village = self.pen.new_id(), self.chance.choice(VILLAGES)
        words = [self.pen.seal(house, "夏牧场在北沟")] if self.chance.random() < 0.4 else []
        places = [UsualPlace("summer", 6, 9, part.digest) for part in words]
        body = Household1(household=house, village=village, number=str(self.pen.written), places=places)
        self._first(body, by=self._who("home", "org"), unit=village, sealed=words)
        self.households.append(house)

    def resident(self) -> None:
        who = self.pen.new_id()
        name, *phones = self._words(who, self.chance.choice(NAMES), *self._phones())
        home = Home(self._house(), self.chance.choice(("head", "spouse", "child")))  # type: ignore[arg-type]
        body = Resident1(resident=who, name=name.digest, home=home, phones=[part.digest for part in phones])
        self._first(body, by=self._who("home", "org"), unit=VILLAGES[0], sealed=[name, *phones])
        self.residents.append(who)

    def member(self) -> None:
        body = Member1(member=self.pen.new_id(), resident=self._resident(), branch=BRANCH, standing="full")
        self._first(body, by="home", unit=BRANCH)
        self.members.append(body.member)

    def helper(self) -> None:
        agreement = self.chance.choice(("agreed", "declined", "not_asked"))
        helper = self.people["lin"].id
        body = Helper1(
            link=self.pen.new_id(),
            household=self._house(),
            helper=helper,
            agreement=agreement,  # type: ignore[arg-type]
            since=FIRST_DAY,
        )
        self._first(body, by=self._who("home", "org"), unit=VILLAGES[0])
        self.links.append(body.link)

    def household_change(self) -> None:
        house = self._house()
        one = self.chance.choice(({"number": "77"}, {"village": VILLAGES[1]}, {"left_on": TODAY}, {"best_months": [1]}))
        self._change(HouseholdChange1(household=house, **one), Household, house, list(one))  # type: ignore[arg-type]

    def resident_change(self) -> None:
        who = self._resident()
        parts = self._words(who, "10033334444")
        one = self.chance.choice(
            ({"phones": [parts[0].digest]}, {"home": Home(self._house(), "other")}, {"left_on": TODAY}, {"phones": []})
        )
        sealed = parts if one.get("phones") else []
        self._change(ResidentChange1(resident=who, **one), Resident, who, list(one), sealed)  # type: ignore[arg-type]

    def helper_change(self) -> None:
        if self.links:
            link, house = self.chance.choice(self.links), self._house()
            body = HelperChange1(link=link, household=house, agreement=self.chance.choice(("agreed", "declined")))
            self._change(body, HelperLink, link, ["agreement"])

    def member_change(self) -> None:
        if self.members:
            member = self.chance.choice(self.members)
            self._change(MemberChange1(member=member, exempt=True), Member, member, ["exempt"])

    def posting_change(self) -> None:
        away = Absence(since=FIRST_DAY, until=FIRST_DAY, deputy=self.people["org"].id)
        body = PostingChange1(posting=self.postings[2], absences=[away])
        self._first(body, by="home", unit=VILLAGES[1], saw={f"{self.postings[2]}.absences": None})

    def split(self) -> None:
        who = self._resident()
        body = HouseholdSplit1(
            old=self._house(), household=self.pen.new_id(), village=VILLAGES[0], since=TODAY, head=who, residents=[who]
        )
        self._change(body, Resident, who, ["home"])
        self.households.append(body.household)

    def merger(self) -> None:
        gone, stays = self._house(), self._house()
        if gone != stays:
            saw = {**self._saw(Household, gone, None), **self._saw(Household, stays, None)}
            self._first(Merger1(sort="household", gone=gone, stays=stays), by="home", unit=VILLAGES[0], saw=saw)

    def visit(self) -> None:
        body, words = self._visit()
        self._first(body, by=self._who("lin", "org"), unit=self.chance.choice(VILLAGES), sealed=words)

    def correct(self) -> None:
        """Say something again: other fields, some things dropped, the words kept by their digests or sent again."""
        if not self.facts:
            return
        first = self.chance.choice(list(self.facts))
        fact = self.facts[first]
        body, sealed = self._reworded(fact.body)
        if body is not None:
            self._again(first, fact, body, sealed)

    def withdraw(self) -> None:
        if self.facts:
            first = self.chance.choice(list(self.facts))
            fact = self.facts[first]
            more = {"kind": fact.body.KIND, "version": fact.body.VERSION}
            self.say(None, by=fact.by, unit=fact.unit, corrects=first, saw=self._last(first), **more)

    def erase(self) -> None:
        sort, thing = self.chance.choice((("resident", self._resident()), ("household", self._house())))
        digests = list(Sealed.objects.filter(log=self.log, about=thing).values_list("digest", flat=True))
        whole = self.chance.random() < 0.6
        erased = Erased(thing=thing, what=sort, whole=whole)  # type: ignore[arg-type]
        self.say(Erasure1(things_erased=[erased], digests=digests), by="home", unit=VILLAGES[0])

    def restrict(self) -> None:
        who = self._resident()
        self._change(Restriction1(resident=who, restricted=True), Resident, who, ["restricted"])

    def settle(self) -> None:
        if self.clashes:
            clash = self.chance.choice(self.clashes)
            by = self.sent[clash][0]
            self.say(Settled1(), by=by if by != "home" else "org", unit=VILLAGES[0], instead_of=[clash])

    def resend(self) -> None:
        by, item = self.chance.choice(list(self.sent.values()))
        self.pending.append((by, item))

    def bring_late(self) -> None:
        self.pending += self.held
        self.held = []

    # ------------------------------------------------------------ small things

    def _first(self, body: Body, *, by: str, unit: UUID, sealed: Sequence[SealedPart] = (), **more: Any) -> None:
        entry = self.say(body, by=by, unit=unit, sealed=sealed, **more)
        self.facts[entry] = Fact(body, unit, by, entry)

    def _again(self, first: UUID, fact: Fact, body: Body, sealed: Sequence[SealedPart]) -> None:
        self.say(body, by=fact.by, unit=fact.unit, sealed=sealed, corrects=first, saw=self._last(first))
        fact.body = body

    def _last(self, first: UUID) -> dict[str, str]:
        return {f"{first}.wording": str(self.facts[first].wording if self.chance.random() < 0.9 else first)}

    def _change(self, body: Body, model: Any, thing: UUID, names: list[str], sealed: Sequence[SealedPart] = ()) -> None:
        saw = self._saw(model, thing, names)
        self._first(body, by=self._who("home", "org"), unit=VILLAGES[0], sealed=sealed, saw=saw)

    def _saw(self, model: Any, thing: UUID, names: list[str] | None) -> dict[str, str | None]:
        """Say what stands in the ledger now, as a form would; now and then nothing was seen."""
        row = model.objects.filter(log=self.log, id=thing).first()
        wordings = json.loads(row.wordings) if row else {}
        seen = wordings if self.chance.random() < 0.9 else {}
        return {f"{thing}.{name}": seen.get(name) for name in (names if names is not None else wordings)}

    def _visit(self) -> tuple[Visit1, list[SealedPart]]:
        pen, chance = self.pen, self.chance
        house, met = self._house(), self.residents and [self._resident()]
        if chance.random() < 0.2:
            return Visit1(channel="visit", households=[house], outcome="declined"), []
        own = pen.seal(house, "说说家里的事")
        needs = [(pen.new_id(), "water") for _ in range(chance.randrange(3))]
        leads = [(pen.new_id(), "lease") for _ in range(chance.randrange(2))]
        heard = [pen.seal(need, "想修水渠") for need, _ in needs]
        said = [pen.seal(lead, "租草场的钱没给", Audience.DESK) for lead, _ in leads]
        several = sorted({house, self._house()}) if chance.random() < 0.2 else [house]
        alone = len(several) == 1
        own = own if alone else pen.seal(UUID(int=0), "")
        body = Visit1(
            channel="visit" if alone else "gathering",
            households=several,
            outcome="met",
            met=met or [],
            change=chance.choice(("no_change", "not_asked")) if alone else "not_asked",  # type: ignore[arg-type]
            topics=["pension"] if chance.random() < 0.5 else [],
            lesson_minutes=30 if self.members else 0,
            lesson_for=[chance.choice(self.members)] if self.members else [],
            needs=[NeedHeard(n, s, w.digest, house) for (n, s), w in zip(needs, heard, strict=True)],  # type: ignore[arg-type]
            leads=[LeadHeard(n, s, w.digest, house) for (n, s), w in zip(leads, said, strict=True)],  # type: ignore[arg-type]
            matters=[MatterServed(pen.new_id(), "pledge")] if chance.random() < 0.4 else [],
            words=own.digest if alone else None,
        )
        return body, [*([own] if alone else []), *heard, *said]

    def _reworded(self, body: Body) -> tuple[Body | None, list[SealedPart]]:
        replace, chance = msgspec.structs.replace, self.chance
        if isinstance(body, Visit1) and body.outcome == "met":
            if chance.random() < 0.3:
                fresh, words = self._visit()
                return fresh, words
            return replace(body, needs=body.needs[:1], leads=[], topics=["employment"]), []
        if isinstance(body, Resident1):
            return replace(body, home=Home(self._house(), "parent"), phones=body.phones[:1]), []
        if isinstance(body, ResidentChange1):
            other = self._resident() if chance.random() < 0.2 else body.resident
            return ResidentChange1(resident=other, left_on=date(2026, 6, 1)), []
        if isinstance(body, HouseholdChange1):
            return HouseholdChange1(household=self._house(), number="88"), []
        if isinstance(body, Household1):
            return replace(body, number="99"), []
        if isinstance(body, Merger1):
            return Merger1(sort="household", gone=body.stays, stays=body.gone), []
        return None, []

    def _words(self, about: UUID, *texts: str) -> list[SealedPart]:
        return [self.pen.seal(about, text) for text in texts]

    def _phones(self) -> list[str]:
        return ["10020047715", "10031112222"][: self.chance.randrange(3)]

    def _house(self) -> UUID:
        return self.chance.choice(self.households)

    def _resident(self) -> UUID:
        return self.chance.choice(self.residents)

    def _who(self, *names: str) -> str:
        return self.chance.choice(names)


def open_place(log: UUID) -> None:
    """Open a log with two villages and a branch; their keys are the same in every log."""
    villages = [Found(key, DivisionLevel.VILLAGE, None, f"62099930120{n}", f"{n}村") for n, key in enumerate(VILLAGES)]
    open_log(log, "620999301", "试乡", on=FIRST_DAY, villages=villages)
    Unit.objects.get_or_create(
        log=log, id=BRANCH, defaults={"kind": UnitKind.BRANCH, "name": "支部", "village": VILLAGES[0]}
    )


def rows_of(log: UUID, tables: Sequence[Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Read whole tables of one log, without the log, in an order of their own."""
    found = {}
    for table in tables:
        columns = ", ".join(f'"{name}"' for name in table._fields if name != "log")
        rows = database.fetch(f'SELECT {columns} FROM "{table.TABLE}" WHERE log = %s', [log])
        own = database.as_stored((log,))[0]
        nameless = [tuple("the log" if value == own else value for value in row) for row in rows]
        found[table.TABLE] = sorted(nameless, key=repr)
    return found
