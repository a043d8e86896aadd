"""A model phone: what it keeps, how it speaks with the server, and when it lets go; as `docs/sync.md` says."""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from concerto.conductor.carrying import Envelope
from concerto.conductor.drafts import write_item
from concerto.conductor.envelopes import CURVE, public_key, seal_envelope, signed_bytes
from concerto.faces.field import pulling, pushing, wire
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.places import devices
from concerto.places.models import Account
from concerto.register.access import device_state

from .machine import Lost, Machine, account_of
from .rows import UNSENT, Row, forget_words
from .view import Card, View
from .written import Written

NO_HEAD = wire.At(0, 0)


@dataclass(frozen=True)
class Enrolled:
    """A phone of somebody, as the server enrolled it once: the same in every history."""

    name: str
    owner: str
    account: UUID
    device: UUID
    ticket: str
    key: ec.EllipticCurvePrivateKey
    given: "Given | None" = None


class Given(NamedTuple):
    """What a phone was given at the beginning."""

    cards: dict[str, Card]
    grants: dict[UUID, int]
    head: wire.At
    epoch: str
    about: str


def enrol(name: str, owner: Account, at: datetime) -> Enrolled:
    """Enrol a phone."""
    key = ec.generate_private_key(CURVE)
    form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    point = base64.b64encode(key.public_key().public_bytes(*form)).decode()
    device = devices.enrol(owner, name=name, key=point, at=at)
    return Enrolled(name, owner.name, owner.id, device.id, devices.ticket_of(device), key)


@dataclass
class Phone:
    """One phone. It is `gone` once it was wiped or physically lost."""

    is_of: Enrolled
    machine: Machine
    chance: Random
    tried: Counter[str]
    skew: timedelta = timedelta(0)
    rows: dict[str, Row] = field(default_factory=dict)
    number: int = 0
    cards: dict[str, Card] = field(default_factory=dict)
    grants: dict[UUID, int] = field(default_factory=dict)
    head: wire.At = NO_HEAD
    unasked: list[wire.At] = field(default_factory=list)  # heads that answers named since the last whole pull
    asking: list[wire.At] = field(default_factory=list)  # those of earlier rounds, which this one still has to ask
    epoch: str = ""
    offered_in: int = 0  # the epoch of the log in which everything was offered again
    about: str = ""
    learned: timedelta | None = None  # how far its clock was from the server's, as far as it heard
    gone: str = ""
    alarms: list[str] = field(default_factory=list)
    lacked: set[str] = field(default_factory=set)
    let_go: set[str] = field(default_factory=set)
    look: Callable[[wire.Pulled], None] = lambda _: None

    @property
    def name(self) -> str:
        """What it is called in a story."""
        return self.is_of.name

    @property
    def clock(self) -> datetime:
        """What its clock shows; put right as far as the server was heard."""
        return self.machine.now + self.skew - (self.learned or timedelta(0))

    def begin_as(self, given: Given | None) -> None:
        """Begin with what was pulled before the history begins."""
        if given is not None:
            self.cards, self.grants, self.head, self.epoch, self.about = dict(given[0]), dict(given[1]), *given[2:]

    def has(self) -> Given:
        """Give what it holds of the server's."""
        return Given(self.cards, self.grants, self.head, self.epoch, self.about)

    def view(self, but: Iterable[str] = ()) -> View:
        """Show what its owner sees."""
        return View(self.cards, self.rows, but)

    def record(self, written: Written) -> Row:
        """Keep an entry: in the outbox from now on."""
        row = self.rows[written.id] = Row(written, self.number, written.item)
        return row

    # ------------------------------------------------------------ speaking

    def sync(self, *, sealed: bool, shuffled: bool = False) -> bool:
        """Send what waits, then ask what changed; True when everything came through."""
        self.asking = self.to_ask()
        try:
            if not self.send(sealed=sealed, shuffled=shuffled) and sealed:
                self._ask_where()
            for _ in range(0 if sealed or self.gone else 3):
                self.pull()
                if self.gone or not any(row.offer for row in self.rows.values()):
                    break
                self.send(sealed=False)
        except Lost:
            return False
        return True

    def to_ask(self) -> list[wire.At]:
        """Name the heads that a pull asks about: each one seen in earlier rounds, since a later one may be of another
        history; what this round's own answers name needs no asking."""
        return [self.head, *self.unasked]

    def send(self, *, sealed: bool, shuffled: bool = False) -> bool:
        """Send all that waits or is to be offered again, in batches of any size; tell whether anything went."""
        offered_in = self.offered_in
        given = [row for row in self.rows.values() if row.state == "back" and row.handed == "wanted"]
        wanted = [row for row in self.rows.values() if row.state in UNSENT or row.offer or row in given]
        if shuffled:
            self.chance.shuffle(wanted)
        wanted.sort(key=self.comes_last)
        wanted.sort(key=lambda row: row not in given)  # what is handed over has to lie there first
        went = bool(wanted)
        while wanted:
            size = self.chance.choice((1, 2, 5, 50))
            batch, wanted = wanted[:size], wanted[size:]
            hand = [UUID(row.id) for row in batch if row in given]
            self._pushed(batch, hand, self._push(batch, hand, sealed=sealed))
            if self.gone:
                return True
        if self.offered_in != offered_in:
            self.send(sealed=sealed)
        return went

    def _ask_where(self) -> None:
        """Signed out or locked, with nothing to bring: the answer to a push of nothing names the epoch."""
        self.tried["asked by a push of nothing"] += 1
        self._pushed([], [], self._push([], [], sealed=True))
        if not self.gone:
            self.send(sealed=True)

    def comes_last(self, row: Row) -> bool:
        """Offer what was sent back and settled after what may have settled it: else it might be taken in itself."""
        return row.state == "settled" and row.outcome != "clash"

    def _push(self, batch: Sequence[Row], hand: Sequence[UUID], *, sealed: bool) -> wire.Pushed:
        one = self.is_of
        entries = [] if sealed else [wire.Open(row.item, self.answered(row)) for row in batch]
        envelopes = [self.envelope(row) for row in batch] if sealed else []
        told = wire.Push(
            device=one.device,
            ticket=one.ticket,
            account=None if sealed else one.account,
            entries=entries,
            envelopes=envelopes,
            hand=list(hand),
        )
        account = None if sealed else self.owner
        return self.machine.ask(lambda at: pushing.push(told, account=account, at=at))

    def answered(self, row: Row) -> Any:
        """Give the answer a row is offered again with."""
        return row.answer() if row.offer else None

    def _pushed(self, batch: Sequence[Row], hand: Sequence[UUID], pushed: wire.Pushed) -> None:
        head = next(iter(pushed.heads.values()), NO_HEAD)
        for row, receipt in zip(batch, pushed.receipts, strict=True):
            row.take(receipt, head, pushed.now)
            row.offer = False
            self.tried[f"answer {receipt.outcome}"] += 1
        for one in hand:
            self.rows[str(one)].handed = "given"
        self._saw_head(head)
        self._heard(pushed.now, pushed.device)

    def _saw_head(self, head: wire.At) -> None:
        """Offer everything again in a new epoch, once; remember each head until a whole pull has come after it."""
        known = [self.head.epoch, *(row.epoch for row in self.rows.values() if row.state == "sent")]
        if any(0 < epoch < head.epoch for epoch in known) and self.offered_in != head.epoch:
            self.tried["new epoch heard by a push"] += 1
            self._offer_again(head.epoch, but=lambda row: row.epoch == head.epoch)
        if head.seq and head != self.head and head not in self.unasked:
            self.unasked.append(head)

    def _heard(self, now: str, state: str) -> None:
        self.learned = self.skew
        if state != "in_use":
            self._leave(state)

    def _leave(self, state: str) -> None:
        """Hand over what is unsent, then wipe: the device was taken out of use, or its owner is posted no more.

        What was taken in is offered once more with its answer: an older copy may have been put in the server's place.
        """
        rows = self.kept_at_the_end()
        for start in range(0, len(rows), 50):
            batch = rows[start : start + 50]
            for row in batch:
                row.offer = row.state in ("sent", "clash", "settled")
            pushed = self._push(batch, [], sealed=True)
            for row, receipt in zip(batch, pushed.receipts, strict=True):
                row.take(receipt, next(iter(pushed.heads.values()), NO_HEAD), pushed.now)
                row.offer = False
        self.tried[f"phone wiped: {state}"] += 1
        self.gone = state
        self.cards, self.grants = {}, {}

    def kept_at_the_end(self) -> list[Row]:
        """List what is handed over before the end."""
        return sorted(self.rows.values(), key=self.comes_last)

    # ------------------------------------------------------------ hearing what changed

    def pull(self) -> None:
        """Ask for page after page until there are no more."""
        for _ in range(60):
            try:
                pulled = self.ask_page()
            except Refused as why:
                self._is_told_nothing(why)
                return
            self.look(pulled)
            self._heard(pulled.now, pulled.device)
            if self.gone or pulled.device != "in_use":
                return
            if pulled.again:
                self._begin_anew(pulled)
            else:
                self.keep_page(pulled)
            if not (pulled.more or pulled.again or self.asking):
                self.unasked = []
                return
            if self.chance.random() < 0.1 * (self.machine.fault > 0):
                self.tried["paging cut"] += 1
                raise Lost
        raise AssertionError(f"{self.name} is never told the last page")

    def _is_told_nothing(self, why: Refused) -> None:
        """It was reported lost: in no session is it told anything but how it stands, and that needs no session."""
        if why.code != "phone_lost":
            raise why
        self.tried["told nothing: reported lost"] += 1
        one = self.is_of
        state = self.machine.ask(
            lambda at: device_state(pushing.known_device(one.device, one.ticket, at), self.owner, clock.day_of(at))
        )
        if state != "in_use":
            self._leave(state)

    @property
    def owner(self) -> Account:
        """Whose it is."""
        return account_of(self.is_of.account)

    def ask_page(self) -> wire.Pulled:
        """Ask for one page."""
        one = self.is_of
        mine = [UUID(row.id) for row in self.rows.values() if row.state in ("back", "clash", "pending")]
        head = next(iter(self.asking), self.head) if self.epoch else None
        asked = wire.Pull(one.device, one.ticket, one.account, self.epoch, head, dict(self.grants), mine, self.about)
        return self.machine.ask(lambda at: pulling.pull(asked, account=self.owner, at=at))

    def _begin_anew(self, pulled: wire.Pulled) -> None:
        """The server was restored, or counts anew: everything is asked for again, and offered again."""
        self.tried["phone began anew"] += 1
        if pulled.alarm is not None:
            self.alarms.append(pulled.alarm.code)
            self.tried[f"alarm {pulled.alarm.code}"] += 1
        self._say_what_lacks()
        is_other = pulled.head.epoch != self.head.epoch
        offers = (pulled.alarm is not None or is_other) and not (is_other and self.offered_in == pulled.head.epoch)
        if offers:
            self._offer_again(pulled.head.epoch)
        self.cards, self.grants = {}, {}
        told = offers and pulled.alarm is not None
        self.asking = [] if told else self.asking[1:]  # another may be the one that is gone
        self.unasked = list(self.asking)
        self.head, self.epoch = pulled.head, pulled.epoch

    def _offer_again(self, epoch: int, but: Callable[[Row], bool] = lambda _: False) -> None:
        """Let all that had an answer be offered with it, but what this very epoch has answered."""
        self.offered_in = epoch
        for row in self.rows.values():
            given = row.state == "back" and row.handed == "given"  # the desk may have lost it
            row.offer = row.state in ("sent", "clash", "settled") and not but(row)
            row.handed = "wanted" if given else row.handed

    def _say_what_lacks(self) -> None:
        named = sorted({UUID(str(one)) for card in self.cards.values() for one in _wordings(card)})
        asked = wire.Lacking(self.is_of.device, self.is_of.ticket, self.is_of.account, named)
        lacked = self.machine.ask(lambda at: pulling.lacking(asked, account=self.owner, at=at))
        self.lacked |= set(map(str, lacked.lacking))

    def keep_page(self, pulled: wire.Pulled) -> None:
        """Keep one page whole: cards and the numbers they reach, how own entries stand, what is erased."""
        self.asking = self.asking[1:]
        cards = [msgspec.json.decode(bytes(raw)) for raw in pulled.cards]
        for card in cards:
            self.cards[card["id"]] = card
        for one in pulled.gone:
            self.cards.pop(str(one), None)
        for ended in self.ended_grants(pulled):
            self.drop_grant(ended)
        self.grants |= pulled.cursors
        for one, stands in pulled.mine.items():
            if (row := self.rows.get(str(one))) is not None:
                row.take(stands, pulled.head, pulled.now)
                row.offer |= row.state == "sent"  # once, for its number
        self.forget(pulled.erased)
        self.about = pulled.about.digest if pulled.about else self.about
        self.head, self.epoch = pulled.head, pulled.epoch
        if not self.asking:  # only where the log holds every head that it saw
            self.prune(pulled.copied)

    def ended_grants(self, pulled: wire.Pulled) -> set[UUID]:
        """Name the grants that the answer names no more."""
        return self.grants.keys() - pulled.cursors.keys()

    def drop_grant(self, village: UUID) -> None:
        """Let the cards of a village go."""
        self.grants.pop(village, None)
        self.cards = {key: card for key, card in self.cards.items() if card["village"] != str(village)}

    def forget(self, erased: Iterable[str]) -> None:
        """Let erased words leave what was recorded here."""
        forget_words(self.rows.values(), erased)

    def prune(self, copied: wire.At | None) -> None:
        """Let go what the server has had for thirty days and a copy off its machine holds."""
        going = [row.id for row in self.rows.values() if self.may_go(row, copied)]
        self.tried["entry let go, a copy holds it"] += len(going)
        self.let_go |= set(going)
        for one in going:
            del self.rows[one]

    def may_go(self, row: Row, copied: wire.At | None) -> bool:
        """Tell whether a row may leave the phone."""
        return row.may_go(copied, self.machine.now)

    # ------------------------------------------------------------ envelopes

    def envelope(self, row: Row, *, signed: bool = True) -> Envelope:
        """Seal an entry to the server and sign it."""
        box = seal_envelope(write_item(row.item).encode(), public_key(settings.CONCERTO_HOME).raw)
        der = self.is_of.key.sign(signed_bytes(UUID(row.id), base64.b64decode(box)), ec.ECDSA(hashes.SHA256()))
        r, s = decode_dss_signature(der)
        sig = base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()
        return Envelope(UUID(row.id), box, sig if signed else "", self.answered(row))

    def to_file(self) -> wire.Carry:
        """Save the queue to a file that somebody else carries in."""
        unfiled = [row for row in self.rows.values() if row.state not in ("sent", "settled")]
        signed = self.chance.random() < 0.8
        envelopes = [self.envelope(row, signed=signed) for row in unfiled[:50]]
        return wire.Carry(device=self.is_of.device, ticket=self.is_of.ticket, envelopes=envelopes)

    def carry_in(self, file: wire.Carry, by: UUID) -> list[wire.Receipt]:
        """Bring the file of another phone in, in the session of who carries it."""
        account = account_of(by)
        try:
            return self.machine.ask(lambda at: pushing.carry(file, account=account, at=at))
        except Refused:
            return []

    @property
    def day(self) -> Any:
        """The day its clock shows."""
        return clock.day_of(self.clock)


def _wordings(card: Card) -> Iterable[str]:
    for one in (card, *card.get("people", ()), *card.get("members", ()), *card.get("helpers", ())):
        yield from one.get("w", {}).values()
