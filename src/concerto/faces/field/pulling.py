"""What a phone is told: page by page the cards that changed in its villages, what left, and how its own entries stand.

Everything of one answer is read from one moment. A page ends between two numbers, and the number of a village never
runs ahead of what was told of it: cut off anywhere, it is asked for again from there.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

import msgspec

from concerto.conductor.cues import LEDGER_VERSION
from concerto.groundwork import clock, database
from concerto.groundwork.refusals import refuse
from concerto.journal.models import Head
from concerto.papers.cards import roll
from concerto.papers.cards.cards import SHAPE, Reader, cards_of
from concerto.papers.cards.changed import Changed, Names, changed_since
from concerto.places import leaving_out
from concerto.places.models import Account, Device
from concerto.register.access import device_state, sight_of

from . import handled, losing, owed, scope, standing, wire
from .pushing import is_lost, known_device, own_session

MOST_CARDS = 40
MOST_BYTES = 96 * 1024  # before squeezing: about a quarter of it travels
VERSION = sha256(f"{LEDGER_VERSION} {SHAPE}".encode()).hexdigest()[:8]


def pull(asked: wire.Pull, *, account: Account, at: datetime) -> wire.Pulled:
    """Tell a phone what changed since its numbers. One that is out of use, or of nobody posted, gets no card."""
    device = known_device(asked.device, asked.ticket, at, account)
    own_session(account, device, asked.account)
    with database.one_view():
        told = _told(asked, account, device, at)
    if told.alarm is not None and account.log is not None:
        losing.report(account.log, device.id, asked.head, told.alarm, at=at)
    return told


def lacking(asked: wire.Lacking, *, account: Account, at: datetime) -> wire.Lacked:
    """Name those wordings that are not in the log, and tell the administrator that there are some.

    Whoever asks learns of an id they hold already whether it is there, and nothing else: ids are drawn at random.
    """
    device = known_device(asked.device, asked.ticket, at, account)
    own_session(account, device, asked.account)
    head = Head.objects.filter(log=account.log).first() if account.log else None
    if head is None or device_state(device, account, clock.day_of(at)) != "in_use":
        return wire.Lacked([])
    _check_in_hand(device, clock.day_of(at))
    missing = losing.missing(head.log, asked.wordings)
    if missing:
        losing.report_missing(head, device.id, len(missing), at=at)
    return wire.Lacked(missing)


def _check_in_hand(device: Device, day: date) -> None:
    """Tell a phone that was reported lost nothing more, in whatever session: who holds it is not known.

    It is not wiped: what it has still to send is taken in as before, and looked at by its author. Once it is taken out
    of use as well, or its person's posting has ended, it hears that, so as to hand over what it has and wipe itself.
    """
    refuse(is_lost(device, day), "phone_lost")


# ---------------------------------------------------------------- one answer


def _told(asked: wire.Pull, account: Account, device: Device, at: datetime) -> wire.Pulled:
    day, now = clock.day_of(at), clock.stamp(at)
    there = scope.look(account, asked.head)
    state, head = device_state(device, account, day, there.posts), there.head
    if state != "in_use" or head is None:
        return wire.Pulled(now, state, wire.At(0, 0), "")
    _check_in_hand(device, day)
    here, epoch = wire.At(head.epoch, head.seq, head.digest), f"{head.epoch}.{VERSION}"
    alarm = losing.alarm_of(head, asked.head, there.seen)
    if alarm is not None or ((asked.epoch or asked.grants) and asked.epoch != epoch):
        return wire.Pulled(now, state, here, epoch, alarm=alarm, again=True)
    sight = sight_of(account, day, there.posts)
    cursors = {village.id: asked.grants.get(village.id, 0) for village in scope.villages_of(sight, there)}
    reached = min(cursors.values(), default=0)
    posted, deputies, erased, panel, out, *rolls = database.fetch_together(
        scope.ask_posted(sight),
        scope.ask_deputies(sight, there),
        standing.ask_erased(head.log, reached),
        scope.ask_panel(sight),
        leaving_out.ask(account.id, head.log, asof=sight.day),
        *roll.ask(head.log, scope.meeting_at(sight, account, there)),
    )
    about = scope.about_of(sight, account, there, posted, deputies, roll.read(rolls), panel)
    page = _page(head, cursors, Reader(account.id, day))
    return wire.Pulled(
        now,
        state,
        here,
        epoch,
        cursors=page.cursors,
        about=None if about.digest == asked.about else about,
        cards=page.cards,
        gone=page.gone,
        erased=standing.erased_since(head.log, reached, device, erased),
        mine=standing.of_own(sight, asked.mine),
        copied=wire.At(head.copied_epoch, head.copied_seq) if head.copied_seq else None,
        more=page.more,
        standing=None if page.more else owed.since(asked.standing, sight, head, leaving_out.read(out)),
        cases=None if page.more else handled.since(asked.cases, sight, account, head, there.posts),
    )


# ---------------------------------------------------------------- one page


class Page(NamedTuple):
    """What one answer tells of the villages, and how far it reaches in each."""

    cursors: dict[UUID, int]
    cards: list[msgspec.Raw]
    gone: list[UUID]
    more: bool


class Step(NamedTuple):
    """All that happened to cards of one village under one number: told together, or not at all."""

    village: UUID
    seq: int
    changed: tuple[Changed, ...]


def _page(head: Head, cursors: Mapping[UUID, int], reader: Reader) -> Page:
    if all(seq == head.seq for seq in cursors.values()):
        return Page(dict(cursors), [], [], more=False)
    due, names = changed_since(head.log, cursors)
    steps = [
        Step(village, seq, tuple(some))
        for village in cursors
        for seq, some in groupby(due.get(village, ()), key=lambda one: one.seq)
    ]
    chosen = _first(steps, [len(step.changed) for step in steps], MOST_CARDS)
    cards = _cards(head.log, chosen, names, reader)
    sizes = [sum(len(bytes(cards.get(one.household, b""))) for one in step.changed) for step in chosen]
    told = _first(chosen, sizes, MOST_BYTES)
    more = len(told) < len(steps)
    reached = dict(cursors) if more else dict.fromkeys(cursors, head.seq)
    if more:
        reached |= {step.village: step.seq for step in told}
    shown = {one.household: one.is_here for step in told for one in step.changed}
    return Page(
        reached,
        [cards[house] for house, is_here in shown.items() if is_here],
        [house for house, is_here in shown.items() if not is_here],
        more,
    )


def _first(steps: Sequence[Step], weights: Sequence[int], most: int) -> Sequence[Step]:
    """Take as many steps as weigh no more than this, and one at least: it can't be parted."""
    whole = 0
    for n, weight in enumerate(weights):
        whole += weight
        if whole > most and n:
            return steps[:n]
    return steps


def _cards(log: UUID, steps: Sequence[Step], names: Names, reader: Reader) -> dict[UUID, msgspec.Raw]:
    numbers: dict[UUID, int] = {}
    for step in steps:
        for one in step.changed:
            if one.is_here:
                numbers[one.household] = one.number
    return cards_of(log, numbers, names, reader) if numbers else {}
