"""The server between phones and desks: reached or not, killed, backed up, restored, put back in silence."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings

from concerto.conductor import backup, erasures, tail
from concerto.conductor.catching_up import catch_up
from concerto.conductor.copied import heads_in, note_copied
from concerto.conductor.restore import restore
from concerto.faces.field import pulling
from concerto.groundwork import clock, closed, database
from concerto.groundwork.refusals import Refused
from concerto.papers.cards import cards
from concerto.places.models import Account
from tests.cast import TOWNSHIP

from . import copies
from .killing import Countdown, Killed, dies_after

WORDS = "a passphrase"
MOST_STEPS = 26  # a request does about so many things to database and disk
T = TypeVar("T")
FAULTS = {
    "request": "request lost",
    "answer": "answer lost",
    "repeat": "request repeated",
    "late": "request held up on the way",
    "killed": "server killed in a request",
    "killed too": "server killed in a request",
}


class Lost(Exception):
    """No answer came: the request was lost, or its answer, or the server died. Whoever asked cannot tell which."""


@cache
def account_of(key: UUID) -> Account:
    """Give whose session it is. No history changes an account: it is read once for all of them."""
    return Account.objects.get(id=key)


USUAL = pulling.VERSION


class Release:
    """Which release is at work: a later one shows its number on each card, as a fold that changed would show more."""

    number = 0

    @classmethod
    def watch(cls) -> None:
        """Let cards show it. Once for a process."""
        house = cards._house

        def shown(row: Any, seq: int) -> dict[str, Any]:
            return house(row, seq) | ({"release": cls.number} if cls.number else {})

        cards._house = shown


@dataclass
class Kept:
    """A backup as the command writes it, and the whole machine of that moment for who puts it back in silence."""

    at: datetime
    file: Path
    copy: copies.Copy
    reach: tuple[int, int]
    is_ours: bool = True  # of the history that goes on, not of one that somebody cut off

    def written(self) -> Path:
        """Write the file as of its moment, once somebody wants it: most backups are never brought back."""
        if not self.file.exists():
            with copies.standing(self.copy, self.file.with_suffix(".home")):
                backup.write_backup(self.file, WORDS, at=self.at, say=_silent)
        return self.file


@dataclass
class Machine:
    """One server. `fault` says how often something goes wrong on the way to it."""

    chance: Random
    now: datetime
    tried: Counter[str]
    empty: copies.Copy
    fault: float = 0.0
    kept: list[Kept] = field(default_factory=list)
    late: list[Callable[[], Any]] = field(default_factory=list)
    copied: tuple[int, int] = (0, 0)
    died: list[str] = field(default_factory=list)

    # ------------------------------------------------------------ releases

    def begin(self) -> None:
        """Begin with the release that is here."""
        Release.number = 0
        pulling.VERSION = USUAL

    def upgrade(self) -> None:
        """Begin another release, which folds otherwise: its cards show something more."""
        self.tried["server upgraded"] += 1
        Release.number += 1
        self.tell_epoch()

    def tell_epoch(self) -> None:
        """Let phones know that cards are written otherwise now."""
        pulling.VERSION = f"{USUAL}-{Release.number}"

    # ------------------------------------------------------------ on the way

    def ask(self, request: Callable[[datetime], T]) -> T:
        """Bring a request to the server and its answer back, as far as the way is good; else `Lost`."""
        if self.chance.random() >= self.fault:
            return request(self.now)
        how = self.chance.choice(tuple(FAULTS))
        self.tried[FAULTS[how]] += 1
        if how == "answer":
            self._quietly(request)
        elif how == "repeat":  # a browser sends it again by itself: the first answer goes nowhere
            self._quietly(request)
            return request(self.now)
        elif how == "late":
            self.late.append(lambda: self._quietly(request))
        elif how.startswith("killed"):
            return self._killed_in(request)
        raise Lost

    def arrive_late(self) -> None:
        """Let requests that were held up on the way arrive, in any order."""
        held, self.late = self.late, []
        self.chance.shuffle(held)
        for request in held:
            request()

    def _quietly(self, request: Callable[[datetime], Any]) -> None:
        with suppress(Refused):
            request(self.now)

    def _killed_in(self, request: Callable[[datetime], T]) -> T:
        try:
            with dies_after(self.chance.randrange(MOST_STEPS)):
                answer = request(self.now)
        except Killed:
            self.start_again()
            raise Lost from None
        if self.chance.random() < 0.5:  # it died after all was done, before the answer left
            self.start_again()
            raise Lost
        return answer

    # ------------------------------------------------------------ dying and starting

    def start_again(self) -> None:
        """Start a server that died. A line of the tail that was not seen onto the disk may be torn or gone."""
        self.died.append(Countdown.died_at)
        if Countdown.died_at == "see_on_disk" and self.chance.random() < 0.6:
            self._tear_last_line()
        catch_up()

    def _tear_last_line(self) -> None:
        self.tried["last line of the tail torn"] += 1
        for file in tail.files(settings.CONCERTO_TAIL, TOWNSHIP)[-1:]:
            *before, last = file.read_bytes().splitlines(keepends=True)
            left = last[: self.chance.randrange(len(last))]
            file.write_bytes(b"".join([*before, left]))

    # ------------------------------------------------------------ backups

    def back_up(self) -> None:
        """Write a backup, and keep the machine as it is for whoever puts it back in silence."""
        file = settings.CONCERTO_HOME.parent / f"backup-{len(self.kept)}"
        file.unlink(missing_ok=True)  # of another history
        [reach] = database.fetch("SELECT epoch, seq FROM head WHERE log = %s", [TOWNSHIP])
        self.kept.append(Kept(self.now, file, copies.take(), reach))
        self.tried["backup"] += 1

    def carry_away(self) -> None:
        """Let the last backup leave the machine, and say so."""
        one = self.kept[-1] if self.kept else None
        if one is None:
            return
        try:
            note_copied(heads_in(one.written(), WORDS)[1])
        except Refused:
            return  # of another history by now
        self.copied = max(self.copied, one.reach)
        self.tried["backup carried away"] += 1

    def choose(self) -> Kept | None:
        """Choose what to go back to: never older than the copy that phones rely on."""
        usable = [one for one in self.kept if one.reach >= self.copied]
        return self.chance.choice(usable) if usable else None

    def restore(self, kept: Kept, *, tail_kept: bool, erased_known: bool = True) -> None:
        """Lose the machine and bring a backup back with the command, in an empty home; killed on the way, again."""
        kept.written()
        listed = settings.CONCERTO_HOME.parent / "erasures-elsewhere"
        own = settings.CONCERTO_HOME / erasures.NAME
        listed.write_bytes(own.read_bytes() if own.exists() else b"")
        copies.put_back(self.empty, tail=not tail_kept)
        given = {"erased": listed if erased_known else None, "tail": settings.CONCERTO_TAIL if tail_kept else None}
        self.late = []  # whatever was on the way is lost with the machine
        self.tried["restore with the tail" if tail_kept else "restore without the tail"] += 1
        ours = kept.is_ours
        if not (tail_kept and ours):
            self._cut_off(kept, tail_gone=not tail_kept)
        try:
            self._bring_back(kept, given)
        except Refused as wrong:
            if ours or wrong.code not in ("tail_has_a_gap", "tail_of_another_history"):
                raise
            self.tried["tail of another history refused"] += 1
            restore(kept.file, WORDS, at=self.now, say=_silent, erased=given["erased"], tail=None)

    def _bring_back(self, kept: Kept, given: dict[str, Path | None]) -> None:
        if self.chance.random() < 0.3:
            try:
                with dies_after(self.chance.randrange(60)):
                    restore(kept.file, WORDS, at=self.now, say=_silent, **given)
            except Killed:
                self.tried["restore killed on the way"] += 1
            else:
                return
        restore(kept.file, WORDS, at=self.now, say=_silent, **given)
        assert not closed.is_closed(settings.CONCERTO_HOME)

    def put_back(self, kept: Kept) -> None:
        """Put yesterday's machine back in silence: its database alone, or every file of it."""
        whole = self.chance.random() < 0.5
        copies.put_back(kept.copy, files=whole, tail=whole)
        self.late = []
        self.tried["older copy put back in silence"] += 1
        self._cut_off(kept, tail_gone=False, tail_follows=whole or kept.is_ours)
        catch_up()

    def _cut_off(self, kept: Kept, *, tail_gone: bool, tail_follows: bool = True) -> None:
        """The history goes on from here: what was copied of another one is no longer of ours.

        Where the tail is gone, an older backup can't be brought up to here any more; nor can this one itself, where its
        database alone came back beside a tail that a later copy had begun.
        """
        at, was_ours = self.kept.index(kept), kept.is_ours
        for n, one in enumerate(self.kept):
            one.is_ours = tail_follows if n == at else n < at and one.is_ours and was_ours and not tail_gone

    # ------------------------------------------------------------ time

    def wait(self, time: timedelta) -> None:
        """Let time go by."""
        self.now += time

    @property
    def today(self) -> Any:
        """The day it is in China."""
        return clock.day_of(self.now)


def _silent(_: str) -> None:
    """Say nothing."""
