"""What the log no longer holds though a phone saw it: told to its user, and noted for the administrator."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerto.conductor.differences import Differs
from concerto.conductor.heads import HeadKept, compare_heads
from concerto.groundwork import database
from concerto.journal.models import Head, HeadAlarm

from . import wire

LACKING = "wordings_lacking"
MOST_OF_A_PHONE = 50  # alarms that nobody has looked at yet: a phone that invents heads fills no page
# A head of an epoch or a log that nobody knows any more was lost as well: somebody put an older database back.
CODES = {
    "head_rewritten": "head_rewritten",
    "head_lost": "head_lost",
    "head_later": "head_lost",
    "log_lost": "head_lost",
}
WORDS: Mapping[str, str | Promise] = {
    "lost_in_restore": _("The server was restored from a copy, and entries after number {after} are lost there."),
    "head_lost": _("The server has gone back to number {after}; this phone has seen number {until}."),
    "head_rewritten": _("The server's book says something else than this phone has seen."),
}


def alarm_of(head: Head, seen: wire.At | None, there: str) -> wire.Alarm | None:
    """Compare the head that a phone saw with the log: contained, lost in a restore that is known, or an alarm.

    `there` is the digest of the entry that has its number: looked at first, for nearly always it is the same, and
    nothing else needs to be read.
    """
    if seen is None or not seen.seq or _is_contained(head, seen, there):
        return None
    try:
        lost = compare_heads([HeadKept(head.log, seen.epoch, seen.seq, seen.digest)])
    except Differs as differs:
        code = CODES.get(differs.difference.code, "head_lost")
        after = min(head.seq, seen.seq) if code == "head_lost" else 0
        return _alarm(code, after, seen.seq)
    return _alarm("lost_in_restore", lost[0].after, lost[0].until) if lost else None


def _is_contained(head: Head, seen: wire.At, there: str) -> bool:
    if seen.epoch != head.epoch or seen.seq > head.seq:
        return False
    return seen.digest == (head.digest if seen.seq == head.seq else there)


def _alarm(code: str, after: int, until: int) -> wire.Alarm:
    return wire.Alarm(code, str(WORDS[code]).format(after=after, until=until), after, until)


def report(log: UUID, device: UUID, seen: wire.At | None, alarm: wire.Alarm, *, at: datetime) -> None:
    """Note for the administrator what a phone saw, once for each phone and head."""
    assert seen is not None  # without one there is no alarm
    count = alarm.until - alarm.after if alarm.code != "head_rewritten" else 0
    _note(log, device, seen, alarm.code, count, at)


def missing(log: UUID, wordings: Sequence[UUID]) -> list[UUID]:
    """Name those of these entries that are not in the log."""
    found = database.fetch_in("SELECT id FROM entry WHERE log = %s AND id IN (%in)", [log], wordings)
    there = {database.to_uuid(entry) for (entry,) in found}
    return [entry for entry in dict.fromkeys(wordings) if entry not in there]


def report_missing(head: Head, device: UUID, count: int, *, at: datetime) -> None:
    """Note for the administrator that a phone's cards name wordings that the log lacks."""
    _note(head.log, device, wire.At(head.epoch, head.seq, head.digest), LACKING, count, at)


def _note(log: UUID, device: UUID, seen: wire.At, code: str, count: int, at: datetime) -> None:
    if HeadAlarm.objects.filter(log=log, device=device, seen_at__isnull=True).count() >= MOST_OF_A_PHONE:
        return
    key = uuid5(device, f"{log} {seen.epoch} {seen.seq} {seen.digest} {code}")
    told = {"epoch": seen.epoch, "seq": seen.seq, "digest": seen.digest[:64], "code": code, "count": count}
    HeadAlarm.objects.bulk_create([HeadAlarm(log=log, id=key, at=at, device=device, **told)], ignore_conflicts=True)
