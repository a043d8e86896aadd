"""What people do at desks: changes on pages that may be stale, mergers, moves, postings, erasures, the tray."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any, Literal
from uuid import UUID

from concerto.conductor.erasing import erase
from concerto.conductor.receive import receive
from concerto.groundwork import database
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.households import HelperChange1, Home, HouseholdChange1, Merger1
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.people import MemberChange1, ResidentChange1
from concerto.journal.kinds.postings import Posting1, PostingChange1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import Body
from concerto.places import devices
from concerto.places.models import Account, Device
from concerto.register.models import HelperLink, Household, Member, Posting, Resident
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

from . import desk, tables
from .desk import Lying, Tab
from .killing import Killed, dies_after
from .machine import Machine, account_of
from .written import Writer

VILLAGES = (VILLAGE_A, VILLAGE_B)
ORGANIZER = "wang"


class Office:
    """All desks of the township, and the pages that are open on them."""

    def __init__(self, machine: Machine, writer: Writer, chance: Random, people: dict[str, UUID]) -> None:
        self.machine, self.writer, self.chance, self.people = machine, writer, chance, people
        self.tabs: list[Tab] = []
        self.tried: Counter[str] = machine.tried
        self.narrow = False  # everything is about the same household

    # ------------------------------------------------------------ pages

    def open(self, by: str, body: Body | None, *, unit: UUID, yes: bool = False, **more: Any) -> Tab:
        """Open a page and write its form; it may lie there for days."""
        device, number = desk.next_number(self.people[by], self.machine)
        written = self.writer.write(
            body,
            label=f"{by}@desk#{number}",
            author=(by, self.people[by]),
            device=device,
            number=number,
            unit=unit,
            day=self.machine.today,
            at=self.machine.now,
            **more,
        )
        tab = Tab(by, self.people[by], written, yes)
        self.tabs.append(tab)
        return tab

    def send(self, tab: Tab) -> None:
        """Send a page; it is closed once an answer came."""
        if tab.send(self.machine) is not None and tab in self.tabs:
            self.tabs.remove(tab)

    def send_stale(self) -> None:
        """Send a page that was opened some time ago."""
        if self.tabs:
            self.tried["stale page sent"] += 1
            self.send(self.chance.choice(self.tabs))

    def send_all(self) -> None:
        """Send whatever is open."""
        for tab in list(self.tabs):
            self.send(tab)

    def something(self) -> Tab | None:
        """Open a page about something."""
        acts: dict[Callable[[], Tab | None], int] = {
            self.change: 5, self.person: 2, self.visit: 2, self.move: 2, self.merge: 1, self.home: 1, self.member: 1,
            self.helper: 1,
        }  # fmt: skip
        return self.chance.choices(list(acts), list(acts.values()))[0]()

    def change(self) -> Tab | None:
        """Change one or two fields of a household."""
        house = self._any(Household)
        n = self.chance.randrange(1, 12)
        every: dict[str, Any] = {"number": f"{n}号", "group": f"{n}组", "best_months": [n]}
        fields = dict(self.chance.sample(sorted(every.items()), self.chance.choice((1, 1, 2))))
        saw = desk.seen("household", house.id, fields)
        return self.open(self._who(house), HouseholdChange1(household=house.id, **fields), unit=house.village, saw=saw)

    def person(self) -> Tab | None:
        """Change somebody's telephone numbers."""
        who = self._any(Resident)
        part = self.writer.seal(who.id, self.writer.phone_number())
        saw = desk.seen("resident", who.id, ["phones"])
        body = ResidentChange1(resident=who.id, phones=[part.digest])
        return self.open(ORGANIZER, body, unit=self._village_of(who.household), saw=saw, sealed=[part])

    def visit(self) -> Tab | None:
        """Write down a visit."""
        house = self._any(Household)
        own = self.writer.seal(house.id, self.writer.secret("话"))
        body = Visit1(channel="visit", households=[house.id], outcome="met", words=own.digest)
        return self.open(self._who(house), body, unit=house.village, sealed=[own])

    def move(self) -> Tab | None:
        """Move a household to the other village."""
        house = self._any(Household)
        to = VILLAGES[house.village == VILLAGE_A]
        self.tried["household moved"] += 1
        saw = desk.seen("household", house.id, ["village"])
        return self.open(ORGANIZER, HouseholdChange1(household=house.id, village=to), unit=house.village, saw=saw)

    def merge(self) -> Tab | None:
        """Say that two names are one household."""
        gone, stays = self._any(Household), self._any(Household, anyone=True)
        if gone.id == stays.id:
            return None
        self.tried["households merged"] += 1
        saw = {**desk.seen("household", gone.id), **desk.seen("household", stays.id)}
        body = Merger1(sort="household", gone=gone.id, stays=stays.id)
        return self.open(ORGANIZER, body, unit=gone.village, saw=saw)

    def home(self) -> Tab | None:
        """Move somebody to another household."""
        who, house = self._any(Resident), self._any(Household, anyone=True)
        if who.household == house.id:
            return None
        self.tried["person moved"] += 1
        saw = desk.seen("resident", who.id, ["home"])
        body = ResidentChange1(resident=who.id, home=Home(house.id, "other", self.machine.today))
        return self.open(ORGANIZER, body, unit=self._village_of(who.household), saw=saw)

    def member(self) -> Tab | None:
        """Change a membership of a branch."""
        one = self._any(Member)
        saw = desk.seen("member", one.id, ["exempt"])
        return self.open(ORGANIZER, MemberChange1(member=one.id, exempt=not one.exempt), unit=one.branch, saw=saw)

    def helper(self) -> Tab | None:
        """Change what a household said of its helper."""
        link = self._any(HelperLink)
        answer: Literal["agreed", "declined"] = "declined" if link.agreement == "agreed" else "agreed"
        saw = desk.seen("link", link.id, ["agreement"])
        body = HelperChange1(link=link.id, household=link.household, agreement=answer)
        return self.open(ORGANIZER, body, unit=self._village_of(link.household), saw=saw)

    def _any(self, model: Any, *, anyone: bool = False) -> Any:
        found = [row for row in tables.all_of(model) if row.log == TOWNSHIP and not row.source_withdrawn]
        if model in (Household, Resident):
            found = [row for row in found if row.called is None]
        if self.narrow and model is Household and not anyone:  # the one that phones of that village take, too
            return min(found, key=lambda house: (house.village != VILLAGE_A, house.id))
        return self.chance.choice(found)

    def _village_of(self, household: UUID) -> UUID:
        rows = (row for row in tables.all_of(Household) if row.log == TOWNSHIP and row.id == household)
        return next((row.village for row in rows), VILLAGE_A)

    def _who(self, house: Household) -> str:
        return self.chance.choice((ORGANIZER, "lin" if house.village == VILLAGE_A else "ma"))

    # ------------------------------------------------------------ who may what

    def posting(self) -> None:
        """End a posting on some day, or begin another one."""
        self.tried["posting changed"] += 1
        day = self.machine.today + timedelta(days=self.chance.choice((-3, -1, 0, 0, 2, 5)))
        names = ("lin", "ma", "sec")
        if self.chance.random() < 0.5:
            who = [self.people[n] for n in names]
            held = [row for row in tables.all_of(Posting) if row.log == TOWNSHIP and row.account in who]
            one = self.chance.choice(held)
            until = self.chance.choice((day, day, None))
            if until is not None and until < one.since:
                return
            saw = desk.seen("posting", one.id, ["until"])
            self.send(self.open(ORGANIZER, PostingChange1(posting=one.id, until=until), unit=one.unit, saw=saw))
            return
        unit = self.chance.choice(VILLAGES)
        body = Posting1(
            posting=self.writer.new_id(self.machine.now),
            account=self.people[self.chance.choice(names)],
            unit=unit,
            role=self.chance.choice(("instructor", "mediator")),
            since=day,
            until=self.chance.choice((None, day + timedelta(days=self.chance.choice((1, 20))))),
        )
        self.send(self.open(ORGANIZER, body, unit=unit))

    def device(self, device: UUID) -> None:
        """Take a phone out of use, or hear that it is lost."""
        found = Device.objects.get(id=device)
        if self.chance.random() < 0.6:
            self.tried["device revoked"] += 1
            devices.revoke(found, self.machine.today)
        else:
            self.tried["device reported lost"] += 1
            devices.report_lost(found, self.machine.today)

    def find_lost(self) -> None:
        """Find again what was reported lost, and take it out of use: it is told nothing more until then."""
        for one in tables.all_of(Device):
            if one.lost_on is not None and one.revoked_on is None:
                devices.revoke(one, self.machine.today)

    def erase(self) -> None:
        """Erase somebody's words; killed on the way, it is done again."""
        people = [row for row in tables.all_of(Resident) if row.log == TOWNSHIP and not row.erased]
        who = self.chance.choice(people)
        officer = account_of(self.people["pri"])
        self.tried["person erased"] += 1
        if self.chance.random() < 0.3:
            try:
                with dies_after(self.chance.randrange(40)):
                    self._erase(who.id, officer)
            except Killed:
                self.machine.start_again()
        self._erase(who.id, officer)

    def _erase(self, who: UUID, officer: Account) -> None:
        try:
            done = erase(who, basis="本人要求", by=officer, at=self.machine.now)
        except Refused as wrong:
            if wrong.code != "nothing_to_erase":
                raise
            return
        sql = "SELECT filed FROM entry WHERE log = %s AND kind = 'erasure'"
        assert database.fetch(sql, [TOWNSHIP]) or not done.entries

    # ------------------------------------------------------------ the tray

    def settle(self, row: Lying, lying: list[Lying]) -> Tab | None:
        """Let what an author has in the tray go, at their own desk; or say yes to what came in their name."""
        name = next((n for n, account in self.people.items() if account == row.author), None)
        if name is None:
            return None
        stood = desk.standing_for(row, lying)
        return self.open(name, Settled1(), unit=row.unit, instead_of=stood) if stood else None

    def say_yes(self, row: Lying, heard: list[str]) -> None:
        """Its author says yes, at the desk, to what a device sent that is believed no more, and hears an answer."""
        account = account_of(row.author)
        if row.item is None:
            return
        self.tried["author's yes"] += 1
        [receipt] = receive([row.item], brought_by=account, at=self.machine.now, yes=True)
        heard.append(f"{receipt.outcome} {receipt.code}".strip())

    def take_over(self, row: Lying, lying: list[Lying]) -> Tab | None:
        """The township's organizer lets go what was handed over, or whose author is posted no more."""
        stood = desk.standing_for(row, lying)
        return self.open(ORGANIZER, Settled1(), unit=row.unit, instead_of=stood) if stood else None
