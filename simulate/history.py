"""One history: people, phones, desks and a server through some days in which much goes wrong, then the dust settles."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from concerto.faces.field import pulling, wire
from tests.cast import NOON

from . import checks, desk
from .checks import demand
from .machine import Lost, Machine
from .office import Office
from .people import Hand
from .phone import Enrolled, Phone
from .world import World
from .written import Writer

ROUNDS = 14
USUAL_CARDS = pulling.MOST_CARDS
CARRIES = ("wang", "ma", "lin")


class History:
    """One history, which follows from its seed alone."""

    def __init__(self, world: World, seed: int, *, often: Sequence[str] = ()) -> None:
        self.often = frozenset(often)
        self.seed, self.chance, self.tried = seed, Random(seed), Counter[str]()
        self.machine = Machine(self.chance, NOON, self.tried, world.empty)
        self.writer = Writer(self.chance)
        self.office = Office(self.machine, self.writer, self.chance, world.people)
        self.phones = [self._phone(one) for one in world.enrolled]
        self.hands = [Hand(one, self.writer, self.chance) for one in self.phones]
        if self.chance.random() < 0.3 or "narrow" in self.often:
            self.tried["all about one household"] += 1
            everybody: list[Hand | Office] = [*self.hands, self.office]
            for who in everybody:
                who.narrow = True
        self.files: list[wire.Carry] = []
        self.excused: set[str] = set()
        self.cut_off = False  # something that was filed is gone, and desks count again from an earlier number
        self.told: list[str] = []
        self.open_then: set[str] = set()  # pages that were open when the machine was lost
        self.wants_alarm: dict[str, int] = {}

    def _phone(self, enrolled: Enrolled) -> Phone:
        off = self.chance.choice((0, 0, 0, -9, 4)) * timedelta(days=1) + self.chance.choice((0, 1)) * timedelta(hours=7)
        off = timedelta(days=4) if "ahead" in self.often else off
        self.tried["wrong clock"] += bool(off)
        phone = Phone(enrolled, self.machine, self.chance, self.tried, skew=off)
        phone.begin_as(enrolled.given)
        phone.look = lambda pulled: checks.check_page(phone, pulled)
        return phone

    # ------------------------------------------------------------ living

    def live(self) -> None:
        """Begin with what every phone was given, let much happen, let the dust settle, and look."""
        pulling.MOST_CARDS = self.chance.choice((1, 3, 40, 40))
        self.machine.begin()
        for phone in self.phones if self.chance.random() < 0.3 else []:
            phone.sync(sealed=False)
        self.machine.fault = self.chance.choice((0.15, 0.3, 0.5))
        for _ in range(self.chance.randrange(10, 26)):
            self.step()
        self.settle()
        self.look()

    def step(self) -> None:
        """Let one thing happen."""
        acts: dict[Callable[[], None], int] = {
            self.record: 24, self.contact: 22, self.at_a_desk: 12, self.stale_page: 5, self.decide: 6, self.wait: 7,
            self.machine.arrive_late: 4, self.back_up: 5, self.carried_away: 3, self.restored: 3, self.in_silence: 3,
            self.posting: 4, self.device: 1, self.erase: 2, self.to_file: 2, self.carry: 3, self.settle_at_desk: 3,
            self.lose_phone: 1, self.moving: 1, self.merging: 1, self.upgraded: 1,
        }  # fmt: skip
        weights = [max(weight, 8) * 3 if act.__name__ in self.often else weight for act, weight in acts.items()]
        act = self.chance.choices(list(acts), weights)[0]
        self.tell(act.__name__)
        act()
        self.machine.wait(timedelta(minutes=self.chance.randrange(1, 90)))

    def tell(self, what: str) -> None:
        """Keep a line of the story."""
        self.told.append(f"{checks.age(self.machine.now)} {what}")

    def _hand(self) -> Hand | None:
        alive = [hand for hand in self.hands if not hand.phone.gone]
        return self.chance.choice(alive) if alive else None

    def record(self) -> None:
        """Somebody records one to three things on a phone."""
        hand = self._hand()
        for _ in range(self.chance.choice((1, 1, 2, 3)) if hand else 0):
            row = hand.something() if hand else None
            if row is not None:
                self.tried[f"recorded {row.said['kind']}"] += 1
                self.tell(f"  {row.written.label}: {_short(row.said)}")

    def contact(self) -> None:
        """A phone has signal for a moment: locked it sends envelopes, open it sends and asks."""
        hand = self._hand()
        if hand is None:
            return
        sealed, shuffled = self.chance.random() < 0.3, self.chance.random() < 0.2
        self.tried["sent as envelopes" if sealed else "sent open"] += 1
        self.tried["sent out of order"] += shuffled
        came = hand.phone.sync(sealed=sealed, shuffled=shuffled)
        self.tell(f"  {hand.phone.name} {'sealed' if sealed else 'open'} {'through' if came else 'cut'}")

    def decide(self) -> None:
        """Somebody settles or puts right what was not taken."""
        hand = self._hand()
        for row in hand.open_rows()[:1] if hand else []:
            if hand is not None and (made := hand.resolve(row)) is not None:
                self.tried[f"settled by {made.said['kind']}" if row.state == "clash" else "put right or let go"] += 1
                self.tell(f"  {made.written.label} for {row.written.label}: {_short(made.said)}")

    def at_a_desk(self) -> None:
        """Somebody opens a page, and sends it now, twice, or later."""
        tab = self.office.something()
        if tab is None:
            return
        self.tell(f"  {tab.written.label}: {_short(tab.written.said)}")
        if self.chance.random() < 0.7:
            self.office.send(tab)
        if self.chance.random() < 0.1:
            self.tried["page sent twice"] += 1
            self.office.send(tab)

    def moving(self) -> None:
        """A household or a person moves."""
        act = self.chance.choice((self.office.move, self.office.home))
        if (tab := act()) is not None:
            self.tell(f"  {tab.written.label}: {_short(tab.written.said)}")
            self.office.send(tab)

    def merging(self) -> None:
        """Two names turn out to be one household."""
        if (tab := self.office.merge()) is not None:
            self.tell(f"  {tab.written.label}: {_short(tab.written.said)}")
            self.office.send(tab)

    def upgraded(self) -> None:
        """A release begins that folds otherwise, or shows more on its cards."""
        self.machine.upgrade()

    def stale_page(self) -> None:
        """A page that lay open is sent."""
        self.office.send_stale()

    def wait(self) -> None:
        """Days go by."""
        days = 33 if "wait" in self.often else self.chance.choice((1, 1, 2, 6, 33))
        self.machine.wait(timedelta(days=days))

    def posting(self) -> None:
        """Somebody's posting begins, ends or changes, by a day."""
        self.office.posting()

    def device(self) -> None:
        """A phone is taken out of use."""
        hand = self._hand()
        if hand is not None:
            self.office.device(hand.phone.is_of.device)

    def erase(self) -> None:
        """Somebody's words are erased."""
        self.office.erase()

    def settle_at_desk(self) -> None:
        """An author opens the tray's page at a desk; the phone may be settling the same."""
        lying = desk.tray()
        if lying:
            row = self.chance.choice(lying)
            tab = self.office.settle(row, lying)
            if tab is not None:
                self.tried["settled at a desk"] += 1
                self.tell(f"  {tab.written.label}: {_short(tab.written.said)}")
                if self.chance.random() < 0.5:
                    self.office.send(tab)

    # ------------------------------------------------------------ files

    def to_file(self) -> None:
        """A phone saves its queue to a file."""
        hand = self._hand()
        if hand is not None and (file := hand.phone.to_file()).envelopes:
            self.files.append(file)

    def carry(self) -> None:
        """Somebody carries a file in, on another phone or at a desk."""
        if self.files:
            self.tried["outbox carried by another"] += 1
            file = self.chance.choice(self.files)
            by = self.office.people[self.chance.choice(CARRIES)]
            try:
                self.phones[0].carry_in(file, by)
            except Lost:
                return

    def lose_phone(self) -> None:
        """A phone is lost for good, with what was not sent."""
        hand = self._hand()
        if hand is not None and sum(not phone.gone for phone in self.phones) > 2:
            self.tried["phone lost for good"] += 1
            hand.phone.gone = "lost"
            there = checks.Server().has
            self.excused |= {one for one in hand.phone.rows if one not in there}

    # ------------------------------------------------------------ the machine

    def back_up(self) -> None:
        """A backup is written."""
        self.machine.back_up()

    def carried_away(self) -> None:
        """The last backup leaves the machine."""
        self.machine.carry_away()

    def restored(self) -> None:
        """The machine is lost and a backup brought back by the command."""
        kept = self.machine.choose()
        if kept is not None:
            with_tail = self.chance.random() < 0.6
            self._lossy(lambda: self.machine.restore(kept, tail_kept=with_tail), strict=with_tail and kept.is_ours)

    def in_silence(self) -> None:
        """Somebody puts an older copy in the machine's place and says nothing."""
        kept = self.machine.choose()
        if kept is not None:
            self._lossy(lambda: self.machine.put_back(kept), strict=False)

    def _lossy(self, happens: Callable[[], None], *, strict: bool) -> None:
        before = checks.Server()
        self.open_then |= {tab.written.label for tab in self.office.tabs}
        happens()
        after = checks.Server()
        lost = before.has - after.has
        self.cut_off |= not strict
        if strict:
            demand(before.filed <= after.filed, f"the tail did not bring back {before.filed - after.filed}")
            lost -= before.filed
        let_go = {one for phone in self.phones for one in phone.let_go}
        held = {one for phone in self.phones if not phone.gone for one in phone.rows}
        self.excused |= lost - held - let_go
        self._expect_alarms()
        self.tell(f"  lost {len(lost)}, of which phones hold {len(lost & held)}")

    def _expect_alarms(self) -> None:
        """A phone that saw a head which is gone will say so when it asks next; one whose heads are there, will not."""
        for phone in self.phones:
            if phone.epoch and not all(map(checks.contains, phone.to_ask())):
                self.wants_alarm[phone.name] = len(phone.alarms) + 1
            else:
                self.wants_alarm.pop(phone.name, None)

    # ------------------------------------------------------------ the dust settles

    def settle(self) -> None:
        """Everything arrives, all people decide about what they see, until nothing changes any more.

        What waits then for what is lost counts as never seen after thirty days, and people decide about that, too.
        """
        self.tell("the dust settles")
        self.machine.fault = 0.0
        self.machine.arrive_late()
        self.office.send_all()
        self.office.find_lost()
        self._settle_all()
        checks.check_circles(self.phones, checks.Server().filed)
        on_phones = (row for phone in self.phones if not phone.gone for row in phone.rows.values())
        if any(row.state == "pending" for row in on_phones):
            self.tried["waited for what is lost"] += 1
            self.machine.wait(timedelta(days=31))
            self._settle_all()

    def _settle_all(self) -> None:
        for turn in range(ROUNDS):
            before = self._stands()
            for hand in self.hands:
                if not hand.phone.gone:
                    self._settle_phone(hand, turn)
            self._settle_tray()
            self.office.send_all()
            if self._stands() == before:
                self.tried[f"settled in {turn} rounds"] += 1
                return
        for phone in self.phones:
            if not phone.gone:
                phone.sync(sealed=False)

    def _stands(self) -> tuple[int, ...]:
        filed, tray = checks.counts()
        return len(self.writer.all), filed, tray, sum(not phone.gone for phone in self.phones)

    def _settle_phone(self, hand: Hand, turn: int) -> None:
        hand.phone.sync(sealed=False)
        decided = False
        for row in hand.open_rows() if not hand.phone.gone else []:
            if row not in hand.open_rows():
                continue  # settled together with another one
            made = hand.resolve(row, give_up=turn > ROUNDS // 2)
            decided |= made is not None or row.handed == "wanted"
            if made is not None:
                self.tell(f"  {made.written.label} for {row.written.label}: {_short(made.said)}")
        if decided:
            hand.phone.sync(sealed=False)

    def _settle_tray(self) -> None:
        on_phones = {one for phone in self.phones if not phone.gone for one in phone.rows}
        given = desk.handed()
        for row in desk.tray():
            if row.id in given:
                self._take_over(row)
            elif row.id in on_phones or row.item is None:
                continue
            elif row.code in ("device_lost", "device_revoked", "not_the_author"):
                self.office.say_yes(row, self.writer.all[row.id].heard)
            elif row.outcome == "clash":
                self._let_go(row)

    def _let_go(self, row: desk.Lying) -> None:
        tab = self.office.settle(row, desk.tray())
        if tab is not None:
            self.office.send(tab)
            if tab.written.heard and tab.written.heard[-1].startswith("refused"):
                self._take_over(row)

    def _take_over(self, row: desk.Lying) -> None:
        tab = self.office.take_over(row, desk.tray())
        if tab is not None:
            self.office.send(tab)

    # ------------------------------------------------------------ what must hold

    def look(self) -> None:
        """Look whether everything holds."""
        there = checks.Server()
        everything = self.writer.all
        checks.check_book(everything)
        checks.check_answers(everything.values(), self.cut_off, self.open_then)
        in_files = {str(one.id) for file in self.files for one in file.envelopes}
        checks.check_kept(everything.values(), self.phones, there, self.excused, in_files)
        checks.check_settled(self.phones)
        erased = checks.erased_digests()
        pulling.MOST_CARDS = USUAL_CARDS  # however cut up a phone was told: a new one hears it in whole pages
        for phone in self.phones:
            if not phone.gone:
                fresh = Phone(phone.is_of, self.machine, self.chance, Counter[str]())
                fresh.pull()
                checks.check_cards(phone, fresh)
                checks.check_erased(phone, erased)
                alarms = self.wants_alarm.get(phone.name, 0)
                demand(len(phone.alarms) >= alarms, f"{phone.name} was told of no alarm")


def _short(said: dict[str, Any]) -> str:
    body = said["body"]
    what = "taken back" if body is None else ", ".join(f"{n}={str(v)[-6:]}" for n, v in list(body.items())[:4])
    more = f" corrects {said['corrects'][-6:]}" if said.get("corrects") else ""
    return f"{said['id'][-6:]} {said['kind']} {what}{more}"
