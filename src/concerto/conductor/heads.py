"""Heads of logs that are kept outside the house: a line for each log, written down one day and compared later."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

import orjson

from concerto.groundwork import canonical, database
from concerto.groundwork.refusals import Refused
from concerto.journal.said import read_filed

from .differences import differ


class HeadKept(NamedTuple):
    """Where a log stood when somebody wrote it down."""

    log: UUID
    epoch: int
    seq: int
    digest: str

    def line(self) -> str:
        """Write it as one line of a heads file."""
        return canonical.write({"log": str(self.log), "epoch": self.epoch, "seq": self.seq, "digest": self.digest})


class Lost(NamedTuple):
    """Entries that a head kept of an older epoch speaks of, and that a restore did not bring back."""

    log: UUID
    epoch: int
    after: int
    until: int
    restored_at: str


def heads() -> list[HeadKept]:
    """Read where every log stands now, in a fixed order."""
    rows = database.fetch("SELECT log, epoch, seq, digest FROM head ORDER BY log")
    return [HeadKept(database.to_uuid(log), epoch, seq, digest) for log, epoch, seq, digest in rows]


def read_heads(lines: Iterable[str]) -> Iterator[HeadKept]:
    """Read a heads file: lines of JSON, or of four words (log, epoch, number, digest). Other lines may lie between:
    the daily file carries erasures too."""
    for n, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        try:
            if (kept := _read_line(text)) is not None:
                yield kept
        except (ValueError, KeyError, TypeError):
            raise Refused("not_a_heads_file", line=n) from None


def _read_line(text: str) -> HeadKept | None:
    if text.startswith("{"):
        line = orjson.loads(text)
        if "log" not in line or "seq" not in line:
            return None
        return HeadKept(UUID(line["log"]), int(line["epoch"]), int(line["seq"]), str(line["digest"]))
    log, epoch, seq, digest = text.split()
    return HeadKept(UUID(log), int(epoch), int(seq), digest)


def compare_heads(kept: Iterable[HeadKept]) -> list[Lost]:
    """Compare heads with the logs of this home; what a restore lost is listed, anything else stops here."""
    every, now = list(kept), {head.log: head for head in heads()}
    began = {log: _epochs(log) for log in {head.log for head in every}}
    found = (_compare(head, now.get(head.log), began[head.log]) for head in every)
    return [lost for lost in found if lost is not None]


def _compare(head: HeadKept, now: HeadKept | None, began: dict[int, tuple[int, str]]) -> Lost | None:
    where = f"head {head.epoch}/{head.seq}"
    if now is None:
        differ(head.log, "log_lost", where)
        return None
    if head.epoch > now.epoch:
        differ(head.log, "head_later", where, head.epoch, now.epoch)
    later = [epoch for epoch in began if epoch > head.epoch]
    if later:
        begin, restored_at = began[min(later)]
        if head.seq >= begin:
            return Lost(head.log, head.epoch, begin - 1, head.seq, restored_at)
    elif head.seq > now.seq:
        differ(head.log, "head_lost", where, head.seq, now.seq)
    if head.seq:
        _compare_digest(head, where)
    return None


def _compare_digest(head: HeadKept, where: str) -> None:
    found = database.fetch("SELECT digest FROM entry WHERE log = %s AND seq = %s", [head.log, head.seq])
    digest = found[0][0] if found else ""
    if digest != head.digest:
        differ(head.log, "head_rewritten", where, head.digest, digest)


def _epochs(log: UUID) -> dict[int, tuple[int, str]]:
    """Give for each epoch that a restore began: the number it began with, and when."""
    sql = "SELECT seq, filed FROM entry WHERE log = %s AND kind = 'restored' ORDER BY seq"
    read = ((seq, read_filed(filed)) for seq, filed in database.fetch(sql, [log]))
    return {filed.epoch: (seq, filed.received_at) for seq, filed in read}
