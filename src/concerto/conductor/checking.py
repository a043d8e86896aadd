"""Whether one log's journal holds: numbers, texts, digests, columns, sealed parts and touches, entry by entry."""

from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork import canonical, database
from concerto.groundwork.refusals import Refused
from concerto.journal.reading import strongest, with_closed, wording
from concerto.journal.said import Touch, Wording

from .differences import differ
from .replay import Rows, Stretch, stretches

COLUMNS = ("id", "first", "kind", "unit", "author", "device", "number", "happened_on", "received_at")
UNREADABLE = (msgspec.DecodeError, Refused, KeyError)


class Fact(NamedTuple):
    """What must be remembered of a fact that is restated later: little, and only until its last wording."""

    kind: str
    seq: int
    received_at: str
    touches: tuple[Touch, ...]
    digests: frozenset[str]


class Journal:
    """Walks through one log in order and stops at the first thing that does not hold."""

    def __init__(self, log: UUID) -> None:
        self.log = log
        self.seq, self.digest, self.epoch = 0, "", 1
        self.restated = _restated(log)
        self.facts: dict[UUID, Fact] = {}
        self.missing: dict[str, int] = {}
        self.erased: set[str] = set()

    def check(self) -> int:
        """Check the whole log and return how many entries it has."""
        for stretch in stretches(self.log):
            for row in stretch.entries:
                self._entry(row, stretch)
            for seq, parts in stretch.sealed.items():
                differ(self.log, "part_unnamed", f"sealed {seq}/{parts[0][0]}")
            for seq in stretch.touches:
                differ(self.log, "touch", f"touch of entry {seq}")
        self._erased_parts()
        self._head()
        return self.seq

    def _entry(self, row: tuple[Any, ...], stretch: Stretch) -> None:
        seq, columns, said, filed, digest = row[0], row[1:10], row[10], row[11], row[12]
        where = f"entry {seq}"
        if seq != self.seq + 1:
            differ(self.log, "gap", f"entry {self.seq + 1}", self.seq + 1, seq)
        chained = canonical.digest(self.digest, said, filed)
        if chained != digest:
            differ(self.log, "chain", where, chained, digest)
        self.seq, self.digest = seq, digest
        words = self._read(where, said, filed)
        self._columns(where, words, columns)
        fact = self._restates(where, words)
        named = self._parts(words, stretch.sealed.pop(seq, []), fact)
        touches = self._touches(words, stretch.touches.pop(seq, []), fact)
        self._remember(words, fact, touches, named)

    def _read(self, where: str, said: str, filed: str) -> Wording:
        try:
            return wording(said, filed, (), ())
        except UNREADABLE:
            differ(self.log, "unreadable", where)
            raise

    def _columns(self, where: str, words: Wording, columns: tuple[Any, ...]) -> None:
        said, filed = words.said, words.filed
        texts = (said.id, said.first, said.kind, said.unit, said.author, said.device, said.number, said.happened_on,
                 filed.received_at)  # fmt: skip
        if database.as_stored(texts) != columns:
            expected, found = database.as_stored(texts), columns
            name = next(name for n, name in enumerate(COLUMNS) if expected[n] != found[n])
            differ(self.log, "column", f"{where}, {name}", expected[COLUMNS.index(name)], found[COLUMNS.index(name)])
        if said.log != self.log or filed.seq != self.seq:
            differ(self.log, "numbers", where, f"{self.log} {self.seq}", f"{said.log} {filed.seq}")
        began = said.kind == "restored" and filed.epoch > self.epoch
        if filed.epoch != self.epoch and not began:
            differ(self.log, "numbers", f"{where}, epoch", self.epoch, filed.epoch)
        self.epoch = filed.epoch

    def _restates(self, where: str, words: Wording) -> Fact | None:
        """Find the fact an entry restates; a first stands in its own place."""
        said, filed = words.said, words.filed
        fact = self.facts.get(said.first) if said.corrects else None
        if said.corrects and (fact is None or fact.kind != said.kind):
            differ(self.log, "numbers", f"{where}, corrects", "an earlier entry of the same kind", said.corrects)
        stands = (fact.seq, fact.received_at) if fact else (filed.seq, filed.received_at)
        if stands != (filed.first_seq, filed.first_received_at):
            differ(self.log, "numbers", f"{where}, first", stands, (filed.first_seq, filed.first_received_at))
        return fact

    def _parts(self, words: Wording, parts: Rows, fact: Fact | None) -> frozenset[str]:
        """Check the parts that lie with an entry, and remember which of those it names lie nowhere."""
        named = frozenset(words.said.sealed)
        there = set()
        for n, digest, about, audience, salt, text in parts:
            where = f"sealed {self.seq}/{n}"
            right = canonical.part_digest(about=database.dashed(about), audience=audience, salt=salt, text=text)
            if right != digest:
                differ(self.log, "part_changed", where, digest, right)
            if digest not in named or digest in there:
                differ(self.log, "part_unnamed", where, found=digest)
            there.add(digest)
        kept = fact.digests if fact else frozenset()
        for digest in named - there - kept:
            self.missing[digest] = self.seq
        self.erased.update(words.filed.erased)
        return named | kept

    def _touches(self, words: Wording, rows: Rows, fact: Fact | None) -> tuple[Touch, ...]:
        own = tuple(words.body.things(words.said.first)) if words.body else ()
        touches = strongest((*fact.touches, *own) if fact else own)
        ours = with_closed(words.said, touches)
        expected = {database.as_stored((t.thing, int(t.how), t.what)) for t in ours}
        if expected != set(rows):
            one = min(expected ^ set(rows), key=str)
            lost = one in expected
            differ(self.log, "touch", f"entry {self.seq}", one if lost else "", "" if lost else one)
        return touches

    def _remember(self, words: Wording, fact: Fact | None, touches: tuple[Touch, ...], named: frozenset[str]) -> None:
        first = words.said.first
        last = self.restated.get(database.as_stored((first,))[0])
        if last is None:
            return
        if self.seq >= last:
            self.facts.pop(first, None)
        elif fact is not None:
            self.facts[first] = fact._replace(touches=touches, digests=named)
        else:
            self.facts[first] = Fact(words.said.kind, self.seq, words.filed.received_at, touches, named)

    # ------------------------------------------------------------ at the end

    def _erased_parts(self) -> None:
        gone = [(seq, digest) for digest, seq in self.missing.items() if digest not in self.erased]
        if gone:
            seq, digest = min(gone)
            differ(self.log, "part_gone", f"entry {seq}", digest)
        sql = "SELECT seq, digest FROM sealed WHERE log = %s AND digest IN (%in)"
        there = sorted(database.fetch_in(sql, [self.log], self.erased))
        if there:
            differ(self.log, "part_there", f"sealed {there[0][0]}", found=there[0][1])

    def _head(self) -> None:
        sql = "SELECT epoch, seq, digest FROM head WHERE log = %s"
        for found in database.fetch(sql, [self.log]):
            if tuple(found) != (self.epoch, self.seq, self.digest):
                differ(self.log, "head", "head", (self.epoch, self.seq, self.digest), tuple(found))


def _restated(log: UUID) -> dict[Any, int]:
    """Give the first of each fact that is restated, with the number of its last wording."""
    sql = "SELECT first, max(seq) FROM entry WHERE log = %s AND first <> id GROUP BY first"
    return dict(database.fetch(sql, [log]))
