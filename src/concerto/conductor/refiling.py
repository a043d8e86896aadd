"""Filing the tail again after a restore: what was filed after the backup comes back in order, with its numbers.

A line that begins at a number takes the place of everything from that number on: what stood there before lost its
commit, or was lost in an earlier restore. What follows on other words than the backup's last is not filed: two
histories are never made one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from concerto.groundwork import appending, canonical, clock, database
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.models import Head
from concerto.journal.said import Audience, Filed, Said, SealedPart, read_filed, read_said
from concerto.places.models import Log

from . import tail
from .rows import EntryRow, SealedRow


class End(NamedTuple):
    """Where a log ends in a backup: its epoch, its last number, and what was said there."""

    epoch: int
    seq: int
    said: str


class Stretch(NamedTuple):
    """One line of the tail that counts, up to which number."""

    line: int
    first: int
    last: int


class Plan(NamedTuple):
    """What of a log's tail is to be filed again, after which number."""

    log: UUID
    stretches: list[Stretch]
    last_received_at: str


def plan(folder: Path, ends: dict[UUID, End], key: X25519PrivateKey) -> list[Plan]:
    """Read the whole tail and touch nothing: it opens with this key, and follows where the backup ends."""
    try:
        plans = [_plan_log(folder, log, ends.get(log, End(1, 0, "")), key) for log in tail.logs(folder)]
    except (InvalidTag, ValueError, KeyError):
        raise Refused("tail_does_not_open") from None
    return [one for one in plans if one.stretches]


def _plan_log(folder: Path, log: UUID, end: End, key: X25519PrivateKey) -> Plan:
    stretches: list[Stretch] = []
    received_at, said, elsewhere, crosses = "", end.said, 0, False
    for number, line in enumerate(tail.read(folder, log, key=key)):
        if line.epoch < end.epoch:
            continue  # of before a restore that this backup already stands after: what it lost stays lost
        if line.first <= end.seq:
            elsewhere = _elsewhere(elsewhere, line, end)
            said = next((one for seq, one, _ in line.entries if seq == end.seq), said)
            # no backup ends in the middle of one transaction: that which goes on beyond it was never in this copy
            stretches, crosses = [], line.entries[-1][0] > end.seq
            continue
        stretches = [*_before(stretches, line.first), Stretch(number, line.first, line.entries[-1][0])]
        received_at = read_filed(line.entries[-1][2]).received_at
    # what follows on other words than the backup's last was filed by an older copy that stood in its place
    of_another = said != end.said if stretches else crosses
    refuse(bool(elsewhere or of_another), "tail_of_another_history")
    for following, before in zip(stretches, [Stretch(-1, 0, end.seq), *stretches], strict=False):
        refuse(following.first != before.last + 1, "tail_has_a_gap", number=before.last + 1)
    return Plan(log, stretches, received_at)


def _elsewhere(since: int, line: tail.Line, end: End) -> int:
    """Since which number lines are of a later restore than the backup; 0 once others have taken their place, as where
    a copy of before that restore was put back."""
    if line.epoch > end.epoch:
        return min(since or line.first, line.first)
    return 0 if line.first <= since else since


def _before(stretches: Iterable[Stretch], first: int) -> Iterator[Stretch]:
    for one in stretches:
        if one.first < first:
            yield one._replace(last=min(one.last, first - 1))


def file_again(folder: Path, plans: Iterable[Plan], key: X25519PrivateKey) -> int:
    """File again what was planned, and tell how many entries came back."""
    return sum(_file_log(folder, one, key) for one in plans)


def _file_log(folder: Path, planned: Plan, key: X25519PrivateKey) -> int:
    log, wanted, count = planned.log, {one.line: one for one in planned.stretches}, 0
    _open_missing(planned)
    for number, line in enumerate(tail.read(folder, log, key=key)):
        if number in wanted:
            with database.writing(settings.CONCERTO_HOME):
                count += _file_line(line, wanted[number].last)
            if folder.resolve() != settings.CONCERTO_TAIL.resolve():
                appending.see_on_disk(tail.lay_down(line, read_filed(line.entries[0][2]).received_at[:10]))
    return count


def _open_missing(planned: Plan) -> None:
    """A log that was opened after the backup: what it is called has to be said again."""
    day = datetime.fromisoformat(planned.last_received_at).date()
    Log.objects.get_or_create(id=planned.log, defaults={"name": str(planned.log)[:8], "opened_on": day})
    Head.objects.get_or_create(log=planned.log)


def _file_line(line: tail.Line, last: int) -> int:
    [(digest,)] = database.fetch("SELECT digest FROM head WHERE log = %s", [line.log])
    epoch, rows, closed = line.epoch, [], []
    for seq, said_text, filed_text in line.entries:
        if seq > last:
            break
        said, filed = read_said(said_text), read_filed(filed_text)
        digest, epoch = canonical.digest(digest, said_text, filed_text), filed.epoch
        closed += said.instead_of
        rows.append(_entry(line.log, seq, said, filed, (said_text, filed_text, digest)))
    database.insert(EntryRow, rows)
    database.insert(SealedRow, [_sealed(line.log, part) for part in line.sealed if part[0] <= last])
    database.run_many("DELETE FROM tray WHERE log = %s AND id = %s", [(line.log, row.id) for row in rows])
    database.run_many(
        "UPDATE tray SET outcome = 'settled' WHERE log = %s AND id = %s", [(line.log, one) for one in closed]
    )
    sql = "UPDATE head SET epoch = %s, seq = %s, digest = %s WHERE log = %s"
    database.run(sql, [epoch, rows[-1].seq, digest, line.log])
    return len(rows)


def _entry(log: UUID, seq: int, said: Said, filed: Filed, texts: tuple[str, str, str]) -> EntryRow:
    named = (said.id, said.first, said.kind, said.unit, said.author, said.device, said.number, said.happened_on)
    return EntryRow(log, seq, *named, filed.received_at, *texts)


def _sealed(log: UUID, part: tuple[int, int, str, str, str, str, str]) -> SealedRow:
    seq, n, digest, about, audience, salt, text = part
    whole = SealedPart(about=UUID(about), audience=Audience(audience), salt=salt, text=text)
    refuse(whole.digest != digest, "tail_does_not_open")
    return SealedRow(log, seq, n, digest, UUID(about), audience, salt, text)


def last_day(plans: Iterable[Plan]) -> str:
    """Give the day of the last entry that a tail brings back."""
    instants = [datetime.fromisoformat(one.last_received_at) for one in plans]
    return clock.day_of(max(instants)).isoformat() if instants else ""
