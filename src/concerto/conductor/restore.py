"""Bringing a backup back into an empty home: looked through whole before anything is touched, then everything in its
place, the tail filed again, what was erased since dropped, the ledgers folded, and a new epoch begun.

Until the end the home is closed. Killed on the way, it stays closed, and `restore` begins again from the start.
"""

import base64
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import orjson
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from concerto.groundwork import appending, clock, closed, database, keyed
from concerto.groundwork.ids import uuid7
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds.keeping import Erased, Restored1
from concerto.journal.models import Entry, Head
from concerto.places import devices
from concerto.places.models import Account

from . import attachments, erasing, erasures, kept, reach, refiling, trays_tail
from .backup import Content, Looked, Say, lines_of, look_through
from .drafts import read_item
from .erasures import Dropped
from .rebuild import rebuild
from .receive import receive

AT_ONCE = 50


class Restored(NamedTuple):
    """What came back, what was dropped, which files of the tail can't be read, and since which day nobody can say what
    was erased."""

    content: Content
    epochs: dict[UUID, int]
    from_tail: int
    dropped: int
    unanswered_since: str
    finds_older: bool
    unread: list[str]


def restore(file: Path, passphrase: str, *, erased: Path | None, tail: Path | None, at: datetime, say: Say) -> Restored:
    """Bring a backup back. Whatever can be refused is refused before the first row is written."""
    home = settings.CONCERTO_HOME
    _check_empty(home)
    say("looking through the backup")
    looked = look_through(file, passphrase)
    known = _known_erasures(home, erased)
    key = _operator_key(looked)
    ends = {UUID(log): refiling.End(*head, looked.lasts.get(log, "")) for log, head in looked.heads.items()}
    plans = refiling.plan(tail, ends, key) if tail else []
    lying = trays_tail.read_all(tail, key) if tail else {}
    closed.close(home)
    _empty()
    _load(file, passphrase, home, say)
    _merge_erasures(home, known, looked.erasures)
    from_tail = refiling.file_again(tail, plans, key) if tail else 0
    if tail:
        trays_tail.lay_back(tail, lying)
    _count_on(at)
    dropped = _drop(erasures.own_list(), at, say)
    trays_tail.mark_settled()
    attachments.note_those_that_lie(at)
    unread = attachments.bring_back(tail, key, at=at) if tail else []
    closed.open_again(home)
    unanswered = _unanswered(looked.content, known, erased, refiling.last_day(plans) if tail else "")
    return Restored(looked.content, _epochs(), from_tail, dropped, unanswered, keyed.finds_older(home), unread)


def _check_empty(home: Path) -> None:
    if not closed.is_closed(home):
        refuse(Account.objects.exists() or Entry.objects.exists(), "home_not_empty")


def _known_erasures(home: Path, erased: Path | None) -> list[Dropped]:
    """Read the list that was given, and the home's own where it outlived its database."""
    refuse(erased is not None and not erased.is_file(), "no_such_backup", file=erased.name if erased else "")
    given = list(erasures.listed(erased)) if erased else []
    return [*erasures.listed(home / erasures.NAME), *given]


def _operator_key(looked: Looked) -> X25519PrivateKey:
    refuse(len(looked.operator_key) != 32, "safe_damaged")
    return X25519PrivateKey.from_private_bytes(looked.operator_key)


# ---------------------------------------------------------------- everything in its place


def _empty() -> None:
    """Take out what an earlier restore left half done, and reference data that the backup brings itself."""
    names = [*(model._meta.db_table for model in kept.tables()), *sorted(kept.FOLDED)]
    with transaction.atomic():
        for name in reversed(names):
            database.run(f'DELETE FROM "{name}"')  # noqa: S608  (names are ours)


def _load(file: Path, passphrase: str, home: Path, say: Say) -> None:
    known: dict[str, type[models.Model]] = {model._meta.db_table: model for model in kept.tables()}
    for lines in _in_turns(lines_of(file, passphrase)):
        with transaction.atomic():
            for line in lines:
                if "table" in line:
                    kept.write_rows(known[line["table"]], line["columns"], line["rows"])
                elif "file" in line and line["file"] != erasures.NAME:
                    _write_file(home, line)
        say(f"brought back: {lines[-1].get('table', 'files')}")
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(sql)


def _in_turns(lines: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Give some lines at a time: as many as one transaction takes."""
    some: list[dict[str, Any]] = []
    for line in lines:
        some.append(line)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _write_file(home: Path, line: dict[str, Any]) -> None:
    path = home / line["file"]
    allowed = line["file"] in kept.FILES or path.relative_to(home).parts[0] in kept.FOLDERS
    refuse(not allowed or ".." in path.parts, "safe_damaged")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_CREAT | os.O_WRONLY | (os.O_TRUNC if line["at"] == 0 else os.O_APPEND)
    with os.fdopen(os.open(path, flags, 0o600), "ab") as out:
        out.write(base64.b64decode(line["bytes"]))
        out.flush()
        os.fsync(out.fileno())


def _merge_erasures(home: Path, known: Sequence[Dropped], from_backup: bytes) -> None:
    """Add to the home's own list what the backup's and the one from outside know more; nothing in it is replaced."""
    there = set(map(msgspec.json.encode, erasures.own_list()))
    brought = erasures.read_lines(from_backup, erasures.NAME)
    for line in dict.fromkeys(map(msgspec.json.encode, [*brought, *known])):
        if line not in there:
            appending.append(home / erasures.NAME, line)


def _count_on(at: datetime) -> None:
    """Let desks count on from what the tail brought back: the backup knows only how far they were then."""
    used = database.fetch("SELECT author, device, max(number) FROM entry GROUP BY author, device")
    accounts = Account.objects.in_bulk()
    for author, device, number in used:
        account = accounts.get(database.to_uuid(author))
        if account is not None and database.to_uuid(device) == devices.desk_of(account):
            devices.count_on(account, int(number), at)


# ---------------------------------------------------------------- what was erased stays erased


def _drop(listed: Sequence[Dropped], at: datetime, say: Say) -> int:
    """Drop listed words, fold everything, begin a new epoch in every log, and record what was dropped."""
    logs = list(Head.objects.order_by("log").values_list("log", flat=True))
    named = {log: _named(log) for log in logs}
    wanted = {digest for one in listed for digest in one.digests}
    dropped = {log: _drop_sealed(log, wanted | named[log]) for log in logs}
    _drop_in_tray(wanted.union(*named.values()))
    for log in logs:
        say(f"folding the ledgers of {log}")
        rebuild(log)
        _begin_epoch(log, at)
        _record(log, [one for one in listed if one.log == log], named[log], dropped[log], at)
    return sum(map(len, dropped.values()))


def _named(log: UUID) -> set[str]:
    """Give the digests that the log's own erasures name."""
    sql = "SELECT filed FROM entry WHERE log = %s AND kind = 'erasure'"
    return {digest for (filed,) in database.fetch(sql, [log]) for digest in orjson.loads(filed).get("erased", ())}


def _drop_sealed(log: UUID, digests: set[str]) -> dict[str, UUID]:
    """Delete sealed parts of a log by digest, and tell about what each of them was."""
    sql = "SELECT digest, about FROM sealed WHERE log = %s AND digest IN (%in)"
    found = {digest: database.to_uuid(about) for digest, about in database.fetch_in(sql, [log], sorted(digests))}
    with database.writing(settings.CONCERTO_HOME):
        database.run_many("DELETE FROM sealed WHERE log = %s AND digest = %s", [(log, one) for one in found])
    attachments.forget(log, digests)
    return found


def _drop_in_tray(digests: set[str]) -> None:
    rows = database.fetch("SELECT log, id, item FROM tray WHERE item <> ''")
    gone = [(log, i) for log, i, item in rows if any(part.digest in digests for part in read_item(item).sealed)]
    if gone:
        reach.empty_tray(gone)


def _begin_epoch(log: UUID, at: datetime) -> None:
    head = Head.objects.get(log=log)
    Head.objects.filter(log=log).update(epoch=head.epoch + 1)
    body = Restored1(epoch=head.epoch + 1, last_seq=head.seq, last_digest=head.digest)
    [receipt] = receive([erasing.item(uuid7(at), log, body, (), by=None, at=at)], brought_by=None, at=at)
    if not receipt.stands:
        raise Refused(receipt.code, **receipt.facts)


def _record(log: UUID, listed: Sequence[Dropped], named: set[str], dropped: dict[str, UUID], at: datetime) -> None:
    """Record by the home, in one entry, the erasures that the log itself does not know."""
    unknown = [one for one in listed if not named.issuperset(one.digests)]
    digests = sorted({digest for one in unknown for digest in one.digests} | dropped.keys() - named)
    lost = {thing for digest, thing in dropped.items() if digest not in named}
    things = {one.thing: one for dropped_then in unknown for one in dropped_then.things}
    sorts = _sorts(log, {*lost, *things})
    wholes = [one for one in things.values() if one.thing in sorts]
    rest = [
        Erased(thing, sorts[thing], whole=sorts[thing] not in ("household", "resident"))  # type: ignore[arg-type]
        for thing in lost - things.keys()
        if sorts.get(thing) in erasing.WORDED
    ]
    if not (wholes or rest):
        return
    for start in range(0, max(len(digests), 1), erasing.MOST_IN_ONE):
        some = digests[start : start + erasing.MOST_IN_ONE]
        one = erasing.entry(log, [*wholes, *rest], some, person=None, basis="", by=None, at=at)
        [receipt] = receive([one], brought_by=None, at=at)
        if not receipt.stands:
            raise Refused(receipt.code, **receipt.facts)


def _sorts(log: UUID, things: Iterable[UUID]) -> dict[UUID, str]:
    sql = "SELECT thing, what FROM touch WHERE log = %s AND how = 3 AND thing IN (%in)"
    return {database.to_uuid(thing): what for thing, what in database.fetch_in(sql, [log], things)}


def _epochs() -> dict[UUID, int]:
    return dict(Head.objects.order_by("log").values_list("log", "epoch"))


def _unanswered(content: Content, known: Sequence[Dropped], erased: Path | None, last_in_tail: str) -> str:
    """Say since which day nobody can tell what was erased: nothing to say where the list itself was given."""
    made_on = clock.day_of(datetime.fromisoformat(content.made_at)).isoformat()
    if erased is None:
        return last_in_tail or ("" if known else made_on)
    return _day_of_daily(erased)


def _day_of_daily(file: Path) -> str:
    """A daily file answers up to its day; the home's own list answers whole."""
    with file.open("rb") as lines:
        first = lines.readline()
    return str(orjson.loads(first).get("day", "")) if first.startswith(b'{"day"') else ""
